//! What the payer looks at once an order has its number, and again when a provider takes it up (DO-20, DO-21, DO-34).
//! What is found is a result, not a refusal: it is kept, with every fault, its place and its remedy.

mod lines;
mod rules;
mod use_period;

pub use lines::{Unknown, confirm, figures_known, figures_known_on};
pub use rules::entries;

use super::content::{Content, OrderedItem};
use super::events::DeviceOrderEvent;
use super::issue::ordered_months;
use super::lifecycle::{Command, Confirmed, Negative, PeriodState, Periods, State};
use super::model::{
    Acceptance, Access, Confirmation, ConfirmedLine, DeviceOrder, Issue, Months, Right, Side,
};
use super::quantity::{Earlier, Measure, shares_limit};
use super::refusals::{
    DUPLICATE, NOTHING_CONFIRMED, OTHERS_UNREADABLE, PRIMARY_ORDER_UNKNOWN, QUANTITY_EXCEEDED,
    RIGHT_NOT_CONFIRMED, RIGHT_PROOF_EXPIRED, RIGHT_STATEMENT_OLD, RIGHT_UNANSWERED, SPECIALTY_UNCONFIRMED,
    USE_PERIOD_NOT_ELAPSED, USE_PERIOD_UNKNOWN, admit_state, wrong_state,
};
use super::{DeviceOrderDecision, elapse};
use crate::decision::{Decided, admit};
use crate::device_group::{DeviceGroup, NextFrom, UsagePeriod};
use crate::problem::{ProblemType, Violation};
use crate::values::{AccessCode, DeviceCode, DeviceOrderNumber, Text};
use chrono::{DateTime, Months as CalendarMonths, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One thing that was found: a code of the problem catalogue, which has the words and the remedy, and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    pub code: String,
    pub pointer: String,
}

impl From<Violation> for Finding {
    fn from(violation: Violation) -> Self {
        Self { code: violation.problem.code.to_owned(), pointer: violation.pointer }
    }
}

impl Finding {
    pub fn of(problem: &ProblemType, pointer: &str) -> Self {
        Self { code: problem.code.to_owned(), pointer: pointer.to_owned() }
    }
}

/// What the payer's service said of the right to benefits on that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Insurance {
    Confirmed {
        operation: Text<20>,
    },
    NotConfirmed,
    /// The PESEL is no longer in use.
    PeselOutdated,
    /// It did not answer, or the patient has no PESEL by which to ask.
    NotAsked {
        is_outage: bool,
    },
}

/// A device that the patient was supplied with before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplied {
    pub order: DeviceOrderNumber,
    pub code: DeviceCode,
    pub side: Option<Side>,
    pub issued_on: NaiveDate,
    /// When the payer bears the next one, by the list of that day.
    pub next_from: NextFrom,
    /// By how many months repairs have made the period of use longer (DO-48).
    pub added: u32,
}

impl Supplied {
    /// When the payer bears the next one, repairs included. What nobody knew when it was supplied may be known by now.
    pub fn next(&self, usage: Option<UsagePeriod>) -> NextFrom {
        let next = match (self.next_from, usage) {
            (NextFrom::Unknown, Some(usage)) => usage.next_from(self.issued_on),
            (next, _) => next,
        };
        next.later_by(self.added)
    }
}

/// Another order of the patient that is open, or that was realised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherOrder {
    pub number: DeviceOrderNumber,
    pub items: Vec<OrderedItem>,
    pub months: Option<Months>,
    /// Whether the payer has confirmed it.
    pub is_positive: bool,
    /// Whether something of it is still to be had, or is being looked at.
    pub is_open: bool,
}

/// Everything that a verification looks at beside the content.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The day on which age, validity and list are looked at.
    pub on: NaiveDate,
    /// As the list has the ordered codes, and those of other orders that share a limit with them, on that day.
    pub groups: &'a [DeviceGroup],
    pub insurance: Insurance,
    /// The prescriber's, as the directory has them; `None` where it does not know them, and the stated ones count.
    pub specialties: Option<&'a [Text<120>]>,
    pub supplied: &'a [Supplied],
    pub others: &'a [OtherOrder],
    /// Whether an order of the patient cannot be read, so that `supplied`, `others` and `earlier` may lack something.
    pub is_incomplete: bool,
    /// Pieces of other orders, month by month, for what the list counts over several months.
    pub earlier: &'a [Earlier],
    /// What an officer accepted of this order: found again, it stands no more in the way (DO-27).
    pub waived: &'a [Finding],
    /// At take-up the months that are left may be fewer, and the limit follows age and entitlement of the day; the
    /// duplicate check, the quantity and the issuer's competence belong to the first look.
    pub is_first: bool,
}

