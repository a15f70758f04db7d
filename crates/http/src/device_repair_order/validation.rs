//! The dry run: what a submission would be refused for, and what the payer would find.

use super::examples;
use super::requests::DeviceRepairOrderContentRequest;
use super::view::RepairTermsView;
use crate::demand::reports::spoken;
use crate::device_order::validation::OrderFindingView;
use crate::device_order::view::ConfirmedRightView;
use crate::language::Language;
use crate::problem::Problem;
use crate::{Looked, ORDER, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::device_repair_order::RepairValidation;
use domain::device_order::verification::Finding;
use domain::device_repair_order::verification::Verdict;
use domain::problem::Violation;
use serde::Serialize;
use utoipa::ToSchema;

/// What submitting this content now would find. Nothing is written.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrderValidation, example = examples::validation)]
pub(crate) struct RepairValidationView {
    /// Whether nothing stands in the way of a submission.
    valid: bool,
    /// What a submission would be refused for.
    problems: Vec<OrderFindingView>,
    /// What the payer would find then; absent where patient or device are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    outcome: Option<ExpectedRepairOutcomeView>,
}

/// What the payer would find now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ExpectedRepairOutcome)]
pub(crate) struct ExpectedRepairOutcomeView {
    positive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    right: Option<ConfirmedRightView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    terms: Option<RepairTermsView>,
    problems: Vec<OrderFindingView>,
    /// What stands in no way, and should be known.
    warnings: Vec<OrderFindingView>,
}

impl RepairValidationView {
    fn of(it: &RepairValidation, language: Language) -> Self {
        let violation = |it: &Violation| OrderFindingView::of(it.problem.code, &it.pointer, language);
        Self {
            valid: it.violations.is_empty(),
            problems: it.violations.iter().filter_map(violation).collect(),
            outcome: it.outcome.as_ref().map(|verdict| ExpectedRepairOutcomeView::of(verdict, language)),
        }
    }
}

impl ExpectedRepairOutcomeView {
    fn of(verdict: &Verdict, language: Language) -> Self {
        let spoken = |found: &[Finding]| {
            found.iter().filter_map(|it| OrderFindingView::of(&it.code, &it.pointer, language)).collect()
        };
        match verdict {
            Verdict::Positive { terms, right, warnings } => Self {
                positive: true,
                right: Some(ConfirmedRightView::of(right)),
                terms: Some(RepairTermsView::of(terms)),
                problems: Vec::new(),
                warnings: spoken(warnings),
            },
            Verdict::Negative { findings, warnings } => Self {
                positive: false,
                right: None,
                terms: None,
                problems: spoken(findings),
                warnings: spoken(warnings),
            },
        }
    }
}

/// Validate a repair order
///
/// Judges the content as a submission would, and as the payer would look at it now: every problem with its place, its remedy and
/// the rules behind it, and of a positive outcome what would be borne. Writes nothing; that the patient's insurance, orders and
/// repairs were looked at is on record.
#[utoipa::path(tag = "device-repair-orders", request_body = DeviceRepairOrderContentRequest,
    responses((status = 200, description = "Everything that a submission and the payer would find",
               body = RepairValidationView)))]
#[post("/api/v1/device-repair-orders/validations")]
pub(crate) async fn validate_device_repair_order(
    app: web::Data<App>,
    language: Language,
    asked: Looked<DeviceRepairOrderContentRequest, ORDER>,
) -> Result<HttpResponse, Problem> {
    let content = asked.body.parse()?;
    let found = app.validate_repair_order(&asked.caller, content, &asked.trace_id).await?;
    let response = answer::plain(&RepairValidationView::of(&found.told, language))?;
    Ok(spoken(answer::on_record(&app, found.record, response).await?, language))
}
