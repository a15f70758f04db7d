//! Which claims make whom a caller, and which nobody.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;

const ENTITY: &str = "01980000-0000-7000-8000-000000000001";
const NPWZ: &str = "5425740";
const PESEL: &str = "44051401359";

#[expect(clippy::unnecessary_wraps, reason = "claims hold an Option")]
fn org(kind: &str) -> Option<access_token::Org> {
    Some(access_token::Org { id: ENTITY.to_owned(), kind: kind.to_owned() })
}

#[expect(clippy::unnecessary_wraps, reason = "claims hold an Option")]
fn person(id_system: &str, id: &str, role: &str) -> Option<access_token::Person> {
    let id = Redacted::new(id.to_owned());
    Some(access_token::Person { id_system: id_system.to_owned(), id, role: role.to_owned() })
}

/// Of a physician in a hospital.
fn claims() -> Claims {
    Claims {
        iss: "https://login.przyklad.pl".to_owned(),
        sub: Redacted::new("sub".to_owned()),
        client_id: "clinic-system".to_owned(),
        jti: "1".to_owned(),
        exp: 0,
        iat: 0,
        nbf: None,
        scope: String::new(),
        org: org("MEDICAL_ENTITY"),
        person: person("NPWZ", NPWZ, "PHYSICIAN"),
        pesel: None,
        represents: None,
        space: None,
    }
}

fn single() -> SpacePolicy {
    SpacePolicy::Single(SpaceId::production())
}

fn caller(claims: &Claims) -> Result<Caller, ClaimFault> {
    read(claims, &single())
}

#[test]
fn a_physician_is_a_person_with_a_licence_in_an_entity() {
    let caller = caller(&claims()).unwrap();
    assert_eq!((caller.role, caller.space.as_str()), (Role::Physician, "main"));
    assert_eq!(caller.person_key(), "NPWZ:5425740");
    assert_eq!(caller.org.unwrap().kind, OrganisationKind::MedicalEntity);
    assert_eq!(caller.patient, None);
}

#[test]
fn a_pharmacy_or_a_wholesaler_may_call_without_a_person() {
    for (kind, role) in [
        ("WHOLESALER", Role::Wholesaler),
        ("PHARMACY", Role::Pharmacy),
        ("HOSPITAL_PHARMACY", Role::Pharmacy),
    ] {
        let caller = caller(&Claims { org: org(kind), person: None, ..claims() }).unwrap();
        assert_eq!((caller.role, caller.person), (role, None));
    }
}

#[test]
fn everybody_else_must_be_a_person() {
    for kind in ["MEDICAL_ENTITY", "MINISTRY", "INSPECTORATE", "OFFICE"] {
        let fault = caller(&Claims { org: org(kind), person: None, ..claims() }).unwrap_err();
        assert_eq!(fault, ClaimFault::NoPerson);
    }
}

#[test]
fn a_patient_is_named_by_the_number_alone() {
    let pesel = Some(Redacted::new(PESEL.to_owned()));
    let patient = Claims { org: None, person: None, pesel, ..claims() };
    let read = caller(&patient).unwrap();
    assert_eq!((read.role, read.org), (Role::Patient, None));
    assert_eq!(read.patient.unwrap().reveal().reveal(), PESEL);
    let wrong = Claims { pesel: Some(Redacted::new("44051401358".to_owned())), ..patient };
    assert_eq!(caller(&wrong).unwrap_err(), ClaimFault::Patient);
}

#[test]
fn whoever_represents_a_patient_opens_what_is_theirs_alone() {
    let number = |text: &str| Some(Redacted::new(text.to_owned()));
    let acting = Claims {
        org: None,
        person: None,
        pesel: number(PESEL),
        represents: number("44051401458"),
        ..claims()
    };
    let read = caller(&acting).unwrap();
    assert_eq!(read.patient.unwrap().reveal().reveal(), "44051401458");
    assert_eq!(read.representative.unwrap().reveal().reveal(), PESEL);
    let wrong = Claims { represents: number("44051401450"), ..acting.clone() };
    assert_eq!(caller(&wrong).unwrap_err(), ClaimFault::Patient);
    let nameless = Claims { pesel: None, person: person("STAFF", "7", "PATIENT"), ..acting };
    assert_eq!(caller(&nameless).unwrap_err(), ClaimFault::Patient);
    let physician = Claims { represents: number(PESEL), ..claims() };
    assert_eq!(caller(&physician).unwrap_err(), ClaimFault::Patient);
}

