//! What was entered from paper, whichever document it is: by what it is known again, and every version as it was entered.

use crate::schema::{paper_scans, released_papers};
use crate::sealing::{BlindIndex, KeyRing};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::SpaceId;
use domain::redacted::Redacted;

/// By what a paper is known again: the digest of its scan, or what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownBy {
    pub(crate) scan: BlindIndex,
    pub(crate) paper: BlindIndex,
}

impl KnownBy {
    pub fn of(ring: &KeyRing, scan_sha256: &str, about: &Redacted<String>) -> Self {
        Self {
            scan: ring.blind_index("paper-scan", scan_sha256),
            paper: ring.blind_index("paper", about.reveal()),
        }
    }
}

/// A document that was withdrawn, and with it let go of its paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    pub document_kind: String,
    pub document_id: String,
    pub released_at: DateTime<Utc>,
}

/// The document of the space that let go of this paper last: of the scan, or of what it is about.
pub fn released_as(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    known: &KnownBy,
) -> Result<Option<Released>, StoreError> {
    let row: Option<(String, String, NaiveDateTime)> = on_backend!(tx, |conn| released_papers::table
        .filter(released_papers::space.eq(space.as_str()))
        .filter(
            released_papers::scan_index
                .eq(known.scan.as_bytes())
                .or(released_papers::paper_index.eq(known.paper.as_bytes()))
        )
        .order((released_papers::released_at.desc(), released_papers::document_id.desc()))
        .select((released_papers::document_kind, released_papers::document_id, released_papers::released_at))
        .first(conn)
        .optional())?;
    Ok(row.map(|(document_kind, document_id, at)| Released {
        document_kind,
        document_id,
        released_at: timestamp::instant(at),
    }))
}

/// The constraint that lets one scan be of one paper, whichever kind of document was entered with it (PE-38, PE-39).
pub(crate) const SCANNED_ONCE: &str = "paper_scans_space_scan_index_key";

/// The scan is this document's and no other's.
pub(crate) fn claim_scan(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    document: &str,
    scan: &BlindIndex,
) -> Result<(), StoreError> {
    let index = paper_scans::scan_index.eq(scan.as_bytes());
    let row = (paper_scans::document_id.eq(document), paper_scans::space.eq(space.as_str()), index);
    on_backend!(tx, |conn| diesel::insert_into(paper_scans::table)
        .values(row)
        .on_conflict(paper_scans::document_id)
        .do_update()
        .set(index)
        .execute(conn))?;
    Ok(())
}

/// Another document may have the scan of this one.
pub(crate) fn give_up_scan(tx: &mut Tx<'_>, document: &str) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::delete(paper_scans::table.find(document)).execute(conn))?;
    Ok(())
}

pub(crate) fn keep_trace(
    tx: &mut Tx<'_>,
    (document, kind, space): (&str, &str, &str),
    (scan, paper): (&[u8], &[u8]),
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = (
        released_papers::document_id.eq(document),
        released_papers::document_kind.eq(kind),
        released_papers::space.eq(space),
        released_papers::scan_index.eq(scan),
        released_papers::paper_index.eq(paper),
        released_papers::released_at.eq(timestamp::column(at)),
    );
    on_backend!(tx, |conn| diesel::insert_into(released_papers::table).values(row).execute(conn))?;
    Ok(())
}

/// The document's bytes as they were entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredVersion {
    pub content_version: i32,
    pub entered_at: DateTime<Utc>,
    pub payload: Vec<u8>,
}

