//! The printed table term × audience: whom the reminder before each term of each document reaches.

use crate::support::{days_left, is_golden};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Case, Notification, Reached, Stage, TestApp, ad_hoc, on_both};

/// Every audience that an event of these documents may have, by the name of its column.
fn audiences(app: &TestApp) -> Vec<(&'static str, String)> {
    let organisation = |key: &str| format!("= 'org:{}'", app.organisation(key));
    let role = |name: &str| format!("= 'role:{name}'");
    vec![
        ("clinic", organisation("clinic")),
        ("hospital", organisation("hospital")),
        ("consultant", "LIKE 'person:NPWZ:%'".to_owned()),
        ("ministry", role("MINISTRY")),
        ("product office", role("PRODUCT_OFFICE")),
        ("inspectorate", role("SANITARY_INSPECTORATE")),
        ("pharmacy", organisation("pharmacy")),
        ("hospital pharmacy", organisation("hospital-pharmacy")),
        ("wholesaler", organisation("wholesaler")),
        ("another wholesaler", organisation("wholesaler-second")),
        ("patient", "LIKE 'patient:%'".to_owned()),
    ]
}

/// Lets the days pass and the term's reminder fire: whom it reaches, each once, and nobody without a column.
async fn reached(app: &TestApp, document: &str, days: i64) -> BTreeSet<&'static str> {
    app.advance_days(days);
    app.fire_due("one").await;
    let rows = async |is: &str| {
        let told = format!(
            "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
             WHERE e.type LIKE '%Reminder' AND e.document_id = '{document}' AND a.audience {is}"
        );
        app.count_of(told).await
    };
    let (mut all, mut known) = (BTreeSet::new(), 0);
    for (name, is) in audiences(app) {
        let told = rows(&is).await;
        assert!(told <= 1, "{name} is told {told} times");
        known += told;
        all.extend((told == 1).then_some(name));
    }
    assert_eq!(rows("LIKE '%'").await, known, "somebody without a column is told");
    all
}

/// On the eve of the last day, which may be rolled over days off, whoever is asked has been reminded.
async fn asked(app: &TestApp, addressee: &str) -> (String, i64) {
    let case = Case::outside(app).await.until(Stage::Assigned).await;
    let question = json!({ "addressee": addressee, "question": "Dlaczego nie lek krajowy?", "days": 10 });
    case.command("preparer", "clarifications", &question).await.is(201);
    let days = days_left(&case.seen().await, app.now()) - 1;
    (case.id, days)
}

async fn notification_asked(app: &TestApp, addressee: &str) -> (String, i64) {
    let it = Notification::drafted(app).await.until(Reached::Assigned).await;
    let question = json!({ "addressee": addressee, "question": "Kiedy będą serie?", "days": 10 });
    it.command("preparer", "clarifications", &question).await.is(201);
    let days = days_left(&it.seen().await, app.now()) - 1;
    (it.id, days)
}

async fn approved(case: Case) -> String {
    for party in ["pharmacist", "wholesaler"] {
        case.retrieve(party).await.is(200);
    }
    case.id
}

/// Each term with the document on which it runs, and how many days later its reminder is due.
async fn demands(app: &TestApp) -> Vec<(&'static str, BTreeSet<&'static str>)> {
    let mut rows = Vec::new();
    let case = Case::in_facility(app).await.until(Stage::Submitted).await;
    rows.push(("demand in a facility: REPRESENTATIVE_APPROVAL", reached(app, &case.id, 3).await));
    let case = Case::outside(app).await.until(Stage::Submitted).await;
    rows.push(("demand: OPINION", reached(app, &case.id, 6).await));
    let case = Case::outside(app).await.until(Stage::Submitted).await;
    case.command("consultant-nephrology", "opinion", &json!({ "verdict": "NOT_MY_FIELD" })).await.is(200);
    rows.push(("demand: SUBMISSION_TO_MINISTER", reached(app, &case.id, 54).await));
    let (id, days) = asked(app, "PHYSICIAN").await;
    rows.push(("demand, physician asked: CLARIFICATION", reached(app, &id, days).await));
    let (id, days) = asked(app, "PRODUCT_OFFICE").await;
    rows.push(("demand, office asked: CLARIFICATION", reached(app, &id, days).await));
    let id = approved(Case::outside(app).await.until(Stage::Approved).await).await;
    rows.push(("demand: HANDOVER", reached(app, &id, 54).await));
    let id = approved(Case::in_facility(app).await.until(Stage::Approved).await).await;
    rows.push(("demand in a facility: HANDOVER", reached(app, &id, 54).await));
    let case = Case::of(app, &ad_hoc(app)).await.until(Stage::HandedOver).await;
    let ended = json!({ "treatmentEndedOn": app.today() });
    case.command(case.physician(), "treated-patients", &ended).await.is(201);
    rows.push(("demand for an ad-hoc need: PATIENT_LIST", reached(app, &case.id, 25).await));
    rows
}

