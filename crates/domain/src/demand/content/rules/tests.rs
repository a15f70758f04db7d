//! Every rule over several members; the matrix is looked at apart.

mod disaster;
mod matrix;

use super::*;
use crate::demand::content::{AddressOwner, Patient, Patients, Use};
use crate::support::{date, in_facility, listed, millilitres, of_food, outside, packs, read, text};
use crate::values::{CountryCode, Email, UnitCode};
use serde_json::{Value, json};

const TODAY: &str = "2026-12-01";

fn broken(number: &str, content: &Content) -> Vec<String> {
    let mut rules = rules_of(DemandKind::Medicine);
    let rule = rules.find(|rule| rule.number == number).unwrap_or_else(|| panic!("no rule {number}"));
    (rule.broken_at)(content, date(TODAY))
}

fn violations(content: &Content) -> Vec<(String, &'static str)> {
    check(content, date(TODAY)).into_iter().map(|it| (it.pointer, it.problem.code)).collect()
}

/// The complete content of a use, of a demand for that patient.
fn of_patient(use_: Use, patient: Value) -> Content {
    let mut content = if use_ == Use::InFacility { in_facility() } else { outside() };
    content.patients = Some(Patients::Named { patient: read(patient) });
    content
}

fn in_hospital(patient: Value) -> Content {
    of_patient(Use::InFacility, patient)
}

fn named(more: &Value) -> Value {
    let mut patient = json!({ "givenNames": "Ola", "familyName": "Zmyślona" });
    for (member, value) in more.as_object().into_iter().flatten() {
        patient[member] = value.clone();
    }
    patient
}

fn pesel(number: &str) -> Value {
    json!({ "kind": "PESEL", "number": number })
}

fn passport() -> Value {
    json!({ "kind": "PASSPORT", "number": "ZS0000177" })
}

fn guardian() -> Value {
    json!({ "identifier": pesel("44051401458") })
}

#[test]
fn outside_a_facility_there_is_one_named_patient() {
    assert!(broken("DC-01", &outside()).is_empty());
    assert!(broken("DC-01", &listed()).is_empty());
    for patients in [listed().patients, Some(Patients::AdHoc { justification: Some(text("Zapas.")) })] {
        assert_eq!(broken("DC-01", &Content { patients, ..outside() }), ["/patients"]);
    }
}

#[test]
fn a_named_patient_has_names_and_an_identifier() {
    let whole = named(&json!({ "identifier": passport() }));
    assert!(broken("DC-02", &in_hospital(whole)).is_empty());
    assert_eq!(
        broken("DC-02", &in_hospital(json!({}))),
        ["givenNames", "familyName", "identifier"].map(|it| format!("/patients/patient/{it}"))
    );
    let mut list = listed();
    if let Some(Patients::List { patients }) = &mut list.patients {
        patients[1].patient.identifier = None;
    }
    assert_eq!(broken("DC-02", &list), ["/patients/patients/1/patient/identifier"]);
}

#[test]
fn a_guardian_stands_in_for_the_identifier_of_a_minor_only() {
    let of = |birth: &str| in_hospital(named(&json!({ "guardian": guardian(), "birthDate": birth })));
    assert!(broken("DC-02", &of("2008-12-02")).is_empty(), "eighteen tomorrow");
    assert_eq!(broken("DC-02", &of("2008-12-01")), ["/patients/patient/identifier"], "eighteen today");
}

#[test]
fn a_minor_without_pesel_has_a_guardian_even_with_a_passport() {
    let minor = json!({ "identifier": passport(), "birthDate": "2020-05-01" });
    assert_eq!(broken("DC-03", &in_hospital(named(&minor))), ["/patients/patient/guardian"]);
    let guarded = json!({ "guardian": guardian(), "birthDate": "2020-05-01" });
    assert!(broken("DC-03", &in_hospital(named(&guarded))).is_empty());
    let adult = json!({ "identifier": passport(), "birthDate": "2008-12-01" });
    assert!(broken("DC-03", &in_hospital(named(&adult))).is_empty(), "eighteen today");
}

#[test]
fn without_pesel_the_date_of_birth_is_known() {
    for ageless in [json!({ "identifier": passport() }), json!({ "guardian": guardian() })] {
        assert_eq!(broken("DC-15", &in_hospital(named(&ageless))), ["/patients/patient/birthDate"]);
    }
    let known = json!({ "identifier": passport(), "birthDate": "1990-05-01" });
    for fine in [known, json!({ "identifier": pesel("02261773497") }), json!({})] {
        assert!(broken("DC-15", &in_hospital(named(&fine))).is_empty());
    }
}

