//! What a wholesaler notifies on paper in an outage, long before anybody enters it.

use super::notifications::{content, drafted};
use super::papers::long_ago;
use super::{PREPARER, date, day, digest, named, officer, organisation, read, text};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::paper::{Hindrance, Scan};
use domain::temporary_authorisation::paper::entry::AskedCorrection;
use domain::temporary_authorisation::paper::{Asked, Dates, Entry, Facts, enter};
use domain::temporary_authorisation::{Authorisation, Content};

pub(crate) fn dates() -> Dates {
    Dates {
        issued_on: date("2026-09-02"),
        representative_signed_on: date("2026-09-04"),
        sent_on: date("2026-09-05"),
        received_on: date("2026-09-08"),
    }
}

pub(crate) fn asked() -> Asked {
    Asked {
        grounds: Hindrance::Outage { outage: long_ago().id },
        dates: dates(),
        scan: Scan { title: text("Zgłoszenie na papierze"), sha256: digest("e") },
        adds_to: None,
    }
}

pub(crate) fn facts(now: DateTime<Utc>) -> Facts {
    Facts {
        wholesaler: Some(organisation(10)),
        responsible_people: vec![named("Wiktoria", "Przykładowa")],
        outage: Some(long_ago()),
        base: None,
        is_known: false,
        is_other_document: false,
        formerly: None,
        today: warsaw_date(now),
    }
}

pub(crate) fn entry(now: DateTime<Utc>) -> Entry {
    Entry { asked: asked(), facts: facts(now), by: officer(PREPARER), submission_sha256: digest("f") }
}

/// Entered on day 0, 90 days after it was issued on paper.
pub(crate) fn on_paper() -> Authorisation {
    enter(drafted(), entry(day(0)), day(0)).expect("an entry").document
}

/// The same paper as it should have been typed.
pub(crate) fn correction(it: &Authorisation, now: DateTime<Utc>) -> AskedCorrection {
    let content =
        Content { justification: Some(text("Zapas skończy się za tydzień.")), ..read(content()) };
    let mut entry = entry(now);
    entry.asked.adds_to = it.adds_to.map(|_| it.number.clone());
    AskedCorrection { entry, content, reason: text("Literówka.") }
}
