//! Rules on the patients: who they are, how they are identified, and the list of several.

use super::super::refusals::{
    BIRTH_DATE_DIFFERS, BIRTH_DATE_FUTURE, BIRTH_DATE_REQUIRED, FIELD_FORBIDDEN, GUARDIAN_NOT_ADMITTED,
    GUARDIAN_REQUIRED, PATIENT_INCOMPLETE,
};
use super::super::{Content, ListedPatient, Patient, Patients, Use};
use crate::calendar;
use crate::problem::ProblemType;
use crate::redacted::Redacted;
use crate::rule::at;
use crate::values::{PatientIdentifier, PersonName};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

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

/// Looks at one patient alone; the members below them that are wrong.
type PatientCheck = fn(&Patient, NaiveDate) -> Vec<&'static str>;

fn each_patient(content: &Content, today: NaiveDate, broken: PatientCheck) -> Vec<String> {
    patients(content)
        .into_iter()
        .flat_map(|(pointer, patient)| {
            broken(patient, today).into_iter().map(move |member| format!("{pointer}{member}"))
        })
        .collect()
}

/// What is wrong with a patient who stands outside the content, by themselves and without an address.
pub(crate) fn faults_of_patient(
    patient: &Patient,
    today: NaiveDate,
) -> Vec<(&'static ProblemType, &'static str)> {
    let checks: [(&'static ProblemType, PatientCheck); 7] = [
        (PATIENT_INCOMPLETE, is_identified),
        (GUARDIAN_REQUIRED, lacks_guardian),
        (GUARDIAN_NOT_ADMITTED, has_needless_guardian),
        (BIRTH_DATE_DIFFERS, birth_date_differs),
        (BIRTH_DATE_FUTURE, is_born_later),
        (FIELD_FORBIDDEN, has_address),
        (BIRTH_DATE_REQUIRED, lacks_birth_date),
    ];
    let faults = checks
        .into_iter()
        .flat_map(|(problem, check)| check(patient, today).into_iter().map(move |member| (problem, member)));
    faults.collect()
}

/// Whether these are one person; nobody is who is not identified.
pub(crate) fn is_same_person(one: &Patient, other: &Patient) -> bool {
    likeness(one).is_some_and(|like| Some(like) == likeness(other))
}

pub(super) fn one_named_patient_outside(content: &Content, _: NaiveDate) -> Vec<String> {
    let several = matches!(content.patients, Some(Patients::List { .. } | Patients::AdHoc { .. }));
    at("/patients", content.use_ == Use::OutsideFacility && several)
}

fn pesel_birth_date(patient: &Patient) -> Option<NaiveDate> {
    match &patient.identifier {
        Some(PatientIdentifier::Pesel(pesel)) => Some(pesel.birth_date()),
        Some(
            PatientIdentifier::IdCard(_)
            | PatientIdentifier::Passport(_)
            | PatientIdentifier::ForeignDocument(_),
        )
        | None => None,
    }
}

fn is_minor_without_pesel(patient: &Patient, today: NaiveDate) -> bool {
    pesel_birth_date(patient).is_none()
        && patient.birth_date.is_some_and(|birth| calendar::is_minor(birth, today))
}

fn is_identified(patient: &Patient, today: NaiveDate) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if patient.given_names.is_none() {
        missing.push("/givenNames");
    }
    if patient.family_name.is_none() {
        missing.push("/familyName");
    }
    let is_adult = patient.birth_date.is_some_and(|birth| !calendar::is_minor(birth, today));
    let may_be_guarded = is_minor_without_pesel(patient, today) || (patient.guardian.is_some() && !is_adult);
    if patient.identifier.is_none() && !may_be_guarded {
        missing.push("/identifier");
    }
    missing
}

pub(super) fn patient_is_identified(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, today, is_identified)
}

fn lacks_guardian(patient: &Patient, today: NaiveDate) -> Vec<&'static str> {
    let lacks = is_minor_without_pesel(patient, today) && patient.guardian.is_none();
    if lacks { vec!["/guardian"] } else { Vec::new() }
}

pub(super) fn minor_without_pesel_has_guardian(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, today, lacks_guardian)
}

/// Who is not identified at all is another rule's.
fn lacks_birth_date(patient: &Patient, _: NaiveDate) -> Vec<&'static str> {
    let is_identified = patient.identifier.is_some() || patient.guardian.is_some();
    let is_unknown = patient.birth_date.is_none() && pesel_birth_date(patient).is_none();
    if is_identified && is_unknown { vec!["/birthDate"] } else { Vec::new() }
}

pub(super) fn birth_date_is_known(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, today, lacks_birth_date)
}

fn has_needless_guardian(patient: &Patient, today: NaiveDate) -> Vec<&'static str> {
    let known_otherwise = pesel_birth_date(patient).is_some()
        || patient.birth_date.is_some_and(|birth| !calendar::is_minor(birth, today));
    if patient.guardian.is_some() && known_otherwise { vec!["/guardian"] } else { Vec::new() }
}

