//! A demand as one party sees it: what a group hides is not in the view at all.

mod content;

use super::access::terms;
use crate::Parts;
use crate::authorize::Relation;
use crate::clarification::{self, ClarificationView};
use crate::failure::Failure;
use crate::signature::DocumentToSign;
use crate::visibility::{Group, group_of_step, sees, sees_clock, sees_question, sees_wait};
use chrono::{DateTime, NaiveDate, Utc};
use content::visible_content;
use domain::demand::clarification::Addressee;
use domain::demand::clocks::{ClockKind, RunningClock};
use domain::demand::content::{Content, Ground};
use domain::demand::events::{ExpiryReason, ReturnReason};
use domain::demand::ledger::{Ledger, Realisation, RealisationKind};
use domain::demand::lifecycle::{DraftReturned, Expired, State, StateName};
use domain::demand::model::{
    Attested, Consultant, Demand, DemandKind, Digest, Handover, HandoverReturn, Officer, Party,
    PhysicianTakeover, Resolution, ResolutionDraft, Revocation, RevocationDraft, TakenOver, Verdict,
};
use domain::demand::paper::Paper;
use domain::demand::payload;
use domain::demand::treated::TreatedList;
use domain::ids::{DemandId, OrganisationId};
use domain::pending::{PendingStep, RefusedStep};
use domain::values::{DemandNumber, Text};
use store::Tx;
use store::ledger::Account;

#[derive(Clone, Debug, PartialEq)]
pub struct DemandView {
    pub relation: Relation,
    pub id: DemandId,
    pub kind: DemandKind,
    pub number: DemandNumber,
    pub state: StateName,
    pub ground: Ground,
    pub revision: i64,
    pub content_version: i32,
    pub entity: OrganisationId,
    pub client_reference: Option<String>,
    pub based_on: Option<DemandId>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub first_issued_on: Option<NaiveDate>,
    pub issued_on: Option<NaiveDate>,
    pub clocks: Vec<RunningClock>,
    /// A signature that awaits validation outside.
    pub pending: Option<PendingStep>,
    /// Signed steps whose wait an officer ended.
    pub refused_steps: Vec<RefusedStep>,
    /// Members that this party does not see are left out.
    pub content: Content,
    pub examination: Option<ExaminationView>,
    /// How it came on paper.
    pub paper: Option<Paper>,
    /// Questions of the minister that this party may see, the open one last.
    pub clarifications: Vec<ClarificationView<Addressee>>,
    pub ministry_file: Option<MinistryFileView>,
    pub ruling: Option<RulingView>,
    pub revocation: Option<RevocationView>,
    pub withdrawal: Option<WithdrawalView>,
    /// Why another physician of the entity has it; the reason may tell something of the first.
    pub taken_over: Option<PhysicianTakeover>,
    pub expiry: Option<ExpiryReason>,
    pub expired_at: Option<DateTime<Utc>>,
    /// The pharmacy that will receive the product, once it was passed on.
    pub receiving_pharmacy: Option<Party>,
    pub handover: Option<Handover>,
    /// Why the last hand-over was taken back, while none holds.
    pub handover_returned: Option<HandoverReturn>,
    pub ledger: Option<LedgerView>,
    /// How far the list of treated patients is; nothing of a patient.
    pub treated: Option<TreatedList>,
}

