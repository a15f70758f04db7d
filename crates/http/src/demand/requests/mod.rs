//! What the steps of a demand ask for.

mod clarification;
mod ministry;
mod paper;
mod supply;
mod treated;

pub use clarification::ClarificationRequest;
pub use ministry::{DraftSeenRequest, ResolutionDraftRequest, ResolutionRequest, RevocationDraftRequest};
pub(crate) use paper::HindranceMembers;
pub use paper::{
    DemandPaperCorrectionRequest, DemandPaperEntryRequest, PaperGroundsKind, PaperHindranceKind,
    PaperScanRequest,
};
pub use supply::{HandoverRequest, RealisationRequest};
pub use treated::{TreatedCourseRequest, TreatedPatientsRequest};

use super::choices::{SignatureKind, Verdict};
use super::content::{DemandContent, PatientIdentifier};
use super::{examples, parse};
use crate::parsing::Faults;
use app::EndWait;
use app::demand::{CreateDemand, GiveOpinion, SubmitDemand};
use app::failure::Failure;
use app::signature::AskedSignature;
use domain::demand::model::DemandKind;
use domain::ids::PersonId;
use domain::values::{self, ClientReference, FieldOfMedicine, Text};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// A draft: it may be incomplete, but holds no illegal value.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::outside_facility)]
pub struct DemandRequest {
    /// Your own name for it, unique among your open demands; no patient data in it.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "HIS-2026-000123")]
    pub client_reference: Option<String>,
    pub content: DemandContent,
}

impl DemandRequest {
    pub fn parse(&self, kind: DemandKind) -> Result<CreateDemand, Failure> {
        let mut faults = Faults::new();
        let reference =
            faults.optional("/clientReference", self.client_reference.as_deref(), ClientReference::parse);
        let content = faults.within("content", |faults| self.content.read(kind, faults));
        let asked = content
            .zip(reference)
            .map(|(content, client_reference)| CreateDemand { content, client_reference });
        faults.finish_with(asked)
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"clientReference": "HIS-2026-000124"}))]
pub struct CopyRequest {
    /// Your own name for the new draft.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "HIS-2026-000124")]
    pub client_reference: Option<String>,
}

impl CopyRequest {
    pub fn parse(&self) -> Result<Option<ClientReference>, Failure> {
        let mut faults = Faults::new();
        let reference =
            faults.optional("/clientReference", self.client_reference.as_deref(), ClientReference::parse);
        faults.finish_with(reference)
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"patient": {"kind": "PESEL", "number": "44051401458"}, "limit": 50}))]
pub struct SearchRequest {
    pub patient: PatientIdentifier,
    /// Entries of a page; 50 unless given.
    #[schema(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    pub cursor: Option<String>,
}

impl SearchRequest {
    pub fn parse(&self) -> Result<values::PatientIdentifier, Failure> {
        let mut faults = Faults::new();
        let patient = faults.within("patient", |faults| parse::identifier(faults, &self.patient));
        faults.finish_with(patient)
    }
}

/// A signature over the very bytes of `…/document`.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignatureRequest {
    pub kind: SignatureKind,
    /// Attached compact JWS (JAdES baseline B): the payload's bytes, `x5c`, `x5t#S256`. Of `TRUSTED` (podpis zaufany) the
    /// XAdES over the bare bytes in base64, detached or with the content inside; the answer is then 202.
    #[schema(example = "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…")]
    pub value: String,
}

impl SignatureRequest {
    pub(crate) fn asked(self) -> AskedSignature {
        AskedSignature { kind: self.kind.into(), value: self.value }
    }
}

/// Nothing beside the demand itself.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct NothingRequest {}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"consultantId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42", "field": "0707"}))]
pub struct SubmissionDocumentRequest {
    /// A consultant of `GET /api/v1/consultants`; stays outside the signed bytes.
    pub consultant_id: Uuid,
    /// In which of the consultant's fields; their only one when left out.
    #[schema(pattern = "^[0-9]{4}$", example = "0707")]
    pub field: Option<String>,
}

