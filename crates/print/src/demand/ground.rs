//! The law under which the product is brought in, and the guards of an import because of a disaster (PF art. 4(9)).

use super::{Ground, Kind};
use crate::layout::Layout;
use crate::section::{Rows, push, section};

#[derive(Clone, Default)]
pub struct DisasterPrint {
    /// Its kind and name, e.g. `klęska żywiołowa: powódź`.
    pub threat: String,
    /// Who granted it, and its number.
    pub authorisation: String,
    pub source_country_authorisation: String,
    pub unavailability: String,
    pub unavailability_source: String,
    pub no_equivalent: String,
}

pub(super) fn disaster(layout: &mut Layout, disaster: &DisasterPrint) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Klęska lub zagrożenie", Some(&disaster.threat));
    push(&mut rows, "Pozwolenie polskie lub unijne", Some(&disaster.authorisation));
    push(&mut rows, "Dopuszczenie w kraju sprowadzenia", Some(&disaster.source_country_authorisation));
    push(&mut rows, "Źródło informacji o niedostępności", Some(&disaster.unavailability_source));
    section(layout, "Przesłanki art. 4 ust. 9 ustawy – Prawo farmaceutyczne", &rows);
    for (label, said) in [
        ("Niedostępność produktu w Polsce", &disaster.unavailability),
        ("Brak produktu o tej samej substancji czynnej, mocy i postaci", &disaster.no_equivalent),
    ] {
        if !said.is_empty() {
            layout.labelled(label, said);
        }
    }
}

/// The law under which the product is brought in.
pub(super) fn basis(kind: Kind, ground: Ground) -> &'static str {
    match (kind, ground) {
        (Kind::Medicine, Ground::TargetImport) => "art. 4 ust. 1 ustawy – Prawo farmaceutyczne",
        (Kind::Medicine, Ground::Disaster) => "art. 4 ust. 9 ustawy – Prawo farmaceutyczne",
        (Kind::Food, _) => "art. 29a ust. 1 ustawy o bezpieczeństwie żywności i żywienia",
    }
}
