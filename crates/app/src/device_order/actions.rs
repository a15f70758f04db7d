//! What this caller may do with an order now, what not, why, and who can change that.

use super::read::OrderReading;
use super::refuse_pending_step::may_end;
use super::view::Viewer;
use crate::App;
use crate::authorize::Action;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::calendar::warsaw_date;
use domain::device_order::lifecycle::{self, Command, StateName, TRANSITIONS};
use domain::device_order::paper::refusals::{ON_PAPER, SCAN_MISSING};
use domain::device_order::possible::{Asking, OF_A_TAKE_UP, blocks, blocks_take_up};
use domain::device_order::refusals::{
    HELD, MONTH_TAKEN, NO_CODE, NOT_REALISED, RECEIPT_LATE, STEP_PENDING, WITHDRAWAL_LATE, WRONG_STATE,
};
use domain::device_order::release::Party;
use domain::device_order::renewal::open_code;
use domain::device_order::{DeviceOrder, cancellation, issue, paper, pending, release};
use domain::ids::{DeviceOrderId, OrganisationId, TakeUpId};
use domain::pending::TOO_EARLY;
use domain::problem::{ProblemType, Violation};
use store::device_order::paper::find_scan;

/// One action: allowed, or blocked by a rule that somebody can lift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderActionLine {
    pub command: Command,
    /// Of which it is asked; none where it is asked of the order itself.
    pub take_up: Option<TakeUpId>,
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

/// What is asked of the order itself.
const OF_THE_ORDER: [Command; 10] = [
    Command::Edit,
    Command::Submission,
    Command::Correction,
    Command::PendingStepRefusal,
    Command::Acceptance,
    Command::Cancellation,
    Command::Reply,
    Command::TakeUp,
    Command::ReleaseRequest,
    Command::CodeRenewal,
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
        let (organisation, parts) = (caller.org_id(), self.inner.clone());
        self.read_order(reading, id, move |sight| {
            let has_scan = find_scan(sight.tx, sight.seen.loaded.order.id)?.is_some();
            let viewer = Viewer { relation: sight.seen.relation, organisation };
            let by_officer = viewer.relation.is_officer();
            let asking = Asking { by_officer, settings: parts.take_ups, today: warsaw_date(sight.now) };
            let order = &sight.seen.loaded.order;
            let may_end = may_end(&parts, order, viewer.relation, sight.now);
            Ok(of(order, viewer, asking, Facts { has_scan, may_end }))
        })
        .await
    }
}

/// What else decides.
#[derive(Clone, Copy)]
struct Facts {
    has_scan: bool,
    /// A signature has awaited validation so long that the caller may end the wait.
    may_end: bool,
}

fn of(order: &DeviceOrder, viewer: Viewer, asking: Asking, facts: Facts) -> OrderActions {
    let is_on_paper = order.state.issue().is_some_and(|issue| issue.paper.is_some());
    let theirs = |command: &Command| {
        let is_there = match command {
            Command::Reply => is_on_paper,
            Command::PendingStepRefusal => order.pending.is_some(),
            _ => true,
        };
        is_there && viewer.relation.may(*command)
    };
    let whole = OF_THE_ORDER.into_iter().filter(theirs).map(|command| {
        let blocked_by = blocks_order(command, order, viewer.organisation, facts);
        line(command, None, order, blocked_by)
    });
    let parts = order.state.confirmed().into_iter().flat_map(|it| &it.take_ups);
    let parts = parts.filter(|it| viewer.sees_take_up(it) && it.is_begun()).flat_map(|take_up| {
        OF_A_TAKE_UP.into_iter().filter(theirs).map(move |command| {
            line(command, Some(take_up.id), order, blocks(order, take_up, command, asking))
        })
    });
    OrderActions { state: order.state.name(), revision: order.revision, lines: whole.chain(parts).collect() }
}

fn blocks_order(
    command: Command,
    order: &DeviceOrder,
    organisation: Option<OrganisationId>,
    facts: Facts,
) -> Option<&'static ProblemType> {
    if let Err(found) = pending::admit(order, command) {
        return found.first().map(|violation| violation.problem);
    }
    if !lifecycle::admits(order.state.name(), command) {
        return Some(WRONG_STATE);
    }
    let first = |found: Vec<Violation>| found.first().map(|violation| violation.problem);
    match command {
        Command::Cancellation => first(cancellation::faults(order)),
        Command::PendingStepRefusal => (!facts.may_end).then_some(TOO_EARLY),
        Command::Correction => first(issue::correction_faults(order)),
        Command::Reply => first(paper::obstacles(order, facts.has_scan)),
        Command::ReleaseRequest => first(release::faults(order, Party::of(organisation))),
        Command::TakeUp => organisation.and_then(|own| blocks_take_up(order, own)),
        Command::CodeRenewal if open_code(order).is_none() => Some(NO_CODE),
        _ => None,
    }
}

fn line(
    command: Command,
    take_up: Option<TakeUpId>,
    order: &DeviceOrder,
    blocked_by: Option<&'static ProblemType>,
) -> OrderActionLine {
    let unblocked_by = match blocked_by {
        Some(problem) if problem == WRONG_STATE => who_moves(order.state.name()),
        Some(problem) if [HELD, MONTH_TAKEN].contains(&problem) => vec!["DEVICE_PROVIDER", "NFZ_OFFICER"],
        Some(problem) if problem == STEP_PENDING => vec!["DEVICE_PRESCRIBER", "MEDICAL_ASSISTANT"],
        Some(problem) if problem == NOT_REALISED => vec!["DEVICE_PROVIDER"],
        Some(problem) if [WITHDRAWAL_LATE, RECEIPT_LATE, ON_PAPER, SCAN_MISSING].contains(&problem) => {
            vec!["NFZ_OFFICER"]
        }
        Some(_) | None => Vec::new(),
    };
    OrderActionLine { command, take_up, blocked_by, unblocked_by }
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
