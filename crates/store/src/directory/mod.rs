//! Organisations, people and consultants: who may act, and what binds a certificate to a person.

use crate::schema::{consultants, organisations, people, person_ids, person_roles};
use crate::sealing::BlindIndex;
use crate::{StoreError, Tx, on_backend};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::demand::model::{Consultant, ConsultantKind};
use domain::ids::{OrganisationId, PersonId, SpaceId};
use domain::values::{FieldOfMedicine, Npwz, PersonName, Text};

mod absences;
mod import;
mod prescribers;
mod workload;

pub use absences::{
    Answering, Substituted, absences_of, answering, end_absence, find_absence, insert_absence, substituted_by,
};
pub use import::{
    AssistanceEntry, ConsultantEntry, Entries, ONE_PESEL, OrganisationEntry, PersonEntry, PersonRoleEntry,
    put,
};
pub use prescribers::{Licensed, assisted_by, organisations_of, profession_of, specialties_of};
pub use workload::waiting_for;

/// An organisation on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub kind: String,
    pub name: String,
    pub nip: Option<String>,
    pub rpwdl_number: Option<String>,
    pub parent: Option<OrganisationId>,
    pub email: Option<String>,
    /// An entity for people deprived of liberty (SIOZ art. 1(3)).
    pub is_prison: bool,
    /// Of a branch of the payer, its code.
    pub payer_branch: Option<String>,
}

/// A person on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    pub id: PersonId,
    pub given_names: PersonName,
    pub family_name: PersonName,
    /// Blind index of the PESEL in the certificate of this person.
    pub pesel_index: Option<Vec<u8>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct OrganisationRow {
    id: String,
    kind: String,
    name: String,
    nip: Option<String>,
    rpwdl_number: Option<String>,
    parent_id: Option<String>,
    email: Option<String>,
    is_prison: bool,
    payer_branch: Option<String>,
}

fn organisation(row: OrganisationRow) -> Result<Organisation, StoreError> {
    let parse =
        |text: &str| OrganisationId::parse(text).ok_or_else(|| StoreError::corrupt("organisations", &row.id));
    let (id, parent) = (parse(&row.id)?, row.parent_id.as_deref().map(parse).transpose()?);
    let OrganisationRow { kind, name, nip, rpwdl_number, email, is_prison, payer_branch, .. } = row;
    Ok(Organisation { id, kind, name, nip, rpwdl_number, parent, email, is_prison, payer_branch })
}

/// An active organisation of the space.
pub fn find_organisation(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    id: OrganisationId,
) -> Result<Option<Organisation>, StoreError> {
    let row: Option<OrganisationRow> = on_backend!(tx, |conn| organisations::table
        .filter(organisations::id.eq(id.to_string()))
        .filter(organisations::space.eq(space.as_str()))
        .filter(organisations::active.eq(true))
        .select(OrganisationRow::as_select())
        .first(conn)
        .optional())?;
    row.map(organisation).transpose()
}

/// The organisation of the kind with this number in the register of entities performing medical activity. One that has
/// closed since counts too: what it issued stays issued. Of several with one number it is the one with this NIP, and
/// rather an active one; `None` where that does not tell them apart.
pub fn find_by_rpwdl_number(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    kind: &str,
    (number, nip): (&str, Option<&str>),
) -> Result<Option<Organisation>, StoreError> {
    let mut rows: Vec<(bool, OrganisationRow)> = on_backend!(tx, |conn| organisations::table
        .filter(organisations::space.eq(space.as_str()))
        .filter(organisations::rpwdl_number.eq(number))
        .filter(organisations::kind.eq(kind))
        .select((organisations::active, OrganisationRow::as_select()))
        .load(conn))?;
    narrow(&mut rows, |(_, row)| nip.is_some() && row.nip.as_deref() == nip);
    narrow(&mut rows, |(active, _)| *active);
    let only = rows.pop().filter(|_| rows.is_empty());
    only.map(|(_, row)| organisation(row)).transpose()
}

/// Keeps those that fit, where any does.
fn narrow<T>(found: &mut Vec<T>, fits: impl Fn(&T) -> bool) {
    if found.iter().any(&fits) {
        found.retain(fits);
    }
}

fn is_one_name(one: &str, other: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(one) == words(other)
}

