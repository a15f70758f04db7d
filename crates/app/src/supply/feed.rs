//! The wholesaler's gap-free feed: a filtered view of the sequenced events.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::DemandView;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use chrono::{DateTime, Utc};
use domain::ids::DemandId;

/// What concerns a wholesaler's work.
const TYPES: [&str; 7] = [
    "DemandHandedOver",
    "HandoverReturned",
    "DemandWithdrawn",
    "DemandRevoked",
    "DemandRealised",
    "DemandReopened",
    "ExpiryLifted",
];

/// One change, with the demand as it is now when it still is this wholesaler's.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedItem {
    pub seq: i64,
    pub kind: String,
    pub at: DateTime<Utc>,
    pub demand_id: DemandId,
    pub demand: Option<DemandView>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FeedPage {
    pub items: Vec<FeedItem>,
    /// Ask `after` this next; the same when nothing is new.
    pub next_after: i64,
    pub has_more: bool,
}

impl App {
    #[tracing::instrument(name = "list_supply_demands", skip_all)]
    pub async fn supply_feed(
        &self,
        caller: &Caller,
        after: i64,
        limit: u16,
        trace_id: &str,
    ) -> Result<FeedPage, Failure> {
        authorize_role(caller, Action::ReadSupplyFeed).map_err(Failure::Denied)?;
        let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        let space = caller.space.clone();
        let told = self
            .inner
            .store
            .read(move |tx| {
                let audience = format!("org:{organisation}");
                let wanted = i64::from(limit) + 1;
                store::outbox::list_after(tx, &space, &[&audience], Some(&TYPES), after, wanted)
            })
            .await?;
        let has_more = told.len() > usize::from(limit);
        let mut items = Vec::with_capacity(told.len());
        for event in told.into_iter().take(usize::from(limit)) {
            let Some(id) = DemandId::parse(&event.document_id) else { continue };
            let demand = match self.find_held_demand(caller, id, trace_id).await {
                Ok(view) => view,
                Err(Failure::NotFound) => None,
                Err(failure) => return Err(failure),
            };
            items.push(FeedItem { seq: event.seq, kind: event.kind, at: event.at, demand_id: id, demand });
        }
        let next_after = items.last().map_or(after, |item| item.seq);
        Ok(FeedPage { items, next_after, has_more })
    }
}
