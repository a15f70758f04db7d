//! What a medicine demand must, may and must not hold when it is submitted.
//!
//! The field matrix is data: one row a field, one column a use. Rules that look at several members follow it.

use super::model::{AddressOwner, Content, Patient, Patients, Use};
use super::refusals::{
    AD_HOC_JUSTIFICATION, BIRTH_DATE_DIFFERS, BIRTH_DATE_FUTURE, FIELD_FORBIDDEN, FIELD_REQUIRED,
    GUARDIAN_NOT_ADMITTED, GUARDIAN_REQUIRED, HOSPITAL_PHARMACY_EMAIL_OUTSIDE, LIST_PATIENT_REPEATED,
    LIST_QUANTITY, LIST_TOO_SHORT, OUTCOME_ADDRESS_OWNER, PATIENT_INCOMPLETE, PATIENTS_KIND,
    UNIT_CODE_DIFFERS,
};
use crate::calendar;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at};
use crate::values::{PatientIdentifier, QuantityUnit};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What one column of the matrix says of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    Required,
    IfApplicable,
    Forbidden,
}

/// One row of the field matrix.
pub struct Field {
    pub number: &'static str,
    pub legal: &'static str,
    pub pointer: &'static str,
    pub label: Sentence,
    pub in_facility: Requirement,
    pub outside: Requirement,
    pub present: fn(&Content) -> bool,
}

macro_rules! matrix {
    ($($number:literal $legal:literal $pointer:literal $in:ident $out:ident $pl:literal / $en:literal: $present:expr;)+) => {
        &[$(Field {
            number: $number, legal: $legal, pointer: $pointer,
            label: Sentence { pl: $pl, en: $en },
            in_facility: Requirement::$in, outside: Requirement::$out, present: $present,
        }),+]
    };
}

fn patient(content: &Content) -> Option<&Patient> {
    match &content.patients {
        Some(Patients::Named { patient }) => Some(patient),
        Some(Patients::List { .. } | Patients::AdHoc { .. }) | None => None,
    }
}

