//! The public check: two of three numbers show a resolved demand's decision and present state, never the document.

use crate::App;
use crate::failure::{Failure, Refused};
use crate::faults::{RETRIEVAL_NONE, RETRIEVAL_PAIR};
use crate::supply::{Numbers, find_resolved};
use domain::demand::lifecycle::StateName;
use domain::demand::model::Demand;
use domain::problem::Violation;
use signing::decision_token::DecisionClaims;

/// The two demand checks of the home page: by where the product is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckKind {
    OutsideFacility,
    InFacility,
}

impl CheckKind {
    /// How many of the numbers count. RPWDL numbers are public, so outside a facility they open nothing.
    fn secrets(self, numbers: &Numbers) -> usize {
        match self {
            Self::InFacility => numbers.count(),
            Self::OutsideFacility => numbers.count() - usize::from(numbers.rpwdl.is_some()),
        }
    }
}

/// What anyone with two numbers sees.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedDecision {
    pub state: StateName,
    pub token: String,
    pub claims: DecisionClaims,
}

impl App {
    /// One answer for unresolved, unknown and wrong.
    #[tracing::instrument(name = "check_decision", skip_all)]
    pub async fn check_decision(
        &self,
        kind: CheckKind,
        numbers: Numbers,
        address: &str,
        trace_id: &str,
    ) -> Result<CheckedDecision, Failure> {
        if kind.secrets(&numbers) < 2 {
            return Err(Failure::Refused(Refused::all(vec![Violation::whole(RETRIEVAL_PAIR)])));
        }
        let parts = self.inner.clone();
        let found = self
            .inner
            .store
            .read(move |tx| {
                let found = find_resolved(tx, &parts, None, &numbers)?;
                let kept = found.filter(|loaded| {
                    loaded.demand.content.is_in_facility() == (kind == CheckKind::InFacility)
                });
                Ok::<_, Failure>(kept.map(|loaded| (loaded.demand, loaded.patients)))
            })
            .await?;
        self.record_public_check(found.as_ref(), address, trace_id).await?;
        let Some((demand, _)) = found else { return Err(Failure::Refused(Refused::one(RETRIEVAL_NONE))) };
        let state = self.present_state(demand.id).await?;
        self.decision_of(&demand, state)
    }

    fn decision_of(&self, demand: &Demand, state: StateName) -> Result<CheckedDecision, Failure> {
        let resolution = demand
            .state
            .resolution()
            .ok_or_else(|| Failure::Bug("a checked demand without a resolution".into()))?;
        let token = resolution.decision_token.clone();
        let claims = signing::decision_token::verify(&token, &self.inner.decision_keys)
            .map_err(|error| Failure::Bug(error.into()))?;
        Ok(CheckedDecision { state, token, claims })
    }
}
