//! Opening an order with its access data, and the end of what slows guesses down.

use super::examples;
use super::view::DeviceOrderShown;
use crate::even_time::evenly;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Asked, Looked, answer};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::answer::StoredAnswer;
use app::device_order::LookUpsReleased;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::device_order::access::Pair;
use domain::device_order::refusals::LOOK_UP_PAIR;
use domain::values::{AccessCode, DeviceOrderNumber, Pesel, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// One of the four pairs: code and PESEL, number and code, number and PESEL, number and date of birth of a patient without a
/// PESEL.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceOrderLookUpRequest, example = json!({"number": "T5-3K7M9QXT-22A4CDEF", "code": "0427"}))]
pub(crate) struct LookUpRequest {
    #[schema(nullable = false, max_length = 24, example = "T5-3K7M9QXT-22A4CDEF")]
    number: Option<String>,
    #[schema(nullable = false, pattern = "^[0-9]{4}$", example = "0427")]
    code: Option<String>,
    #[schema(nullable = false, pattern = "^[0-9]{11}$", example = "44051401458")]
    pesel: Option<String>,
    #[schema(nullable = false)]
    birth_date: Option<NaiveDate>,
}

impl LookUpRequest {
    fn parse(&self) -> Result<Pair, Failure> {
        let mut faults = Faults::new();
        let number = faults.optional("/number", self.number.as_deref(), DeviceOrderNumber::parse);
        let code = faults.optional("/code", self.code.as_deref(), AccessCode::parse);
        let pesel = faults.optional("/pesel", self.pesel.as_deref(), Pesel::parse);
        let pair = match (number, code, pesel) {
            (Some(number), Some(code), Some(pesel)) => match (number, code, pesel, self.birth_date) {
                (None, Some(code), Some(pesel), None) => Some(Pair::CodeAndPesel { code, pesel }),
                (Some(number), Some(code), None, None) => Some(Pair::NumberAndCode { number, code }),
                (Some(number), None, Some(pesel), None) => Some(Pair::NumberAndPesel { number, pesel }),
                (Some(number), None, None, Some(birth_date)) => {
                    Some(Pair::NumberAndBirthDate { number, birth_date })
                }
                _ => {
                    faults.add("", LOOK_UP_PAIR);
                    None
                }
            },
            _ => None,
        };
        faults.finish_with(pair)
    }
}

/// Look an order up by its access data
///
/// For a provider with a contract that is in force, with one of the four pairs. What can be taken up is answered in the
/// provider's view – what it must dispense, no diagnosis, justification or other order –, can be read from then on, and the
/// patient sees who opened it. There is one answer, in one time, for what does not exist, cannot be taken up, or has another
/// code, PESEL or date of birth: 404 `device_order.look_up_none`. By code and PESEL tries that fail make the next one wait,
/// longer each time (429 `device_order.look_ups_slowed` with `Retry-After`); by the order's number nobody waits.
#[utoipa::path(tag = "device-orders", request_body = LookUpRequest,
    responses((status = 200, description = "The order as a provider sees it", body = DeviceOrderShown),
              (status = 404, description = "These data open nothing that can be taken up", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/device-orders/look-ups")]
pub(crate) async fn look_up_device_order(
    app: web::Data<App>,
    asked: Looked<LookUpRequest>,
) -> Result<HttpResponse, Problem> {
    let pair = asked.body.parse()?;
    let found = evenly(Box::pin(app.look_up_device_order(&asked.caller, pair, &asked.trace_id))).await?;
    answer::plain(&DeviceOrderShown::of(&found))
}

/// Whose look-ups are no longer slowed down, and why; the patient sees the reason.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = LookUpReleaseRequest, example = json!({"pesel": "44051401458", "reason": "Pacjent pomylił kod przy ladzie."}))]
pub(crate) struct ReleaseRequest {
    #[schema(pattern = "^[0-9]{11}$")]
    pesel: String,
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl ReleaseRequest {
    fn parse(&self) -> Result<(Pesel, Text<500>), Failure> {
        let mut faults = Faults::new();
        let pesel = faults.take("/pesel", Pesel::parse(&self.pesel));
        let reason = faults.take("/reason", Text::parse(&self.reason));
        faults.finish_with(pesel.zip(reason))
    }
}

/// What became of the delays.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LookUpRelease, example = examples::look_up_release)]
pub(crate) struct ReleaseView {
    /// Whether failed tries had been counted.
    were_counted: bool,
}

fn released(it: &LookUpsReleased) -> StoredAnswer {
    answer::written(StatusCode::OK, None, None, &ReleaseView { were_counted: it.was_slowed })
}

/// End the delays of look-ups for a patient
///
/// By an officer of the payer, with a reason that the patient sees: the failed tries of everybody by code and this PESEL are
/// forgotten. Without it they end with time, or with the patient's next code.
#[utoipa::path(tag = "device-orders", request_body = ReleaseRequest,
    responses((status = 200, description = "What became of them", body = ReleaseView)))]
#[post("/api/v1/device-orders/look-ups/release")]
pub(crate) async fn release_look_ups(
    app: web::Data<App>,
    asked: Asked<ReleaseRequest>,
) -> Result<HttpResponse, Problem> {
    let (pesel, reason) = asked.body.parse()?;
    answer::send(app.release_look_ups(&asked.caller, pesel, reason, asked.write, released).await?)
}
