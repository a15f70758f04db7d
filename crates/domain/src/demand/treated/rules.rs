//! What a report of treated patients has to be, and when a line can be taken back.

use super::super::Check;
use super::super::content::{Patients, rules as of_content};
use super::super::model::Demand;
use super::super::refusals::{
    NOT_AD_HOC, NOTHING_SUPPLIED, PATIENT_LIST_CLOSED, PATIENT_LIST_EMPTY, PATIENT_LIST_OPEN, TREATED_BEYOND,
    TREATED_DATES, TREATED_TAKEN_BACK, TREATED_TWICE, TREATED_UNIT, TREATMENT_END,
};
use super::{Reopening, TreatedPatient};
use crate::problem::{ProblemType, Sentence, Violation};
use crate::rule::{Rule, at, whole};
use crate::values::Quantity;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What a physician reports, and what the list held before.
#[derive(Clone, Debug)]
pub struct Report {
    pub lines: Vec<TreatedPatient>,
    pub treatment_ended_on: Option<NaiveDate>,
    /// Nobody else will be reported.
    pub closes: bool,
    /// Every line before, those taken back too.
    pub before: Vec<TreatedPatient>,
    /// After how many days the list is due; `None` where nobody is reminded.
    pub days: Option<u32>,
    pub today: NaiveDate,
}

impl Report {
    fn standing(&self) -> impl Iterator<Item = &TreatedPatient> {
        self.before.iter().filter(|line| line.stands())
    }

    fn each(&self, member: &str, broken: impl Fn(usize, &TreatedPatient) -> bool) -> Vec<String> {
        let lines = self.lines.iter().enumerate().filter(|(index, line)| broken(*index, line));
        lines.map(|(index, _)| format!("/patients/{index}{member}")).collect()
    }
}

pub const REPORT_RULES: &[Rule<Check<Report>>] = &[
    Rule {
        number: "SD-49",
        legal: "PF art. 4d(3)(5); design (R349 §8)",
        says: Sentence {
            pl: "Listę leczonych pacjentów podaje się po potrzebach doraźnych; inni pacjenci są już w zapotrzebowaniu.",
            en: "A list of treated patients follows an ad-hoc need; other patients stand in the demand already.",
        },
        problem: NOT_AD_HOC,
        broken_at: follows_an_ad_hoc_need,
    },
    Rule {
        number: "SD-50",
        legal: "design",
        says: Sentence {
            pl: "Leczenie następuje po przekazaniu zapotrzebowania hurtowni: wcześniej produktu nie ma.",
            en: "Treatment comes after the hand-over to a wholesaler: before it there is no product.",
        },
        problem: NOTHING_SUPPLIED,
        broken_at: product_was_supplied,
    },
    Rule {
        number: "SD-51",
        legal: "design",
        says: Sentence {
            pl: "Do zamkniętej listy nic się nie dopisuje.",
            en: "Nothing is added to a closed list.",
        },
        problem: PATIENT_LIST_CLOSED,
        broken_at: list_is_open,
    },
    Rule {
        number: "SD-52",
        legal: "design",
        says: Sentence {
            pl: "Zgłoszenie podaje pacjentów, koniec leczenia albo zamknięcie listy.",
            en: "A report tells of patients, of the end of treatment, or that the list is whole.",
        },
        problem: PATIENT_LIST_EMPTY,
        broken_at: says_something,
    },
    Rule {
        number: "SD-53",
        legal: "design",
        says: Sentence {
            pl: "Ilość podana pacjentowi liczy się w jednostce zgody.",
            en: "What a patient was given is counted in the approved unit.",
        },
        problem: TREATED_UNIT,
        broken_at: counted_in_the_approved_unit,
    },
    Rule {
        number: "SD-54",
        legal: "design (R349 §8)",
        says: Sentence {
            pl: "Podano najwyżej tyle, ile wydano; dopóki wydania nie wpisano – ile obejmuje zgoda.",
            en: "At most as much was given as was dispensed; while no dispensing is entered, as was approved.",
        },
        problem: TREATED_BEYOND,
        broken_at: within_what_was_dispensed,
    },
    Rule {
        number: "SD-55",
        legal: "design",
        says: Sentence {
            pl: "Leczenie zaczyna się po rozstrzygnięciu, a kończy nie przed początkiem i nie w przyszłości.",
            en: "Treatment begins after the resolution and ends neither before it began nor in the future.",
        },
        problem: TREATED_DATES,
        broken_at: treated_in_time,
    },
    Rule {
        number: "SD-56",
        legal: "design",
        says: Sentence {
            pl: "Okresy leczenia jednego pacjenta nie zachodzą na siebie: nikogo nie liczy się dwa razy.",
            en: "The courses of one patient do not overlap: nobody is counted twice.",
        },
        problem: TREATED_TWICE,
        broken_at: courses_do_not_overlap,
    },
    Rule {
        number: "SD-57",
        legal: "design (R349 §8)",
        says: Sentence {
            pl: "Koniec leczenia nie wyprzedza żadnego okresu z listy i nie leży w przyszłości; zamknięta lista go podaje.",
            en: "The end of treatment comes after every course of the list and not in the future; a closed list states it.",
        },
        problem: TREATMENT_END,
        broken_at: treatment_ends_after_every_course,
    },
];

