//! The state machines as data, made from the tables by which the service itself decides.

use crate::answer;
use crate::clock::ClockKind;
use crate::demand::choices::Role;
use crate::document_state::DocumentState;
use crate::faults;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::authorize::Action;
use app::caller;
use domain::calendar::CalendarPolicy;
use domain::clarification;
use domain::demand::clocks;
use domain::demand::lifecycle::{Command, StateName, TRANSITIONS, Transition};
use domain::demand::model::DemandKind;
use domain::demand::treated::USUAL_DAYS;
use domain::device_order::clocks as of_order;
use domain::device_order::lifecycle as orders;
use domain::device_repair_order::clocks as of_repair;
use domain::device_repair_order::lifecycle as repairs;
use domain::temporary_authorisation::clocks as of_notification;
use domain::temporary_authorisation::lifecycle as notifications;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(read_lifecycle);
}

const DEVICE_ORDERS: &str = "device-orders";
const DEVICE_REPAIR_ORDERS: &str = "device-repair-orders";
const TEMPORARY_AUTHORISATIONS: &str = "temporary-authorisations";

/// How a kind of document moves.
#[derive(Serialize, ToSchema)]
#[schema(as = Lifecycle, example = LifecycleView::example)]
pub struct LifecycleView {
    /// The document's path segment.
    #[serde(rename = "type")]
    #[schema(example = "medicine-demands")]
    kind: &'static str,
    states: Vec<LifecycleStateView>,
    transitions: Vec<LifecycleTransitionView>,
    clocks: Vec<LifecycleClockView>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = LifecycleState)]
pub struct LifecycleStateView {
    name: DocumentState,
    /// Whether nothing leads out of it.
    terminal: bool,
    /// Whether the document counts as open: its `clientReference` is taken.
    open: bool,
}

/// From this state this command leads to one of those.
#[derive(Serialize, ToSchema)]
#[schema(as = LifecycleTransition)]
pub struct LifecycleTransitionView {
    from: DocumentState,
    /// The step, as the operation's path and `…/actions` name it; `elapse` is a term that ran out.
    #[schema(example = "submission")]
    command: &'static str,
    to: Vec<DocumentState>,
    /// Who may command; nobody where a term runs out by itself.
    roles: Vec<Role>,
}

/// A term of the procedure.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LifecycleClock)]
pub struct LifecycleClockView {
    kind: ClockKind,
    /// The longest, where an officer sets it; of the list of treated patients, as the operator has set it, who may leave its term
    /// out. Absent where the minister sets the last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, example = 60)]
    days: Option<u32>,
    /// The shortest, where an officer sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    shortest_days: Option<u32>,
    #[schema(example = "PF art. 4ad(7)")]
    legal_unit: &'static str,
    /// Who answers for it in the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<Role>,
    /// Everybody whose move stops it, in the order in which it is theirs.
    holders: Vec<Role>,
    policy: ClockPolicy,
    /// The steps with which it begins, each as `command` names it.
    #[schema(example = json!(["resolution"]))]
    starts_with: Vec<&'static str>,
    /// The steps whose signature, while it awaits validation, keeps it from running out: it was received in time.
    #[schema(example = json!([]))]
    paused_by: Vec<&'static str>,
    /// Whether it waits where a recorded outage fell on its last day (`GET /api/v1/outages`).
    held_by_outages: bool,
}

/// How the last day is found. The day of the event never counts, and a day ends at midnight in Warsaw.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClockPolicy {
    /// Any day may be the last.
    CalendarDays,
    /// The last day is never a Saturday or a day off by statute (KPA art. 57 §4).
    Kpa,
}

impl From<CalendarPolicy> for ClockPolicy {
    fn from(policy: CalendarPolicy) -> Self {
        match policy {
            CalendarPolicy::CalendarDays => Self::CalendarDays,
            CalendarPolicy::Kpa => Self::Kpa,
        }
    }
}

impl LifecycleView {
    /// Demands of every kind move alike, but for how the last day of a question's term is found.
    fn of_demands(kind: DemandKind, list_days: Option<u32>) -> Self {
        Self {
            kind: kind.collection(),
            states: StateName::ALL.into_iter().map(LifecycleStateView::of).collect(),
            transitions: TRANSITIONS.iter().map(LifecycleTransitionView::of).collect(),
            clocks: clocks::ClockKind::ALL
                .into_iter()
                .filter_map(|clock| LifecycleClockView::of(clock, kind, list_days))
                .collect(),
        }
    }

