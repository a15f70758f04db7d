//! What was entered from paper: by what it is known again, and every version as it was entered.

use crate::schema::{paper_entries, paper_versions};
use crate::sealing::{BlindIndex, DataKey, KeyRing, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::{DemandId, SpaceId};
use domain::redacted::Redacted;

const VERSIONS: &str = "paper_versions";

/// The constraints that let the same paper be entered once.
const ONCE: [&str; 2] = ["paper_entries_space_scan_index_key", "paper_entries_space_paper_index_key"];

/// By what a paper is known again: the digest of its scan, or what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownBy {
    scan: BlindIndex,
    paper: BlindIndex,
}

impl KnownBy {
    pub fn of(ring: &KeyRing, scan_sha256: &str, about: &Redacted<String>) -> Self {
        Self {
            scan: ring.blind_index("paper-scan", scan_sha256),
            paper: ring.blind_index("paper", about.reveal()),
        }
    }
}

/// Whether the same paper was entered at that moment by somebody else.
pub fn is_entered_twice(error: &StoreError) -> bool {
    ONCE.iter().any(|name| error.is_unique_violation_of(name))
}

/// The demands of the space that this paper is known as, the oldest first: by the scan, and by what it is about.
pub fn entered_as(tx: &mut Tx<'_>, space: &SpaceId, known: &KnownBy) -> Result<Vec<DemandId>, StoreError> {
    let ids: Vec<String> = on_backend!(tx, |conn| paper_entries::table
        .filter(paper_entries::space.eq(space.as_str()))
        .filter(
            paper_entries::scan_index
                .eq(known.scan.as_bytes())
                .or(paper_entries::paper_index.eq(known.paper.as_bytes()))
        )
        .order(paper_entries::demand_id)
        .select(paper_entries::demand_id)
        .load(conn))?;
    ids.iter().map(|id| DemandId::parse(id).ok_or_else(|| StoreError::corrupt("paper_entries", id))).collect()
}

/// Remembers by what the paper of this demand is known; known of another demand, it is [`is_entered_twice`].
pub fn remember(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    demand: DemandId,
    known: &KnownBy,
) -> Result<(), StoreError> {
    let indexes = (
        paper_entries::scan_index.eq(known.scan.as_bytes()),
        paper_entries::paper_index.eq(known.paper.as_bytes()),
    );
    let row =
        (paper_entries::demand_id.eq(demand.to_string()), paper_entries::space.eq(space.as_str()), indexes);
    on_backend!(tx, |conn| diesel::insert_into(paper_entries::table)
        .values(row)
        .on_conflict(paper_entries::demand_id)
        .do_update()
        .set(indexes)
        .execute(conn))?;
    Ok(())
}

/// Lets go of the paper of this demand, so that it can be entered anew.
pub fn forget(tx: &mut Tx<'_>, demand: DemandId) -> Result<(), StoreError> {
    let known = paper_entries::table.find(demand.to_string());
    on_backend!(tx, |conn| diesel::delete(known).execute(conn))?;
    Ok(())
}

/// The demand's bytes as they were entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredVersion {
    pub content_version: i32,
    pub entered_at: DateTime<Utc>,
    pub payload: Vec<u8>,
}

fn line(demand: DemandId, content_version: i32) -> String {
    format!("{demand} {content_version}")
}

/// Keeps a version under the document's key.
pub fn keep_version(
    tx: &mut Tx<'_>,
    key: &DataKey,
    demand: DemandId,
    version: &EnteredVersion,
) -> Result<(), StoreError> {
    let place = line(demand, version.content_version);
    let row = (
        paper_versions::demand_id.eq(demand.to_string()),
        paper_versions::content_version.eq(version.content_version),
        paper_versions::entered_at.eq(timestamp::column(version.entered_at)),
        paper_versions::sealed.eq(key.seal(Place::new(VERSIONS, "sealed", &place), &version.payload)?),
    );
    on_backend!(tx, |conn| diesel::insert_into(paper_versions::table).values(row).execute(conn))?;
    Ok(())
}

/// Every version of the demand that was entered, oldest first.
pub fn versions(tx: &mut Tx<'_>, key: &DataKey, demand: DemandId) -> Result<Vec<EnteredVersion>, StoreError> {
    let rows: Vec<(i32, NaiveDateTime, Vec<u8>)> = on_backend!(tx, |conn| paper_versions::table
        .filter(paper_versions::demand_id.eq(demand.to_string()))
        .order(paper_versions::content_version)
        .select((paper_versions::content_version, paper_versions::entered_at, paper_versions::sealed))
        .load(conn))?;
    rows.into_iter()
        .map(|(content_version, entered_at, sealed)| {
            let place = line(demand, content_version);
            let payload = key.open(Place::new(VERSIONS, "sealed", &place), &sealed)?;
            Ok(EnteredVersion { content_version, entered_at: timestamp::instant(entered_at), payload })
        })
        .collect()
}
