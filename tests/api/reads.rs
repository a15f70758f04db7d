//! What the audit says of looks: every one that shows something, every refused one, and none that shows nothing.

use serde_json::{Value, json};
use testkit::{Case, DEMANDS, Stage, TestApp, on_both};

async fn entries(app: &TestApp, of: &str) -> i64 {
    app.count_of(format!("SELECT count(*) AS number FROM audit WHERE {of}")).await
}

/// Whose turn it is, the step, and what it says.
async fn documents(case: &Case) -> Vec<(&'static str, &'static str, &'static str, Value)> {
    let app = &case.app;
    match case.state().await.as_str() {
        "DRAFT" => {
            let fields = app.consultant("consultant-nephrology");
            vec![("hospital-physician", "submission", "submission_document", fields)]
        }
        "AWAITING_REPRESENTATIVE" => {
            vec![("director", "representative-approval", "approval_document", json!({}))]
        }
        "AWAITING_CONSULTANT" => {
            let fields = json!({ "verdict": "CONFIRMED" });
            vec![("consultant-nephrology", "opinion", "opinion_document", fields)]
        }
        "RESOLUTION_PREPARED" => {
            let fields = json!({ "draftSha256": case.draft_sha256().await });
            vec![("decider", "resolution", "resolution_document", fields)]
        }
        _ => Vec::new(),
    }
}

on_both! {
    async fn the_bytes_to_sign_are_read_on_record(app: TestApp) {
        let mut seen = 0;
        for stage in [Stage::Drafted, Stage::Submitted, Stage::WithConsultant, Stage::Prepared] {
            let case = Case::of(&app, &testkit::listed(&app)).await.until(stage).await;
            for (persona, action, operation, fields) in documents(&case).await {
                let path = case.path_of(&format!("{action}/document"));
                let of = |more: &str| {
                    format!("action = '{operation}' AND document_id = '{}' AND {more}", case.id)
                };
                let before = entries(&app, &of("refusal IS NULL AND patient_id IS NOT NULL")).await;
                app.as_persona(persona).look(&path, &fields).await.is(200);
                let after = entries(&app, &of("refusal IS NULL AND patient_id IS NOT NULL")).await;
                assert_eq!(after, before + 2, "{operation}: one for each patient");
                app.elsewhere(persona).look(&path, &fields).await.refused(404, "request.not_found");
                assert_eq!(entries(&app, &of("refusal = 'request.not_found'")).await, 2, "{operation}");
                seen += 1;
            }
        }
        assert_eq!(seen, 4);
    }

    async fn a_draft_that_is_another_by_now_shows_no_bytes(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let path = case.path_of("resolution/document");
        let other = json!({ "draftSha256": "0".repeat(64) });
        app.as_persona("decider").look(&path, &other).await.refused_at(409, "demand.draft_changed", "/draftSha256");
        let refused = "action = 'resolution_document' AND refusal = 'demand.draft_changed'";
        assert_eq!(entries(&app, refused).await, 1);
        assert_eq!(entries(&app, "action = 'resolution_document' AND refusal IS NULL").await, 0);
    }

    async fn every_refused_look_at_a_demand_is_on_record(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        app.as_persona("hospital-pharmacist").get(&case.path_of("versions")).await.refused(403, "auth.not_yours");
        let versions = "action = 'demand_versions' AND refusal = 'auth.not_yours' AND patient_id IS NOT NULL";
        assert_eq!(entries(&app, versions).await, 1);
        let second = app.as_persona("hospital-physician-second");
        second.get(&case.path_of("actions")).await.refused(404, "request.not_found");
        let actions = "action = 'demand_actions' AND refusal = 'request.not_found' AND patient_id IS NOT NULL";
        assert_eq!(entries(&app, actions).await, 1);
        let fields = app.consultant("consultant-nephrology");
        let document = case.path_of("submission/document");
        case.as_physician().look(&document, &fields).await.refused(409, "demand.wrong_state");
        let documents = "action = 'submission_document' AND refusal = 'demand.wrong_state'";
        assert_eq!(entries(&app, documents).await, 1);
        case.as_physician().get(&case.path_of("actions")).await.is(200);
        assert_eq!(entries(&app, "action = 'demand_actions' AND refusal IS NULL").await, 0);
    }

    async fn what_the_caller_has_already_leaves_no_entry(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let who = case.as_physician();
        for path in [case.path(), case.path_of("history"), case.path_of("versions"), DEMANDS.to_owned()] {
            let tag = who.get(&path).await.is(200).etag();
            let before = entries(&app, "1 = 1").await;
            for known in [tag.clone(), format!("\"other\", {tag}"), "*".to_owned()] {
                who.get_unless(&path, &known).await.is(304);
            }
            assert_eq!(entries(&app, "1 = 1").await, before, "{path}");
            who.get_unless(&path, "\"other\"").await.is(200);
            assert_eq!(entries(&app, "1 = 1").await, before + 1, "{path}");
        }
    }

    async fn a_patient_s_lists_that_are_known_leave_no_entry(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let who = app.as_persona("patient");
        who.find(&case.id).await.is(200);
        let log = "/api/v1/patient/access-log?limit=1";
        let second = format!("{log}&cursor={}", who.get(log).await.is(200).text_at("/nextCursor"));
        for path in ["/api/v1/patient/cases", &second] {
            let tag = who.get(path).await.is(200).etag();
            let before = entries(&app, "1 = 1").await;
            who.get_unless(path, &tag).await.is(304);
            assert_eq!(entries(&app, "1 = 1").await, before, "{path}");
        }
    }
}
