//! Finds every entry that was edited, removed or added behind the back of the service.

use super::chain::link;
use super::entry::{Columns, sha256};
use super::roots::{Root, merkle_root};
use crate::schema::{audit, audit_roots};
use crate::sequencer;
use crate::{Store, StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use std::collections::{BTreeSet, VecDeque};

/// Entries looked at in one statement.
const PAGE: i64 = 1000;

/// What is wrong with the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The digest is not that of the bytes; without a number the entry still waits for one.
    Digest { id: String, seq: Option<i64> },
    /// The columns do not say what the bytes say.
    Columns { id: String, seq: Option<i64> },
    /// The entry has a number that the sequencer never gives.
    Number { id: String, seq: i64 },
    /// The entry does not continue the chain.
    Chain { seq: i64 },
    /// The numbers `first..=last` are missing.
    Missing { first: i64, last: i64 },
    /// The chain does not end where the sequencer ended it.
    Head { expected: i64, found: i64 },
    /// The root is not that of the entries, or does not follow the root before it.
    Root { last_seq: i64 },
    /// The signature of the root does not verify.
    Signature { last_seq: i64 },
    /// Old entries from `first` to `last` that no root covers: roots were removed, or none was made since.
    Unrooted { first: i64, last: i64 },
    /// A root that was kept elsewhere is not among the stored ones.
    Kept { last_seq: i64 },
}

/// What outsiders know of the audit. Without it whoever owns the database may remove the roots and rewrite the rest.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// Numbered entries of before this instant must be under a root.
    pub rooted_until: Option<DateTime<Utc>>,
    /// Roots that were kept elsewhere, their signatures verified.
    pub roots: Vec<Root>,
}

/// The outcome of a check of the whole audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries that have a number.
    pub sequenced: u64,
    /// Entries that the sequencer has not come to; seconds old in a healthy service. The chain says
    /// nothing about them.
    pub unsequenced: u64,
    pub roots: u64,
    pub faults: Vec<Fault>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit)]
struct StoredRow {
    ordinal: i64,
    #[diesel(embed)]
    columns: Columns,
    bytes: Vec<u8>,
    digest: Vec<u8>,
    seq: Option<i64>,
    chain: Option<Vec<u8>>,
}

/// Checks digests, columns, numbers, chain and roots on one view of the database. `check` gets the
/// bytes of [`Root::signed_bytes`] and the signature.
pub async fn verify(
    store: &Store,
    expected: Expected,
    check: impl Fn(&[u8], &[u8]) -> bool + Send + 'static,
) -> Result<Report, StoreError> {
    store
        .read_snapshot(move |tx| {
            let roots: Vec<Root> = on_backend!(tx, |conn| audit_roots::table
                .order(audit_roots::last_seq)
                .select(Root::as_select())
                .load(conn))?;
            let missing = missing_roots(&expected.roots, &roots);
            let strays = numbered_below_one(tx)?;
            let mut walk = Walk::new(roots, expected.rooted_until, &check);
            while let Some(page) = sequenced_after(tx, walk.seq)? {
                for row in &page {
                    walk.step(row)?;
                }
            }
            let mut ordinal = i64::MIN;
            while let Some(page) = unsequenced_after(tx, ordinal)? {
                for row in &page {
                    walk.look_at(row)?;
                    walk.report.unsequenced += 1;
                    ordinal = row.ordinal;
                }
            }
            let head = sequencer::head(tx, sequencer::AUDIT)?;
            let mut report = walk.end(&head.chain, head.last);
            report.faults.extend(missing.into_iter().chain(strays));
            Ok(report)
        })
        .await
}

/// The kept roots that are not stored, word for word.
fn missing_roots(kept: &[Root], stored: &[Root]) -> Vec<Fault> {
    let stored: BTreeSet<Vec<u8>> = stored.iter().map(Root::signed_bytes).collect();
    let missing = kept.iter().filter(|root| !stored.contains(&root.signed_bytes()));
    missing.map(|root| Fault::Kept { last_seq: root.last_seq }).collect()
}

/// The sequencer begins with 1, so a walk along its numbers never meets these.
fn numbered_below_one(tx: &mut Tx<'_>) -> Result<Vec<Fault>, StoreError> {
    let rows: Vec<(String, Option<i64>)> = on_backend!(tx, |conn| audit::table
        .filter(audit::seq.lt(1))
        .order(audit::seq)
        .limit(PAGE)
        .select((audit::id, audit::seq))
        .load(conn))?;
    Ok(rows.into_iter().map(|(id, seq)| Fault::Number { id, seq: seq.unwrap_or_default() }).collect())
}

