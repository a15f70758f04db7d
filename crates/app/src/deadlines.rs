//! Firing what is due: terms that end and the reminders before them, in order, on as many nodes as run, each once.
//!
//! A deadline's row is the claim: it is leased by one worker, and removed in the transaction that fires it. A worker
//! that dies gives its rows back when its lease ends; what it had fired was removed with it.

use crate::demand::{Elapsed, end_term_in, remind_in};
use crate::failure::Failure;
use crate::outage::served_until;
use crate::temporary_authorisation as consents;
use crate::{App, Parts};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{AuthorisationId, DemandId, DeviceOrderId, RepairOrderId, SpaceId};
use domain::{device_order, device_repair_order, temporary_authorisation};
use std::time::Duration;
use store::Tx;
use store::deadlines::{self, Claim, Deadline, Purpose};

/// How many rows a worker claims at once: few enough to be fired well within the lease.
const AT_ONCE: i64 = 50;
const LEASE: TimeDelta = TimeDelta::seconds(20);
/// How soon it is looked again whether another one has finished.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);
/// How many demands are completed in one transaction: it stays short beside the service that runs.
const COMPLETED_AT_ONCE: i64 = 100;

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

    /// The same, and waits for those who are firing there already, for so long at most.
    pub async fn fire_all_due_in(
        &self,
        space: &SpaceId,
        holder: &str,
        longest: Duration,
    ) -> Result<usize, Failure> {
        let mut fired = self.fire_due_in(space, holder).await?;
        let waited = async {
            while self.is_with_another(space, holder).await? {
                tokio::time::sleep(BETWEEN_LOOKS).await;
                // What became due with it is nobody's yet.
                fired += self.fire_due_in(space, holder).await?;
            }
            Ok::<_, Failure>(())
        };
        // A row that another one cannot fire stays with it; the space is moved all the same.
        if let Ok(done) = tokio::time::timeout(longest, waited).await {
            done?;
        }
        Ok(fired)
    }

    /// When something of this space falls due next: after the one instant, and no later than the other.
    pub async fn next_due_in(
        &self,
        space: &SpaceId,
        after: DateTime<Utc>,
        through: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, Failure> {
        let space = space.clone();
        let look = move |tx: &mut Tx<'_>| Ok::<_, Failure>(deadlines::next_due(tx, &space, after, through)?);
        self.inner.store.read(look).await
    }

    /// Whether somebody else has what is due there: leased, or locked at this moment.
    async fn is_with_another(&self, space: &SpaceId, holder: &str) -> Result<bool, Failure> {
        let (parts, space, holder) = (self.inner.clone(), space.clone(), holder.to_owned());
        let look = move |tx: &mut Tx<'_>| {
            let (now, real) = (parts.clock.now(&space), parts.clock.real_now());
            let due_by = served_until(tx, &parts, &space)?;
            let is_fired = deadlines::is_fired_by_another(tx, &space, now, (holder.as_str(), real))?;
            Ok::<_, Failure>(is_fired || deadlines::is_left(tx, &space, due_by, real)?)
        };
        self.inner.store.read(look).await
    }

    async fn fire_due_once(&self, space: &SpaceId, holder: &str) -> Result<usize, Failure> {
        let (parts, space, holder) = (self.inner.clone(), space.clone(), holder.to_owned());
        let leased = self
            .inner
            .store
            .transaction(move |tx| {
                let now = parts.clock.real_now();
                let claim = Claim { holder: &holder, now, until: now + LEASE };
                // What ended since the last sign of life stays: if nobody serves, it is the evidence of that (OU-08).
                let due_by = served_until(tx, &parts, &space)?;
                Ok::<_, Failure>(deadlines::lease(tx, &space, due_by, claim, AT_ONCE)?)
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
        let fired = move |tx: &mut Tx<'_>| {
            // A row of a document that is gone, or that never was one, has nothing to fire.
            let Some(document) = Document::of(&row) else {
                deadlines::remove(tx, &row)?;
                return Ok(());
            };
            // Whoever saves a document writes it before its rows. In the opposite order two would wait for each other.
            document.hold(tx)?;
            if !deadlines::remove(tx, &row)? {
                return Ok(());
            }
            match document {
                Document::Consent(id) => fire_of_consent(tx, &parts, id, &row),
                Document::Order(id) => fire_of_order(tx, &parts, id),
                Document::Repair(id) => fire_of_repair(tx, &parts, id),
                Document::Demand(id) => fire_of_demand(tx, &parts, id, &row),
            }
        };
        self.inner.store.transaction(fired).await
    }

    /// Gives the terms of demands that were saved before deadlines were rows their rows; how many demands those were.
    /// Repeating it, or doing it on several nodes, changes nothing more.
    #[tracing::instrument(name = "complete_deadlines", skip_all)]
    pub async fn complete_deadlines(&self) -> Result<usize, Failure> {
        let (mut completed, mut after) = (0, None);
        loop {
            let parts = self.inner.clone();
            let (some, last) = self
                .inner
                .store
                .transaction(move |tx| {
                    let found = deadlines::without_rows(tx, after, COMPLETED_AT_ONCE)?;
                    let mut some = 0;
                    for id in &found {
                        let Some(loaded) = store::demand::find(tx, &parts.ring, *id)? else { continue };
                        let now = parts.clock.now(&loaded.demand.space);
                        some += usize::from(store::demand::complete_deadlines(tx, &loaded.demand, now)?);
                    }
                    Ok::<_, Failure>((some, found.last().copied()))
                })
                .await?;
            completed += some;
            if last.is_none() {
                return Ok(completed);
            }
            after = last;
        }
    }
}

