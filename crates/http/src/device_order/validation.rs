//! The dry run: what a submission would be refused for, and what the payer would find.

use super::examples;
use super::requests::DeviceOrderContentRequest;
use super::view::{ConfirmedLineView, ConfirmedRightView, problem_of};
use crate::demand::reports::{RuleView, spoken};
use crate::language::Language;
use crate::problem::Problem;
use crate::{Looked, ORDER, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::device_order::OrderValidation;
use domain::device_group;
use domain::device_order::rulebook;
use domain::device_order::verification::{Finding, Verdict};
use domain::device_repair_order::rulebook as repairs;
use domain::problem::Violation;
use serde::Serialize;
use utoipa::ToSchema;

/// What submitting this content now would find. Nothing is written.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderValidation, example = examples::validation)]
pub(crate) struct OrderValidationView {
    /// Whether nothing stands in the way of a submission.
    valid: bool,
    /// What a submission would be refused for.
    problems: Vec<OrderFindingView>,
    /// What the payer would find then; absent where patient, device or supply are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    outcome: Option<ExpectedOutcomeView>,
}

/// What the payer would find now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ExpectedOutcome)]
pub(crate) struct ExpectedOutcomeView {
    positive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    right: Option<ConfirmedRightView>,
    lines: Vec<ConfirmedLineView>,
    problems: Vec<OrderFindingView>,
    warnings: Vec<OrderFindingView>,
}

/// One finding at one place, with the rules behind it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderFinding)]
pub(crate) struct OrderFindingView {
    /// RFC 6901 pointer into the body.
    #[schema(example = "/content/supply/from")]
    pointer: String,
    #[schema(example = "device_order.month_past")]
    code: String,
    /// What is wrong.
    detail: &'static str,
    /// What can be done about it.
    fix: &'static str,
    rules: Vec<RuleView>,
}

impl OrderFindingView {
    pub(crate) fn of(code: &str, pointer: &str, language: Language) -> Option<Self> {
        let problem = problem_of(code)?;
        let of_orders = rulebook::entries().into_iter().chain(repairs::entries());
        let entries = of_orders.chain(device_group::rules::entries());
        let rules = entries.filter(|entry| entry.code.split(", ").any(|its| its == code));
        Some(Self {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
            detail: language.pick(&problem.says),
            fix: language.pick(&problem.fix),
            rules: rules.map(|entry| RuleView::of(entry.number, entry.legal)).collect(),
        })
    }
}

impl OrderValidationView {
    fn of(it: &OrderValidation, language: Language) -> Self {
        let violation = |it: &Violation| OrderFindingView::of(it.problem.code, &it.pointer, language);
        Self {
            valid: it.violations.is_empty(),
            problems: it.violations.iter().filter_map(violation).collect(),
            outcome: it.outcome.as_ref().map(|verdict| ExpectedOutcomeView::of(verdict, language)),
        }
    }
}

impl ExpectedOutcomeView {
    fn of(verdict: &Verdict, language: Language) -> Self {
        let spoken = |found: &[Finding]| -> Vec<OrderFindingView> {
            found.iter().filter_map(|it| OrderFindingView::of(&it.code, &it.pointer, language)).collect()
        };
        match verdict {
            Verdict::Positive { lines, right, warnings } => Self {
                positive: true,
                right: Some(ConfirmedRightView::of(right)),
                lines: lines.iter().map(ConfirmedLineView::of).collect(),
                problems: Vec::new(),
                warnings: spoken(warnings),
            },
            Verdict::Negative { findings, warnings, .. } => Self {
                positive: false,
                right: None,
                lines: Vec::new(),
                problems: spoken(findings),
                warnings: spoken(warnings),
            },
        }
    }
}

/// Validate an order for a medical device
///
/// Judges the content as a submission would, and as the payer would look at it now: every problem with its place, its remedy
/// and the rules behind it, and of a positive outcome what would be borne. Writes nothing; that the patient's insurance and
/// other orders were looked at is on record.
#[utoipa::path(tag = "device-orders", request_body = DeviceOrderContentRequest,
    responses((status = 200, description = "Everything that a submission and the payer would find",
               body = OrderValidationView)))]
#[post("/api/v1/device-orders/validations")]
pub(crate) async fn validate_device_order(
    app: web::Data<App>,
    language: Language,
    asked: Looked<DeviceOrderContentRequest, ORDER>,
) -> Result<HttpResponse, Problem> {
    let content = asked.body.parse()?;
    let found = app.validate_device_order(&asked.caller, content, &asked.trace_id).await?;
    let response = answer::plain(&OrderValidationView::of(&found.told, language))?;
    Ok(spoken(answer::on_record(&app, found.record, response).await?, language))
}