/// The field matrix of a medicine demand; number, legal unit, member, in facility, outside.
pub const MATRIX: &[Field] = matrix! {
    "MD-F01" "PF art. 4ac(3)-(4)" "/entity/name" Required Required "nazwa podmiotu" / "name of the entity": |c| c.entity.name.is_some();
    "MD-F02" "PF art. 4ac(3)-(4)" "/entity/unitName" IfApplicable IfApplicable "nazwa jednostki lub komórki" / "name of unit or cell": |c| c.entity.unit_name.is_some();
    "MD-F03" "PF art. 4ac(3)-(4)" "/entity/nip" Required Required "NIP podmiotu" / "NIP of the entity": |c| c.entity.nip.is_some();
    "MD-F04" "PF art. 4ac(3)-(4)" "/entity/rpwdlNumber" Required Required "numer wpisu w RPWDL" / "RPWDL entry number": |c| c.entity.rpwdl_number.is_some();
    "MD-F05" "PF art. 4ac(3)-(4)" "/entity/unitCode" IfApplicable IfApplicable "kod jednostki lub komórki" / "code of unit or cell": |c| c.entity.unit_code.is_some();
    "MD-F06" "PF art. 4ac(3)-(4)" "/entity/address" Required Required "adres podmiotu" / "address of the entity": |c| c.entity.address.is_some();
    "MD-F07" "PF art. 4ac(3)-(4)" "/outcomeEmail" Required Required "adres e-mail do powiadomienia o rozstrzygnięciu" / "e-mail for the outcome": |c| c.outcome_email.is_some();
    "MD-F08" "PF art. 4ac(3)-(4)" "/physician/givenNames" Required Required "imię lekarza" / "physician's given names": |c| c.physician.given_names.is_some();
    "MD-F09" "PF art. 4ac(3)-(4)" "/physician/familyName" Required Required "nazwisko lekarza" / "physician's family name": |c| c.physician.family_name.is_some();
    "MD-F10" "PF art. 4ac(3)-(4)" "/physician/npwz" Required Required "numer prawa wykonywania zawodu" / "physician's licence number": |c| c.physician.npwz.is_some();
    "MD-F11" "PF art. 4ac(3)" "/representative" Required Forbidden "osoba uprawniona do reprezentacji" / "person entitled to represent the entity": |c| c.representative.is_some();
    "MD-F12" "PF art. 4ac(3)" "/representative/givenNames" Required Forbidden "imię reprezentanta" / "representative's given names": |c| c.representative.as_ref().is_some_and(|r| r.given_names.is_some());
    "MD-F13" "PF art. 4ac(3)" "/representative/familyName" Required Forbidden "nazwisko reprezentanta" / "representative's family name": |c| c.representative.as_ref().is_some_and(|r| r.family_name.is_some());
    "MD-F14" "PF art. 4ac(3)" "/representative/position" Required Forbidden "stanowisko reprezentanta" / "representative's position": |c| c.representative.as_ref().is_some_and(|r| r.position.is_some());
    "MD-F15" "PF art. 4ac(3)" "/representative/email" Required Forbidden "adres e-mail reprezentanta" / "representative's e-mail": |c| c.representative.as_ref().is_some_and(|r| r.email.is_some());
    "MD-F16" "PF art. 4ac(3)-(4)" "/patients" IfApplicable Required "pacjent" / "patient": |c| c.patients.is_some();
    "MD-F17" "PF art. 4ac(4)" "/patients/patient/address" Forbidden Required "adres pacjenta" / "patient's address": |c| patient(c).is_some_and(|p| p.address.is_some());
    "MD-F18" "PF art. 4ac(3)-(4)" "/product/tradeName" Required Required "nazwa handlowa" / "trade name": |c| c.product.trade_name.is_some();
    "MD-F19" "PF art. 4ac(3)-(4)" "/product/internationalName" Required Required "nazwa międzynarodowa" / "international name": |c| c.product.international_name.is_some();
    "MD-F20" "PF art. 4ac(3)-(4)" "/product/form" Required Required "postać" / "form": |c| c.product.form.is_some();
    "MD-F21" "PF art. 4ac(3)-(4)" "/product/strength" Required Required "moc lub dawka" / "strength or dose": |c| c.product.strength.is_some();
    "MD-F22" "PF art. 4ac(3)-(4)" "/product/marketingAuthorisationHolder" Required Required "podmiot odpowiedzialny" / "marketing authorisation holder": |c| c.product.marketing_authorisation_holder.is_some();
    "MD-F23" "PF art. 4ac(3)-(4)" "/quantity" Required Required "ilość i jednostka" / "quantity and unit": |c| c.quantity.is_some();
    "MD-F24" "PF art. 4ac(3)-(4)" "/treatmentDays" IfApplicable Required "czas trwania kuracji w dniach" / "treatment time in days": |c| c.treatment_days.is_some();
    "MD-F25" "PF art. 4ac(3)-(4)" "/diagnosis" Required Required "rozpoznanie, ICD-10" / "diagnosis, ICD-10": |c| c.diagnosis.is_some();
    "MD-F26" "PF art. 4ac(3)-(4)" "/justification" Required Required "uzasadnienie" / "justification": |c| c.justification.is_some();
    "MD-F27" "PF art. 4(1)" "/extras/sourceCountry" Required Required "kraj sprowadzenia (poza listą ustawową)" / "source country (outside the statutory list)": |c| c.extras.source_country.is_some();
};

impl Field {
    pub fn requirement(&self, use_: Use) -> Requirement {
        match use_ {
            Use::InFacility => self.in_facility,
            Use::OutsideFacility => self.outside,
        }
    }

    /// A part is asked for only where the whole is there: a missing representative is one fault, not five.
    fn whole_is_missing(&self, content: &Content) -> bool {
        let prefix = |pointer: &str| self.pointer.starts_with(pointer) && self.pointer.len() > pointer.len();
        (prefix("/representative") && content.representative.is_none())
            || (prefix("/patients") && patient(content).is_none())
    }