/// Whether this organisation bears the NIP, be it active or not.
pub fn bears_nip(tx: &mut Tx<'_>, id: OrganisationId, nip: &str) -> Result<bool, StoreError> {
    let found: Option<String> = on_backend!(tx, |conn| organisations::table
        .find(id.to_string())
        .filter(organisations::nip.eq(nip))
        .select(organisations::id)
        .first(conn)
        .optional())?;
    Ok(found.is_some())
}

/// The one active organisation of the kind with this NIP. A firm with several places bears it several times: then it is the
/// one of this name, however that is spaced; `None` where that does not tell them apart.
pub fn find_by_nip(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    kind: &str,
    (nip, name): (&str, Option<&str>),
) -> Result<Option<Organisation>, StoreError> {
    let mut rows: Vec<OrganisationRow> = on_backend!(tx, |conn| organisations::table
        .filter(organisations::space.eq(space.as_str()))
        .filter(organisations::nip.eq(nip))
        .filter(organisations::kind.eq(kind))
        .filter(organisations::active.eq(true))
        .select(OrganisationRow::as_select())
        .load(conn))?;
    narrow(&mut rows, |row| name.is_some_and(|name| is_one_name(name, &row.name)));
    let only = rows.pop().filter(|_| rows.is_empty());
    only.map(organisation).transpose()
}

/// Active organisations of a kind by name, after the given name and id.
pub fn list_organisations(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    kind: &str,
    after: Option<OrganisationId>,
    limit: i64,
) -> Result<Vec<Organisation>, StoreError> {
    let newest = after.map_or_else(String::new, |id| id.to_string());
    let rows: Vec<OrganisationRow> = on_backend!(tx, |conn| organisations::table
        .filter(organisations::space.eq(space.as_str()))
        .filter(organisations::kind.eq(kind))
        .filter(organisations::active.eq(true))
        .filter(organisations::id.gt(&newest))
        .order(organisations::id)
        .limit(limit)
        .select(OrganisationRow::as_select())
        .load(conn))?;
    rows.into_iter().map(organisation).collect()
}

type PersonRow = (String, String, String, Option<Vec<u8>>);

fn person((id, given_names, family_name, pesel_index): PersonRow) -> Result<KnownPerson, StoreError> {
    let corrupt = || StoreError::corrupt("people", &id);
    Ok(KnownPerson {
        id: PersonId::parse(&id).ok_or_else(corrupt)?,
        given_names: PersonName::parse(&given_names).map_err(|_| corrupt())?,
        family_name: PersonName::parse(&family_name).map_err(|_| corrupt())?,
        pesel_index,
    })
}

/// Whether people who have left count too: what they did while they were there stays done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfWhom {
    Active,
    Everybody,
}

/// The active person whom this register names so.
pub fn find_person(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    id_system: &str,
    id_value: &str,
) -> Result<Option<KnownPerson>, StoreError> {
    find_person_of(tx, space, OfWhom::Active, id_system, id_value)
}

/// The person whom this register names so.
pub fn find_person_of(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    whom: OfWhom,
    id_system: &str,
    id_value: &str,
) -> Result<Option<KnownPerson>, StoreError> {
    let everybody = (whom == OfWhom::Everybody).into_sql::<Bool>();
    let row: Option<PersonRow> = on_backend!(tx, |conn| people::table
        .inner_join(person_ids::table.on(person_ids::person_id.eq(people::id)))
        .filter(person_ids::space.eq(space.as_str()))
        .filter(person_ids::id_system.eq(id_system))
        .filter(person_ids::id_value.eq(id_value))
        .filter(people::active.eq(true).or(everybody))
        .select((people::id, people::given_names, people::family_name, people::pesel_index))
        .first(conn)
        .optional())?;
    row.map(person).transpose()
}

/// The post in which a person acts for an organisation; `None` when they do not hold the role there.
pub fn find_position(
    tx: &mut Tx<'_>,
    person: PersonId,
    role: &str,
    organisation: OrganisationId,
) -> Result<Option<String>, StoreError> {
    Ok(on_backend!(tx, |conn| person_roles::table
        .find((person.to_string(), role, organisation.to_string()))
        .select(person_roles::position)
        .first(conn)
        .optional())?)
}

