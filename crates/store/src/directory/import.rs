//! Filling the directory: each entry replaces what was known under its id.

use crate::schema::{authorised_assistants, consultants, organisations, people, person_ids, person_roles};
use crate::sealing::BlindIndex;
use crate::{StoreError, Tx, on_backend};
use chrono::NaiveDate;
use diesel::prelude::*;
use domain::ids::{OrganisationId, PersonId, SpaceId};
use serde_json::json;

#[derive(Clone, Debug)]
pub struct OrganisationEntry {
    pub id: OrganisationId,
    pub kind: String,
    pub name: String,
    pub nip: Option<String>,
    pub rpwdl_number: Option<String>,
    pub parent: Option<OrganisationId>,
    pub email: Option<String>,
    pub active: bool,
    /// An entity for people deprived of liberty (SIOZ art. 1(3)).
    pub is_prison: bool,
    /// Of a branch of the payer, its code.
    pub payer_branch: Option<String>,
}

#[derive(Clone, Debug)]
pub struct PersonEntry {
    pub id: PersonId,
    pub given_names: String,
    pub family_name: String,
    pub pesel_index: Option<BlindIndex>,
    /// Register and number: `("NPWZ", "5425740")`.
    pub ids: Vec<(String, String)>,
    pub roles: Vec<PersonRoleEntry>,
    /// One of those that order devices, where the licence number does not say it.
    pub profession: Option<String>,
    /// Every one that counts where somebody orders devices; `None` where they are not known.
    pub specialties: Option<Vec<String>>,
    /// The prescribers who have authorised this person.
    pub assists: Vec<AssistanceEntry>,
    pub active: bool,
}

/// Whom an assistant is authorised by, and on which days.
#[derive(Clone, Debug)]
pub struct AssistanceEntry {
    pub prescriber: PersonId,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

#[derive(Clone, Debug)]
pub struct PersonRoleEntry {
    pub role: String,
    pub organisation: OrganisationId,
    pub position: String,
}

#[derive(Clone, Debug)]
pub struct ConsultantEntry {
    pub person: PersonId,
    pub field: String,
    pub kind: String,
    pub npwz: String,
    pub qualifications: String,
    pub active: bool,
}

/// What a file says, to be put in the place of what was known under the same ids.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    pub organisations: Vec<OrganisationEntry>,
    pub people: Vec<PersonEntry>,
    pub consultants: Vec<ConsultantEntry>,
}

/// The constraint that gives a PESEL to one person of a space.
pub const ONE_PESEL: &str = "people_space_pesel_index_key";

/// Puts everything into the directory, in whatever order it stands: parents may come after their children, and a number
/// may move from one person of the entries to another.
pub fn put(tx: &mut Tx<'_>, space: &SpaceId, entries: &Entries) -> Result<(), StoreError> {
    for organisation in &entries.organisations {
        put_organisation(tx, space, organisation)?;
    }
    for organisation in &entries.organisations {
        put_parent(tx, organisation)?;
    }
    for person in &entries.people {
        clear_person(tx, person.id)?;
    }
    for person in &entries.people {
        put_person(tx, space, person)?;
    }
    for person in &entries.people {
        put_assistance(tx, person)?;
    }
    for consultant in &entries.consultants {
        put_consultant(tx, space, consultant)?;
    }
    Ok(())
}

fn put_organisation(tx: &mut Tx<'_>, space: &SpaceId, entry: &OrganisationEntry) -> Result<(), StoreError> {
    let row = (
        organisations::space.eq(space.as_str()),
        organisations::kind.eq(&entry.kind),
        organisations::name.eq(&entry.name),
        organisations::nip.eq(entry.nip.as_deref()),
        organisations::rpwdl_number.eq(entry.rpwdl_number.as_deref()),
        organisations::parent_id.eq(None::<String>),
        organisations::email.eq(entry.email.as_deref()),
        organisations::active.eq(entry.active),
        organisations::is_prison.eq(entry.is_prison),
        organisations::payer_branch.eq(entry.payer_branch.as_deref()),
    );
    let with_id = (organisations::id.eq(entry.id.to_string()), row.clone());
    on_backend!(tx, |conn| diesel::insert_into(organisations::table)
        .values(with_id)
        .on_conflict(organisations::id)
        .do_update()
        .set(row)
        .execute(conn))?;
    Ok(())
}

