//! Who hands out what, where, on a day.

use super::file::{current, numbered, numbers_of, town};
use crate::schema::{
    device_contract_covers as covers, device_contract_places as places, device_contracts as contracts,
    organisations,
};
use crate::{StoreError, Tx, on_backend};
use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::device_provider::{Contract, Coverage};
use domain::ids::{OrganisationId, SpaceId};
use domain::values::BranchCode;
use std::collections::BTreeMap;

/// What is looked for; all of it must hold of one contract and one place.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub on: NaiveDate,
    /// Contracts that cover it, or something of it.
    pub code: Option<Coverage>,
    pub branch: Option<BranchCode>,
    pub city: Option<String>,
    /// Continue after this provider.
    pub after: Option<OrganisationId>,
    pub limit: i64,
}

/// A provider with every contract in which it takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractedProvider {
    pub id: OrganisationId,
    pub name: String,
    pub nip: Option<String>,
    pub contracts: Vec<Contract>,
    /// The names of the holders for whom it acts.
    pub holders: BTreeMap<OrganisationId, String>,
}

/// Active providers in the order of their ids.
pub fn providers(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    wanted: &Wanted,
) -> Result<Vec<ContractedProvider>, StoreError> {
    let Some(file) = current(tx, space)? else { return Ok(Vec::new()) };
    let rows = found(tx, &file.id, wanted)?;
    let ids: Vec<String> = rows.iter().map(|(id, _, _)| id.clone()).collect();
    let numbers = numbers_of(tx, &file.id, &ids)?;
    let contracts = numbered(tx, &file.id, &numbers)?;
    let names = names(tx, &contracts)?;
    rows.into_iter().map(|row| provider(row, &contracts, &names)).collect()
}

type Row = (String, String, Option<String>);

fn found(tx: &mut Tx<'_>, file: &str, wanted: &Wanted) -> Result<Vec<Row>, StoreError> {
    let any = |given: bool| (!given).into_sql::<Bool>();
    let branch = wanted.branch.as_ref().map(BranchCode::as_str).unwrap_or_default();
    let city = wanted.city.as_deref().map(town).unwrap_or_default();
    let wider = wanted.code.as_ref().map(Coverage::wider).unwrap_or_default();
    // Codes hold no sign that LIKE gives a meaning to.
    let narrower = wanted.code.as_ref().map(|code| format!("{code}.%")).unwrap_or_default();
    let after = wanted.after.map(|id| id.to_string()).unwrap_or_default();
    Ok(on_backend!(tx, |conn| places::table
        .inner_join(
            contracts::table
                .on(contracts::file_id.eq(places::file_id).and(contracts::number.eq(places::number)))
        )
        .inner_join(organisations::table.on(organisations::id.eq(places::organisation_id)))
        .filter(places::file_id.eq(file))
        .filter(places::valid_from.le(wanted.on))
        .filter(places::valid_to.ge(wanted.on))
        .filter(places::organisation_id.gt(&after))
        .filter(organisations::active.eq(true))
        .filter(contracts::branch.eq(branch).or(any(wanted.branch.is_some())))
        .filter(places::city.eq(&city).or(any(wanted.city.is_some())))
        .filter(
            exists(
                covers::table
                    .filter(covers::file_id.eq(places::file_id))
                    .filter(covers::number.eq(places::number))
                    .filter(covers::covers.eq_any(&wider).or(covers::covers.like(&narrower)))
            )
            .or(any(wanted.code.is_some()))
        )
        .select((organisations::id, organisations::name, organisations::nip))
        .distinct()
        .order(organisations::id)
        .limit(wanted.limit)
        .load(conn))?)
}

fn names(tx: &mut Tx<'_>, contracts: &[Contract]) -> Result<BTreeMap<OrganisationId, String>, StoreError> {
    let ids: Vec<String> = contracts.iter().map(|contract| contract.holder.to_string()).collect();
    let rows: Vec<(String, String)> = on_backend!(tx, |conn| organisations::table
        .filter(organisations::id.eq_any(&ids))
        .select((organisations::id, organisations::name))
        .load(conn))?;
    rows.into_iter().map(|(id, name)| parsed(&id).map(|id| (id, name))).collect()
}

fn provider(
    (id, name, nip): Row,
    all: &[Contract],
    names: &BTreeMap<OrganisationId, String>,
) -> Result<ContractedProvider, StoreError> {
    let id = parsed(&id)?;
    let acts = |contract: &Contract| contract.subcontracts.iter().any(|it| it.organisation == id);
    let contracts: Vec<Contract> =
        all.iter().filter(|contract| contract.holder == id || acts(contract)).cloned().collect();
    let holders = contracts.iter().filter(|it| it.holder != id).map(|it| it.holder);
    let holders =
        holders.filter_map(|holder| names.get(&holder).map(|name| (holder, name.clone()))).collect();
    Ok(ContractedProvider { id, name, nip, contracts, holders })
}

fn parsed(id: &str) -> Result<OrganisationId, StoreError> {
    OrganisationId::parse(id).ok_or_else(|| StoreError::corrupt("organisations", id))
}
