//! Which organisations of supply have retrieved a demand (PF art. 4ad(6)).

use crate::schema::{demand_grants, organisations};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{DemandId, OrganisationId};

crate::grants::grants!(DemandId, demand_grants, demand_id);

/// The pharmacies that may draw on the demand before it was passed on: those that retrieved it, and those of its entity.
pub fn pharmacies_of(
    tx: &mut Tx<'_>,
    demand: DemandId,
    entity: OrganisationId,
    in_facility: bool,
) -> Result<Vec<OrganisationId>, StoreError> {
    retrieved_or_own(tx, demand, entity, in_facility, &["PHARMACY", "HOSPITAL_PHARMACY"])
}

/// The same with the wholesalers that retrieved it.
pub fn supply_of(
    tx: &mut Tx<'_>,
    demand: DemandId,
    entity: OrganisationId,
    in_facility: bool,
) -> Result<Vec<OrganisationId>, StoreError> {
    retrieved_or_own(tx, demand, entity, in_facility, &["PHARMACY", "HOSPITAL_PHARMACY", "WHOLESALER"])
}

fn retrieved_or_own(
    tx: &mut Tx<'_>,
    demand: DemandId,
    entity: OrganisationId,
    in_facility: bool,
    kinds: &[&str],
) -> Result<Vec<OrganisationId>, StoreError> {
    let granted: Vec<String> = on_backend!(tx, |conn| demand_grants::table
        .inner_join(organisations::table.on(organisations::id.eq(demand_grants::organisation_id)))
        .filter(demand_grants::demand_id.eq(demand.to_string()))
        .filter(organisations::kind.eq_any(kinds))
        .select(organisations::id)
        .load(conn))?;
    let own: Vec<String> = if in_facility {
        on_backend!(tx, |conn| organisations::table
            .filter(organisations::parent_id.eq(entity.to_string()))
            .filter(organisations::kind.eq("HOSPITAL_PHARMACY"))
            .select(organisations::id)
            .load(conn))?
    } else {
        Vec::new()
    };
    let all = granted.into_iter().chain(own);
    all.map(|id| OrganisationId::parse(&id).ok_or_else(|| StoreError::corrupt("organisations", id))).collect()
}
