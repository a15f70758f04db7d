//! What a demand states beyond others when its product is brought in because of a disaster or threat (PF art. 4(9)).

use crate::threat::Threat;
use crate::values::Text;
use serde::{Deserialize, Serialize};

/// On which ground the product is brought in; follows from the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// PF art. 4(1); of a food, UBZZ art. 29a(1).
    TargetImport,
    /// PF art. 4(9).
    Disaster,
}

impl Ground {
    pub const ALL: [Ground; 2] = [Self::TargetImport, Self::Disaster];

    pub fn name(self) -> &'static str {
        match self {
            Self::TargetImport => "TARGET_IMPORT",
            Self::Disaster => "DISASTER",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.name() == name)
    }
}

/// The threat, and the four guards of PF art. 4(9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Disaster {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threat: Option<Threat>,
    /// That the product is authorised in Poland or the EU (pkt 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorisation: Option<Authorisation>,
    /// That it is authorised in the country it is brought from: number, or entry of that country's register (pkt 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_country_authorisation: Option<Text<200>>,
    /// That it cannot be had in Poland (pkt 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailability: Option<Unavailability>,
    /// Why no product of the same substance, strength and form can be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_equivalent: Option<Text<4000>>,
}

/// An authorisation that counts in Poland, though the product is not to be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authorisation {
    pub granted_by: AuthorisationGrantor,
    pub number: Text<100>,
}

/// Who granted an authorisation that counts in Poland (PF art. 3(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuthorisationGrantor {
    /// The president of the Polish office.
    Poland,
    /// The Council or the European Commission.
    EuropeanUnion,
}

/// How it is known that the product cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unavailability {
    pub statement: Text<4000>,
    /// Where that comes from, e.g. a list of the unavailable or a wholesaler's letter.
    pub source: Text<500>,
}
