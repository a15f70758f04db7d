//! Steps that are signed with a trusted profile: received at once, taken when the signature is confirmed.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use testkit::{
    Case, Defect, FOOD_DEMANDS, Packaging, Response, Stage, TestApp, food, on_both, outside_facility, with,
};

/// The fields of a step with the person's trusted signature over its document.
pub(super) async fn signed(case: &Case, persona: &'static str, action: &str, fields: Value) -> Value {
    let document = case.document(persona, action, &fields).await;
    with(fields, "/signature", case.app.sign_trusted(persona, &document))
}

/// The step is received and waits.
pub(super) async fn received(case: &Case, persona: &'static str, action: &str, fields: Value) -> Response {
    let body = signed(case, persona, action, fields).await;
    let answer = case.command(persona, action, &body).await.is(202);
    assert_eq!(answer.at("/pendingStep/action"), action, "{}", answer.text());
    assert_eq!(answer.at("/pendingStep/kind"), "TRUSTED");
    answer
}

pub(super) fn opinion() -> Value {
    json!({ "verdict": "CONFIRMED", "justification": "Zgodne z wiedzą medyczną." })
}

/// What the history tells of this kind.
pub(super) async fn told(case: &Case, kind: &str) -> Vec<Value> {
    let history = case.as_physician().get(&case.path_of("history")).await.is(200).at("/items");
    history.as_array().unwrap().iter().filter(|it| it["type"] == kind).cloned().collect()
}

pub(super) const CONSULTANT: &str = "consultant-nephrology";

/// A document that is signed in a way in which nobody need be asked outside.
async fn is_refused(case: &Case, document: &[u8], packaging: Packaging, defect: Defect, code: &str) {
    let app = &case.app;
    let signature = app.sign_trusted_as(case.physician(), document, packaging, Some(defect));
    let body = with(app.consultant(CONSULTANT), "/signature", signature.clone());
    let refused = case.command(case.physician(), "submission", &body).await;
    refused.refused(422, code).refused_at(422, code, "/signature/value");
    let asked = with(signature, "/expectedPayload", json!(URL_SAFE_NO_PAD.encode(document)));
    let diagnosed = case.as_physician().look("/api/v1/signatures/diagnoses", &asked).await.is(200);
    let checks = diagnosed.at("/checks");
    let failed =
        checks.as_array().unwrap().iter().find(|check| check["outcome"] == "FAILED").cloned().unwrap();
    assert_eq!(failed["code"], code, "{}", diagnosed.text());
}

