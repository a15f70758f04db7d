//! The officers of the payer who have acted on an order: they answer for what they did, and so see it whole (ADR 49).

use super::lifecycle::{Cancellation, Confirmed, State};
use super::model::{DeviceOrder, OnPaper, TakeUp, TakeUpState};
use crate::demand::model::Officer;
use crate::ids::PersonId;
use chrono::TimeDelta;
use std::iter;

/// How long an officer sees an order whole who has said why.
pub const GLASS: TimeDelta = TimeDelta::minutes(60);

/// Whether this officer entered it from paper, answered, accepted, cancelled, released or took something back of it.
pub fn has_acted(order: &DeviceOrder, officer: PersonId) -> bool {
    let paper = order.state.issue().and_then(|issue| issue.paper.as_ref()).into_iter().flat_map(of_paper);
    paper.chain(of_state(&order.state)).any(|by| by.person == officer)
}

fn of_paper(paper: &OnPaper) -> impl Iterator<Item = &Officer> {
    iter::once(&paper.entered_by).chain(paper.reply.iter().map(|reply| &reply.by))
}

fn of_state(state: &State) -> Vec<&Officer> {
    match state {
        State::Draft | State::Registered(_) | State::Verifying(_) | State::Negative(_) => Vec::new(),
        State::Positive(it) | State::Realised(it) | State::Expired(it) => of_confirmed(it),
        State::Cancelled(it) => {
            let by = it.cancellation.by.iter();
            by.chain(of_state(&it.was)).collect()
        }
    }
}

fn of_confirmed(confirmed: &Confirmed) -> Vec<&Officer> {
    let accepted = confirmed.confirmation.accepted.iter().map(|it| &it.by);
    let tail = confirmed.tail.iter().filter_map(|it| by(&it.cancellation));
    let parts = confirmed.take_ups.iter().flat_map(of_take_up);
    accepted.chain(tail).chain(parts).collect()
}

fn by(cancellation: &Cancellation) -> Option<&Officer> {
    cancellation.by.as_ref()
}

fn of_take_up(take_up: &TakeUp) -> impl Iterator<Item = &Officer> {
    let released = match &take_up.state {
        TakeUpState::Withdrawn { by, .. } => by.as_ref(),
        TakeUpState::Realised { realisation } => realisation.receipt_by.as_ref(),
        TakeUpState::Verifying
        | TakeUpState::Refused { .. }
        | TakeUpState::Held
        | TakeUpState::Lapsed { .. } => None,
    };
    take_up.withdrawn.iter().filter_map(|it| it.by.as_ref()).chain(released)
}
