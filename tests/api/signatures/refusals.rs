//! A submission with a wrong signature is refused with the code of what is wrong, and nothing is stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::pki::{Faulty, Right};
use testkit::{Case, Kind, Response, Stage, TestApp, TestKeys, on_both, with};

struct Draft {
    case: Case,
    document: Vec<u8>,
}

impl Draft {
    async fn of(app: &TestApp) -> Self {
        let case = Case::outside(app).await;
        let fields = app.consultant("consultant-nephrology");
        let document = case.document(case.physician(), "submission", &fields).await;
        Self { case, document }
    }

    async fn submit(&self, signature: Value) -> Response {
        let fields = with(self.case.app.consultant("consultant-nephrology"), "/signature", signature);
        self.case.command(self.case.physician(), "submission", &fields).await
    }

    /// Signed by the physician over the right document, and then changed in one place.
    async fn refused(&self, signature: Value, code: &str) {
        self.submit(signature).await.refused(422, code).refused_at(422, code, "/signature/value");
        assert_eq!(self.case.state().await, "DRAFT");
        let kept = self.case.app.count("SELECT count(*) AS number FROM signatures").await;
        assert_eq!(kept, 0);
    }
}

/// Codes that sentences of their own ask for.
const ELSEWHERE: [&str; 5] = [
    "signature.decision_token",
    "signature.reused",
    "signature.revocation_unknown",
    "signature.revoked",
    "signature.time_window",
];

/// Signatures of the physician over the document that are wrong in one place each.
fn faulty(app: &TestApp, document: &[u8]) -> Vec<Faulty> {
    let subject = |key| TestKeys::subject(&app.persona(key));
    let right = Right {
        authority: TestKeys::get().all.pki.authority(Kind::Qualified).unwrap(),
        signer: &subject("clinic-physician"),
        other: &subject("hospital-physician"),
        payload: document,
        now: app.real_now(),
    };
    right.faulty().unwrap()
}

/// The checks come in their order; every one before the first that fails has passed, and that one has the code.
async fn is_diagnosed(app: &TestApp, document: &[u8], faulty: &Faulty) {
    let body = with(qualified(&faulty.jws), "/expectedPayload", json!(URL_SAFE_NO_PAD.encode(document)));
    let diagnosed =
        app.as_persona("clinic-physician").look("/api/v1/signatures/diagnoses", &body).await.is(200);
    let checks = diagnosed.at("/checks").as_array().unwrap().clone();
    let names: Vec<&str> = checks.iter().filter_map(|check| check["name"].as_str()).collect();
    assert_eq!(names, signing::CHECKS);
    let first = checks.iter().find(|check| check["outcome"] != "PASSED").unwrap();
    assert_eq!(first["outcome"], "FAILED", "{}: {}", faulty.name, diagnosed.text());
    assert_eq!(first["code"], faulty.code, "{}: {}", faulty.name, diagnosed.text());
    for member in ["element", "detail"] {
        assert!(first[member].as_str().is_some_and(|text| !text.is_empty()), "{}", diagnosed.text());
    }
    assert_eq!(diagnosed.at("/verified"), false, "{}", faulty.name);
}

fn qualified(value: &str) -> Value {
    json!({ "kind": "QUALIFIED", "value": value })
}

