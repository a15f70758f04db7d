//! `POST …/submission`: rules of the content and of the issue, returns and resubmission.

use crate::support::is_out_of_place;
use serde_json::{Value, json};
use testkit::{Case, Response, Stage, TestApp, in_facility, on_both, outside_facility, with, without};

const VALIDATIONS: &str = "/api/v1/medicine-demands/validations";

/// Edits the demand to this content.
async fn edit(case: &Case, content: &Value) -> Response {
    let body = json!({ "content": content });
    let edited = case.as_physician().put(&case.path(), &body).if_match(case.revision()).send().await;
    case.follow(&edited);
    edited.is(200)
}

/// Sends the demand on without a new signature.
async fn resubmit(case: &Case, consultant: &'static str) -> Response {
    case.command(case.physician(), "submission", &case.app.consultant(consultant)).await
}

async fn returned_by_the_consultant(case: &Case) {
    let verdict = json!({ "verdict": "NOT_MY_FIELD" });
    case.command("consultant-nephrology", "opinion", &verdict).await.is(200);
}

on_both! {
    async fn every_missing_field_is_named_at_once(app: TestApp) {
        let case = Case::of(&app, &json!({ "use": "OUTSIDE_FACILITY" })).await;
        let refused = case.submit().await;
        let faults = refused.clone().is(422).faults();
        for pointer in ["/content/product/tradeName", "/content/patients", "/content/quantity", "/content/justification"] {
            let missing = ("demand.field_required".to_owned(), pointer.to_owned());
            assert!(faults.contains(&missing), "{pointer} in {faults:?}");
        }
    }

    async fn a_submission_without_a_signature_is_refused(app: TestApp) {
        let case = Case::outside(&app).await;
        resubmit(&case, "consultant-nephrology").await.refused(422, "demand.signature_required");
    }

    async fn a_demand_names_the_physician_who_signs_it(app: TestApp) {
        let content = with(outside_facility(&app), "/physician/givenNames", json!("Wymyślona"));
        let faults = Case::of(&app, &content).await.submit().await.is(422).faults();
        let named = ("demand.physician_differs".to_owned(), "/content/physician/givenNames".to_owned());
        assert_eq!(faults, [named]);
    }

    async fn the_consultant_must_be_on_record(app: TestApp) {
        let case = Case::outside(&app).await;
        let document = case.document(case.physician(), "submission", &app.consultant("consultant-nephrology")).await;
        let signature = app.sign(case.physician(), testkit::Kind::Qualified, &document);
        let unknown = json!({
            "consultantId": app.persona("preparer").person_id.unwrap().to_string(), "signature": signature,
        });
        let refused = case.command(case.physician(), "submission", &unknown).await;
        refused.refused_at(422, "demand.consultant_unknown", "/consultantId");
        let no_field = without(app.consultant("consultant-nephrology"), "/field");
        let no_field = with(no_field, "/signature", signature.clone());
        let refused = case.command(case.physician(), "submission", &no_field).await;
        refused.refused_at(422, "demand.consultant_unknown", "/consultantId");
        let other_field = with(app.consultant("consultant-nephrology"), "/field", json!("0706"));
        let other_field = with(other_field, "/signature", signature);
        let refused = case.command(case.physician(), "submission", &other_field).await;
        refused.refused_at(422, "demand.consultant_unknown", "/consultantId");
    }

    async fn nobody_assesses_their_own_demand(app: TestApp) {
        app.appoint("clinic-physician", "0752").await;
        let case = Case::outside(&app).await;
        let own = app.persona("clinic-physician").person_id.unwrap().to_string();
        let body = case.signed(case.physician(), "submission", json!({ "consultantId": own })).await;
        let refused = case.command(case.physician(), "submission", &body).await;
        refused.refused_at(422, "demand.consultant_is_physician", "/consultantId");
    }

    async fn the_dry_run_needs_an_entity_on_record(app: TestApp) {
        let body = json!({ "content": outside_facility(&app) });
        let judged = app.stranger(app::caller::Role::Physician).look(VALIDATIONS, &body).await;
        judged.refused(403, "auth.organisation_unknown");
    }

    async fn neither_a_bad_signature_nor_an_unknown_consultant_hides_other_faults(app: TestApp) {
        let case = Case::of(&app, &without(outside_facility(&app), "/justification")).await;
        let body = json!({
            "consultantId": app.persona("preparer").person_id.unwrap().to_string(),
            "signature": { "kind": "QUALIFIED", "value": "e30.e30.AA" },
        });
        let refused = case.command(case.physician(), "submission", &body).await.is(422);
        let mut codes: Vec<String> = refused.faults().into_iter().map(|(code, _)| code).collect();
        codes.retain(|code| !code.starts_with("signature."));
        assert_eq!(codes, ["demand.field_required", "demand.consultant_unknown"], "{}", refused.text());
        assert_eq!(refused.faults().len(), 3, "{}", refused.text());
        assert_eq!(case.state().await, "DRAFT");
    }

    async fn a_demand_names_its_own_physician_and_entity(app: TestApp) {
        let content = with(outside_facility(&app), "/physician/npwz", json!("4900137"));
        let content = with(content, "/entity/rpwdlNumber", json!("000000900001"));
        let faults = Case::of(&app, &content).await.submit().await.is(422).faults();
        let codes: Vec<&str> = faults.iter().map(|(code, _)| code.as_str()).collect();
        assert!(codes.contains(&"demand.physician_differs"), "{faults:?}");
        assert!(codes.contains(&"demand.entity_differs"), "{faults:?}");
    }

    async fn unchanged_content_goes_on_with_the_signature_that_it_has(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        returned_by_the_consultant(&case).await;
        assert_eq!(case.seen().await["examination"]["returned"]["reason"], "NOT_MY_FIELD");
        let again = resubmit(&case, "consultant-paediatrics").await.is(200);
        assert_eq!(again.text_at("/state"), "AWAITING_CONSULTANT");
        assert_eq!(again.at("/contentVersion"), 1);
    }

    async fn unchanged_content_takes_no_second_signature(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        returned_by_the_consultant(&case).await;
        case.submit().await.refused(422, "demand.signature_superfluous");
    }

    async fn changed_content_needs_a_new_signature_and_is_a_new_version(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        returned_by_the_consultant(&case).await;
        edit(&case, &with(outside_facility(&app), "/treatmentDays", json!(30))).await;
        resubmit(&case, "consultant-nephrology").await.refused(422, "demand.signature_required");
        let again = case.submit().await.is(200);
        assert_eq!(again.text_at("/state"), "AWAITING_CONSULTANT");
        assert_eq!(again.at("/contentVersion"), 2);
        let versions = case.as_physician().get(&case.path_of("versions")).await.is(200);
        assert_eq!(versions.at("/items").as_array().unwrap().len(), 2);
        assert_eq!(versions.at("/items/0/content/treatmentDays"), 90);
        assert_eq!(versions.at("/items/1/content/treatmentDays"), 30);
    }

    async fn changed_content_of_a_facility_goes_to_the_representative_again(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::WithConsultant).await;
        returned_by_the_consultant(&case).await;
        edit(&case, &with(in_facility(&app), "/treatmentDays", json!(30))).await;
        assert_eq!(case.submit().await.is(200).text_at("/state"), "AWAITING_REPRESENTATIVE");
    }

    async fn a_submitted_demand_is_not_submitted_again(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        is_out_of_place(&case, case.physician(), "submission", &app.consultant("consultant-nephrology")).await;
        let again = case.command(case.physician(), "submission", &app.consultant("consultant-nephrology")).await;
        assert_eq!(again.at("/allowedActions"), json!(["withdrawal"]), "the consultant's action is not the physician's");
    }
}