    fn of_temporary_authorisations() -> Self {
        let roles = |command| Action::Authorisation(command).roles().iter().map(|role| (*role).into());
        let transition = |row: &notifications::Transition| LifecycleTransitionView {
            from: row.from.into(),
            command: row.command.name(),
            to: row.to.iter().map(|state| (*state).into()).collect(),
            roles: roles(row.command).collect(),
        };
        let state = |state: notifications::StateName| LifecycleStateView {
            name: state.into(),
            terminal: !notifications::TRANSITIONS.iter().any(|row| row.from == state),
            open: state.is_open(),
        };
        Self {
            kind: TEMPORARY_AUTHORISATIONS,
            states: notifications::StateName::ALL.into_iter().map(state).collect(),
            transitions: notifications::TRANSITIONS.iter().map(transition).collect(),
            clocks: of_notification::ClockKind::ALL
                .into_iter()
                .map(LifecycleClockView::of_a_notification)
                .collect(),
        }
    }
}

impl LifecycleView {
    fn of_device_orders() -> Self {
        let roles = |command| Action::DeviceOrder(command).roles().iter().map(|role| (*role).into());
        let transition = |row: &orders::Transition| LifecycleTransitionView {
            from: row.from.into(),
            command: row.command.name(),
            to: row.to.iter().map(|state| (*state).into()).collect(),
            roles: roles(row.command).collect(),
        };
        let leads_out =
            |row: &orders::Transition, state| row.from == state && row.to.iter().any(|to| *to != state);
        let state = |state: orders::StateName| LifecycleStateView {
            name: state.into(),
            terminal: !orders::TRANSITIONS.iter().any(|row| leads_out(row, state)),
            open: state.is_open(),
        };
        Self {
            kind: DEVICE_ORDERS,
            states: orders::StateName::ALL.into_iter().map(state).collect(),
            transitions: orders::TRANSITIONS.iter().map(transition).collect(),
            clocks: of_order::ClockKind::ALL.into_iter().map(LifecycleClockView::of_an_order).collect(),
        }
    }

    fn of_device_repair_orders() -> Self {
        let roles = |command| Action::RepairOrder(command).roles().iter().map(|role| (*role).into());
        let transition = |row: &repairs::Transition| LifecycleTransitionView {
            from: row.from.into(),
            command: row.command.name(),
            to: row.to.iter().map(|state| (*state).into()).collect(),
            roles: roles(row.command).collect(),
        };
        let leads_out =
            |row: &repairs::Transition, state| row.from == state && row.to.iter().any(|to| *to != state);
        let state = |state: repairs::StateName| LifecycleStateView {
            name: state.into(),
            terminal: !repairs::TRANSITIONS.iter().any(|row| leads_out(row, state)),
            open: state.is_open(),
        };
        let clock = |kind: of_order::ClockKind| LifecycleClockView {
            starts_with: vec![of_repair::starts_with(kind).name()],
            ..LifecycleClockView::of_an_order(kind)
        };
        Self {
            kind: DEVICE_REPAIR_ORDERS,
            states: repairs::StateName::ALL.into_iter().map(state).collect(),
            transitions: repairs::TRANSITIONS.iter().map(transition).collect(),
            clocks: of_repair::KINDS.into_iter().map(clock).collect(),
        }
    }

    /// The very table: what is shown cannot differ from what is served.
    fn example() -> Value {
        serde_json::to_value(Self::of_demands(DemandKind::Medicine, Some(USUAL_DAYS))).unwrap_or_default()
    }
}

impl LifecycleStateView {
    fn of(state: StateName) -> Self {
        let leads_out = |row: &Transition| row.from == state && row.to.iter().any(|to| *to != state);
        let terminal = !TRANSITIONS.iter().any(leads_out);
        Self { name: state.into(), terminal, open: state.is_open() }
    }
}

impl LifecycleTransitionView {
    fn of(row: &Transition) -> Self {
        Self {
            from: row.from.into(),
            command: row.command.name(),
            to: row.to.iter().map(|state| (*state).into()).collect(),
            roles: Action::Demand(row.command).roles().iter().map(|role| (*role).into()).collect(),
        }
    }
}

impl LifecycleClockView {
    /// Months, a year and a hold end on days of their own; an outage moves none.
    fn of_an_order(kind: of_order::ClockKind) -> Self {
        Self {
            kind: kind.into(),
            days: None,
            shortest_days: None,
            legal_unit: kind.legal(),
            holder: caller::Role::parse(kind.holder()).map(Role::from),
            holders: roles(&[kind.holder()]),
            policy: CalendarPolicy::CalendarDays.into(),
            starts_with: vec![kind.starts_with().name()],
            paused_by: Vec::new(),
            held_by_outages: false,
        }
    }

