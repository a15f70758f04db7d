//! A decision as its token tells it: nothing of a patient, a diagnosis or a person.

use chrono::NaiveDate;
use domain::demand::model;
use domain::temporary_authorisation as notifications;
use serde::Serialize;
use signing::decision_token::DecisionClaims;
use utoipa::ToSchema;

/// What was decided: of a demand approved or rejected, of a notification consented or refused.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DecidedOutcome {
    Approved,
    Rejected,
    Consented,
    Refused,
}

impl DecidedOutcome {
    fn of(name: &str) -> Option<Self> {
        let of_demand = model::Outcome::parse(name).map(|outcome| match outcome {
            model::Outcome::Approved => Self::Approved,
            model::Outcome::Rejected => Self::Rejected,
        });
        of_demand.or_else(|| {
            notifications::model::Outcome::parse(name).map(|outcome| match outcome {
                notifications::model::Outcome::Consented => Self::Consented,
                notifications::model::Outcome::Refused => Self::Refused,
            })
        })
    }
}

/// What the decision token says.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Decision)]
pub(crate) struct DecisionView {
    /// Who issued the token: the public address of this service.
    #[schema(example = "https://soid.example")]
    issuer: String,
    #[schema(example = "ZPL-2026-7K3M9QXT-B")]
    number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "ROZ-2026-7K3M9QXT-S")]
    resolution_number: Option<String>,
    /// What the decision is about.
    #[schema(example = "MEDICINE")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<DecidedOutcome>,
    issued_on: NaiveDate,
    decided_on: NaiveDate,
    #[schema(example = "Przykładomycyna, tabletki powlekane, 250 mg")]
    product: String,
    #[schema(example = "6 PACK")]
    quantity: String,
    /// The last day on which an approval can be passed to a wholesaler, or that of a consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<NaiveDate>,
    /// SHA-256 of the signed resolution, in lower-case hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    resolution_sha256: String,
}

impl DecisionView {
    pub(super) fn of(claims: DecisionClaims) -> Self {
        Self {
            issuer: claims.iss,
            number: claims.number,
            resolution_number: claims.ruling_number,
            kind: claims.kind,
            outcome: DecidedOutcome::of(&claims.outcome),
            issued_on: claims.issued_on,
            decided_on: claims.decided_on,
            product: claims.product,
            quantity: claims.quantity,
            valid_until: claims.valid_until,
            resolution_sha256: claims.resolution_sha256,
        }
    }
}
