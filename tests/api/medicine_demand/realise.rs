//! `POST …/realisations` and their reversal: a ledger that is drawn down.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{Case, Response, Stage, TestApp, in_facility, on_both, with};

async fn reverse(case: &Case, persona: &'static str, entry: &str) -> Response {
    let path = case.path_of(&format!("realisations/{entry}/reversal"));
    let answer =
        case.app.as_persona(persona).post(&path, &json!({ "reason": "Pomyłka w zapisie." })).send().await;
    case.follow(&answer);
    answer
}

fn last_entry(answer: &Response) -> String {
    let entries = answer.at("/ledger/entries");
    entries.as_array().and_then(|all| all.last()).unwrap()["id"].as_str().unwrap().to_owned()
}

/// An entry of packs that hold so many tablets.
fn of_tablets(entry: Value, amount: &str) -> Value {
    with(entry, "/packSize", json!({ "amount": amount, "unit": "TABLET" }))
}

/// Ten tablets approved and handed over.
async fn ten_tablets(app: &TestApp) -> Case {
    let content = with(in_facility(app), "/quantity", json!({ "amount": "10", "unit": "TABLET" }));
    let case = Case::of(app, &content).await.until(Stage::Assigned).await;
    let draft = with(testkit::approval("10"), "/approvedQuantity/unit", json!("TABLET"));
    case.prepare(&draft).await.is(200);
    case.resolve().await.is(200);
    case.hand_over().await.is(200);
    case
}

