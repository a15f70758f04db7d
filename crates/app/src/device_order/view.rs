//! An order as one party sees it: what a group hides is not in the view at all.

use super::access::Relation;
use super::visibility::{Group, sees};
use crate::caller::Caller;
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::access::print_is_obligatory;
use domain::device_order::clocks::{self, RunningClock};
use domain::device_order::content::{Content, Grounds, OrderedSupply, Patient, Place, Prescriber};
use domain::device_order::lifecycle::{Cancellation, Confirmed, Periods, State, StateName, TailCancelled};
use domain::device_order::model::{
    Acceptance, ByLicence, ConfirmedLine, Issue, Provider, Receiver, Right, TakeUp, TakeUpState,
};
use domain::device_order::pending::{PendingStep, RefusedStep};
use domain::device_order::release::{Party, ReleaseRequest, requested_by};
use domain::device_order::verification::{Finding, is_about_others};
use domain::device_order::{Content as Whole, DeviceOrder};
use domain::ids::{DeviceOrderId, OrganisationId, TakeUpId};
use domain::values::{AccessCode, DeviceOrderNumber, Text};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, PartialEq)]
pub struct DeviceOrderView {
    pub relation: Relation,
    pub id: DeviceOrderId,
    pub number: Option<DeviceOrderNumber>,
    pub state: StateName,
    pub revision: i64,
    pub content_version: i32,
    pub entity: OrganisationId,
    pub prescriber: Option<ByLicence>,
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// The present of the order's space: months elapse without a revision.
    pub seen_at: DateTime<Utc>,
    pub clocks: Vec<RunningClock>,
    /// Members that this party does not see are left out.
    pub content: Content,
    pub issue: Option<Issue>,
    /// Its signature awaits validation outside.
    pub pending: Option<PendingStep>,
    /// Steps whose wait was ended.
    pub refused_steps: Vec<RefusedStep>,
    pub verification: Option<VerificationView>,
    pub acceptance: Option<Acceptance>,
    pub cancellation: Option<Cancellation>,
    pub tail: Option<TailCancelled>,
    pub access: Option<AccessView>,
    pub periods: Option<Periods>,
    /// Who has what, and until when, as others are told.
    pub holds: BTreeMap<TakeUpId, HeldView>,
    /// Whose months these are, as far as this party may name them.
    pub named: BTreeSet<TakeUpId>,
    /// A provider sees its own.
    pub take_ups: Option<Vec<TakeUpView>>,
    /// The take-up that was asked about.
    pub asked_about: Option<TakeUpId>,
}

impl DeviceOrderView {
    /// The take-up that was asked about, where this party sees it.
    pub fn take_up(&self) -> Option<&TakeUpView> {
        self.take_ups.iter().flatten().find(|it| Some(it.take_up.id) == self.asked_about)
    }
}

/// A hold as everybody is told of it who sees the months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldView {
    pub provider: OrganisationId,
    pub name: Text<300>,
    /// The last day on which goods can be issued of it.
    pub held_until: NaiveDate,
    /// When it is free again by itself: goods that were issued in time may be confirmed until then.
    pub free_from: DateTime<Utc>,
    /// When this party asked for its release.
    pub release_requested_at: Option<DateTime<Utc>>,
}

impl HeldView {
    /// `party` is whoever looks, where it may ask for a release.
    pub(crate) fn of(
        provider: &Provider,
        (held_until, free_from): (NaiveDate, DateTime<Utc>),
        requests: &[ReleaseRequest],
        party: Option<Party>,
    ) -> Self {
        let release_requested_at = party.and_then(|party| requested_by(requests, party));
        let Provider { id: provider, name, .. } = provider.clone();
        Self { provider, name, held_until, free_from, release_requested_at }
    }
}

