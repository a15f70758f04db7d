//! What a consent, its additions and its batches come to together, and who hears of it.

use super::additions::{added, new_batches, opened};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{AUTHORISATIONS, Notification, Reached, Response, TestApp, consent, on_both, with};

/// Answers to a rule's refusal, which may be one of several.
fn names(refused: &Response, code: &str) -> bool {
    refused.text().contains(code)
}

async fn revoked(base: &Notification) {
    let draft = json!({ "grounds": "Zagrożenie ustało.", "legalBasis": "art. 4 ust. 8 PF" });
    base.seen().await;
    let prepared = base.command("preparer", "revocation-draft", &draft).await.is(200);
    let seen = json!({ "draftSha256": prepared.at("/ministryFile/revocationDraft/sha256") });
    base.command("decider", "revocation", &seen).await.is(200);
}

async fn told(app: &TestApp, kind: &str, audience: &str) -> i64 {
    let sql = format!(
        "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
         WHERE e.type = '{kind}' AND a.audience = '{audience}'"
    );
    app.count_of(sql).await
}

async fn on_record(app: &TestApp, action: &str, id: &str) -> i64 {
    let sql =
        format!("SELECT count(*) AS number FROM audit WHERE action = '{action}' AND document_id = '{id}'");
    app.count_of(sql).await
}

/// Why the caller may not take this action, as `…/actions` says.
async fn blocked(app: &TestApp, who: &'static str, it: &Notification, action: &str) -> Value {
    let answer = app.as_persona(who).get(&it.path_of("actions")).await.is(200);
    let all = answer.at("/items");
    let line = all.as_array().unwrap().iter().find(|line| line["action"] == action).expect("the action");
    line["blockedBy"]["code"].clone()
}

