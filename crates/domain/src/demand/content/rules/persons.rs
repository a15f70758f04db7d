//! Rules on the patients: who they are, how they are identified, and the list of several.

use super::super::{Content, ListedPatient, Patient, Patients, Use};
use crate::calendar;
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

fn each_patient(content: &Content, broken: impl Fn(&Patient) -> Vec<&'static str>) -> Vec<String> {
    patients(content)
        .into_iter()
        .flat_map(|(pointer, patient)| {
            broken(patient).into_iter().map(move |member| format!("{pointer}{member}"))
        })
        .collect()
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

pub(super) fn patient_is_identified(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| {
        let mut missing = Vec::new();
        if patient.given_names.is_none() {
            missing.push("/givenNames");
        }
        if patient.family_name.is_none() {
            missing.push("/familyName");
        }
        let is_adult = patient.birth_date.is_some_and(|birth| !calendar::is_minor(birth, today));
        let may_be_guarded =
            is_minor_without_pesel(patient, today) || (patient.guardian.is_some() && !is_adult);
        if patient.identifier.is_none() && !may_be_guarded {
            missing.push("/identifier");
        }
        missing
    })
}

pub(super) fn minor_without_pesel_has_guardian(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| {
        let lacks = is_minor_without_pesel(patient, today) && patient.guardian.is_none();
        if lacks { vec!["/guardian"] } else { Vec::new() }
    })
}

/// Who is not identified at all is another rule's.
pub(super) fn birth_date_is_known(content: &Content, _: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| {
        let is_identified = patient.identifier.is_some() || patient.guardian.is_some();
        let is_unknown = patient.birth_date.is_none() && pesel_birth_date(patient).is_none();
        if is_identified && is_unknown { vec!["/birthDate"] } else { Vec::new() }
    })
}

pub(super) fn guardian_only_for_minor_without_pesel(content: &Content, today: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| {
        let known_otherwise = pesel_birth_date(patient).is_some()
            || patient.birth_date.is_some_and(|birth| !calendar::is_minor(birth, today));
        if patient.guardian.is_some() && known_otherwise { vec!["/guardian"] } else { Vec::new() }
    })
}

pub(super) fn birth_date_agrees_with_pesel(content: &Content, _: NaiveDate) -> Vec<String> {
    each_patient(content, |patient| match (patient.birth_date, pesel_birth_date(patient)) {
        (Some(stated), Some(encoded)) if stated != encoded => vec!["/birthDate"],
        _ => Vec::new(),
    })
}

pub(super) fn birth_date_is_past(content: &Content, today: NaiveDate) -> Vec<String> {
    let is_ahead = |birth: Option<NaiveDate>| birth.is_some_and(|birth| birth > today);
    each_patient(content, |patient| {
        let mut places = Vec::new();
        if is_ahead(patient.birth_date) {
            places.push("/birthDate");
        }
        if is_ahead(pesel_birth_date(patient)) {
            places.push("/identifier");
        }
        places
    })
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

pub(super) fn listed_patients_have_no_address(content: &Content, _: NaiveDate) -> Vec<String> {
    // A single patient's address is a row of the matrix.
    if !matches!(content.patients, Some(Patients::List { .. })) || content.use_ == Use::OutsideFacility {
        return Vec::new();
    }
    each_patient(content, |patient| if patient.address.is_some() { vec!["/address"] } else { Vec::new() })
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
