//! What the ministry's steps ask for.

use super::SignatureRequest;
use crate::demand::choices::Outcome;
use crate::demand::content::Quantity;
use crate::demand::parse;
use crate::parsing::Faults;
use app::demand::{PrepareResolution, PrepareRevocation, ResolveDemand};
use app::failure::Failure;
use domain::demand::model::Digest;
use domain::values::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"outcome": "APPROVED", "approvedQuantity": {"amount": "4", "unit": "PACK"}}))]
pub struct ResolutionDraftRequest {
    pub outcome: Outcome,
    /// Required for an approval, in the demanded unit.
    pub approved_quantity: Option<Quantity>,
    /// Required for a rejection, and where less than demanded is approved.
    #[schema(min_length = 1, max_length = 8000)]
    pub grounds: Option<String>,
}

impl ResolutionDraftRequest {
    pub fn parse(&self) -> Result<PrepareResolution, Failure> {
        let mut faults = Faults::new();
        let quantity =
            faults.within_optional("approvedQuantity", self.approved_quantity.as_ref(), parse::quantity);
        let grounds = faults.optional("/grounds", self.grounds.as_deref(), Text::parse);
        let outcome = self.outcome.into();
        faults.finish_with(quantity.zip(grounds).map(|(approved_quantity, grounds)| PrepareResolution {
            outcome,
            approved_quantity,
            grounds,
        }))
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"draftSha256": "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"}))]
pub struct DraftSeenRequest {
    /// `sha256` of the draft that was seen, from `ministryFile`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub draft_sha256: String,
}

impl DraftSeenRequest {
    pub fn parse(self) -> Digest {
        Digest(self.draft_sha256)
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "draftSha256": "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4",
    "signature": {"kind": "QUALIFIED", "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…"}
}))]
pub struct ResolutionRequest {
    /// `sha256` of the draft that was seen, from `ministryFile`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub draft_sha256: String,
    #[validate(nested)]
    pub signature: SignatureRequest,
}

impl ResolutionRequest {
    pub fn parse(self) -> ResolveDemand {
        ResolveDemand { draft_sha256: Digest(self.draft_sha256), signature: self.signature.asked() }
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "grounds": "Produkt dopuszczono w międzyczasie do obrotu.", "legalBasis": "art. 4 ust. 4 ustawy – Prawo farmaceutyczne"
}))]
pub struct RevocationDraftRequest {
    #[schema(min_length = 1, max_length = 8000)]
    pub grounds: String,
    #[schema(min_length = 1, max_length = 500)]
    pub legal_basis: String,
}

impl RevocationDraftRequest {
    pub fn parse(&self) -> Result<PrepareRevocation, Failure> {
        let mut faults = Faults::new();
        let grounds = faults.take("/grounds", Text::parse(&self.grounds));
        let legal_basis = faults.take("/legalBasis", Text::parse(&self.legal_basis));
        faults.finish_with(
            grounds.zip(legal_basis).map(|(grounds, legal_basis)| PrepareRevocation { grounds, legal_basis }),
        )
    }
}
