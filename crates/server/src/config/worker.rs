//! Whether this process fires deadlines, beside answering requests, how long an outage holds them, and the term of a list.

use super::reader::Reader;
use super::variable::variables;
use domain::outage::Grace;

variables! {
    WORKER = "SOID_WORKER", default "on",
        "Whether this process fires terms and removes abandoned uploads: on or off; of those that do, each is done by one.";
    OUTAGE_GRACE = "SOID_OUTAGE_GRACE", default "1",
        "How many full days after a recorded outage terms wait that would have ended in it; or until-released.";
    PATIENT_LIST_DAYS = "SOID_PATIENT_LIST_DAYS", default "30",
        "How many days after the end of treatment the list of patients of an ad-hoc need is due, of which its physician is reminded; or off.";
}

/// The longest that terms wait by themselves.
const LONGEST_GRACE: u32 = 60;

pub(super) fn read_grace(reader: &mut Reader<'_>) -> Option<Grace> {
    reader.parsed(&OUTAGE_GRACE, |text| match (text, text.parse::<u32>()) {
        ("until-released", _) => Ok(Grace::UntilReleased),
        (_, Ok(days)) if days <= LONGEST_GRACE => Ok(Grace::Days(days)),
        (other, _) => {
            Err(format!("must be until-released or a number of days up to {LONGEST_GRACE}, not {other:?}"))
        }
    })
}

/// After how many days a list of treated patients is due; of none, where nobody is reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatientListDays(pub Option<u32>);

/// The longest that a list may take.
const LONGEST_LIST: u32 = 365;

pub(super) fn read_patient_list_days(reader: &mut Reader<'_>) -> Option<PatientListDays> {
    reader.parsed(&PATIENT_LIST_DAYS, |text| match (text, text.parse::<u32>()) {
        ("off", _) => Ok(PatientListDays(None)),
        (_, Ok(days)) if (1..=LONGEST_LIST).contains(&days) => Ok(PatientListDays(Some(days))),
        (other, _) => Err(format!("must be off or a number of days up to {LONGEST_LIST}, not {other:?}")),
    })
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<bool> {
    reader.parsed(&WORKER, |text| match text {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(format!("must be on or off, not {other:?}")),
    })
}
