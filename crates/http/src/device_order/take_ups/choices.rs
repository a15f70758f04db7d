//! The choices of a take-up as the contract lists them.

use domain::device_order::model::TakeUpState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a take-up stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = TakeUpState)]
pub(crate) enum TakeUpStateView {
    /// The payer looks once more; the months are closed to others.
    Verifying,
    /// It found what stands in the way; the months are free again.
    Refused,
    /// The months are this provider's until the hold runs out.
    Held,
    Realised,
    Withdrawn,
    /// Nothing was issued while it was held.
    Lapsed,
}

impl TakeUpStateView {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Verifying => "VERIFYING",
            Self::Refused => "REFUSED",
            Self::Held => "HELD",
            Self::Realised => "REALISED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Lapsed => "LAPSED",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        let all = [Self::Verifying, Self::Refused, Self::Held, Self::Realised, Self::Withdrawn, Self::Lapsed];
        all.into_iter().find(|state| state.name() == name)
    }
}

impl From<&TakeUpState> for TakeUpStateView {
    fn from(state: &TakeUpState) -> Self {
        match state {
            TakeUpState::Verifying => Self::Verifying,
            TakeUpState::Refused { .. } => Self::Refused,
            TakeUpState::Held => Self::Held,
            TakeUpState::Realised { .. } => Self::Realised,
            TakeUpState::Withdrawn { .. } => Self::Withdrawn,
            TakeUpState::Lapsed { .. } => Self::Lapsed,
        }
    }
}

/// What the provider does with the order's additional entitlement (DO-39).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum EntitlementChoiceKind {
    /// Leaves it as the order has it.
    Keep,
    /// Takes it away.
    Remove,
    /// Puts another one, or a first one, in its place.
    Set,
}

/// Who took the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ReceiverKind {
    Patient,
    /// Anybody else, by name and identifier.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_found_by_the_name_that_the_store_has() {
        let known = TakeUpState::NAMES.map(|name| TakeUpStateView::named(name).map(TakeUpStateView::name));
        assert_eq!(known, TakeUpState::NAMES.map(Some));
    }
}
