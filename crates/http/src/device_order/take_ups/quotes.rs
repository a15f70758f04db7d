//! Limit, refund and co-pay before anything is written.

use super::requests::QuoteRequest;
use crate::device_order::examples;
use crate::device_order::step::{DeviceOrderPath, order_id};
use crate::device_order::view::{ConfirmedLineView, VerificationFindingView};
use crate::problem::Problem;
use crate::{Looked, QUOTES, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::device_order::{OrderQuote, QuotedChoice};
use domain::device_order::money::Amounts;
use domain::device_order::realisation::Quoted;
use serde::Serialize;
use utoipa::ToSchema;

/// What each choice would cost whom.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderQuote, example = examples::quote)]
pub(crate) struct QuoteView {
    /// Whether a take-up would be held; otherwise `problems` says why not, and nothing is quoted.
    positive: bool,
    problems: Vec<VerificationFindingView>,
    warnings: Vec<VerificationFindingView>,
    /// In the order in which they were asked.
    choices: Vec<QuotedChoiceView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = QuotedChoice)]
pub(crate) struct QuotedChoiceView {
    items: Vec<QuotedItemView>,
    total: AmountsView,
}

/// One item, and the confirmed line on whose terms it would be borne.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = QuotedItem)]
pub(crate) struct QuotedItemView {
    line: ConfirmedLineView,
    amounts: AmountsView,
}

/// A price and who pays it, in PLN; refund and co-pay are the whole of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceAmounts)]
pub(crate) struct AmountsView {
    #[schema(example = "414.00")]
    price: String,
    /// The payer's part.
    #[schema(example = "244.80")]
    refund: String,
    /// The patient's part.
    #[schema(example = "169.20")]
    copay: String,
}

impl AmountsView {
    pub(crate) fn of(it: Amounts) -> Self {
        Self { price: it.price.to_string(), refund: it.refund.to_string(), copay: it.copay.to_string() }
    }
}

impl QuoteView {
    fn of(it: &OrderQuote) -> Self {
        let findings = |found: &[_]| found.iter().map(VerificationFindingView::of).collect();
        let item = |quoted: &Quoted| QuotedItemView {
            line: ConfirmedLineView::of(&quoted.line),
            amounts: AmountsView::of(quoted.amounts),
        };
        let choice = |choice: &QuotedChoice| QuotedChoiceView {
            items: choice.items.iter().map(item).collect(),
            total: AmountsView::of(choice.total),
        };
        Self {
            positive: it.findings.is_empty(),
            problems: findings(&it.findings),
            warnings: findings(&it.warnings),
            choices: it.choices.iter().map(choice).collect(),
        }
    }
}

/// Quote products for an order
///
/// Limit, refund and co-pay of one or more choices, such as a product within the limit and a dearer one, before anything is
/// written: at the prices of the provider's list, or at free ones. It is judged as the take-up that it names would be, by the
/// payer's register and the list of today, so it tells what would stand in the way, too; of a take-up that is held the frozen
/// limits count.
#[utoipa::path(tag = "take-ups", params(DeviceOrderPath), request_body = QuoteRequest,
    responses((status = 200, description = "What each choice would cost whom", body = QuoteView),
              (status = 409, description = "A month is taken, lost or realised, or the order's state does not admit it",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/device-orders/{id}/quotes")]
pub(crate) async fn quote_device_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Looked<QuoteRequest, QUOTES>,
) -> Result<HttpResponse, Problem> {
    let wanted = asked.body.parse()?;
    let found = app.quote_device_order(&asked.caller, order_id(&id)?, wanted, &asked.trace_id).await?;
    answer::on_record(&app, found.record, answer::plain(&QuoteView::of(&found.told))?).await
}