async fn notifications(app: &TestApp) -> Vec<(&'static str, BTreeSet<&'static str>)> {
    let mut rows = Vec::new();
    let (id, days) = notification_asked(app, "WHOLESALER").await;
    rows.push(("notification, wholesaler asked: CLARIFICATION", reached(app, &id, days).await));
    let (id, days) = notification_asked(app, "PRODUCT_OFFICE").await;
    rows.push(("notification, office asked: CLARIFICATION", reached(app, &id, days).await));
    let it = Notification::drafted(app).await.until(Reached::Consented).await;
    rows.push(("notification: CONSENT_PERIOD", reached(app, &it.id, 77).await));
    let it = Notification::drafted(app).await.until(Reached::HandedOver).await;
    it.retrieve("hospital-pharmacist").await.is(200);
    rows.push(("notification, held by pharmacies: CONSENT_PERIOD", reached(app, &it.id, 77).await));
    rows
}

fn table(app: &TestApp, rows: &[(&str, BTreeSet<&str>)]) -> String {
    let names: Vec<&str> = audiences(app).into_iter().map(|(name, _)| name).collect();
    let mut page =
        format!("| Reminder before | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    for (term, told) in rows {
        let marks: Vec<&str> = names.iter().map(|name| if told.contains(name) { "●" } else { "–" }).collect();
        page.extend(["| ", term, " | ", &marks.join(" | "), " |\n"]);
    }
    page
}

/// Every kind of term that the lifecycles serve.
async fn kinds(app: &TestApp) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for kind in ["medicine-demands", "food-demands", "temporary-authorisations"] {
        let served = app.anyone().get(&format!("/api/v1/lifecycles/{kind}")).await.is(200).at("/clocks");
        all.extend(served.as_array().unwrap().iter().filter_map(|it| it["kind"].as_str().map(str::to_owned)));
    }
    all
}

on_both! {
    async fn whom_each_reminder_reaches_is_as_in_the_golden_table(app: TestApp) {
        let rows = [demands(&app).await, notifications(&app).await].concat();
        let played: BTreeSet<String> =
            rows.iter().filter_map(|(term, _)| term.rsplit(' ').next()).map(str::to_owned).collect();
        assert_eq!(played, kinds(&app).await, "each kind of term has its row");
        assert!(rows.iter().all(|(_, told)| !told.is_empty()), "somebody is told of each: {rows:?}");
        is_golden("reminders", &table(&app, &rows));
    }

    async fn the_end_of_a_period_is_told_to_those_who_hold_the_consent_as_well(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        it.retrieve("hospital-pharmacist").await.is(200);
        let holders = ["wholesaler", "ministry", "pharmacy", "hospital pharmacy"];
        assert_eq!(reached(&app, &it.id, 77).await, BTreeSet::from(holders));
        for party in ["responsible-person", "wholesaler", "pharmacist", "hospital-pharmacist", "preparer", "decider"] {
            let history = app.as_persona(party).get(&it.path_of("history")).await.is(200).at("/items");
            let reminders: Vec<&Value> =
                history.as_array().unwrap().iter().filter(|item| item["type"] == "PeriodReminder").collect();
            assert_eq!(reminders.len(), 1, "{party}: {history}");
            assert!(reminders[0]["data"]["dueAt"].is_string(), "{party}: {history}");
        }
        app.as_persona("wholesaler-second").get(&it.path_of("history")).await.refused(404, "request.not_found");
    }

    async fn the_term_of_a_question_is_told_to_whoever_is_asked_and_to_no_holder(app: TestApp) {
        let (of_wholesaler, days) = notification_asked(&app, "WHOLESALER").await;
        let (of_office, _) = notification_asked(&app, "PRODUCT_OFFICE").await;
        assert_eq!(reached(&app, &of_wholesaler, days).await, BTreeSet::from(["wholesaler", "ministry"]));
        assert_eq!(reached(&app, &of_office, 0).await, BTreeSet::from(["wholesaler", "ministry", "product office"]));
    }
}
