//! Demands that were handed to a wholesaler, and what became of them.

use super::feed::{FeedPage, Place, Turned, told, turn};
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::demand::{DemandView, has_elapsed, load, view};
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::recorded::Read;
use crate::{App, Parts};
use domain::demand::model::DemandKind;
use domain::ids::DemandId;
use store::Tx;

/// What concerns the work of the wholesaler who holds it; that an expiry is lifted is told to many, and to the holder as the
/// hand-over that comes with it.
const TYPES: [&str; 6] = [
    "DemandHandedOver",
    "HandoverReturned",
    "DemandWithdrawn",
    "DemandRevoked",
    "DemandRealised",
    "DemandReopened",
];

impl App {
    /// What is no longer this wholesaler's stands in the feed without the demand, which is no refused attempt on it.
    #[tracing::instrument(name = "list_supply_demands", skip_all)]
    pub async fn supply_feed(
        &self,
        caller: &Caller,
        after: i64,
        limit: u16,
        trace_id: &str,
    ) -> Result<Read<FeedPage<DemandId, DemandView>>, Failure> {
        authorize_role(caller, Action::ReadSupplyFeed).map_err(Failure::Denied)?;
        let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        let place = Place { after, limit };
        loop {
            let (parts, asking) = (self.inner.clone(), caller.clone());
            let turned = self.inner.store.read_snapshot(move |tx| {
                let kinds = DemandKind::ALL.map(DemandKind::name);
                let told = told(tx, &asking, organisation, (&kinds, &TYPES), place)?;
                turn(told, place, DemandId::parse, |id| seen(tx, &parts, &asking, id))
            });
            match turned.await? {
                Turned::Whole(page) => {
                    return Ok(self.with_record(caller, "list_supply_demands", page, trace_id));
                }
                Turned::Due(due) => {
                    for id in due {
                        self.apply_elapsed(id).await?;
                    }
                }
            }
        }
    }
}

/// The demand as the wholesaler who holds it sees it; `None` while a term that ran out is not applied. Once it is
/// another's it is not shown here, whoever may still read it.
fn seen(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    id: DemandId,
) -> Result<Option<DemandView>, Failure> {
    let now = parts.clock.now(&caller.space);
    let seen = load(tx, parts, caller, id.into())?;
    if has_elapsed(tx, parts, &seen.loaded.demand, now)? {
        return Ok(None);
    }
    let relation = seen.admit(caller, None)?;
    if relation != Relation::HoldingWholesaler {
        return Err(Failure::NotFound);
    }
    view::build(tx, parts, relation, &seen.loaded.demand, now).map(Some)
}
