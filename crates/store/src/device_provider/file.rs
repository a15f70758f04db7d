//! Files: a new one takes the place of the former in one step.

use crate::schema::{
    device_contract_covers as covers, device_contract_files as files, device_contract_places as places,
    device_contracts as contracts,
};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::device_provider::{BranchPoints, Contract, ContractsFile, Place};
use domain::ids::{OrganisationId, SpaceId};
use domain::medicinal_product::normalise::words;
use serde_json::Value;

const FILES: &str = "device_contract_files";
const CONTRACTS: &str = "device_contracts";
const CURRENT: &str = "CURRENT";
const RETIRED: &str = "RETIRED";
/// Rows of one statement, well below what either database takes.
const ROWS: usize = 500;

/// A file that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    pub id: String,
    pub name: String,
    /// SHA-256 of the imported text, in hexadecimal.
    pub digest: String,
    pub imported_at: DateTime<Utc>,
}

/// The file that holds in the space; none before the first import.
pub fn current(tx: &mut Tx<'_>, space: &SpaceId) -> Result<Option<ImportedFile>, StoreError> {
    let row: Option<(String, String, String, NaiveDateTime)> = on_backend!(tx, |conn| files::table
        .filter(files::space.eq(space.as_str()))
        .filter(files::state.eq(CURRENT))
        .select((files::id, files::name, files::digest, files::imported_at))
        .first(conn)
        .optional())?;
    Ok(row.map(|(id, name, digest, at)| ImportedFile {
        id,
        name,
        digest,
        imported_at: timestamp::instant(at),
    }))
}

/// Everything that a file says.
pub fn whole(tx: &mut Tx<'_>, file: &str) -> Result<ContractsFile, StoreError> {
    let branches: Value =
        on_backend!(tx, |conn| files::table.find(file).select(files::branches).first(conn))?;
    let rows: Vec<(String, Value)> = on_backend!(tx, |conn| contracts::table
        .filter(contracts::file_id.eq(file))
        .order(contracts::number)
        .select((contracts::number, contracts::details))
        .load(conn))?;
    Ok(ContractsFile {
        contracts: rows.into_iter().map(contract).collect::<Result<_, _>>()?,
        branches: serde_json::from_value(branches).map_err(|_| StoreError::corrupt(FILES, file))?,
    })
}

/// The contracts of the current file in which the organisation takes part, as holder or subcontractor, whenever they are
/// in force: what [`domain::device_provider::contract_in_force`] asks for.
pub fn contracts_of(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    organisation: OrganisationId,
) -> Result<Vec<Contract>, StoreError> {
    let Some(file) = current(tx, space)? else { return Ok(Vec::new()) };
    let numbers = numbers_of(tx, &file.id, &[organisation.to_string()])?;
    numbered(tx, &file.id, &numbers)
}

/// The numbers of all contracts under which any of these hands out. Every part of a contract has a place (DP-04), but for
/// a holder who leaves all to subcontractors: whoever hands nothing out supplies nothing.
pub(super) fn numbers_of(
    tx: &mut Tx<'_>,
    file: &str,
    organisations: &[String],
) -> Result<Vec<String>, StoreError> {
    Ok(on_backend!(tx, |conn| places::table
        .filter(places::file_id.eq(file))
        .filter(places::organisation_id.eq_any(organisations))
        .select(places::number)
        .distinct()
        .load(conn))?)
}

pub(super) fn numbered(tx: &mut Tx<'_>, file: &str, numbers: &[String]) -> Result<Vec<Contract>, StoreError> {
    let rows: Vec<(String, Value)> = on_backend!(tx, |conn| contracts::table
        .filter(contracts::file_id.eq(file))
        .filter(contracts::number.eq_any(numbers))
        .order(contracts::number)
        .select((contracts::number, contracts::details))
        .load(conn))?;
    rows.into_iter().map(contract).collect()
}

fn contract((number, details): (String, Value)) -> Result<Contract, StoreError> {
    serde_json::from_value(details).map_err(|_| StoreError::corrupt(CONTRACTS, number))
}

