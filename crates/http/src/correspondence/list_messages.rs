//! What the caller's party has sent and received.

use super::messages::{MessageView, message_example};
use crate::demand::place::Place;
use crate::demand::step::DemandPath;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::{Inquired, answer, query};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::correspondence::{CaseTarget, MessageFilter};
use app::recorded::Read;
use domain::ids::MessageId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MessagesQuery {
    /// `true`: only messages received that the caller has not marked as read.
    #[serde(default, deserialize_with = "query::switch")]
    #[param(nullable = false)]
    unread: Option<bool>,
    /// Entries of a page; 50 unless given.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// A page of messages.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Messages, example = json!({"items": [message_example()], "unread": 0}))]
pub(crate) struct MessagesView {
    items: Vec<MessageView>,
    /// How many messages of this case in all the caller received and has not marked as read.
    #[schema(minimum = 0)]
    unread: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// List messages
///
/// The newest first: what the caller's party has sent and received, and nothing else.
#[utoipa::path(tag = "demands", params(DemandPath, MessagesQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of messages", body = MessagesView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("/{id}/messages")]
pub(crate) async fn list_demand_messages(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    at: Place,
    asked: Inquired<MessagesQuery>,
) -> Result<HttpResponse, Problem> {
    list(&request, &app, &edge, at.case()?, &at.list("/{id}/messages"), asked).await
}

/// Answers a page of the messages of a case of either kind, under this address.
pub(super) async fn list(
    request: &HttpRequest,
    app: &App,
    edge: &Edge,
    case: CaseTarget,
    address: &str,
    asked: Inquired<MessagesQuery>,
) -> Result<HttpResponse, Problem> {
    let Inquired { caller, query: wanted, trace_id } = asked;
    let unread = wanted.unread.unwrap_or_default();
    let narrowed = query::filter(&(case.id().to_string(), unread));
    let scope = Scope { caller: &caller, list: address, filter: &narrowed };
    let page = edge.cursors.page::<MessageId>(&scope, wanted.limit, wanted.cursor.as_deref())?;
    let filter = MessageFilter { unread, after: page.after, limit: page.wanted() };
    let Read { told, record } = app.list_messages(&caller, case, filter, &trace_id).await?;
    let next_cursor = edge.cursors.after(&scope, &told.page, |last| last.message.id)?;
    let items = told.page.items.iter().map(MessageView::of).collect();
    let view = MessagesView { items, unread: told.unread, next_cursor };
    let response = answer::page(request, &view, view.next_cursor.as_deref())?;
    answer::on_record(app, record, response).await
}
