//! Firing what is due: terms that end and the reminders before them, in order, on as many nodes as run, each once.
//!
//! A deadline's row is the claim: it is leased by one worker, and removed in the transaction that fires it. A worker
//! that dies gives its rows back when its lease ends; what it had fired was removed with it.

use crate::App;
use crate::demand::{elapse_in, remind_in};
use crate::failure::Failure;
use chrono::TimeDelta;
use domain::ids::{DemandId, SpaceId};
use store::deadlines::{self, Claim, Deadline, Purpose};

/// How many rows a worker claims at once: few enough to be fired well within the lease.
const AT_ONCE: i64 = 50;
const LEASE: TimeDelta = TimeDelta::seconds(60);

impl App {
    /// Claims and fires what is due now, in every space; how many rows that were. Call it again until there are none.
    #[tracing::instrument(name = "fire_due", skip_all)]
    pub async fn fire_due(&self, holder: &str) -> Result<usize, Failure> {
        let parts = self.inner.clone();
        let spaces = self
            .inner
            .store
            .read(move |tx| {
                let now = parts.clock.real_now();
                Ok::<_, Failure>(deadlines::spaces_due(tx, now + parts.clock.furthest_ahead(), now)?)
            })
            .await?;
        let mut fired = 0;
        for space in spaces {
            fired += self.fire_due_once(&space, holder).await?;
        }
        Ok(fired)
    }

    /// Fires everything that is due in this space, in order, until nothing is left.
    pub async fn fire_due_in(&self, space: &SpaceId, holder: &str) -> Result<usize, Failure> {
        let mut fired = 0;
        loop {
            match self.fire_due_once(space, holder).await? {
                0 => return Ok(fired),
                some => fired += some,
            }
        }
    }

    async fn fire_due_once(&self, space: &SpaceId, holder: &str) -> Result<usize, Failure> {
        let (parts, space, holder) = (self.inner.clone(), space.clone(), holder.to_owned());
        let leased = self
            .inner
            .store
            .transaction(move |tx| {
                let now = parts.clock.real_now();
                let claim = Claim { holder: &holder, now, until: now + LEASE };
                Ok::<_, Failure>(deadlines::lease(tx, &space, parts.clock.now(&space), claim, AT_ONCE)?)
            })
            .await?;
        for row in &leased {
            match self.fire(row).await {
                // Its document changed at that moment: the row stays, and is looked at again when the lease ends.
                Ok(()) | Err(Failure::Stale) => {}
                // So does that of a document that cannot be read, and holds nobody else's term up.
                Err(fault) => {
                    tracing::error!(demand.id = row.document_id, deadline.fault = ?fault, "deadline not fired");
                }
            }
        }
        Ok(leased.len())
    }

    /// One row in one transaction: whoever removes it, fires it.
    async fn fire(&self, row: &Deadline) -> Result<(), Failure> {
        let (parts, row) = (self.inner.clone(), row.clone());
        self.inner
            .store
            .transaction(move |tx| {
                if !deadlines::remove(tx, &row)? {
                    return Ok(());
                }
                // A row of a document that is gone, or that never was one, has nothing to fire.
                let Some(id) = DemandId::parse(&row.document_id) else { return Ok(()) };
                match row.purpose {
                    Purpose::Term if elapse_in(tx, &parts, id)? => Ok(()),
                    Purpose::Term => Err(Failure::Stale),
                    Purpose::Reminder => remind_in(tx, &parts, id, &row),
                }
            })
            .await
    }
}
