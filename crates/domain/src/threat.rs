//! The disaster or threat that opens the ways around an authorisation for trade (PF art. 4(8)–(9)).

use crate::values::Text;
use serde::{Deserialize, Serialize};

/// What is threatened, or by what (PF art. 4(8)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ThreatKind {
    NaturalDisaster,
    ThreatToPeople,
    ThreatToAnimals,
}

impl ThreatKind {
    pub const ALL: [ThreatKind; 3] = [Self::NaturalDisaster, Self::ThreatToPeople, Self::ThreatToAnimals];

    pub fn name(self) -> &'static str {
        match self {
            Self::NaturalDisaster => "NATURAL_DISASTER",
            Self::ThreatToPeople => "THREAT_TO_PEOPLE",
            Self::ThreatToAnimals => "THREAT_TO_ANIMALS",
        }
    }
}

/// One disaster or threat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Threat {
    pub kind: ThreatKind,
    /// Which one it is.
    pub name: Text<500>,
}