on_both! {
    async fn a_case_is_signed_with_trusted_profiles_from_issue_to_resolution(app: TestApp) {
        let case = Case::in_facility(&app).await;
        let issued = received(&case, case.physician(), "submission", app.consultant(CONSULTANT)).await;
        assert_eq!((issued.text_at("/state").as_str(), issued.at("/revision")), ("DRAFT", json!(2)));
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(app.validate_pending("one").await, 0, "nothing waits any more");
        let seen = case.seen().await;
        assert_eq!((&seen["state"], &seen["pendingStep"]), (&json!("AWAITING_REPRESENTATIVE"), &Value::Null));
        let issue = &seen["examination"]["issue"];
        assert_eq!((&issue["kind"], &issue["level"]), (&json!("TRUSTED"), &json!("VALIDATED")));
        assert_eq!(issue["receivedAt"], issued.at("/pendingStep/receivedAt"), "terms count from the receipt");
        for (persona, action, fields) in [
            ("director", "representative-approval", json!({})),
            (CONSULTANT, "opinion", opinion()),
        ] {
            received(&case, persona, action, fields).await;
            assert_eq!(app.validate_pending("one").await, 1);
            case.seen().await;
        }
        case.assign("preparer").await.is(200);
        case.prepare(&testkit::approval("10")).await.is(200);
        let seen = json!({ "draftSha256": case.draft_sha256().await });
        received(&case, "decider", "resolution", seen).await;
        assert_eq!(case.seen().await["pendingStep"], Value::Null, "that is the ministry's affair as yet");
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(case.state().await, "APPROVED");
        assert_eq!(told(&case, "SignatureReceived").await.len(), 3);
        let kept = "SELECT count(*) AS number FROM signatures WHERE kind = 'TRUSTED' AND level = 'VALIDATED'";
        assert_eq!(app.count(kept).await, 4);
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
    }

    async fn the_content_may_stand_inside_the_signature_and_versions_show_it(app: TestApp) {
        for packaging in [Packaging::Detached, Packaging::Enveloping] {
            let case = Case::outside(&app).await;
            let fields = app.consultant(CONSULTANT);
            let document = case.document(case.physician(), "submission", &fields).await;
            let signature = app.sign_trusted_as(case.physician(), &document, packaging, None);
            let body = with(fields, "/signature", signature.clone());
            case.command(case.physician(), "submission", &body).await.is(202);
            app.validate_pending("one").await;
            assert_eq!(case.state().await, "AWAITING_CONSULTANT", "{packaging:?}");
            let versions = case.as_physician().get(&case.path_of("versions")).await.is(200);
            assert_eq!(versions.at("/items/0/signature"), signature["value"]);
            assert_eq!(versions.at("/items/0/content"), case.seen().await["content"]);
        }
    }

    async fn a_consent_for_a_food_is_asked_for_with_a_trusted_profile_too(app: TestApp) {
        let draft = food(outside_facility(&app));
        let created = app.as_persona("clinic-physician").post(FOOD_DEMANDS, &json!({ "content": draft })).send().await;
        let case = Case::created(&app, &created.is(201));
        received(&case, case.physician(), "submission", app.consultant(CONSULTANT)).await;
        app.validate_pending("one").await;
        assert_eq!(case.state().await, "AWAITING_CONSULTANT");
    }

    async fn what_this_service_can_see_is_refused_at_once_and_diagnosed(app: TestApp) {
        let case = Case::outside(&app).await;
        let document = case.document(case.physician(), "submission", &app.consultant(CONSULTANT)).await;
        for (defect, code) in [
            (Defect::TamperedPayload, "signature.payload_differs"),
            (Defect::WrongSigner, "signature.wrong_signer"),
            (Defect::ForeignRoot, "signature.xades_seal"),
            (Defect::UnboundCertificate, "signature.xades_seal"),
            (Defect::AlgorithmNone, "signature.xades_algorithm"),
            (Defect::SignedTooEarly, "signature.xades_time"),
        ] {
            for packaging in [Packaging::Detached, Packaging::Enveloping] {
                is_refused(&case, &document, packaging, defect, code).await;
            }
        }
        assert_eq!((app.validation().asked(), case.state().await.as_str()), (0, "DRAFT"));
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
    }

    async fn a_forged_signature_is_refused_wherever_it_was_changed(app: TestApp) {
        let case = Case::outside(&app).await;
        let fields = app.consultant(CONSULTANT);
        let document = case.document(case.physician(), "submission", &fields).await;
        let right = app.sign_trusted(case.physician(), &document);
        let xml = String::from_utf8(STANDARD.decode(right["value"].as_str().unwrap()).unwrap()).unwrap();
        let own = app.persona(case.physician()).spec.pesel;
        let of_another = Case::outside(&app).await;
        let other = of_another.document(case.physician(), "submission", &fields).await;
        let other = app.sign_trusted(case.physician(), &other);
        let twice = format!("<a>{xml}{xml}</a>");
        let extra = xml.replacen("<ds:Reference Type", r#"<ds:Reference URI="x"></ds:Reference><ds:Reference Type"#, 1);
        let end = "</xades:QualifyingProperties>";
        let stamped = xml.replacen(end, &format!("<xades:UnsignedProperties></xades:UnsignedProperties>{end}"), 1);
        let with_type = format!("<!DOCTYPE a>{xml}");
        for (forged, code) in [
            (xml.replace(own, "44051401458"), "signature.value"),
            (xml.replacen("document.json", "another.json", 1), "signature.value"),
            (twice, "signature.xades_structure"),
            (extra, "signature.xades_structure"),
            (stamped, "signature.xades_unsigned"),
            (with_type, "signature.xades_container"),
            ("{}".to_owned(), "signature.xades_container"),
        ] {
            let signature = json!({ "kind": "TRUSTED", "value": STANDARD.encode(&forged) });
            let body = with(fields.clone(), "/signature", signature);
            case.command(case.physician(), "submission", &body).await.refused(422, code);
        }
        // White space between attributes is none of the canonical bytes.
        let spaced = xml.replacen("<xades:SignedProperties xmlns", "<xades:SignedProperties   xmlns", 1);
        assert_ne!(spaced, xml);
        let signature = json!({ "kind": "TRUSTED", "value": STANDARD.encode(&spaced) });
        let body = with(fields.clone(), "/signature", signature);
        case.command(case.physician(), "submission", &body).await.is(202);
        let fresh = Case::outside(&app).await;
        let body = with(fields, "/signature", other);
        let refused = fresh.command(fresh.physician(), "submission", &body).await;
        refused.refused(422, "signature.payload_differs");
    }

    async fn where_nobody_validates_no_trusted_signature_is_taken(app: TestApp) {
        let case = Case::outside(&app).await;
        let body = signed(&case, case.physician(), "submission", app.consultant(CONSULTANT)).await;
        app.without_validation(async |app| {
            let who = app.as_persona(case.physician());
            let refused = case.ask(&who, "submission", &body).send().await;
            let code = "signature.kind_not_admitted";
            refused.refused(422, code).refused_at(422, code, "/signature/kind");
        })
        .await;
        assert_eq!(case.seen().await["pendingStep"], Value::Null);
        let sent = case.command(case.physician(), "submission", &body).await;
        sent.is(202);
    }

    async fn other_rules_have_their_say_at_the_receipt(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let body = signed(&case, CONSULTANT, "opinion", json!({ "verdict": "REFUSED" })).await;
        let refused = case.command(CONSULTANT, "opinion", &body).await;
        refused.refused(422, "demand.opinion_needs_justification");
        let stranger = app.as_persona("hospital-physician");
        case.ask(&stranger, "opinion", &body).send().await.refused(403, "auth.role");
        assert_eq!(case.seen().await["pendingStep"], Value::Null);
    }

    async fn a_repeated_request_gets_the_first_answer_before_and_after_the_outcome(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let body = signed(&case, CONSULTANT, "opinion", opinion()).await;
        let who = app.as_persona(CONSULTANT);
        let send = || case.ask(&who, "opinion", &body).key("a-trusted-opinion-once").send();
        let first = send().await.is(202);
        let again = send().await.is(202);
        assert!(again.is_replayed() && again.body == first.body);
        app.validate_pending("one").await;
        let after = send().await.is(202);
        assert!(after.is_replayed() && after.body == first.body, "{}", after.text());
        let asked = app.as_persona(CONSULTANT).get("/api/v1/operations?key=a-trusted-opinion-once").await.is(200);
        assert_eq!(asked.at("/status"), 202);
        assert_eq!(case.state().await, "WITH_MINISTER");
    }

    async fn a_trusted_signature_counts_once(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let fields = json!({ "verdict": "REFUSED", "justification": "Są leki dostępne w kraju." });
        let body = signed(&case, CONSULTANT, "opinion", fields).await;
        case.command(CONSULTANT, "opinion", &body).await.is(202);
        app.validate_pending("one").await;
        assert_eq!(case.state().await, "RETURNED");
        case.command(case.physician(), "submission", &app.consultant(CONSULTANT)).await.is(200);
        let again = case.command(CONSULTANT, "opinion", &body).await;
        again.refused(422, "signature.reused").refused_at(422, "signature.reused", "/signature/value");
        assert_eq!(app.validation().asked(), 1);
    }
}
