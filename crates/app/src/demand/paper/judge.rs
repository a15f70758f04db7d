//! What is on record of a paper, for the rules to look at.

use super::super::create_demand::existing_at;
use super::super::submit_demand::on_record;
use super::PaperEntry;
use crate::Parts;
use crate::caller::{Caller, IdSystem, OrganisationKind};
use crate::failure::{Existing, Failure, Refused};
use crate::paper::{formerly, outage};
use crate::register;
use crate::temporary_authorisation::existing_at as existing_authorisation;
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::content::Content;
use domain::demand::issue::PhysicianOnRecord;
use domain::demand::paper::{Asked, Facts, IssuingEntity, identity};
use domain::ids::{DemandId, SpaceId};
use domain::problem::Violation;
use domain::values::{FieldOfMedicine, Nip};
use store::demand::paper::{KnownBy, entered_as};
use store::directory::{self, OfWhom};
use store::{Tx, temporary_authorisation};

/// An entry with everything that is on record of it.
pub(super) struct OnRecord {
    pub asked: Asked,
    pub facts: Facts,
    pub known: KnownBy,
    existing: Option<Existing>,
}

/// Looks the entry up as it is known now; `own` is the demand that it corrects.
pub(super) fn look_up(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    entry: &PaperEntry,
    own: Option<DemandId>,
    now: DateTime<Utc>,
) -> Result<OnRecord, Failure> {
    let space = &caller.space;
    let field = entry.field.as_ref().map(FieldOfMedicine::as_str);
    let about = identity::index_text(&entry.content, entry.dates.issued_on);
    let known = KnownBy::of(&parts.ring, &entry.scan.sha256.0, &about);
    let others = entered_as(tx, space, &known)?;
    let other = others.into_iter().find(|id| Some(*id) != own);
    let is_order = store::device_order::paper::scanned_as(tx, space, &known)?.is_some();
    let notification = temporary_authorisation::paper::scanned_as(tx, space, &known)?;
    let existing = match other {
        Some(id) => existing(tx, parts, id)?,
        None => notification.map(existing_authorisation),
    };
    let asked = Asked {
        consultant: directory::find_consultant_of(tx, space, OfWhom::Everybody, entry.consultant, field)?,
        verdict: entry.verdict,
        justification: entry.justification.clone(),
        grounds: entry.grounds.clone(),
        dates: entry.dates.clone(),
        scan: entry.scan.clone(),
    };
    let facts = Facts {
        physician: physician(tx, space, &entry.content)?,
        entity: entity(tx, space, &entry.content)?,
        outage: outage(tx, space, entry.grounds.hindrance())?,
        is_known: other.is_some(),
        is_other_document: notification.is_some() || is_order,
        formerly: formerly(tx, space, &known)?,
        today: warsaw_date(now),
    };
    Ok(OnRecord { asked, facts, known, existing })
}

/// The demand by its address.
pub(crate) fn existing(tx: &mut Tx<'_>, parts: &Parts, id: DemandId) -> Result<Option<Existing>, Failure> {
    let found = store::demand::find(tx, &parts.ring, id)?;
    Ok(found.map(|found| existing_at(found.demand.content.kind(), id)))
}

impl OnRecord {
    /// The refusal; it names the demand as which the paper is known.
    pub(super) fn refused(&self, violations: Vec<Violation>) -> Failure {
        Failure::Refused(Refused { existing: self.existing.clone(), ..Refused::all(violations) })
    }
}

/// Who has left meanwhile has issued what they issued.
fn physician(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    content: &Content,
) -> Result<Option<PhysicianOnRecord>, Failure> {
    let Some(npwz) = content.physician.npwz.clone() else { return Ok(None) };
    let system = IdSystem::Npwz.name();
    let found = directory::find_person_of(tx, space, OfWhom::Everybody, system, npwz.as_str())?;
    Ok(found.map(|person| PhysicianOnRecord { npwz, name: register::named(person) }))
}

fn entity(tx: &mut Tx<'_>, space: &SpaceId, content: &Content) -> Result<Option<IssuingEntity>, Failure> {
    let Some(number) = &content.entity.rpwdl_number else { return Ok(None) };
    let kind = OrganisationKind::MedicalEntity.name();
    let named = (number.as_str(), content.entity.nip.as_ref().map(Nip::as_str));
    let found = directory::find_by_rpwdl_number(tx, space, kind, named)?;
    Ok(found.map(|known| IssuingEntity {
        id: known.id,
        is_prison: known.is_prison,
        on_record: on_record(&known),
    }))
}
