//! Why a signature is accepted or refused, check by check.

use crate::answer;
use crate::asked::Looked;
use crate::body::SIGNED;
use crate::demand::choices::SignatureKind;
use crate::faults;
use crate::language::Language;
use crate::parsing::Faults;
use crate::problem::Problem;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use app::signature::{AskedSignature, DiagnosedCheck};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::problem::ProblemType;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(diagnose_signature);
}

/// A signature, and what it should be over.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"kind": "QUALIFIED", "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyJNSUlCLi4uIl19.eyJudW1iZXIiOiJaUEwtMjAyNi03SzNNOVFYVC1CIn0.cTFaaw",
    "expectedPayload": "eyJudW1iZXIiOiJaUEwtMjAyNi03SzNNOVFYVC1CIn0"}))]
pub struct DiagnosisRequest {
    kind: SignatureKind,
    /// Attached compact JWS (JAdES baseline B).
    value: String,
    /// `payload` of the operation's `…/document`, base64url; without it the content is not compared.
    expected_payload: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckOutcome {
    Passed,
    Failed,
    /// A check before it failed, or there was nothing to compare with.
    NotReached,
}

/// One check of a signature.
#[derive(Serialize, ToSchema)]
#[schema(as = SignatureCheck)]
pub struct SignatureCheckView {
    #[schema(example = "revocation")]
    name: &'static str,
    outcome: CheckOutcome,
    /// The code with which an operation would refuse the signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "signature.revoked")]
    code: Option<&'static str>,
    /// What is wrong and what can be done about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The part of the signature that is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "header.x5c[0]")]
    element: Option<String>,
}

/// Every check in the order in which it is made.
#[derive(Serialize, ToSchema)]
#[schema(as = SignatureDiagnosis, example = json!({"verified": false, "checks": [
    {"name": "container", "outcome": "PASSED"},
    {"name": "header", "outcome": "FAILED", "code": "signature.header", "element": "header.alg",
        "detail": "Nagłówka podpisu nie można odczytać albo jego element ma niedozwoloną postać. Popraw wskazany element chronionego nagłówka i podpisz ponownie."},
    {"name": "chain", "outcome": "NOT_REACHED"}]}))]
pub struct DiagnosisView {
    checks: Vec<SignatureCheckView>,
    /// Whether every check passed, the comparison of the content too.
    verified: bool,
}

impl DiagnosisRequest {
    fn parse(self) -> Result<(AskedSignature, Option<Vec<u8>>), Failure> {
        let decode = |text: &str| -> Result<Vec<u8>, &'static ProblemType> {
            URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| faults::SHAPE)
        };
        let mut faults = Faults::new();
        let expected = faults.optional("/expectedPayload", self.expected_payload.as_deref(), decode);
        let expected = faults.finish_with(expected)?;
        Ok((AskedSignature { kind: self.kind.into(), value: self.value }, expected))
    }
}

impl SignatureCheckView {
    fn of(check: DiagnosedCheck, language: Language) -> Self {
        let (outcome, fault) = match check.outcome {
            signing::Outcome::Passed => (CheckOutcome::Passed, None),
            signing::Outcome::Failed(fault) => (CheckOutcome::Failed, Some(fault)),
            signing::Outcome::NotReached => (CheckOutcome::NotReached, None),
        };
        let told = |problem: &ProblemType| {
            format!("{} {}", language.pick(&problem.says), language.pick(&problem.fix))
        };
        Self {
            name: check.name,
            outcome,
            code: fault.as_ref().map(|fault| fault.problem.code),
            detail: fault.as_ref().map(|fault| told(fault.problem)),
            element: fault.map(|fault| fault.element),
        }
    }
}

impl DiagnosisView {
    fn of(checks: Vec<DiagnosedCheck>, language: Language) -> Self {
        let checks: Vec<_> = checks.into_iter().map(|it| SignatureCheckView::of(it, language)).collect();
        Self { verified: checks.iter().all(|check| check.outcome == CheckOutcome::Passed), checks }
    }
}

/// Diagnose a signature
///
/// For the signer: the same checks as when signing, each with its outcome. Nothing is stored.
#[utoipa::path(tag = "signatures", request_body = DiagnosisRequest,
    responses((status = 200, description = "What holds and what does not", body = DiagnosisView)))]
#[post("/api/v1/signatures/diagnoses")]
pub(crate) async fn diagnose_signature(
    app: web::Data<App>,
    language: Language,
    asked: Looked<DiagnosisRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let (signature, expected) = asked.body.parse()?;
    let checks = app.diagnose_signature(&asked.caller, &signature, expected).await?;
    answer::plain(&DiagnosisView::of(checks, language))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::json;

    #[test]
    fn a_failed_check_names_code_reason_and_element() {
        let fault = signing::Fault::new(faults::SHAPE, "header.x5c[0]");
        let checks = vec![
            DiagnosedCheck { name: "container", outcome: signing::Outcome::Passed },
            DiagnosedCheck { name: "chain", outcome: signing::Outcome::Failed(fault) },
            DiagnosedCheck { name: "revocation", outcome: signing::Outcome::NotReached },
        ];
        let view = serde_json::to_value(DiagnosisView::of(checks, Language::English)).unwrap();
        assert_eq!(view["verified"], false);
        assert_eq!(view["checks"][0], json!({"name": "container", "outcome": "PASSED"}));
        assert_eq!(view["checks"][1]["code"], "request.shape");
        assert_eq!(view["checks"][1]["element"], "header.x5c[0]");
        assert!(view["checks"][1]["detail"].as_str().unwrap().starts_with(faults::SHAPE.says.en));
        assert_eq!(view["checks"][2]["outcome"], "NOT_REACHED");
    }

    #[test]
    fn an_expected_payload_is_base64url() {
        let request = |payload: &str| DiagnosisRequest {
            kind: SignatureKind::Qualified,
            value: "a.b.c".to_owned(),
            expected_payload: Some(payload.to_owned()),
        };
        assert_eq!(request("e30").parse().unwrap().1.unwrap(), b"{}");
        assert_eq!(request("e30=").parse().unwrap().1.unwrap(), b"{}");
        assert!(request("e/+0").parse().is_err());
    }
}
