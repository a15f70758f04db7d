//! What opens an order to a provider: read, and drawn anew.

use super::choices::SendingChannel;
use super::examples;
use super::step::{DeviceOrderAnswered, DeviceOrderPath, changed, order_id, target};
use super::view::OrderAccessView;
use crate::headers::IfMatchHeader;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Asked, Authenticated, answer};
use actix_web::{HttpResponse, get, post, web};
use app::App;
use app::device_order::OrderAccessData;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::values::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// What opens an order to a provider.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderAccessData, example = examples::access_data)]
pub(crate) struct OrderAccessDataView {
    #[schema(example = "T5-3K7M9QXT-22A4CDEF")]
    number: String,
    access: OrderAccessView,
    /// The last day on which something of the order can be taken up; absent while all of it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    last_day: Option<NaiveDate>,
    /// How they may be sent to the patient: only as far as the patient has agreed (`PUT patient/consents`).
    may_be_sent_by: Vec<SendingChannel>,
}

impl OrderAccessDataView {
    fn of(it: &OrderAccessData) -> Self {
        Self {
            number: it.number.as_str().to_owned(),
            access: OrderAccessView::of(&it.access),
            last_day: it.last_day,
            may_be_sent_by: it.may_be_sent_by.iter().copied().map(Into::into).collect(),
        }
    }
}

/// Read the access data of an order
///
/// Number and, of a patient with a PESEL, the four-digit code that tells their open orders apart. For whoever issued the order
/// and for the patient; each reading is on record.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath),
    responses((status = 200, description = "Number and code", body = OrderAccessDataView),
              (status = 409, description = "The order is not confirmed, or cannot be taken up any more",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[get("/api/v1/device-orders/{id}/access-data")]
pub(crate) async fn read_device_order_access_data(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.device_order_access_data(&asked.caller, order_id(&id)?, &asked.trace_id).await?;
    answer::on_record(&app, found.record, answer::plain(&OrderAccessDataView::of(&found.told))?).await
}

/// Why; an officer of the payer has to say it.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessCodeRenewalRequest, example = json!({"reason": "Pacjentka zgubiła wydruk."}))]
pub(crate) struct RenewalRequest {
    /// The patient sees it in their access log.
    #[schema(nullable = false, min_length = 1, max_length = 500)]
    reason: Option<String>,
}

impl RenewalRequest {
    fn parse(&self) -> Result<Option<Text<500>>, Failure> {
        let mut faults = Faults::new();
        let reason = faults.optional("/reason", self.reason.as_deref(), Text::parse);
        faults.finish_with(reason)
    }
}

/// Draw the access code of an order anew
///
/// For a code that somebody has found out or that was lost: by whoever issued the order, by the patient, or by an officer of the
/// payer, who gives a reason and is not told the code. The former code opens nothing any more; providers that opened the order
/// before keep it; what slows look-ups for the patient ends. An order without a code has none to renew
/// (`device_order.no_code`): its number opens it.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfMatchHeader),
    request_body = RenewalRequest, responses(DeviceOrderAnswered))]
#[post("/api/v1/device-orders/{id}/access-data/renewal")]
pub(crate) async fn renew_device_order_access_code(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<RenewalRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.renew_access_code(&asked.caller, target, reason, asked.write, changed).await?)
}