    /// The period of a consent has no length of its own, since the minister sets its last day.
    fn of_a_notification(kind: of_notification::ClockKind) -> Self {
        let (days, shortest_days, policy) = match kind {
            of_notification::ClockKind::ConsentPeriod => (None, None, CalendarPolicy::CalendarDays),
            of_notification::ClockKind::Clarification => (
                Some(clarification::LONGEST_DAYS),
                Some(clarification::SHORTEST_DAYS),
                domain::temporary_authorisation::clarification::POLICY,
            ),
        };
        Self {
            kind: kind.into(),
            days,
            shortest_days,
            legal_unit: kind.legal(),
            holder: None,
            holders: roles(&kind.holders()),
            policy: policy.into(),
            starts_with: vec![kind.starts_with().name()],
            paused_by: Vec::new(),
            held_by_outages: kind.can_be_held(),
        }
    }

    /// `None` where the operator has none of it.
    fn of(kind: clocks::ClockKind, document: DemandKind, list_days: Option<u32>) -> Option<Self> {
        let days = if kind == clocks::ClockKind::PatientList { list_days? } else { kind.term().days };
        let holders = roles(kind.holders());
        let names = |commands: &[Command]| commands.iter().map(|command| command.name()).collect();
        Some(Self {
            kind: kind.into(),
            days: Some(days),
            shortest_days: kind.shortest_days(),
            legal_unit: kind.legal(document),
            holder: holders.last().copied(),
            holders,
            policy: kind.policy_of(document).into(),
            starts_with: names(kind.starts_with()),
            paused_by: names(kind.paused_by()),
            held_by_outages: true,
        })
    }
}

fn roles(names: &[&'static str]) -> Vec<Role> {
    names.iter().filter_map(|role| caller::Role::parse(role)).map(Role::from).collect()
}

/// Read a state machine
///
/// Every state, what leads from where to where and who may do it, and the terms that run.
#[utoipa::path(tag = "lifecycles", security(()),
    params(("type" = String, Path, description = "Kind of document", example = "medicine-demands"), IfNoneMatchHeader),
    responses((status = 200, description = "States, transitions and terms", body = LifecycleView,
               headers(("ETag" = String, description = "Weak; of this lifecycle")))))]
#[get("/api/v1/lifecycles/{type}")]
pub(crate) async fn read_lifecycle(
    request: HttpRequest,
    app: web::Data<App>,
    kind: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let of_demands = DemandKind::ALL.into_iter().find(|known| known.collection() == kind.as_str());
    let view = match of_demands {
        Some(kind) => LifecycleView::of_demands(kind, app.patient_list_days()),
        None if kind.as_str() == DEVICE_ORDERS => LifecycleView::of_device_orders(),
        None if kind.as_str() == DEVICE_REPAIR_ORDERS => LifecycleView::of_device_repair_orders(),
        None if kind.as_str() == TEMPORARY_AUTHORISATIONS => LifecycleView::of_temporary_authorisations(),
        None => return Err(Problem::new(faults::NOT_FOUND)),
    };
    let mut response = answer::look(&request, &view)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::json;

    #[test]
    fn the_lifecycle_says_who_leads_a_demand_where() {
        let view =
            serde_json::to_value(LifecycleView::of_demands(DemandKind::Medicine, Some(USUAL_DAYS))).unwrap();
        let submission = view["transitions"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["from"] == "DRAFT" && row["command"] == "submission");
        assert_eq!(
            submission,
            Some(&json!({"from": "DRAFT", "command": "submission",
                         "to": ["AWAITING_REPRESENTATIVE", "AWAITING_CONSULTANT"], "roles": ["PHYSICIAN"]}))
        );
        let state = |name: &str| {
            view["states"].as_array().unwrap().iter().find(|state| state["name"] == name).cloned()
        };
        assert_eq!(state("REJECTED"), Some(json!({"name": "REJECTED", "terminal": true, "open": false})));
        assert_eq!(state("EXPIRED"), Some(json!({"name": "EXPIRED", "terminal": false, "open": false})));
        assert_eq!(
            view["clocks"][3],
            json!({"kind": "HANDOVER", "days": 60, "legalUnit": "PF art. 4ad(7)", "holder": "PHARMACY", "holders": ["PHARMACY"],
                   "policy": "CALENDAR_DAYS", "startsWith": ["resolution"], "pausedBy": [], "heldByOutages": true})
        );
        assert_eq!(view["clocks"][1]["startsWith"], json!(["submission", "representative-approval"]));
        assert_eq!(view["clocks"][1]["pausedBy"], json!(["opinion"]));
    }

    #[test]
    fn the_list_of_treated_patients_has_the_term_that_the_operator_set_or_none() {
        let list = |days| {
            let view = LifecycleView::of_demands(DemandKind::Medicine, days);
            let row = view.clocks.into_iter().find(|clock| clock.legal_unit.contains("R349"));
            row.and_then(|clock| clock.days)
        };
        assert_eq!((list(Some(45)), list(None)), (Some(45), None));
        assert_eq!(LifecycleView::of_demands(DemandKind::Food, None).clocks.len(), 5, "it has no row");
    }
}
