//! Numbers committed entries and chains their digests: `h(n) = SHA-256(h(n−1) ‖ digest(n))`, `h(0)` empty.

use crate::schema::audit;
use crate::statement::statement;
use crate::{StoreError, Tx};
use aws_lc_rs::digest::{Context, SHA256};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Text};

pub(super) fn link(previous: &[u8], digest: &[u8]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(previous);
    context.update(digest);
    context.finish().as_ref().to_vec()
}

/// Where the chain ends.
pub(crate) struct Head {
    pub(crate) last: i64,
    pub(crate) chain: Vec<u8>,
}

statement! {
    NumberOnPostgres ['a] for (Pg) {
        "UPDATE audit SET seq = given.seq, chain = given.chain FROM unnest("
        [ordinals: Array<BigInt> = &'a [i64]] ", " [seqs: Array<BigInt> = &'a [i64]] ", "
        [chains: Array<Binary> = &'a [Vec<u8>]]
        ") AS given (ordinal, seq, chain) WHERE audit.ordinal = given.ordinal AND audit.seq IS NULL"
    }
}

statement! {
    /// SQLite binds no arrays; the triples come as JSON.
    NumberOnSqlite ['a] for (Sqlite) {
        "UPDATE audit SET seq = given.seq, chain = given.chain FROM (SELECT value ->> 0 AS ordinal, value ->> 1 AS seq, \
         unhex(value ->> 2) AS chain FROM json_each(" [given: Text = &'a str]
        ")) AS given WHERE audit.ordinal = given.ordinal AND audit.seq IS NULL"
    }
}

/// Numbers up to `limit` committed entries after `head`, moves it, and tells how many.
pub(crate) fn extend(tx: &mut Tx<'_>, head: &mut Head, limit: i64) -> Result<usize, StoreError> {
    let waiting: Vec<(i64, Vec<u8>)> = crate::on_backend!(tx, |conn| audit::table
        .filter(audit::seq.is_null())
        .order(audit::ordinal)
        .limit(limit)
        .select((audit::ordinal, audit::digest))
        .load(conn))?;
    let (mut ordinals, mut seqs, mut chains) = (Vec::new(), Vec::new(), Vec::new());
    for (ordinal, digest) in &waiting {
        head.last += 1;
        head.chain = link(&head.chain, digest);
        ordinals.push(*ordinal);
        seqs.push(head.last);
        chains.push(head.chain.clone());
    }
    if waiting.is_empty() {
        return Ok(0);
    }
    let numbered = match tx {
        Tx::Postgres(conn) => {
            NumberOnPostgres { ordinals: &ordinals, seqs: &seqs, chains: &chains }.execute(*conn)?
        }
        Tx::Sqlite(conn) => {
            let given: Vec<(i64, i64, String)> = ordinals
                .iter()
                .zip(&seqs)
                .zip(&chains)
                .map(|((ordinal, seq), chain)| (*ordinal, *seq, hex::encode(chain)))
                .collect();
            let given = serde_json::to_string(&given).map_err(StoreError::unavailable)?;
            NumberOnSqlite { given: &given }.execute(*conn)?
        }
    };
    if numbered == waiting.len() { Ok(numbered) } else { Err(StoreError::corrupt("audit", head.last)) }
}