pub(super) fn guardian_only_for_minor_without_pesel(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, today, has_needless_guardian)
}

fn birth_date_differs(patient: &Patient, _: NaiveDate) -> Vec<&'static str> {
    match (patient.birth_date, pesel_birth_date(patient)) {
        (Some(stated), Some(encoded)) if stated != encoded => vec!["/birthDate"],
        _ => Vec::new(),
    }
}

pub(super) fn birth_date_agrees_with_pesel(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, today, birth_date_differs)
}

fn is_born_later(patient: &Patient, today: NaiveDate) -> Vec<&'static str> {
    let is_ahead = |birth: Option<NaiveDate>| birth.is_some_and(|birth| birth > today);
    let mut places = Vec::new();
    if is_ahead(patient.birth_date) {
        places.push("/birthDate");
    }
    if is_ahead(pesel_birth_date(patient)) {
        places.push("/identifier");
    }
    places
}

pub(super) fn birth_date_is_past(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, today, is_born_later)
}

pub(super) fn list_has_two_patients(content: &Content, _: NaiveDate) -> Vec<String> {
    let short = matches!(&content.patients, Some(Patients::List { patients }) if patients.len() < 2);
    at("/patients/patients", short)
}

/// What tells one patient from another: their own identifier; where only a guardian's is there, which siblings
/// share, the names and the date of birth with it.
type Likeness = (Redacted<String>, Option<[Option<String>; 2]>, Option<NaiveDate>);

fn likeness(patient: &Patient) -> Option<Likeness> {
    let name = |name: &Option<PersonName>| name.as_ref().map(|name| name.reveal().to_lowercase());
    match (&patient.identifier, &patient.guardian) {
        (Some(own), _) => Some((own.index_text(), None, None)),
        (None, Some(guardian)) => Some((
            guardian.identifier.index_text(),
            Some([name(&patient.given_names), name(&patient.family_name)]),
            patient.birth_date,
        )),
        (None, None) => None,
    }
}

/// The same as one text, for a blind index; nothing for who is not identified. Their own identifier stands by itself.
pub(crate) fn index_text(patient: &Patient) -> Option<Redacted<String>> {
    let (identifier, names, birth_date) = likeness(patient)?;
    let told = names.map(|names| names.map(Option::unwrap_or_default).join("|"));
    let born = birth_date.map(|day| day.to_string());
    let parts = [Some(identifier.into_inner()), told, born];
    Some(Redacted::new(parts.into_iter().flatten().collect::<Vec<_>>().join("|")))
}

pub(super) fn listed_patients_differ(content: &Content, _: NaiveDate) -> Vec<String> {
    let Some(Patients::List { patients }) = &content.patients else { return Vec::new() };
    let mut seen = BTreeSet::new();
    patients
        .iter()
        .enumerate()
        .filter_map(|(index, listed)| {
            let place = if listed.patient.identifier.is_some() { "identifier" } else { "guardian" };
            let repeated = !seen.insert(likeness(&listed.patient)?);
            repeated.then(|| format!("/patients/patients/{index}/patient/{place}"))
        })
        .collect()
}

fn has_address(patient: &Patient, _: NaiveDate) -> Vec<&'static str> {
    if patient.address.is_some() { vec!["/address"] } else { Vec::new() }
}

pub(super) fn listed_patients_have_no_address(content: &Content, today: NaiveDate) -> Vec<String> {
    // A single patient's address is a row of the matrix.
    if !matches!(content.patients, Some(Patients::List { .. })) || content.use_ == Use::OutsideFacility {
        return Vec::new();
    }
    each_patient(content, today, has_address)
}

/// A line without a quantity in the demanded unit is named; else the list as a whole.
pub(super) fn list_adds_up(content: &Content, _: NaiveDate) -> Vec<String> {
    let (Some(Patients::List { patients }), Some(demanded)) = (&content.patients, &content.quantity) else {
        return Vec::new();
    };
    let counted = |listed: &ListedPatient| {
        listed.quantity.filter(|quantity| quantity.unit() == demanded.unit()).map(|q| q.amount())
    };
    let uncounted = patients.iter().enumerate().filter(|(_, listed)| counted(listed).is_none());
    let places: Vec<String> =
        uncounted.map(|(index, _)| format!("/patients/patients/{index}/quantity")).collect();
    if !places.is_empty() {
        return places;
    }
    let sum: Decimal = patients.iter().filter_map(counted).sum();
    at("/patients/patients", sum != demanded.amount())
}

pub(super) fn ad_hoc_need_is_justified(content: &Content, _: NaiveDate) -> Vec<String> {
    let bare = matches!(&content.patients, Some(Patients::AdHoc { justification: None }));
    at("/patients/justification", bare)
}
