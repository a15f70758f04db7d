//! The entries of the draw-down ledger; none is ever changed, a reversal stands beside it.

use crate::schema::realisations;
use crate::{StoreError, Tx, on_backend, timestamp};
use diesel::prelude::*;
use domain::demand::ledger::Realisation;
use domain::ids::{DemandId, OrganisationId, RealisationId, SpaceId};
use serde_json::Value;

const TABLE: &str = "realisations";

pub fn insert_realisation(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    demand: DemandId,
    entry: &Realisation,
) -> Result<(), StoreError> {
    let row = (
        realisations::id.eq(entry.id.to_string()),
        realisations::demand_id.eq(demand.to_string()),
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
pub fn reverse_realisation(tx: &mut Tx<'_>, entry: &Realisation) -> Result<bool, StoreError> {
    let at = entry.reversal.as_ref().map(|reversal| timestamp::column(reversal.reversed_at));
    let changed = on_backend!(tx, |conn| diesel::update(realisations::table.find(entry.id.to_string()))
        .filter(realisations::reversed_at.is_null())
        .set((realisations::reversed_at.eq(at), realisations::entry.eq(value(entry)?)))
        .execute(conn))?;
    Ok(changed == 1)
}

pub fn find_realisation(
    tx: &mut Tx<'_>,
    demand: DemandId,
    id: RealisationId,
) -> Result<Option<Realisation>, StoreError> {
    let found: Option<Value> = on_backend!(tx, |conn| realisations::table
        .filter(realisations::id.eq(id.to_string()))
        .filter(realisations::demand_id.eq(demand.to_string()))
        .select(realisations::entry)
        .first(conn)
        .optional())?;
    found.map(|entry| read(id, entry)).transpose()
}

/// The ledger of a demand, oldest first.
pub fn list_realisations(tx: &mut Tx<'_>, demand: DemandId) -> Result<Vec<Realisation>, StoreError> {
    let rows: Vec<(String, Value)> = on_backend!(tx, |conn| realisations::table
        .filter(realisations::demand_id.eq(demand.to_string()))
        .order(realisations::id)
        .select((realisations::id, realisations::entry))
        .load(conn))?;
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
) -> Result<Vec<(DemandId, Realisation)>, StoreError> {
    let newest = after.map_or_else(String::new, |id| id.to_string());
    let own = recorded_by.map(|id| id.to_string());
    let anyone = own.is_none();
    let rows: Vec<(String, String, Value)> = on_backend!(tx, |conn| realisations::table
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
        .select((realisations::id, realisations::demand_id, realisations::entry))
        .load(conn))?;
    rows.into_iter()
        .map(|(id, demand, entry)| {
            let demand = DemandId::parse(&demand).ok_or_else(|| StoreError::corrupt(TABLE, &id))?;
            Ok((demand, read(id, entry)?))
        })
        .collect()
}

fn value(entry: &Realisation) -> Result<Value, StoreError> {
    serde_json::to_value(entry).map_err(|_| StoreError::corrupt(TABLE, entry.id))
}

fn read(id: impl ToString, entry: Value) -> Result<Realisation, StoreError> {
    serde_json::from_value(entry).map_err(|_| StoreError::corrupt(TABLE, id))
}
