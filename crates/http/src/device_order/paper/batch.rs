//! Papers in bulk, with a report.

use super::examples;
use super::requests::{BatchRequest, PaperOrderRequest};
use crate::answer::written;
use crate::device_order::choices::PaperLineOutcome;
use crate::device_order::view::FoundView;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Asked, SIGNED, answer};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::answer::StoredAnswer;
use app::device_order::{BatchLine, BatchReport, DeviceOrderView, LineOutcome};
use app::failure::Existing;
use serde::{Deserialize, Serialize};
use signing::canonical;
use utoipa::ToSchema;

/// What became of every paper, in the order of the request.
#[derive(Serialize, ToSchema)]
#[schema(as = PaperOrderBatchReport, example = examples::report)]
struct ReportView {
    /// How many were entered, by this request or by an earlier one under the same key.
    created: usize,
    /// How many are known of other orders.
    known: usize,
    refused: usize,
    lines: Vec<LineView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOrderBatchLine)]
struct LineView {
    /// Its place in the request, from 0.
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "OW07-2026-000123")]
    client_reference: Option<String>,
    outcome: PaperLineOutcome,
    /// The order that it became, or as which it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    order: Option<LineOrderView>,
    problems: Vec<FoundView>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOrderBatchOrder)]
struct LineOrderView {
    id: String,
    #[schema(example = "/api/v1/device-orders/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a70")]
    href: String,
    /// Of an order that this line became.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "1-07-424242424-2")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "POSITIVE")]
    state: Option<String>,
}

/// What is kept of a line under its key.
fn kept_line(view: &DeviceOrderView) -> StoredAnswer {
    let order = LineOrderView {
        id: view.id.to_string(),
        href: format!("/api/v1/device-orders/{}", view.id),
        number: view.number.as_ref().map(|number| number.as_str().to_owned()),
        state: Some(view.state.name().to_owned()),
    };
    written(StatusCode::CREATED, None, None, &order)
}

impl LineOrderView {
    fn of_existing(it: &Existing) -> Self {
        Self { id: it.id.clone(), href: it.href.clone(), number: None, state: None }
    }
}

impl LineView {
    fn of(line: usize, reference: Option<String>, outcome: &LineOutcome) -> Self {
        let (outcome, order, violations) = match outcome {
            LineOutcome::Entered(answer) => {
                (PaperLineOutcome::Created, serde_json::from_slice(&answer.body).ok(), [].as_slice())
            }
            LineOutcome::Known { existing, violations } => {
                (PaperLineOutcome::Known, Some(LineOrderView::of_existing(existing)), violations.as_slice())
            }
            LineOutcome::Refused(violations) => (PaperLineOutcome::Refused, None, violations.as_slice()),
        };
        let problems = violations.iter().map(FoundView::of_violation).collect();
        Self { line, client_reference: reference, outcome, order, problems }
    }
}

fn report(it: &BatchReport) -> StoredAnswer {
    let lines: Vec<LineView> = it
        .lines
        .iter()
        .enumerate()
        .map(|(place, line)| LineView::of(place, line.reference.clone(), &line.outcome))
        .collect();
    let count = |outcome| lines.iter().filter(|line| line.outcome == outcome).count();
    let view = ReportView {
        created: count(PaperLineOutcome::Created),
        known: count(PaperLineOutcome::Known),
        refused: count(PaperLineOutcome::Refused),
        lines,
    };
    written(StatusCode::OK, None, None, &view)
}

/// The line with its own fingerprint; what is illegal in it is its outcome, and no other line's.
fn line(sent: &PaperOrderRequest) -> Result<BatchLine, Problem> {
    let value = serde_json::to_value(sent).map_err(|error| Problem::bug(error.into()))?;
    let bytes = canonical::canonical_value(&value).map_err(|error| Problem::bug(error.into()))?;
    let mut faults = Faults::new();
    let order = sent.read(&mut faults);
    let violations = faults.into_violations();
    Ok(BatchLine {
        reference: sent.client_reference.clone(),
        order: order.filter(|_| violations.is_empty()).ok_or(violations),
        fingerprint: canonical::sha256(&bytes),
    })
}

/// Enter orders from paper in bulk
///
/// Backdated entries after an outage: up to 50 papers, each as in `POST …/paper-confirmations`, judged and committed alone, and
/// reported: `CREATED` with number and state (a negative verification is created, too), `KNOWN` where its scan, the paper
/// itself or its client reference is known of another order, `REFUSED` with every problem and its place in the line. The report
/// is stored under the key. Where the answer was lost on the way, the same request under the same key goes on where it ended:
/// nothing is entered twice. Lines that were refused are corrected and sent under a new key.
#[utoipa::path(tag = "device-orders", request_body = BatchRequest,
    responses((status = 200, description = "What became of each line", body = ReportView)))]
#[post("/api/v1/device-orders/paper-confirmations/batches")]
pub(crate) async fn confirm_paper_orders(
    app: web::Data<App>,
    asked: Asked<BatchRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let lines = asked.body.entries.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    answer::send(app.confirm_paper_orders(&asked.caller, lines, asked.write, kept_line, report).await?)
}