    fn check(&self, content: &Content) -> Option<Violation> {
        let present = (self.present)(content);
        match self.requirement(content.use_) {
            Requirement::Required if !present && !self.whole_is_missing(content) => {
                Some(Violation::new(FIELD_REQUIRED, self.pointer))
            }
            Requirement::Forbidden if present && !self.pointer.starts_with("/representative/") => {
                Some(Violation::new(FIELD_FORBIDDEN, self.pointer))
            }
            Requirement::Required | Requirement::IfApplicable | Requirement::Forbidden => None,
        }
    }
}

/// Looks at the content on the day on which it is judged (Warsaw); the pointers at which it is broken.
pub type ContentCheck = fn(&Content, NaiveDate) -> Vec<String>;

/// Rules over several members, checked beside the matrix.
pub const RULES: &[Rule<ContentCheck>] = &[
    Rule {
        number: "MD-01",
        legal: "PF art. 4ac(4)",
        says: Sentence {
            pl: "Poza podmiotem leczniczym zapotrzebowanie wystawia się dla jednego wskazanego pacjenta.",
            en: "Outside a facility a demand is for one named patient.",
        },
        problem: PATIENTS_KIND,
        broken_at: one_named_patient_outside,
    },
    Rule {
        number: "MD-02",
        legal: "PF art. 4ac(3)-(4)",
        says: Sentence {
            pl: "Wskazany pacjent ma imię, nazwisko i PESEL, a gdy go brak – dokument tożsamości.",
            en: "A named patient has names and PESEL or, without one, an identity document.",
        },
        problem: PATIENT_INCOMPLETE,
        broken_at: patient_is_identified,
    },
    Rule {
        number: "MD-03",
        legal: "PF art. 4ac(3)-(4)",
        says: Sentence {
            pl: "Małoletniego bez numeru PESEL wskazuje identyfikator opiekuna i data urodzenia.",
            en: "A minor without PESEL is identified by the guardian's identifier and date of birth.",
        },
        problem: GUARDIAN_REQUIRED,
        broken_at: minor_without_pesel_has_guardian,
    },
    Rule {
        number: "MD-04",
        legal: "PF art. 4ac(3)-(4)",
        says: Sentence {
            pl: "Identyfikator opiekuna podaje się tylko dla małoletniego bez numeru PESEL.",
            en: "A guardian's identifier is only for a minor without PESEL.",
        },
        problem: GUARDIAN_NOT_ADMITTED,
        broken_at: guardian_only_for_minor_without_pesel,
    },
    Rule {
        number: "MD-05",
        legal: "design",
        says: Sentence {
            pl: "Data urodzenia zgadza się z numerem PESEL.",
            en: "The date of birth agrees with the PESEL.",
        },
        problem: BIRTH_DATE_DIFFERS,
        broken_at: birth_date_agrees_with_pesel,
    },
    Rule {
        number: "MD-06",
        legal: "design",
        says: Sentence {
            pl: "Data urodzenia nie przypada w przyszłości.",
            en: "The date of birth does not lie in the future.",
        },
        problem: BIRTH_DATE_FUTURE,
        broken_at: birth_date_is_past,
    },
    Rule {
        number: "MD-07",
        legal: "PF art. 4d(3)(5); practice of the patient list",
        says: Sentence {
            pl: "Lista obejmuje co najmniej dwóch pacjentów.",
            en: "A list holds at least two patients.",
        },
        problem: LIST_TOO_SHORT,
        broken_at: list_has_two_patients,
    },
    Rule {
        number: "MD-08",
        legal: "design",
        says: Sentence {
            pl: "Pacjent występuje na liście raz.",
            en: "A patient stands on the list once.",
        },
        problem: LIST_PATIENT_REPEATED,
        broken_at: listed_patients_differ,
    },
    Rule {
        number: "MD-09",
        legal: "design",
        says: Sentence {
            pl: "Ilości na liście sumują się do ilości zapotrzebowanej.",
            en: "The quantities of a list add up to the demanded quantity.",
        },
        problem: LIST_QUANTITY,
        broken_at: list_adds_up,
    },
    Rule {
        number: "MD-10",
        legal: "PF art. 4d(3)(5); practice of ad-hoc needs",
        says: Sentence {
            pl: "Potrzeby doraźne wymagają uzasadnienia ilości.",
            en: "An ad-hoc need justifies its quantity.",
        },
        problem: AD_HOC_JUSTIFICATION,
        broken_at: ad_hoc_need_is_justified,
    },
    Rule {
        number: "MD-11",
        legal: "PF art. 4ad(4)",
        says: Sentence {
            pl: "W podmiocie wynik trafia na adres podmiotu, poza nim – pacjenta lub inny wskazany.",
            en: "In a facility the outcome goes to the entity's address, outside it to the patient's or another indicated one.",
        },
        problem: OUTCOME_ADDRESS_OWNER,
        broken_at: outcome_goes_to_the_right_party,
    },
    Rule {
        number: "MD-12",
        legal: "u.d.l. art. 105(4a)",
        says: Sentence {
            pl: "Kod jednostki lub komórki zaczyna się od numeru wpisu podmiotu.",
            en: "A unit code begins with the entity's entry number.",
        },
        problem: UNIT_CODE_DIFFERS,
        broken_at: unit_code_belongs_to_entity,
    },
    Rule {
        number: "MD-13",
        legal: "design",
        says: Sentence {
            pl: "Adres apteki szpitalnej podaje się tylko przy zastosowaniu w podmiocie.",
            en: "A hospital pharmacy's address is only for use in a facility.",
        },
        problem: HOSPITAL_PHARMACY_EMAIL_OUTSIDE,
        broken_at: hospital_pharmacy_email_only_in_facility,
    },
];