/// A take-up, its receipt apart: not everybody is told who took the goods.
#[derive(Clone, Debug, PartialEq)]
pub struct TakeUpView {
    /// Without the receipt.
    pub take_up: TakeUp,
    /// Whether what the counter said of the patient's entitlement is shown.
    pub shows_entitlement: bool,
    pub receipt: Option<ReceiptView>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ReceiptView {
    pub received_on: NaiveDate,
    pub by: Option<Receiver>,
}

impl TakeUpView {
    fn of(take_up: &TakeUp, relation: Relation) -> Self {
        let mut take_up = take_up.clone();
        let shows_entitlement = sees(relation, Group::Entitlement);
        if !shows_entitlement {
            (take_up.proof, take_up.pregnant, take_up.right) = (None, None, None);
            // Limits, and why they are others, tell of age, entitlement and pregnancy.
            (take_up.lines, take_up.changes, take_up.other_change) = (Vec::new(), Vec::new(), None);
            if let TakeUpState::Refused { findings, .. } = &mut take_up.state {
                findings.retain(|finding| !is_about_others(finding));
            }
        }
        let receipt = match &mut take_up.state {
            TakeUpState::Realised { realisation } => realisation.receipt.take(),
            TakeUpState::Verifying
            | TakeUpState::Refused { .. }
            | TakeUpState::Held
            | TakeUpState::Withdrawn { .. }
            | TakeUpState::Lapsed { .. } => None,
        };
        let receipt = receipt.map(|it| ReceiptView {
            received_on: it.received_on,
            by: Some(it.by).filter(|_| sees(relation, Group::Receiver)),
        });
        Self { take_up, shows_entitlement, receipt }
    }
}

/// What the payer found.
#[derive(Clone, Debug, PartialEq)]
pub struct VerificationView {
    pub is_positive: bool,
    pub verified_at: DateTime<Utc>,
    pub right: Option<Right>,
    pub lines: Vec<ConfirmedLine>,
    pub findings: Vec<Finding>,
    pub warnings: Vec<Finding>,
}

/// What opens the order to a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessView {
    pub code: Option<AccessCode>,
    pub print_is_obligatory: bool,
}

/// Who looks: what they are to the order, and for which organisation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Viewer {
    pub relation: Relation,
    pub organisation: Option<OrganisationId>,
}

impl Viewer {
    pub(super) fn of(caller: &Caller, relation: Relation) -> Self {
        Self { relation, organisation: caller.org_id() }
    }

    fn held(self, take_up: &TakeUp) -> HeldView {
        let party = match self.relation {
            Relation::Patient => Some(Party::Patient),
            Relation::Provider => self.organisation.map(Party::Provider),
            Relation::Prescriber
            | Relation::Assistant
            | Relation::NfzStaff
            | Relation::NfzOfficer
            | Relation::FormerProvider => None,
        };
        let until = (take_up.held_until, take_up.frees_at());
        HeldView::of(&take_up.provider, until, &take_up.release_requests, party)
    }

    pub(super) fn sees_take_up(self, take_up: &TakeUp) -> bool {
        !self.relation.is_provider() || self.organisation == Some(take_up.provider.id)
    }
}

/// Builds the view of one party.
pub(super) fn build(viewer: Viewer, order: &DeviceOrder, now: DateTime<Utc>) -> DeviceOrderView {
    let relation = viewer.relation;
    let shows = |group| sees(relation, group);
    let confirmed = order.state.confirmed();
    let decisions = shows(Group::Decisions);
    DeviceOrderView {
        relation,
        id: order.id,
        number: order.number.clone(),
        state: order.state.name(),
        revision: order.revision,
        content_version: order.content_version,
        entity: order.entity,
        prescriber: Some(order.prescriber.clone()).filter(|_| shows(Group::Prescriber)),
        client_reference: order
            .client_reference
            .as_ref()
            .filter(|_| shows(Group::ClientReference))
            .map(|reference| reference.as_str().to_owned()),
        created_at: order.created_at,
        changed_at: order.changed_at,
        seen_at: now,
        clocks: clocks::running(order),
        content: visible_content(relation, &order.content),
        issue: order.state.issue().cloned().filter(|_| shows(Group::Issue)),
        pending: order.pending.clone().filter(|_| shows(Group::Issue)),
        refused_steps: order.refused_steps.iter().filter(|_| shows(Group::Issue)).cloned().collect(),
        verification: seen_verification(relation, &order.state),
        acceptance: confirmed.and_then(|it| it.confirmation.accepted.clone()).filter(|_| decisions),
        cancellation: cancellation(&order.state).filter(|_| decisions),
        tail: confirmed.and_then(|it| it.tail.clone()).filter(|_| decisions),
        access: access(order).filter(|_| shows(Group::AccessData)),
        periods: confirmed.map(|it| it.periods.clone()).filter(|_| shows(Group::Periods)),
        holds: confirmed.filter(|_| shows(Group::Periods)).map(|it| holds(viewer, it)).unwrap_or_default(),
        named: confirmed.filter(|_| shows(Group::Periods)).map(|it| named(viewer, it)).unwrap_or_default(),
        take_ups: confirmed.filter(|_| shows(Group::TakeUps)).map(|it| {
            let seen = it.take_ups.iter().filter(|take_up| viewer.sees_take_up(take_up));
            seen.map(|take_up| TakeUpView::of(take_up, relation)).collect()
        }),
        asked_about: None,
    }
}