impl Facts<'_> {
    pub fn group(&self, code: &DeviceCode) -> Option<&DeviceGroup> {
        self.groups.iter().find(|group| group.code == *code)
    }

    pub(super) fn measure<'m>(&'m self, content: &'m Content) -> Measure<'m> {
        Measure { content, groups: self.groups, on: self.on, earlier: self.earlier }
    }

    /// Whether any of them may be issued for the other, on one limit (DO-41).
    fn share_limit(&self, one: &DeviceCode, other: &DeviceCode) -> bool {
        shares_limit(self.groups, one, other)
    }

    pub(super) fn waives(&self, problem: &ProblemType) -> bool {
        self.waived.iter().any(|finding| finding.code == problem.code)
    }
}

/// The outcome of a look: confirmed lines, or what stands in the way.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Positive {
        lines: Vec<ConfirmedLine>,
        right: Right,
        warnings: Vec<Finding>,
    },
    Negative {
        findings: Vec<Finding>,
        warnings: Vec<Finding>,
        /// How the right to benefits is known all the same; `None` where nothing shows it.
        right: Option<Right>,
    },
}

/// The day by which the order is looked at for the first time: a paper one is judged as of the day that it bears (DO-95).
pub fn judged_on(order: &DeviceOrder, today: NaiveDate) -> NaiveDate {
    match &order.state {
        State::Registered(_) | State::Verifying(_) | State::Negative(_) => {
            let issue = order.state.issue().filter(|issue| issue.paper.is_some());
            issue.map_or(today, |issue| issue.issued_on)
        }
        State::Draft | State::Positive(_) | State::Realised(_) | State::Expired(_) | State::Cancelled(_) => {
            today
        }
    }
}

/// Whether it tells something of other orders of the patient.
pub fn is_about_others(finding: &Finding) -> bool {
    [
        DUPLICATE,
        OTHERS_UNREADABLE,
        PRIMARY_ORDER_UNKNOWN,
        QUANTITY_EXCEEDED,
        USE_PERIOD_NOT_ELAPSED,
        USE_PERIOD_UNKNOWN,
    ]
    .iter()
    .any(|problem| problem.code == finding.code)
}

/// The list of that day as it counts for an order: one that was confirmed runs on in the old terms where its code has left the
/// list since (Dz.U. 2023 poz. 2461, §2).
pub fn listed_for(order: &DeviceOrder, versions: &[DeviceGroup], on: NaiveDate) -> Vec<DeviceGroup> {
    let issued_on = order.state.confirmed().map(|confirmed| confirmed.issue.issued_on);
    let has_left =
        |group: &DeviceGroup| !versions.iter().any(|other| other.code == group.code && other.is_valid_on(on));
    let counts = |group: &&DeviceGroup| {
        group.is_valid_on(on) || issued_on.is_some_and(|day| group.is_valid_on(day) && has_left(group))
    };
    versions.iter().filter(counts).cloned().collect()
}

/// Looks at an order's content as the facts have it.
pub fn look(content: &Content, facts: &Facts) -> Verdict {
    let found: Vec<Finding> = rules::broken(content, facts).into_iter().map(Finding::from).collect();
    let right = right(content, facts, &found);
    let (waived, mut findings): (Vec<Finding>, Vec<Finding>) =
        found.into_iter().partition(|finding| facts.waived.contains(finding));
    match confirm(content, facts) {
        Ok(lines) if findings.is_empty() => {
            let right = right.unwrap_or(Right::Accepted);
            Verdict::Positive { lines, right, warnings: [waived, warnings(content, facts)].concat() }
        }
        Ok(_) => Verdict::Negative { findings, warnings: warnings(content, facts), right },
        Err(unknown) => {
            findings.extend(unknown.map(Finding::from));
            // What lacks a line has a fault, though no rule may have named it.
            let is_silent = findings.is_empty();
            findings.extend(is_silent.then(|| Finding::of(NOTHING_CONFIRMED, "/content")));
            Verdict::Negative { findings, warnings: warnings(content, facts), right }
        }
    }
}

/// What is missing, has expired or is too old proves nothing, whoever accepts the order in spite of it.
fn right(content: &Content, facts: &Facts, found: &[Finding]) -> Option<Right> {
    if let Insurance::Confirmed { operation } = &facts.insurance {
        return Some(Right::Confirmed { operation: operation.clone() });
    }
    let faults = [RIGHT_NOT_CONFIRMED, RIGHT_PROOF_EXPIRED, RIGHT_STATEMENT_OLD];
    let is_faulty = found.iter().any(|it| faults.iter().any(|fault| fault.code == it.code));
    content.right.as_ref().filter(|_| !is_faulty).map(|_| Right::Proved)
}

