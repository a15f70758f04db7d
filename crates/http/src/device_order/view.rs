//! What a party is shown of an order. What it may not see is left out.

use super::choices::{DeviceOrderState, DeviceSide, LimitKind, PeriodStateView};
use super::content::DeviceOrderContent;
use super::examples;
use super::paper::PaperOrderView;
use super::take_ups::TakeUpShown;
use crate::clock::ClockView;
use crate::demand::view::{OfficerView, SignedView};
use crate::device_group::choices::IssuerProfession;
use app::device_order::DeviceOrderView;
use app::device_order::view::{AccessView, VerificationView};
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::model::Officer;
use domain::device_group;
use domain::device_order::lifecycle::{Cancellation, PeriodState, Periods};
use domain::device_order::model::{Acceptance, ByLicence, ConfirmedLine, Issue, Right, Signatory};
use domain::device_order::refusals;
use domain::device_order::verification::Finding;
use domain::ids::TakeUpId;
use domain::problem::{ProblemType, Sentence, Violation};
use domain::values::Text;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An order for a medical device (refund act art. 38) in the view of the caller.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrder, example = examples::order)]
pub struct DeviceOrderShown {
    pub id: Uuid,
    /// Given with the first signature, and kept over corrections.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T5-3K7M9QXT-22A4CDEF")]
    pub number: Option<String>,
    pub state: DeviceOrderState,
    /// The payer's letter of the state: R, W, P, N, A or Z; a draft has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 1, example = "P")]
    pub nfz_status: Option<String>,
    /// Grows by one with every saved change.
    #[schema(example = 3)]
    pub revision: i64,
    /// Grows with every correction.
    #[schema(example = 1)]
    pub content_version: i32,
    /// Where it is issued.
    pub entity_id: Uuid,
    /// In whose name it is issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issuer: Option<OrderIssuerView>,
    /// The name that its client gave it; nobody but the issuer sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "HIS-ZW-000123")]
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// The terms that run, soonest first.
    pub clocks: Vec<ClockView>,
    pub content: DeviceOrderContent,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issue: Option<OrderIssueView>,
    /// How it came on paper, where it was not issued electronically.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub paper: Option<PaperOrderView>,
    /// What the payer found, once it has looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verification: Option<OrderVerificationView>,
    /// An officer took the negative order for a positive one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub acceptance: Option<OrderDecisionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cancellation: Option<OrderDecisionView>,
    /// The months that were left were cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tail_cancellation: Option<OrderTailView>,
    /// While something of the order can be taken up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub access: Option<OrderAccessView>,
    /// What is left of each month; of a one-off order the one supply.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub periods: Option<Vec<OrderPeriodView>>,
    /// Every take-up that there was, oldest first; a provider sees its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub take_ups: Option<Vec<TakeUpShown>>,
}

impl DeviceOrderShown {
    pub fn of(view: &DeviceOrderView) -> Self {
        Self {
            id: view.id.0,
            number: view.number.as_ref().map(|number| number.as_str().to_owned()),
            state: view.state.into(),
            nfz_status: view.state.nfz_letter().map(String::from),
            revision: view.revision,
            content_version: view.content_version,
            entity_id: view.entity.0,
            issuer: view.prescriber.as_ref().map(OrderIssuerView::of),
            client_reference: view.client_reference.clone(),
            created_at: view.created_at,
            changed_at: view.changed_at,
            clocks: view.clocks.iter().map(ClockView::of_order).collect(),
            content: DeviceOrderContent::of(&view.content),
            issue: view.issue.as_ref().map(OrderIssueView::of),
            paper: view.issue.as_ref().and_then(|it| it.paper.as_ref()).map(PaperOrderView::of),
            verification: view.verification.as_ref().map(OrderVerificationView::of),
            acceptance: view.acceptance.as_ref().map(OrderDecisionView::of_acceptance),
            cancellation: view.cancellation.as_ref().map(OrderDecisionView::of_cancellation),
            tail_cancellation: view.tail.as_ref().map(|tail| OrderTailView {
                from: tail.from.to_string(),
                cancellation: OrderDecisionView::of_cancellation(&tail.cancellation),
            }),
            access: view.access.as_ref().map(OrderAccessView::of),
            periods: view.periods.as_ref().map(|it| periods(it, view)),
            take_ups: view
                .take_ups
                .as_ref()
                .map(|all| all.iter().map(|it| TakeUpShown::of(view, it)).collect()),
        }
    }
}

/// By profession and licence (DO-1).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderIssuer)]
pub struct OrderIssuerView {
    pub profession: IssuerProfession,
    #[schema(example = "3900433")]
    pub licence_number: String,
}

impl OrderIssuerView {
    fn of(it: &ByLicence) -> Self {
        Self { profession: it.profession.into(), licence_number: it.licence_number.as_str().to_owned() }
    }
}

/// The signature under the content as it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderIssue)]
pub struct OrderIssueView {
    pub signature: SignedView,
    /// Whether an authorised assistant signed in the issuer's name (DO-7).
    pub by_assistant: bool,
    pub content_version: i32,
    /// Warsaw date.
    pub issued_on: NaiveDate,
}

