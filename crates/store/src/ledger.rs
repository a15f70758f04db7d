//! The entries of the draw-down ledger; none is ever changed, a reversal stands beside it.

use crate::correspondence::case;
use crate::schema::realisations;
use crate::{StoreError, Tx, on_backend, timestamp};
use diesel::prelude::*;
use domain::correspondence::CaseId;
use domain::demand::ledger::Realisation;
use domain::ids::{AuthorisationId, DemandId, OrganisationId, RealisationId, SpaceId};
use serde_json::Value;

const TABLE: &str = "realisations";

/// What an entry draws on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    Demand(DemandId),
    /// The consent of a temporary authorisation.
    Consent(AuthorisationId),
}

impl Account {
    fn columns(self) -> (Option<String>, Option<String>) {
        case::columns(match self {
            Self::Demand(id) => CaseId::Demand(id),
            Self::Consent(id) => CaseId::Authorisation(id),
        })
    }

    fn read(id: &str, (demand, consent): (Option<String>, Option<String>)) -> Result<Self, StoreError> {
        match case::read((demand.as_deref(), consent.as_deref())) {
            Some(CaseId::Demand(id)) => Ok(Self::Demand(id)),
            Some(CaseId::Authorisation(id)) => Ok(Self::Consent(id)),
            None => Err(StoreError::corrupt(TABLE, id)),
        }
    }
}

pub fn insert(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    account: Account,
    entry: &Realisation,
) -> Result<(), StoreError> {
    let (demand, consent) = account.columns();
    let row = (
        realisations::id.eq(entry.id.to_string()),
        realisations::demand_id.eq(demand),
        realisations::authorisation_id.eq(consent),
        realisations::space.eq(space.as_str()),
        realisations::kind.eq(entry.kind.name()),
        realisations::batch.eq(entry.batch.as_str()),
        realisations::recorded_by.eq(entry.recorded_by.to_string()),
        realisations::recorded_at.eq(timestamp::column(entry.recorded_at)),
        realisations::entry.eq(value(entry)?),
    );
    on_backend!(tx, |conn| diesel::insert_into(realisations::table).values(row).execute(conn))?;
    Ok(())
}

/// Adds the reversal; `false` when somebody else reversed the entry meanwhile.
pub fn reverse(tx: &mut Tx<'_>, entry: &Realisation) -> Result<bool, StoreError> {
    let at = entry.reversal.as_ref().map(|reversal| timestamp::column(reversal.reversed_at));
    let changed = on_backend!(tx, |conn| diesel::update(realisations::table.find(entry.id.to_string()))
        .filter(realisations::reversed_at.is_null())
        .set((realisations::reversed_at.eq(at), realisations::entry.eq(value(entry)?)))
        .execute(conn))?;
    Ok(changed == 1)
}

pub fn find(tx: &mut Tx<'_>, account: Account, id: RealisationId) -> Result<Option<Realisation>, StoreError> {
    let (demand, consent) = account.columns();
    let found: Option<Value> = on_backend!(tx, |conn| realisations::table
        .filter(realisations::id.eq(id.to_string()))
        .filter(
            realisations::demand_id
                .eq(demand)
                .assume_not_null()
                .or(realisations::authorisation_id.eq(consent).assume_not_null())
        )
        .select(realisations::entry)
        .first(conn)
        .optional())?;
    found.map(|entry| read(id, entry)).transpose()
}

/// The ledger of a document, oldest first.
pub fn list(tx: &mut Tx<'_>, account: Account) -> Result<Vec<Realisation>, StoreError> {
    let rows: Vec<(String, Value)> = match account {
        Account::Demand(id) => on_backend!(tx, |conn| realisations::table
            .filter(realisations::demand_id.eq(id.to_string()))
            .order(realisations::id)
            .select((realisations::id, realisations::entry))
            .load(conn)),
        Account::Consent(id) => on_backend!(tx, |conn| realisations::table
            .filter(realisations::authorisation_id.eq(id.to_string()))
            .order(realisations::id)
            .select((realisations::id, realisations::entry))
            .load(conn)),
    }?;
    rows.into_iter().map(|(id, entry)| read(id, entry)).collect()
}

/// Every entry of a batch, for a recall: with `recorded_by` only that organisation's own.
pub fn list_by_batch(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    batch: &str,
    recorded_by: Option<OrganisationId>,
    after: Option<RealisationId>,
    limit: i64,
) -> Result<Vec<(Account, Realisation)>, StoreError> {
    type Row = (String, Option<String>, Option<String>, Value);
    let newest = after.map_or_else(String::new, |id| id.to_string());
    let own = recorded_by.map(|id| id.to_string());
    let anyone = own.is_none();
    let rows: Vec<Row> = on_backend!(tx, |conn| realisations::table
        .filter(realisations::space.eq(space.as_str()))
        .filter(realisations::batch.eq(batch))
        .filter(realisations::id.gt(&newest))
        .filter(
            realisations::recorded_by
                .eq(own.clone().unwrap_or_default())
                .or(anyone.into_sql::<diesel::sql_types::Bool>())
        )
        .order(realisations::id)
        .limit(limit)
        .select((
            realisations::id,
            realisations::demand_id,
            realisations::authorisation_id,
            realisations::entry
        ))
        .load(conn))?;
    rows.into_iter()
        .map(|(id, demand, consent, entry)| Ok((Account::read(&id, (demand, consent))?, read(id, entry)?)))
        .collect()
}

fn value(entry: &Realisation) -> Result<Value, StoreError> {
    serde_json::to_value(entry).map_err(|_| StoreError::corrupt(TABLE, entry.id))
}

fn read(id: impl ToString, entry: Value) -> Result<Realisation, StoreError> {
    serde_json::from_value(entry).map_err(|_| StoreError::corrupt(TABLE, id))
}
