//! The wholesaler's gap-free feed: a filtered view of the sequenced events.

use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::demand::{DemandView, has_elapsed, load, view};
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::recorded::{AccessRecord, Read};
use crate::{App, Parts};
use chrono::{DateTime, Utc};
use domain::ids::{DemandId, OrganisationId};
use store::Tx;
use store::outbox::ToldEvent;

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

/// A page as it was read: complete, or with demands whose terms have to be applied first.
enum Turned {
    Whole(FeedPage),
    Due(Vec<DemandId>),
}

impl App {
    /// What is no longer this wholesaler's stands in the feed without the demand, which is no refused attempt on it.
    #[tracing::instrument(name = "list_supply_demands", skip_all)]
    pub async fn supply_feed(
        &self,
        caller: &Caller,
        after: i64,
        limit: u16,
        trace_id: &str,
    ) -> Result<Read<FeedPage>, Failure> {
        authorize_role(caller, Action::ReadSupplyFeed).map_err(Failure::Denied)?;
        let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        loop {
            let (parts, asking) = (self.inner.clone(), caller.clone());
            let turned = self.inner.store.read_snapshot(move |tx| {
                let told = told(tx, &asking, organisation, after, limit)?;
                turn(tx, &parts, &asking, told, after, limit)
            });
            match turned.await? {
                Turned::Whole(page) => return Ok(self.with_record(caller, page, trace_id)),
                Turned::Due(due) => {
                    for id in due {
                        self.apply_elapsed(id).await?;
                    }
                }
            }
        }
    }

    /// A page is one entry; one without changes tells nothing, however often it is asked for.
    fn with_record(&self, caller: &Caller, page: FeedPage, trace_id: &str) -> Read<FeedPage> {
        let record = if page.items.is_empty() {
            AccessRecord::of(Vec::new())
        } else {
            self.record_of_list(caller, "list_supply_demands", trace_id, None)
        };
        Read { told: page, record }
    }
}

fn told(
    tx: &mut Tx<'_>,
    caller: &Caller,
    organisation: OrganisationId,
    after: i64,
    limit: u16,
) -> Result<Vec<ToldEvent>, Failure> {
    let audience = format!("org:{organisation}");
    let wanted = i64::from(limit) + 1;
    Ok(store::outbox::list_after(tx, &caller.space, &[&audience], Some(&TYPES), after, wanted)?)
}

fn turn(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    told: Vec<ToldEvent>,
    after: i64,
    limit: u16,
) -> Result<Turned, Failure> {
    let has_more = told.len() > usize::from(limit);
    let (mut items, mut due) = (Vec::with_capacity(told.len()), Vec::new());
    for event in told.into_iter().take(usize::from(limit)) {
        let Some(id) = DemandId::parse(&event.document_id) else { continue };
        let demand = match seen(tx, parts, caller, id) {
            Ok(Some(view)) => Some(view),
            Ok(None) => {
                due.push(id);
                None
            }
            Err(Failure::NotFound) => None,
            Err(failure) => return Err(failure),
        };
        items.push(FeedItem { seq: event.seq, kind: event.kind, at: event.at, demand_id: id, demand });
    }
    if !due.is_empty() {
        return Ok(Turned::Due(due));
    }
    let next_after = items.last().map_or(after, |item| item.seq);
    Ok(Turned::Whole(FeedPage { items, next_after, has_more }))
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
    if has_elapsed(tx, &seen.loaded.demand, now)? {
        return Ok(None);
    }
    let relation = seen.admit(caller, None)?;
    if relation != Relation::HoldingWholesaler {
        return Err(Failure::NotFound);
    }
    view::build(tx, relation, &seen.loaded.demand, now).map(Some)
}