impl OrderIssueView {
    fn of(it: &Issue) -> Self {
        Self {
            signature: SignedView::attested(&it.signed),
            by_assistant: matches!(it.signed_by, Signatory::Authorised { .. }),
            content_version: it.content_version,
            issued_on: it.issued_on,
        }
    }
}

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
    fn of(it: &VerificationView) -> Self {
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

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConfirmedRight)]
pub struct ConfirmedRightView {
    /// `true` where the payer's register confirmed it; otherwise what the patient brought stands in (DO-28).
    pub confirmed: bool,
    /// Number of the register's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "L1712M01200000001")]
    pub operation: Option<String>,
}

impl ConfirmedRightView {
    pub(super) fn of(it: &Right) -> Self {
        match it {
            Right::Confirmed { operation } => {
                Self { confirmed: true, operation: Some(operation.as_str().to_owned()) }
            }
            Right::Proved => Self { confirmed: false, operation: None },
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
    pub(super) fn of(it: &ConfirmedLine) -> Self {
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
pub(super) fn problem_of(code: &str) -> Option<&'static ProblemType> {
    let lists = [refusals::PROBLEMS, device_group::refusals::PROBLEMS];
    lists.concat().into_iter().find(|problem| problem.code == code)
}

impl VerificationFindingView {
    pub(super) fn of(it: &Finding) -> Self {
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
    pub(super) fn of_violation(it: &Violation) -> Self {
        Self {
            pointer: it.pointer.clone(),
            code: it.problem.code,
            detail: SaidView::of(it.problem.says),
            fix: SaidView::of(it.problem.fix),
        }
    }
}

/// Why; by an officer of the payer, or by the issuing entity.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderDecision)]
pub struct OrderDecisionView {
    pub reason: String,
    /// The officer of the payer; absent where the issuing entity did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<OfficerView>,
    pub at: DateTime<Utc>,
}

impl OrderDecisionView {
    pub(super) fn made(reason: &Text<500>, by: Option<&Officer>, at: DateTime<Utc>) -> Self {
        Self { reason: reason.as_str().to_owned(), by: by.map(OfficerView::of), at }
    }

    fn of_acceptance(it: &Acceptance) -> Self {
        Self { reason: it.reason.as_str().to_owned(), by: Some(OfficerView::of(&it.by)), at: it.at }
    }

    fn of_cancellation(it: &Cancellation) -> Self {
        Self { reason: it.reason.as_str().to_owned(), by: it.by.as_ref().map(OfficerView::of), at: it.at }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderTail)]
pub struct OrderTailView {
    /// The first month that is no longer to be had.
    #[schema(example = "2027-03")]
    pub from: String,
    pub cancellation: OrderDecisionView,
}

/// What opens the order to a provider (DO-15, DO-17).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderAccess)]
pub struct OrderAccessView {
    /// Only of a patient with a PESEL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9]{4}$", example = "0427")]
    pub code: Option<String>,
    /// Without a code an information print has to be handed out.
    pub information_print_obligatory: bool,
}

impl OrderAccessView {
    pub(super) fn of(it: &AccessView) -> Self {
        Self {
            code: it.code.as_ref().map(|code| code.reveal().to_owned()),
            information_print_obligatory: it.print_is_obligatory,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderPeriod)]
pub struct OrderPeriodView {
    /// Absent of a one-off order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2026-12")]
    pub month: Option<String>,
    pub state: PeriodStateView,
    /// The payer's letter; a month that has elapsed has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "B")]
    pub nfz_status: Option<String>,
    /// The last day on which it can be taken up or goods issued of it.
    pub last_day: NaiveDate,
    /// The last day of the hold that somebody has on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub held_until: Option<NaiveDate>,
    /// Who has it, where the caller sees the take-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub take_up_id: Option<Uuid>,
}

fn periods(it: &Periods, view: &DeviceOrderView) -> Vec<OrderPeriodView> {
    let is_seen = |id: &TakeUpId| view.take_ups.iter().flatten().any(|take_up| take_up.id == *id);
    let shown = |month: Option<String>, state: PeriodState, last_day| OrderPeriodView {
        month,
        state: state.into(),
        nfz_status: state.nfz_letter().map(String::from),
        last_day,
        held_until: state.take_up().and_then(|id| view.holds.get(&id).copied()),
        take_up_id: state.take_up().filter(is_seen).map(|id| id.0),
    };
    match it {
        Periods::OneOff { last_day, state } => vec![shown(None, *state, *last_day)],
        Periods::Monthly { periods } => periods
            .iter()
            .map(|it| shown(Some(it.month.to_string()), it.state, it.month.last_day()))
            .collect(),
    }
}

impl From<PeriodState> for PeriodStateView {
    fn from(state: PeriodState) -> Self {
        match state {
            PeriodState::Available => Self::Available,
            PeriodState::Verifying { .. } => Self::Verifying,
            PeriodState::Reserved { .. } => Self::Reserved,
            PeriodState::Confirming { .. } => Self::Confirming,
            PeriodState::Realised { .. } => Self::Realised,
            PeriodState::Lost => Self::Lost,
            PeriodState::Cancelled => Self::Cancelled,
        }
    }
}
