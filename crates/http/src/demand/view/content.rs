//! The content for those who may see it.

use crate::demand::content::{
    Address, DemandContent, DemandDiagnosis, DemandEntity, DemandExtras, DemandPhysician,
    DemandRepresentative, DemandUrgency, Guardian, ListedPatient, OutcomeEmail, Patient, PatientIdentifier,
    Patients, PatientsKind, Quantity,
};
use crate::demand::disaster::DemandDisaster;
use crate::demand::product::Product;
use domain::demand::content as model;
use domain::values::{self, Text};

fn text<const MAX: usize>(value: Option<&Text<MAX>>) -> Option<String> {
    value.map(|text| text.as_str().to_owned())
}

fn name(value: Option<&values::PersonName>) -> Option<String> {
    value.map(|name| name.reveal().to_owned())
}

fn email(value: Option<&values::Email>) -> Option<String> {
    value.map(|email| email.reveal().to_owned())
}

/// A part of which nothing is there is left out.
fn unless_empty<T: Default + PartialEq, V>(part: &T, show: impl FnOnce(&T) -> V) -> Option<V> {
    (*part != T::default()).then(|| show(part))
}

impl DemandContent {
    pub fn of(content: &model::Content) -> Self {
        Self {
            use_: content.use_.into(),
            entity: unless_empty(&content.entity, entity),
            physician: unless_empty(&content.physician, physician),
            representative: content.representative.as_ref().map(representative),
            patients: content.patients.as_ref().map(patients),
            product: (content.product != model::Product::empty(content.kind()))
                .then(|| Product::of(&content.product)),
            quantity: content.quantity.as_ref().map(Quantity::of),
            treatment_days: content.treatment_days.map(values::Days::get),
            diagnosis: content.diagnosis.as_ref().map(|it| DemandDiagnosis {
                icd10: it.icd10.as_str().to_owned(),
                description: text(it.description.as_ref()),
            }),
            justification: text(content.justification.as_ref()),
            outcome_email: content.outcome_email.as_ref().map(|it| OutcomeEmail {
                address: it.address.reveal().to_owned(),
                belongs_to: it.belongs_to.into(),
            }),
            disaster: content.disaster.as_ref().map(DemandDisaster::of),
            extras: unless_empty(&content.extras, extras),
        }
    }
}

impl Quantity {
    pub fn of(quantity: &values::Quantity) -> Self {
        Self { amount: quantity.to_string(), unit: quantity.unit().into() }
    }
}

impl PatientIdentifier {
    pub fn of(identifier: &values::PatientIdentifier) -> Self {
        Self {
            kind: identifier.kind().into(),
            country: identifier.country().map(|country| country.as_str().to_owned()),
            number: identifier.reveal().to_owned(),
        }
    }
}

fn entity(it: &model::Entity) -> DemandEntity {
    DemandEntity {
        name: text(it.name.as_ref()),
        unit_name: text(it.unit_name.as_ref()),
        nip: it.nip.as_ref().map(|nip| nip.as_str().to_owned()),
        rpwdl_number: it.rpwdl_number.as_ref().map(|number| number.as_str().to_owned()),
        unit_code: it.unit_code.as_ref().map(|code| code.as_str().to_owned()),
        address: it.address.as_ref().map(address),
    }
}

fn physician(it: &model::Physician) -> DemandPhysician {
    DemandPhysician {
        given_names: name(it.given_names.as_ref()),
        family_name: name(it.family_name.as_ref()),
        npwz: it.npwz.as_ref().map(|npwz| npwz.as_str().to_owned()),
    }
}

fn representative(it: &model::Representative) -> DemandRepresentative {
    DemandRepresentative {
        given_names: name(it.given_names.as_ref()),
        family_name: name(it.family_name.as_ref()),
        position: text(it.position.as_ref()),
        email: email(it.email.as_ref()),
    }
}

fn extras(it: &model::Extras) -> DemandExtras {
    DemandExtras {
        physician_email: email(it.physician_email.as_ref()),
        source_country: it.source_country.map(|country| country.as_str().to_owned()),
        urgency: it.urgency.as_ref().map(|it| DemandUrgency { reason: it.reason.as_str().to_owned() }),
        hospital_pharmacy_email: email(it.hospital_pharmacy_email.as_ref()),
    }
}

pub(crate) fn address(it: &values::Address) -> Address {
    Address {
        street_line: it.reveal_street_line().to_owned(),
        postal_code: it.reveal_postal_code().to_owned(),
        city: it.reveal_city().to_owned(),
        country: it.country().as_str().to_owned(),
    }
}

fn patients(it: &model::Patients) -> Patients {
    let of = |kind| Patients { kind, patient: None, patients: None, justification: None };
    match it {
        model::Patients::Named { patient: one } => {
            Patients { patient: Some(patient(one)), ..of(PatientsKind::Named) }
        }
        model::Patients::List { patients } => {
            Patients { patients: Some(patients.iter().map(listed).collect()), ..of(PatientsKind::List) }
        }
        model::Patients::AdHoc { justification } => {
            Patients { justification: text(justification.as_ref()), ..of(PatientsKind::AdHoc) }
        }
    }
}

fn listed(it: &model::ListedPatient) -> ListedPatient {
    ListedPatient { patient: patient(&it.patient), quantity: it.quantity.as_ref().map(Quantity::of) }
}

pub(super) fn patient(it: &model::Patient) -> Patient {
    Patient {
        given_names: name(it.given_names.as_ref()),
        family_name: name(it.family_name.as_ref()),
        identifier: it.identifier.as_ref().map(PatientIdentifier::of),
        guardian: it
            .guardian
            .as_ref()
            .map(|guardian| Guardian { identifier: PatientIdentifier::of(&guardian.identifier) }),
        birth_date: it.birth_date,
        address: it.address.as_ref().map(address),
    }
}
