//! Who hears of the end of an approval, and of the end of its term: everybody who may hold it.

mod reminders;
mod terms;

use chrono::TimeDelta;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Case, Stage, TestApp, approval, food, on_both, outside_facility, rejection};

/// Who hears of events of this kind on the case, the examination's parties left out.
async fn heard(case: &Case, kind: &str) -> BTreeSet<String> {
    let app = &case.app;
    let mut heard = BTreeSet::new();
    let organisations = ["pharmacy", "hospital-pharmacy", "wholesaler", "wholesaler-second"];
    let parties = organisations
        .into_iter()
        .map(|name| (name.to_owned(), format!("= 'org:{}'", app.organisation(name))));
    let others = [("patient", "LIKE 'patient:%'"), ("inspectorate", "= 'role:SANITARY_INSPECTORATE'")];
    for (name, is) in parties.chain(others.map(|(name, is)| (name.to_owned(), is.to_owned()))) {
        let told = format!(
            "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
             WHERE e.type = '{kind}' AND e.document_id = '{}' AND a.audience {is}",
            case.id
        );
        if app.count_of(told).await > 0 {
            heard.insert(name);
        }
    }
    heard
}

fn are(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

async fn retrieved(case: &Case) {
    for persona in ["pharmacist", "wholesaler", "wholesaler-second"] {
        case.retrieve(persona).await.is(200);
    }
}

const HOLDERS: [&str; 4] = ["pharmacy", "wholesaler", "wholesaler-second", "patient"];

on_both! {
    async fn whoever_retrieved_an_approval_and_the_patient_hear_that_it_is_revoked(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        retrieved(&case).await;
        case.revoke().await;
        assert_eq!(heard(&case, "DemandRevoked").await, are(&HOLDERS));
        assert_eq!(heard(&case, "RevocationPrepared").await, are(&[]), "that is the ministry's affair");
    }

    async fn they_hear_that_it_is_withdrawn(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        retrieved(&case).await;
        case.withdraw().await.is(200);
        assert_eq!(heard(&case, "DemandWithdrawn").await, are(&HOLDERS));
        let early = Case::outside(&app).await.until(Stage::Submitted).await;
        early.withdraw().await.is(200);
        assert_eq!(heard(&early, "DemandWithdrawn").await, are(&[]), "nothing was approved");
    }

    async fn pharmacies_are_reminded_of_the_term_and_all_hear_that_it_ended(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        retrieved(&case).await;
        app.advance_days(54);
        app.fire_due("one").await;
        assert_eq!(heard(&case, "TermReminder").await, are(&["pharmacy", "patient"]));
        app.advance_days(10);
        app.fire_due("one").await;
        assert_eq!(heard(&case, "DemandExpired").await, are(&HOLDERS));
        let mut receipt = case.numbers().await;
        receipt["pharmacyId"] = json!(app.organisation("pharmacy"));
        receipt["passedOn"] = json!(app.today() - TimeDelta::days(30));
        app.as_persona("wholesaler").post("/api/v1/supply/paper-receipts", &receipt).send().await.is(201);
        assert_eq!(heard(&case, "ExpiryLifted").await, are(&HOLDERS), "whoever heard of the end");
        app.settle().await;
        let holder = app.organisation("wholesaler");
        for (persona, lines) in [("wholesaler", 1), ("wholesaler-second", 0)] {
            let feed = app.as_persona(persona).get("/api/v1/supply/demands").await.is(200).at("/items");
            let of_case = feed.as_array().unwrap().iter().filter(|it| it.to_string().contains(&case.id)).count();
            assert_eq!(of_case, lines, "{persona}: {feed}");
        }
        for persona in ["wholesaler", "pharmacist", "clinic-physician"] {
            let history = app.as_persona(persona).get(&case.path_of("history")).await.is(200).at("/items");
            let lifted = history.as_array().unwrap().iter().find(|it| it["type"] == "ExpiryLifted").unwrap();
            assert!(!lifted.to_string().contains(&holder), "{persona} does not learn of it who holds it: {lifted}");
        }
        let early = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(61);
        app.fire_due("one").await;
        assert_eq!(early.state().await, "EXPIRED");
        assert_eq!(heard(&early, "DemandExpired").await, are(&[]), "nothing was approved");
    }

    async fn reminders_of_the_examination_are_for_those_who_know_of_it(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(6);
        app.fire_due("one").await;
        case.confirm().await.is(200);
        case.assign("preparer").await.is(200);
        case.prepare(&approval("10")).await.is(200);
        case.resolve().await.is(200);
        for party in ["pharmacist", "wholesaler"] {
            case.retrieve(party).await.is(200);
        }
        app.advance_days(54);
        app.fire_due("one").await;
        let reminders = async |party: &'static str| {
            let history = app.as_persona(party).get(&case.path_of("history")).await.is(200).at("/items");
            let told = history.as_array().unwrap().iter().filter(|it| it["type"] == "TermReminder");
            told.map(|it| it["data"].clone()).collect::<Vec<Value>>()
        };
        let of_physician = reminders("clinic-physician").await;
        let clocks: Vec<&Value> = of_physician.iter().map(|data| &data["clock"]).collect();
        assert_eq!(clocks, ["OPINION", "HANDOVER"], "{of_physician:?}");
        assert!(of_physician.iter().all(|data| data["dueAt"].is_string()), "{of_physician:?}");
        for party in ["pharmacist", "wholesaler", "preparer-second"] {
            assert_eq!(reminders(party).await, of_physician[1..], "{party}");
        }
    }

    async fn the_hospitals_own_pharmacy_need_not_retrieve_to_hear(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        app.advance_days(54);
        app.fire_due("one").await;
        assert_eq!(heard(&case, "TermReminder").await, are(&["hospital-pharmacy"]));
        case.revoke().await;
        assert!(heard(&case, "DemandRevoked").await.contains("hospital-pharmacy"));
    }

    async fn the_inspectorate_hears_of_a_consent_for_a_food(app: TestApp) {
        let case = Case::of(&app, &food(outside_facility(&app))).await.until(Stage::Approved).await;
        case.revoke().await;
        assert_eq!(heard(&case, "DemandApproved").await, are(&["patient", "inspectorate"]));
        assert_eq!(heard(&case, "DemandRevoked").await, are(&["patient", "inspectorate"]));
    }

    async fn the_patient_hears_of_an_approval_that_nobody_has_retrieved_and_of_its_term(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let inside = Case::in_facility(&app).await.until(Stage::Approved).await;
        app.advance_days(54);
        app.fire_due("one").await;
        for kind in ["DemandApproved", "TermReminder"] {
            assert_eq!(heard(&case, kind).await, are(&["patient"]), "{kind}");
            assert!(!heard(&inside, kind).await.contains("patient"), "{kind}: the hospital's own affair");
        }
    }

    async fn the_patient_hears_of_a_rejection(app: TestApp) {
        for (case, told) in [
            (Case::outside(&app).await, are(&["patient"])),
            (Case::in_facility(&app).await, are(&[])),
        ] {
            let case = case.until(Stage::Prepared).await;
            case.prepare(&rejection()).await.is(200);
            case.resolve().await.is(200);
            assert_eq!((case.state().await.as_str(), heard(&case, "DemandRejected").await), ("REJECTED", told));
        }
    }
}
