//! Lists of orders, and the search by patient, whose identifier stands in the body and never in an address.

use super::choices::DeviceOrderState;
use super::lines::OrderPageView;
use crate::asked::Inquired;
use crate::demand::requests::SearchRequest;
use crate::edge::Edge;
use crate::faults::BAD_PARAMETER;
use crate::headers::IfNoneMatchHeader;
use crate::paging::{Page, Scope};
use crate::problem::Problem;
use crate::{Looked, answer, query};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use app::App;
use app::device_order::DeviceOrderFilter;
use app::failure::Failure;
use domain::ids::DeviceOrderId;
use domain::values::{ClientReference, DeviceOrderNumber};
use serde::{Deserialize, Serialize};

const PATH: &str = "/api/v1/device-orders";
const SEARCHES: &str = "/api/v1/device-orders/searches";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DeviceOrdersQuery {
    /// Only orders in this state.
    #[param(nullable = false)]
    state: Option<DeviceOrderState>,
    /// Only the order of this number.
    #[param(nullable = false, max_length = 24)]
    number: Option<String>,
    /// Only the client's own order of this name.
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
    state: Option<DeviceOrderState>,
    number: Option<&'a str>,
    client_reference: Option<&'a str>,
}

impl DeviceOrdersQuery {
    fn filter(&self, edge: &Edge, scope: &Scope<'_>) -> Result<DeviceOrderFilter, Problem> {
        let reference = self.client_reference.as_deref();
        if reference.is_some_and(|text| ClientReference::parse(text).is_err()) {
            return Err(Problem::at(BAD_PARAMETER, "?clientReference"));
        }
        let number = self.number.as_deref().map(DeviceOrderNumber::parse).transpose();
        let number = number.map_err(|_| Problem::at(BAD_PARAMETER, "?number"))?;
        let page = edge.cursors.page(scope, self.limit, self.cursor.as_deref())?;
        Ok(DeviceOrderFilter {
            state: self.state.map(Into::into),
            number,
            client_reference: self.client_reference.clone(),
            after: page.after,
            limit: u16::try_from(page.limit).unwrap_or(u16::MAX),
        })
    }
}

/// List orders for medical devices
///
/// Newest first, what concerns this caller: a prescriber's own, those of the prescribers who have authorised an assistant, a
/// patient's own once they are issued, and every issued one for officers of the payer. Nothing in a line names a patient.
#[utoipa::path(tag = "device-orders", params(DeviceOrdersQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of orders", body = OrderPageView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("/api/v1/device-orders")]
pub(crate) async fn list_device_orders(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    asked: Inquired<DeviceOrdersQuery>,
) -> Result<HttpResponse, Problem> {
    let (wanted, caller) = (&asked.query, &asked.caller);
    let (number, client_reference) = (wanted.number.as_deref(), wanted.client_reference.as_deref());
    let narrowed = query::filter(&Narrowing { state: wanted.state, number, client_reference });
    let scope = Scope { caller, list: PATH, filter: &narrowed };
    let found = app.list_device_orders(caller, wanted.filter(&edge, &scope)?, &asked.trace_id).await?;
    let view = OrderPageView::of(&found.told, &edge.cursors, &scope)?;
    let response = answer::page(&request, &view, view.next_cursor.as_deref())?;
    answer::on_record(&app, found.record, response).await
}

/// The page that the body names; a fault of it stands in the body, not in the query.
fn page(edge: &Edge, scope: &Scope<'_>, body: &SearchRequest) -> Result<Page<DeviceOrderId>, Failure> {
    edge.cursors.page(scope, body.limit, body.cursor.as_deref()).map_err(|failure| match failure {
        Failure::Refused(mut refused) => {
            for violation in &mut refused.violations {
                violation.pointer = violation.pointer.replacen('?', "/", 1);
            }
            Failure::Refused(refused)
        }
        other => other,
    })
}

/// Search orders for medical devices by patient
///
/// Those of the caller's list that are for this patient, newest first. The search is on record for the patient.
#[utoipa::path(tag = "device-orders", request_body = SearchRequest,
    responses((status = 200, description = "A page of orders", body = OrderPageView)))]
#[post("/api/v1/device-orders/searches")]
pub(crate) async fn search_device_orders(
    app: web::Data<App>,
    edge: web::Data<Edge>,
    asked: Looked<SearchRequest>,
) -> Result<HttpResponse, Problem> {
    let patient = asked.body.parse()?;
    let index = patient.index_text();
    let scope = Scope { caller: &asked.caller, list: SEARCHES, filter: index.reveal() };
    let Page { limit, after } = page(&edge, &scope, &asked.body)?;
    let limit = u16::try_from(limit).unwrap_or(u16::MAX);
    let found = app.search_device_orders(&asked.caller, patient, after, limit, &asked.trace_id).await?;
    answer::plain(&OrderPageView::of(&found, &edge.cursors, &scope)?)
}