#[test]
fn a_pesel_belongs_into_a_patients_token_only() {
    let both = Claims { pesel: Some(Redacted::new(PESEL.to_owned())), ..claims() };
    assert_eq!(caller(&both).unwrap_err(), ClaimFault::Patient);
    let neither = Claims { person: person("STAFF", "7", "PATIENT"), ..claims() };
    assert_eq!(caller(&neither).unwrap_err(), ClaimFault::Patient);
}

#[test]
fn whoever_is_no_patient_belongs_to_an_organisation() {
    assert_eq!(caller(&Claims { org: None, ..claims() }).unwrap_err(), ClaimFault::Organisation);
    let unknown = Claims { org: org("SHOP"), ..claims() };
    assert_eq!(caller(&unknown).unwrap_err(), ClaimFault::Organisation);
}

#[test]
fn a_role_and_an_identifier_must_be_known() {
    let with = |person| caller(&Claims { person, ..claims() }).unwrap_err();
    assert_eq!(with(person("NPWZ", NPWZ, "DOCTOR")), ClaimFault::Role);
    assert_eq!(with(person("PESEL", PESEL, "PHYSICIAN")), ClaimFault::Person);
    assert_eq!(with(person("NPWZ", "5425741", "PHYSICIAN")), ClaimFault::Person);
    assert_eq!(with(person("PERSON", "7", "CONSULTANT")), ClaimFault::Person);
    assert_eq!(with(person("STAFF", "a|b", "MINISTRY_DECIDER")), ClaimFault::Person);
    assert_eq!(with(person("STAFF", "", "MINISTRY_DECIDER")), ClaimFault::Person);
}

#[test]
fn a_role_counts_in_an_organisation_of_its_kind_only() {
    let held = |kind: &str, role: Role| {
        caller(&Claims { org: org(kind), person: person("STAFF", "7", role.name()), ..claims() })
            .and_then(|caller| admit(caller, None))
    };
    assert_eq!(held("MEDICAL_ENTITY", Role::MinistryDecider).unwrap_err(), ClaimFault::Elsewhere);
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Patient) {
        for kind in OrganisationKind::ALL {
            let fits = role.organisations().contains(&kind);
            let read = held(kind.name(), role).map(|caller| caller.role);
            assert_eq!(read, if fits { Ok(role) } else { Err(ClaimFault::Elsewhere) }, "{kind:?}");
        }
    }
    assert_eq!(ClaimFault::Elsewhere.problem().code, "auth.role_organisation");
}

#[test]
fn a_client_is_named_visibly() {
    for name in ["", "a\nb", "kłopot", &"a".repeat(201)] {
        let fault = caller(&Claims { client_id: name.to_owned(), ..claims() }).unwrap_err();
        assert_eq!(fault, ClaimFault::Client);
    }
}

#[test]
fn production_has_one_space_whatever_a_token_says() {
    let named = |space: &str| Claims { space: Some(space.to_owned()), ..claims() };
    assert_eq!(caller(&named("main")).unwrap().space, SpaceId::production());
    assert_eq!(caller(&named("tester-1")).unwrap_err(), ClaimFault::Space);
}

#[test]
fn a_sandboxs_token_names_its_space() {
    let named = |space: &str| Claims { space: Some(space.to_owned()), ..claims() };
    let read = |claims: &Claims| read(claims, &SpacePolicy::FromClaim);
    assert_eq!(read(&named("tester-1")).unwrap().space.as_str(), "tester-1");
    assert_eq!(read(&named("Tester 1")).unwrap_err(), ClaimFault::Space);
    assert_eq!(read(&claims()).unwrap_err(), ClaimFault::Space);
}

#[test]
fn no_fault_repeats_a_claim() {
    for fault in [ClaimFault::Client, ClaimFault::Person, ClaimFault::Patient, ClaimFault::Space] {
        assert!(!fault.to_string().contains(char::is_numeric));
    }
}