/// Everything that stands in the way of submitting this content today.
pub fn check(content: &Content, today: NaiveDate) -> Vec<Violation> {
    let mut violations: Vec<Violation> = MATRIX.iter().filter_map(|field| field.check(content)).collect();
    violations.extend(rule::broken(RULES, |check| check(content, today)));
    violations
}

/// The rule book of the content, matrix first.
pub fn entries() -> Vec<RuleEntry> {
    let fields = MATRIX.iter().map(|field| RuleEntry {
        operation: "submission",
        number: field.number,
        legal: field.legal,
        says: field.label,
        code: if field.outside == Requirement::Forbidden {
            "demand.field_required, demand.field_forbidden"
        } else {
            "demand.field_required"
        },
    });
    fields.chain(RULES.iter().map(|rule| rule.entry("submission"))).collect()
}

/// Every patient of the content with the pointer at which they stand.
pub fn patients(content: &Content) -> Vec<(String, &Patient)> {
    match &content.patients {
        Some(Patients::Named { patient }) => vec![("/patients/patient".to_owned(), patient)],
        Some(Patients::List { patients }) => patients
            .iter()
            .enumerate()
            .map(|(index, listed)| (format!("/patients/patients/{index}/patient"), &listed.patient))
            .collect(),
        Some(Patients::AdHoc { .. }) | None => Vec::new(),
    }
}

fn each_patient(content: &Content, broken: impl Fn(&Patient) -> Vec<&'static str>) -> Vec<String> {
    patients(content)
        .into_iter()
        .flat_map(|(pointer, patient)| {
            broken(patient).into_iter().map(move |member| format!("{pointer}{member}"))
        })
        .collect()
}

fn one_named_patient_outside(content: &Content, _: NaiveDate) -> Vec<String> {
    let several = matches!(content.patients, Some(Patients::List { .. } | Patients::AdHoc { .. }));
    at("/patients", content.use_ == Use::OutsideFacility && several)
}

fn pesel_birth_date(patient: &Patient) -> Option<NaiveDate> {
    match &patient.identifier {
        Some(PatientIdentifier::Pesel(pesel)) => Some(pesel.birth_date()),
        Some(
            PatientIdentifier::IdCard(_) | PatientIdentifier::Passport(_) | PatientIdentifier::ForeignDocument(_),
        )
        | None => None,
    }
}

fn is_minor_without_pesel(patient: &Patient, today: NaiveDate) -> bool {
    pesel_birth_date(patient).is_none()
        && patient.birth_date.is_some_and(|birth| calendar::is_minor(birth, today))
}

fn patient_is_identified(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| {
        let mut missing = Vec::new();
        if patient.given_names.is_none() {
            missing.push("/givenNames");
        }
        if patient.family_name.is_none() {
            missing.push("/familyName");
        }
        let may_be_guarded = is_minor_without_pesel(patient, today) || patient.guardian.is_some();
        if patient.identifier.is_none() && !may_be_guarded {
            missing.push("/identifier");
        }
        missing
    })
}

