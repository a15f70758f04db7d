//! A pharmacy or wholesaler retrieves an approved demand; the grant is logged and lets it read from then on.

use super::numbers::{Numbers, find_resolved};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{DemandView, has_elapsed};
use crate::failure::{Failure, Refused};
use crate::faults::{ENTITY_UNKNOWN, RETRIEVAL_NONE, RETRIEVAL_PAIR};
use domain::demand::Demand;
use domain::demand::lifecycle::{Expired, State};
use domain::ids::{DemandId, PatientId};
use domain::problem::Violation;
use domain::values::RpwdlNumber;
use store::demand::Loaded;

/// Which states the numbers open: none in which there is no approval to act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opens {
    Approved,
    /// A hand-over on paper may have been in time although nobody recorded it (PF art. 4ad(7)).
    ApprovedOrNotPassedOn,
}

impl Opens {
    fn admits(self, state: &State) -> bool {
        match state {
            State::Approved(_) | State::WithWholesaler(_) | State::Realised(_) => true,
            State::Expired(expired) => {
                self == Self::ApprovedOrNotPassedOn && matches!(**expired, Expired::NotRealised { .. })
            }
            State::Draft
            | State::AwaitingRepresentative(_)
            | State::AwaitingConsultant(_)
            | State::Returned(_)
            | State::WithMinister(_)
            | State::ResolutionPrepared(_)
            | State::Rejected(_)
            | State::Withdrawn(_)
            | State::Revoked(_) => false,
        }
    }
}

/// What the numbers lead to at this moment.
enum Reached {
    Nothing,
    /// A term ran out that has to be applied first.
    Elapsed(DemandId),
    Opened(Box<(Demand, Vec<PatientId>)>),
}

impl App {
    /// The approved document in the caller's view.
    #[tracing::instrument(name = "retrieve_demand", skip_all)]
    pub async fn retrieve_demand(
        &self,
        caller: &Caller,
        numbers: Numbers,
        trace_id: &str,
    ) -> Result<DemandView, Failure> {
        authorize_role(caller, Action::RetrieveDemand).map_err(Failure::Denied)?;
        let id = self.retrieve_for(caller, &numbers, Opens::Approved, trace_id).await?;
        self.find_demand(caller, id, None, trace_id).await?.ok_or(Failure::NotFound)
    }

    /// Finds what the numbers open and records the grant. Unresolved, unknown, wrong and ended have one answer.
    pub(crate) async fn retrieve_for(
        &self,
        caller: &Caller,
        numbers: &Numbers,
        opens: Opens,
        trace_id: &str,
    ) -> Result<DemandId, Failure> {
        // An RPWDL number is public: it opens nothing here.
        let secret = Numbers { rpwdl: None::<RpwdlNumber>, ..numbers.clone() };
        if secret.count() < 2 {
            return Err(Failure::Refused(Refused::all(vec![Violation::whole(RETRIEVAL_PAIR)])));
        }
        let found = loop {
            match self.reach(caller, secret.clone(), opens).await? {
                Reached::Nothing => break None,
                Reached::Elapsed(id) => self.apply_elapsed(id).await?,
                Reached::Opened(found) => break Some(*found),
            }
        };
        self.record_retrieval(caller, found.as_ref(), trace_id).await?;
        match found {
            Some((demand, _)) => Ok(demand.id),
            None => Err(Failure::Refused(Refused::one(RETRIEVAL_NONE))),
        }
    }

    async fn reach(&self, caller: &Caller, numbers: Numbers, opens: Opens) -> Result<Reached, Failure> {
        let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        let parts = self.inner.clone();
        let space = caller.space.clone();
        self.inner
            .store
            .transaction(move |tx| {
                let Some(loaded) = find_resolved(tx, &parts, Some(&space), &numbers)? else {
                    return Ok(Reached::Nothing);
                };
                let now = parts.clock.now(&space);
                let Loaded { demand, patients, .. } = loaded;
                if has_elapsed(&demand, now) {
                    return Ok(Reached::Elapsed(demand.id));
                }
                if !opens.admits(&demand.state) {
                    return Ok(Reached::Nothing);
                }
                store::demand::grant(tx, demand.id, organisation, now)?;
                Ok::<_, Failure>(Reached::Opened(Box::new((demand, patients))))
            })
            .await
    }
}
