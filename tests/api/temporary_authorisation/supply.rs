//! A consent in the hands of pharmacies and its wholesaler.

use crate::support::{evenly, uniform, unissued_resolution_number};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{Notification, Reached, TestApp, on_both, with};

const RETRIEVALS: &str = "/api/v1/supply/retrievals";
const CHECKS: &str = "/api/v1/public/checks";

on_both! {
    async fn both_numbers_and_nothing_else_open_a_consent(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Consented).await;
        let (who, numbers) = (app.as_persona("pharmacist"), notification.numbers().await);
        who.get(&notification.path()).await.refused(404, "request.not_found");
        let wrong = with(numbers.clone(), "/resolutionNumber", json!(unissued_resolution_number()));
        let first = uniform(evenly(who.look(RETRIEVALS, &wrong)).await);
        let rival = app.as_persona("wholesaler-second");
        assert_eq!(uniform(rival.look(RETRIEVALS, &numbers).await), first, "no other wholesaler's affair");
        let one = json!({ "authorisationNumber": notification.number });
        who.look(RETRIEVALS, &one).await.refused(422, "supply.retrieval_both");
        let more = with(numbers.clone(), "/patient", json!({ "kind": "PESEL", "number": "44051401458" }));
        who.look(RETRIEVALS, &more).await.refused(422, "supply.retrieval_both");
        let typo = with(numbers.clone(), "/authorisationNumber", json!("ZCD-2026-7K3M9QXT-2"));
        who.look(RETRIEVALS, &typo).await.refused(422, "value.authorisation_number");
        let found = who.look(RETRIEVALS, &numbers).await.is(200);
        assert_eq!(found.at("/content/batches").as_array().unwrap().len(), 2);
        assert_eq!((found.at("/content/justification"), found.at("/ledger")), (Value::Null, Value::Null));
        who.get(&notification.path()).await.is(200);
        let kept = "SELECT count(*) AS number FROM audit WHERE action = 'retrieve_consent'";
        assert_eq!(app.count(kept).await, 3);
        app.advance_days(91);
        who.look(RETRIEVALS, &numbers).await.refused(404, "supply.retrieval_none");
    }

    async fn anybody_checks_a_notification_with_both_numbers(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Consented).await;
        let check = with(notification.numbers().await, "/kind", json!("NOTIFICATION"));
        let shown = app.anyone().look(CHECKS, &check).await.is(200);
        assert_eq!(shown.text_at("/state"), "CONSENTED");
        assert_eq!(shown.text_at("/decision/outcome"), "CONSENTED");
        assert_eq!(shown.text_at("/decision/kind"), "TEMPORARY_AUTHORISATION");
        let token = json!({ "token": shown.at("/token") });
        let verify = "/api/v1/public/decision-verifications";
        let verified = app.anyone().look(verify, &token).await.is(200);
        assert_eq!((verified.text_at("/state"), verified.at("/withdrawn")), ("CONSENTED".to_owned(), json!(false)));
        for other in [json!({ "kind": "NOTIFICATION" }), with(check.clone(), "/rpwdlNumber", json!("000000900001"))] {
            app.anyone().look(CHECKS, &other).await.refused(422, "supply.retrieval_both");
        }
        let elsewhere = with(check.clone(), "/kind", json!("IN_FACILITY"));
        app.anyone().look(CHECKS, &elsewhere).await.refused(422, "supply.retrieval_both");
        app.advance_days(91);
        assert_eq!(app.anyone().look(CHECKS, &check).await.is(200).text_at("/state"), "LAPSED");
        assert_eq!(app.anyone().look(verify, &token).await.is(200).text_at("/state"), "LAPSED");
    }

    async fn pharmacies_pass_it_on_and_take_it_back(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        notification.hand_over("pharmacist").await.refused(409, "authorisation.handed_over_already");
        notification.retrieve("hospital-pharmacist").await.is(200);
        let second = notification.hand_over("hospital-pharmacist").await.is(200);
        assert_eq!(second.at("/passedOn").as_array().unwrap().len(), 1, "a pharmacy sees itself alone");
        let supplier = app.as_persona("wholesaler").get(&notification.path()).await.is(200);
        assert_eq!(supplier.at("/passedOn").as_array().unwrap().len(), 2);
        let own = json!({ "pharmacyId": app.organisation("pharmacy") });
        notification.command("wholesaler", "handover-return", &json!({})).await.refused(422, "demand.pharmacy_unknown");
        notification.command("wholesaler", "handover-return", &own).await.is(200);
        notification.command("pharmacist", "handover-return", &json!({})).await.refused(409, "authorisation.not_handed_over");
        notification.hand_over("pharmacist").await.is(200);
        notification.draw("pharmacist", &notification.entry("DISPENSED", 1)).await.is(201);
        let taken = notification.command("pharmacist", "handover-return", &json!({})).await;
        taken.refused(409, "authorisation.dispensed_by_pharmacy");
    }

    async fn it_is_not_passed_on_before_its_period(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let later = with(testkit::consent(&app, "10"), "/validFrom", json!(app.today() + TimeDelta::days(2)));
        notification.prepare(&later).await.is(200);
        notification.resolve().await.is(200);
        notification.retrieve("pharmacist").await.is(200);
        notification.hand_over("pharmacist").await.refused(409, "authorisation.consent_not_in_force");
        app.advance_days(2);
        notification.hand_over("pharmacist").await.is(200);
    }

    async fn it_is_drawn_down_on_the_ledger(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let imported = notification.draw("wholesaler", &notification.entry("IMPORTED", 6)).await.is(201);
        assert_eq!(imported.text_at("/ledger/imported"), "6");
        let dispensed = notification.draw("pharmacist", &notification.entry("DISPENSED", 4)).await.is(201);
        assert_eq!(dispensed.at("/ledger/entries").as_array().unwrap().len(), 1, "its own entries");
        let found = app.as_persona("preparer").get("/api/v1/supply/batches?batch=L26A001").await.is(200);
        assert_eq!(found.at("/items").as_array().unwrap().len(), 2);
        assert_eq!(found.text_at("/items/0/temporaryAuthorisationId"), notification.id);
        let entry = dispensed.text_at("/ledger/entries/0/id");
        let reversal = format!("realisations/{entry}/reversal");
        let reason = json!({ "reason": "Pomyłka." });
        notification.command("wholesaler", &reversal, &reason).await.refused(403, "supply.not_your_entry");
        let reversed = notification.command("pharmacist", &reversal, &reason).await.is(200);
        assert_eq!(reversed.text_at("/ledger/dispensed"), "0");
        notification.command("pharmacist", &reversal, &reason).await.refused(409, "demand.realisation_reversed");
    }

    async fn every_rule_of_the_ledger_is_kept(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let entry = notification.entry("IMPORTED", 1);
        for (body, code) in [
            (with(entry.clone(), "/packSize/unit", json!("VIAL")), "demand.ledger_unit"),
            (with(entry.clone(), "/packs", json!(0)), "demand.ledger_packs"),
            (with(entry.clone(), "/packSize/amount", json!("2")), "demand.ledger_pack_size"),
            (with(entry.clone(), "/sourceCountry", json!("PL")), "demand.source_country_poland"),
            (with(entry.clone(), "/batch", json!("L26A009")), "authorisation.batch_not_consented"),
            (with(entry.clone(), "/expiresOn", json!("2030-01-01")), "authorisation.batch_not_consented"),
            (with(entry.clone(), "/doneOn", json!(app.today() + TimeDelta::days(1))), "authorisation.ledger_date"),
        ] {
            notification.draw("wholesaler", &body).await.refused(422, code);
        }
        let beyond = notification.draw("wholesaler", &with(entry.clone(), "/packs", json!(11))).await.is(422);
        assert!(beyond.text().contains("demand.ledger_beyond"), "{}", beyond.text());
        notification.draw("pharmacist", &entry).await.refused(403, "supply.realisation_kind");
        notification.retrieve("hospital-pharmacist").await.is(200);
        let dispensed = notification.entry("DISPENSED", 1);
        notification.draw("hospital-pharmacist", &dispensed).await.refused(409, "authorisation.not_handed_over");
        app.advance_days(91);
        let late = notification.entry("IMPORTED", 1);
        notification.draw("wholesaler", &late).await.is(422);
        let of_the_period = with(entry, "/packs", json!(2));
        notification.draw("wholesaler", &of_the_period).await.is(201);
        assert_eq!(notification.state().await, "LAPSED", "what was done in time is still entered");
    }

    async fn of_two_entries_at_once_none_is_lost(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let body = notification.entry("IMPORTED", 1);
        let who = app.as_persona("wholesaler");
        let path = notification.path_of("realisations");
        let send = || async { who.post(&path, &body).send().await.is(201) };
        tokio::join!(send(), send(), send(), send(), send(), send());
        assert_eq!(notification.seen().await["ledger"]["imported"], "6");
        who.post(&path, &body).send().await.refused(422, "authorisation.batch_beyond");
    }
}
