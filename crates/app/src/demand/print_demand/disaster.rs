//! The threat and the guards of PF art. 4(9), in the words of the print.

use super::text;
use domain::demand::content::{AuthorisationGrantor, Disaster};
use domain::threat::{Threat, ThreatKind};
use print::demand as paper;

pub(super) fn disaster(it: &Disaster) -> paper::DisasterPrint {
    let authorisation = it.authorisation.as_ref().map(|it| {
        let grantor = match it.granted_by {
            AuthorisationGrantor::Poland => "polskie",
            AuthorisationGrantor::EuropeanUnion => "unijne",
        };
        format!("{grantor}, nr {}", it.number.as_str())
    });
    paper::DisasterPrint {
        threat: it.threat.as_ref().map(threat).unwrap_or_default(),
        authorisation: authorisation.unwrap_or_default(),
        source_country_authorisation: text(it.source_country_authorisation.as_ref()),
        unavailability: text(it.unavailability.as_ref().map(|it| &it.statement)),
        unavailability_source: text(it.unavailability.as_ref().map(|it| &it.source)),
        no_equivalent: text(it.no_equivalent.as_ref()),
    }
}

fn threat(it: &Threat) -> String {
    let kind = match it.kind {
        ThreatKind::NaturalDisaster => "klęska żywiołowa",
        ThreatKind::ThreatToPeople => "zagrożenie życia lub zdrowia ludzi",
        ThreatKind::ThreatToAnimals => "zagrożenie życia lub zdrowia zwierząt",
    };
    format!("{kind}: {}", it.name.as_str())
}