#[test]
fn the_product_comes_from_abroad() {
    assert!(broken("DC-16", &outside()).is_empty());
    let mut content = outside();
    content.extras.source_country = Some(CountryCode::POLAND);
    assert_eq!(broken("DC-16", &content), ["/extras/sourceCountry"]);
}

#[test]
fn nobody_else_has_a_guardian() {
    let with_pesel = json!({ "guardian": guardian(), "identifier": pesel("02261773497") });
    let adult = json!({ "guardian": guardian(), "birthDate": "2008-12-01", "identifier": passport() });
    for patient in [with_pesel, adult] {
        assert_eq!(broken("DC-04", &in_hospital(named(&patient))), ["/patients/patient/guardian"]);
    }
    let minor = json!({ "guardian": guardian(), "birthDate": "2008-12-02" });
    assert!(broken("DC-04", &in_hospital(named(&minor))).is_empty());
}

#[test]
fn a_stated_date_of_birth_is_that_of_the_pesel() {
    let of =
        |birth: &str| in_hospital(named(&json!({ "identifier": pesel("02261773497"), "birthDate": birth })));
    assert!(broken("DC-05", &of("2002-06-17")).is_empty());
    assert_eq!(broken("DC-05", &of("1902-06-17")), ["/patients/patient/birthDate"]);
    let other = named(&json!({ "identifier": passport(), "birthDate": "1902-06-17" }));
    assert!(broken("DC-05", &in_hospital(other)).is_empty());
}

#[test]
fn nobody_is_born_tomorrow() {
    let of = |birth: &str| in_hospital(named(&json!({ "guardian": guardian(), "birthDate": birth })));
    assert!(broken("DC-06", &of(TODAY)).is_empty());
    assert_eq!(broken("DC-06", &of("2026-12-02")), ["/patients/patient/birthDate"]);
}

#[test]
fn a_pesel_of_the_future_is_the_fault_of_the_identifier() {
    let content = in_hospital(named(&json!({ "identifier": pesel("02261773497") })));
    let rule = RULES.iter().find(|rule| rule.number == "DC-06").map(|rule| rule.broken_at);
    let before_birth = rule.map(|check| check(&content, date("2002-06-16")));
    assert_eq!(before_birth, Some(vec!["/patients/patient/identifier".to_owned()]));
}

#[test]
fn a_list_has_at_least_two_patients() {
    assert!(broken("DC-07", &listed()).is_empty());
    for patients in [json!([]), json!([{ "patient": {} }])] {
        let content = Content {
            patients: Some(read(json!({ "kind": "LIST", "patients": patients }))),
            ..in_facility()
        };
        assert_eq!(broken("DC-07", &content), ["/patients/patients"]);
    }
}

fn list_of(first: &Value, second: &Value) -> Content {
    let line = |patient: &Value| json!({ "patient": patient, "quantity": { "amount": "5", "unit": "PACK" } });
    let patients = read(json!({ "kind": "LIST", "patients": [line(first), line(second)] }));
    Content { patients: Some(patients), ..in_facility() }
}

#[test]
fn nobody_stands_on_a_list_twice() {
    let one = named(&json!({ "identifier": pesel("44051401458") }));
    let other = named(&json!({ "identifier": pesel("02261773497") }));
    assert!(broken("DC-08", &list_of(&one, &other)).is_empty());
    assert_eq!(broken("DC-08", &list_of(&one, &one)), ["/patients/patients/1/patient/identifier"]);
}

#[test]
fn siblings_under_one_guardian_are_two_patients_and_one_child_is_one() {
    let child = named(&json!({ "guardian": guardian(), "birthDate": "2020-05-01" }));
    let mut twin = child.clone();
    twin["givenNames"] = json!("Ala");
    assert!(broken("DC-08", &list_of(&child, &twin)).is_empty());
    assert_eq!(broken("DC-08", &list_of(&child, &child)), ["/patients/patients/1/patient/guardian"]);
    assert!(
        broken("DC-08", &list_of(&json!({}), &json!({}))).is_empty(),
        "incomplete ones are another rule's"
    );
}

