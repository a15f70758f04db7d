//! Which pharmacies have retrieved a consent (PF art. 4ad(5)–(6)).

use crate::schema::temporary_authorisation_grants as grants;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{AuthorisationId, OrganisationId};

/// Records that the organisation retrieved the consent; the first time counts.
pub fn grant(
    tx: &mut Tx<'_>,
    authorisation: AuthorisationId,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = (
        grants::authorisation_id.eq(authorisation.to_string()),
        grants::organisation_id.eq(organisation.to_string()),
        grants::granted_at.eq(timestamp::column(now)),
    );
    on_backend!(tx, |conn| diesel::insert_into(grants::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

pub fn has_grant(
    tx: &mut Tx<'_>,
    authorisation: AuthorisationId,
    organisation: OrganisationId,
) -> Result<bool, StoreError> {
    let found: Option<String> = on_backend!(tx, |conn| grants::table
        .find((authorisation.to_string(), organisation.to_string()))
        .select(grants::authorisation_id)
        .first(conn)
        .optional())?;
    Ok(found.is_some())
}

/// The pharmacies that have retrieved the consent.
pub fn pharmacies_of(
    tx: &mut Tx<'_>,
    authorisation: AuthorisationId,
) -> Result<Vec<OrganisationId>, StoreError> {
    let granted: Vec<String> = on_backend!(tx, |conn| grants::table
        .filter(grants::authorisation_id.eq(authorisation.to_string()))
        .order(grants::organisation_id)
        .select(grants::organisation_id)
        .load(conn))?;
    let read = |id: String| {
        OrganisationId::parse(&id).ok_or_else(|| StoreError::corrupt("temporary_authorisation_grants", &id))
    };
    granted.into_iter().map(read).collect()
}
