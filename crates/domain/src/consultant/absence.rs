//! Days on which a consultant does not answer, and who does in their place.

use super::refusals::{ABSENCE_DAYS, ABSENCE_ENDED, ABSENCE_PAST, SUBSTITUTE_UNFIT};
use crate::decision::admit;
use crate::demand::model::{Consultant, InPlaceOf};
use crate::ids::{AbsenceId, PersonId};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at};
use crate::values::FieldOfMedicine;
use chrono::{Days, NaiveDate};

/// How far ahead an absence may end.
const FURTHEST: Days = Days::new(366);

/// A consultant is away in one field of medicine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    pub id: AbsenceId,
    pub consultant: PersonId,
    pub field: FieldOfMedicine,
    /// Warsaw dates, both included.
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub substitute: Option<PersonId>,
    /// It was taken back, or the consultant returned sooner.
    pub is_ended: bool,
}

impl Absence {
    pub fn covers(&self, day: NaiveDate) -> bool {
        !self.is_ended && self.first_day <= day && day <= self.last_day
    }

    /// The consultant is back, or does not leave; from now on nobody answers in their place.
    pub fn end(self, today: NaiveDate) -> Result<Self, Vec<Violation>> {
        if self.is_ended || self.last_day < today {
            return Err(vec![Violation::whole(ABSENCE_ENDED)]);
        }
        Ok(Self { is_ended: true, ..self })
    }
}

/// Who is asked to answer meanwhile.
#[derive(Clone, Debug)]
pub enum Substitute {
    Nobody,
    /// Named, but no active consultant of the field.
    Unfit,
    Known(Box<Consultant>),
}

/// What is to be entered.
#[derive(Clone, Debug)]
pub struct NewAbsence {
    pub id: AbsenceId,
    pub consultant: Consultant,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub substitute: Substitute,
    pub today: NaiveDate,
}

/// Looks at the entry; the pointers at which it is broken.
pub type AbsenceCheck = fn(&NewAbsence) -> Vec<String>;

pub const RULES: &[Rule<AbsenceCheck>] = &[
    Rule {
        number: "CO-01",
        legal: "design",
        says: Sentence {
            pl: "Nieobecność kończy się nie wcześniej, niż się zaczyna.",
            en: "An absence ends no sooner than it begins.",
        },
        problem: ABSENCE_DAYS,
        broken_at: ends_no_sooner_than_it_begins,
    },
    Rule {
        number: "CO-02",
        legal: "design",
        says: Sentence {
            pl: "Nieobecność kończy się między dniem wpisu a rokiem od niego.",
            en: "An absence ends between the day of the entry and a year from it.",
        },
        problem: ABSENCE_PAST,
        broken_at: ends_within_a_year,
    },
    Rule {
        number: "CO-03",
        legal: "PF art. 4ac(1); design",
        says: Sentence {
            pl: "Zastępuje inny czynny konsultant tej samej dziedziny.",
            en: "Another active consultant of the same field is the substitute.",
        },
        problem: SUBSTITUTE_UNFIT,
        broken_at: substitute_is_another_of_the_field,
    },
];

/// What holds of every opinion that is given in somebody's place.
const IN_PLACE: RuleEntry = RuleEntry {
    operation: "opinion",
    number: "CO-04",
    legal: "PF art. 4ac(1); design",
    says: Sentence {
        pl: "W dniach nieobecności opiniuje także zastępca we własnym imieniu, nigdy jednak we własnej sprawie; termin opinii biegnie dalej.",
        en: "On days of an absence the substitute may answer too, in their own name, but never on a demand of their own; the term for the opinion runs on.",
    },
    code: "–",
};

pub fn entries() -> Vec<RuleEntry> {
    let ended = RuleEntry {
        operation: "end",
        number: "CO-05",
        legal: "design",
        says: ABSENCE_ENDED.says,
        code: ABSENCE_ENDED.code,
    };
    let of_entry = RULES.iter().map(|rule| rule.entry("absences"));
    of_entry.chain([IN_PLACE, ended]).collect()
}

fn ends_no_sooner_than_it_begins(asked: &NewAbsence) -> Vec<String> {
    at("/lastDay", asked.last_day < asked.first_day)
}

fn ends_within_a_year(asked: &NewAbsence) -> Vec<String> {
    let furthest = asked.today.checked_add_days(FURTHEST).unwrap_or(NaiveDate::MAX);
    at("/lastDay", asked.last_day < asked.today || asked.last_day > furthest)
}

fn substitute_is_another_of_the_field(asked: &NewAbsence) -> Vec<String> {
    let is_unfit = match &asked.substitute {
        Substitute::Nobody => false,
        Substitute::Unfit => true,
        Substitute::Known(chosen) => {
            chosen.person == asked.consultant.person || chosen.field != asked.consultant.field
        }
    };
    at("/substituteId", is_unfit)
}

/// Enters an absence. Of two that share a day, the later entry counts.
pub fn record(asked: NewAbsence) -> Result<Absence, Vec<Violation>> {
    admit(rule::broken(RULES, |check| check(&asked)))?;
    let NewAbsence { id, consultant, first_day, last_day, substitute, .. } = asked;
    let substitute = match substitute {
        Substitute::Known(chosen) => Some(chosen.person),
        Substitute::Nobody | Substitute::Unfit => None,
    };
    let (consultant, field) = (consultant.person, consultant.field);
    Ok(Absence { id, consultant, field, first_day, last_day, substitute, is_ended: false })
}

/// The substitute as the one who answers in the chosen consultant's place.
pub fn in_place_of(substitute: Consultant, chosen: &Consultant) -> Consultant {
    let absent = InPlaceOf {
        npwz: chosen.npwz.clone(),
        given_names: chosen.given_names.clone(),
        family_name: chosen.family_name.clone(),
    };
    Consultant { in_place_of: Some(absent), ..substitute }
}

#[cfg(test)]
mod tests;
