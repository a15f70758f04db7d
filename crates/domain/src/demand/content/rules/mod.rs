//! What a demand must, may and must not hold when it is submitted.
//!
//! The field matrix is data: one row a field, one column a kind and use. Rules that look at several members follow
//! it; they are the same for every kind.

mod addresses;
mod disaster;
mod matrix;
mod persons;

#[cfg(test)]
mod tests;

pub use disaster::DISASTER_RULES;
pub use matrix::{Field, MATRIX, Requirement};
pub use persons::patients;
pub(crate) use persons::{faults_of_patient, index_text, is_same_person};

use super::super::model::DemandKind;
use super::Content;
use super::refusals::{
    AD_HOC_JUSTIFICATION, BIRTH_DATE_DIFFERS, BIRTH_DATE_FUTURE, BIRTH_DATE_REQUIRED, FIELD_FORBIDDEN,
    GUARDIAN_NOT_ADMITTED, GUARDIAN_REQUIRED, HOSPITAL_PHARMACY_EMAIL_OUTSIDE, LIST_PATIENT_REPEATED,
    LIST_QUANTITY, LIST_TOO_SHORT, OUTCOME_ADDRESS_OWNER, PATIENT_INCOMPLETE, PATIENTS_KIND,
    UNIT_CODE_DIFFERS,
};
use crate::demand::refusals::SOURCE_COUNTRY_POLAND;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry};
use chrono::NaiveDate;

/// Looks at the content on the day on which it is judged (Warsaw); the pointers at which it is broken.
pub type ContentCheck = fn(&Content, NaiveDate) -> Vec<String>;

