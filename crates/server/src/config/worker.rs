//! Whether this process fires deadlines, beside answering requests, how long an outage holds them, and the term of a list.

use super::reader::Reader;
use super::variable::variables;
use chrono::TimeDelta;
use domain::device_order::money::Rounding;
use domain::device_order::take_up;
use domain::outage::Grace;
use domain::values::OrderPrefix;

variables! {
    WORKER = "SOID_WORKER", default "on",
        "Whether this process fires terms and removes abandoned uploads: on or off; of those that do, each is done by one.";
    OUTAGE_GRACE = "SOID_OUTAGE_GRACE", default "1",
        "How many full days after a recorded outage terms wait that would have ended in it; or until-released.";
    SILENCE = "SOID_SILENCE_IS_OUTAGE_MINUTES", default "15",
        "After how many minutes in which no process served, and in which a term ended, the silence is recorded as an outage; or off.";
    ORDER_NUMBERS = "SOID_DEVICE_ORDER_NUMBERS", default "production",
        "The series of numbers of orders for medical devices: production (5-…), or test (T5-…) where no order is a real one.";
    HOLD_DAYS = "SOID_TAKE_UP_HOLD_DAYS", default "14",
        "How many days a provider of medical devices may take to issue what it has taken up, before the months are free again.";
    CONFIRMATION_DAYS = "SOID_TAKE_UP_CONFIRMATION_DAYS", default "7",
        "How many days after that an issue that was in time may still be confirmed.";
    WITHDRAWAL_DAYS = "SOID_REALISATION_WITHDRAWAL_DAYS", default "30",
        "How many days after its confirmation a provider may take an issue of devices back; an officer of the payer may at any time.";
    RECEIPT_DAYS = "SOID_RECEIPT_CORRECTION_DAYS", default "30",
        "How many days after that confirmation a provider may correct the receipt of the goods; an officer of the payer may at any time.";
    ROUNDING = "SOID_REFUND_ROUNDING", default "line",
        "Where half a grosz of a refund is rounded up: once for each line, or for each piece. No official rule is published.";
    PATIENT_LIST_DAYS = "SOID_PATIENT_LIST_DAYS", default "30",
        "How many days after the end of treatment the list of patients of an ad-hoc need is due, of which its physician is reminded; or off.";
}

/// The longest that terms wait by themselves.
const LONGEST_GRACE: u32 = 60;

pub(super) fn read_grace(reader: &mut Reader<'_>) -> Option<Grace> {
    reader.parsed(&OUTAGE_GRACE, grace)
}

/// As the variable says it, and the command that records an outage.
pub fn grace(text: &str) -> Result<Grace, String> {
    match (text, text.parse::<u32>()) {
        ("until-released", _) => Ok(Grace::UntilReleased),
        (_, Ok(days)) if days <= LONGEST_GRACE => Ok(Grace::Days(days)),
        (other, _) => {
            Err(format!("must be until-released or a number of days up to {LONGEST_GRACE}, not {other:?}"))
        }
    }
}

/// After which silence of the service it is an outage; of none, where it never is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilenceIsOutage(pub Option<TimeDelta>);

/// Fewer would be less than some beats of a process that serves.
const SHORTEST_SILENCE: u32 = 2;
const LONGEST_SILENCE: u32 = 24 * 60;

pub(super) fn read_silence(reader: &mut Reader<'_>) -> Option<SilenceIsOutage> {
    reader.parsed(&SILENCE, |text| match (text, text.parse::<u32>()) {
        ("off", _) => Ok(SilenceIsOutage(None)),
        (_, Ok(minutes)) if (SHORTEST_SILENCE..=LONGEST_SILENCE).contains(&minutes) => {
            Ok(SilenceIsOutage(Some(TimeDelta::minutes(minutes.into()))))
        }
        (other, _) => Err(format!(
            "must be off or a number of minutes from {SHORTEST_SILENCE} to {LONGEST_SILENCE}, not {other:?}"
        )),
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

/// A hold is no longer than the months that one take-up may have.
const LONGEST_HOLD: u32 = 186;
const LONGEST_CONFIRMATION: u32 = 60;
const LONGEST_CHANGE: u32 = 366;

pub(super) fn read_take_ups(reader: &mut Reader<'_>) -> Option<take_up::Settings> {
    let hold_days = reader.parsed(&HOLD_DAYS, |text| days(text, 1, LONGEST_HOLD));
    let confirmation_days = reader.parsed(&CONFIRMATION_DAYS, |text| days(text, 0, LONGEST_CONFIRMATION));
    let withdrawal_days = reader.parsed(&WITHDRAWAL_DAYS, |text| days(text, 0, LONGEST_CHANGE));
    let receipt_days = reader.parsed(&RECEIPT_DAYS, |text| days(text, 0, LONGEST_CHANGE));
    let rounding = reader.parsed(&ROUNDING, |text| match text {
        "line" => Ok(Rounding::PerLine),
        "piece" => Ok(Rounding::PerPiece),
        other => Err(format!("must be line or piece, not {other:?}")),
    });
    Some(take_up::Settings {
        hold_days: hold_days?,
        confirmation_days: confirmation_days?,
        withdrawal_days: withdrawal_days?,
        receipt_days: receipt_days?,
        rounding: rounding?,
    })
}

fn days(text: &str, fewest: u32, most: u32) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| (fewest..=most).contains(days));
    days.ok_or_else(|| format!("must be a number of days from {fewest} to {most}, not {text:?}"))
}

pub(super) fn read_order_numbers(reader: &mut Reader<'_>) -> Option<OrderPrefix> {
    reader.parsed(&ORDER_NUMBERS, |text| match text {
        "production" => Ok(OrderPrefix::Production),
        "test" => Ok(OrderPrefix::Test),
        other => Err(format!("must be production or test, not {other:?}")),
    })
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<bool> {
    reader.parsed(&WORKER, |text| match text {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(format!("must be on or off, not {other:?}")),
    })
}
