//! The officers of the payer who have acted on a repair order: they answer for what they did, and so see it whole (ADR 49).

use super::lifecycle::State;
use super::model::{Issuer, RepairOrder};
use crate::demand::model::Officer;
use crate::ids::PersonId;

/// Whether this officer ordered it for their branch, cancelled it, or released or took something back of it.
pub fn has_acted(order: &RepairOrder, officer: PersonId) -> bool {
    let issuer = match &order.issuer {
        Issuer::Branch { officer, .. } => Some(officer),
        Issuer::Prescriber { .. } => None,
    };
    issuer.into_iter().chain(of_state(&order.state)).any(|by| by.person == officer)
}

fn of_state(state: &State) -> Vec<&Officer> {
    let given_back = state.confirmed().into_iter().flat_map(|it| &it.given_back);
    let cancelled = match state {
        State::Cancelled(it) => it.cancellation.by.as_ref(),
        _ => None,
    };
    given_back.filter_map(|it| it.by.as_ref()).chain(cancelled).collect()
}
