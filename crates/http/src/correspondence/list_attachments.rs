//! What is said of the files that the caller's party has added and received.

use super::attachments::{AttachmentView, attachment_example};
use crate::demand::place::Place;
use crate::demand::step::DemandPath;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::{Inquired, answer, query};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::correspondence::CaseTarget;
use app::recorded::Read;
use domain::ids::AttachmentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AttachmentsQuery {
    /// Entries of a page; 50 unless given.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// A page of attachments.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Attachments, example = json!({"items": [attachment_example()]}))]
pub(crate) struct AttachmentsView {
    items: Vec<AttachmentView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// List attachments
///
/// The newest first: files that the caller's party has added and received, without their content.
#[utoipa::path(tag = "demands", params(DemandPath, AttachmentsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of attachments", body = AttachmentsView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("/{id}/attachments")]
pub(crate) async fn list_demand_attachments(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    at: Place,
    asked: Inquired<AttachmentsQuery>,
) -> Result<HttpResponse, Problem> {
    list(&request, &app, &edge, at.case()?, &at.list("/{id}/attachments"), asked).await
}

/// Answers a page of the files of a case of either kind, under this address.
pub(super) async fn list(
    request: &HttpRequest,
    app: &App,
    edge: &Edge,
    case: CaseTarget,
    address: &str,
    asked: Inquired<AttachmentsQuery>,
) -> Result<HttpResponse, Problem> {
    let Inquired { caller, query: wanted, trace_id } = asked;
    let narrowed = query::filter(&case.id().to_string());
    let scope = Scope { caller: &caller, list: address, filter: &narrowed };
    let page = edge.cursors.page::<AttachmentId>(&scope, wanted.limit, wanted.cursor.as_deref())?;
    let Read { told, record } =
        app.list_attachments(&caller, case, page.after, page.wanted(), &trace_id).await?;
    let next_cursor = edge.cursors.after(&scope, &told, |last| last.id)?;
    let items = told.items.iter().map(AttachmentView::of).collect();
    let view = AttachmentsView { items, next_cursor };
    let response = answer::page(request, &view, view.next_cursor.as_deref())?;
    answer::on_record(app, record, response).await
}