fn minor_without_pesel_has_guardian(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| {
        if is_minor_without_pesel(patient, today) && patient.guardian.is_none() {
            vec!["/guardian"]
        } else if patient.guardian.is_some() && patient.birth_date.is_none() && pesel_birth_date(patient).is_none() {
            vec!["/birthDate"]
        } else {
            Vec::new()
        }
    })
}

fn guardian_only_for_minor_without_pesel(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| {
        let known_otherwise = pesel_birth_date(patient).is_some()
            || patient.birth_date.is_some_and(|birth| !calendar::is_minor(birth, today));
        if patient.guardian.is_some() && known_otherwise { vec!["/guardian"] } else { Vec::new() }
    })
}

fn birth_date_agrees_with_pesel(content: &Content, _: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| match (patient.birth_date, pesel_birth_date(patient)) {
        (Some(stated), Some(encoded)) if stated != encoded => vec!["/birthDate"],
        _ => Vec::new(),
    })
}

fn birth_date_is_past(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| {
        let born = patient.birth_date.or_else(|| pesel_birth_date(patient));
        if born.is_some_and(|birth| birth > today) { vec!["/birthDate"] } else { Vec::new() }
    })
}

fn list_has_two_patients(content: &Content, _: NaiveDate) -> Vec<String> {
    let short = matches!(&content.patients, Some(Patients::List { patients }) if patients.len() < 2);
    at("/patients/patients", short)
}

fn listed_patients_differ(content: &Content, _: NaiveDate) -> Vec<String> {
    let Some(Patients::List { patients }) = &content.patients else { return Vec::new() };
    let mut seen = BTreeSet::new();
    patients
        .iter()
        .enumerate()
        .filter_map(|(index, listed)| {
            // Siblings may share a guardian's identifier: only the patient's own tells two lines apart.
            let own = listed.patient.identifier.as_ref()?;
            (!seen.insert(own.index_text())).then(|| format!("/patients/patients/{index}/patient/identifier"))
        })
        .collect()
}

fn list_adds_up(content: &Content, _: NaiveDate) -> Vec<String> {
    let (Some(Patients::List { patients }), Some(demanded)) = (&content.patients, &content.quantity) else {
        return Vec::new();
    };
    let same_unit = |unit: QuantityUnit| unit == demanded.unit();
    let amounts: Option<Vec<Decimal>> = patients
        .iter()
        .map(|listed| listed.quantity.as_ref().filter(|q| same_unit(q.unit())).map(crate::values::Quantity::amount))
        .collect();
    let adds_up = amounts.is_some_and(|amounts| amounts.into_iter().sum::<Decimal>() == demanded.amount());
    at("/patients/patients", !adds_up)
}

fn ad_hoc_need_is_justified(content: &Content, _: NaiveDate) -> Vec<String> {
    let bare = matches!(&content.patients, Some(Patients::AdHoc { justification: None }));
    at("/patients/justification", bare)
}

fn outcome_goes_to_the_right_party(content: &Content, _: NaiveDate) -> Vec<String> {
    let Some(email) = &content.outcome_email else { return Vec::new() };
    let right = match content.use_ {
        Use::InFacility => email.belongs_to == AddressOwner::Entity,
        Use::OutsideFacility => email.belongs_to != AddressOwner::Entity,
    };
    at("/outcomeEmail/belongsTo", !right)
}

fn unit_code_belongs_to_entity(content: &Content, _: NaiveDate) -> Vec<String> {
    let differs = match (&content.entity.unit_code, &content.entity.rpwdl_number) {
        (Some(code), Some(number)) => !code.as_str().starts_with(number.as_str()),
        (Some(_), None) | (None, _) => false,
    };
    at("/entity/unitCode", differs)
}

fn hospital_pharmacy_email_only_in_facility(content: &Content, _: NaiveDate) -> Vec<String> {
    let outside = content.use_ == Use::OutsideFacility;
    at("/extras/hospitalPharmacyEmail", outside && content.extras.hospital_pharmacy_email.is_some())
}