/// What is not known, and decided nothing.
fn warnings(content: &Content, facts: &Facts) -> Vec<Finding> {
    let is_outage = matches!(facts.insurance, Insurance::NotAsked { is_outage: true });
    let unanswered = is_outage.then(|| Finding::of(RIGHT_UNANSWERED, "/content/right"));
    let is_declared = facts.is_first && facts.specialties.is_none() && rules::needs_specialty(content, facts);
    let declared = is_declared.then(|| Finding::of(SPECIALTY_UNCONFIRMED, "/content/prescriber/specialties"));
    unanswered.into_iter().chain(declared).collect()
}

/// Keeps the outcome of the first look. A positive order gets its months and, where its patient has a PESEL, a code; what
/// has passed while it was looked at is lost at once.
pub fn conclude(
    order: DeviceOrder,
    verdict: Verdict,
    code: Option<AccessCode>,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::VerificationResult)?;
    let State::Verifying(verifying) = order.state.clone() else { return Err(wrong_state()) };
    match verdict {
        Verdict::Positive { lines, right, warnings } => {
            let confirmation = Confirmation { lines, right, warnings, verified_at: now, accepted: None };
            let event = DeviceOrderEvent::OrderVerified { positive: true };
            Ok(confirmed(order, (verifying.issue, confirmation), code, event, now))
        }
        Verdict::Negative { findings, warnings, right } => {
            let negative = Negative { issue: verifying.issue, findings, warnings, right, verified_at: now };
            let state = State::Negative(Box::new(negative));
            let document = DeviceOrder { state, changed_at: now, ..order };
            Ok(Decided { document, events: vec![DeviceOrderEvent::OrderVerified { positive: false }] })
        }
    }
}

/// What other orders of the patient have taken since the order was found negative: the officer who accepts has not seen
/// it, and a month is not borne twice (DO-21).
pub fn taken_since(order: &DeviceOrder, facts: &Facts) -> Vec<Violation> {
    let State::Negative(negative) = &order.state else { return Vec::new() };
    let is_of_others =
        |found: &Violation| [DUPLICATE, QUANTITY_EXCEEDED, OTHERS_UNREADABLE].contains(&found.problem);
    let is_new = |found: &Violation| !negative.findings.contains(&Finding::from(found.clone()));
    rules::broken(&order.content, facts)
        .into_iter()
        .filter(|found| is_of_others(found) && is_new(found))
        .collect()
}

/// An officer takes a negative order for a positive one (DO-27); the lines are those that the catalogue gives. The right to
/// benefits stays as known as it was, and what has passed since is lost at once.
pub fn accept(
    order: DeviceOrder,
    acceptance: Acceptance,
    lines: Vec<ConfirmedLine>,
    code: Option<AccessCode>,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Acceptance)?;
    let State::Negative(negative) = order.state.clone() else { return Err(wrong_state()) };
    admit(if lines.is_empty() { vec![Violation::new(NOTHING_CONFIRMED, "/content")] } else { Vec::new() })?;
    let confirmation = Confirmation {
        lines,
        right: negative.right.unwrap_or(Right::Accepted),
        warnings: [negative.findings, negative.warnings].concat(),
        verified_at: negative.verified_at,
        accepted: Some(acceptance),
    };
    let event = DeviceOrderEvent::OrderAccepted {};
    Ok(confirmed(order, (negative.issue, confirmation), code, event, now))
}

/// A positive order with everything that is left of it now.
fn confirmed(
    order: DeviceOrder,
    (issue, confirmation): (Issue, Confirmation),
    code: Option<AccessCode>,
    event: DeviceOrderEvent,
    now: DateTime<Utc>,
) -> Decided<DeviceOrder, DeviceOrderEvent> {
    let periods = match ordered_months(&order.content) {
        Some(months) => Periods::monthly(months),
        None => Periods::OneOff { last_day: last_day(issue.issued_on), state: PeriodState::Available },
    };
    let has_code = order.content.patient.has_pesel() && issue.paper.is_none();
    let access = Access { code: code.filter(|_| has_code) };
    let state = State::Positive(Box::new(Confirmed {
        issue,
        confirmation,
        access,
        periods,
        take_ups: Vec::new(),
        tail: None,
    }));
    let left = elapse::elapse(DeviceOrder { state, changed_at: now, ..order }, now);
    let events = [event].into_iter().chain(left.events).collect();
    Decided { document: left.document, events }
}

/// A one-off order can be taken up until the same day of the next year (DO-16).
fn last_day(issued_on: NaiveDate) -> NaiveDate {
    issued_on.checked_add_months(CalendarMonths::new(12)).unwrap_or(issued_on)
}
