//! Which organisations of supply have retrieved a demand (PF art. 4ad(6)).

use crate::schema::demand_grants;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{DemandId, OrganisationId};

/// Records that the organisation retrieved the demand; the first time counts.
pub fn grant(
    tx: &mut Tx<'_>,
    demand: DemandId,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = (
        demand_grants::demand_id.eq(demand.to_string()),
        demand_grants::organisation_id.eq(organisation.to_string()),
        demand_grants::granted_at.eq(timestamp::column(now)),
    );
    on_backend!(tx, |conn| diesel::insert_into(demand_grants::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

pub fn has_grant(
    tx: &mut Tx<'_>,
    demand: DemandId,
    organisation: OrganisationId,
) -> Result<bool, StoreError> {
    let found: Option<String> = on_backend!(tx, |conn| demand_grants::table
        .find((demand.to_string(), organisation.to_string()))
        .select(demand_grants::demand_id)
        .first(conn)
        .optional())?;
    Ok(found.is_some())
}
