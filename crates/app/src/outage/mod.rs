//! Outages of the system: officers record them, everybody may know of them, and terms that would end in one wait.

mod change;
mod end_outage;
mod list_outages;
mod record_outage;
mod release_outage;
mod unattended;

pub use record_outage::RecordOutage;
pub use store::outages::StoredOutage;

pub(crate) use unattended::{known_until, served_until};

use crate::Parts;
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::ids::{OutageId, SpaceId};
use domain::outage::{Holds, Outage, model};
use store::Tx;
use store::demand::DemandLine;

/// Which outage, and which revision of it the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct OutageTarget {
    pub id: OutageId,
    pub if_match: Option<u64>,
}

/// Saves anew what begins later than the outage that was written and holds other terms because of it.
fn settle_later(tx: &mut Tx<'_>, written: &Outage) -> Result<(), Failure> {
    let stored = store::outages::all_stored(tx, &written.space)?;
    let all: Vec<Outage> = stored.iter().map(|it| it.outage.clone()).collect();
    for moved in model::moved_by(written, &all) {
        let seen = stored.iter().find(|it| it.outage.id == moved.id).map(|it| it.revision);
        let saved = seen.map(|seen| store::outages::save(tx, &moved, seen)).transpose()?.flatten();
        saved.ok_or(Failure::Stale)?;
    }
    Ok(())
}

/// Everything that holds terms in this space, a silence that nobody has recorded yet included (OU-08): what decides of them, and
/// what a reader is told.
pub(crate) fn holds(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
    now: DateTime<Utc>,
) -> Result<Holds, Failure> {
    let known = store::outages::all(tx, space)?;
    let holds = Holds::of(&known, now);
    Ok(match unattended::silent_hold(tx, parts, space, &known)? {
        Some(silence) => holds.and(silence),
        None => holds,
    })
}

/// The lines with what holds their terms, of which the stored summary knows nothing.
pub(crate) fn held(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
    mut lines: Vec<DemandLine>,
    now: DateTime<Utc>,
) -> Result<Vec<DemandLine>, Failure> {
    if lines.iter().any(|line| !line.summary.clocks.is_empty()) {
        let holds = holds(tx, parts, space, now)?;
        let all = lines.iter_mut().flat_map(|line| &mut line.summary.clocks);
        all.for_each(|clock| clock.hold(&holds));
    }
    Ok(lines)
}
