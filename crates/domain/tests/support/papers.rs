//! What comes on paper in an outage, long before anybody enters it.

use super::stages::Stage;
use super::{
    CONSULTANT, PHYSICIAN, PREPARER, consultant, date, day, digest, draft, in_facility, named, npwz, officer,
    organisation, outside, recorded, submission, text,
};
use chrono::{DateTime, Utc};
use domain::calendar::{end_of_day_warsaw, start_of_day_warsaw, warsaw_date};
use domain::demand::Content;
use domain::demand::issue::PhysicianOnRecord;
use domain::demand::model::Verdict;
use domain::demand::paper::entry::AskedCorrection;
use domain::demand::paper::{Asked, Dates, Entry, Facts, Grounds, Hindrance, IssuingEntity, Scan, enter};
use domain::outage::{Grace, Outage};

/// An outage of two days, 90 days before day 0.
pub(crate) fn long_ago() -> Outage {
    let (from, until) = (start_of_day_warsaw(date("2026-09-02")), end_of_day_warsaw(date("2026-09-03")));
    recorded(from, Some(until - chrono::TimeDelta::minutes(1)), &[], Grace::Days(1))
}

/// Each step on the last day on which it was in time.
pub(crate) fn dates(is_in_facility: bool) -> Dates {
    Dates {
        issued_on: date("2026-09-02"),
        representative_received_on: None,
        representative_signed_on: is_in_facility.then(|| date("2026-09-05")),
        consultant_received_on: date("2026-09-20"),
        opinion_given_on: date("2026-09-27"),
        sent_on: date("2026-11-01"),
        received_on: date("2026-11-04"),
    }
}

pub(crate) fn asked_of(content: &Content) -> Asked {
    Asked {
        consultant: Some(consultant(CONSULTANT)),
        verdict: Verdict::Confirmed,
        justification: None,
        grounds: Grounds::Hindered(Hindrance::Outage { outage: long_ago().id }),
        dates: dates(content.is_in_facility()),
        scan: Scan { title: text("Zapotrzebowanie na papierze"), sha256: digest("e") },
    }
}

pub(crate) fn facts(now: DateTime<Utc>) -> Facts {
    Facts {
        physician: Some(PhysicianOnRecord { npwz: npwz(PHYSICIAN), name: named("Anna", "Testowa") }),
        entity: Some(IssuingEntity {
            id: organisation(1),
            on_record: submission(None).entity,
            is_prison: false,
        }),
        outage: Some(long_ago()),
        is_known: false,
        is_other_document: false,
        formerly: None,
        today: warsaw_date(now),
    }
}

pub(crate) fn entry_of(content: &Content, now: DateTime<Utc>) -> Entry {
    Entry { asked: asked_of(content), facts: facts(now), by: officer(PREPARER), demand_sha256: digest("f") }
}

/// The same paper with other content, as it should have been typed.
pub(crate) fn correction(content: Content, now: DateTime<Utc>) -> AskedCorrection {
    AskedCorrection { entry: entry_of(&content, now), content, reason: text("Literówka.") }
}

impl Stage {
    /// Entered on day 0, 90 days after it was issued on paper.
    pub(crate) fn on_paper(is_in_facility: bool) -> Self {
        let content = if is_in_facility { in_facility() } else { outside() };
        let entry = entry_of(&content, day(0));
        Self { demand: draft(content), entries: Vec::new(), treated: Vec::new(), now: day(0) }
            .then(|demand, now| enter(demand, entry, now))
    }
}
