//! An order on paper: the form, what the patient takes along, and the issue of goods.

use super::step::{DeviceOrderPath, order_id};
use super::take_ups::{TakeUpPath, which};
use crate::Authenticated;
use crate::demand::print_demand::{PdfFile, pdf};
use crate::problem::Problem;
use actix_web::{HttpResponse, get, web};
use app::App;

/// Print an order for a medical device
///
/// Parts I and II of the form as a PDF of what this caller may see: no diagnosis, justification or date of issue for a provider.
/// A draft is not printed.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath),
    responses((status = 200, description = "The print", content_type = "application/pdf", body = PdfFile),
              (status = 409, description = "The order is not issued yet", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/device-orders/{id}/print")]
pub(crate) async fn print_device_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let id = order_id(&id)?;
    Ok(pdf(id, app.print_device_order(&asked.caller, id, &asked.trace_id).await?))
}

/// Print what a patient takes along
///
/// The information sheet as a PDF for whoever issued the order and for the patient: number, code where there is one, both as bar
/// codes, what to do and what not, and nothing of the patient's health. It has to be handed out where
/// `access.informationPrintObligatory` says so, and on request.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath),
    responses((status = 200, description = "The print", content_type = "application/pdf", body = PdfFile),
              (status = 409, description = "The order is not confirmed", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/device-orders/{id}/information-print")]
pub(crate) async fn print_device_order_information(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let id = order_id(&id)?;
    Ok(pdf(id, app.print_device_order_information(&asked.caller, id, &asked.trace_id).await?))
}

/// Print an issue of goods
///
/// Parts III and IV of the form as a PDF for the provider that issued the goods, the patient, and officers of the payer.
#[utoipa::path(tag = "take-ups", params(TakeUpPath),
    responses((status = 200, description = "The print", content_type = "application/pdf", body = PdfFile),
              (status = 409, description = "Nothing was issued of the take-up", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/device-orders/{id}/take-ups/{take_up_id}/print")]
pub(crate) async fn print_take_up(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let which = which(&path)?;
    Ok(pdf(which.1, app.print_take_up(&asked.caller, which, &asked.trace_id).await?))
}
