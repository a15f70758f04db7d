//! Every number of a persona is one that the service takes, and nobody is missing.

use super::*;
use domain::values::{Email, FieldOfMedicine, Nip, Npwz, PersonName, Pesel, RpwdlNumber, Sex, Text};
use std::collections::BTreeSet;

#[test]
fn every_number_and_name_is_one_that_the_service_takes() {
    for person in people() {
        assert!(PersonName::parse(person.given_names).is_ok(), "{}", person.key);
        assert!(PersonName::parse(person.family_name).is_ok(), "{}", person.key);
        let sex = Pesel::parse(person.pesel).map(|pesel| pesel.sex());
        let says = if person.given_names.ends_with('a') { Sex::Female } else { Sex::Male };
        assert_eq!(sex, Ok(says), "{}", person.key);
        assert!(person.npwz.is_none_or(|npwz| Npwz::parse(npwz).is_ok()), "{}", person.key);
        assert!(
            person.consults.iter().all(|held| FieldOfMedicine::parse(held.field).is_ok()),
            "{}",
            person.key
        );
    }
    for organisation in ORGANISATIONS {
        assert!(Text::<300>::parse(organisation.name).is_ok(), "{}", organisation.key);
        assert!(Nip::parse(organisation.nip).is_ok(), "{}", organisation.key);
        assert!(Email::parse(organisation.email).is_ok(), "{}", organisation.key);
        assert!(organisation.rpwdl_number.is_none_or(|number| RpwdlNumber::parse(number).is_ok()));
    }
}

#[test]
fn nobody_shares_a_key_or_a_number() {
    let distinct = |values: Vec<&str>| values.iter().collect::<BTreeSet<_>>().len() == values.len();
    assert!(distinct(people().map(|person| person.key).collect()));
    assert!(distinct(people().map(|person| person.pesel).collect()));
    assert!(distinct(people().filter_map(|person| person.npwz).collect()));
    assert!(distinct(people().filter_map(|person| person.staff).collect()));
    assert!(distinct(ORGANISATIONS.iter().map(|organisation| organisation.key).collect()));
}

#[test]
fn everybody_but_a_patient_belongs_to_an_organisation_and_has_a_number() {
    for persona in all(&default_space()) {
        let known = persona.organisation.is_some() && persona.register_id().is_some();
        assert_eq!(known, !persona.is_patient(), "{}", persona.key());
        assert_eq!(persona.person_id.is_some(), !persona.is_patient(), "{}", persona.key());
    }
}

#[test]
fn a_space_has_ids_of_its_own_that_are_the_same_every_time() {
    let other = SpaceId::parse("other").expect("a space");
    let ids = |space: &SpaceId| -> Vec<String> {
        let people = all(space).into_iter().filter_map(|persona| persona.person_id).map(|id| id.to_string());
        people.chain(organisations(space).into_iter().map(|known| known.id.to_string())).collect()
    };
    assert_eq!(ids(&default_space()), ids(&default_space()));
    let both: BTreeSet<_> = ids(&default_space()).into_iter().chain(ids(&other)).collect();
    assert_eq!(both.len(), 2 * ids(&other).len());
}

#[test]
fn every_scenario_finds_a_consultant() {
    for scenario in crate::scenarios::all().expect("scenarios") {
        let found = consultant_in(&default_space(), &scenario.field_of_medicine);
        assert!(found.is_some(), "{}", scenario.name);
    }
}
