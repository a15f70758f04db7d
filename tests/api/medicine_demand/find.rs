//! `GET /medicine-demands/{id}`, its actions, history and versions.

use serde_json::{Value, json};
use testkit::{Case, DEMANDS, Stage, TestApp, on_both};

on_both! {
    async fn a_known_revision_is_not_sent_again_and_writes_no_entry(app: TestApp) {
        let case = Case::outside(&app).await;
        let who = case.as_physician();
        let found = who.find(&case.id).await.is(200);
        assert_eq!(found.etag(), "\"1\"");
        let before = app.count("SELECT count(*) AS number FROM audit").await;
        let known = who.get_unless(&case.path(), "\"1\"").await.is(304);
        assert!(known.body.is_empty());
        assert_eq!(app.count("SELECT count(*) AS number FROM audit").await, before);
        who.get_unless(&case.path(), "\"2\"").await.is(200);
        assert_eq!(app.count("SELECT count(*) AS number FROM audit").await, before + 1);
    }

    async fn what_does_not_exist_is_not_found(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        for id in ["0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42", "no-id-at-all", "1"] {
            who.find(id).await.refused(404, "request.not_found");
        }
    }

    async fn another_physician_of_the_same_hospital_sees_nothing(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let other = app.as_persona("hospital-physician-second");
        for path in ["", "/actions", "/history", "/versions", "/print"] {
            other.get(&format!("{}{path}", case.path())).await.refused(404, "request.not_found");
        }
        let withdrawal = case.ask(&other, "withdrawal", &json!({ "reason": "Nie moja." })).send().await;
        withdrawal.refused(404, "request.not_found");
    }

    async fn actions_say_what_is_possible_and_what_stands_in_the_way(app: TestApp) {
        let case = Case::outside(&app).await;
        let line = |actions: &Value, name: &str| {
            let items = actions["items"].as_array().unwrap();
            items.iter().find(|item| item["action"] == name).cloned().unwrap_or_default()
        };
        let actions = case.as_physician().get(&case.path_of("actions")).await.is(200).json();
        assert_eq!(actions["state"], "DRAFT");
        assert_eq!(line(&actions, "submission")["allowed"], true);
        let case = case.until(Stage::Submitted).await;
        let answer = case.as_physician().get(&case.path_of("actions")).await.is(200);
        let actions = answer.json();
        assert_eq!(line(&actions, "submission")["allowed"], false);
        assert_eq!(line(&actions, "submission")["blockedBy"]["code"], "demand.wrong_state");
        assert_eq!(line(&actions, "submission")["unblockedBy"], json!(["CONSULTANT"]));
        assert_eq!(line(&actions, "withdrawal")["allowed"], true);
        case.as_physician().get_unless(&case.path_of("actions"), &answer.etag()).await.is(304);
    }

    async fn of_a_demand_that_is_over_nobody_s_move_is_awaited(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::HandedOver).await;
        case.revoke().await;
        let actions = case.as_physician().get(&case.path_of("actions")).await.is(200).at("/items");
        let withdrawal = actions.as_array().unwrap().iter().find(|item| item["action"] == "withdrawal").unwrap().clone();
        assert_eq!(withdrawal["blockedBy"]["code"], "demand.wrong_state");
        assert_eq!(withdrawal["unblockedBy"], json!([]), "entries go on, and lead nowhere else");
    }

    async fn actions_that_are_allowed_name_where_they_are_carried_out(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let actions = app.as_persona("decider").get(&case.path_of("actions")).await.is(200).json();
        let allowed: Vec<&Value> =
            actions["items"].as_array().unwrap().iter().filter(|item| item["allowed"] == true).collect();
        assert!(allowed.iter().any(|item| item["path"] == json!(case.path_of("resolution"))), "{allowed:?}");
    }

    async fn the_history_tells_every_step_in_order(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let history = case.as_physician().get(&case.path_of("history")).await.is(200).json();
        let states: Vec<&str> =
            history["items"].as_array().unwrap().iter().filter_map(|item| item["state"].as_str()).collect();
        let mut distinct = states.clone();
        distinct.dedup();
        assert!(distinct.ends_with(&["APPROVED", "WITH_WHOLESALER"]), "{states:?}");
        assert!(distinct.contains(&"AWAITING_REPRESENTATIVE"), "{states:?}");
        assert!(distinct.contains(&"AWAITING_CONSULTANT"), "{states:?}");
    }

    async fn the_physician_reads_their_signed_versions(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let versions = case.as_physician().get(&case.path_of("versions")).await.is(200);
        assert_eq!(versions.at("/items/0/version"), 1);
        assert_eq!(versions.text_at("/items/0/signature").split('.').count(), 3);
        assert_eq!(versions.at("/items/0/content/product/tradeName"), "Thiola");
    }

    async fn a_method_that_is_not_there_names_those_that_are(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let refused = who.request(reqwest::Method::DELETE, DEMANDS).send().await.refused(405, "request.method");
        let allowed = refused.header("allow").unwrap_or_default().to_owned();
        assert!(allowed.contains("POST") && allowed.contains("GET"), "{allowed}");
        who.get("/api/v1/no-such-thing").await.refused(404, "request.unknown_path");
    }
}
