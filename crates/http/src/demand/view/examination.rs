//! Who signed, who was asked, and what the consultant said.

use crate::demand::choices::{ConsultantKind, ReturnReason, Verdict};
use app::demand::view::{ExaminationView, OpinionView, ReturnedView};
use chrono::{DateTime, Utc};
use domain::demand::model::{Attested, Consultant, SignatureKind, SignatureLevel, Signed};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An accepted signature. The signed bytes themselves go to the signer and the ministry only.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AcceptedSignature)]
pub struct SignedView {
    #[schema(example = "Anna")]
    pub given_names: String,
    #[schema(example = "Testowa")]
    pub family_name: String,
    pub kind: AcceptedSignatureKind,
    pub level: AcceptedSignatureLevel,
    /// When the service received it; terms count from here. Of one on paper the beginning of its day in Warsaw.
    pub received_at: DateTime<Utc>,
    /// SHA-256 of the signed bytes, in hexadecimal; on paper that of the demand's bytes as they were entered.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub payload_sha256: String,
}

impl SignedView {
    pub fn of(signed: &Signed) -> Self {
        Self {
            given_names: signed.given_names.reveal().to_owned(),
            family_name: signed.family_name.reveal().to_owned(),
            kind: signed.kind.into(),
            level: signed.level.into(),
            received_at: signed.received_at,
            payload_sha256: signed.payload_sha256.0.clone(),
        }
    }

    pub fn attested(attested: &Attested) -> Self {
        match attested {
            Attested::Electronic(signed) => Self::of(signed),
            Attested::OnPaper(written) => Self {
                given_names: written.given_names.reveal().to_owned(),
                family_name: written.family_name.reveal().to_owned(),
                kind: AcceptedSignatureKind::Handwritten,
                level: AcceptedSignatureLevel::SeenByOfficer,
                received_at: attested.at(),
                payload_sha256: written.payload_sha256.0.clone(),
            },
        }
    }
}

/// The kinds of electronic signature that a demand's steps admit (PF art. 4ac(1)), and that of a demand on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AcceptedSignatureKind {
    Qualified,
    Personal,
    Zus,
    Trusted,
    /// By hand, on paper that an officer entered (PF art. 4ad(8)).
    Handwritten,
}

impl From<SignatureKind> for AcceptedSignatureKind {
    fn from(kind: SignatureKind) -> Self {
        match kind {
            SignatureKind::Qualified => Self::Qualified,
            SignatureKind::Personal => Self::Personal,
            SignatureKind::Zus => Self::Zus,
            SignatureKind::Trusted => Self::Trusted,
        }
    }
}

/// How thoroughly a signature was looked at: by this service, by a validation service, or by the officer who had the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AcceptedSignatureLevel {
    BasicChecked,
    Validated,
    SeenByOfficer,
}

impl From<SignatureLevel> for AcceptedSignatureLevel {
    fn from(level: SignatureLevel) -> Self {
        match level {
            SignatureLevel::BasicChecked => Self::BasicChecked,
            SignatureLevel::Validated => Self::Validated,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandExamination)]
pub struct DemandExaminationView {
    /// The physician's signature that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issue: Option<SignedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub representative_approval: Option<SignedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub consultant: Option<DemandConsultantView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub opinion: Option<DemandOpinionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub returned: Option<DemandReturnView>,
}

impl DemandExaminationView {
    pub fn of(view: &ExaminationView) -> Self {
        Self {
            issue: view.issue.as_ref().map(SignedView::attested),
            representative_approval: view.representative_approval.as_ref().map(SignedView::attested),
            consultant: view.consultant.as_ref().map(DemandConsultantView::of),
            opinion: view.opinion.as_ref().map(DemandOpinionView::of),
            returned: view.returned.as_ref().map(DemandReturnView::of),
        }
    }
}

/// The chosen consultant with the particulars that the register keeps (PF art. 4d(3)).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandConsultant)]
pub struct DemandConsultantView {
    pub person_id: Uuid,
    #[schema(example = "5223344")]
    pub npwz: String,
    pub given_names: String,
    pub family_name: String,
    /// Professional title and academic degree.
    pub qualifications: String,
    pub kind: ConsultantKind,
    /// Code of the field of medicine (Dz.U. 2020 poz. 1566).
    #[schema(example = "0714")]
    pub field: &'static str,
    pub field_name: &'static str,
    /// Licence number of the chosen consultant, who was away when this one answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "5425740")]
    pub in_place_of: Option<String>,
}

impl DemandConsultantView {
    pub fn of(it: &Consultant) -> Self {
        Self {
            person_id: it.person.0,
            npwz: it.npwz.as_str().to_owned(),
            given_names: it.given_names.reveal().to_owned(),
            family_name: it.family_name.reveal().to_owned(),
            qualifications: it.qualifications.as_str().to_owned(),
            kind: it.kind.into(),
            field: it.field.as_str(),
            field_name: it.field.name(),
            in_place_of: it.in_place_of.as_ref().map(|absent| absent.npwz.as_str().to_owned()),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandOpinion)]
pub struct DemandOpinionView {
    pub verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub justification: Option<String>,
    pub signature: SignedView,
    pub given_at: DateTime<Utc>,
}

impl DemandOpinionView {
    pub fn of(it: &OpinionView) -> Self {
        Self {
            verdict: it.verdict.into(),
            justification: it.justification.as_ref().map(|text| text.as_str().to_owned()),
            signature: SignedView::attested(&it.signed),
            given_at: it.given_at,
        }
    }
}

/// Why and when the demand went back to its physician.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandReturn)]
pub struct DemandReturnView {
    pub reason: ReturnReason,
    /// The representative's reason or the consultant's justification.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub text: Option<String>,
    pub at: DateTime<Utc>,
}

impl DemandReturnView {
    pub fn of(it: &ReturnedView) -> Self {
        Self {
            reason: it.reason.into(),
            text: it.text.as_ref().map(|text| text.as_str().to_owned()),
            at: it.at,
        }
    }
}