fn put_parent(tx: &mut Tx<'_>, entry: &OrganisationEntry) -> Result<(), StoreError> {
    let Some(parent) = entry.parent else { return Ok(()) };
    on_backend!(tx, |conn| diesel::update(organisations::table.find(entry.id.to_string()))
        .set(organisations::parent_id.eq(parent.to_string()))
        .execute(conn))?;
    Ok(())
}

/// Takes away all that must be one person's only, and whatever the entry may not repeat.
fn clear_person(tx: &mut Tx<'_>, id: PersonId) -> Result<(), StoreError> {
    let id = id.to_string();
    on_backend!(tx, |conn| diesel::delete(person_ids::table)
        .filter(person_ids::person_id.eq(&id))
        .execute(conn))?;
    on_backend!(tx, |conn| diesel::delete(person_roles::table)
        .filter(person_roles::person_id.eq(&id))
        .execute(conn))?;
    on_backend!(tx, |conn| diesel::delete(consultants::table)
        .filter(consultants::person_id.eq(&id))
        .execute(conn))?;
    on_backend!(tx, |conn| diesel::delete(authorised_assistants::table)
        .filter(authorised_assistants::assistant_id.eq(&id))
        .execute(conn))?;
    on_backend!(tx, |conn| diesel::update(people::table.find(&id))
        .set(people::pesel_index.eq(None::<Vec<u8>>))
        .execute(conn))?;
    Ok(())
}

fn put_person(tx: &mut Tx<'_>, space: &SpaceId, entry: &PersonEntry) -> Result<(), StoreError> {
    let id = entry.id.to_string();
    let row = (
        people::space.eq(space.as_str()),
        people::given_names.eq(&entry.given_names),
        people::family_name.eq(&entry.family_name),
        people::pesel_index.eq(entry.pesel_index.as_ref().map(|index| index.as_bytes().to_vec())),
        people::active.eq(entry.active),
        people::profession.eq(entry.profession.as_deref()),
        people::specialties.eq(entry.specialties.as_ref().map(|known| json!(known))),
    );
    let with_id = (people::id.eq(&id), row.clone());
    on_backend!(tx, |conn| diesel::insert_into(people::table)
        .values(with_id)
        .on_conflict(people::id)
        .do_update()
        .set(row)
        .execute(conn))?;
    for (system, value) in &entry.ids {
        let row = (
            person_ids::space.eq(space.as_str()),
            person_ids::id_system.eq(system),
            person_ids::id_value.eq(value),
            person_ids::person_id.eq(&id),
        );
        on_backend!(tx, |conn| diesel::insert_into(person_ids::table).values(row).execute(conn))?;
    }
    for held in &entry.roles {
        let row = (
            person_roles::person_id.eq(&id),
            person_roles::role.eq(&held.role),
            person_roles::organisation_id.eq(held.organisation.to_string()),
            person_roles::position.eq(&held.position),
        );
        on_backend!(tx, |conn| diesel::insert_into(person_roles::table).values(row).execute(conn))?;
    }
    Ok(())
}

/// After all people: an assistant may stand before the prescriber.
fn put_assistance(tx: &mut Tx<'_>, entry: &PersonEntry) -> Result<(), StoreError> {
    for given in &entry.assists {
        let row = (
            authorised_assistants::assistant_id.eq(entry.id.to_string()),
            authorised_assistants::prescriber_id.eq(given.prescriber.to_string()),
            authorised_assistants::first_day.eq(given.first_day),
            authorised_assistants::last_day.eq(given.last_day),
        );
        on_backend!(tx, |conn| diesel::insert_into(authorised_assistants::table).values(row).execute(conn))?;
    }
    Ok(())
}

fn put_consultant(tx: &mut Tx<'_>, space: &SpaceId, entry: &ConsultantEntry) -> Result<(), StoreError> {
    let row = (
        consultants::space.eq(space.as_str()),
        consultants::kind.eq(&entry.kind),
        consultants::npwz.eq(&entry.npwz),
        consultants::qualifications.eq(&entry.qualifications),
        consultants::active.eq(entry.active),
    );
    let with_id =
        (consultants::person_id.eq(entry.person.to_string()), consultants::field.eq(&entry.field), row);
    on_backend!(tx, |conn| diesel::insert_into(consultants::table)
        .values(with_id)
        .on_conflict((consultants::person_id, consultants::field))
        .do_update()
        .set(row)
        .execute(conn))?;
    Ok(())
}
