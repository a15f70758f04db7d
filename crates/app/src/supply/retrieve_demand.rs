//! A pharmacy or wholesaler retrieves an approved demand; the grant is logged and lets it read from then on.

use super::numbers::{Met, Numbers, find_resolved};
use super::record::entries_of_retrieval;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::DemandView;
use crate::failure::{Failure, Refused};
use crate::faults::{ENTITY_UNKNOWN, RETRIEVAL_NONE, RETRIEVAL_PAIR};
use crate::{App, Parts, outage};
use domain::demand::clocks;
use domain::demand::lifecycle::{Expired, State};
use domain::problem::Violation;
use domain::values::RpwdlNumber;
use store::Tx;

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
            | State::Clarification(_)
            | State::ResolutionPrepared(_)
            | State::Rejected(_)
            | State::Withdrawn(_)
            | State::Revoked(_) => false,
        }
    }
}

impl App {
    /// The approved document in the caller's view. The grant and its entry are one transaction.
    #[tracing::instrument(name = "retrieve_demand", skip_all)]
    pub async fn retrieve_demand(
        &self,
        caller: &Caller,
        numbers: Numbers,
        trace_id: &str,
    ) -> Result<DemandView, Failure> {
        authorize_role(caller, Action::RetrieveDemand).map_err(Failure::Denied)?;
        let secret = secrets(&numbers)?;
        let (parts, asking, trace) = (self.inner.clone(), caller.clone(), trace_id.to_owned());
        let met = self
            .inner
            .store
            .transaction(move |tx| {
                let met = grant(tx, &parts, &asking, &secret, Opens::Approved)?;
                if matches!(met, Met::Agreed(_)) {
                    store::audit::append_all(tx, &entries_of_retrieval(&parts, &asking, &met, &trace))?;
                }
                Ok::<_, Failure>(met)
            })
            .await?;
        if matches!(met, Met::Disagreed(_)) {
            self.record_retrieval(caller, &met, trace_id).await?;
        }
        let demand = met.agreed().ok_or_else(nothing)?;
        self.kept(self.find_demand(caller, demand.id.into(), trace_id).await?).await
    }
}

/// What counts of the numbers; an RPWDL number is public and opens nothing here.
pub(crate) fn secrets(numbers: &Numbers) -> Result<Numbers, Failure> {
    let secret = Numbers { rpwdl: None::<RpwdlNumber>, ..numbers.clone() };
    if secret.count() < 2 {
        return Err(Failure::Refused(Refused::all(vec![Violation::whole(RETRIEVAL_PAIR)])));
    }
    Ok(secret)
}

/// Finds what the numbers open at this moment, as the terms that have run out leave it, and notes the grant.
pub(crate) fn grant(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    secret: &Numbers,
    opens: Opens,
) -> Result<Met, Failure> {
    let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
    let (space, now) = (&caller.space, parts.clock.now(&caller.space));
    let (found, holds) =
        (find_resolved(tx, parts, Some(space), secret)?, outage::holds(tx, parts, space, now)?);
    let met = found.only(|demand| opens.admits(&clocks::elapse(demand.clone(), &holds, now).document.state));
    if let Met::Agreed(subject) = &met {
        store::demand::grant(tx, subject.0.id, organisation, now)?;
    }
    Ok(met)
}

/// Unresolved, unknown, wrong and ended have one answer.
pub(crate) fn nothing() -> Failure {
    Failure::Refused(Refused::one(RETRIEVAL_NONE))
}