fn sequenced_after(tx: &mut Tx<'_>, seq: i64) -> Result<Option<Vec<StoredRow>>, StoreError> {
    let page: Vec<StoredRow> = on_backend!(tx, |conn| audit::table
        .filter(audit::seq.gt(seq))
        .order(audit::seq)
        .limit(PAGE)
        .select(StoredRow::as_select())
        .load(conn))?;
    Ok((!page.is_empty()).then_some(page))
}

fn unsequenced_after(tx: &mut Tx<'_>, ordinal: i64) -> Result<Option<Vec<StoredRow>>, StoreError> {
    let page: Vec<StoredRow> = on_backend!(tx, |conn| audit::table
        .filter(audit::seq.is_null())
        .filter(audit::ordinal.gt(ordinal))
        .order(audit::ordinal)
        .limit(PAGE)
        .select(StoredRow::as_select())
        .load(conn))?;
    Ok((!page.is_empty()).then_some(page))
}

/// Walks along the numbers, remembering the link before.
struct Walk<'a, C> {
    seq: i64,
    chain: Vec<u8>,
    /// Roots not yet reached, and the digests since the root before.
    roots: VecDeque<Root>,
    rooted: i64,
    digests: Vec<Vec<u8>>,
    /// The first and the last old entry since the root before.
    rooted_until: Option<NaiveDateTime>,
    unrooted: Option<(i64, i64)>,
    check: &'a C,
    report: Report,
}

impl<'a, C: Fn(&[u8], &[u8]) -> bool> Walk<'a, C> {
    fn new(roots: Vec<Root>, rooted_until: Option<DateTime<Utc>>, check: &'a C) -> Self {
        Self {
            seq: 0,
            chain: Vec::new(),
            roots: roots.into(),
            rooted: 0,
            digests: Vec::new(),
            rooted_until: rooted_until.map(timestamp::column),
            unrooted: None,
            check,
            report: Report::default(),
        }
    }

    fn look_at(&mut self, row: &StoredRow) -> Result<(), StoreError> {
        let (id, seq) = (&row.columns.id, row.seq);
        if row.digest != sha256(&row.bytes) {
            self.report.faults.push(Fault::Digest { id: id.clone(), seq });
        }
        if row.bytes != row.columns.to_bytes()? {
            self.report.faults.push(Fault::Columns { id: id.clone(), seq });
        }
        Ok(())
    }

    fn step(&mut self, row: &StoredRow) -> Result<(), StoreError> {
        // SQLite keeps numbers that are no integers too; rounded, they would lead the walk back.
        let seq = row.seq.filter(|seq| *seq > self.seq);
        let seq = seq.ok_or_else(|| StoreError::corrupt("audit", &row.columns.id))?;
        self.look_at(row)?;
        if seq != self.seq + 1 {
            self.report.faults.push(Fault::Missing { first: self.seq + 1, last: seq - 1 });
            self.reach_roots(seq - 1);
        } else if row.chain.as_deref() != Some(link(&self.chain, &row.digest).as_slice()) {
            self.report.faults.push(Fault::Chain { seq });
        }
        // The stored link goes on, so that one fault is not reported at every later entry.
        self.chain = row.chain.clone().unwrap_or_default();
        self.seq = seq;
        self.report.sequenced += 1;
        self.digests.push(row.digest.clone());
        if self.rooted_until.is_some_and(|until| row.columns.at < until) {
            self.unrooted = Some((self.unrooted.map_or(seq, |(first, _)| first), seq));
        }
        self.reach_roots(seq);
        Ok(())
    }

    fn reach_roots(&mut self, seq: i64) {
        while let Some(root) = self.roots.pop_front_if(|root| root.last_seq <= seq) {
            let digests = std::mem::take(&mut self.digests);
            self.unrooted = None;
            self.report.roots += 1;
            if root.first_seq != self.rooted + 1 || root.root != merkle_root(&digests) {
                self.report.faults.push(Fault::Root { last_seq: root.last_seq });
            }
            if !(self.check)(&root.signed_bytes(), &root.signature) {
                self.report.faults.push(Fault::Signature { last_seq: root.last_seq });
            }
            self.rooted = root.last_seq;
        }
    }

    fn end(mut self, chain: &[u8], last: i64) -> Report {
        if self.seq != last || self.chain != chain {
            self.report.faults.push(Fault::Head { expected: last, found: self.seq });
        }
        // A root over entries beyond the last one stored: they were removed.
        self.reach_roots(i64::MAX);
        if let Some((first, last)) = self.unrooted {
            self.report.faults.push(Fault::Unrooted { first, last });
        }
        self.report
    }
}
