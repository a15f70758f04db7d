//! What is put on record as an outage where nobody called: by the operator, and after a silence.

use crate::support::days_left;
use app::outage::RecordOutage;
use chrono::TimeDelta;
use domain::outage::Grace;
use domain::values::Text;
use serde_json::json;
use testkit::{Case, Restart, Stage, TestApp, ad_hoc, on_both};

async fn outages(app: &TestApp) -> i64 {
    app.count("SELECT count(*) AS number FROM outages").await
}

on_both! {
    async fn the_operator_records_the_same_outage_once_and_any_other_beside_it(app: TestApp) {
        let (now, space, operator) = (app.now(), app.space().clone(), app.another_node().await);
        let of = |reason: &str| RecordOutage {
            from: now - TimeDelta::hours(9),
            until: Some(now - TimeDelta::hours(2)),
            reason: Text::parse(reason).unwrap(),
        };
        let record = async |reason: &str, grace| {
            let recorded = operator.record_outage_as_operator(space.clone(), of(reason), Some(grace));
            recorded.await.unwrap()
        };
        let first = record("Awaria zasilania.", Grace::Days(1)).await;
        assert_eq!(record("Awaria zasilania.", Grace::Days(1)).await.id, first.id);
        let longer = record("Awaria zasilania.", Grace::Days(5)).await;
        assert_eq!((longer.grace, longer.id == first.id), (Grace::Days(5), false), "its terms wait longer");
        let other = record("Awaria łącza.", Grace::Days(1)).await;
        assert_eq!((other.reason.as_str(), other.id == first.id), ("Awaria łącza.", false));
        assert_eq!(outages(&app).await, 3);
        app.execute("UPDATE outages SET released_at = recorded_at");
        let again = record("Awaria zasilania.", Grace::Days(1)).await;
        assert_eq!((again.released_at, outages(&app).await), (None, 4), "what was released holds nothing any more");
    }

    async fn a_silence_in_which_somebody_would_only_have_been_reminded_is_no_outage(app: TestApp) {
        let case = Case::of(&app, &ad_hoc(&app)).await.until(Stage::HandedOver).await;
        let end = json!({ "treatmentEndedOn": app.today() });
        case.command(case.physician(), "treated-patients", &end).await.is(201);
        let seen = case.seen().await;
        assert_eq!(seen["clocks"][0]["kind"], "PATIENT_LIST", "{seen}");
        app.advance_days(days_left(&seen, app.now()));
        app.restart(&Restart { hours: 26, let_pass: Some(TimeDelta::minutes(15)) }).await;
        let overdue = "SELECT count(*) AS number FROM events WHERE type = 'PatientListOverdue'";
        assert_eq!((outages(&app).await, app.count(overdue).await), (0, 1));
    }
}
