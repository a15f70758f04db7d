//! What is on record of a paper, for the rules to look at.

use super::PaperOrder;
use crate::Parts;
use crate::caller::{Caller, IdSystem, Role};
use crate::failure::{Existing, Failure, Refused};
use crate::faults::CLIENT_REFERENCE_TAKEN;
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::Profession;
use domain::device_order::model::ByLicence;
use domain::device_order::paper::{Facts, Formerly, identity};
use domain::device_order::{Content, KIND};
use domain::ids::{DeviceOrderId, OrganisationId};
use domain::problem::Violation;
use domain::values::LicenceNumber;
use store::device_order::paper::{self, KnownBy, Released, released_as};
use store::device_order::{Condition, list};
use store::directory::{self, OfWhom};
use store::{Tx, demand, outages, temporary_authorisation};

/// An entry with what is on record of it.
pub(super) struct OnRecord {
    pub facts: Facts,
    pub known: KnownBy,
    pub formerly: Option<Formerly>,
    existing: Option<Existing>,
}

impl OnRecord {
    /// The refusal; it names the order as which the paper is known.
    pub(super) fn refused(&self, violations: Vec<Violation>) -> Failure {
        Failure::Refused(Refused { existing: self.existing.clone(), ..Refused::all(violations) })
    }
}

/// Looks the entry up as it is known now.
pub(super) fn look_up(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    order: &PaperOrder,
    now: DateTime<Utc>,
) -> Result<OnRecord, Failure> {
    let space = &caller.space;
    let about = identity::index_text(&order.content, order.asked.issued_on);
    let known = KnownBy::of(&parts.ring, &order.asked.scan.sha256.0, &about);
    let other = paper::entered_as(tx, space, &known)?.into_iter().next();
    let is_demand = demand::paper::scanned_as(tx, space, &known)?.is_some();
    let is_notification = temporary_authorisation::paper::scanned_as(tx, space, &known)?.is_some();
    let facts = Facts {
        outages: outages::all(tx, space)?,
        is_known: other.is_some(),
        is_other_document: is_demand || is_notification,
        today: warsaw_date(now),
    };
    let released = released_as(tx, space, &known)?;
    Ok(OnRecord { facts, known, formerly: released.and_then(formerly), existing: other.map(existing_at) })
}

fn formerly(it: Released) -> Option<Formerly> {
    let Released { document_kind, document_id, released_at } = it;
    let order = DeviceOrderId::parse(&document_id).filter(|_| document_kind == KIND)?;
    Some(Formerly { order, cancelled_on: warsaw_date(released_at) })
}

fn existing_at(id: DeviceOrderId) -> Existing {
    Existing { id: id.to_string(), href: format!("/api/v1/device-orders/{id}") }
}

/// An open order of the client that bears this reference already: whoever sends a line again is told.
pub(super) fn reference_is_free(tx: &mut Tx<'_>, caller: &Caller, order: &PaperOrder) -> Result<(), Failure> {
    let Some(reference) = &order.client_reference else { return Ok(()) };
    let same = Condition::ClientReference {
        client_id: caller.client_id.clone(),
        reference: reference.as_str().to_owned(),
    };
    let conditions = [same, Condition::Open, Condition::Registered];
    let Some(open) = list(tx, &caller.space, &conditions, None, 1)?.into_iter().next() else { return Ok(()) };
    let refused = Refused::one(CLIENT_REFERENCE_TAKEN);
    Err(Failure::Refused(Refused { existing: Some(existing_at(open.id)), ..refused }))
}

/// Who signed the paper, and where the order is at home.
pub(super) struct Issuer {
    pub prescriber: ByLicence,
    pub entity: OrganisationId,
}

/// As the directory has them, those who have left counted. It need not know every prescriber who writes on paper: what it does
/// not say the paper says. The order is at home in the entity of the prescriber where there is one, else at the branch.
pub(super) fn issuer(
    tx: &mut Tx<'_>,
    caller: &Caller,
    content: &Content,
    office: OrganisationId,
) -> Result<Option<Issuer>, Failure> {
    let stated = &content.prescriber;
    let Some(licence_number) = stated.licence_number.clone() else { return Ok(None) };
    let on_record = on_record(tx, caller, &licence_number)?;
    let (profession, entities) = match on_record {
        Some((person, by_register)) => {
            let known = directory::profession_of(tx, person)?.as_deref().and_then(Profession::parse);
            let role = Role::DevicePrescriber.name();
            (known.or(by_register), directory::organisations_of(tx, person, role)?)
        }
        None => (None, Vec::new()),
    };
    let Some(profession) = profession.or(stated.profession) else { return Ok(None) };
    let entity = match entities.as_slice() {
        [only] => *only,
        _ => office,
    };
    Ok(Some(Issuer { prescriber: ByLicence { profession, licence_number }, entity }))
}

/// The person of that licence; a number of the physicians' register says the profession.
fn on_record(
    tx: &mut Tx<'_>,
    caller: &Caller,
    licence: &LicenceNumber,
) -> Result<Option<(domain::ids::PersonId, Option<Profession>)>, Failure> {
    for register in [IdSystem::Npwz, IdSystem::Licence] {
        let (everybody, number) = (OfWhom::Everybody, licence.as_str());
        let found = directory::find_person_of(tx, &caller.space, everybody, register.name(), number)?;
        if let Some(person) = found {
            return Ok(Some((person.id, (register == IdSystem::Npwz).then_some(Profession::Physician))));
        }
    }
    Ok(None)
}