impl SubmissionDocumentRequest {
    pub fn parse(self) -> Result<SubmitDemand, Failure> {
        SubmissionRequest { consultant_id: self.consultant_id, field: self.field, signature: None }.parse()
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "consultantId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42", "field": "0707",
    "signature": {"kind": "QUALIFIED", "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…"}
}))]
pub struct SubmissionRequest {
    /// A consultant of `GET /api/v1/consultants`; never the submitting physician.
    pub consultant_id: Uuid,
    /// In which of the consultant's fields; their only one when left out.
    #[schema(pattern = "^[0-9]{4}$", example = "0707")]
    pub field: Option<String>,
    /// Left out when a returned demand goes on with unchanged content: the stored signature counts.
    #[validate(nested)]
    pub signature: Option<SignatureRequest>,
}

impl SubmissionRequest {
    pub fn parse(self) -> Result<SubmitDemand, Failure> {
        let mut faults = Faults::new();
        let field = faults.optional("/field", self.field.as_deref(), FieldOfMedicine::parse);
        let (consultant, signature) =
            (PersonId(self.consultant_id), self.signature.map(SignatureRequest::asked));
        faults.finish_with(field.map(|field| SubmitDemand { consultant, field, signature }))
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"signature": {"kind": "QUALIFIED", "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…"}}))]
pub struct RepresentativeApprovalRequest {
    #[validate(nested)]
    pub signature: SignatureRequest,
}

impl RepresentativeApprovalRequest {
    pub fn parse(self) -> AskedSignature {
        self.signature.asked()
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "Dawka w zapotrzebowaniu różni się od zaleconej."}))]
pub struct ReasonRequest {
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

impl ReasonRequest {
    pub fn parse(&self) -> Result<Text<2000>, Failure> {
        reason(&self.reason)
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "Usługa sprawdzania podpisów nie działa od wczoraj; proszę podpisać inaczej."}))]
pub struct EndOfWaitRequest {
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
    /// A term that ended during the wait is to take effect; asked for where one has and no outage holds it.
    #[serde(default)]
    #[schema(default = false)]
    pub lets_expire: bool,
}

impl EndOfWaitRequest {
    pub fn parse(&self) -> Result<EndWait, Failure> {
        Ok(EndWait { reason: reason(&self.reason)?, lets_expire: self.lets_expire })
    }
}

/// The reason of a step, within the room that the step gives it.
fn reason<const MAX: usize>(sent: &str) -> Result<Text<MAX>, Failure> {
    let mut faults = Faults::new();
    let text = faults.take("/reason", Text::parse(sent));
    faults.finish_with(text)
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "Wpis dotyczy innej serii."}))]
pub struct ReversalRequest {
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

impl ReversalRequest {
    pub fn parse(&self) -> Result<Text<1000>, Failure> {
        reason(&self.reason)
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "Przejęcie na czas urlopu."}))]
pub struct AssignmentRequest {
    /// Required where the case is taken from another preparer.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: Option<String>,
}

impl AssignmentRequest {
    pub fn parse(&self) -> Result<Option<Text<2000>>, Failure> {
        self.reason.as_deref().map(reason).transpose()
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"verdict": "CONFIRMED", "justification": "Leczenie zgodne z wytycznymi."}))]
pub struct OpinionDocumentRequest {
    pub verdict: Verdict,
    /// Required for a refusal (PF art. 4ad(2)).
    #[schema(min_length = 1, max_length = 8000)]
    pub justification: Option<String>,
}

impl OpinionDocumentRequest {
    pub fn parse(self) -> Result<GiveOpinion, Failure> {
        OpinionRequest { verdict: self.verdict, justification: self.justification, signature: None }.parse()
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "verdict": "CONFIRMED", "justification": "Leczenie zgodne z wytycznymi.",
    "signature": {"kind": "QUALIFIED", "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…"}
}))]
pub struct OpinionRequest {
    pub verdict: Verdict,
    /// Required for a refusal (PF art. 4ad(2)).
    #[schema(min_length = 1, max_length = 8000)]
    pub justification: Option<String>,
    /// Required with `CONFIRMED` and `REFUSED`, left out otherwise.
    #[validate(nested)]
    pub signature: Option<SignatureRequest>,
}

