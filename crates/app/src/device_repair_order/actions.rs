//! What this caller may do with a repair order now, what not, why, and who can change that.

use super::access::Relation;
use super::read::Sight;
use super::refuse_pending_step::may_end;
use crate::App;
use crate::authorize::Action;
use crate::caller::Caller;
use crate::device_order::OrderReading;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::calendar::warsaw_date;
use domain::device_order::refusals::STEP_PENDING;
use domain::device_repair_order::lifecycle::{Command, StateName, TRANSITIONS};
use domain::device_repair_order::model::Hold;
use domain::device_repair_order::possible::{Asking, blocks};
use domain::device_repair_order::refusals::{TAKEN, WITHDRAWAL_LATE, WRONG_STATE};
use domain::ids::{OrganisationId, RepairOrderId, TakeUpId};
use domain::problem::ProblemType;

/// One action: allowed, or blocked by a rule that somebody can lift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairActionLine {
    pub command: Command,
    /// Of which it is asked; none where it is asked of the order itself.
    pub hold: Option<TakeUpId>,
    pub blocked_by: Option<&'static ProblemType>,
    /// The roles whose move would unblock it.
    pub unblocked_by: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairActions {
    pub state: StateName,
    pub revision: i64,
    pub lines: Vec<RepairActionLine>,
}

/// What is asked of the order itself.
const OF_THE_ORDER: [Command; 7] = [
    Command::Edit,
    Command::Submission,
    Command::PendingStepRefusal,
    Command::Correction,
    Command::Cancellation,
    Command::TakeUp,
    Command::ReleaseRequest,
];
/// What is asked of whoever holds the repair, or has carried it out.
const OF_THE_HOLD: [Command; 3] =
    [Command::TakeUpWithdrawal, Command::Realisation, Command::RealisationWithdrawal];

impl App {
    #[tracing::instrument(name = "device_repair_order_actions", skip_all)]
    pub async fn repair_order_actions(
        &self,
        caller: &Caller,
        id: RepairOrderId,
        trace_id: &str,
    ) -> Result<Read<RepairActions>, Failure> {
        let reading = OrderReading { caller, operation: "device_repair_order_actions", trace_id };
        let withdrawal_days = self.inner.take_ups.withdrawal_days;
        let (own, parts) = (caller.org_id(), self.inner.clone());
        self.read_repair_order(reading, id, move |sight| {
            let relation = sight.seen.relation;
            let may_end = may_end(&parts, &sight.seen.loaded.order, relation, sight.now);
            let (by_officer, today) = (relation.is_officer(), warsaw_date(sight.now));
            Ok(of(&sight, own, Asking { by_officer, withdrawal_days, today, may_end, own }))
        })
        .await
    }
}

fn of(sight: &Sight<'_, '_>, own: Option<OrganisationId>, asking: Asking) -> RepairActions {
    let (relation, order) = (sight.seen.relation, &sight.seen.loaded.order);
    let state = order.state.name();
    // Another provider's hold is not told of.
    let is_seen = |hold: &&Hold| relation.is_officer() || own == Some(hold.provider.id);
    let hold = order.state.hold().filter(is_seen).map(|hold| hold.id);
    let of_order = OF_THE_ORDER.into_iter().map(|command| (command, None));
    let of_hold = OF_THE_HOLD.into_iter().filter_map(|command| hold.map(|id| (command, Some(id))));
    let is_there = |command| command != Command::PendingStepRefusal || order.pending.is_some();
    let theirs = of_order.chain(of_hold).filter(|(command, _)| is_there(*command) && relation.may(*command));
    let lines = theirs
        .map(|(command, hold)| line((command, hold), relation, state, blocks(order, command, asking)))
        .collect();
    RepairActions { state, revision: order.revision, lines }
}

fn line(
    (command, hold): (Command, Option<TakeUpId>),
    relation: Relation,
    state: StateName,
    blocked_by: Option<&'static ProblemType>,
) -> RepairActionLine {
    let unblocked_by = match blocked_by {
        Some(problem) if problem == WRONG_STATE => who_moves(state),
        Some(problem) if problem == STEP_PENDING => {
            vec!["DEVICE_PRESCRIBER", "MEDICAL_ASSISTANT", "NFZ_OFFICER"]
        }
        Some(problem) if problem == TAKEN => vec!["DEVICE_PROVIDER", "NFZ_OFFICER"],
        Some(problem) if problem == WITHDRAWAL_LATE && !relation.is_officer() => vec!["NFZ_OFFICER"],
        Some(_) | None => Vec::new(),
    };
    RepairActionLine { command, hold, blocked_by, unblocked_by }
}

/// Whose move leads out of this state.
fn who_moves(state: StateName) -> Vec<&'static str> {
    let mut roles: Vec<&'static str> = TRANSITIONS
        .iter()
        .filter(|row| row.from == state && row.to.iter().any(|to| *to != state))
        .filter(|row| !matches!(row.command, Command::Cancellation | Command::Elapse))
        .flat_map(|row| Action::RepairOrder(row.command).roles())
        .map(|role| role.name())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}
