//! The content of a demand without what a party does not see.

use crate::authorize::Relation;
use crate::visibility::{Group, sees};
use domain::demand::content::{Content, Patients, Physician, Product};

/// The content without what this party does not see.
pub(super) fn visible_content(relation: Relation, content: &Content) -> Content {
    let shows = |group| sees(relation, group);
    let mut content = content.clone();
    if !shows(Group::Product) {
        content.product = Product::empty(content.kind());
        content.extras.source_country = None;
    }
    if !shows(Group::Quantity) {
        content.quantity = None;
        content.treatment_days = None;
    }
    if !shows(Group::Physician) {
        content.physician = Physician::default();
    }
    if !shows(Group::Representative) {
        content.representative = None;
    }
    if !shows(Group::Diagnosis) {
        content.diagnosis = None;
    }
    if !shows(Group::Justification) {
        content.justification = None;
        content.extras.urgency = None;
        content.disaster = None;
    }
    if !shows(Group::Contact) {
        content.outcome_email = None;
        content.extras.physician_email = None;
        content.extras.hospital_pharmacy_email = None;
    }
    content.patients = visible_patients(relation, content.patients);
    content
}

fn visible_patients(relation: Relation, patients: Option<Patients>) -> Option<Patients> {
    if !sees(relation, Group::Patient) {
        return None;
    }
    let mut patients = patients?;
    let contact = sees(relation, Group::Contact);
    match &mut patients {
        Patients::Named { patient } if !contact => patient.address = None,
        Patients::List { patients } if !contact => {
            for listed in patients {
                listed.patient.address = None;
            }
        }
        Patients::AdHoc { justification } if !sees(relation, Group::Justification) => *justification = None,
        Patients::Named { .. } | Patients::List { .. } | Patients::AdHoc { .. } => {}
    }
    Some(patients)
}
