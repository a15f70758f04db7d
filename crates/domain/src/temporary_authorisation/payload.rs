//! What each signed step signs. The service rebuilds these bytes (RFC 8785) and compares; nothing in them reads a
//! clock, so that the bytes to sign are the same whenever they are asked for.

use super::content::Content;
use super::model::{Authorisation, Outcome, ResolutionDraft};
use crate::demand::model::Digest;
use crate::ids::{AuthorisationId, OrganisationId};
use crate::values::{AuthorisationNumber, Quantity, ResolutionNumber, Text};
use chrono::NaiveDate;
use serde::Serialize;

/// The signed steps; the payload's `type` is the step's name, so that a signature serves one step only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Submission,
    RepresentativeApproval,
    Resolution,
}

impl Step {
    pub fn name(self) -> &'static str {
        match self {
            Self::Submission => "temporary-authorisation",
            Self::RepresentativeApproval => "representative-approval",
            Self::Resolution => "resolution",
        }
    }
}

/// Signed by the responsible person or whom they authorised, which the content says (PF art. 4ac(1)).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionPayload<'a> {
    r#type: &'static str,
    id: AuthorisationId,
    number: &'a AuthorisationNumber,
    content_version: i32,
    content: &'a Content,
    wholesaler: OrganisationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    adds_to: Option<AuthorisationId>,
}

pub fn submission(authorisation: &Authorisation) -> SubmissionPayload<'_> {
    SubmissionPayload {
        r#type: Step::Submission.name(),
        id: authorisation.id,
        number: &authorisation.number,
        content_version: authorisation.content_version,
        content: &authorisation.content,
        wholesaler: authorisation.wholesaler,
        adds_to: authorisation.adds_to,
    }
}

/// Signed by the person entitled to represent the wholesaler.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalPayload<'a> {
    r#type: &'static str,
    id: AuthorisationId,
    number: &'a AuthorisationNumber,
    submission_sha256: &'a Digest,
}

pub fn representative_approval<'a>(
    authorisation: &'a Authorisation,
    submission_sha256: &'a Digest,
) -> ApprovalPayload<'a> {
    ApprovalPayload {
        r#type: Step::RepresentativeApproval.name(),
        id: authorisation.id,
        number: &authorisation.number,
        submission_sha256,
    }
}

/// Signed by the decider over the very draft that the preparer made.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolutionPayload<'a> {
    r#type: &'static str,
    id: AuthorisationId,
    number: &'a AuthorisationNumber,
    submission_sha256: &'a Digest,
    resolution_number: &'a ResolutionNumber,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_quantity: Option<&'a Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conditions: Option<&'a Text<8000>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grounds: Option<&'a Text<8000>>,
}

pub fn resolution<'a>(
    authorisation: &'a Authorisation,
    submission_sha256: &'a Digest,
    draft: &'a ResolutionDraft,
) -> ResolutionPayload<'a> {
    ResolutionPayload {
        r#type: Step::Resolution.name(),
        id: authorisation.id,
        number: &authorisation.number,
        submission_sha256,
        resolution_number: &draft.number,
        outcome: draft.outcome,
        approved_quantity: draft.approved_quantity.as_ref(),
        valid_from: draft.period.map(|period| period.from),
        valid_until: draft.period.map(|period| period.until),
        conditions: draft.conditions.as_ref(),
        grounds: draft.grounds.as_ref(),
    }
}
