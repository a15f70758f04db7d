//! What has happened, told to those whom it concerns: the feed from which webhooks and mail are made.

use crate::schema::{event_audience, events};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::{EventId, SpaceId};
use serde_json::Value;

/// Rows of one INSERT: far below the limit of parameters of either database.
const ROWS: usize = 500;

/// An event to be told. The payload names no patient.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    pub id: EventId,
    pub space: SpaceId,
    /// Past tense, e.g. `DemandSubmitted`.
    pub kind: String,
    /// The version of the payload's shape, from 1.
    pub version: i32,
    pub document_kind: String,
    pub document_id: String,
    pub at: DateTime<Utc>,
    pub payload: Value,
    /// Whom it concerns: `org:<id>`, `person:NPWZ:<number>`, `role:<ROLE>`.
    pub audience: Vec<String>,
}

/// An event of the feed.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldEvent {
    pub seq: i64,
    pub id: EventId,
    pub space: SpaceId,
    pub kind: String,
    pub version: i32,
    pub document_kind: String,
    pub document_id: String,
    pub at: DateTime<Utc>,
    pub payload: Value,
}

#[derive(Insertable)]
#[diesel(table_name = events)]
struct NewEventRow<'a> {
    id: String,
    space: &'a str,
    kind: &'a str,
    version: i32,
    document_kind: &'a str,
    document_id: &'a str,
    at: NaiveDateTime,
    payload: &'a Value,
}

#[derive(Insertable)]
#[diesel(table_name = event_audience)]
struct NewAudienceRow<'a> {
    event_id: String,
    audience: &'a str,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = events)]
struct EventRow {
    id: String,
    space: String,
    kind: String,
    version: i32,
    document_kind: String,
    document_id: String,
    at: NaiveDateTime,
    payload: Value,
    seq: Option<i64>,
}

/// Adds an event to the transaction; the feed shows it once the sequencer has numbered it.
pub fn append(tx: &mut Tx<'_>, event: &NewEvent) -> Result<(), StoreError> {
    append_all(tx, std::slice::from_ref(event))
}

/// Adds many events at once. Those of one document keep their order in the feed.
pub fn append_all(tx: &mut Tx<'_>, new: &[NewEvent]) -> Result<(), StoreError> {
    let rows: Vec<NewEventRow<'_>> = new.iter().map(NewEventRow::of).collect();
    for some in rows.chunks(ROWS) {
        on_backend!(tx, |conn| diesel::insert_into(events::table).values(some).execute(conn))?;
    }
    let audience: Vec<NewAudienceRow<'_>> = new.iter().flat_map(NewAudienceRow::of).collect();
    for some in audience.chunks(ROWS) {
        on_backend!(tx, |conn| diesel::insert_into(event_audience::table).values(some).execute(conn))?;
    }
    Ok(())
}

/// Everything told of a document, oldest first; what is not numbered yet has the number 0.
pub fn list_of_document(tx: &mut Tx<'_>, document_id: &str) -> Result<Vec<ToldEvent>, StoreError> {
    let rows: Vec<EventRow> = on_backend!(tx, |conn| events::table
        .filter(events::document_id.eq(document_id))
        .order(events::ordinal)
        .select(EventRow::as_select())
        .load(conn))?;
    let numbered = |row: EventRow| EventRow { seq: row.seq.or(Some(0)), ..row };
    rows.into_iter().map(|row| numbered(row).try_into()).collect()
}

/// Kinds of documents and types of events.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    pub kinds: &'a [&'a str],
    pub types: &'a [&'a str],
}

/// Up to `limit` events after the number `after` for any of the audiences, of the given types or of all,
/// in the order of their numbers: no gap appears later.
pub fn list_after(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    audiences: &[&str],
    of: Option<Of<'_>>,
    after: i64,
    limit: i64,
) -> Result<Vec<ToldEvent>, StoreError> {
    let rows: Vec<EventRow> = on_backend!(tx, |conn| {
        let mut query = event_audience::table
            .inner_join(events::table)
            .filter(event_audience::audience.eq_any(audiences))
            .filter(event_audience::seq.gt(after))
            .filter(events::space.eq(space.as_str()))
            .select((event_audience::seq, EventRow::as_select()))
            .distinct()
            .order(event_audience::seq)
            .limit(limit)
            .into_boxed();
        if let Some(of) = of {
            query =
                query.filter(events::kind.eq_any(of.types)).filter(events::document_kind.eq_any(of.kinds));
        }
        query.load::<(Option<i64>, EventRow)>(conn)
    })?
    .into_iter()
    .map(|(_, row)| row)
    .collect();
    rows.into_iter().map(ToldEvent::try_from).collect()
}

/// The greatest number that the feed shows now; 0 before the first.
pub fn latest_seq(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    Ok(crate::sequencer::head(tx, crate::sequencer::EVENTS)?.last)
}

impl<'a> NewEventRow<'a> {
    fn of(event: &'a NewEvent) -> Self {
        Self {
            id: event.id.to_string(),
            space: event.space.as_str(),
            kind: &event.kind,
            version: event.version,
            document_kind: &event.document_kind,
            document_id: &event.document_id,
            at: timestamp::column(event.at),
            payload: &event.payload,
        }
    }
}

impl<'a> NewAudienceRow<'a> {
    fn of(event: &'a NewEvent) -> impl Iterator<Item = Self> + 'a {
        let mut audience: Vec<&str> = event.audience.iter().map(String::as_str).collect();
        audience.sort_unstable();
        audience.dedup();
        audience.into_iter().map(|audience| Self { event_id: event.id.to_string(), audience })
    }
}

/// The columns of many events and of their audiences, each as one array.
#[derive(Default)]
pub(crate) struct EventArrays<'a> {
    pub(crate) ids: Vec<String>,
    pub(crate) spaces: Vec<&'a str>,
    pub(crate) kinds: Vec<&'a str>,
    pub(crate) versions: Vec<i32>,
    pub(crate) document_kinds: Vec<&'a str>,
    pub(crate) document_ids: Vec<&'a str>,
    pub(crate) ats: Vec<NaiveDateTime>,
    pub(crate) payloads: Vec<&'a Value>,
    pub(crate) event_ids: Vec<String>,
    pub(crate) audiences: Vec<&'a str>,
}

impl<'a> EventArrays<'a> {
    pub(crate) fn of(events: &'a [NewEvent]) -> Self {
        let mut arrays = Self::default();
        for event in events {
            arrays.ids.push(event.id.to_string());
            arrays.spaces.push(event.space.as_str());
            arrays.kinds.push(&event.kind);
            arrays.versions.push(event.version);
            arrays.document_kinds.push(&event.document_kind);
            arrays.document_ids.push(&event.document_id);
            arrays.ats.push(timestamp::column(event.at));
            arrays.payloads.push(&event.payload);
            for row in NewAudienceRow::of(event) {
                arrays.event_ids.push(row.event_id);
                arrays.audiences.push(row.audience);
            }
        }
        arrays
    }
}

impl TryFrom<EventRow> for ToldEvent {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt("events", &row.id);
        Ok(Self {
            seq: row.seq.ok_or_else(corrupt)?,
            id: EventId::parse(&row.id).ok_or_else(corrupt)?,
            space: SpaceId::parse(&row.space).ok_or_else(corrupt)?,
            kind: row.kind,
            version: row.version,
            document_kind: row.document_kind,
            document_id: row.document_id,
            at: timestamp::instant(row.at),
            payload: row.payload,
        })
    }
}
