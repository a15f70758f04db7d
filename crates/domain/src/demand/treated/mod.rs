//! The later list of treated patients of an ad-hoc need: who was given how much, once it is known (formerly R349 §8).
//!
//! Several reports add up. A line never changes; a wrong one is taken back with a reason, and the right one is another
//! line. The term of the list reminds and moves nothing.

mod rules;

pub use rules::{
    REOPENING_RULES, REPORT_RULES, Report, TAKING_BACK_RULES, closed_to, closed_to_reopening, is_ad_hoc,
};

use super::DemandDecision;
use super::content::Patient;
use super::events::DemandEvent;
use super::lifecycle::Command;
use super::model::Demand;
use super::refusals::admit_state;
use crate::decision::{Decided, Decision, admit};
use crate::ids::TreatedPatientId;
use crate::problem::Violation;
use crate::rule;
use crate::values::{Npwz, Quantity, Text};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// After how many days the list is due, where the operator sets nothing else (formerly R349 §8).
pub const USUAL_DAYS: u32 = 30;

/// One line: a course of one patient. It never changes, it can only be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TreatedPatient {
    pub id: TreatedPatientId,
    pub patient: Patient,
    /// What the patient was given in all, in the approved unit.
    pub quantity: Quantity,
    pub dose: Text<300>,
    pub treated_from: NaiveDate,
    pub treated_to: NaiveDate,
    pub recorded_by: Npwz,
    pub recorded_at: DateTime<Utc>,
    /// Kept beside the line, which stays as it was.
    #[serde(skip)]
    pub taken_back: Option<TakenBack>,
}

impl TreatedPatient {
    pub fn stands(&self) -> bool {
        self.taken_back.is_none()
    }
}

/// Why a line does not count any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TakenBack {
    pub reason: Text<1000>,
    pub by: Npwz,
    pub at: DateTime<Utc>,
}

/// What the demand itself remembers of its list: nothing of a patient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TreatedList {
    /// What the standing lines add up to, in the approved unit.
    pub given: Decimal,
    /// How many lines stand.
    pub lines: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treatment_end: Option<TreatmentEnd>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it was opened again by itself, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reopenings: Vec<Reopening>,
}

/// Why the list is not whole, or the end of treatment not what was stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reopening {
    pub reason: Text<1000>,
    pub by: Npwz,
    pub at: DateTime<Utc>,
}

/// The end of all courses, as the physician stated it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TreatmentEnd {
    pub on: NaiveDate,
    /// After how many days the list is due, as the operator had set it then; never, where nobody is reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// When the term ran out while the list was open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue_at: Option<DateTime<Utc>>,
}

impl TreatedList {
    /// The end from which a term runs that is not over yet.
    pub(super) fn awaited_since(&self) -> Option<(&TreatmentEnd, u32)> {
        let open =
            self.treatment_end.as_ref().filter(|end| self.closed_at.is_none() && end.overdue_at.is_none());
        open.and_then(|end| end.days.map(|days| (end, days)))
    }

    fn add(&mut self, line: &TreatedPatient) {
        self.given += line.quantity.amount();
        self.lines = self.lines.saturating_add(1);
    }

    fn remove(&mut self, line: &TreatedPatient) {
        self.given -= line.quantity.amount();
        self.lines = self.lines.saturating_sub(1);
    }

    /// A later end is another end, with a term of its own.
    fn end_on(&mut self, on: NaiveDate, days: Option<u32>) -> bool {
        let is_known = self.treatment_end.as_ref().is_some_and(|end| end.on == on);
        if !is_known {
            self.treatment_end = Some(TreatmentEnd { on, days, overdue_at: None });
        }
        !is_known
    }
}

/// Adds lines to the list, states the end of all courses, or says that the list is whole.
pub fn report(demand: Demand, asked: &Report, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::TreatedPatients)?;
    let mut broken = rule::broken(REPORT_RULES, |check| check(&demand, asked));
    broken.extend(rules::faults_of_patients(asked));
    admit(broken)?;
    let mut list = demand.treated.clone().unwrap_or_default();
    let mut events = Vec::new();
    asked.lines.iter().for_each(|line| list.add(line));
    if !asked.lines.is_empty() {
        events.push(DemandEvent::TreatedPatientsReported {});
    }
    if let Some(on) = asked.treatment_ended_on
        && list.end_on(on, asked.days)
    {
        events.push(DemandEvent::TreatmentEnded { on });
    }
    if asked.closes {
        list.closed_at = Some(now);
        events.push(DemandEvent::PatientListClosed {});
    }
    Ok(Decided { document: Demand { treated: Some(list), changed_at: now, ..demand }, events })
}

/// Takes a line back; a list that was whole is open again, so that the right line can follow.
pub fn take_back(
    demand: Demand,
    line: TreatedPatient,
    taken_back: TakenBack,
    now: DateTime<Utc>,
) -> Decision<(Demand, TreatedPatient), DemandEvent> {
    admit_state(&demand.state, Command::TreatedPatientReversal)?;
    admit(rule::broken(TAKING_BACK_RULES, |check| check(&demand, &line)))?;
    let mut list = demand.treated.clone().unwrap_or_default();
    list.remove(&line);
    let mut events = vec![DemandEvent::TreatedPatientTakenBack { line: line.id }];
    if list.closed_at.take().is_some() {
        events.push(DemandEvent::PatientListReopened {});
    }
    let line = TreatedPatient { taken_back: Some(taken_back), ..line };
    Ok(Decided { document: (Demand { treated: Some(list), changed_at: now, ..demand }, line), events })
}

/// Takes back that the list is whole, and the end that was stated: a mistake of either holds nothing up. Lines stay, and
/// the end is stated anew with the next report.
pub fn reopen(demand: Demand, reopening: Reopening, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::PatientListReopening)?;
    if let Some(problem) = rules::has_none(&demand) {
        return Err(vec![Violation::whole(problem)]);
    }
    admit(rule::broken(REOPENING_RULES, |check| check(&demand, &reopening)))?;
    let mut list = demand.treated.clone().unwrap_or_default();
    list.closed_at = None;
    list.treatment_end = None;
    list.reopenings.push(reopening);
    let document = Demand { treated: Some(list), changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::PatientListReopened {}] })
}

/// The list of a demand without a product, whose term has nothing to wait for.
pub(super) fn unsupplied(list: Option<TreatedList>) -> Option<TreatedList> {
    list.map(|list| TreatedList { treatment_end: None, closed_at: None, ..list })
}

/// The term of the list is over: its parties are told once, and nothing else happens.
pub(super) fn run_out(list: Option<TreatedList>, at: DateTime<Utc>) -> Option<TreatedList> {
    list.map(|mut list| {
        if let Some(end) = &mut list.treatment_end {
            end.overdue_at = Some(at);
        }
        list
    })
}

#[cfg(test)]
mod tests;