pub const TAKING_BACK_RULES: &[Rule<Check<TreatedPatient>>] = &[Rule {
    number: "SD-58",
    legal: "RODO art. 5(1)(d); design",
    says: Sentence {
        pl: "Wiersz listy wycofuje się raz; sam wiersz się nie zmienia.",
        en: "A line of the list is taken back once; the line itself never changes.",
    },
    problem: TREATED_TAKEN_BACK,
    broken_at: line_stands,
}];

pub const REOPENING_RULES: &[Rule<Check<Reopening>>] = &[Rule {
    number: "SD-62",
    legal: "RODO art. 5(1)(d); design",
    says: Sentence {
        pl: "Otwiera się ponownie listę, którą zamknięto lub której podano koniec leczenia; wiersze zostają.",
        en: "A list that was closed, or whose end of treatment was stated, is opened again; its lines stay.",
    },
    problem: PATIENT_LIST_OPEN,
    broken_at: list_was_closed_or_ended,
}];

fn list_was_closed_or_ended(demand: &Demand, _: &Reopening) -> Vec<String> {
    whole(!is_closed_or_ended(demand))
}

fn is_closed_or_ended(demand: &Demand) -> bool {
    demand.treated.as_ref().is_some_and(|list| list.closed_at.is_some() || list.treatment_end.is_some())
}

/// Why the list of this demand is not opened again.
pub fn closed_to_reopening(demand: &Demand) -> Option<&'static ProblemType> {
    has_none(demand).or_else(|| (!is_closed_or_ended(demand)).then_some(PATIENT_LIST_OPEN))
}

/// Why this demand has no list, open or closed.
pub(super) fn has_none(demand: &Demand) -> Option<&'static ProblemType> {
    closed_to(demand).filter(|problem| *problem != PATIENT_LIST_CLOSED)
}

/// Whether it was issued for a need that had no patient yet; no other demand has a later list.
pub fn is_ad_hoc(demand: &Demand) -> bool {
    matches!(demand.content.patients, Some(Patients::AdHoc { .. }))
}

fn follows_an_ad_hoc_need(demand: &Demand, _: &Report) -> Vec<String> {
    whole(!is_ad_hoc(demand))
}

fn product_was_supplied(demand: &Demand, _: &Report) -> Vec<String> {
    whole(demand.state.handover().is_none())
}

fn list_is_open(demand: &Demand, _: &Report) -> Vec<String> {
    whole(demand.treated.as_ref().is_some_and(|list| list.closed_at.is_some()))
}

/// Why this demand takes no report at all, whatever it says.
pub fn closed_to(demand: &Demand) -> Option<&'static ProblemType> {
    let nothing = Report {
        lines: Vec::new(),
        treatment_ended_on: None,
        closes: false,
        before: Vec::new(),
        days: None,
        today: NaiveDate::MIN,
    };
    let of_the_demand = [NOT_AD_HOC, NOTHING_SUPPLIED, PATIENT_LIST_CLOSED];
    REPORT_RULES
        .iter()
        .filter(|rule| of_the_demand.contains(&rule.problem))
        .find(|rule| !(rule.broken_at)(demand, &nothing).is_empty())
        .map(|rule| rule.problem)
}

