//! A pharmacy or wholesaler retrieves an approved demand; the grant is logged and lets it read from then on.

use super::numbers::{Numbers, find_resolved};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::DemandView;
use crate::failure::{Failure, Refused};
use crate::faults::{ENTITY_UNKNOWN, RETRIEVAL_NONE, RETRIEVAL_PAIR};
use domain::ids::DemandId;
use domain::problem::Violation;
use domain::values::RpwdlNumber;

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
        let id = self.retrieve_for(caller, &numbers, trace_id).await?;
        self.find_demand(caller, id, None, trace_id).await?.ok_or(Failure::NotFound)
    }

    /// Finds what the numbers open and records the grant. Unresolved, unknown and wrong have one answer.
    pub(crate) async fn retrieve_for(
        &self,
        caller: &Caller,
        numbers: &Numbers,
        trace_id: &str,
    ) -> Result<DemandId, Failure> {
        // An RPWDL number is public: it opens nothing here.
        let secret = Numbers { rpwdl: None::<RpwdlNumber>, ..numbers.clone() };
        if secret.count() < 2 {
            return Err(Failure::Refused(Refused::all(vec![Violation::whole(RETRIEVAL_PAIR)])));
        }
        let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        let parts = self.inner.clone();
        let space = caller.space.clone();
        let found = self
            .inner
            .store
            .transaction(move |tx| {
                let found = find_resolved(tx, &parts, Some(&space), &secret)?;
                let approved = found.filter(|loaded| loaded.demand.state.approved().is_some());
                if let Some(loaded) = &approved {
                    store::demand::grant(tx, loaded.demand.id, organisation, parts.clock.now(&space))?;
                }
                Ok::<_, Failure>(approved.map(|loaded| (loaded.demand, loaded.patients)))
            })
            .await?;
        self.record_retrieval(caller, found.as_ref(), trace_id).await?;
        match found {
            Some((demand, _)) => Ok(demand.id),
            None => Err(Failure::Refused(Refused::one(RETRIEVAL_NONE))),
        }
    }
}