#[test]
fn the_quantities_of_a_list_add_up_in_the_demanded_unit() {
    assert!(broken("DC-09", &listed()).is_empty());
    assert!(
        broken("DC-09", &Content { quantity: None, ..listed() }).is_empty(),
        "its absence is the matrix's"
    );
    assert_eq!(
        broken("DC-09", &Content { quantity: Some(packs("10.0001")), ..listed() }),
        ["/patients/patients"]
    );
    assert_eq!(
        broken("DC-09", &Content { quantity: Some(millilitres("10")), ..listed() }),
        ["/patients/patients/0/quantity", "/patients/patients/1/quantity"]
    );
    let mut lacking = listed();
    if let Some(Patients::List { patients }) = &mut lacking.patients {
        patients[0].quantity = None;
    }
    assert_eq!(broken("DC-09", &lacking), ["/patients/patients/0/quantity"]);
}

#[test]
fn an_ad_hoc_need_justifies_its_quantity() {
    let of = |justification| Content { patients: Some(Patients::AdHoc { justification }), ..in_facility() };
    assert_eq!(violations(&of(Some(text("Zapas na dyżur.")))), []);
    assert_eq!(broken("DC-10", &of(None)), ["/patients/justification"]);
}

#[test]
fn the_outcome_goes_to_the_entity_in_a_facility_and_never_outside() {
    let owned = |mut content: Content, owner| {
        if let Some(email) = &mut content.outcome_email {
            email.belongs_to = owner;
        }
        broken("DC-11", &content).is_empty()
    };
    let owners = [AddressOwner::Entity, AddressOwner::Patient, AddressOwner::Other];
    assert_eq!(owners.map(|owner| owned(in_facility(), owner)), [true, false, false]);
    assert_eq!(owners.map(|owner| owned(outside(), owner)), [false, true, true]);
}

#[test]
fn a_unit_code_is_of_the_entitys_own_book() {
    let mut content = in_facility();
    assert!(broken("DC-12", &content).is_empty());
    content.entity.unit_code = UnitCode::parse("000000001689-012").ok();
    assert_eq!(broken("DC-12", &content), ["/entity/unitCode"]);
    content.entity.rpwdl_number = None;
    assert!(broken("DC-12", &content).is_empty(), "without a book there is nothing to compare");
}

#[test]
fn a_hospital_pharmacys_address_is_only_for_a_facility() {
    assert!(broken("DC-13", &in_facility()).is_empty());
    let mut content = outside();
    assert!(broken("DC-13", &content).is_empty());
    content.extras.hospital_pharmacy_email = Email::parse("apteka@example.pl").ok();
    assert_eq!(broken("DC-13", &content), ["/extras/hospitalPharmacyEmail"]);
}

#[test]
fn the_patients_of_a_list_give_no_address_either() {
    let address = patients(&outside()).first().and_then(|(_, patient)| patient.address.clone());
    assert!(address.is_some());
    let mut content = listed();
    assert!(broken("DC-14", &content).is_empty());
    if let Some(Patients::List { patients }) = &mut content.patients {
        patients[1].patient.address = address;
    }
    assert_eq!(broken("DC-14", &content), ["/patients/patients/1/patient/address"]);
    assert!(broken("DC-14", &outside()).is_empty(), "outside a facility the address is required");
}

#[test]
fn every_patient_is_found_with_their_place() {
    let places = |content: &Content| patients(content).into_iter().map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(places(&outside()), ["/patients/patient"]);
    assert_eq!(places(&listed()), ["/patients/patients/0/patient", "/patients/patients/1/patient"]);
    assert!(places(&Content { patients: None, ..in_facility() }).is_empty());
}

#[test]
fn a_patient_is_found_by_their_own_identifier_and_else_by_the_guardians() {
    let of = |patient: Value| {
        let patient: Patient = read(patient);
        patient.index_identifier().map(|it| it.index_text().into_inner())
    };
    let both = of(json!({ "identifier": passport(), "guardian": guardian() }));
    assert_eq!(both.as_deref(), Some("PASSPORT|PL|ZS0000177"));
    assert_eq!(of(json!({ "guardian": guardian() })).as_deref(), Some("PESEL|PL|44051401458"));
    assert_eq!(of(json!({})), None);
}

#[test]
fn a_child_with_a_passport_is_named_by_it_and_by_the_guardian() {
    let child: Patient = read(json!({ "identifier": passport(), "guardian": guardian() }));
    let is = |identifier: Value| child.is_identified_by(&read(identifier));
    assert!(is(passport()) && is(pesel("44051401458")));
    assert!(!is(pesel("02261773497")));
}
