//! Rules on an import because of a disaster or threat (PF art. 4(9)): the threat, and each of the four guards.

use super::super::refusals::{
    DISASTER_AUTHORISATION, DISASTER_EQUIVALENT, DISASTER_SOURCE_AUTHORISATION, DISASTER_THREAT,
    DISASTER_THREAT_TO_ANIMALS, DISASTER_UNAVAILABILITY,
};
use super::super::{Content, Disaster};
use super::ContentCheck;
use crate::problem::Sentence;
use crate::rule::{Rule, at};
use crate::threat::ThreatKind;
use chrono::NaiveDate;

/// Rules that only a medicine demand of this ground can break.
pub const DISASTER_RULES: &[Rule<ContentCheck>] = &[
    Rule {
        number: "DC-17",
        legal: "PF art. 4(9), art. 4(8)",
        says: Sentence {
            pl: "Wskazano klęskę żywiołową albo inne zagrożenie, z powodu którego sprowadza się produkt.",
            en: "The disaster or threat because of which the product is brought in is named.",
        },
        problem: DISASTER_THREAT,
        broken_at: threat_is_named,
    },
    Rule {
        number: "DC-18",
        legal: "PF art. 4(9), art. 4(8)",
        says: Sentence {
            pl: "Zagrożenie życia lub zdrowia zwierząt nie uzasadnia zapotrzebowania na produkt dla ludzi.",
            en: "A threat to animals does not warrant a demand for a product for people.",
        },
        problem: DISASTER_THREAT_TO_ANIMALS,
        broken_at: threat_is_not_to_animals,
    },
    Rule {
        number: "DC-19",
        legal: "PF art. 4(9) pkt 1",
        says: Sentence {
            pl: "Produkt ma pozwolenie na dopuszczenie do obrotu w Polsce albo w Unii Europejskiej.",
            en: "The product has an authorisation in Poland or the European Union.",
        },
        problem: DISASTER_AUTHORISATION,
        broken_at: product_is_authorised,
    },
    Rule {
        number: "DC-20",
        legal: "PF art. 4(9) pkt 2",
        says: Sentence {
            pl: "Produkt jest dopuszczony do obrotu w kraju, z którego jest sprowadzany.",
            en: "The product is authorised in the country it is brought from.",
        },
        problem: DISASTER_SOURCE_AUTHORISATION,
        broken_at: product_is_authorised_in_source_country,
    },
    Rule {
        number: "DC-21",
        legal: "PF art. 4(9) pkt 3",
        says: Sentence {
            pl: "Produkt jest niedostępny na terytorium Rzeczypospolitej Polskiej.",
            en: "The product is unavailable in Poland.",
        },
        problem: DISASTER_UNAVAILABILITY,
        broken_at: product_is_unavailable,
    },
    Rule {
        number: "DC-22",
        legal: "PF art. 4(9), after pkt 3",
        says: Sentence {
            pl: "Nie jest dostępny produkt o tej samej substancji czynnej, mocy i postaci.",
            en: "No product of the same active substance, strength and form is available.",
        },
        problem: DISASTER_EQUIVALENT,
        broken_at: no_equivalent_is_available,
    },
];

/// Of another ground nothing is missing.
fn lacks<T>(content: &Content, pointer: &str, stated: impl FnOnce(&Disaster) -> Option<&T>) -> Vec<String> {
    at(pointer, content.disaster.as_ref().is_some_and(|it| stated(it).is_none()))
}

fn threat_is_named(content: &Content, _: NaiveDate) -> Vec<String> {
    lacks(content, "/disaster/threat", |it| it.threat.as_ref())
}

fn threat_is_not_to_animals(content: &Content, _: NaiveDate) -> Vec<String> {
    let threat = content.disaster.as_ref().and_then(|it| it.threat.as_ref());
    at("/disaster/threat/kind", threat.is_some_and(|it| it.kind == ThreatKind::ThreatToAnimals))
}

fn product_is_authorised(content: &Content, _: NaiveDate) -> Vec<String> {
    lacks(content, "/disaster/authorisation", |it| it.authorisation.as_ref())
}

fn product_is_authorised_in_source_country(content: &Content, _: NaiveDate) -> Vec<String> {
    lacks(content, "/disaster/sourceCountryAuthorisation", |it| it.source_country_authorisation.as_ref())
}

fn product_is_unavailable(content: &Content, _: NaiveDate) -> Vec<String> {
    lacks(content, "/disaster/unavailability", |it| it.unavailability.as_ref())
}

fn no_equivalent_is_available(content: &Content, _: NaiveDate) -> Vec<String> {
    lacks(content, "/disaster/noEquivalent", |it| it.no_equivalent.as_ref())
}
