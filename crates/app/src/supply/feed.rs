//! The wholesaler's gap-free feeds: filtered views of the sequenced events.

use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::{AccessRecord, Read};
use chrono::{DateTime, Utc};
use domain::ids::OrganisationId;
use store::Tx;
use store::outbox::ToldEvent;

/// One change, with the document as it is now when it still is this wholesaler's.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedItem<Id, View> {
    pub seq: i64,
    pub kind: String,
    pub at: DateTime<Utc>,
    pub id: Id,
    pub document: Option<View>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FeedPage<Id, View> {
    pub items: Vec<FeedItem<Id, View>>,
    /// Ask `after` this next; the same when nothing is new.
    pub next_after: i64,
    pub has_more: bool,
}

/// A page as it was read: complete, or with documents whose terms have to be applied first.
pub(super) enum Turned<Id, View> {
    Whole(FeedPage<Id, View>),
    Due(Vec<Id>),
}

/// Where a page begins, and how long it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub after: i64,
    pub limit: u16,
}

/// The next events of these types about documents of these kinds, one more than the page holds.
pub(super) fn told(
    tx: &mut Tx<'_>,
    caller: &Caller,
    organisation: OrganisationId,
    (kinds, types): (&[&str], &[&str]),
    place: Place,
) -> Result<Vec<ToldEvent>, Failure> {
    let audience = format!("org:{organisation}");
    let of = store::outbox::Of { kinds, types };
    let wanted = i64::from(place.limit) + 1;
    Ok(store::outbox::list_after(tx, &caller.space, &[&audience], Some(of), place.after, wanted)?)
}

/// The page, with each document as `seen` shows it: `None` while a term that ran out is not applied.
pub(super) fn turn<Id: Copy, View>(
    told: Vec<ToldEvent>,
    place: Place,
    parse: impl Fn(&str) -> Option<Id>,
    mut seen: impl FnMut(Id) -> Result<Option<View>, Failure>,
) -> Result<Turned<Id, View>, Failure> {
    let has_more = told.len() > usize::from(place.limit);
    let (mut items, mut due) = (Vec::with_capacity(told.len()), Vec::new());
    for event in told.into_iter().take(usize::from(place.limit)) {
        let Some(id) = parse(&event.document_id) else { continue };
        let document = match seen(id) {
            Ok(Some(view)) => Some(view),
            Ok(None) => {
                due.push(id);
                None
            }
            Err(Failure::NotFound) => None,
            Err(failure) => return Err(failure),
        };
        items.push(FeedItem { seq: event.seq, kind: event.kind, at: event.at, id, document });
    }
    if !due.is_empty() {
        return Ok(Turned::Due(due));
    }
    let next_after = items.last().map_or(place.after, |item| item.seq);
    Ok(Turned::Whole(FeedPage { items, next_after, has_more }))
}

impl App {
    /// A page is one entry; one without changes tells nothing, however often it is asked for.
    pub(super) fn with_record<Id, View>(
        &self,
        caller: &Caller,
        operation: &'static str,
        page: FeedPage<Id, View>,
        trace_id: &str,
    ) -> Read<FeedPage<Id, View>> {
        let record = if page.items.is_empty() {
            AccessRecord::of(Vec::new())
        } else {
            self.record_of_list(caller, operation, trace_id, None)
        };
        Read { told: page, record }
    }
}
