//! What is told about a repair order beside itself: actions, history, versions.

use super::choices::{DeviceRepairOrderAction, DeviceRepairOrderState};
use super::content::DeviceRepairOrderContent;
use super::examples;
use super::step::{DeviceRepairOrderPath, repair_order_id};
use crate::demand::choices::Role;
use crate::demand::possible_actions::BlockView;
use crate::demand::reports::{ActorView, spoken};
use crate::device_order::reports::OrderEventDataView;
use crate::headers::IfNoneMatchHeader;
use crate::language::Language;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::caller;
use app::device_repair_order::{RepairActionLine, RepairActions, RepairHistoryLine, RepairVersion};
use chrono::{DateTime, Utc};
use domain::device_repair_order::{Command, StateName};
use domain::ids::RepairOrderId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What this caller may do with the order now, and what not yet.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceRepairOrderActions, example = examples::actions)]
pub struct RepairActionsView {
    state: DeviceRepairOrderState,
    revision: i64,
    items: Vec<RepairActionView>,
}

/// One action of this caller's role.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrderActionLine)]
pub struct RepairActionView {
    action: DeviceRepairOrderAction,
    /// Of which it is asked; absent where it is asked of the order itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    take_up_id: Option<Uuid>,
    #[schema(example = "POST")]
    method: &'static str,
    /// Where it is carried out.
    #[schema(example = "/api/v1/device-repair-orders/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8b10/submission")]
    path: String,
    allowed: bool,
    /// What stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    blocked_by: Option<BlockView>,
    /// Whose move would unblock it.
    unblocked_by: Vec<Role>,
}

impl RepairActionsView {
    fn of(id: RepairOrderId, actions: &RepairActions, language: Language) -> Self {
        let item = |line: &RepairActionLine| {
            let (method, path) = place(id, line);
            let roles = line.unblocked_by.iter().filter_map(|role| caller::Role::parse(role));
            RepairActionView {
                action: line.command.into(),
                take_up_id: line.hold.map(|id| id.0),
                method,
                path,
                allowed: line.blocked_by.is_none(),
                blocked_by: line.blocked_by.map(|problem| BlockView::of(problem, language)),
                unblocked_by: roles.map(Role::from).collect(),
            }
        };
        Self {
            state: actions.state.into(),
            revision: actions.revision,
            items: actions.lines.iter().map(item).collect(),
        }
    }
}

fn place(id: RepairOrderId, line: &RepairActionLine) -> (&'static str, String) {
    let document = format!("/api/v1/device-repair-orders/{id}");
    match (line.command, line.hold) {
        (Command::Edit, _) => ("PUT", document),
        (Command::TakeUp, _) => ("POST", format!("{document}/take-ups")),
        (Command::TakeUpWithdrawal, Some(take_up)) => {
            ("POST", format!("{document}/take-ups/{take_up}/withdrawal"))
        }
        (command, None) => ("POST", format!("{document}/{}", command.name())),
        (command, Some(take_up)) => ("POST", format!("{document}/take-ups/{take_up}/{}", command.name())),
    }
}

/// List what can be done with a repair order
///
/// Every action of this caller on the order: allowed, or blocked with code, reason and the roles whose move would unblock it.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfNoneMatchHeader),
    responses((status = 200, description = "The caller's actions", body = RepairActionsView)))]
#[get("/api/v1/device-repair-orders/{id}/actions")]
pub(crate) async fn list_device_repair_order_actions(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    language: Language,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let id = repair_order_id(&id)?;
    let found = app.repair_order_actions(&asked.caller, id, &asked.trace_id).await?;
    let response = answer::look(&request, &RepairActionsView::of(id, &found.told, language))?;
    Ok(spoken(answer::on_record(&app, found.record, response).await?, language))
}

/// What has happened to the order, as far as this caller may know, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceRepairOrderHistory, example = examples::history)]
pub struct RepairHistoryView {
    items: Vec<RepairEventView>,
}

/// One event; who caused it is named by role and organisation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrderHistoryEvent)]
pub struct RepairEventView {
    #[serde(rename = "type")]
    #[schema(example = "RepairVerified")]
    kind: String,
    at: DateTime<Utc>,
    /// Where the order stood after it.
    state: DeviceRepairOrderState,
    /// The revision that it made.
    revision: i64,
    by: ActorView,
    data: OrderEventDataView,
}

/// The payload of an event as it was recorded.
#[derive(Deserialize)]
struct Recorded {
    state: String,
    revision: i64,
    by: ActorView,
    data: OrderEventDataView,
}

impl RepairHistoryView {
    fn of(lines: Vec<RepairHistoryLine>) -> Result<Self, Problem> {
        let item = |line: RepairHistoryLine| {
            let recorded: Recorded =
                serde_json::from_value(line.payload).map_err(|error| Problem::bug(error.into()))?;
            let state = StateName::parse(&recorded.state)
                .ok_or_else(|| Problem::bug("an event in an unknown state".into()))?;
            Ok::<_, Problem>(RepairEventView {
                kind: line.kind,
                at: line.at,
                state: state.into(),
                revision: recorded.revision,
                by: recorded.by,
                data: recorded.data,
            })
        };
        Ok(Self { items: lines.into_iter().map(item).collect::<Result<_, _>>()? })
    }
}

/// Read the history of a repair order
///
/// The events that this caller may know of, oldest first, each with the role and organisation that caused it; the payer's own
/// look and what time has done have the role `SERVICE`.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfNoneMatchHeader),
    responses((status = 200, description = "What has happened", body = RepairHistoryView)))]
#[get("/api/v1/device-repair-orders/{id}/history")]
pub(crate) async fn read_device_repair_order_history(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.repair_order_history(&asked.caller, repair_order_id(&id)?, &asked.trace_id).await?;
    let response = answer::look(&request, &RepairHistoryView::of(found.told)?)?;
    answer::on_record(&app, found.record, response).await
}

/// The signed versions of the content and the present one, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceRepairOrderVersions, example = examples::versions)]
pub struct RepairVersionsView {
    items: Vec<RepairVersionView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrderVersion)]
pub struct RepairVersionView {
    version: i32,
    /// When its signature was received; absent while it is not signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    received_at: Option<DateTime<Utc>>,
    content: DeviceRepairOrderContent,
    /// The signed document, for the signer only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    signature: Option<String>,
}

impl RepairVersionsView {
    fn of(versions: Vec<RepairVersion>) -> Self {
        let item = |version: RepairVersion| RepairVersionView {
            version: version.version,
            received_at: version.received_at,
            content: DeviceRepairOrderContent::of(&version.content),
            signature: version.signature,
        };
        Self { items: versions.into_iter().map(item).collect() }
    }
}

/// List the versions of a repair order's content
///
/// For those who see the whole order. The signed document itself is for the signer only: certificates hold their PESEL.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfNoneMatchHeader),
    responses((status = 200, description = "The versions, oldest first", body = RepairVersionsView)))]
#[get("/api/v1/device-repair-orders/{id}/versions")]
pub(crate) async fn list_device_repair_order_versions(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.repair_order_versions(&asked.caller, repair_order_id(&id)?, &asked.trace_id).await?;
    let response = answer::look(&request, &RepairVersionsView::of(found.told))?;
    answer::on_record(&app, found.record, response).await
}
