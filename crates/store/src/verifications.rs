//! Documents that the payer looks at, whichever they are: whoever submits one finishes it at once; what nobody finished is leased
//! by a worker.

use chrono::TimeDelta;

/// How long a worker has what it takes for the so manieth time.
pub type Lease = fn(i32) -> TimeDelta;

/// A document that is being verified, as whoever finishes it knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingVerification<I> {
    pub id: I,
    pub revision: i64,
    /// How often a worker has taken it, this time counted; none while whoever submitted it is at it.
    pub tries: i32,
}

/// Of the table `rows`, named `TABLE`.
macro_rules! lease_verifications {
    ($id:ident) => {
        /// An order that a worker has taken to finish its verification.
        pub type WaitingVerification = crate::verifications::WaitingVerification<$id>;

        /// Up to `limit` orders whose turn it is, the longest waiting first. Nobody else gets them while the lease of so many
        /// tries lasts: the turn itself is the lease, so that those of a worker that fell silent come back, and what cannot be
        /// finished comes back ever more seldom. Real time.
        pub fn lease(
            tx: &mut Tx<'_>,
            now: DateTime<Utc>,
            lease: crate::verifications::Lease,
            limit: i64,
        ) -> Result<Vec<WaitingVerification>, StoreError> {
            let found: Vec<(String, i64, i32, Option<NaiveDateTime>)> = on_backend!(tx, |conn| rows::table
                .filter(rows::verify_at.le(timestamp::column(now)))
                .order((rows::verify_at, rows::id))
                .limit(limit)
                .select((rows::id, rows::revision, rows::verify_tries, rows::verify_at))
                .load(conn))?;
            let mut leased = Vec::new();
            for (id, revision, earlier, turn) in found {
                let tries = earlier.saturating_add(1);
                let taken = on_backend!(tx, |conn| diesel::update(rows::table.find(&id))
                    .filter(rows::verify_at.eq(turn))
                    .set((
                        rows::verify_at.eq(timestamp::column(now + lease(tries))),
                        rows::verify_tries.eq(tries)
                    ))
                    .execute(conn))?;
                if taken == 1 {
                    let id = $id::parse(&id).ok_or_else(|| StoreError::corrupt(TABLE, &id))?;
                    leased.push(WaitingVerification { id, revision, tries });
                }
            }
            Ok(leased)
        }
    };
}

pub(crate) use lease_verifications;
