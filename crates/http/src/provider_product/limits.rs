//! What a list lacks, as it is told beside a change.

use domain::provider_product::limits::{Lacks, NoneAtLimit};
use serde::Serialize;
use utoipa::ToSchema;

/// Whether every group of the contract has a product at the limit price or below, on the day on which the change takes
/// effect. A warning: it refuses nothing.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProviderProductLimits, example = json!({"noneAtLimit": [{"code": "Y.04.01", "name": "Worki do zbiórki moczu",
    "limit": "4.00"}], "limitNotKnownHere": ["A.01.01"], "codesNotKnownHere": []}))]
pub(crate) struct LimitsView {
    /// Groups in which no product is at the limit price or below.
    none_at_limit: Vec<NoneAtLimitView>,
    /// Groups of which a limit is not known here: nothing is said of them.
    #[schema(example = json!(["A.01.01"]))]
    limit_not_known_here: Vec<String>,
    /// Codes of products that the catalogue of device groups does not hold on the day.
    codes_not_known_here: Vec<String>,
}

/// A group without a product at the limit price or below.
#[derive(Serialize, ToSchema)]
#[schema(as = NoneAtLimit)]
pub(crate) struct NoneAtLimitView {
    #[schema(example = "Y.04.01")]
    code: String,
    name: String,
    /// The greatest limit of its tiers, in PLN.
    #[schema(example = "4.00")]
    limit: String,
}

impl LimitsView {
    pub(super) fn of(lacks: &Lacks) -> Self {
        let none = |it: &NoneAtLimit| NoneAtLimitView {
            code: it.code.to_string(),
            name: it.name.clone(),
            limit: it.limit.to_string(),
        };
        Self {
            none_at_limit: lacks.none_at_limit.iter().map(none).collect(),
            limit_not_known_here: lacks.limit_unknown.iter().map(ToString::to_string).collect(),
            codes_not_known_here: lacks.code_unknown.iter().cloned().collect(),
        }
    }
}
