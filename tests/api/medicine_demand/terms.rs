//! Terms that run out are applied before anybody reads or commands.

use serde_json::json;
use testkit::{Case, DEMANDS, Stage, TestApp, on_both};

on_both! {
    async fn a_silent_representative_returns_the_demand_after_three_days(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        assert_eq!(case.seen().await["clocks"][0]["kind"], "REPRESENTATIVE_APPROVAL");
        app.advance_days(3);
        assert_eq!(case.state().await, "AWAITING_REPRESENTATIVE", "the third day is not over");
        app.advance_days(1);
        let seen = case.seen().await;
        assert_eq!(seen["state"], "RETURNED");
        assert_eq!(seen["examination"]["returned"]["reason"], "REPRESENTATIVE_SILENT");
    }

    async fn a_silent_consultant_returns_the_demand_after_seven_days(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(7);
        assert_eq!(case.state().await, "AWAITING_CONSULTANT");
        app.advance_days(1);
        let seen = case.seen().await;
        assert_eq!(seen["state"], "RETURNED");
        assert_eq!(seen["examination"]["returned"]["reason"], "CONSULTANT_SILENT");
    }

    async fn a_command_after_the_term_meets_the_state_after_the_term(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let fields = json!({ "verdict": "CONFIRMED" });
        let body = case.signed("consultant-nephrology", "opinion", fields).await;
        app.advance_days(8);
        let late = case.ask(&app.as_persona("consultant-nephrology"), "opinion", &body).send().await;
        // Returned to the physician: the consultant may not even know of it any more.
        late.refused(404, "request.not_found");
        assert_eq!(case.state().await, "RETURNED");
        let events = format!(
            "SELECT count(*) AS number FROM events WHERE document_id = '{}' AND type = 'DemandReturned'", case.id,
        );
        assert_eq!(app.count_of(events).await, 1, "applied once");
    }

    async fn a_late_command_of_the_physician_is_told_the_new_state(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(8);
        let resubmission = app.consultant("consultant-paediatrics");
        let who = case.as_physician();
        let stale = case.ask(&who, "submission", &resubmission).send().await;
        stale.refused(412, "request.stale");
        case.seen().await;
        let again = case.command(case.physician(), "submission", &resubmission).await.is(200);
        assert_eq!(again.text_at("/state"), "AWAITING_CONSULTANT");
    }

    async fn a_demand_that_never_reaches_the_minister_expires_after_sixty_days(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        case.command("consultant-nephrology", "opinion", &json!({ "verdict": "NOT_MY_FIELD" })).await.is(200);
        app.advance_days(60);
        assert_eq!(case.state().await, "RETURNED");
        app.advance_days(1);
        let seen = case.seen().await;
        assert_eq!(seen["state"], "EXPIRED");
        assert_eq!(seen["expiry"], "NOT_SUBMITTED");
    }

    async fn an_expired_demand_still_says_why_it_was_returned(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let refusal = json!({ "verdict": "REFUSED", "justification": "Niewłaściwe wskazanie." });
        let body = case.signed("consultant-nephrology", "opinion", refusal).await;
        case.command("consultant-nephrology", "opinion", &body).await.is(200);
        app.advance_days(61);
        let seen = case.seen().await;
        assert_eq!(seen["state"], "EXPIRED");
        assert_eq!(seen["examination"]["returned"]["text"], "Niewłaściwe wskazanie.");
    }

    async fn an_approval_that_nobody_passes_on_expires_after_sixty_days(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Retrieved).await;
        app.advance_days(60);
        assert_eq!(case.state().await, "APPROVED");
        app.advance_days(1);
        case.hand_over().await.refused(412, "request.stale");
        let seen = case.seen().await;
        assert_eq!(seen["state"], "EXPIRED");
        assert_eq!(seen["expiry"], "NOT_REALISED");
        let again = case.hand_over().await.refused(409, "demand.wrong_state");
        assert_eq!(again.text_at("/currentState"), "EXPIRED");
    }

    async fn a_list_shows_no_state_that_has_run_out(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(8);
        let who = case.as_physician();
        let waiting = who.get(&format!("{DEMANDS}?state=AWAITING_CONSULTANT")).await.is(200);
        assert_eq!(waiting.at("/items"), json!([]), "{}", waiting.text());
        let all = who.get(DEMANDS).await.is(200);
        assert_eq!(all.at("/items/0/state"), "RETURNED", "{}", all.text());
    }

    async fn actions_and_history_are_of_the_state_after_the_term(app: TestApp) {
        for path in ["actions", "history"] {
            let case = Case::outside(&app).await.until(Stage::Submitted).await;
            app.advance_days(8);
            let answer = case.as_physician().get(&case.path_of(path)).await.is(200);
            assert!(answer.text().contains("RETURNED"), "{}", answer.text());
        }
    }

    async fn every_read_of_a_demand_applies_its_term_first(app: TestApp) {
        for path in ["", "/actions", "/history", "/print", "/versions"] {
            let case = Case::outside(&app).await.until(Stage::Submitted).await;
            app.advance_days(8);
            case.as_physician().get(&format!("{}{path}", case.path())).await.is(200);
            let returned = format!(
                "SELECT count(*) AS number FROM events WHERE document_id = '{}' AND type = 'DemandReturned'", case.id,
            );
            assert_eq!(app.count_of(returned).await, 1, "{path}");
        }
    }

    async fn what_never_reached_the_minister_in_time_is_not_retrieved(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(61);
        let patient = json!({ "kind": "PESEL", "number": app.persona("patient").spec.pesel });
        let numbers = json!({ "demandNumber": case.number, "patient": patient });
        let refused = app.as_persona("pharmacist").look("/api/v1/supply/retrievals", &numbers).await;
        refused.refused(404, "supply.retrieval_none");
        assert_eq!(case.state().await, "EXPIRED");
    }
}
