//! What is demanded of a food.

use crate::values::Text;
use serde::{Deserialize, Serialize};

/// The two groups that may be brought in this way (UBZZ art. 29a(1), art. 24(2)(1) and (4)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FoodGroup {
    /// Infant formula and follow-on formula (UBZZ art. 24(2)(1)).
    InfantFormula,
    /// Dietary foods for special medical purposes (UBZZ art. 24(2)(4)).
    SpecialMedicalPurposes,
}

impl FoodGroup {
    pub const ALL: [FoodGroup; 2] = [Self::InfantFormula, Self::SpecialMedicalPurposes];

    pub fn name(self) -> &'static str {
        match self {
            Self::InfantFormula => "INFANT_FORMULA",
            Self::SpecialMedicalPurposes => "SPECIAL_MEDICAL_PURPOSES",
        }
    }
}

/// The food as it is named abroad (UBZZ art. 29a(2d)–(2e)).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<FoodGroup>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composition: Option<Text<4000>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Text<200>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Text<300>>,
}
