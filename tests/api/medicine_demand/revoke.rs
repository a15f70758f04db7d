//! `POST …/revocation-draft` and `…/revocation`.

use crate::support::{is_out_of_place, needs_the_present_revision, once_per_key, printed};
use serde_json::{Value, json};
use testkit::{Case, Stage, TestApp, on_both, with};

fn draft(grounds: &str) -> Value {
    json!({ "grounds": grounds, "legalBasis": "art. 155 k.p.a." })
}

async fn seen_by_the_decider(case: &Case) -> Value {
    let seen = case.app.as_persona("decider").find(&case.id).await.is(200);
    json!({ "draftSha256": seen.text_at("/ministryFile/revocationDraft/sha256") })
}

on_both! {
    async fn an_approval_is_revoked_by_two_officers(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let (first, other) = (draft("Produkt dopuszczono do obrotu."), draft("Inaczej."));
        needs_the_present_revision(&case, "preparer", "revocation-draft", &first).await;
        let prepared = once_per_key(&case, "preparer", "revocation-draft", &first, &other).await.is(200);
        assert_eq!(prepared.text_at("/state"), "APPROVED", "a draft changes no state");
        let body = seen_by_the_decider(&case).await;
        needs_the_present_revision(&case, "decider", "revocation", &body).await;
        let other = json!({ "draftSha256": "0".repeat(64) });
        let revoked = once_per_key(&case, "decider", "revocation", &body, &other).await.is(200);
        assert_eq!(revoked.text_at("/state"), "REVOKED");
        assert_eq!(case.seen().await["revocation"]["grounds"], "Produkt dopuszczono do obrotu.");
    }

    async fn a_print_of_what_was_revoked_says_so_with_grounds_for_whom_they_concern(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::HandedOver).await;
        case.command("preparer", "revocation-draft", &draft("Produkt dopuszczono do obrotu.")).await.is(200);
        case.command("decider", "revocation", &seen_by_the_decider(&case).await).await.is(200);
        for (persona, sees_grounds) in [("clinic-physician", true), ("wholesaler", false)] {
            let text = printed(&app.as_persona(persona).get(&case.path_of("print")).await.is(200));
            assert!(text.contains("Dokument nie obowiązuje Rozstrzygnięcie cofnięto – "), "{persona}: {text}");
            assert!(!text.contains("Przekazać do hurtowni"), "{persona}: {text}");
            assert_eq!(text.contains("Produkt dopuszczono do obrotu."), sees_grounds, "{persona}: {text}");
        }
    }

    async fn a_demand_with_a_wholesaler_is_revoked_too(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.command("preparer", "revocation-draft", &draft("Powód.")).await.is(200);
        let body = seen_by_the_decider(&case).await;
        assert_eq!(case.command("decider", "revocation", &body).await.is(200).text_at("/state"), "REVOKED");
    }

    async fn what_was_done_before_a_revocation_is_entered_and_corrected_after_it(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let in_time = app.entry("IMPORTED", 1);
        let first = case.command("wholesaler", "realisations", &in_time).await.is(201).text_at("/ledger/entries/0/id");
        case.command("preparer", "revocation-draft", &draft("Powód.")).await.is(200);
        case.command("decider", "revocation", &seen_by_the_decider(&case).await).await.is(200);
        app.advance_days(1);
        let late = with(in_time.clone(), "/doneOn", json!(app.today()));
        case.command("wholesaler", "realisations", &late).await.refused(422, "demand.ledger_date");
        case.command("wholesaler", "realisations", &in_time).await.is(201);
        let reversal = format!("realisations/{first}/reversal");
        case.command("wholesaler", &reversal, &json!({ "reason": "Pomyłka." })).await.is(200);
        assert_eq!(case.state().await, "REVOKED");
    }

    async fn of_what_was_revoked_before_it_was_passed_on_nothing_is_entered(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        case.command("preparer", "revocation-draft", &draft("Powód.")).await.is(200);
        case.command("decider", "revocation", &seen_by_the_decider(&case).await).await.is(200);
        let tried = case.command("hospital-pharmacist", "realisations", &app.entry("DISPENSED", 1)).await;
        tried.refused(403, "auth.not_yours");
    }

    async fn whoever_drafts_a_revocation_reads_what_they_revoke_and_nothing_of_the_patient(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Assigned).await;
        let less = with(testkit::approval("9"), "/grounds", json!("Mniej wystarczy."));
        case.prepare(&less).await.is(200);
        case.resolve().await.is(200);
        // The case is another officer's; this one drafts, and reads it before, with the draft, and once it is revoked.
        let officer = app.as_persona("preparer-second");
        let before = officer.get(&case.path()).await.is(200);
        assert_eq!(before.text_at("/ruling/grounds"), "Mniej wystarczy.");
        assert_eq!(before.at("/ruling/resolutionNumber"), json!(case.resolution_number().await));
        assert_eq!(before.text_at("/ruling/approvedQuantity/amount"), "9");
        let drafted = case.command("preparer-second", "revocation-draft", &draft("Produkt dopuszczono.")).await.is(200);
        assert_eq!(drafted.text_at("/ministryFile/revocationDraft/grounds"), "Produkt dopuszczono.");
        case.command("decider", "revocation", &seen_by_the_decider(&case).await).await.is(200);
        let after = officer.get(&case.path()).await.is(200);
        assert_eq!(after.text_at("/revocation/grounds"), "Produkt dopuszczono.");
        assert_eq!(after.text_at("/ruling/grounds"), "Mniej wystarczy.");
        let print = printed(&officer.get(&case.path_of("print")).await.is(200));
        assert!(print.contains("Mniej wystarczy.") && print.contains(&case.resolution_number().await), "{print}");
        let spec = app.persona("patient").spec;
        for told in [before.text(), drafted.text(), after.text(), print] {
            for secret in [spec.pesel, spec.given_names, "E72.0", "kamica", "Zgodne z wiedzą"] {
                assert!(!told.contains(secret), "{secret}: {told}");
            }
        }
        officer.get(&case.path_of("versions")).await.refused(403, "auth.not_yours");
    }

    async fn a_revocation_needs_a_draft_and_the_one_that_was_seen(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let none = json!({ "draftSha256": "0".repeat(64) });
        case.command("decider", "revocation", &none).await.refused(409, "demand.revocation_draft_missing");
        case.command("preparer", "revocation-draft", &draft("Pierwszy.")).await.is(200);
        let seen = seen_by_the_decider(&case).await;
        case.command("preparer", "revocation-draft", &draft("Drugi.")).await.is(200);
        case.command("decider", "revocation", &seen).await.refused(409, "demand.draft_changed");
        case.command("decider", "revocation", &seen_by_the_decider(&case).await).await.is(200);
    }

    async fn what_was_never_approved_is_not_revoked(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        is_out_of_place(&case, "preparer", "revocation-draft", &draft("Powód.")).await;
        is_out_of_place(&case, "decider", "revocation", &json!({ "draftSha256": "0".repeat(64) })).await;
    }
}
