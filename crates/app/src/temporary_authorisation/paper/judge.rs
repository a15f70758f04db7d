//! What is on record of a paper, for the rules to look at.

use super::AuthorisationPaperEntry;
use crate::Parts;
use crate::caller::{OrganisationKind, Role};
use crate::failure::Failure;
use crate::{paper, register};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::ids::{AuthorisationId, OrganisationId, SpaceId};
use domain::outage::Holds;
use domain::temporary_authorisation::paper::{Asked, Facts, identity};
use domain::temporary_authorisation::{Authorisation, Content, clocks};
use domain::values::{AuthorisationNumber, Text};
use store::sealing::KeyRing;
use store::temporary_authorisation::paper::{KnownBy, entered_as};
use store::{Tx, directory, temporary_authorisation};

/// An entry with everything that is on record of it.
pub(super) struct OnRecord {
    pub asked: Asked,
    pub facts: Facts,
    pub known: KnownBy,
}

/// By what this paper is known again.
pub(super) fn known_by(ring: &KeyRing, entry: &AuthorisationPaperEntry) -> KnownBy {
    let about = identity::index_text(&entry.content, entry.adds_to.as_ref(), entry.dates.issued_on);
    KnownBy::of(ring, &entry.scan.sha256.0, &about)
}

/// Looks the entry up as it is known now; `own` is the notification that it corrects, and whose that is.
pub(super) fn look_up(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
    entry: &AuthorisationPaperEntry,
    own: Option<(AuthorisationId, OrganisationId)>,
    now: DateTime<Utc>,
) -> Result<OnRecord, Failure> {
    let (own, notifier) = own.unzip();
    let known = known_by(&parts.ring, entry);
    let others = entered_as(tx, space, &known)?;
    let wholesaler = wholesaler(tx, space, &entry.content, notifier)?;
    let is_demand = store::demand::paper::scanned_as(tx, space, &known)?.is_some();
    let is_order = store::device_order::paper::scanned_as(tx, space, &known)?.is_some();
    let facts = Facts {
        wholesaler,
        responsible_people: match wholesaler {
            Some(id) => directory::people_in_role(tx, space, Role::ResponsiblePerson.name(), id)?
                .into_iter()
                .map(register::named)
                .collect(),
            None => Vec::new(),
        },
        outage: paper::outage(tx, space, Some(&entry.grounds))?,
        base: match &entry.adds_to {
            Some(number) => base(tx, parts, space, number, now)?,
            None => None,
        },
        is_known: others.into_iter().any(|id| Some(id) != own),
        is_other_document: is_demand || is_order,
        formerly: paper::formerly(tx, space, &known)?,
        today: warsaw_date(now),
    };
    let asked = Asked {
        grounds: entry.grounds.clone(),
        dates: entry.dates.clone(),
        scan: entry.scan.clone(),
        adds_to: entry.adds_to.clone(),
    };
    Ok(OnRecord { asked, facts, known })
}

fn wholesaler(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    content: &Content,
    notifier: Option<OrganisationId>,
) -> Result<Option<OrganisationId>, Failure> {
    let Some(nip) = &content.wholesaler.nip else { return Ok(None) };
    // Whose it was found to be it stays as long as its NIP does, even if that wholesaler has closed since.
    if let Some(known) = notifier
        && directory::bears_nip(tx, known, nip.as_str())?
    {
        return Ok(Some(known));
    }
    let kind = OrganisationKind::Wholesaler.name();
    let name = content.wholesaler.name.as_ref().map(Text::as_str);
    Ok(directory::find_by_nip(tx, space, kind, (nip.as_str(), name))?.map(|known| known.id))
}

/// The notification of that number, its period applied, which no outage holds.
fn base(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
    number: &AuthorisationNumber,
    now: DateTime<Utc>,
) -> Result<Option<Box<Authorisation>>, Failure> {
    let found = temporary_authorisation::find_by_number(tx, &parts.ring, Some(space), number)?;
    Ok(found.map(|it| Box::new(clocks::elapse(it.authorisation, &Holds::none(), now).document)))
}