/// The document of which a row is.
#[derive(Clone, Copy)]
enum Document {
    Demand(DemandId),
    Consent(AuthorisationId),
    Order(DeviceOrderId),
    Repair(RepairOrderId),
}

impl Document {
    fn of(row: &Deadline) -> Option<Self> {
        let id = &row.document_id;
        match row.document_kind.as_str() {
            temporary_authorisation::KIND => AuthorisationId::parse(id).map(Self::Consent),
            device_order::KIND => DeviceOrderId::parse(id).map(Self::Order),
            device_repair_order::KIND => RepairOrderId::parse(id).map(Self::Repair),
            _ => DemandId::parse(id).map(Self::Demand),
        }
    }

    /// Nobody else changes it until this transaction ends.
    fn hold(self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        match self {
            Self::Demand(id) => store::demand::hold(tx, id)?,
            Self::Consent(id) => store::temporary_authorisation::hold(tx, id)?,
            Self::Order(id) => store::device_order::hold(tx, id)?,
            Self::Repair(id) => store::device_repair_order::hold(tx, id)?,
        }
        Ok(())
    }
}

/// Where the end of a term was not applied, its row stays.
fn applied(elapsed: Elapsed) -> Result<(), Failure> {
    match elapsed {
        Elapsed::Applied | Elapsed::Nothing => Ok(()),
        // An outage that was recorded since the row was leased holds it.
        Elapsed::Held | Elapsed::Overtaken => Err(Failure::Stale),
    }
}

/// The end of a demand's term, or the reminder before it.
fn fire_of_demand(tx: &mut Tx<'_>, parts: &Parts, id: DemandId, row: &Deadline) -> Result<(), Failure> {
    match row.purpose {
        Purpose::Reminder => remind_in(tx, parts, id, row),
        Purpose::Term => applied(end_term_in(tx, parts, id, row)?),
    }
}

/// A month, a year or a hold of an order that is over. Nobody is reminded of one.
fn fire_of_order(tx: &mut Tx<'_>, parts: &Parts, id: DeviceOrderId) -> Result<(), Failure> {
    applied(crate::device_order::elapse_in(tx, parts, id)?)
}

/// The year of a repair order, or a hold of it, that is over. Nobody is reminded of one.
fn fire_of_repair(tx: &mut Tx<'_>, parts: &Parts, id: RepairOrderId) -> Result<(), Failure> {
    applied(crate::device_repair_order::elapse_in(tx, parts, id)?)
}

/// The end of a notification's term, or the reminder before it.
fn fire_of_consent(
    tx: &mut Tx<'_>,
    parts: &Parts,
    id: AuthorisationId,
    row: &Deadline,
) -> Result<(), Failure> {
    match row.purpose {
        Purpose::Reminder => consents::remind_in(tx, parts, id, row),
        Purpose::Term => applied(consents::elapse_in(tx, parts, id)?),
    }
}