/// Who signed and what the consultant said.
#[derive(Clone, Debug, PartialEq)]
pub struct ExaminationView {
    pub issue: Option<Attested>,
    pub representative_approval: Option<Attested>,
    pub consultant: Option<Consultant>,
    pub opinion: Option<OpinionView>,
    pub returned: Option<ReturnedView>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OpinionView {
    pub verdict: Verdict,
    pub justification: Option<Text<8000>>,
    pub signed: Attested,
    pub given_at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ReturnedView {
    pub reason: ReturnReason,
    pub text: Option<Text<8000>>,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MinistryFileView {
    pub assigned: Option<Officer>,
    pub draft: Option<DraftView>,
    pub draft_returned: Option<DraftReturned>,
    pub taken_over: Option<TakenOver>,
    pub revocation_draft: Option<RevocationDraftView>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DraftView {
    pub draft: ResolutionDraft,
    /// SHA-256 of the bytes that the decider signs.
    pub sha256: Digest,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RevocationDraftView {
    pub draft: RevocationDraft,
    pub sha256: Digest,
}

/// The signed resolution; grounds only for those who see them.
#[derive(Clone, Debug, PartialEq)]
pub struct RulingView {
    pub resolution: Resolution,
    /// The last day on which it can be passed to a wholesaler; approvals only.
    pub valid_until: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RevocationView {
    pub revoked_at: DateTime<Utc>,
    pub revocation: Option<Revocation>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct WithdrawalView {
    pub at: DateTime<Utc>,
    pub reason: Option<Text<2000>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LedgerView {
    pub sums: Ledger,
    pub entries: Vec<Realisation>,
}

/// Builds the view of one party; entries of the ledger are read where the party sees them.
pub(crate) fn build(
    tx: &mut Tx<'_>,
    parts: &Parts,
    relation: Relation,
    demand: &Demand,
    now: DateTime<Utc>,
) -> Result<DemandView, Failure> {
    let shows = |group| sees(relation, group);
    let ledger = match demand.state.ledger() {
        Some(sums) if shows(Group::Ledger) => {
            let mut entries = store::ledger::list(tx, Account::Demand(demand.id))?;
            if relation == Relation::HoldingWholesaler {
                entries.retain(|entry| !is_of_a_former_holder(demand, entry));
            }
            Some(LedgerView { sums: sums.clone(), entries })
        }
        Some(_) | None => None,
    };
    Ok(DemandView {
        relation,
        id: demand.id,
        kind: demand.content.kind(),
        number: demand.number.clone(),
        state: demand.state.name(),
        ground: demand.content.ground(),
        revision: demand.revision,
        content_version: demand.content_version,
        entity: demand.entity,
        client_reference: demand
            .client_reference
            .as_ref()
            .filter(|_| shows(Group::ClientReference))
            .map(|reference| reference.as_str().to_owned()),
        based_on: demand.based_on.filter(|_| shows(Group::ClientReference)),
        created_at: demand.created_at,
        changed_at: demand.changed_at,
        first_issued_on: demand.first_issued_on,
        issued_on: demand.state.issue().map(|issue| issue.issued_on),
        clocks: clocks(tx, parts, relation, demand, now)?,
        pending: demand.pending.clone().filter(|pending| sees_wait(relation, pending.step)),
        refused_steps: refused_steps(relation, demand),
        content: visible_content(relation, &demand.content),
        examination: shows(Group::Examination).then(|| examination(&demand.state)),
        paper: paper(relation, demand),
        clarifications: clarification::visible(demand, |addressee| sees_question(relation, addressee)),
        ministry_file: if shows(Group::MinistryFile) { Some(ministry_file(demand)?) } else { None },
        ruling: if shows(Group::Ruling) { ruling(relation, demand) } else { None },
        revocation: revocation(relation, &demand.state),
        withdrawal: withdrawal(relation, &demand.state),
        taken_over: demand.taken_over.clone().filter(|_| shows(Group::Grounds)),
        expiry: match &demand.state {
            State::Expired(expired) => Some(Expired::reason(expired)),
            _ => None,
        },
        expired_at: match &demand.state {
            State::Expired(expired) => Some(expired.at()),
            _ => None,
        },
        receiving_pharmacy: demand
            .state
            .handover()
            .filter(|_| shows(Group::Receiver))
            .map(|handover| handover.pharmacy.clone()),
        handover: demand.state.handover().filter(|_| shows(Group::Handover)).cloned(),
        handover_returned: handover_returned(relation, &demand.state),
        ledger,
        treated: demand
            .treated
            .clone()
            .filter(|_| shows(Group::TreatedPatients) && relation != Relation::Patient),
    })
}

/// The terms that this party may know of.
fn clocks(
    tx: &mut Tx<'_>,
    parts: &Parts,
    relation: Relation,
    demand: &Demand,
    now: DateTime<Utc>,
) -> Result<Vec<RunningClock>, Failure> {
    let mut clocks = terms(tx, parts, demand, now)?;
    clocks.retain(|clock| sees_clock(relation, clock.kind));
    Ok(clocks)
}

/// How it came on paper; what that was entered as before is the ministry's to know.
fn paper(relation: Relation, demand: &Demand) -> Option<Paper> {
    let paper = demand.paper.clone().filter(|_| sees(relation, Group::Examination))?;
    let formerly = paper.formerly.filter(|_| relation.is_of_the_ministry());
    Some(Paper { formerly, ..paper })
}

/// That a step was refused is read by those who see its group.
fn refused_steps(relation: Relation, demand: &Demand) -> Vec<RefusedStep> {
    let shown = |refused: &&RefusedStep| sees(relation, group_of_step(refused.step));
    demand.refused_steps.iter().filter(shown).cloned().collect()
}

/// What another wholesaler recorded, and reversed before the hand-over was taken back, is not the next one's affair.
fn is_of_a_former_holder(demand: &Demand, entry: &Realisation) -> bool {
    let holder = demand.state.handover().map(|handover| handover.wholesaler.id);
    entry.kind == RealisationKind::Imported && Some(entry.recorded_by) != holder
}

fn examination(state: &State) -> ExaminationView {
    let returned = state.returned().map(|returned| ReturnedView {
        reason: returned.reason,
        text: returned.text.clone(),
        at: returned.at,
    });
    ExaminationView {
        issue: state.issue().map(|issue| issue.signed.clone()),
        representative_approval: state.approval().cloned(),
        consultant: state.consultant().cloned(),
        opinion: state.examined().map(|examined| OpinionView {
            verdict: Verdict::Confirmed,
            justification: examined.opinion.justification.clone(),
            signed: examined.opinion.signed.clone(),
            given_at: examined.opinion.given_at,
        }),
        returned,
    }
}

fn ministry_file(demand: &Demand) -> Result<MinistryFileView, Failure> {
    let draft = match demand.state.resolution_draft() {
        Some(draft) => {
            Some(DraftView { draft: draft.clone(), sha256: resolution_document(demand, draft)?.digest() })
        }
        None => None,
    };
    let revocation_draft = match domain::demand::revocation::draft_of(demand) {
        Some(draft) => {
            Some(RevocationDraftView { draft: draft.clone(), sha256: revocation_digest(demand, draft)? })
        }
        None => None,
    };
    Ok(MinistryFileView {
        assigned: demand.state.assigned().cloned(),
        draft,
        draft_returned: match &demand.state {
            State::WithMinister(held) => held.draft_returned.clone(),
            State::Clarification(open) => open.held.draft_returned.clone(),
            _ => None,
        },
        taken_over: match &demand.state {
            State::WithMinister(held) => held.taken_over.clone(),
            State::Clarification(open) => open.held.taken_over.clone(),
            State::ResolutionPrepared(prepared) => prepared.taken_over.clone(),
            _ => None,
        },
        revocation_draft,
    })
}

/// The bytes that the decider signs.
pub(crate) fn resolution_document(
    demand: &Demand,
    draft: &ResolutionDraft,
) -> Result<DocumentToSign, Failure> {
    let issue = demand.state.issue().ok_or_else(|| Failure::Bug("a resolution without an issue".into()))?;
    DocumentToSign::of(&payload::resolution(demand, issue.signed.payload_sha256(), draft))
}

/// The digest under which a decider names the revocation draft that they saw.
pub(crate) fn revocation_digest(demand: &Demand, draft: &RevocationDraft) -> Result<Digest, Failure> {
    let said = serde_json::json!({
        "type": "revocation", "id": demand.id, "number": demand.number, "grounds": draft.grounds,
        "legalBasis": draft.legal_basis,
    });
    Ok(DocumentToSign::of(&said)?.digest())
}

/// The last day for passing an approval to a wholesaler (PF art. 4ad(7)).
pub(crate) fn valid_until(resolved_on: NaiveDate) -> NaiveDate {
    ClockKind::Handover.term().last_day(resolved_on)
}

fn ruling(relation: Relation, demand: &Demand) -> Option<RulingView> {
    let mut resolution = demand.state.resolution()?.clone();
    let approved = demand.state.approved().is_some();
    if !sees(relation, Group::Grounds) {
        resolution.draft.grounds = None;
    }
    let valid_until = approved.then(|| valid_until(resolution.resolved_on));
    Some(RulingView { resolution, valid_until })
}

fn revocation(relation: Relation, state: &State) -> Option<RevocationView> {
    let State::Revoked(revoked) = state else { return None };
    let revocation = sees(relation, Group::Grounds).then(|| revoked.revocation.clone());
    Some(RevocationView { revoked_at: revoked.revocation.revoked_at, revocation })
}

fn handover_returned(relation: Relation, state: &State) -> Option<HandoverReturn> {
    let State::Approved(approved) = state else { return None };
    approved.handover_returned.clone().filter(|_| sees(relation, Group::Handover))
}

fn withdrawal(relation: Relation, state: &State) -> Option<WithdrawalView> {
    let State::Withdrawn(withdrawn) = state else { return None };
    let reason = sees(relation, Group::Grounds).then(|| withdrawn.reason.clone());
    Some(WithdrawalView { at: withdrawn.at, reason })
}
