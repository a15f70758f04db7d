//! Which term's reminder reaches whom, term by term.

use super::{are, heard};
use crate::support::days_left;
use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

/// Of the case's one term that ends soon, after so many days.
async fn reminded(case: &Case, days: i64) -> std::collections::BTreeSet<String> {
    let app = &case.app;
    app.advance_days(days);
    app.fire_due("one").await;
    let mut reached = heard(case, "TermReminder").await;
    let clinic = case.seen().await["entityId"].as_str().unwrap().to_owned();
    for (name, is) in [
        ("clinic", format!("= 'org:{clinic}'")),
        ("consultant", "LIKE 'person:NPWZ:%'".to_owned()),
        ("ministry", "= 'role:MINISTRY'".to_owned()),
        ("office", "= 'role:PRODUCT_OFFICE'".to_owned()),
    ] {
        let told = format!(
            "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
             WHERE e.type = 'TermReminder' AND e.document_id = '{}' AND a.audience {is}",
            case.id
        );
        if app.count_of(told).await > 0 {
            reached.insert(name.to_owned());
        }
    }
    reached
}

async fn asked(app: &TestApp, addressee: &str) -> Case {
    let case = Case::outside(app).await.until(Stage::Assigned).await;
    let question = json!({ "addressee": addressee, "question": "Dlaczego nie lek krajowy?", "days": 10 });
    case.command("preparer", "clarifications", &question).await.is(201);
    case
}

// Physician and representative are reached by the clinic; the consultant hears of a term only while they are asked.
on_both! {
    async fn the_representatives_term_reaches_the_hospital_and_not_yet_the_consultant(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        assert_eq!(reminded(&case, 3).await, are(&["clinic"]));
    }

    async fn the_consultants_term_reaches_the_consultant_and_the_clinic(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        assert_eq!(reminded(&case, 6).await, are(&["clinic", "consultant"]));
    }

    async fn the_term_of_the_whole_procedure_reaches_the_clinic_and_no_consultant_who_has_answered(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        case.command("consultant-nephrology", "opinion", &json!({ "verdict": "NOT_MY_FIELD" })).await.is(200);
        assert_eq!(reminded(&case, 54).await, are(&["clinic"]));
    }

    async fn the_term_of_a_question_reaches_whoever_is_asked(app: TestApp) {
        let physician = asked(&app, "PHYSICIAN").await;
        let office = asked(&app, "PRODUCT_OFFICE").await;
        let eve = days_left(&physician.seen().await, app.now()) - 1;
        assert_eq!(reminded(&physician, eve).await, are(&["clinic", "ministry"]));
        assert_eq!(reminded(&office, 0).await, are(&["clinic", "ministry", "office"]));
    }

    async fn the_term_of_the_handover_reaches_pharmacies_that_retrieved_and_the_patient(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        for party in ["pharmacist", "wholesaler"] {
            case.retrieve(party).await.is(200);
        }
        assert_eq!(reminded(&case, 54).await, are(&["clinic", "ministry", "pharmacy", "patient"]));
    }

    async fn the_term_of_a_list_of_treated_patients_reaches_the_hospital_and_the_ministry(app: TestApp) {
        let case = Case::of(&app, &testkit::ad_hoc(&app)).await.until(Stage::HandedOver).await;
        let ended = json!({ "treatmentEndedOn": app.today() });
        case.command(case.physician(), "treated-patients", &ended).await.is(201);
        assert_eq!(reminded(&case, 25).await, are(&["clinic", "ministry"]));
    }
}
