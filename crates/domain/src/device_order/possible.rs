//! What stands in the way of what a provider may do with an order, told before anybody asks for it.

use super::DeviceOrder;
use super::lifecycle::{Command, PeriodState, admits};
use super::model::{TakeUp, TakeUpState};
use super::refusals::{
    MONTH_TAKEN, NOT_AVAILABLE, NOT_HOLDER, NOT_REALISED, PAPER_ELSEWHERE, RECEIPT_LATE, WITHDRAWAL_LATE,
    WRONG_STATE,
};
use super::take_up::{Settings, is_taken};
use crate::ids::OrganisationId;
use crate::problem::ProblemType;
use chrono::NaiveDate;

/// Why this provider can take nothing up, whichever months it asks for.
pub fn blocks_take_up(order: &DeviceOrder, provider: OrganisationId) -> Option<&'static ProblemType> {
    let confirmed = order.state.confirmed().filter(|_| admits(order.state.name(), Command::TakeUp));
    let Some(confirmed) = confirmed else { return Some(WRONG_STATE) };
    let bound = confirmed.issue.paper.as_ref().and_then(|paper| paper.bound_to);
    if bound.is_some_and(|bound| bound != provider) {
        return Some(PAPER_ELSEWHERE);
    }
    if confirmed.periods.states().any(|state| state == PeriodState::Available) {
        return None;
    }
    let is_held = confirmed.periods.states().any(is_taken);
    Some(if is_held { MONTH_TAKEN } else { NOT_AVAILABLE })
}

/// Who asks, when, and how long a provider may.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// An officer is bound by no time.
    pub by_officer: bool,
    pub settings: Settings,
    pub today: NaiveDate,
}

/// What can be asked of a take-up that has not ended without goods.
pub const OF_A_TAKE_UP: [Command; 4] =
    [Command::TakeUpWithdrawal, Command::Realisation, Command::Receipt, Command::RealisationWithdrawal];

/// Why the command cannot be carried out on this take-up; `None` where it can, as far as its own words allow.
pub fn blocks(
    order: &DeviceOrder,
    take_up: &TakeUp,
    command: Command,
    asking: Asking,
) -> Option<&'static ProblemType> {
    let Asking { by_officer, settings, today } = asking;
    if !admits(order.state.name(), command) {
        return Some(WRONG_STATE);
    }
    match (command, &take_up.state) {
        (Command::TakeUpWithdrawal, TakeUpState::Held | TakeUpState::Verifying)
        | (Command::Realisation, TakeUpState::Held) => None,
        (Command::Receipt, TakeUpState::Realised { realisation }) => {
            let is_correction = realisation.receipt.is_some();
            let is_late = is_correction && !by_officer && realisation.is_late(settings.receipt_days, today);
            is_late.then_some(RECEIPT_LATE)
        }
        (Command::RealisationWithdrawal, TakeUpState::Realised { realisation }) => {
            let is_late = !by_officer && realisation.is_late(settings.withdrawal_days, today);
            is_late.then_some(WITHDRAWAL_LATE)
        }
        (Command::Receipt | Command::RealisationWithdrawal, _) => Some(NOT_REALISED),
        (Command::TakeUpWithdrawal | Command::Realisation, _) => Some(NOT_HOLDER),
        _ => Some(WRONG_STATE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::warsaw_date;
    use crate::device_order::elapse::elapse;
    use crate::device_order::lifecycle::State;
    use crate::device_order::model::OnPaper;
    use crate::device_order::realisation::realise;
    use crate::device_order::take_up::find;
    use crate::support::device_orders::{
        absorbents, asked, groups, held, issuing, months, on_paper, positive, take_up_id, wheelchair,
    };
    use crate::support::{instant, organisation};
    use chrono::{DateTime, TimeDelta, Utc};

    fn now() -> DateTime<Utc> {
        instant("2026-12-01T08:00:00Z")
    }

    fn found(order: &DeviceOrder, command: Command, days: i64, by_officer: bool) -> Option<&'static str> {
        let today = warsaw_date(now() + TimeDelta::days(days));
        let asking = Asking { by_officer, settings: Settings::default(), today };
        let take_up = find(order, take_up_id(1)).expect("a take-up");
        blocks(order, take_up, command, asking).map(|problem| problem.code)
    }

    #[test]
    fn what_closes_an_order_to_a_provider_is_named() {
        let blocked =
            |order: &DeviceOrder| blocks_take_up(order, organisation(2)).map(|problem| problem.code);
        let chair = positive(wheelchair(), now());
        assert_eq!(blocked(&chair), None);
        let taken = held(chair.clone(), asked(1, None, now()), now());
        assert_eq!(blocked(&taken), Some(MONTH_TAKEN.code));
        let over = elapse(chair, now() + TimeDelta::days(400)).document;
        assert_eq!(blocked(&over), Some(WRONG_STATE.code));
        let mut paper = positive(absorbents(), now());
        let State::Positive(confirmed) = &mut paper.state else { panic!("positive") };
        let bound_to = Some(organisation(1));
        confirmed.issue.paper = Some(OnPaper { bound_to, ..on_paper(now()) });
        assert_eq!(blocked(&paper), Some(PAPER_ELSEWHERE.code));
        assert_eq!(blocks_take_up(&paper, organisation(1)), None);
    }

    #[test]
    fn what_is_held_can_be_issued_and_what_is_issued_can_be_taken_back_in_time() {
        let order = held(positive(absorbents(), now()), asked(1, months("2026-12", 1), now()), now());
        assert_eq!(found(&order, Command::Realisation, 0, false), None);
        assert_eq!(found(&order, Command::TakeUpWithdrawal, 0, false), None);
        assert_eq!(found(&order, Command::Receipt, 0, false), Some(NOT_REALISED.code));
        let goods = issuing("Y.06.01", 2, 90, "2.50", now());
        let order = realise(order, take_up_id(1), goods, &groups(warsaw_date(now())), now());
        let order = order.expect("a realisation").document;
        assert_eq!(found(&order, Command::Realisation, 0, false), Some(NOT_HOLDER.code));
        for (command, late) in
            [(Command::RealisationWithdrawal, WITHDRAWAL_LATE), (Command::Receipt, RECEIPT_LATE)]
        {
            assert_eq!(found(&order, command, 30, false), None);
            assert_eq!(found(&order, command, 31, false), Some(late.code));
            assert_eq!(found(&order, command, 31, true), None, "an officer is bound by no time");
        }
    }
}
