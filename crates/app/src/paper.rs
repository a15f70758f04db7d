//! What demands and notifications on paper have in common: the outage on record, and how they are printed.

use crate::demand::print_demand::full_name;
use crate::failure::{Existing, Failure};
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::demand::model::{Attested, DemandKind};
use domain::ids::{AuthorisationId, DemandId, SpaceId};
use domain::outage::Outage;
use domain::paper::formerly::{EnteredAs, Formerly};
use domain::paper::{Correction, Hindrance, Paper};
use domain::problem::Violation;
use domain::temporary_authorisation::KIND;
use print::demand::{HandwrittenPrint, PaperPrint, RepresentativePrint};
use store::Tx;
use store::demand::paper::{KnownBy, Released, released_as};

/// The outage that is said to have kept its people from the system.
pub(crate) fn outage(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    hindrance: Option<&Hindrance>,
) -> Result<Option<Outage>, Failure> {
    let Some(outage) = hindrance.and_then(Hindrance::outage) else { return Ok(None) };
    Ok(store::outages::find(tx, space, outage)?.map(|stored| stored.outage))
}

/// What the paper was entered as last, until that was withdrawn (PE-40).
pub(crate) fn formerly(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    known: &KnownBy,
) -> Result<Option<Formerly>, Failure> {
    let Some(released) = released_as(tx, space, known)? else { return Ok(None) };
    let Released { document_kind, document_id, released_at } = released;
    let document = if document_kind == KIND {
        AuthorisationId::parse(&document_id).map(|id| EnteredAs::Authorisation { id })
    } else {
        let id = DemandId::parse(&document_id);
        DemandKind::parse(&document_kind).zip(id).map(|(kind, id)| EnteredAs::Demand { kind, id })
    };
    Ok(document.map(|document| Formerly { document, withdrawn_on: warsaw_date(released_at) }))
}

/// The document by its address.
pub fn entered_at(document: EnteredAs) -> Existing {
    match document {
        EnteredAs::Demand { kind, id } => crate::demand::existing_at(kind, id),
        EnteredAs::Authorisation { id } => crate::temporary_authorisation::existing_at(id),
    }
}

/// The entry is a member of the correction's body.
pub(crate) fn in_the_entry(violation: Violation) -> Violation {
    match violation.pointer.as_str() {
        "" => violation,
        below => Violation::new(violation.problem, format!("/entry{below}")),
    }
}

pub(crate) fn hindrance_in_polish(hindrance: &Hindrance) -> String {
    match hindrance {
        Hindrance::Outage { .. } => "awaria systemu".to_owned(),
        Hindrance::ForceMajeure { description, .. } => format!("siła wyższa: {}", description.as_str()),
    }
}

/// What each type of document says in its own way.
pub(crate) struct Said<'a> {
    pub grounds: String,
    pub consultant_received_on: Option<NaiveDate>,
    pub sent_on: NaiveDate,
    pub received_on: NaiveDate,
    /// Each with the function of who signed.
    pub signatures: Vec<(&'a Attested, &'a str)>,
}

/// How it came on paper, for a print.
pub(crate) fn printed<G, D>(paper: &Paper<G, D>, said: Said<'_>) -> PaperPrint {
    PaperPrint {
        grounds: said.grounds,
        signatures: said.signatures.into_iter().filter_map(by_hand).collect(),
        consultant_received_on: said.consultant_received_on,
        sent_on: said.sent_on,
        received_on: said.received_on,
        entered_by: RepresentativePrint {
            name: full_name(Some(&paper.entered_by.given_names), Some(&paper.entered_by.family_name)),
            post: paper.entered_by.function.as_str().to_owned(),
        },
        entered_at: paper.entered_at,
        corrections: paper.corrections.iter().map(correction).collect(),
        scan_title: paper.scan.title.as_str().to_owned(),
        scan_sha256: paper.scan.sha256.0.clone(),
    }
}

fn by_hand((attested, function): (&Attested, &str)) -> Option<HandwrittenPrint> {
    match attested {
        Attested::OnPaper(written) => Some(HandwrittenPrint {
            who: full_name(Some(&written.given_names), Some(&written.family_name)),
            function: function.to_owned(),
            signed_on: written.signed_on,
        }),
        Attested::Electronic(_) => None,
    }
}

fn correction(it: &Correction) -> String {
    let day = warsaw_date(it.at).format("%d.%m.%Y");
    let by = full_name(Some(&it.by.given_names), Some(&it.by.family_name));
    format!("{day}, {by} – {}", it.reason.as_str())
}