impl OpinionRequest {
    pub fn parse(self) -> Result<GiveOpinion, Failure> {
        let mut faults = Faults::new();
        let justification = faults.optional("/justification", self.justification.as_deref(), Text::parse);
        let (verdict, signature) = (self.verdict.into(), self.signature.map(SignatureRequest::asked));
        faults.finish_with(justification.map(|justification| GiveOpinion {
            verdict,
            justification,
            signature,
        }))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use crate::clarification::ClarificationAnswerRequest;
    use domain::ids::ClarificationId;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};
    use utoipa::PartialSchema;

    fn example<T: DeserializeOwned + PartialSchema>() -> T {
        let schema = serde_json::to_value(T::schema()).unwrap();
        serde_json::from_value(schema["example"].clone()).unwrap()
    }

    #[test]
    fn every_example_is_a_request_without_faults() {
        example::<DemandRequest>().parse(DemandKind::Medicine).unwrap();
        example::<CopyRequest>().parse().unwrap();
        example::<SearchRequest>().parse().unwrap();
        example::<SubmissionDocumentRequest>().parse().unwrap();
        example::<SubmissionRequest>().parse().unwrap();
        example::<RepresentativeApprovalRequest>().parse();
        example::<ReasonRequest>().parse().unwrap();
        example::<ReversalRequest>().parse().unwrap();
        example::<AssignmentRequest>().parse().unwrap();
        example::<OpinionDocumentRequest>().parse().unwrap();
        example::<OpinionRequest>().parse().unwrap();
        example::<ClarificationRequest>().parse().unwrap();
        example::<ClarificationAnswerRequest>().parse(ClarificationId(Uuid::nil())).unwrap();
        example::<ResolutionDraftRequest>().parse().unwrap();
        example::<DraftSeenRequest>().parse();
        example::<ResolutionRequest>().parse();
        example::<RevocationDraftRequest>().parse().unwrap();
        example::<HandoverRequest>().parse();
        example::<RealisationRequest>().parse().unwrap();
        example::<DemandPaperEntryRequest>().parse(DemandKind::Medicine).unwrap();
        example::<DemandPaperCorrectionRequest>().parse(DemandKind::Medicine).unwrap();
        example::<TreatedPatientsRequest>().parse().unwrap();
        for draft in
            [examples::in_facility(), examples::patient_list(), examples::bare(), examples::disaster()]
        {
            serde_json::from_value::<DemandRequest>(draft).unwrap().parse(DemandKind::Medicine).unwrap();
        }
    }

    fn places<T>(outcome: Result<T, Failure>) -> Vec<String> {
        match outcome {
            Err(Failure::Refused(refused)) => {
                refused.violations.into_iter().map(|violation| violation.pointer).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn faults_of_a_draft_point_into_its_body() {
        let draft: DemandRequest = serde_json::from_value(json!({
            "clientReference": "with spaces",
            "content": {"use": "IN_FACILITY", "patients": {"kind": "LIST", "patients": [
                {"patient": {}}, {"patient": {"identifier": {"kind": "PESEL", "number": "1"}}}
            ]}}
        }))
        .unwrap();
        assert_eq!(
            places(draft.parse(DemandKind::Medicine)),
            ["/clientReference", "/content/patients/patients/1/patient/identifier/number"]
        );
    }

    #[test]
    fn faults_of_an_entry_are_found_all_at_once() {
        let body = json!({
            "kind": "IMPORTED", "batch": " ", "expiresOn": "2029-06-30", "packs": 4,
            "packSize": {"amount": "-1", "unit": "PACK"}, "sourceCountry": "XX", "doneOn": "2026-12-04"
        });
        let entry: RealisationRequest = serde_json::from_value(body).unwrap();
        assert_eq!(places(entry.parse()), ["/batch", "/packSize/amount", "/sourceCountry"]);
    }

    #[test]
    fn a_closing_entry_says_final() {
        let mut body = serde_json::to_value(RealisationRequest::schema()).unwrap()["example"].clone();
        assert!(!serde_json::from_value::<RealisationRequest>(body.clone()).unwrap().parse().unwrap().closes);
        body["final"] = Value::Bool(true);
        assert!(serde_json::from_value::<RealisationRequest>(body).unwrap().parse().unwrap().closes);
    }
}
