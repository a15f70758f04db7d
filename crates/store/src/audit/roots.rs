//! Hourly Merkle roots over the chain's digests (tree of RFC 9162 §2.1.1), signed for outsiders.

use super::entry::sha256;
use crate::schema::{audit, audit_roots};
use crate::sequencer;
use crate::{StoreError, Tx, on_backend, timestamp};
use aws_lc_rs::digest::{Context, SHA256};
use chrono::{DateTime, DurationRound, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use serde::Deserialize;

const HOUR: &str = "%Y-%m-%dT%H:%M:%SZ";

/// A signed root over the entries `first_seq..=last_seq`, all that was numbered since the root before.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_roots)]
pub struct Root {
    /// The beginning of the hour at whose end the root was made.
    pub hour: NaiveDateTime,
    pub first_seq: i64,
    pub last_seq: i64,
    pub root: Vec<u8>,
    pub signature: Vec<u8>,
}

impl Root {
    /// The bytes that are signed, in canonical JSON (RFC 8785).
    pub fn signed_bytes(&self) -> Vec<u8> {
        format!(
            r#"{{"firstSeq":{},"hour":"{}","lastSeq":{},"root":"{}"}}"#,
            self.first_seq,
            self.hour.format(HOUR),
            self.last_seq,
            hex::encode(&self.root)
        )
        .into_bytes()
    }

    /// Reads the signed bytes back; `None` unless they are those of a root.
    pub fn from_signed(bytes: &[u8], signature: Vec<u8>) -> Option<Self> {
        let signed: Signed = serde_json::from_slice(bytes).ok()?;
        let root = Self {
            hour: NaiveDateTime::parse_from_str(&signed.hour, HOUR).ok()?,
            first_seq: signed.first_seq,
            last_seq: signed.last_seq,
            root: hex::decode(signed.root).ok()?,
            signature,
        };
        (root.signed_bytes() == bytes).then_some(root)
    }
}

/// The members of the bytes that are signed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Signed {
    first_seq: i64,
    hour: String,
    last_seq: i64,
    root: String,
}

/// Makes and signs the root of the last full hour before `now`; `None` when it exists or nothing was
/// numbered since. `sign` gets the bytes of [`Root::signed_bytes`].
pub fn sign_root(
    tx: &mut Tx<'_>,
    now: DateTime<Utc>,
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, StoreError>,
) -> Result<Option<Root>, StoreError> {
    let this_hour = now.duration_trunc(TimeDelta::hours(1)).map_err(StoreError::unavailable)?;
    let hour = timestamp::column(this_hour - TimeDelta::hours(1));
    let latest: Option<(NaiveDateTime, i64)> = on_backend!(tx, |conn| audit_roots::table
        .order(audit_roots::last_seq.desc())
        .select((audit_roots::hour, audit_roots::last_seq))
        .first(conn)
        .optional())?;
    let covered = latest.map_or(0, |(_, last)| last);
    let head = sequencer::head(tx, sequencer::AUDIT)?;
    if latest.is_some_and(|(latest, _)| latest >= hour) || head.last == covered {
        return Ok(None);
    }
    let digests: Vec<Vec<u8>> = on_backend!(tx, |conn| audit::table
        .filter(audit::seq.gt(covered))
        .filter(audit::seq.le(head.last))
        .order(audit::seq)
        .select(audit::digest)
        .load(conn))?;
    let mut root = Root {
        hour,
        first_seq: covered + 1,
        last_seq: head.last,
        root: merkle_root(&digests),
        signature: Vec::new(),
    };
    root.signature = sign(&root.signed_bytes())?;
    let inserted = on_backend!(tx, |conn| diesel::insert_into(audit_roots::table)
        .values(&root)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok((inserted == 1).then_some(root))
}

/// Leaves are `SHA-256(0 ‖ digest)`, nodes `SHA-256(1 ‖ left ‖ right)`. A node without a neighbour goes
/// up as it is, which gives the tree of the RFC.
pub(super) fn merkle_root(digests: &[Vec<u8>]) -> Vec<u8> {
    let mut level: Vec<Vec<u8>> = digests.iter().map(|digest| hash(0, &[digest])).collect();
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => hash(1, &[left, right]),
                alone => alone.concat(),
            })
            .collect();
    }
    level.pop().unwrap_or_else(|| sha256(b""))
}

fn hash(prefix: u8, parts: &[&Vec<u8>]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(&[prefix]);
    for part in parts {
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_read_back_from_its_signed_bytes_and_from_no_others() {
        let hour = DateTime::from_timestamp(1_780_002_000, 0).unwrap_or_default().naive_utc();
        let root = Root { hour, first_seq: 1, last_seq: 7, root: vec![7; 32], signature: vec![1] };
        let mut signed = root.signed_bytes();
        assert_eq!(Root::from_signed(&signed, vec![1]), Some(root));
        signed.push(b' ');
        assert_eq!(Root::from_signed(&signed, vec![1]), None);
    }

    #[test]
    fn three_leaves_make_the_tree_of_the_rfc() {
        let digests: Vec<Vec<u8>> = (0_u8..3).map(|n| vec![n; 32]).collect();
        let leaves: Vec<Vec<u8>> = digests.iter().map(|digest| hash(0, &[digest])).collect();
        let [a, b, c] = leaves.as_slice() else { unreachable!("three leaves were made") };
        assert_eq!(merkle_root(&digests), hash(1, &[&hash(1, &[a, b]), c]));
        assert_eq!(merkle_root(&[]), sha256(b""));
    }
}
