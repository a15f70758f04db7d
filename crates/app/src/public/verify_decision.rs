//! Verifying a decision token, and saying whether the decision still stands.

use super::Standing;
use crate::App;
use crate::failure::{Failure, Refused};
use domain::demand::lifecycle::StateName;
use domain::problem::Violation;
use domain::temporary_authorisation;
use domain::values::ResolutionNumber;
use signing::decision_token::{self, DecisionClaims};

#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedDecision {
    pub claims: DecisionClaims,
    /// Where what was resolved stands now.
    pub state: Standing,
    /// Whether the decision was taken back since.
    pub withdrawn: bool,
}

impl App {
    #[tracing::instrument(name = "verify_decision", skip_all)]
    pub async fn verify_decision(&self, token: &str) -> Result<VerifiedDecision, Failure> {
        let invalid = || {
            Failure::Refused(Refused::all(vec![Violation::new(
                signing::faults::DECISION_TOKEN_INVALID,
                "/token",
            )]))
        };
        let claims = decision_token::verify(token, &self.inner.decision_keys).map_err(|_| invalid())?;
        let number = claims.ruling_number.as_deref().and_then(|number| ResolutionNumber::parse(number).ok());
        let number = number.ok_or_else(invalid)?;
        let parts = self.inner.clone();
        let resolution = number.clone();
        let found = self
            .inner
            .store
            .read(move |tx| {
                let found = store::demand::find_by_resolution_number(tx, &parts.ring, None, &resolution)?;
                Ok::<_, Failure>(found.map(|loaded| loaded.demand.id))
            })
            .await?;
        let Some(found) = found else {
            let state = self.standing_under(number).await?.ok_or_else(invalid)?;
            let withdrawn = state == temporary_authorisation::StateName::Revoked;
            return Ok(VerifiedDecision { claims, state: Standing::Authorisation(state), withdrawn });
        };
        let state = self.present_state(found).await?;
        let withdrawn = match state {
            StateName::Revoked | StateName::Withdrawn => true,
            StateName::Draft
            | StateName::AwaitingRepresentative
            | StateName::AwaitingConsultant
            | StateName::Returned
            | StateName::WithMinister
            | StateName::Clarification
            | StateName::ResolutionPrepared
            | StateName::Approved
            | StateName::Rejected
            | StateName::WithWholesaler
            | StateName::Realised
            | StateName::Expired => false,
        };
        Ok(VerifiedDecision { claims, state: Standing::Demand(state), withdrawn })
    }
}