on_both! {
    async fn of_two_additions_with_one_batch_the_first_counts(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let first = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        let second = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        let third = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        second.prepare(&added(&app)).await.is(200);
        first.prepare(&with(added(&app), "/conditions", json!("Tylko dla oddziałów zakaźnych."))).await.is(200);
        first.resolve().await.is(200);
        assert_eq!(on_record(&app, "resolve_authorisation", &base.id).await, 2, "its own, and the batches added to it");
        let late = second.resolve().await.is(409);
        assert!(names(&late, "authorisation.batch_consented"), "{}", late.text());
        third.prepare(&added(&app)).await.refused(409, "authorisation.batch_consented");
        let seen = app.as_persona("pharmacist").get(&base.path()).await.is(200);
        assert_eq!(seen.text_at("/ruling/added/0/conditions"), "Tylko dla oddziałów zakaźnych.");
        assert_eq!(base.seen().await["ruling"]["totalQuantity"]["amount"], "15");
    }

    async fn a_sum_beyond_any_quantity_is_not_consented_to(app: TestApp) {
        let huge = |amount: &str, number: &str| json!({
            "quantity": { "amount": amount, "unit": "PACK" },
            "batches": [{ "number": number, "expiresOn": app.today() + TimeDelta::days(400),
                "quantity": { "amount": amount, "unit": "PACK" } }],
        });
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let more = opened(&base, &huge("9999990", "L26B100")).await.until(Reached::Assigned).await;
        let draft = |amount: &str| with(added(&app), "/approvedQuantity/amount", json!(amount));
        more.prepare(&draft("9999990")).await.refused(422, "authorisation.quantity_too_large");
        let less = with(draft("9999989"), "/grounds", json!("Tyle wystarczy."));
        more.prepare(&less).await.is(200);
        more.resolve().await.is(200);
        assert_eq!(base.seen().await["ruling"]["totalQuantity"]["amount"], "9999999");
    }

    async fn batches_that_have_expired_are_not_consented_to(app: TestApp) {
        let it = Notification::drafted(&app).await;
        let expires = app.today() + TimeDelta::days(3);
        let content = with(it.seen().await["content"].clone(), "/batches/1/expiresOn", json!(expires));
        let edit = app.as_persona("responsible-person").put(&it.path(), &json!({ "content": content }));
        it.follow(&edit.if_match(it.revision()).send().await.is(200));
        let it = it.until(Reached::Assigned).await;
        it.prepare(&consent(&app, "10")).await.is(200);
        app.advance_days(4);
        it.resolve().await.refused(422, "authorisation.batches_expired");
        it.prepare(&consent(&app, "10")).await.refused(422, "authorisation.batches_expired");
        let rest = with(consent(&app, "6"), "/grounds", json!("Druga seria straciła ważność."));
        it.prepare(&rest).await.is(200);
        it.resolve().await.is(200);
    }

    async fn a_period_of_more_than_five_years_is_too_long(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let long = with(consent(&app, "10"), "/validUntil", json!(app.today() + TimeDelta::days(1900)));
        it.prepare(&long).await.refused(422, "authorisation.period_too_long");
    }

    async fn entries_stay_within_their_batch(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        it.draw("wholesaler", &it.entry("IMPORTED", 7)).await.refused(422, "authorisation.batch_beyond");
        let entered = it.draw("wholesaler", &it.entry("IMPORTED", 6)).await.is(201);
        it.draw("wholesaler", &it.entry("IMPORTED", 1)).await.refused(422, "authorisation.batch_beyond");
        it.draw("pharmacist", &it.entry("DISPENSED", 6)).await.is(201);
        let entry = entered.text_at("/ledger/entries/0/id");
        let reason = json!({ "reason": "Pomyłka." });
        it.command("wholesaler", &format!("realisations/{entry}/reversal"), &reason).await.is(200);
        it.draw("wholesaler", &it.entry("IMPORTED", 6)).await.is(201);
    }

    async fn a_wholesaler_that_is_closed_receives_no_consent(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::Prepared).await;
        let of = app.organisation("wholesaler");
        let close = |active: bool| app.execute(&format!("UPDATE organisations SET active = {active} WHERE id = '{of}'"));
        close(false);
        it.resolve().await.refused(409, "authorisation.wholesaler_inactive");
        it.prepare(&consent(&app, "10")).await.refused(409, "authorisation.wholesaler_inactive");
        close(true);
        it.resolve().await.is(200);
        it.retrieve("pharmacist").await.is(200);
        close(false);
        it.hand_over("pharmacist").await.refused(409, "authorisation.wholesaler_inactive");
    }

    async fn what_was_done_before_a_revocation_is_entered_and_corrected_after_it(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let in_time = it.entry("IMPORTED", 1);
        let first = it.draw("wholesaler", &in_time).await.is(201).text_at("/ledger/entries/0/id");
        revoked(&it).await;
        app.advance_days(1);
        let late = with(in_time.clone(), "/doneOn", json!(app.today()));
        it.draw("wholesaler", &late).await.refused(422, "authorisation.ledger_date");
        it.draw("wholesaler", &in_time).await.is(201);
        let reason = json!({ "reason": "Pomyłka." });
        it.command("wholesaler", &format!("realisations/{first}/reversal"), &reason).await.is(200);
        assert_eq!(it.state().await, "REVOKED");
    }

    async fn every_pharmacy_that_holds_the_consent_hears_of_its_revocation(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        it.retrieve("hospital-pharmacist").await.is(200);
        revoked(&it).await;
        for key in ["pharmacy", "hospital-pharmacy", "wholesaler"] {
            let audience = format!("org:{}", app.organisation(key));
            assert_eq!(told(&app, "ConsentRevoked", &audience).await, 1, "{key}");
        }
    }

    async fn a_wrong_second_number_is_on_record_under_what_the_first_one_named(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::Consented).await;
        let numbers = it.numbers().await;
        let other = json!(crate::support::unissued_resolution_number());
        let wrong = with(numbers.clone(), "/resolutionNumber", other.clone());
        let who = app.as_persona("pharmacist");
        who.look("/api/v1/supply/retrievals", &wrong).await.refused(404, "supply.retrieval_none");
        assert_eq!(on_record(&app, "retrieve_consent", &it.id).await, 1);
        let check = with(with(numbers, "/resolutionNumber", other), "/kind", json!("NOTIFICATION"));
        app.anyone().look("/api/v1/public/checks", &check).await.refused(404, "supply.retrieval_none");
        assert_eq!(on_record(&app, "check_decision", &it.id).await, 1);
    }

    async fn the_feed_of_consents_tells_the_wholesaler_who_passed_it_on(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        it.command("pharmacist", "handover-return", &json!({})).await.is(200);
        app.settle().await;
        let who = app.as_persona("wholesaler");
        let page = who.get("/api/v1/supply/temporary-authorisations").await.is(200);
        let items = page.at("/items");
        let kinds: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["type"]).collect();
        assert_eq!(kinds, ["AuthorisationConsented", "ConsentHandedOver", "HandoverReturned"]);
        assert_eq!(page.text_at("/items/1/temporaryAuthorisationId"), it.id);
        assert_eq!(page.text_at("/items/1/temporaryAuthorisation/state"), "CONSENTED");
        assert_eq!(page.at("/items/1/temporaryAuthorisation/content/justification"), Value::Null);
        let next = format!("/api/v1/supply/temporary-authorisations?after={}", page.at("/nextAfter"));
        assert_eq!(who.get(&next).await.is(200).at("/items"), json!([]));
        assert_eq!(who.get("/api/v1/supply/demands").await.is(200).at("/items"), json!([]), "no demand's affair");
        let rival = app.as_persona("wholesaler-second");
        assert_eq!(rival.get("/api/v1/supply/temporary-authorisations").await.is(200).at("/items"), json!([]));
        app.advance_days(91);
        let after_it = who.get(&next).await.is(200);
        assert_eq!(after_it.at("/items"), json!([]), "it has not been numbered yet");
        app.as_persona("wholesaler").get(&it.path()).await.is(200);
        app.settle().await;
        let ended = who.get(&next).await.is(200);
        assert_eq!(ended.text_at("/items/0/type"), "ConsentLapsed");
        assert_eq!(ended.text_at("/items/0/temporaryAuthorisation/state"), "LAPSED");
    }

    async fn a_line_shows_the_ministry_no_more_than_the_document(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::Consented).await;
        for (who, sees) in [("preparer-second", false), ("responsible-person", true), ("wholesaler", true)] {
            let listed = app.as_persona(who).get(AUTHORISATIONS).await.is(200);
            assert_eq!(listed.text_at("/items/0/id"), it.id);
            assert_eq!(!listed.at("/items/0/resolutionNumber").is_null(), sees, "{who}: {}", listed.text());
            assert_eq!(!listed.at("/items/0/validUntil").is_null(), sees, "{who}");
        }
    }

    async fn actions_name_what_stands_in_the_way(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::Consented).await;
        it.retrieve("pharmacist").await.is(200);
        let said = async |who, action| blocked(&app, who, &it, action).await;
        assert_eq!(said("pharmacist", "handover").await, Value::Null);
        assert_eq!(said("pharmacist", "handover-return").await, "authorisation.not_handed_over");
        assert_eq!(said("pharmacist", "realisations").await, "authorisation.not_handed_over");
        assert_eq!(said("wholesaler", "handover-return").await, "authorisation.not_handed_over");
        it.hand_over("pharmacist").await.is(200);
        assert_eq!(said("pharmacist", "handover").await, "authorisation.handed_over_already");
        assert_eq!(said("pharmacist", "realisations").await, Value::Null);
        it.draw("pharmacist", &it.entry("DISPENSED", 1)).await.is(201);
        assert_eq!(said("pharmacist", "handover-return").await, "authorisation.dispensed_by_pharmacy");
        let addition = opened(&it, &new_batches(&app)).await.until(Reached::Assigned).await;
        addition.prepare(&added(&app)).await.is(200);
        assert_eq!(blocked(&app, "decider", &addition, "resolution").await, Value::Null);
        revoked(&it).await;
        assert_eq!(blocked(&app, "decider", &addition, "resolution").await, "authorisation.consent_ended");
    }
}