/// Who holds the role in the organisation, those who have left counted.
pub fn people_in_role(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    role: &str,
    organisation: OrganisationId,
) -> Result<Vec<KnownPerson>, StoreError> {
    let rows: Vec<PersonRow> = on_backend!(tx, |conn| people::table
        .inner_join(person_roles::table.on(person_roles::person_id.eq(people::id)))
        .filter(people::space.eq(space.as_str()))
        .filter(person_roles::role.eq(role))
        .filter(person_roles::organisation_id.eq(organisation.to_string()))
        .order(people::id)
        .select((people::id, people::given_names, people::family_name, people::pesel_index))
        .load(conn))?;
    rows.into_iter().map(person).collect()
}

type ConsultantRow = (String, String, String, String, String, String, String);

fn consultant(row: ConsultantRow) -> Result<Consultant, StoreError> {
    let (id, field, kind, npwz, qualifications, given_names, family_name) = row;
    let corrupt = || StoreError::corrupt("consultants", &id);
    Ok(Consultant {
        person: PersonId::parse(&id).ok_or_else(corrupt)?,
        npwz: Npwz::parse(&npwz).map_err(|_| corrupt())?,
        given_names: PersonName::parse(&given_names).map_err(|_| corrupt())?,
        family_name: PersonName::parse(&family_name).map_err(|_| corrupt())?,
        qualifications: Text::parse(&qualifications).map_err(|_| corrupt())?,
        kind: ConsultantKind::parse(&kind).ok_or_else(corrupt)?,
        field: FieldOfMedicine::parse(&field).map_err(|_| corrupt())?,
        in_place_of: None,
    })
}

/// Active consultants, all or of a field and kind, in the order of their ids and fields: a person may hold several.
pub fn list_consultants(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    field: Option<&str>,
    kind: Option<&str>,
    after: Option<(PersonId, FieldOfMedicine)>,
    limit: i64,
) -> Result<Vec<Consultant>, StoreError> {
    let (last, last_field) =
        after.map_or_else(Default::default, |(id, field)| (id.to_string(), field.as_str().to_owned()));
    let any = |given: Option<&str>| given.is_none().into_sql::<Bool>();
    let rows: Vec<ConsultantRow> = on_backend!(tx, |conn| consultants::table
        .inner_join(people::table)
        .filter(consultants::space.eq(space.as_str()))
        .filter(consultants::active.eq(true))
        .filter(people::active.eq(true))
        .filter(consultants::field.eq(field.unwrap_or_default()).or(any(field)))
        .filter(consultants::kind.eq(kind.unwrap_or_default()).or(any(kind)))
        .filter(
            consultants::person_id
                .gt(&last)
                .or(consultants::person_id.eq(&last).and(consultants::field.gt(&last_field)))
        )
        .order((consultants::person_id, consultants::field))
        .limit(limit)
        .select((
            consultants::person_id,
            consultants::field,
            consultants::kind,
            consultants::npwz,
            consultants::qualifications,
            people::given_names,
            people::family_name,
        ))
        .load(conn))?;
    rows.into_iter().map(consultant).collect()
}

/// An active consultant in a field of medicine, or in their only one; `None` where they have several and none is given.
pub fn find_consultant(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    person: PersonId,
    field: Option<&str>,
) -> Result<Option<Consultant>, StoreError> {
    find_consultant_of(tx, space, OfWhom::Active, person, field)
}

/// A consultant in a field of medicine, or in their only one.
pub fn find_consultant_of(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    whom: OfWhom,
    person: PersonId,
    field: Option<&str>,
) -> Result<Option<Consultant>, StoreError> {
    let any = field.is_none().into_sql::<Bool>();
    let everybody = (whom == OfWhom::Everybody).into_sql::<Bool>();
    let mut rows: Vec<ConsultantRow> = on_backend!(tx, |conn| consultants::table
        .inner_join(people::table)
        .filter(consultants::space.eq(space.as_str()))
        .filter(consultants::person_id.eq(person.to_string()))
        .filter(consultants::active.eq(true).and(people::active.eq(true)).or(everybody))
        .filter(consultants::field.eq(field.unwrap_or_default()).or(any))
        .order(consultants::field)
        .select((
            consultants::person_id,
            consultants::field,
            consultants::kind,
            consultants::npwz,
            consultants::qualifications,
            people::given_names,
            people::family_name,
        ))
        .limit(2)
        .load(conn))?;
    let only = rows.pop().filter(|_| rows.is_empty());
    only.map(consultant).transpose()
}

/// Whether this index of a PESEL is the one on record for the person.
pub fn is_index_of(person: &KnownPerson, index: &BlindIndex) -> bool {
    person.pesel_index.as_deref() == Some(index.as_bytes())
}
