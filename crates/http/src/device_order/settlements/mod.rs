//! What is due from the payer, month by month: JSON by pages, or the whole month as CSV.

mod csv;
mod view;

use crate::answer::{self, path_id};
use crate::asked::Inquired;
use crate::device_order::choices::SupplyCapacity;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::query;
use actix_web::http::header::{ACCEPT, CONTENT_DISPOSITION, ETAG, HeaderMap, HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::device_order::{ReadSettlement, Settlement, SettlementPart};
use domain::device_order::settlement::Capacity;
use domain::ids::{OrganisationId, SettlementEntryId};
use domain::values::YearMonth;
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use view::SettlementReportView;

const PATH: &str = "/api/v1/settlement-reports/{month}";
const CSV: &str = "text/csv";

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(read_settlement_report);
}

/// Declares the month in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct MonthPath {
    /// In which the entries were made, in Warsaw.
    #[param(pattern = "^[0-9]{4}-[0-9]{2}$", example = "2030-01")]
    #[expect(dead_code, reason = "only describes the path")]
    month: String,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SettlementQuery {
    /// Whose: an officer of the payer names the provider; a provider reads its own.
    #[param(nullable = false)]
    provider: Option<Uuid>,
    /// `HOLDER` unless given: what is due, under the contracts that the provider holds, whoever issued. `SUPPLIER`: what it
    /// issued itself, be it under another's contract.
    #[param(nullable = false)]
    capacity: Option<SupplyCapacity>,
    /// Entries of a page; 50 unless given. The CSV is always whole.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// Read what is due from the payer in a month
///
/// An entry is booked with each item that is issued, and one of the opposite amounts with each that is taken back, in the month in
/// which that happens: of a month that has ended (`isClosed`, ten minutes after its end) nothing changes any more, and a later correction appears in the month
/// in which it is made. The holder of a contract settles with the payer, so that what its subcontractors issue under it is due to
/// the holder, each entry with who issued, and where; a subcontractor reads its own with `capacity=SUPPLIER`. Nothing in it names a patient. JSON comes by pages, with what the whole month comes to; with
/// `Accept: text/csv` all entries come at once, as a file for the accounts.
#[utoipa::path(tag = "settlement-reports", params(MonthPath, SettlementQuery, IfNoneMatchHeader),
    responses((status = 200, description = "The month, as far as it is booked; as JSON a page of it, as `text/csv` (RFC 4180, UTF-8) all of it",
        content((SettlementReportView = "application/json"), (String = "text/csv")),
        headers(("ETag" = String, description = "Strong for a month that has ended, weak before"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)"))),
              (status = 422, description = "It is not said whose", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/settlement-reports/{month}")]
pub(crate) async fn read_settlement_report(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    month: web::Path<String>,
    asked: Inquired<SettlementQuery>,
) -> Result<HttpResponse, Problem> {
    let (wanted, caller) = (&asked.query, &asked.caller);
    let month = path_id(&month, |text| YearMonth::parse(text).ok())?;
    let filter = query::filter(&(month.to_string(), &wanted.provider, &wanted.capacity));
    let scope = Scope { caller, list: PATH, filter: &filter };
    let page = edge.cursors.page::<SettlementEntryId>(&scope, wanted.limit, wanted.cursor.as_deref())?;
    let is_csv = wants_csv(request.headers());
    let limit = page.wanted();
    let part = if is_csv { SettlementPart::Whole } else { SettlementPart::Page { after: page.after, limit } };
    let capacity = wanted.capacity.map_or_else(Capacity::default, Into::into);
    let provider = wanted.provider.map(OrganisationId);
    let read = ReadSettlement { month, provider, capacity, part };
    let found = app.read_settlement_report(caller, read, &asked.trace_id).await?;
    let response = if is_csv {
        sheet(&request, &found.told)?
    } else {
        let next_cursor = edge.cursors.after(&scope, &found.told.entries, |entry| entry.id)?;
        let view = SettlementReportView::of(&found.told, next_cursor);
        answer::page(&request, &view, view.next_cursor())?
    };
    answer::on_record(&app, found.record, closed(response, &found.told)).await
}

/// CSV where the caller prefers it to JSON; nobody who names neither does.
fn wants_csv(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT).filter_map(|value| value.to_str().ok());
    let ranges: Vec<String> = lines.flat_map(|line| line.split(',')).map(str::to_ascii_lowercase).collect();
    let weight = |media: &str| {
        let of = |range: &String| {
            let mut parts = range.split(';').map(str::trim);
            let is_named = parts.next() == Some(media);
            let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
            is_named.then(|| quality.unwrap_or(1.0))
        };
        ranges.iter().find_map(of)
    };
    let csv = weight(CSV).unwrap_or(0.0);
    csv > 0.0 && csv >= weight("application/json").unwrap_or(0.0)
}

fn sheet(request: &HttpRequest, told: &Settlement) -> Result<HttpResponse, Problem> {
    let bytes = csv::sheet(told).into_bytes();
    let mut response = answer::look_as(request, "text/csv; charset=utf-8; header=present", bytes);
    let name = format!("attachment; filename=\"settlement-{}.csv\"", told.month);
    let name = HeaderValue::from_str(&name).map_err(|error| Problem::bug(error.into()))?;
    response.headers_mut().insert(CONTENT_DISPOSITION, name);
    Ok(response)
}

/// What has ended stays as it is, so that its tag is a strong one.
fn closed(mut response: HttpResponse, told: &Settlement) -> HttpResponse {
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
    let weak = response.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    if let Some(tag) = weak.filter(|_| told.is_closed)
        && let Ok(strong) = HeaderValue::from_str(tag.trim_start_matches("W/"))
    {
        response.headers_mut().insert(ETAG, strong);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_for_whoever_asks_for_it_and_json_for_everybody_else() {
        let wants = |accept: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            wants_csv(&headers)
        };
        for accept in
            ["text/csv", "text/csv, application/problem+json", "text/csv;q=0.9, application/json;q=0.1"]
        {
            assert!(wants(accept), "{accept}");
        }
        for accept in
            ["*/*", "application/json", "text/csv;q=0", "application/json, text/csv;q=0.5", "text/plain"]
        {
            assert!(!wants(accept), "{accept}");
        }
        assert!(!wants_csv(&HeaderMap::new()));
    }
}
