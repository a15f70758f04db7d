//! A repair order as one party sees it: what a group hides is not in the view at all.

use super::access::Relation;
use super::visibility::{Group, sees};
use crate::caller::Caller;
use crate::device_order::view::HeldView;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::end_of_day_warsaw;
use domain::device_order::clocks::RunningClock;
use domain::device_order::content::{Patient, Place, Prescriber};
use domain::device_order::lifecycle::Cancellation;
use domain::device_order::model::{Receiver, Right};
use domain::device_order::pending::{PendingStep, RefusedStep};
use domain::device_order::release::Party;
use domain::device_order::verification::Finding;
use domain::device_repair_order::model::{GivenBack, Hold, Issue, Issuer, Repair, RepairTerms};
use domain::device_repair_order::{Content, RepairOrder, State, StateName, clocks};
use domain::ids::{OrganisationId, RepairOrderId};
use domain::values::DeviceOrderNumber;

#[derive(Clone, Debug, PartialEq)]
pub struct RepairOrderView {
    pub relation: Relation,
    pub id: RepairOrderId,
    pub number: Option<DeviceOrderNumber>,
    pub state: StateName,
    pub revision: i64,
    pub content_version: i32,
    pub entity: OrganisationId,
    pub issuer: Option<Issuer>,
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub clocks: Vec<RunningClock>,
    /// Members that this party does not see are left out.
    pub content: Content,
    pub issue: Option<Issue>,
    /// Its signature awaits validation outside.
    pub pending: Option<PendingStep>,
    /// Steps whose wait was ended, oldest first.
    pub refused_steps: Vec<RefusedStep>,
    pub verification: Option<RepairVerificationView>,
    /// The last day on which it can be taken up.
    pub last_day: Option<NaiveDate>,
    pub cancellation: Option<Cancellation>,
    /// Who holds it, as others are told.
    pub held_by: Option<HeldView>,
    /// Who has it; a provider sees its own.
    pub hold: Option<Hold>,
    pub repair: Option<RepairView>,
    /// A provider sees its own.
    pub given_back: Vec<GivenBack>,
}

/// What the payer found.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairVerificationView {
    pub is_positive: bool,
    pub verified_at: DateTime<Utc>,
    pub right: Option<Right>,
    pub terms: Option<RepairTerms>,
    pub findings: Vec<Finding>,
    pub warnings: Vec<Finding>,
}

/// What was repaired; not everybody is told who took the device.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairView {
    pub repair: Repair,
    pub received_by: Option<Receiver>,
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

    fn held(self, hold: &Hold) -> HeldView {
        let party = match self.relation {
            Relation::Patient => Some(Party::Patient),
            Relation::Provider => self.organisation.map(Party::Provider),
            Relation::Prescriber
            | Relation::Assistant
            | Relation::Branch
            | Relation::NfzStaff
            | Relation::NfzOfficer
            | Relation::FormerProvider => None,
        };
        let until = (hold.held_until, end_of_day_warsaw(hold.confirmed_until()));
        HeldView::of(&hold.provider, until, &hold.release_requests, party)
    }

    /// A provider is shown nothing of another.
    fn sees_of(self, provider: OrganisationId) -> bool {
        !self.relation.is_provider() || self.organisation == Some(provider)
    }
}

/// Builds the view of one party.
pub(super) fn build(viewer: Viewer, order: &RepairOrder) -> RepairOrderView {
    let relation = viewer.relation;
    let shows = |group| sees(relation, group);
    let confirmed = order.state.confirmed();
    let hold = order.state.hold().filter(|hold| shows(Group::Hold) && viewer.sees_of(hold.provider.id));
    let repair =
        order.state.repair().filter(|it| shows(Group::Repair) && viewer.sees_of(it.hold.provider.id));
    let reference = order.client_reference.as_ref().filter(|_| shows(Group::ClientReference));
    RepairOrderView {
        relation,
        id: order.id,
        number: order.number.clone(),
        state: order.state.name(),
        revision: order.revision,
        content_version: order.content_version,
        entity: order.entity,
        issuer: Some(order.issuer.clone()).filter(|_| shows(Group::Prescriber)),
        client_reference: reference.map(|reference| reference.as_str().to_owned()),
        created_at: order.created_at,
        changed_at: order.changed_at,
        clocks: clocks::running(order),
        content: visible_content(relation, &order.content),
        issue: order.state.issue().cloned().filter(|_| shows(Group::Issue)),
        pending: order.pending.clone().filter(|_| shows(Group::Issue)),
        refused_steps: order.refused_steps.iter().filter(|_| shows(Group::Issue)).cloned().collect(),
        verification: verification(&order.state).filter(|_| shows(Group::Verification)),
        last_day: confirmed.map(|it| it.last_day),
        cancellation: cancellation(&order.state).filter(|_| shows(Group::Decisions)),
        held_by: held(&order.state).filter(|_| shows(Group::Head)).map(|hold| viewer.held(hold)),
        hold: hold.cloned(),
        repair: repair.map(|it| RepairView {
            repair: it.clone(),
            received_by: Some(it.receipt.by.clone()).filter(|_| shows(Group::Receiver)),
        }),
        given_back: confirmed.filter(|_| shows(Group::Hold)).map_or_else(Vec::new, |it| {
            let seen = it.given_back.iter().filter(|back| viewer.sees_of(back.provider)).cloned();
            seen.map(|back| GivenBack { amounts: back.amounts.filter(|_| shows(Group::Repair)), ..back })
                .collect()
        }),
    }
}

/// The hold of a repair that was not given out yet.
fn held(state: &State) -> Option<&Hold> {
    match state {
        State::Held(held) => Some(&held.hold),
        _ => None,
    }
}

/// The content without what this party does not see.
pub(super) fn visible_content(relation: Relation, content: &Content) -> Content {
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
        content.right = None;
        content.additional_entitlement = None;
    }
    if !sees(relation, Group::Device) {
        content.device = None;
    }
    if !sees(relation, Group::Original) {
        content.original = None;
    }
    if !sees(relation, Group::Grounds) {
        content.justification = None;
    }
    content
}

fn verification(state: &State) -> Option<RepairVerificationView> {
    match state {
        State::Negative(negative) => Some(RepairVerificationView {
            is_positive: false,
            verified_at: negative.verified_at,
            right: None,
            terms: None,
            findings: negative.findings.clone(),
            warnings: negative.warnings.clone(),
        }),
        State::Cancelled(cancelled) => verification(&cancelled.was),
        _ => state.confirmed().map(|it| RepairVerificationView {
            is_positive: true,
            verified_at: it.confirmation.verified_at,
            right: Some(it.confirmation.right.clone()),
            terms: Some(it.confirmation.terms),
            findings: Vec::new(),
            warnings: it.confirmation.warnings.clone(),
        }),
    }
}

fn cancellation(state: &State) -> Option<Cancellation> {
    match state {
        State::Cancelled(cancelled) => Some(cancelled.cancellation.clone()),
        _ => None,
    }
}