/// Lets these contracts hold in the space from the commit on, and no others.
pub fn make_current(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    file: &ImportedFile,
    said: &ContractsFile,
) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::update(files::table)
        .filter(files::space.eq(space.as_str()))
        .filter(files::state.eq(CURRENT))
        .set(files::state.eq(RETIRED))
        .execute(conn))?;
    let row = (
        files::id.eq(&file.id),
        files::space.eq(space.as_str()),
        files::state.eq(CURRENT),
        files::name.eq(&file.name),
        files::digest.eq(&file.digest),
        files::imported_at.eq(timestamp::column(file.imported_at)),
        files::branches
            .eq(serde_json::to_value(&said.branches).map_err(|_| StoreError::corrupt(FILES, &file.id))?),
    );
    on_backend!(tx, |conn| diesel::insert_into(files::table).values(row).execute(conn))?;
    insert_contracts(tx, &file.id, &said.contracts)
}

fn insert_contracts(tx: &mut Tx<'_>, file: &str, all: &[Contract]) -> Result<(), StoreError> {
    let rows = all.iter().map(|it| ContractRow::of(file, it)).collect::<Result<Vec<_>, _>>()?;
    for rows in rows.chunks(ROWS) {
        on_backend!(tx, |conn| diesel::insert_into(contracts::table).values(rows).execute(conn))?;
    }
    let rows: Vec<CoverRow> = all.iter().flat_map(|it| CoverRow::all(file, it)).collect();
    for rows in rows.chunks(ROWS) {
        on_backend!(tx, |conn| diesel::insert_into(covers::table).values(rows).execute(conn))?;
    }
    let rows: Vec<PlaceRow> = all.iter().flat_map(|it| PlaceRow::all(file, it)).collect();
    for rows in rows.chunks(ROWS) {
        on_backend!(tx, |conn| diesel::insert_into(places::table).values(rows).execute(conn))?;
    }
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = contracts)]
struct ContractRow {
    file_id: String,
    number: String,
    branch: String,
    details: Value,
}

impl ContractRow {
    fn of(file: &str, contract: &Contract) -> Result<Self, StoreError> {
        let number = contract.number.as_str().to_owned();
        let details = serde_json::to_value(contract).map_err(|_| StoreError::corrupt(CONTRACTS, &number))?;
        Ok(Self { file_id: file.to_owned(), number, branch: contract.branch.to_string(), details })
    }
}

#[derive(Insertable)]
#[diesel(table_name = covers)]
struct CoverRow {
    file_id: String,
    number: String,
    covers: String,
}

impl CoverRow {
    fn all(file: &str, contract: &Contract) -> Vec<Self> {
        let number = contract.number.as_str();
        let row = |covered: &domain::device_provider::Coverage| Self {
            file_id: file.to_owned(),
            number: number.to_owned(),
            covers: covered.to_string(),
        };
        contract.covers.iter().map(row).collect()
    }
}

#[derive(Insertable)]
#[diesel(table_name = places)]
struct PlaceRow {
    file_id: String,
    number: String,
    position: i32,
    organisation_id: String,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    city: String,
}

impl PlaceRow {
    fn all(file: &str, contract: &Contract) -> Vec<Self> {
        let own = contract
            .places
            .iter()
            .map(|place| (contract.holder, contract.valid_from, contract.valid_to, place));
        let others = contract.subcontracts.iter().flat_map(|it| {
            it.places.iter().map(move |place| (it.organisation, it.valid_from, it.valid_to, place))
        });
        let row = |(position, (organisation, from, to, place)): (
            i32,
            (OrganisationId, NaiveDate, NaiveDate, &Place),
        )| Self {
            file_id: file.to_owned(),
            number: contract.number.as_str().to_owned(),
            position,
            organisation_id: organisation.to_string(),
            valid_from: from,
            valid_to: to,
            city: town(place.address.reveal_city()),
        };
        (1..).zip(own.chain(others)).map(row).collect()
    }
}

/// A town as it is looked for: whatever its case and marks.
pub(super) fn town(name: &str) -> String {
    words(name).join(" ")
}

/// The service points that the current file tells, by branch.
pub fn branch_points(tx: &mut Tx<'_>, space: &SpaceId) -> Result<Vec<BranchPoints>, StoreError> {
    let row: Option<(String, Value)> = on_backend!(tx, |conn| files::table
        .filter(files::space.eq(space.as_str()))
        .filter(files::state.eq(CURRENT))
        .select((files::id, files::branches))
        .first(conn)
        .optional())?;
    let Some((id, branches)) = row else { return Ok(Vec::new()) };
    serde_json::from_value(branches).map_err(|_| StoreError::corrupt(FILES, id))
}