on_both! {
    async fn an_entry_takes_no_precondition(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let who = app.as_persona("wholesaler");
        let entry = app.entry("IMPORTED", 1);
        let imported = who.post(&case.path_of("realisations"), &entry).if_match(1).send().await.is(201);
        let path = case.path_of(&format!("realisations/{}/reversal", imported.text_at("/ledger/entries/0/id")));
        who.post(&path, &json!({ "reason": "Pomyłka." })).if_match(1).send().await.is(200);
    }


    async fn each_kind_adds_up_to_the_approved_quantity_and_no_further(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.import(7).await.is(201);
        case.import(4).await.refused_at(422, "demand.ledger_beyond", "/packs");
        case.import(3).await.is(201);
        case.import(1).await.refused_at(422, "demand.ledger_beyond", "/packs");
        case.dispense(6).await.is(201);
        assert_eq!(case.state().await, "WITH_WHOLESALER");
        assert_eq!(case.dispense(4).await.is(201).text_at("/state"), "REALISED");
    }

    async fn the_last_whole_pack_may_reach_beyond(app: TestApp) {
        let case = ten_tablets(&app).await;
        let beyond = of_tablets(app.entry("IMPORTED", 5), "3");
        case.command("wholesaler", "realisations", &beyond).await.refused_at(422, "demand.ledger_beyond", "/packs");
        let rounded = of_tablets(app.entry("IMPORTED", 4), "3");
        let answer = case.command("wholesaler", "realisations", &rounded).await.is(201);
        assert_eq!(answer.at("/ledger/entries/0/roundedUp"), true);
        assert_eq!(answer.at("/ledger/imported"), "12");
    }

    async fn each_broken_rule_of_an_entry_is_named(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let good = app.entry("IMPORTED", 1);
        for (entry, code, pointer) in [
            (with(good.clone(), "/packSize/unit", json!("TABLET")), "demand.ledger_unit", "/packSize/unit"),
            (with(good.clone(), "/doneOn", json!(app.today() + TimeDelta::days(1))), "demand.ledger_date", "/doneOn"),
            (with(good.clone(), "/doneOn", json!(app.today() - TimeDelta::days(1))), "demand.ledger_date", "/doneOn"),
            (with(good.clone(), "/expiresOn", json!(app.today() - TimeDelta::days(1))), "demand.ledger_expired_batch", "/expiresOn"),
            (with(good.clone(), "/packs", json!(0)), "demand.ledger_packs", "/packs"),
            (with(good.clone(), "/final", json!(true)), "demand.ledger_final_kind", "/final"),
            (with(good.clone(), "/packSize/amount", json!("30")), "demand.ledger_pack_size", "/packSize/amount"),
            (with(good.clone(), "/sourceCountry", json!("PL")), "demand.source_country_poland", "/sourceCountry"),
        ] {
            let refused = case.command("wholesaler", "realisations", &entry).await;
            refused.refused_at(422, code, pointer);
        }
        let blank = with(good, "/batch", json!(""));
        case.command("wholesaler", "realisations", &blank).await.refused_at(422, "value.batch", "/batch");
    }

    async fn an_import_is_entered_after_everything_was_dispensed(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        assert_eq!(case.dispense(10).await.is(201).text_at("/state"), "REALISED");
        let imported = case.import(10).await.is(201);
        assert_eq!((imported.text_at("/state").as_str(), imported.at("/ledger/imported")), ("REALISED", json!("10")));
        let batch = app.as_persona("wholesaler").get("/api/v1/supply/batches?batch=l25b117").await.is(200);
        assert_eq!(batch.text_at("/items/0/kind"), "IMPORTED");
        case.dispense(1).await.refused(409, "demand.ledger_closed");
    }

    async fn imports_are_the_wholesalers_and_dispensing_is_the_pharmacys(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let refused = case.command("wholesaler", "realisations", &app.entry("DISPENSED", 1)).await;
        refused.refused(403, "supply.realisation_kind");
        let refused = case.command(case.pharmacist(), "realisations", &app.entry("IMPORTED", 1)).await;
        refused.refused(403, "supply.realisation_kind");
    }

    async fn the_pharmacy_closes_a_case_early(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.import(10).await.is(201);
        let last = with(app.entry("DISPENSED", 2), "/final", json!(true));
        let answer = case.command(case.pharmacist(), "realisations", &last).await.is(201);
        assert_eq!(answer.text_at("/state"), "REALISED");
        assert_eq!(answer.at("/ledger/closed"), true);
    }

    async fn a_reversed_entry_stays_and_counts_no_more(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let entry = last_entry(&case.import(10).await.is(201));
        let reversed = reverse(&case, "wholesaler", &entry).await;
        assert!((200..300).contains(&reversed.status), "{}", reversed.text());
        assert_eq!(reversed.at("/ledger/imported"), "0");
        assert_eq!(reversed.at("/ledger/entries/0/reversal/reason"), "Pomyłka w zapisie.");
        reverse(&case, "wholesaler", &entry).await.refused(409, "demand.realisation_reversed");
        case.import(10).await.is(201);
    }

    async fn a_realised_case_is_reopened_by_a_reversal(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let entry = last_entry(&case.dispense(10).await.is(201));
        assert_eq!(case.state().await, "REALISED");
        let reversed = reverse(&case, case.pharmacist(), &entry).await;
        assert_eq!(reversed.text_at("/state"), "WITH_WHOLESALER");
        assert_eq!(case.dispense(10).await.is(201).text_at("/state"), "REALISED");
    }

    async fn a_reversal_belongs_to_whoever_recorded_the_entry(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let entry = last_entry(&case.import(1).await.is(201));
        reverse(&case, case.pharmacist(), &entry).await.refused(403, "supply.not_your_entry");
        let unknown = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";
        reverse(&case, "wholesaler", unknown).await.refused(404, "request.not_found");
    }

    async fn a_reversal_is_one_change_however_often_it_is_sent(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let entry = last_entry(&case.import(1).await.is(201));
        let path = case.path_of(&format!("realisations/{entry}/reversal"));
        let who = app.as_persona("wholesaler");
        let send = |reason: &str| who.post(&path, &json!({ "reason": reason })).key("reversal-key-number-1").send();
        let first = send("Pomyłka.").await;
        let again = send("Pomyłka.").await;
        assert!(again.is_replayed() && again.body == first.body && again.status == first.status);
        send("Inny powód.").await.refused(422, "request.idempotency_key_reused");
    }

    async fn nothing_is_drawn_before_the_hand_over(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        // Nobody is the receiving pharmacy yet.
        case.dispense(1).await.refused(403, "auth.not_yours");
        case.hand_over().await.is(200);
        case.dispense(10).await.is(201);
        case.dispense(1).await.refused(409, "demand.ledger_closed");
    }
}