/// The queries of one type of document: its id, and its two tables with the column that holds that id.
macro_rules! papers {
    ($id:ty, $entries:ident, $versions:ident, $document:ident, once: $once:expr) => {
        use crate::schema::{$entries, $versions};
        use crate::sealing::{DataKey, Place};
        use crate::{StoreError, Tx, on_backend, timestamp};
        use chrono::{DateTime, NaiveDateTime, Utc};
        use diesel::prelude::*;
        use domain::ids::SpaceId;

        const ENTRIES: &str = stringify!($entries);
        const VERSIONS: &str = stringify!($versions);

        /// The constraints that let the same paper be entered once, as this kind of document or as another.
        const ONCE: [&str; 3] = $once;

        /// Whether the same paper was entered at that moment by somebody else.
        pub fn is_entered_twice(error: &StoreError) -> bool {
            ONCE.iter().any(|name| error.is_unique_violation_of(name))
        }

        /// The documents of the space that this paper is known as, the oldest first: by the scan, and by what it is about.
        pub fn entered_as(tx: &mut Tx<'_>, space: &SpaceId, known: &KnownBy) -> Result<Vec<$id>, StoreError> {
            let ids: Vec<String> = on_backend!(tx, |conn| $entries::table
                .filter($entries::space.eq(space.as_str()))
                .filter(
                    $entries::scan_index
                        .eq(known.scan.as_bytes())
                        .or($entries::paper_index.eq(known.paper.as_bytes()))
                )
                .order($entries::$document)
                .select($entries::$document)
                .load(conn))?;
            ids.iter().map(|id| <$id>::parse(id).ok_or_else(|| StoreError::corrupt(ENTRIES, id))).collect()
        }

        /// The document of the space that was entered with this very scan, whatever the paper is about.
        pub fn scanned_as(
            tx: &mut Tx<'_>,
            space: &SpaceId,
            known: &KnownBy,
        ) -> Result<Option<$id>, StoreError> {
            let id: Option<String> = on_backend!(tx, |conn| $entries::table
                .filter($entries::space.eq(space.as_str()))
                .filter($entries::scan_index.eq(known.scan.as_bytes()))
                .select($entries::$document)
                .first(conn)
                .optional())?;
            id.map(|id| <$id>::parse(&id).ok_or_else(|| StoreError::corrupt(ENTRIES, &id))).transpose()
        }

        /// Remembers by what the paper of this document is known; known of another, it is [`is_entered_twice`].
        pub fn remember(
            tx: &mut Tx<'_>,
            space: &SpaceId,
            document: $id,
            known: &KnownBy,
        ) -> Result<(), StoreError> {
            let id = document.to_string();
            crate::paper::claim_scan(tx, space, &id, &known.scan)?;
            let indexes = (
                $entries::scan_index.eq(known.scan.as_bytes()),
                $entries::paper_index.eq(known.paper.as_bytes()),
            );
            let row = ($entries::$document.eq(id), $entries::space.eq(space.as_str()), indexes);
            on_backend!(tx, |conn| diesel::insert_into($entries::table)
                .values(row)
                .on_conflict($entries::$document)
                .do_update()
                .set(indexes)
                .execute(conn))?;
            Ok(())
        }

        /// Lets go of the paper of this document, which is of that kind and was withdrawn then: it can be entered anew, and whoever
        /// does is told ([`crate::paper::released_as`]).
        pub fn release(
            tx: &mut Tx<'_>,
            document: $id,
            kind: &str,
            at: DateTime<Utc>,
        ) -> Result<(), StoreError> {
            let id = document.to_string();
            let known = $entries::table.find(&id);
            let columns = ($entries::space, $entries::scan_index, $entries::paper_index);
            let found: Option<(String, Vec<u8>, Vec<u8>)> =
                on_backend!(tx, |conn| known.select(columns).first(conn).optional())?;
            let Some((space, scan, paper)) = found else { return Ok(()) };
            on_backend!(tx, |conn| diesel::delete(known).execute(conn))?;
            crate::paper::give_up_scan(tx, &id)?;
            crate::paper::keep_trace(tx, (&id, kind, &space), (&scan, &paper), at)
        }

        fn line(document: $id, content_version: i32) -> String {
            format!("{document} {content_version}")
        }

        /// Keeps a version under the document's key.
        pub fn keep_version(
            tx: &mut Tx<'_>,
            key: &DataKey,
            document: $id,
            version: &EnteredVersion,
        ) -> Result<(), StoreError> {
            let place = line(document, version.content_version);
            let sealed = key.seal(Place::new(VERSIONS, "sealed", &place), &version.payload)?;
            let row = (
                $versions::$document.eq(document.to_string()),
                $versions::content_version.eq(version.content_version),
                $versions::entered_at.eq(timestamp::column(version.entered_at)),
                $versions::sealed.eq(sealed),
            );
            on_backend!(tx, |conn| diesel::insert_into($versions::table).values(row).execute(conn))?;
            Ok(())
        }

        /// Every version of the document that was entered, oldest first.
        pub fn versions(
            tx: &mut Tx<'_>,
            key: &DataKey,
            document: $id,
        ) -> Result<Vec<EnteredVersion>, StoreError> {
            let rows: Vec<(i32, NaiveDateTime, Vec<u8>)> = on_backend!(tx, |conn| $versions::table
                .filter($versions::$document.eq(document.to_string()))
                .order($versions::content_version)
                .select(($versions::content_version, $versions::entered_at, $versions::sealed))
                .load(conn))?;
            rows.into_iter()
                .map(|(content_version, entered_at, sealed)| {
                    let place = line(document, content_version);
                    let payload = key.open(Place::new(VERSIONS, "sealed", &place), &sealed)?;
                    Ok(EnteredVersion {
                        content_version,
                        entered_at: timestamp::instant(entered_at),
                        payload,
                    })
                })
                .collect()
        }
    };
}

pub(crate) use papers;
