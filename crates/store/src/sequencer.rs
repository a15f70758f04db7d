//! Gives committed events and audit entries their numbers, so that no reader passes one that commits late.
//!
//! Numbers are given in one transaction at a time, under a lease whose row stays locked: whoever sees
//! number n sees every smaller one. Nodes may all run it; one of them works.

use crate::audit::chain::{self, Head};
use crate::schema::{audit, events, sequences};
use crate::statement::statement;
use crate::{Store, StoreError, Tx, leases, on_backend};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};
use std::time::Duration;
use tokio::task::JoinHandle;

pub(crate) const AUDIT: &str = "audit";
pub(crate) const EVENTS: &str = "events";
const LEASE: &str = "sequencer";

/// Numbers given in one transaction; it stays short, because the lease's row is locked for so long.
const PAGE: i64 = 2000;

/// One node's sequencer.
#[derive(Clone, Debug)]
pub struct Sequencer {
    /// Names this node among others.
    pub holder: String,
    /// After how long another node takes over from one that fell silent.
    pub lease: TimeDelta,
}

/// How many were numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub events: usize,
    pub entries: usize,
}

statement! {
    NumberEvents [] for (Pg Sqlite) {
        "UPDATE events SET seq = waiting.seq FROM (SELECT ordinal, row_number() OVER (ORDER BY ordinal) + "
        [last: BigInt = i64]
        " AS seq FROM events WHERE seq IS NULL ORDER BY ordinal LIMIT " [limit: BigInt = i64]
        ") AS waiting WHERE events.ordinal = waiting.ordinal AND events.seq IS NULL"
    }
}

statement! {
    NumberAudience [] for (Pg Sqlite) {
        "UPDATE event_audience SET seq = events.seq FROM events \
         WHERE events.id = event_audience.event_id AND events.seq > " [last: BigInt = i64]
    }
}

statement! {
    MoveHead ['a] for (Pg Sqlite) {
        "UPDATE sequences SET last = " [last: BigInt = i64] ", chain = " [chain: Binary = &'a [u8]]
        " WHERE name = " [name: Text = &'a str] " AND last = " [was: BigInt = i64]
    }
}

impl Sequencer {
    pub fn new(holder: impl Into<String>) -> Self {
        Self { holder: holder.into(), lease: TimeDelta::seconds(5) }
    }

    /// Numbers what is committed, at most a page of each; nothing while another node has the lease.
    pub fn run_once(&self, tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<Counts, StoreError> {
        if !leases::acquire(tx, LEASE, &self.holder, now, now + self.lease)? {
            return Ok(Counts::default());
        }
        Ok(Counts { events: number_events(tx)?, entries: number_entries(tx)? })
    }
}

/// Runs the sequencer every `interval` until the store closes. An idle round is one read.
pub fn spawn(
    store: Store,
    sequencer: Sequencer,
    interval: Duration,
    clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut closing = store.closing();
        loop {
            match round(&store, &sequencer, clock()).await {
                Ok(true) => {}
                Ok(false) => {
                    if tokio::time::timeout(interval, closing.wait_for(|closing| *closing)).await.is_ok() {
                        return;
                    }
                }
                Err(failure) => {
                    tracing::warn!(sequencer.failure = %failure, "numbering failed; the next round tries again");
                    if tokio::time::timeout(interval, closing.wait_for(|closing| *closing)).await.is_ok() {
                        return;
                    }
                }
            }
        }
    })
}

/// Whether a full page was numbered, so that more may wait.
async fn round(store: &Store, sequencer: &Sequencer, now: DateTime<Utc>) -> Result<bool, StoreError> {
    if !store.read(anything_waits).await? {
        return Ok(false);
    }
    let sequencer = sequencer.clone();
    let counts = store.transaction(move |tx| sequencer.run_once(tx, now)).await?;
    let full = usize::try_from(PAGE).unwrap_or(usize::MAX);
    Ok(counts.events == full || counts.entries == full)
}

fn anything_waits(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let audit = exists(audit::table.filter(audit::seq.is_null()));
    let events = exists(events::table.filter(events::seq.is_null()));
    Ok(on_backend!(tx, |conn| diesel::select(audit.or(events)).get_result(conn))?)
}

/// The last number given and the chain at it.
pub(crate) fn head(tx: &mut Tx<'_>, name: &'static str) -> Result<Head, StoreError> {
    let (last, chain) = on_backend!(tx, |conn| sequences::table
        .find(name)
        .select((sequences::last, sequences::chain))
        .first(conn))?;
    Ok(Head { last, chain })
}

fn number_events(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    let Head { last, chain } = head(tx, EVENTS)?;
    let numbered = on_backend!(tx, |conn| NumberEvents { last, limit: PAGE }.execute(conn))?;
    if numbered > 0 {
        on_backend!(tx, |conn| NumberAudience { last }.execute(conn))?;
        let moved = Head { last: last + i64::try_from(numbered).unwrap_or(i64::MAX), chain };
        move_head(tx, EVENTS, last, &moved)?;
    }
    Ok(numbered)
}

fn number_entries(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    let mut head = head(tx, AUDIT)?;
    let was = head.last;
    let numbered = chain::extend(tx, &mut head, PAGE)?;
    if numbered > 0 {
        move_head(tx, AUDIT, was, &head)?;
    }
    Ok(numbered)
}

/// Guarded by the number that was read: two sequencers cannot give the same numbers.
fn move_head(tx: &mut Tx<'_>, name: &'static str, was: i64, head: &Head) -> Result<(), StoreError> {
    let statement = MoveHead { last: head.last, chain: &head.chain, name, was };
    let moved = on_backend!(tx, |conn| statement.execute(conn))?;
    if moved == 1 { Ok(()) } else { Err(StoreError::Busy) }
}
