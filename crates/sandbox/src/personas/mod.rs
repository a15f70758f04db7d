//! The fictitious organisations and people of a space: every role has one, so that a lone tester can play a whole case.

mod devices;
mod directory;
mod offices;
mod organisations;
mod patients;
mod people;
mod prison;
mod spec;
mod wholesalers;

pub use directory::directory_file;
pub use organisations::{ORGANISATIONS, OrganisationSpec};
pub use spec::{Consults, PersonSpec};

use app::caller::{IdSystem, Role};
use domain::ids::{OrganisationId, PersonId, SpaceId};
use domain::problem::Sentence;
use signing::canonical::sha256;
use uuid::{Builder, Uuid};

/// Everybody, in the order in which they take part in a case.
pub fn people() -> impl Iterator<Item = &'static PersonSpec> {
    people::PEOPLE.iter().chain(offices::OFFICERS).chain(devices::PEOPLE).chain(prison::PEOPLE)
}

/// The space that every sandbox has from its first start.
pub fn default_space() -> SpaceId {
    SpaceId::parse("sandbox").unwrap_or_else(SpaceId::production)
}

/// A person with the ids of one space.
#[derive(Clone, Copy, Debug)]
pub struct Persona {
    pub spec: &'static PersonSpec,
    /// `None` for patients, who stand in no directory.
    pub person_id: Option<PersonId>,
    pub organisation: Option<Organisation>,
}

/// An organisation with its id in one space.
#[derive(Clone, Copy, Debug)]
pub struct Organisation {
    pub spec: &'static OrganisationSpec,
    pub id: OrganisationId,
}

impl Persona {
    /// What a tester names it by.
    pub fn key(&self) -> &'static str {
        self.spec.key
    }

    /// The register and number under which tokens name the person; `None` for patients.
    pub fn register_id(&self) -> Option<(IdSystem, &'static str)> {
        match (self.spec.npwz, self.spec.staff) {
            (Some(npwz), _) => Some((IdSystem::Npwz, npwz)),
            (None, Some(staff)) => Some((IdSystem::Staff, staff)),
            (None, None) => None,
        }
    }

    /// What this person can do first.
    pub fn first(&self) -> Sentence {
        self.spec.first
    }

    pub fn is_patient(&self) -> bool {
        self.spec.role == Role::Patient
    }
}

/// Everybody of a space, in the order in which they take part in a case.
pub fn all(space: &SpaceId) -> Vec<Persona> {
    people().map(|spec| persona(space, spec)).collect()
}

/// The persona of this name.
pub fn find(space: &SpaceId, key: &str) -> Option<Persona> {
    people().find(|spec| spec.key == key).map(|spec| persona(space, spec))
}

/// Every organisation of a space.
pub fn organisations(space: &SpaceId) -> Vec<Organisation> {
    ORGANISATIONS.iter().map(|spec| organisation(space, spec)).collect()
}

/// The organisation of this name.
pub fn find_organisation(space: &SpaceId, key: &str) -> Option<Organisation> {
    ORGANISATIONS.iter().find(|spec| spec.key == key).map(|spec| organisation(space, spec))
}

/// A consultant in this field of medicine.
pub fn consultant_in(space: &SpaceId, field: &str) -> Option<Persona> {
    let holds = |spec: &&PersonSpec| spec.consults.iter().any(|held| held.field == field);
    people().find(holds).map(|spec| persona(space, spec))
}

/// Who represents the entity of this physician.
pub fn representative_of(space: &SpaceId, physician: &Persona) -> Option<Persona> {
    let represents = |spec: &&PersonSpec| {
        spec.role == Role::EntityRepresentative && spec.organisation == physician.spec.organisation
    };
    people().find(represents).map(|spec| persona(space, spec))
}

/// The physician who issues a demand of that use: the hospital's, or the clinic's.
pub fn issuer(space: &SpaceId, in_facility: bool) -> Option<Persona> {
    find(space, if in_facility { "hospital-physician" } else { "clinic-physician" })
}

fn persona(space: &SpaceId, spec: &'static PersonSpec) -> Persona {
    let person_id = (spec.role != Role::Patient).then(|| PersonId(derived(space, "person", spec.key)));
    Persona { spec, person_id, organisation: spec.organisation.and_then(|key| find_organisation(space, key)) }
}

fn organisation(space: &SpaceId, spec: &'static OrganisationSpec) -> Organisation {
    Organisation { spec, id: OrganisationId(derived(space, "organisation", spec.key)) }
}

/// The same id for the same name at every start: a UUIDv8 (RFC 9562 §5.8) of a digest.
fn derived(space: &SpaceId, kind: &str, key: &str) -> Uuid {
    let digest = sha256(format!("soid sandbox|{space}|{kind}|{key}").as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests;
