//! Which pharmacies have retrieved a consent (PF art. 4ad(5)–(6)).

use crate::schema::temporary_authorisation_grants as grants;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{AuthorisationId, OrganisationId};

crate::grants::grants!(AuthorisationId, grants, authorisation_id);

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
