//! What is told about an order beside itself: actions, history, versions.

use super::choices::{DeviceOrderAction, DeviceOrderState, PaperChannelKind};
use super::content::DeviceOrderContent;
use super::examples;
use super::step::{DeviceOrderPath, order_id};
use crate::demand::choices::Role;
use crate::demand::possible_actions::BlockView;
use crate::demand::reports::{ActorView, spoken};
use crate::headers::IfNoneMatchHeader;
use crate::language::Language;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::caller;
use app::device_order::{OrderActionLine, OrderActions, OrderHistoryLine, OrderVersion};
use chrono::{DateTime, Utc};
use domain::device_order::{Command, StateName};
use domain::ids::DeviceOrderId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What this caller may do with the order now, and what not yet.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceOrderActions, example = examples::actions)]
pub struct OrderActionsView {
    state: DeviceOrderState,
    revision: i64,
    items: Vec<OrderActionView>,
}

/// One action of this caller's role.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderActionLine)]
pub struct OrderActionView {
    action: DeviceOrderAction,
    /// Of which it is asked; absent where it is asked of the order itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    take_up_id: Option<Uuid>,
    #[schema(example = "POST")]
    method: &'static str,
    /// Where it is carried out.
    #[schema(example = "/api/v1/device-orders/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a70/submission")]
    path: String,
    allowed: bool,
    /// What stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    blocked_by: Option<BlockView>,
    /// Whose move would unblock it.
    unblocked_by: Vec<Role>,
}

impl OrderActionsView {
    fn of(id: DeviceOrderId, actions: &OrderActions, language: Language) -> Self {
        let item = |line: &OrderActionLine| {
            let (method, path) = place(id, line);
            let roles = line.unblocked_by.iter().filter_map(|role| caller::Role::parse(role));
            OrderActionView {
                action: line.command.into(),
                take_up_id: line.take_up.map(|id| id.0),
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

fn place(id: DeviceOrderId, line: &OrderActionLine) -> (&'static str, String) {
    let document = format!("/api/v1/device-orders/{id}");
    match (line.command, line.take_up) {
        (Command::Edit, _) => ("PUT", document),
        (command, None) => ("POST", format!("{document}/{}", command.name())),
        (command, Some(take_up)) => ("POST", format!("{document}/take-ups/{take_up}/{}", command.name())),
    }
}

/// List what can be done with an order
///
/// Every action of this caller, on the order itself and on each take-up that it sees and that has not ended without goods:
/// allowed, or blocked with code, reason and the roles whose move would unblock it.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfNoneMatchHeader),
    responses((status = 200, description = "The caller's actions", body = OrderActionsView)))]
#[get("/api/v1/device-orders/{id}/actions")]
pub(crate) async fn list_device_order_actions(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    language: Language,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let id = order_id(&id)?;
    let found = app.device_order_actions(&asked.caller, id, &asked.trace_id).await?;
    let response = answer::look(&request, &OrderActionsView::of(id, &found.told, language))?;
    Ok(spoken(answer::on_record(&app, found.record, response).await?, language))
}

/// What has happened to the order, as far as this caller may know, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceOrderHistory, example = examples::history)]
pub struct OrderHistoryView {
    items: Vec<OrderEventView>,
}

/// One event; who caused it is named by role and organisation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderHistoryEvent)]
pub struct OrderEventView {
    #[serde(rename = "type")]
    #[schema(example = "OrderVerified")]
    kind: String,
    at: DateTime<Utc>,
    /// Where the order stood after it.
    state: DeviceOrderState,
    /// The revision that it made.
    revision: i64,
    by: ActorView,
    data: OrderEventDataView,
}

/// What the event says beside its type; each type has its own members.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = DeviceOrderEventData)]
pub struct OrderEventDataView {
    /// The step whose signature was received or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "submission")]
    action: Option<String>,
    /// Why it was refused: a code of `GET /api/v1/problems`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "signature.validation_failed")]
    code: Option<String>,
    /// What the payer found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    positive: Option<bool>,
    /// How the number of a paper order goes back.
    #[serde(rename = "answerBy", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    answer_by: Option<PaperChannelKind>,
    #[serde(rename = "takeUpId", alias = "takeUp", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    take_up: Option<Uuid>,
    #[serde(rename = "providerId", alias = "provider", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    provider: Option<Uuid>,
}

/// The payload of an event as it was recorded.
#[derive(Deserialize)]
struct Recorded {
    state: String,
    revision: i64,
    by: ActorView,
    data: OrderEventDataView,
}

impl OrderHistoryView {
    fn of(lines: Vec<OrderHistoryLine>) -> Result<Self, Problem> {
        let item = |line: OrderHistoryLine| {
            let recorded: Recorded =
                serde_json::from_value(line.payload).map_err(|error| Problem::bug(error.into()))?;
            let state = StateName::parse(&recorded.state)
                .ok_or_else(|| Problem::bug("an event in an unknown state".into()))?;
            Ok::<_, Problem>(OrderEventView {
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

/// Read the history of an order
///
/// The events that this caller may know of, oldest first, each with the role and organisation that caused it; the payer's own
/// look and what time has done have the role `SERVICE`.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfNoneMatchHeader),
    responses((status = 200, description = "What has happened", body = OrderHistoryView)))]
#[get("/api/v1/device-orders/{id}/history")]
pub(crate) async fn read_device_order_history(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.device_order_history(&asked.caller, order_id(&id)?, &asked.trace_id).await?;
    let response = answer::look(&request, &OrderHistoryView::of(found.told)?)?;
    answer::on_record(&app, found.record, response).await
}

/// The signed versions of the content and the present one, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceOrderVersions, example = examples::versions)]
pub struct OrderVersionsView {
    items: Vec<OrderVersionView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderVersion)]
pub struct OrderVersionView {
    version: i32,
    /// When its signature was received; absent while it is not signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    received_at: Option<DateTime<Utc>>,
    content: DeviceOrderContent,
    /// The signed document, for the signer only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    signature: Option<String>,
}

impl OrderVersionsView {
    fn of(versions: Vec<OrderVersion>) -> Self {
        let item = |version: OrderVersion| OrderVersionView {
            version: version.version,
            received_at: version.received_at,
            content: DeviceOrderContent::of(&version.content),
            signature: version.signature,
        };
        Self { items: versions.into_iter().map(item).collect() }
    }
}

/// List the versions of an order's content
///
/// For those who see the whole order. The signed document itself is for the signer only: certificates hold their PESEL.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfNoneMatchHeader),
    responses((status = 200, description = "The versions, oldest first", body = OrderVersionsView)))]
#[get("/api/v1/device-orders/{id}/versions")]
pub(crate) async fn list_device_order_versions(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.device_order_versions(&asked.caller, order_id(&id)?, &asked.trace_id).await?;
    let response = answer::look(&request, &OrderVersionsView::of(found.told))?;
    answer::on_record(&app, found.record, response).await
}
