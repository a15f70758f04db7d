//! The caller in the directory: which person acts, in which post, for which organisation.

use crate::authorize::person_number;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::{ENTITY_UNKNOWN, PERSON_UNKNOWN};
use domain::demand::issue::PhysicianOnRecord;
use domain::demand::model::{Named, Officer, Party};
use domain::ids::OrganisationId;
use domain::values::{Npwz, Text};
use store::Tx;
use store::directory::{self, KnownPerson, Organisation};

/// The caller's person; acting needs one.
pub(crate) fn person(tx: &mut Tx<'_>, caller: &Caller) -> Result<KnownPerson, Failure> {
    find_person(tx, caller)?.ok_or(Failure::Denied(PERSON_UNKNOWN))
}

pub(crate) fn find_person(tx: &mut Tx<'_>, caller: &Caller) -> Result<Option<KnownPerson>, Failure> {
    let Some(person) = &caller.person else { return Ok(None) };
    Ok(directory::find_person(tx, &caller.space, person.id_system.name(), &person.id)?)
}

/// The caller's person and the post in which they act for the caller's organisation.
pub(crate) fn in_post(tx: &mut Tx<'_>, caller: &Caller) -> Result<(KnownPerson, Text<200>), Failure> {
    let person = person(tx, caller)?;
    let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
    let position = directory::find_position(tx, person.id, caller.role.name(), organisation)?
        .ok_or(Failure::Denied(PERSON_UNKNOWN))?;
    let position = Text::parse(&position).map_err(|_| Failure::Denied(PERSON_UNKNOWN))?;
    Ok((person, position))
}

/// The licence number in the token is the physician's who acts.
pub(crate) fn licence_number(caller: &Caller) -> Result<Npwz, Failure> {
    let npwz = person_number(caller).and_then(|number| Npwz::parse(number).ok());
    npwz.ok_or(Failure::Denied(PERSON_UNKNOWN))
}

/// The caller as a physician on record.
pub(crate) fn physician(tx: &mut Tx<'_>, caller: &Caller) -> Result<PhysicianOnRecord, Failure> {
    let npwz = licence_number(caller)?;
    Ok(PhysicianOnRecord { npwz, name: named(person(tx, caller)?) })
}

/// A person of the directory by name.
pub(crate) fn named(person: KnownPerson) -> Named {
    Named { given_names: person.given_names, family_name: person.family_name }
}

/// The caller as an officer of the ministry.
pub(crate) fn officer(tx: &mut Tx<'_>, caller: &Caller) -> Result<Officer, Failure> {
    let (person, function) = in_post(tx, caller)?;
    Ok(Officer {
        person: person.id,
        given_names: person.given_names,
        family_name: person.family_name,
        function,
    })
}

/// The caller's organisation on record.
pub(crate) fn organisation(tx: &mut Tx<'_>, caller: &Caller) -> Result<Organisation, Failure> {
    let id = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
    directory::find_organisation(tx, &caller.space, id)?.ok_or(Failure::Denied(ENTITY_UNKNOWN))
}

/// An organisation of one of these kinds as a party of the supply chain.
pub(crate) fn party(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: OrganisationId,
    kinds: &[&str],
) -> Result<Option<Party>, Failure> {
    let found = directory::find_organisation(tx, &caller.space, id)?;
    Ok(found.filter(|known| kinds.contains(&known.kind.as_str())).and_then(|known| party_of(&known)))
}

pub(crate) fn party_of(known: &Organisation) -> Option<Party> {
    Text::parse(&known.name).ok().map(|name| Party { id: known.id, name })
}
