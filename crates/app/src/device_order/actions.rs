//! What this caller may do with an order now, what not, why, and who can change that.

use super::access::Relation;
use super::read::OrderReading;
use crate::App;
use crate::authorize::Action;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::device_order::lifecycle::{self, Command, StateName, TRANSITIONS};
use domain::device_order::paper::refusals::{ON_PAPER, SCAN_MISSING};
use domain::device_order::refusals::{HELD, WRONG_STATE};
use domain::device_order::{DeviceOrder, cancellation, issue, paper};
use domain::ids::DeviceOrderId;
use domain::problem::ProblemType;
use store::device_order::paper::find_scan;

/// One action: allowed, or blocked by a rule that somebody can lift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderActionLine {
    pub command: Command,
    pub blocked_by: Option<&'static ProblemType>,
    /// The roles whose move would unblock it.
    pub unblocked_by: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderActions {
    pub state: StateName,
    pub revision: i64,
    pub lines: Vec<OrderActionLine>,
}

/// What is asked of the order itself; what is asked of a part of it is told where the part is.
const OF_THE_ORDER: [Command; 6] = [
    Command::Edit,
    Command::Submission,
    Command::Correction,
    Command::Acceptance,
    Command::Cancellation,
    Command::Reply,
];

impl App {
    #[tracing::instrument(name = "device_order_actions", skip_all)]
    pub async fn device_order_actions(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        trace_id: &str,
    ) -> Result<Read<OrderActions>, Failure> {
        let reading = OrderReading { caller, operation: "device_order_actions", trace_id };
        self.read_order(reading, id, |sight| {
            let order = &sight.seen.loaded.order;
            let has_scan = find_scan(sight.tx, order.id)?.is_some();
            Ok(of(order, sight.seen.relation, has_scan))
        })
        .await
    }
}

fn of(order: &DeviceOrder, relation: Relation, has_scan: bool) -> OrderActions {
    let paper = order.state.issue().and_then(|issue| issue.paper.as_ref());
    let theirs = OF_THE_ORDER
        .into_iter()
        .filter(|command| relation.may(*command) && (*command != Command::Reply || paper.is_some()));
    OrderActions {
        state: order.state.name(),
        revision: order.revision,
        lines: theirs.map(|command| line(command, order, has_scan)).collect(),
    }
}

fn line(command: Command, order: &DeviceOrder, has_scan: bool) -> OrderActionLine {
    let state = order.state.name();
    let blocked_by = if lifecycle::admits(state, command) {
        let found = match command {
            Command::Cancellation => cancellation::faults(order),
            Command::Correction => issue::correction_faults(order),
            Command::Reply => paper::obstacles(order, has_scan),
            _ => Vec::new(),
        };
        found.first().map(|violation| violation.problem)
    } else {
        Some(WRONG_STATE)
    };
    let unblocked_by = match blocked_by {
        Some(problem) if problem == WRONG_STATE => who_moves(state),
        Some(problem) if problem == HELD => vec!["DEVICE_PROVIDER", "NFZ_OFFICER"],
        Some(problem) if problem == ON_PAPER || problem == SCAN_MISSING => vec!["NFZ_OFFICER"],
        Some(_) | None => Vec::new(),
    };
    OrderActionLine { command, blocked_by, unblocked_by }
}

/// Whose move leads out of this state.
fn who_moves(state: StateName) -> Vec<&'static str> {
    let mut roles: Vec<&'static str> = TRANSITIONS
        .iter()
        .filter(|row| row.from == state && row.to.iter().any(|to| *to != state))
        .filter(|row| !matches!(row.command, Command::Cancellation | Command::Elapse))
        .flat_map(|row| Action::DeviceOrder(row.command).roles())
        .map(|role| role.name())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}
