//! Importing a catalogue: all of it or nothing, with every difference and every contradiction told.

use crate::clock::Clock;
use crate::entropy::Entropy;
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::diff::{self, Change};
use domain::device_group::rules::{self, Catalogue};
use domain::device_group::{Listed, built_in, edition, mapping};
use domain::problem::Violation;
use signing::canonical;
use store::device_group::{self as kept, Edition};
use store::{JobError, Store, StoreError, Tx};

/// Whether an import is carried out or only told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportMode {
    Import,
    DryRun,
}

/// What came of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedCatalogue {
    /// The name of the edition that was served before.
    pub before: Option<String>,
    pub versions: usize,
    pub changes: Vec<Change>,
}

#[derive(Debug, thiserror::Error)]
pub enum CatalogueFault {
    /// Every fault of the text, or every contradiction in it.
    #[error("the catalogue is refused; the former one stays\nkatalog odrzucono; dotychczasowy pozostaje")]
    Refused(Vec<Violation>),
    #[error("another import ended at the same time; try again")]
    Overtaken,
    #[error("the database: {0}")]
    Store(#[from] StoreError),
}

impl JobError for CatalogueFault {
    fn store_error(&self) -> Option<&StoreError> {
        if let Self::Store(fault) = self { Some(fault) } else { None }
    }
}

/// Reads the table, holds it against the kept catalogue and puts it in its place, in one transaction. Needs nothing of
/// a service but its database and real time.
#[tracing::instrument(name = "import_catalogue", skip_all)]
pub async fn import_catalogue(
    store: &Store,
    clock: &dyn Clock,
    name: &str,
    text: &str,
    mode: ImportMode,
) -> Result<ImportedCatalogue, CatalogueFault> {
    let listed = edition::read(text).map_err(CatalogueFault::Refused)?;
    let contradictions = rules::contradictions(&Catalogue { groups: &listed, mappings: mapping::all() });
    let now = clock.real_now();
    let edition = edition_of(name, text, now);
    let job = move |tx: &mut Tx<'_>| change_over(tx, &edition, &listed, &contradictions, mode);
    match mode {
        ImportMode::Import => store.transaction(job).await,
        ImportMode::DryRun => store.read_snapshot(job).await,
    }
}

fn edition_of(name: &str, text: &str, now: DateTime<Utc>) -> Edition {
    Edition {
        id: Entropy.id(now).to_string(),
        name: name.to_owned(),
        digest: hex::encode(canonical::sha256(text.as_bytes())),
        imported_at: now,
    }
}

fn change_over(
    tx: &mut Tx<'_>,
    edition: &Edition,
    listed: &[Listed],
    contradictions: &[Violation],
    mode: ImportMode,
) -> Result<ImportedCatalogue, CatalogueFault> {
    let before = kept::current(tx)?;
    let former = match &before {
        Some(before) => kept::all(tx, &before.id)?,
        None => Vec::new(),
    };
    let mut faults = contradictions.to_vec();
    faults.extend(rules::dropped(&former, listed, warsaw_date(edition.imported_at)));
    if !faults.is_empty() {
        return Err(CatalogueFault::Refused(faults));
    }
    let entries = kept::everywhere(tx)?;
    if mode == ImportMode::Import {
        kept::make_current(tx, edition, listed).map_err(overtaken)?;
    }
    let changes = diff::between(&former, listed, &entries);
    Ok(ImportedCatalogue { before: before.map(|before| before.name), versions: listed.len(), changes })
}

/// Two that take the place of one and the same edition at once: the second is told, and nothing of it stays.
fn overtaken(fault: StoreError) -> CatalogueFault {
    if matches!(fault, StoreError::UniqueViolation { .. }) {
        CatalogueFault::Overtaken
    } else {
        CatalogueFault::Store(fault)
    }
}

impl crate::App {
    /// Serves the catalogue that comes with the program where none has been imported.
    pub async fn import_built_in_catalogue(&self) -> Result<(), CatalogueFault> {
        let (store, clock) = (&self.inner.store, self.inner.clock.as_ref());
        if store.read(kept::current).await?.is_some() {
            return Ok(());
        }
        match import_catalogue(store, clock, built_in::NAME, built_in::TEXT, ImportMode::Import).await {
            // Another node did it meanwhile.
            Err(CatalogueFault::Overtaken) => Ok(()),
            imported => imported.map(drop),
        }
    }
}
