//! What is demanded of a medicine.

use crate::values::{Atc, Gtin, Text};
use serde::{Deserialize, Serialize};

/// The medicine as it is named abroad (PF art. 4ac(3)–(4)).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade_name: Option<Text<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub international_name: Option<Text<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Text<200>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Text<200>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marketing_authorisation_holder: Option<Text<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub atc: Option<Atc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin>,
}
