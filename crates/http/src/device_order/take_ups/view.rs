//! A take-up as its provider, the patient, the issuer and officers of the payer are shown it.

use super::choices::{EntitlementChoiceKind, TakeUpStateView};
use super::realised::{RealisationView, WithdrawnRealisationView};
use crate::device_order::choices::LimitChangeReason;
use crate::device_order::content::{AdditionalEntitlement, RightProof, shown};
use crate::device_order::examples;
use crate::device_order::release::ReleaseRequestView;
use crate::device_order::view::{
    ConfirmedLineView, ConfirmedRightView, OrderDecisionView, VerificationFindingView,
};
use app::device_order::DeviceOrderView;
use app::device_order::view::TakeUpView;
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::model::{EntitlementChoice, LimitChange, Months, Provider, TakeUp, TakeUpState};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A provider's exclusive hold on months of an order, or on the whole of a one-off one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TakeUp, example = examples::take_up)]
pub struct TakeUpShown {
    id: Uuid,
    order_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T5-3K7M9QXT-22A4CDEF")]
    order_number: Option<String>,
    state: TakeUpStateView,
    provider: TakeUpProviderView,
    /// Absent of a one-off order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    months: Option<TakeUpMonthsView>,
    taken_at: DateTime<Utc>,
    /// The last day on which the goods may be issued before the hold ends by itself.
    held_until: NaiveDate,
    /// The last day on which goods that were issued in time may be confirmed; after it the months are free again.
    confirmed_until: NaiveDate,
    entitlement: EntitlementChoiceView,
    /// What the patient brought to the counter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    right: Option<RightProof>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pregnant: Option<bool>,
    /// How the right to benefits is known, once the payer has looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    confirmed_right: Option<ConfirmedRightView>,
    /// Frozen when it was verified: what the list says later changes nothing (DO-61).
    lines: Vec<ConfirmedLineView>,
    /// Why the limits are others than those of the order's verification.
    limit_changes: Vec<LimitChangeView>,
    /// Why it was refused.
    problems: Vec<VerificationFindingView>,
    /// Who asked the provider to give it back, oldest first.
    release_requests: Vec<ReleaseRequestView>,
    /// Why it was given back, and by which officer, where one released it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    withdrawal: Option<OrderDecisionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    lapsed_at: Option<DateTime<Utc>>,
    /// What was issued, once it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    realisation: Option<RealisationView>,
    /// Confirmations that were taken back, oldest first.
    withdrawn_realisations: Vec<WithdrawnRealisationView>,
}

impl TakeUpShown {
    pub(in crate::device_order) fn of(view: &DeviceOrderView, seen: &TakeUpView) -> Self {
        let it = &seen.take_up;
        let problems = match &it.state {
            TakeUpState::Refused { findings, .. } => findings.as_slice(),
            _ => &[],
        };
        Self {
            id: it.id.0,
            order_id: view.id.0,
            order_number: view.number.as_ref().map(|number| number.as_str().to_owned()),
            state: (&it.state).into(),
            provider: TakeUpProviderView::of(&it.provider),
            months: it.months.map(TakeUpMonthsView::of),
            taken_at: it.taken_at,
            held_until: it.held_until,
            confirmed_until: it.confirmed_until(),
            entitlement: EntitlementChoiceView::of(&it.entitlement, seen.shows_entitlement),
            right: it.proof.as_ref().map(shown::right),
            pregnant: it.pregnant,
            confirmed_right: it.right.as_ref().map(ConfirmedRightView::of),
            lines: it.lines.iter().map(ConfirmedLineView::of).collect(),
            limit_changes: LimitChangeView::all(it),
            problems: problems.iter().map(VerificationFindingView::of).collect(),
            release_requests: it.release_requests.iter().map(ReleaseRequestView::of).collect(),
            withdrawal: withdrawal(&it.state),
            lapsed_at: lapsed_at(&it.state),
            realisation: RealisationView::of(seen),
            withdrawn_realisations: it.withdrawn.iter().map(WithdrawnRealisationView::of).collect(),
        }
    }
}

fn withdrawal(state: &TakeUpState) -> Option<OrderDecisionView> {
    match state {
        TakeUpState::Withdrawn { reason, by, at } => Some(OrderDecisionView::made(reason, by.as_ref(), *at)),
        TakeUpState::Verifying
        | TakeUpState::Refused { .. }
        | TakeUpState::Held
        | TakeUpState::Realised { .. }
        | TakeUpState::Lapsed { .. } => None,
    }
}

fn lapsed_at(state: &TakeUpState) -> Option<DateTime<Utc>> {
    match state {
        TakeUpState::Lapsed { at } => Some(*at),
        TakeUpState::Verifying
        | TakeUpState::Refused { .. }
        | TakeUpState::Held
        | TakeUpState::Realised { .. }
        | TakeUpState::Withdrawn { .. } => None,
    }
}

/// Who supplies, under whose contract (DO-35).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TakeUpProvider)]
pub(crate) struct TakeUpProviderView {
    organisation_id: Uuid,
    name: String,
    contract: String,
    place: String,
    /// The contract's holder, where a subcontractor acts under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    acts_for: Option<Uuid>,
}

impl TakeUpProviderView {
    fn of(it: &Provider) -> Self {
        Self {
            organisation_id: it.id.0,
            name: it.name.as_str().to_owned(),
            contract: it.contract.as_str().to_owned(),
            place: it.place.as_str().to_owned(),
            acts_for: it.acts_for.map(|holder| holder.0),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TakeUpMonths)]
pub(crate) struct TakeUpMonthsView {
    #[schema(example = "2030-01")]
    from: String,
    #[schema(example = 2)]
    count: u32,
}

impl TakeUpMonthsView {
    pub(super) fn of(months: Months) -> Self {
        Self { from: months.from.to_string(), count: months.count }
    }
}

/// What became of the order's additional entitlement (DO-39).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EntitlementChoice)]
pub(crate) struct EntitlementChoiceView {
    kind: EntitlementChoiceKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    entitlement: Option<AdditionalEntitlement>,
}

impl EntitlementChoiceView {
    /// Whoever sees no entitlement of the patient is told the kind of the choice alone.
    fn of(it: &EntitlementChoice, is_shown: bool) -> Self {
        match it {
            EntitlementChoice::Keep => Self { kind: EntitlementChoiceKind::Keep, entitlement: None },
            EntitlementChoice::Remove => Self { kind: EntitlementChoiceKind::Remove, entitlement: None },
            EntitlementChoice::Set { entitlement } => Self {
                kind: EntitlementChoiceKind::Set,
                entitlement: is_shown.then(|| shown::additional_entitlement(entitlement)),
            },
        }
    }
}

/// One reason why limits changed, with the payer's letter.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LimitChange)]
pub(crate) struct LimitChangeView {
    reason: LimitChangeReason,
    #[schema(min_length = 1, max_length = 1, example = "W")]
    nfz_letter: String,
    /// What `OTHER` means here.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    description: Option<String>,
}

impl LimitChangeView {
    fn all(it: &TakeUp) -> Vec<Self> {
        let words = |change: LimitChange| {
            let is_other = change == LimitChange::Other;
            it.other_change.as_ref().filter(|_| is_other).map(|words| words.as_str().to_owned())
        };
        let view = |change: &LimitChange| Self {
            reason: (*change).into(),
            nfz_letter: change.nfz_letter().to_string(),
            description: words(*change),
        };
        it.changes.iter().map(view).collect()
    }
}
