//! Opening a repair order with its access data.

use crate::device_repair_order::view::DeviceRepairOrderShown;
use crate::even_time::evenly;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::device_order::access::Pair;
use domain::device_repair_order::refusals::LOOK_UP_PAIR;
use domain::values::{DeviceOrderNumber, Pesel};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// One of two pairs: number and PESEL, or number and date of birth of a patient without a PESEL.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RepairOrderLookUpRequest, example = json!({"number": "T5-3K7M9QXT-22A4CDEF", "pesel": "44051401458"}))]
pub(crate) struct RepairLookUpRequest {
    #[schema(max_length = 24, example = "T5-3K7M9QXT-22A4CDEF")]
    number: String,
    #[schema(nullable = false, pattern = "^[0-9]{11}$", example = "44051401458")]
    pesel: Option<String>,
    #[schema(nullable = false)]
    birth_date: Option<NaiveDate>,
}

impl RepairLookUpRequest {
    fn parse(&self) -> Result<Pair, Failure> {
        let mut faults = Faults::new();
        let number = faults.take("/number", DeviceOrderNumber::parse(&self.number));
        let pesel = faults.optional("/pesel", self.pesel.as_deref(), Pesel::parse);
        let pair = number.zip(pesel).and_then(|(number, pesel)| match (pesel, self.birth_date) {
            (Some(pesel), None) => Some(Pair::NumberAndPesel { number, pesel }),
            (None, Some(birth_date)) => Some(Pair::NumberAndBirthDate { number, birth_date }),
            (Some(_), Some(_)) | (None, None) => {
                faults.add("", LOOK_UP_PAIR);
                None
            }
        });
        faults.finish_with(pair)
    }
}

/// Look a repair order up by its access data
///
/// For a provider with a contract that is in force, by number and PESEL, or number and date of birth of a patient without a
/// PESEL; a repair order has no code. What can be taken up is answered in the provider's view – what it must repair, no
/// justification, no other order –, can be read from then on, and the patient sees who opened it. There is one answer, in one
/// time, for what does not exist, cannot be taken up, or has another PESEL or date of birth: 404
/// `device_repair_order.look_up_none`. Nobody waits for what others tried, since a number is not guessed.
#[utoipa::path(tag = "device-repair-orders", request_body = RepairLookUpRequest,
    responses((status = 200, description = "The repair order as a provider sees it", body = DeviceRepairOrderShown),
              (status = 404, description = "These data open nothing that can be taken up", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/device-repair-orders/look-ups")]
pub(crate) async fn look_up_device_repair_order(
    app: web::Data<App>,
    asked: Looked<RepairLookUpRequest>,
) -> Result<HttpResponse, Problem> {
    let pair = asked.body.parse()?;
    let found = evenly(Box::pin(app.look_up_repair_order(&asked.caller, pair, &asked.trace_id))).await?;
    answer::plain(&DeviceRepairOrderShown::of(&found))
}
