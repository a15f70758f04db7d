//! What the claims of a verified token say of the caller.

use super::wiring::SpacePolicy;
use app::caller::{Caller, IdSystem, Org, OrganisationKind, Person, Role};
use domain::ids::{OrganisationId, PersonId, SpaceId};
use domain::problem::ProblemType;
use domain::redacted::Redacted;
use domain::values::{LicenceNumber, Npwz, Pesel};
use signing::access_token::{self, Claims};
use std::collections::BTreeSet;

/// Why verified claims make nobody a caller; no message repeats a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ClaimFault {
    #[error("client_id is empty, too long or not visible ASCII")]
    Client,
    #[error("org is missing or names no id and kind that are known")]
    Organisation,
    #[error("person.role is no role")]
    Role,
    #[error("person is missing, and no role follows from org alone")]
    NoPerson,
    #[error("person names no identifier of a known system")]
    Person,
    #[error("pesel is missing or wrong in a patient's token, or pesel or represents stands in another's")]
    Patient,
    #[error("person.role is not one of an organisation of this kind")]
    Elsewhere,
    #[error("space is not one in which this issuer's tokens count")]
    Space,
    #[error("person.role is not one that this issuer may give")]
    NotOfIssuer,
}

impl ClaimFault {
    pub(super) fn problem(self) -> &'static ProblemType {
        match self {
            Self::Elsewhere => app::faults::ROLE_ELSEWHERE,
            Self::Space => signing::faults::TOKEN_INVALID,
            Self::NotOfIssuer => signing::faults::ROLE_NOT_OF_ISSUER,
            Self::Client
            | Self::Organisation
            | Self::Role
            | Self::NoPerson
            | Self::Person
            | Self::Patient => http::faults::TOKEN_CLAIMS,
        }
    }
}

/// Whoever acts for a patient (`represents`) sees what concerns that patient, and nothing of their own (ADR 46).
pub(super) fn read(claims: &Claims, spaces: &SpacePolicy) -> Result<Caller, ClaimFault> {
    let org = claims.org.as_ref().map(organisation).transpose()?;
    let role = role(claims, org.as_ref())?;
    let (patient, representative) = patient(claims, role)?;
    if org.is_none() && role != Role::Patient {
        return Err(ClaimFault::Organisation);
    }
    Ok(Caller {
        client_id: client(&claims.client_id)?,
        org,
        person: claims.person.as_ref().map(person).transpose()?,
        role,
        patient,
        representative,
        space: space(claims, spaces)?,
    })
}

/// The role is one that this issuer may give, and one that is held in an organisation of this kind: an issuer that
/// hands out roles carelessly must not make a hospital's token a ministry's.
pub(super) fn admit(caller: Caller, of_issuer: Option<&BTreeSet<Role>>) -> Result<Caller, ClaimFault> {
    if of_issuer.is_some_and(|roles| !roles.contains(&caller.role)) {
        return Err(ClaimFault::NotOfIssuer);
    }
    match &caller.org {
        Some(org) if !caller.role.organisations().contains(&org.kind) => Err(ClaimFault::Elsewhere),
        Some(_) | None => Ok(caller),
    }
}

fn client(id: &str) -> Result<String, ClaimFault> {
    // RFC 6749 §2.2 with appendix A.1 (VSCHAR), and an end.
    let legal = (1..=200).contains(&id.len()) && id.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    legal.then(|| id.to_owned()).ok_or(ClaimFault::Client)
}

fn organisation(claim: &access_token::Org) -> Result<Org, ClaimFault> {
    let id = OrganisationId::parse(&claim.id).ok_or(ClaimFault::Organisation)?;
    let kind = OrganisationKind::parse(&claim.kind).ok_or(ClaimFault::Organisation)?;
    Ok(Org { id, kind })
}

/// Software of a pharmacy or a wholesaler may call without a person, and a patient is named by the number alone;
/// everybody else is a person in a role.
fn role(claims: &Claims, org: Option<&Org>) -> Result<Role, ClaimFault> {
    if let Some(person) = &claims.person {
        return Role::parse(&person.role).ok_or(ClaimFault::Role);
    }
    match org.map(|org| org.kind) {
        None if claims.pesel.is_some() => Ok(Role::Patient),
        Some(OrganisationKind::Wholesaler) => Ok(Role::Wholesaler),
        Some(OrganisationKind::Pharmacy | OrganisationKind::HospitalPharmacy) => Ok(Role::Pharmacy),
        _ => Err(ClaimFault::NoPerson),
    }
}

fn person(claim: &access_token::Person) -> Result<Person, ClaimFault> {
    let id_system = IdSystem::parse(&claim.id_system).ok_or(ClaimFault::Person)?;
    let id = claim.id.reveal();
    let legal = match id_system {
        IdSystem::Npwz => Npwz::parse(id).is_ok(),
        IdSystem::Licence => LicenceNumber::parse(id).is_ok(),
        IdSystem::Person => PersonId::parse(id).is_some(),
        IdSystem::Staff => (1..=64).contains(&id.len()) && id.bytes().all(in_a_staff_number),
    };
    legal.then(|| Person { id_system, id: id.clone() }).ok_or(ClaimFault::Person)
}

fn in_a_staff_number(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._/".contains(&byte)
}

type Number = Option<Redacted<Pesel>>;

/// Whose documents the token opens, and who acts for them.
fn patient(claims: &Claims, role: Role) -> Result<(Number, Number), ClaimFault> {
    let own = claims.pesel.as_ref().map(pesel).transpose()?;
    let represented = claims.represents.as_ref().map(pesel).transpose()?;
    match (own, represented, role) {
        (Some(own), None, Role::Patient) => Ok((Some(own), None)),
        (Some(own), Some(represented), Role::Patient) => Ok((Some(represented), Some(own))),
        (None, _, Role::Patient) | (Some(_), _, _) | (None, Some(_), _) => Err(ClaimFault::Patient),
        (None, None, _) => Ok((None, None)),
    }
}

fn pesel(number: &Redacted<String>) -> Result<Redacted<Pesel>, ClaimFault> {
    Pesel::parse(number.reveal()).map(Redacted::new).map_err(|_| ClaimFault::Patient)
}

fn space(claims: &Claims, spaces: &SpacePolicy) -> Result<SpaceId, ClaimFault> {
    match (spaces, claims.space.as_deref()) {
        (SpacePolicy::Single(only), None) => Ok(only.clone()),
        (SpacePolicy::Single(only), Some(named)) if named == only.as_str() => Ok(only.clone()),
        (SpacePolicy::FromClaim, Some(named)) => SpaceId::parse(named).ok_or(ClaimFault::Space),
        (SpacePolicy::Single(_), Some(_)) | (SpacePolicy::FromClaim, None) => Err(ClaimFault::Space),
    }
}

#[cfg(test)]
mod tests;