on_both! {
    async fn every_admitted_kind_of_signature_is_taken(app: TestApp) {
        for kind in app.signature_kinds() {
            let draft = Draft::of(&app).await;
            let signature = app.sign("clinic-physician", kind, &draft.document);
            let submitted = draft.submit(signature).await.is(200);
            assert_eq!(submitted.at("/examination/issue/kind"), json!(kind.as_str()), "{}", submitted.text());
        }
    }

    async fn a_signature_of_another_kind_than_it_says_is_refused(app: TestApp) {
        let draft = Draft::of(&app).await;
        let personal = app.sign("clinic-physician", Kind::Personal, &draft.document);
        let value = personal["value"].as_str().unwrap();
        draft.refused(qualified(value), "signature.kind_not_admitted").await;
    }

    async fn each_fault_of_a_signature_is_refused_with_its_own_code_and_diagnosed(app: TestApp) {
        let draft = Draft::of(&app).await;
        let all = faulty(&app, &draft.document);
        let of_trusted = |code: &str| code.starts_with("signature.xades_") || code.starts_with("signature.validation_");
        let codes = signing::PROBLEMS.iter().filter(|it| it.code.starts_with("signature.") && !of_trusted(it.code));
        for problem in codes {
            let provoked = all.iter().any(|faulty| faulty.code == problem.code);
            assert!(provoked || ELSEWHERE.contains(&problem.code), "{}", problem.code);
        }
        for faulty in all {
            draft.refused(qualified(&faulty.jws), faulty.code).await;
            is_diagnosed(&app, &draft.document, &faulty).await;
        }
    }

    async fn a_tampered_document_is_refused(app: TestApp) {
        let draft = Draft::of(&app).await;
        let signed = app.sign("clinic-physician", Kind::Qualified, &draft.document);
        let parts: Vec<&str> = signed["value"].as_str().unwrap().split('.').collect();
        draft.refused(qualified(&format!("{}.{}.{}", parts[0], "e30", parts[2])), "signature.value").await;
        draft.refused(qualified("not-a-signature"), "signature.container").await;
    }

    async fn a_signature_over_other_bytes_is_refused(app: TestApp) {
        let draft = Draft::of(&app).await;
        let mut payload: Value = serde_json::from_slice(&draft.document).unwrap();
        payload["content"]["treatmentDays"] = json!(900);
        let other = signing::canonical::canonical_value(&payload).unwrap();
        draft.refused(app.sign("clinic-physician", Kind::Qualified, &other), "signature.payload_differs").await;
    }

    async fn a_signature_over_another_demand_is_refused(app: TestApp) {
        let (draft, other) = (Draft::of(&app).await, Draft::of(&app).await);
        let signature = app.sign("clinic-physician", Kind::Qualified, &other.document);
        draft.refused(signature, "signature.other_document").await;
    }

    async fn a_signature_of_another_step_is_refused(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let versions = case.as_physician().get(&case.path_of("versions")).await.is(200);
        let physicians = versions.text_at("/items/0/signature");
        let body = json!({ "signature": qualified(&physicians) });
        let refused = case.command("director", "representative-approval", &body).await;
        refused.refused(422, "signature.other_step");
    }

    async fn a_signature_of_somebody_else_is_refused(app: TestApp) {
        let draft = Draft::of(&app).await;
        let signature = app.sign("hospital-physician", Kind::Qualified, &draft.document);
        draft.refused(signature, "signature.wrong_signer").await;
    }

    async fn a_signature_counts_once(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let fields = json!({ "verdict": "REFUSED", "justification": "Są leki dostępne w kraju." });
        let opinion = case.signed("consultant-nephrology", "opinion", fields).await;
        case.command("consultant-nephrology", "opinion", &opinion).await.is(200);
        let unchanged = app.consultant("consultant-nephrology");
        case.command(case.physician(), "submission", &unchanged).await.is(200);
        let before = app.count("SELECT count(*) AS number FROM signatures").await;
        let again = case.command("consultant-nephrology", "opinion", &opinion).await;
        again.refused(422, "signature.reused").refused_at(422, "signature.reused", "/signature/value");
        assert_eq!(case.state().await, "AWAITING_CONSULTANT");
        assert_eq!(app.count("SELECT count(*) AS number FROM signatures").await, before);
        let anew = case.signed("consultant-nephrology", "opinion", json!({ "verdict": "CONFIRMED" })).await;
        case.command("consultant-nephrology", "opinion", &anew).await.is(200);
    }

    async fn a_signature_that_counts_already_is_not_taken_again(app: TestApp) {
        let draft = Draft::of(&app).await;
        let signature = app.sign("clinic-physician", Kind::Qualified, &draft.document);
        draft.submit(signature.clone()).await.is(200);
        let verdict = json!({ "verdict": "NOT_MY_FIELD" });
        draft.case.command("consultant-nephrology", "opinion", &verdict).await.is(200);
        draft.submit(signature).await.refused(422, "demand.signature_superfluous");
    }

    async fn a_signature_made_long_ago_is_refused(app: TestApp) {
        let draft = Draft::of(&app).await;
        let key = TestKeys::get().signer(&app.persona("clinic-physician"), Kind::Qualified);
        let old = key.sign(&draft.document, app.real_now() - TimeDelta::minutes(11)).unwrap();
        draft.refused(qualified(&old), "signature.time_window").await;
    }

    async fn an_expired_certificate_is_refused(app: TestApp) {
        let draft = Draft::of(&app).await;
        let now = app.real_now();
        let subject = TestKeys::subject(&app.persona("clinic-physician"))
            .valid(now - TimeDelta::days(90), now - TimeDelta::days(1));
        let key = TestKeys::get().certify(Kind::Qualified, &subject);
        let value = key.sign(&draft.document, now).unwrap();
        draft.refused(qualified(&value), "signature.certificate_expired").await;
    }

    async fn a_certificate_of_an_unknown_authority_is_refused(app: TestApp) {
        let draft = Draft::of(&app).await;
        let now = app.real_now();
        let foreign = testkit::pki::TestPki::generate(now, "http://crl.foreign").unwrap();
        let subject = TestKeys::subject(&app.persona("clinic-physician"));
        let value = foreign.issue(Kind::Qualified, &subject).unwrap().sign(&draft.document, now).unwrap();
        draft.refused(qualified(&value), "signature.chain").await;
    }

    async fn a_revoked_certificate_is_refused(app: TestApp) {
        let draft = Draft::of(&app).await;
        let key = TestKeys::get().signer(&app.persona("clinic-physician"), Kind::Qualified);
        app.revoke(Kind::Qualified, &key);
        let signature = app.sign("clinic-physician", Kind::Qualified, &draft.document);
        draft.refused(signature, "signature.revoked").await;
    }

    async fn while_nobody_knows_of_revocations_nothing_is_taken(app: TestApp) {
        let draft = Draft::of(&app).await;
        app.lose_revocation_lists();
        let signature = app.sign("clinic-physician", Kind::Qualified, &draft.document);
        let refused = draft.submit(signature.clone()).await.refused(503, "signature.revocation_unknown");
        assert!(refused.header("retry-after").is_some());
        assert_eq!(draft.case.state().await, "DRAFT");
        app.find_revocation_lists();
        draft.submit(signature).await.is(200);
    }
}
