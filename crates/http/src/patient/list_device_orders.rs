//! A patient's own orders for medical devices, and what is left of each.

use crate::answer;
use crate::asked::Inquired;
use crate::clock::ClockView;
use crate::device_group::choices::IssuerProfession;
use crate::device_order::choices::{DeviceOrderState, PeriodStateView};
use crate::device_order::examples;
use crate::device_order::view::OrderAccessView;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::patient::{OwnDeviceOrder, OwnPeriod, TakenBy};
use app::recorded::Read;
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::content::Prescriber;
use domain::ids::DeviceOrderId;
use domain::values::{DeviceCode, PersonName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/patient/device-orders";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnOrdersQuery {
    /// `nextCursor` of the page before.
    pub(super) cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<u32>,
}

/// A page of the patient's orders, newest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientDeviceOrders, example = examples::own_orders)]
pub(crate) struct OwnOrdersView {
    items: Vec<OwnOrderView>,
    /// Until then the next look-up by code and this PESEL waits, because codes were guessed at; by the order's number nobody
    /// waits. `GET patient/access-log` tells who tried, and a new code ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    look_ups_slowed_until: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// An order for a medical device, as its patient finds it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientDeviceOrder)]
pub(crate) struct OwnOrderView {
    id: Uuid,
    /// Where the whole order can be read.
    #[schema(
        format = "uri-reference",
        example = "/api/v1/device-orders/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a70"
    )]
    href: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T5-3K7M9QXT-22A4CDEF")]
    number: Option<String>,
    state: DeviceOrderState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 1, example = "P")]
    nfz_status: Option<String>,
    /// What is ordered.
    items: Vec<OwnItemView>,
    issuer: OwnIssuerView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    issued_on: Option<NaiveDate>,
    /// The last day on which something of it can be supplied, once it is confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_until: Option<NaiveDate>,
    /// What opens it to a provider beside its number, while something of it can be taken up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    access: Option<OrderAccessView>,
    /// The terms that run, soonest first.
    clocks: Vec<ClockView>,
    /// What became of each month; of a one-off order of the one supply.
    periods: Vec<OwnPeriodView>,
    created_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PatientDeviceOrderItem)]
pub(crate) struct OwnItemView {
    #[schema(example = "Y.06.01")]
    code: String,
    /// As the list calls it; absent where the list is not known to have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Pieluchomajtki")]
    name: Option<String>,
}

/// Who issued it, and where.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientDeviceOrderIssuer)]
pub(crate) struct OwnIssuerView {
    #[schema(example = "Dorota Wzorcowa")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    profession: Option<IssuerProfession>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Przychodnia Testowa")]
    place: Option<String>,
    entity_id: Uuid,
}

/// One month of an order, or its one supply.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientDeviceOrderPeriod)]
pub(crate) struct OwnPeriodView {
    /// Absent of a one-off order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2026-12")]
    month: Option<String>,
    state: PeriodStateView,
    /// The payer's letter; a month that has elapsed has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "B")]
    nfz_status: Option<String>,
    /// The last day on which goods can be had for it.
    last_day: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    taken_by: Option<TakenByView>,
}

/// Who holds it, or has issued the goods.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientDeviceOrderTaker)]
pub(crate) struct TakenByView {
    take_up_id: Uuid,
    organisation_id: Uuid,
    #[schema(example = "Sklep Medyczny Przykład")]
    name: String,
    /// The last day of the hold; absent once goods were issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    held_until: Option<NaiveDate>,
    /// When it is free again by itself, unless goods were issued in time; absent once they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    free_from: Option<DateTime<Utc>>,
    /// When the patient asked for its release (`POST /device-orders/{id}/release-requests`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    release_requested_at: Option<DateTime<Utc>>,
}

impl OwnOrderView {
    fn of(it: &OwnDeviceOrder) -> Self {
        Self {
            id: it.id.0,
            href: format!("/api/v1/device-orders/{}", it.id),
            number: it.number.as_ref().map(|number| number.as_str().to_owned()),
            state: it.state.into(),
            nfz_status: it.state.nfz_letter().map(String::from),
            items: it.items.iter().map(OwnItemView::of).collect(),
            issuer: OwnIssuerView::of(it),
            issued_on: it.issued_on,
            valid_until: it.valid_until,
            access: it.access.as_ref().map(OrderAccessView::of),
            clocks: it.clocks.iter().map(ClockView::of_order).collect(),
            periods: it.periods.iter().map(OwnPeriodView::of).collect(),
            created_at: it.created_at,
            changed_at: it.changed_at,
        }
    }
}

impl OwnItemView {
    fn of((code, name): &(DeviceCode, Option<String>)) -> Self {
        Self { code: code.as_str().to_owned(), name: name.clone() }
    }
}

impl OwnIssuerView {
    fn of(it: &OwnDeviceOrder) -> Self {
        let Prescriber { given_names, family_name, profession, .. } = &it.prescriber;
        let names: Vec<&str> =
            [given_names, family_name].into_iter().flatten().map(PersonName::reveal).collect();
        Self {
            name: names.join(" "),
            profession: profession.map(Into::into),
            place: it.place.as_ref().map(|place| place.as_str().to_owned()),
            entity_id: it.entity.0,
        }
    }
}

impl OwnPeriodView {
    fn of(it: &OwnPeriod) -> Self {
        Self {
            month: it.month.map(|month| month.to_string()),
            state: it.state.into(),
            nfz_status: it.state.nfz_letter().map(String::from),
            last_day: it.last_day,
            taken_by: it.taken_by.as_ref().map(TakenByView::of),
        }
    }
}

impl TakenByView {
    fn of(it: &TakenBy) -> Self {
        Self {
            take_up_id: it.take_up.0,
            organisation_id: it.provider.id.0,
            name: it.provider.name.as_str().to_owned(),
            held_until: it.held_until,
            free_from: it.free_from,
            release_requested_at: it.release_requested_at,
        }
    }
}

/// List my orders for medical devices
///
/// For a patient, or for who represents them: every order that was issued for them, with what is left of each month, who holds or
/// has issued it, and the code that opens it.
#[utoipa::path(tag = "patient", params(OwnOrdersQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of orders", body = OwnOrdersView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows")))))]
#[get("/api/v1/patient/device-orders")]
pub(crate) async fn list_patient_device_orders(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<OwnOrdersQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let scope = Scope { caller, list: PATH, filter: "" };
    let page = edge.cursors.page::<DeviceOrderId>(&scope, query.limit, query.cursor.as_deref())?;
    let Read { told: found, record } =
        app.list_patient_device_orders(caller, page.after, page.wanted(), &asked.trace_id).await?;
    let next_cursor = edge.cursors.after(&scope, &found.page, |order| order.id)?;
    let items = found.page.items.iter().map(OwnOrderView::of).collect();
    let view = OwnOrdersView { items, look_ups_slowed_until: found.slowed_until, next_cursor };
    let response = answer::page(&request, &view, view.next_cursor.as_deref())?;
    answer::on_record(&app, record, response).await
}
