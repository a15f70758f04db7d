//! The caller's demands, page by page.

use super::choices::{DemandGround, DemandState};
use super::lines::DemandPageView;
use super::place::Place;
use crate::edge::Edge;
use crate::faults::BAD_PARAMETER;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::{Inquired, answer, query};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::demand::DemandFilter;
use app::recorded::Read;
use domain::demand::model::DemandKind;
use domain::values::ClientReference;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DemandsQuery {
    /// Only demands in this state.
    #[param(nullable = false)]
    state: Option<DemandState>,
    /// Only demands on this ground.
    #[param(nullable = false)]
    ground: Option<DemandGround>,
    /// Only the client's own demand of this name.
    #[param(nullable = false, max_length = 64)]
    client_reference: Option<String>,
    /// Entries of a page; 50 unless given.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// What narrows the list, and so binds its cursors.
#[derive(Serialize)]
struct Narrowing<'a> {
    state: Option<DemandState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<DemandGround>,
    client_reference: Option<&'a str>,
}

impl DemandsQuery {
    fn filter(&self, kind: DemandKind, edge: &Edge, scope: &Scope<'_>) -> Result<DemandFilter, Problem> {
        let reference = self.client_reference.as_deref();
        if reference.is_some_and(|text| ClientReference::parse(text).is_err()) {
            return Err(Problem::at(BAD_PARAMETER, "?clientReference"));
        }
        if kind == DemandKind::Food && self.ground == Some(DemandGround::Disaster) {
            return Err(Problem::at(BAD_PARAMETER, "?ground"));
        }
        let page = edge.cursors.page(scope, self.limit, self.cursor.as_deref())?;
        Ok(DemandFilter {
            kind: Some(kind),
            state: self.state.map(Into::into),
            ground: self.ground.map(Into::into),
            client_reference: self.client_reference.clone(),
            after: page.after,
            limit: u16::try_from(page.limit).unwrap_or(u16::MAX),
        })
    }
}

/// List demands
///
/// Newest first, what concerns this caller: a physician's own, those that wait for this representative or consultant,
/// those at the ministry, those that a pharmacy or wholesaler may draw from, a patient's own. Nothing of a patient is
/// shown here.
#[utoipa::path(tag = "demands", params(DemandsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of demands", body = DemandPageView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("")]
pub(crate) async fn list_demands(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    at: Place,
    asked: Inquired<DemandsQuery>,
) -> Result<HttpResponse, Problem> {
    let Inquired { caller, query: wanted, trace_id } = asked;
    let narrowing = Narrowing {
        state: wanted.state,
        ground: wanted.ground,
        client_reference: wanted.client_reference.as_deref(),
    };
    let narrowed = query::filter(&narrowing);
    let list = at.list("");
    let scope = Scope { caller: &caller, list: &list, filter: &narrowed };
    let filter = wanted.filter(at.kind(), &edge, &scope)?;
    let Read { told, record } = app.list_demands(&caller, filter, &trace_id).await?;
    let view = DemandPageView::of(&told, &edge.cursors, &scope)?;
    let response = answer::page(&request, &view, view.next_cursor.as_deref())?;
    answer::on_record(&app, record, response).await
}
