//! What is left of the limit, and what a price comes to, before anything is written.

use super::requests::RepairQuoteRequest;
use crate::device_order::AmountsView;
use crate::device_repair_order::examples;
use crate::device_repair_order::step::{DeviceRepairOrderPath, repair_order_id};
use crate::problem::Problem;
use crate::{Looked, QUOTES, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::device_repair_order::RepairQuote;
use serde::Serialize;
use utoipa::ToSchema;

/// What each price would cost whom.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RepairOrderQuote, example = examples::repair_quote)]
pub(crate) struct RepairQuoteView {
    /// Of the whole period of use.
    #[schema(example = "540.00")]
    limit: String,
    /// What earlier repairs have left of it.
    #[schema(example = "500.00")]
    left: String,
    #[schema(minimum = 0, maximum = 100, example = 90)]
    refund_percent: u8,
    /// In the order in which they were asked.
    choices: Vec<AmountsView>,
}

impl RepairQuoteView {
    fn of(it: &RepairQuote) -> Self {
        Self {
            limit: it.terms.limit.to_string(),
            left: it.terms.left.limit.to_string(),
            refund_percent: it.terms.left.refund.get(),
            choices: it.choices.iter().map(|amounts| AmountsView::of(*amounts)).collect(),
        }
    }
}

/// Quote a repair
///
/// What the payer bears of a repair at each of several prices, and what is left to the patient, on the terms of the confirmed
/// order: what earlier repairs have left of the repair limit, with the payer's share. Nothing is written.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath), request_body = RepairQuoteRequest,
    responses((status = 200, description = "What each price would cost whom", body = RepairQuoteView),
              (status = 409, description = "Another provider holds it, or the order's state does not admit a repair",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/device-repair-orders/{id}/quotes")]
pub(crate) async fn quote_device_repair_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Looked<RepairQuoteRequest, QUOTES>,
) -> Result<HttpResponse, Problem> {
    let prices = asked.body.parse()?;
    let found = app.quote_repair_order(&asked.caller, repair_order_id(&id)?, prices, &asked.trace_id).await?;
    answer::on_record(&app, found.record, answer::plain(&RepairQuoteView::of(&found.told))?).await
}
