//! Who orders devices: their profession, and whom they have authorised to draft and sign for them (DO-1, DO-7).

use crate::schema::{authorised_assistants as given, organisations, people, person_ids, person_roles};
use crate::{StoreError, Tx, on_backend};
use chrono::NaiveDate;
use diesel::prelude::*;
use domain::ids::{OrganisationId, PersonId};

/// The profession on record; `None` where the licence number has to say it.
pub fn profession_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<String>, StoreError> {
    let found: Option<Option<String>> = on_backend!(tx, |conn| people::table
        .find(person.to_string())
        .select(people::profession)
        .first(conn)
        .optional())?;
    Ok(found.flatten())
}

/// The active organisations in which the person holds that role.
pub fn organisations_of(
    tx: &mut Tx<'_>,
    person: PersonId,
    role: &str,
) -> Result<Vec<OrganisationId>, StoreError> {
    let active = organisations::table.filter(organisations::active.eq(true)).select(organisations::id);
    let found: Vec<String> = on_backend!(tx, |conn| person_roles::table
        .filter(person_roles::person_id.eq(person.to_string()))
        .filter(person_roles::role.eq(role))
        .filter(person_roles::organisation_id.eq_any(active))
        .order(person_roles::organisation_id)
        .select(person_roles::organisation_id)
        .load(conn))?;
    let read =
        |id: String| OrganisationId::parse(&id).ok_or_else(|| StoreError::corrupt("person_roles", &id));
    found.into_iter().map(read).collect()
}

/// The specialties on record; `None` where they are not known.
pub fn specialties_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Vec<String>>, StoreError> {
    let id = person.to_string();
    let found: Option<Option<serde_json::Value>> =
        on_backend!(tx, |conn| people::table.find(&id).select(people::specialties).first(conn).optional())?;
    let read = |kept| serde_json::from_value(kept).map_err(|_| StoreError::corrupt("people", &id));
    found.flatten().map(read).transpose()
}

/// A prescriber under a licence number of one of the registers that give them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licensed {
    pub person: PersonId,
    pub id_system: String,
    pub number: String,
}

/// Registers whose numbers are licences.
const LICENCES: [&str; 2] = ["NPWZ", "LICENCE"];

/// Active prescribers who have authorised the assistant for that day, each with a licence number.
pub fn assisted_by(tx: &mut Tx<'_>, assistant: PersonId, on: NaiveDate) -> Result<Vec<Licensed>, StoreError> {
    let authorising = given::table
        .filter(given::assistant_id.eq(assistant.to_string()))
        .filter(given::first_day.le(on))
        .filter(given::last_day.ge(on))
        .select(given::prescriber_id);
    let active = people::table.filter(people::active.eq(true)).select(people::id);
    let found: Vec<(String, String, String)> = on_backend!(tx, |conn| person_ids::table
        .filter(person_ids::id_system.eq_any(LICENCES))
        .filter(person_ids::person_id.eq_any(authorising))
        .filter(person_ids::person_id.eq_any(active))
        .order((person_ids::id_value, person_ids::id_system))
        .select((person_ids::person_id, person_ids::id_system, person_ids::id_value))
        .load(conn))?;
    let read = |(id, id_system, number): (String, String, String)| {
        let person = PersonId::parse(&id).ok_or_else(|| StoreError::corrupt("people", &id))?;
        Ok(Licensed { person, id_system, number })
    };
    found.into_iter().map(read).collect()
}
