//! The public check: two of three numbers show a resolved demand's decision and present state, never the document.

use super::Standing;
use crate::App;
use crate::failure::Failure;
use crate::faults::{CHECK_PATIENT, CHECK_REGISTER_NUMBER, RETRIEVAL_PAIR};
use crate::supply::{Numbers, find_resolved, nothing};
use domain::decision::admit;
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
    /// What is wrong with the numbers of this check. In a facility the entity's RPWDL number stands in the place of
    /// the patient's: nobody without an account learns there whether a person is the patient of a demand.
    fn faults(self, numbers: &Numbers) -> Vec<Violation> {
        let (taken, superfluous) = match self {
            Self::InFacility => (
                Numbers { patient: None, ..numbers.clone() },
                numbers.patient.as_ref().map(|_| Violation::new(CHECK_PATIENT, "/patient")),
            ),
            Self::OutsideFacility => (
                Numbers { rpwdl: None, ..numbers.clone() },
                numbers.rpwdl.as_ref().map(|_| Violation::new(CHECK_REGISTER_NUMBER, "/rpwdlNumber")),
            ),
        };
        let too_few = (taken.count() < 2).then(|| Violation::whole(RETRIEVAL_PAIR));
        superfluous.into_iter().chain(too_few).collect()
    }
}

/// What anyone with two numbers sees.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedDecision {
    pub state: Standing,
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
        admit(kind.faults(&numbers))?;
        let parts = self.inner.clone();
        let met = self
            .inner
            .store
            .read(move |tx| {
                let met = find_resolved(tx, &parts, None, &numbers)?;
                let in_facility = kind == CheckKind::InFacility;
                Ok::<_, Failure>(met.only(|demand| demand.content.is_in_facility() == in_facility))
            })
            .await?;
        self.record_public_check(&met, address, trace_id).await?;
        let demand = met.agreed().ok_or_else(nothing)?;
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
        Ok(CheckedDecision { state: Standing::Demand(state), token, claims })
    }
}
