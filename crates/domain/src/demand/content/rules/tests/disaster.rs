//! An import because of a disaster or threat: each guard of PF art. 4(9), and that other demands know none of them.

use super::*;
use crate::demand::content::{Disaster, Ground};
use crate::threat::ThreatKind;

fn whole() -> Value {
    json!({
        "threat": { "kind": "NATURAL_DISASTER", "name": "Powódź w dorzeczu Wzorcowej" },
        "authorisation": { "grantedBy": "EUROPEAN_UNION", "number": "EU/1/26/0000/001" },
        "sourceCountryAuthorisation": "PEI.H.00000.01.1",
        "unavailability": { "statement": "Żadna hurtownia go nie ma.", "source": "Pisma trzech hurtowni" },
        "noEquivalent": "Odpowiedniki wycofano z obrotu.",
    })
}

fn of(disaster: Value) -> Content {
    Content { disaster: Some(read(disaster)), ..outside() }
}

fn without(member: &str) -> Content {
    let mut disaster = whole();
    disaster.as_object_mut().and_then(|members| members.remove(member)).expect(member);
    of(disaster)
}

#[test]
fn each_guard_is_asked_for_where_a_disaster_is_stated_and_nowhere_else() {
    for (number, member) in [
        ("DC-17", "threat"),
        ("DC-19", "authorisation"),
        ("DC-20", "sourceCountryAuthorisation"),
        ("DC-21", "unavailability"),
        ("DC-22", "noEquivalent"),
    ] {
        assert_eq!(broken(number, &without(member)), [format!("/disaster/{member}")]);
        assert_eq!(broken(number, &of(whole())), [""; 0]);
        assert_eq!(broken(number, &outside()), [""; 0]);
    }
}

#[test]
fn a_threat_to_animals_fits_no_medicine_for_people() {
    for kind in ThreatKind::ALL {
        let mut disaster = whole();
        disaster["threat"]["kind"] = json!(kind.name());
        let found = broken("DC-18", &of(disaster));
        assert_eq!(
            found == ["/disaster/threat/kind"],
            kind == ThreatKind::ThreatToAnimals,
            "{kind:?}: {found:?}"
        );
    }
    assert_eq!(broken("DC-18", &without("threat")), [""; 0]);
    assert_eq!(broken("DC-18", &outside()), [""; 0]);
}

#[test]
fn a_disaster_that_states_nothing_lacks_every_guard_at_once() {
    let bare = Content { disaster: Some(Disaster::default()), ..outside() };
    assert_eq!(
        violations(&bare),
        [
            ("/disaster/threat".to_owned(), "demand.disaster_threat"),
            ("/disaster/authorisation".to_owned(), "demand.disaster_authorisation"),
            ("/disaster/sourceCountryAuthorisation".to_owned(), "demand.disaster_source_authorisation"),
            ("/disaster/unavailability".to_owned(), "demand.disaster_unavailability"),
            ("/disaster/noEquivalent".to_owned(), "demand.disaster_equivalent"),
        ]
    );
}

#[test]
fn the_country_is_known_and_is_not_poland_as_for_every_demand() {
    let mut content = of(whole());
    assert_eq!(violations(&content), []);
    content.extras.source_country = Some(CountryCode::POLAND);
    assert_eq!(broken("DC-16", &content), ["/extras/sourceCountry"]);
    content.extras.source_country = None;
    assert_eq!(violations(&content), [("/extras/sourceCountry".to_owned(), "demand.field_required")]);
}

#[test]
fn the_ground_follows_from_the_content() {
    assert_eq!(outside().ground(), Ground::TargetImport);
    assert_eq!(of(json!({})).ground(), Ground::Disaster);
    for ground in Ground::ALL {
        assert_eq!(Ground::parse(ground.name()), Some(ground));
    }
    assert_eq!(Ground::parse("disaster"), None);
}

#[test]
fn the_bytes_of_a_demand_without_a_disaster_are_those_of_before() {
    let bytes = serde_json::to_string(&outside()).expect("JSON");
    assert!(!bytes.contains("disaster"), "{bytes}");
    let read = Content::read(DemandKind::Medicine, &mut serde_json::Deserializer::from_str(&bytes));
    assert_eq!(read.expect("a content"), outside());
    let whole = serde_json::to_value(of(whole())).expect("JSON");
    assert_eq!(whole["disaster"], self::whole());
    assert_eq!(Content::read(DemandKind::Medicine, whole).expect("a content"), of(self::whole()));
}

#[test]
fn a_food_has_no_disaster_and_no_rule_of_one() {
    let mut food = serde_json::to_value(of_food(outside())).expect("JSON");
    assert!(Content::read(DemandKind::Food, food.clone()).is_ok());
    food["disaster"] = whole();
    assert!(Content::read(DemandKind::Food, food).is_err());
    let of_disasters = |kind| rules_of(kind).filter(|rule| rule.legal.contains("art. 4(9)")).count();
    assert_eq!(
        (of_disasters(DemandKind::Medicine), of_disasters(DemandKind::Food)),
        (DISASTER_RULES.len(), 0)
    );
}