/// Rules over several members, checked beside the matrix.
pub const RULES: &[Rule<ContentCheck>] = &[
    Rule {
        number: "DC-01",
        legal: "PF art. 4ac(4); UBZZ art. 29a(2e)",
        says: Sentence {
            pl: "Poza podmiotem leczniczym zapotrzebowanie wystawia się dla jednego wskazanego pacjenta.",
            en: "Outside a facility a demand is for one named patient.",
        },
        problem: PATIENTS_KIND,
        broken_at: persons::one_named_patient_outside,
    },
    Rule {
        number: "DC-02",
        legal: "PF art. 4ac(3)-(4); UBZZ art. 29a(2d)-(2e)",
        says: Sentence {
            pl: "Wskazany pacjent ma imię, nazwisko i PESEL, a gdy go brak – dokument tożsamości.",
            en: "A named patient has names and PESEL or, without one, an identity document.",
        },
        problem: PATIENT_INCOMPLETE,
        broken_at: persons::patient_is_identified,
    },
    Rule {
        number: "DC-03",
        legal: "PF art. 4ac(3)-(4); UBZZ art. 29a(2d)-(2e)",
        says: Sentence {
            pl: "Małoletniego bez numeru PESEL wskazuje identyfikator opiekuna.",
            en: "A minor without PESEL is identified by the guardian's identifier.",
        },
        problem: GUARDIAN_REQUIRED,
        broken_at: persons::minor_without_pesel_has_guardian,
    },
    Rule {
        number: "DC-04",
        legal: "PF art. 4ac(3)-(4); UBZZ art. 29a(2d)-(2e)",
        says: Sentence {
            pl: "Identyfikator opiekuna podaje się tylko dla małoletniego bez numeru PESEL.",
            en: "A guardian's identifier is only for a minor without PESEL.",
        },
        problem: GUARDIAN_NOT_ADMITTED,
        broken_at: persons::guardian_only_for_minor_without_pesel,
    },
    Rule {
        number: "DC-05",
        legal: "design",
        says: Sentence {
            pl: "Data urodzenia zgadza się z numerem PESEL.",
            en: "The date of birth agrees with the PESEL.",
        },
        problem: BIRTH_DATE_DIFFERS,
        broken_at: persons::birth_date_agrees_with_pesel,
    },
    Rule {
        number: "DC-06",
        legal: "design",
        says: Sentence {
            pl: "Data urodzenia nie przypada w przyszłości.",
            en: "The date of birth does not lie in the future.",
        },
        problem: BIRTH_DATE_FUTURE,
        broken_at: persons::birth_date_is_past,
    },
    Rule {
        number: "DC-07",
        legal: "design; practice of the patient list",
        says: Sentence {
            pl: "Lista obejmuje co najmniej dwóch pacjentów.",
            en: "A list holds at least two patients.",
        },
        problem: LIST_TOO_SHORT,
        broken_at: persons::list_has_two_patients,
    },
    Rule {
        number: "DC-08",
        legal: "design",
        says: Sentence { pl: "Pacjent występuje na liście raz.", en: "A patient stands on the list once." },
        problem: LIST_PATIENT_REPEATED,
        broken_at: persons::listed_patients_differ,
    },
    Rule {
        number: "DC-09",
        legal: "design",
        says: Sentence {
            pl: "Ilości na liście sumują się do ilości zapotrzebowanej.",
            en: "The quantities of a list add up to the demanded quantity.",
        },
        problem: LIST_QUANTITY,
        broken_at: persons::list_adds_up,
    },
    Rule {
        number: "DC-10",
        legal: "PF art. 4d(3)(5); practice of ad-hoc needs",
        says: Sentence {
            pl: "Potrzeby doraźne wymagają uzasadnienia ilości.",
            en: "An ad-hoc need justifies its quantity.",
        },
        problem: AD_HOC_JUSTIFICATION,
        broken_at: persons::ad_hoc_need_is_justified,
    },
    Rule {
        number: "DC-11",
        legal: "PF art. 4ad(4); UBZZ art. 29a(2f)",
        says: Sentence {
            pl: "W podmiocie wynik trafia na adres podmiotu, poza nim – pacjenta lub inny wskazany.",
            en: "In a facility the outcome goes to the entity's address, outside it to the patient's or another indicated one.",
        },
        problem: OUTCOME_ADDRESS_OWNER,
        broken_at: addresses::outcome_goes_to_the_right_party,
    },
    Rule {
        number: "DC-12",
        legal: "u.d.l. art. 105(4a)",
        says: Sentence {
            pl: "Kod jednostki lub komórki zaczyna się od numeru wpisu podmiotu.",
            en: "A unit code begins with the entity's entry number.",
        },
        problem: UNIT_CODE_DIFFERS,
        broken_at: addresses::unit_code_belongs_to_entity,
    },
    Rule {
        number: "DC-13",
        legal: "design",
        says: Sentence {
            pl: "Adres apteki szpitalnej podaje się tylko przy zastosowaniu w podmiocie.",
            en: "A hospital pharmacy's address is only for use in a facility.",
        },
        problem: HOSPITAL_PHARMACY_EMAIL_OUTSIDE,
        broken_at: addresses::hospital_pharmacy_email_only_in_facility,
    },
    Rule {
        number: "DC-14",
        legal: "PF art. 4ac(3)-(4); UBZZ art. 29a(2d)-(2e)",
        says: Sentence {
            pl: "Adres pacjenta nie należy do zapotrzebowania na użycie w podmiocie, także na liście pacjentów.",
            en: "A patient's address does not belong to a demand for use in a facility, on a list of patients either.",
        },
        problem: FIELD_FORBIDDEN,
        broken_at: persons::listed_patients_have_no_address,
    },
    Rule {
        number: "DC-15",
        legal: "design",
        says: Sentence {
            pl: "Bez numeru PESEL podaje się datę urodzenia: od niej zależy, czy potrzebny jest opiekun.",
            en: "Without PESEL the date of birth is given: it decides whether a guardian is needed.",
        },
        problem: BIRTH_DATE_REQUIRED,
        broken_at: persons::birth_date_is_known,
    },
    Rule {
        number: "DC-16",
        legal: "PF art. 4(1); UBZZ art. 29a(1)",
        says: Sentence {
            pl: "Produkt sprowadza się z zagranicy.",
            en: "The product is brought from abroad.",
        },
        problem: SOURCE_COUNTRY_POLAND,
        broken_at: addresses::product_comes_from_abroad,
    },
];

/// Everything that stands in the way of submitting this content today.
pub fn check(content: &Content, today: NaiveDate) -> Vec<Violation> {
    let mut violations: Vec<Violation> = MATRIX.iter().filter_map(|field| field.check(content)).collect();
    violations.extend(rule::broken(RULES, |check| check(content, today)));
    violations.extend(rule::broken(DISASTER_RULES, |check| check(content, today)));
    violations
}

/// The rules over several members that a demand of this kind can break.
pub fn rules_of(kind: DemandKind) -> impl Iterator<Item = &'static Rule<ContentCheck>> {
    let of_medicine = match kind {
        DemandKind::Medicine => DISASTER_RULES,
        DemandKind::Food => &[],
    };
    RULES.iter().chain(of_medicine)
}

/// The rule book of a kind's content, matrix first.
pub fn entries(kind: DemandKind) -> Vec<RuleEntry> {
    let fields = MATRIX.iter().filter(|field| field.concerns(kind)).map(|field| field.entry(kind));
    let rules = rules_of(kind).map(|rule| rule.entry("submission"));
    fields.chain(rules).collect()
}
