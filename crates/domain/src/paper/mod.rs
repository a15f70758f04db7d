//! What came on paper while the system could not be used, whichever document it is (PF art. 4ad(8)): why, how it is seen,
//! and what is corrected of its entry.

pub mod formerly;
pub mod refusals;

use crate::calendar::warsaw_date;
use crate::demand::model::{Attested, Digest, Handwritten, Officer};
use crate::ids::OutageId;
use crate::outage::Outage;
use crate::problem::{ProblemType, Violation};
use crate::values::{PersonName, Text};
use chrono::{DateTime, NaiveDate, Utc};
use formerly::Formerly;
use refusals::SCAN_MISSING;
use serde::{Deserialize, Serialize};

/// What kept its people from the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Hindrance {
    /// A recorded time in which the system could not be used.
    Outage { outage: OutageId },
    /// Whatever else did.
    ForceMajeure { description: Text<2000>, from: NaiveDate, until: NaiveDate },
}

impl Hindrance {
    pub fn outage(&self) -> Option<OutageId> {
        match self {
            Self::Outage { outage } => Some(*outage),
            Self::ForceMajeure { .. } => None,
        }
    }

    /// Whether it names an outage that did not last on that day; `known` is the outage on record.
    pub fn misses_outage(&self, known: Option<&Outage>, day: NaiveDate) -> bool {
        matches!(self, Self::Outage { .. }) && !known.is_some_and(|outage| lasted_on(outage, day))
    }

    /// Whether it is a force majeure of other days.
    pub fn misses_force_majeure(&self, day: NaiveDate) -> bool {
        match self {
            Self::ForceMajeure { from, until, .. } => !(from..=until).contains(&&day),
            Self::Outage { .. } => false,
        }
    }
}

/// Whether the outage lasted on some part of that day.
pub fn lasted_on(outage: &Outage, day: NaiveDate) -> bool {
    warsaw_date(outage.from) <= day && outage.until.is_none_or(|end| day <= warsaw_date(end))
}

/// The picture of the paper: an attachment of the case, known by its digest before it is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scan {
    pub title: Text<200>,
    pub sha256: Digest,
}

impl Scan {
    /// SHA-256 in lower-case hexadecimal.
    pub fn digest(text: &str) -> Result<Digest, &'static ProblemType> {
        let is_hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        let is_digest = text.len() == 64 && text.bytes().all(is_hex);
        if is_digest { Ok(Digest(text.to_owned())) } else { Err(refusals::SCAN_DIGEST) }
    }
}

/// How a document came on paper, on which grounds and with which dates, and who entered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Paper<G, D> {
    pub grounds: G,
    pub dates: D,
    pub scan: Scan,
    pub entered_by: Officer,
    pub entered_at: DateTime<Utc>,
    /// What was corrected since, oldest first.
    pub corrections: Vec<Correction>,
    /// What the same paper was entered as before, until that was withdrawn (PE-40).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formerly: Option<Formerly>,
}

/// An error of typing that an officer put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    pub reason: Text<2000>,
    pub by: Officer,
    pub at: DateTime<Utc>,
    /// The version of the content that it made.
    pub content_version: i32,
}

/// The places of the dates that come before an earlier step, or lie in the future; `steps` are in the order of the
/// procedure.
pub fn out_of_order(
    steps: impl IntoIterator<Item = (&'static str, Option<NaiveDate>)>,
    today: NaiveDate,
) -> Vec<String> {
    let mut latest = NaiveDate::MIN;
    let mut places = Vec::new();
    for (pointer, date) in steps {
        let Some(date) = date else { continue };
        if date < latest || date > today {
            places.push(pointer.to_owned());
        }
        latest = latest.max(date);
    }
    places
}

/// A signature by hand under the bytes of that digest; `None` while the content does not say whose it is.
pub fn written(
    given_names: Option<&PersonName>,
    family_name: Option<&PersonName>,
    signed_on: NaiveDate,
    payload_sha256: &Digest,
) -> Option<Attested> {
    Some(Attested::OnPaper(Handwritten {
        given_names: given_names?.clone(),
        family_name: family_name?.clone(),
        signed_on,
        payload_sha256: payload_sha256.clone(),
    }))
}

/// A resolution rests on the paper itself: nothing is prepared before its scan is there (PE-15, PE-31).
pub fn scan_faults(is_on_paper: bool, has_scan: bool) -> Vec<Violation> {
    if is_on_paper && !has_scan { vec![Violation::whole(SCAN_MISSING)] } else { Vec::new() }
}
