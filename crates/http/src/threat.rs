//! The disaster or threat that a demand or a notification states, as it travels.

use crate::demand::choices::choices;
use crate::parsing::Faults;
use domain::threat as model;
use domain::values::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

choices! {
    /// What is threatened, or by what (PF art. 4(8)).
    ThreatKind of model::ThreatKind {
        NaturalDisaster = "NATURAL_DISASTER",
        ThreatToPeople = "THREAT_TO_PEOPLE",
        ThreatToAnimals = "THREAT_TO_ANIMALS",
    }
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Threat {
    pub kind: ThreatKind,
    /// Which one it is.
    #[schema(min_length = 1, max_length = 500, example = "Powódź w dorzeczu Wzorcowej")]
    pub name: String,
}

impl Threat {
    pub(crate) fn read(faults: &mut Faults, it: &Self) -> Option<model::Threat> {
        let name = faults.take("/name", Text::parse(&it.name))?;
        Some(model::Threat { kind: it.kind.into(), name })
    }

    pub(crate) fn of(it: &model::Threat) -> Self {
        Self { kind: it.kind.into(), name: it.name.as_str().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threat_is_called_as_the_domain_calls_it() {
        for kind in model::ThreatKind::ALL {
            let shown = serde_json::to_value(ThreatKind::from(kind)).ok();
            assert_eq!(shown, Some(kind.name().into()));
        }
    }
}
