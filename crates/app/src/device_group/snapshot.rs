//! The catalogue in memory. Every read asks the database which edition is current and how many entries there are, so
//! that no node answers with what another has changed; the versions themselves are loaded once for each edition.

use crate::Parts;
use crate::failure::Failure;
use domain::device_group::Listed;
use domain::device_group::entry::{Entered, effective};
use domain::ids::SpaceId;
use std::sync::{Arc, Mutex, PoisonError};
use store::device_group as kept;
use store::{StoreError, Tx};

/// The versions of the edition that was read last, as imported.
#[derive(Debug, Default)]
pub(crate) struct Snapshot(Mutex<Option<Loaded>>);

#[derive(Clone, Debug)]
struct Loaded {
    edition: String,
    groups: Arc<Vec<Listed>>,
}

/// What is served to a space, and by what a client knows whether it has it already.
#[derive(Clone, Debug)]
pub(crate) struct Current {
    pub served: super::Served,
    pub groups: Arc<Vec<Listed>>,
    pub entered: Vec<Entered>,
}

impl Current {
    /// The versions with what officers entered, those of the codes of which `wanted` says so.
    pub(crate) fn effective(&self, wanted: impl Fn(&Listed) -> bool) -> Vec<Listed> {
        let listed: Vec<Listed> = self.groups.iter().filter(|listed| wanted(listed)).cloned().collect();
        effective(&listed, &self.entered)
    }
}

impl Snapshot {
    fn loaded(&self) -> Option<Loaded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, loaded: Loaded) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(loaded);
    }
}

/// The catalogue as it is now; `None` before the first import.
pub(crate) async fn current(
    parts: &Arc<Parts>,
    snapshot: &Snapshot,
    space: &SpaceId,
) -> Result<Option<Current>, Failure> {
    let (space, known) = (space.clone(), snapshot.loaded());
    let found = parts.store.read_snapshot(move |tx| look(tx, &space, known)).await?;
    let Some(current) = found else { return Ok(None) };
    let edition = current.served.edition.clone();
    snapshot.keep(Loaded { edition, groups: Arc::clone(&current.groups) });
    Ok(Some(current))
}

fn look(tx: &mut Tx<'_>, space: &SpaceId, known: Option<Loaded>) -> Result<Option<Current>, StoreError> {
    let Some(edition) = kept::current(tx)? else { return Ok(None) };
    let groups = match known.filter(|known| known.edition == edition.id) {
        Some(known) => known.groups,
        None => Arc::new(kept::all(tx, &edition.id)?),
    };
    let entered: Vec<Entered> =
        kept::entries(tx, space, None)?.into_iter().map(|stored| stored.entered).collect();
    let served = super::Served { edition: edition.id, name: edition.name, entries: entered.len() };
    Ok(Some(Current { served, groups, entered }))
}
