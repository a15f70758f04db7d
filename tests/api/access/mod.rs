//! Who is let in: every operation of the contract, asked by those who should not be.
//!
//! The operations are read from the service itself: one that is missing in [`table`] fails by name.

mod contract;
mod table;
mod tokens;

use app::authorize::Action;
use app::caller::Role;
use contract::Operation;
use serde_json::json;
use table::Access;
use testkit::{Case, FOOD_DEMANDS, Session, Stage, TestApp, food, in_facility, on_both};

/// A demand of each kind.
struct Cases {
    medicine: Case,
    food: Case,
}

impl Cases {
    async fn until(app: &TestApp, stage: Stage) -> Self {
        Self {
            medicine: Case::in_facility(app).await.until(stage).await,
            food: Case::of(app, &food(in_facility(app))).await.until(stage).await,
        }
    }

    fn of(&self, operation: &Operation) -> &Case {
        if operation.path.starts_with(FOOD_DEMANDS) { &self.food } else { &self.medicine }
    }
}

/// The operation on its demand as somebody would ask for it who does everything else right.
async fn ask(who: &Session, operation: &Operation, cases: &Cases) -> testkit::Response {
    let case = cases.of(operation);
    let path = operation
        .path
        .replace("{id}", &case.id)
        .replace("{realisationId}", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")
        .replace("{treatedPatientId}", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a48")
        .replace("{clarificationId}", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a46")
        .replace("{attachmentId}", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")
        .replace("{messageId}", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")
        .replace("{take_up_id}", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a90")
        .replace("{month}", "2030-01")
        .replace("{absenceId}", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")
        .replace("device-groups/{code}", "device-groups/S.15.01")
        .replace("{code}", "demand.wrong_state")
        .replace("{type}", "medicine-demands");
    let path = match operation.id.as_str() {
        "find_operation" => format!("{path}?key=a-key-that-nobody-used"),
        "add_medicine_demand_attachment"
        | "add_food_demand_attachment"
        | "add_temporary_authorisation_attachment" => format!("{path}?recipients=MINISTRY"),
        "list_batch" => format!("{path}?batch=L25B117"),
        "list_provider_products" => format!("{path}?contract=PIASKOWNICA/07/0001"),
        _ => path,
    };
    let mut request = who.request(operation.method(), &path).if_match(case.revision());
    if operation.needs_key {
        request = request.key(&format!("access-{}-{}", operation.id, case.id));
    }
    if let Some(body) = &operation.example {
        request = request.json(body);
    }
    if ["add_demand_attachment", "add_temporary_authorisation_attachment", "add_paper_order_scan"]
        .contains(&table::of_any_kind(&operation.id).as_str())
    {
        request = request.header("Attachment-Title", "RTG").bytes("application/pdf", b"%PDF-1.7".to_vec());
    }
    request.send().await
}

/// The action behind a protected operation.
fn action_of(operation: &Operation) -> Option<Action> {
    match table::access(&operation.id) {
        Some(Access::Roles(action)) => Some(action),
        Some(Access::Public) => None,
        None => panic!("nobody says who may: {}", operation.id),
    }
}

/// The roles that may try a protected operation.
fn roles_of(operation: &Operation) -> &'static [Role] {
    action_of(operation).map_or(&[], Action::roles)
}

on_both! {
    async fn every_operation_of_the_contract_stands_in_the_table(app: TestApp) {
        let operations = contract::operations(&app).await;
        assert!(operations.len() >= 40, "{}", operations.len());
        let missing: Vec<&str> = operations
            .iter()
            .map(|operation| operation.id.as_str())
            .filter(|id| table::access(id).is_none())
            .collect();
        assert!(missing.is_empty(), "nobody says who may: {missing:?}");
        let unknown: Vec<&str> = table::ids()
            .into_iter()
            .filter(|id| !operations.iter().any(|operation| table::of_any_kind(&operation.id) == *id))
            .collect();
        assert!(unknown.is_empty(), "no such operation: {unknown:?}");
    }

    async fn every_body_has_an_example(app: TestApp) {
        for operation in contract::operations(&app).await {
            assert_eq!(operation.takes_body, operation.example.is_some(), "{}", operation.id);
        }
    }

    async fn nobody_gets_in_without_a_token(app: TestApp) {
        let cases = Cases::until(&app, Stage::Approved).await;
        for operation in contract::operations(&app).await {
            let answer = ask(&app.anyone(), &operation, &cases).await;
            if table::access(&operation.id) == Some(Access::Public) {
                assert!(operation.is_public, "{} is declared as protected", operation.id);
                assert_ne!(answer.status, 401, "{}", answer.text());
            } else {
                assert!(!operation.is_public, "{} is declared as public", operation.id);
                let challenge = answer.refused(401, "auth.token_missing");
                assert_eq!(challenge.header("www-authenticate"), Some("Bearer realm=\"soid\""));
            }
        }
    }

    async fn a_role_that_may_not_is_refused(app: TestApp) {
        let cases = Cases::until(&app, Stage::Approved).await;
        let mut open_to_all = Vec::new();
        for operation in contract::operations(&app).await {
            let Some(action) = action_of(&operation) else { continue };
            let outside = Role::ALL.into_iter().filter(|role| !action.roles().contains(role));
            let mut asked = 0;
            for role in outside {
                ask(&app.stranger(role), &operation, &cases).await.refused(403, "auth.role");
                asked += 1;
            }
            if asked == 0 {
                open_to_all.push(operation.id);
            }
        }
        open_to_all.sort();
        let expected = [
            "find_device_group", "find_operation", "find_outage", "list_consultants", "list_device_code_mappings",
            "list_device_groups", "list_medicinal_products", "list_nfz_branches", "list_outages", "list_providers",
            "list_wholesalers",
        ];
        assert_eq!(open_to_all, expected);
    }

    async fn another_tester_s_demand_does_not_exist(app: TestApp) {
        let cases = Cases::until(&app, Stage::HandedOver).await;
        let mut missing = Vec::new();
        for operation in contract::operations(&app).await.into_iter().filter(Operation::is_of_one_demand) {
            for role in roles_of(&operation) {
                let Some(persona) = table::somebody_in(*role) else {
                    missing.push((operation.id.clone(), role.name()));
                    continue;
                };
                let answer = ask(&app.elsewhere(persona), &operation, &cases).await;
                answer.refused(404, "request.not_found");
            }
        }
        assert!(missing.is_empty(), "nobody asked: {missing:?}");
    }

    async fn a_demand_of_another_organisation_does_not_exist(app: TestApp) {
        let cases = Cases::until(&app, Stage::HandedOver).await;
        let mut missing = Vec::new();
        for operation in contract::operations(&app).await.into_iter().filter(Operation::is_of_one_demand) {
            for role in roles_of(&operation) {
                let outsiders: Vec<_> = table::OUTSIDERS.iter().filter(|(of, _)| of == role).collect();
                if outsiders.is_empty() && !table::WITHOUT_OUTSIDERS.contains(role) {
                    missing.push((operation.id.clone(), role.name()));
                }
                // A colleague may take the demand over, and by nothing else learns of it.
                let is_colleague = |persona: &str| {
                    persona == table::COLLEAGUE && table::of_any_kind(&operation.id) == "take_over_demand"
                };
                for (_, persona) in outsiders.into_iter().filter(|(_, persona)| !is_colleague(persona)) {
                    let answer = ask(&app.as_persona(persona), &operation, &cases).await;
                    answer.refused(404, "request.not_found");
                }
            }
        }
        assert!(missing.is_empty(), "nobody asked: {missing:?}");
        for case in [&cases.medicine, &cases.food] {
            assert_eq!(case.state().await, "WITH_WHOLESALER");
        }
    }

    async fn another_space_s_clock_tells_nothing_of_a_demand(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        // By the clock over there the representative's term is over, by the demand's own it runs.
        app.advance_days_elsewhere(30);
        let director = app.elsewhere("director");
        for path in [case.path(), case.path_of("history"), case.path_of("actions")] {
            director.get(&path).await.refused(404, "request.not_found");
        }
        let document = case.path_of("representative-approval/document");
        director.look(&document, &json!({})).await.refused(404, "request.not_found");
        let reason = json!({ "reason": "Nie moja." });
        let refused = case.ask(&director, "representative-refusal", &reason).send().await;
        refused.refused(404, "request.not_found");
        assert_eq!(case.state().await, "AWAITING_REPRESENTATIVE");
    }
}