fn named(viewer: Viewer, confirmed: &Confirmed) -> BTreeSet<TakeUpId> {
    confirmed.take_ups.iter().filter(|it| viewer.sees_take_up(it)).map(|it| it.id).collect()
}

fn holds(viewer: Viewer, confirmed: &Confirmed) -> BTreeMap<TakeUpId, HeldView> {
    let held = confirmed.take_ups.iter().filter(|it| it.is_open());
    held.map(|it| (it.id, viewer.held(it))).collect()
}

/// The content without what this party does not see.
pub(super) fn visible_content(relation: Relation, content: &Whole) -> Content {
    let mut content = content.clone();
    if !sees(relation, Group::Prescriber) {
        content.place = Place::default();
        content.prescriber = Prescriber::default();
    }
    if !sees(relation, Group::Patient) {
        content.patient = Patient { address: content.patient.address, ..Patient::default() };
    }
    if !sees(relation, Group::Contact) {
        content.patient.address = None;
    }
    if !sees(relation, Group::Entitlement) {
        content.title = None;
        content.right = None;
        content.additional_entitlement = None;
    }
    if !sees(relation, Group::Device) {
        content.device = None;
        content.supply = None;
    }
    if !sees(relation, Group::Grounds) {
        content.grounds = Grounds::default();
        content.shortening = None;
    }
    // With the PESEL it would open that order.
    if !sees(relation, Group::OtherOrders)
        && let Some(OrderedSupply::Monthly { primary_order, .. }) = &mut content.supply
    {
        *primary_order = None;
    }
    content
}

/// What was found, without what it says of other orders to whoever sees none.
fn seen_verification(relation: Relation, state: &State) -> Option<VerificationView> {
    let found = verification(state).filter(|_| sees(relation, Group::Verification))?;
    if sees(relation, Group::OtherOrders) {
        return Some(found);
    }
    let own = |all: Vec<Finding>| all.into_iter().filter(|it| !is_about_others(it)).collect();
    Some(VerificationView { findings: own(found.findings), warnings: own(found.warnings), ..found })
}

fn verification(state: &State) -> Option<VerificationView> {
    match state {
        State::Negative(negative) => Some(VerificationView {
            is_positive: false,
            verified_at: negative.verified_at,
            right: None,
            lines: Vec::new(),
            findings: negative.findings.clone(),
            warnings: negative.warnings.clone(),
        }),
        State::Positive(it) | State::Realised(it) | State::Expired(it) => {
            let confirmation = &it.confirmation;
            Some(VerificationView {
                is_positive: true,
                verified_at: confirmation.verified_at,
                right: Some(confirmation.right.clone()),
                lines: confirmation.lines.clone(),
                findings: Vec::new(),
                warnings: confirmation.warnings.clone(),
            })
        }
        State::Cancelled(cancelled) => verification(&cancelled.was),
        State::Draft | State::Registered(_) | State::Verifying(_) => None,
    }
}

fn cancellation(state: &State) -> Option<Cancellation> {
    match state {
        State::Cancelled(cancelled) => Some(cancelled.cancellation.clone()),
        _ => None,
    }
}

/// While something of the order can be taken up.
pub(super) fn access(order: &DeviceOrder) -> Option<AccessView> {
    let State::Positive(confirmed) = &order.state else { return None };
    Some(AccessView {
        code: confirmed.access.code.clone(),
        print_is_obligatory: print_is_obligatory(&confirmed.access),
    })
}
