//! Importing the payer's contracts: all of a file or nothing, with every difference and every contradiction told.

use super::file::ContractsText;
use crate::caller::OrganisationKind;
use crate::clock::Clock;
use crate::device_group::ImportMode;
use crate::entropy::Entropy;
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::device_provider::ContractsFile;
use domain::device_provider::diff::{self, Change};
use domain::device_provider::rules::{self, Importing};
use domain::ids::{OrganisationId, SpaceId};
use domain::problem::Violation;
use signing::canonical;
use std::collections::BTreeSet;
use store::device_provider::{self as kept, ImportedFile};
use store::{JobError, Store, StoreError, Tx, directory};

/// What came of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedContracts {
    /// The name of the file that held before.
    pub before: Option<String>,
    pub contracts: usize,
    pub changes: Vec<Change>,
}

#[derive(Debug, thiserror::Error)]
pub enum ContractsFault {
    #[error("the file is not the JSON of contracts: {0}\nplik nie jest plikiem JSON z umowami")]
    Unreadable(String),
    /// Every fault of the text, or every contradiction in it.
    #[error("the contracts are refused; the former ones stay\numowy odrzucono; dotychczasowe pozostają")]
    Refused(Vec<Violation>),
    #[error(
        "another import ended at the same time; try again\nw tym samym czasie zakończył się inny import; spróbuj ponownie"
    )]
    Overtaken,
    #[error("the database: {0}")]
    Store(#[from] StoreError),
}

impl JobError for ContractsFault {
    fn store_error(&self) -> Option<&StoreError> {
        if let Self::Store(fault) = self { Some(fault) } else { None }
    }
}

/// Reads the file, holds it against directory and kept contracts, and puts it in their place, in one transaction. Needs
/// nothing of a service but its database and a clock.
#[tracing::instrument(name = "import_contracts", skip_all)]
pub async fn import_contracts(
    store: &Store,
    clock: &dyn Clock,
    space: SpaceId,
    (name, text): (&str, &str),
    mode: ImportMode,
) -> Result<ImportedContracts, ContractsFault> {
    let said = ContractsText::read(text)?;
    let file = file_of(name, text, clock.now(&space));
    let job = move |tx: &mut Tx<'_>| change_over(tx, &space, &file, &said, mode);
    match mode {
        ImportMode::Import => store.transaction(job).await,
        ImportMode::DryRun => store.read_snapshot(job).await,
    }
}

fn file_of(name: &str, text: &str, now: DateTime<Utc>) -> ImportedFile {
    ImportedFile {
        id: Entropy.id(now).to_string(),
        name: name.to_owned(),
        digest: hex::encode(canonical::sha256(text.as_bytes())),
        imported_at: now,
    }
}

fn change_over(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    file: &ImportedFile,
    said: &ContractsFile,
    mode: ImportMode,
) -> Result<ImportedContracts, ContractsFault> {
    let before = kept::current(tx, space)?;
    let former = match &before {
        Some(before) => kept::whole(tx, &before.id)?,
        None => ContractsFile::default(),
    };
    let providers = known_providers(tx, space)?;
    let mut faults = rules::contradictions(&Importing { file: said, providers: &providers });
    faults.extend(rules::dropped(&former.contracts, &said.contracts, warsaw_date(file.imported_at)));
    if !faults.is_empty() {
        return Err(ContractsFault::Refused(faults));
    }
    if mode == ImportMode::Import {
        kept::make_current(tx, space, file, said).map_err(overtaken)?;
    }
    let changes = diff::between(&former, said);
    Ok(ImportedContracts {
        before: before.map(|before| before.name),
        contracts: said.contracts.len(),
        changes,
    })
}

fn known_providers(tx: &mut Tx<'_>, space: &SpaceId) -> Result<BTreeSet<OrganisationId>, StoreError> {
    let kind = OrganisationKind::DeviceProvider.name();
    let all = directory::list_organisations(tx, space, kind, None, i64::MAX)?;
    Ok(all.into_iter().map(|known| known.id).collect())
}

/// Two that take the place of one and the same file at once: the second is told, and nothing of it stays.
fn overtaken(fault: StoreError) -> ContractsFault {
    if matches!(fault, StoreError::UniqueViolation { .. }) {
        ContractsFault::Overtaken
    } else {
        ContractsFault::Store(fault)
    }
}

impl crate::App {
    /// Puts a file in the place of the space's contracts.
    pub async fn import_contracts(
        &self,
        space: SpaceId,
        file: (&str, &str),
    ) -> Result<ImportedContracts, ContractsFault> {
        let (store, clock) = (&self.inner.store, self.inner.clock.as_ref());
        import_contracts(store, clock, space, file, ImportMode::Import).await
    }
}