fn says_something(_: &Demand, asked: &Report) -> Vec<String> {
    whole(asked.lines.is_empty() && asked.treatment_ended_on.is_none() && !asked.closes)
}

fn approved_quantity(demand: &Demand) -> Option<Quantity> {
    demand.state.resolution().and_then(|resolution| resolution.draft.approved_quantity)
}

fn counted_in_the_approved_unit(demand: &Demand, asked: &Report) -> Vec<String> {
    let unit = approved_quantity(demand).map(|approved| approved.unit());
    asked.each("/quantity/unit", |_, line| unit.is_some_and(|unit| line.quantity.unit() != unit))
}

/// Quantities of another unit are another rule's; without new lines nothing grows.
fn within_what_was_dispensed(demand: &Demand, asked: &Report) -> Vec<String> {
    let Some(approved) = approved_quantity(demand) else { return Vec::new() };
    let dispensed = demand.state.ledger().map(|ledger| ledger.dispensed).filter(|sum| *sum > Decimal::ZERO);
    let given: Decimal = asked
        .standing()
        .chain(&asked.lines)
        .map(|line| &line.quantity)
        .filter(|quantity| quantity.unit() == approved.unit())
        .map(Quantity::amount)
        .sum();
    at("/patients", !asked.lines.is_empty() && given > dispensed.unwrap_or(approved.amount()))
}

fn treated_in_time(demand: &Demand, asked: &Report) -> Vec<String> {
    let resolved_on = demand.state.resolution().map(|resolution| resolution.resolved_on);
    let too_early = |line: &TreatedPatient| resolved_on.is_some_and(|day| line.treated_from < day);
    let mut places = asked.each("/treatedFrom", |_, line| too_early(line));
    places.extend(
        asked.each("/treatedTo", |_, line| {
            line.treated_to < line.treated_from || line.treated_to > asked.today
        }),
    );
    places
}

/// Who is not identified is another rule's.
fn courses_do_not_overlap(_: &Demand, asked: &Report) -> Vec<String> {
    let overlap = |one: &TreatedPatient, other: &TreatedPatient| {
        let is_same = of_content::is_same_person(&one.patient, &other.patient);
        is_same && one.treated_from <= other.treated_to && other.treated_from <= one.treated_to
    };
    asked.each("/treatedFrom", |index, line| {
        let earlier = asked.lines.iter().take(index);
        asked.standing().chain(earlier).any(|known| overlap(known, line))
    })
}

fn treatment_ends_after_every_course(demand: &Demand, asked: &Report) -> Vec<String> {
    let known = demand.treated.as_ref().and_then(|list| list.treatment_end.as_ref()).map(|end| end.on);
    let Some(end) = asked.treatment_ended_on.or(known) else {
        return at("/treatmentEndedOn", asked.closes);
    };
    let resolved_on = demand.state.resolution().map(|resolution| resolution.resolved_on);
    let last_course = asked.standing().chain(&asked.lines).map(|line| line.treated_to).max();
    let is_early = last_course.or(resolved_on).is_some_and(|day| end < day);
    at("/treatmentEndedOn", end > asked.today || is_early)
}

fn line_stands(_: &Demand, line: &TreatedPatient) -> Vec<String> {
    whole(!line.stands())
}

/// A patient of the list comes in by the same doors as a patient of a demand (DC-02 to DC-06, DC-14, DC-15).
pub(super) fn faults_of_patients(asked: &Report) -> Vec<Violation> {
    let faults_of = |(index, line): (usize, &TreatedPatient)| {
        let faults = of_content::faults_of_patient(&line.patient, asked.today);
        faults.into_iter().map(move |(problem, member)| {
            Violation::new(problem, format!("/patients/{index}/patient{member}"))
        })
    };
    asked.lines.iter().enumerate().flat_map(faults_of).collect()
}
