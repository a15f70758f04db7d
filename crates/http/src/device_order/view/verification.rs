//! What the payer found, as a party is shown it.

use crate::device_order::choices::{DeviceSide, LimitKind};
use app::device_order::view::VerificationView;
use chrono::{DateTime, Utc};
use domain::device_order::model::{ConfirmedLine, Right};
use domain::device_order::refusals;
use domain::device_order::verification::Finding;
use domain::problem::{ProblemType, Sentence, Violation};
use domain::{device_group, device_repair_order};
use serde::Serialize;
use utoipa::ToSchema;

/// A positive result has its lines, a negative one all that stands in the way.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderVerification)]
pub struct OrderVerificationView {
    pub positive: bool,
    pub verified_at: DateTime<Utc>,
    /// How the right to benefits is known, of a positive result.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub right: Option<ConfirmedRightView>,
    pub lines: Vec<ConfirmedLineView>,
    pub problems: Vec<VerificationFindingView>,
    pub warnings: Vec<VerificationFindingView>,
}

impl OrderVerificationView {
    pub(super) fn of(it: &VerificationView) -> Self {
        Self {
            positive: it.is_positive,
            verified_at: it.verified_at,
            right: it.right.as_ref().map(ConfirmedRightView::of),
            lines: it.lines.iter().map(ConfirmedLineView::of).collect(),
            problems: it.findings.iter().map(VerificationFindingView::of).collect(),
            warnings: it.warnings.iter().map(VerificationFindingView::of).collect(),
        }
    }
}

/// What shows that the patient has the right to benefits.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = DeviceRightBasis)]
pub enum RightBasis {
    /// The payer's register confirmed it.
    Register,
    /// What the patient brought stands in (DO-28).
    Proof,
    /// Nothing shows it; an officer of the payer accepted the order all the same (DO-27).
    Acceptance,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConfirmedRight)]
pub struct ConfirmedRightView {
    /// `true` where the payer's register confirmed it; otherwise see `basis`.
    pub confirmed: bool,
    pub basis: RightBasis,
    /// Number of the register's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "L1712M01200000001")]
    pub operation: Option<String>,
}

impl ConfirmedRightView {
    pub(crate) fn of(it: &Right) -> Self {
        match it {
            Right::Confirmed { operation } => Self {
                confirmed: true,
                basis: RightBasis::Register,
                operation: Some(operation.as_str().to_owned()),
            },
            Right::Proved => Self { confirmed: false, basis: RightBasis::Proof, operation: None },
            Right::Accepted => Self { confirmed: false, basis: RightBasis::Acceptance, operation: None },
        }
    }
}

/// What the payer bears of one code, tier and side.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConfirmedDeviceLine)]
pub struct ConfirmedLineView {
    #[schema(example = "Y.06.01")]
    pub code: String,
    #[schema(example = 2)]
    pub tier: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub side: Option<DeviceSide>,
    /// Of one month where the order is monthly.
    #[schema(example = "90")]
    pub pieces: String,
    /// PLN.
    #[schema(example = "1.70")]
    pub limit: String,
    pub limit_kind: LimitKind,
    /// The payer's share of what lies within the limit.
    #[schema(minimum = 0, maximum = 100, example = 80)]
    pub refund_percent: u8,
}

impl ConfirmedLineView {
    pub(in crate::device_order) fn of(it: &ConfirmedLine) -> Self {
        Self {
            code: it.code.as_str().to_owned(),
            tier: it.tier,
            side: it.side.map(Into::into),
            pieces: it.pieces.to_string(),
            limit: it.terms.limit.to_string(),
            limit_kind: it.terms.kind.into(),
            refund_percent: it.terms.refund.get(),
        }
    }
}

/// One thing that was found, with its place and what can be done about it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VerificationFinding)]
pub struct VerificationFindingView {
    /// A code of `GET /api/v1/problems`.
    #[schema(example = "device_order.right_not_confirmed")]
    pub code: String,
    /// RFC 6901 pointer into the order.
    #[schema(example = "/content/right")]
    pub pointer: String,
    pub detail: SaidView,
    pub fix: SaidView,
}

/// In both languages: a document has none of its own.
#[derive(Serialize, ToSchema)]
#[schema(as = Said)]
pub struct SaidView {
    pub pl: &'static str,
    pub en: &'static str,
}

impl SaidView {
    fn of(it: Sentence) -> Self {
        Self { pl: it.pl, en: it.en }
    }
}

/// What a later version of the program found and this one does not know.
const UNKNOWN: Sentence =
    Sentence { pl: "Sprawdź kod w katalogu problemów.", en: "See the code in the catalogue of problems." };

/// The problem behind a finding.
pub(in crate::device_order) fn problem_of(code: &str) -> Option<&'static ProblemType> {
    let lists = [
        refusals::LISTS.concat(),
        device_repair_order::refusals::PROBLEMS.to_vec(),
        device_group::refusals::PROBLEMS.to_vec(),
    ];
    lists.concat().into_iter().find(|problem| problem.code == code)
}

impl VerificationFindingView {
    pub(crate) fn of(it: &Finding) -> Self {
        let problem = problem_of(&it.code);
        Self {
            code: it.code.clone(),
            pointer: it.pointer.clone(),
            detail: SaidView::of(problem.map_or(UNKNOWN, |problem| problem.says)),
            fix: SaidView::of(problem.map_or(UNKNOWN, |problem| problem.fix)),
        }
    }
}

/// One fault of a line, with its place and what can be done about it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FoundInLine)]
pub struct FoundView {
    /// RFC 6901 pointer into the line.
    #[schema(example = "/receivedOn")]
    pub pointer: String,
    /// A code of `GET /api/v1/problems`.
    #[schema(example = "device_order.paper_dates")]
    pub code: &'static str,
    pub detail: SaidView,
    pub fix: SaidView,
}

impl FoundView {
    pub(in crate::device_order) fn of_violation(it: &Violation) -> Self {
        Self {
            pointer: it.pointer.clone(),
            code: it.problem.code,
            detail: SaidView::of(it.problem.says),
            fix: SaidView::of(it.problem.fix),
        }
    }
}
