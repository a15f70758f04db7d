//! A notification as one party sees it: what a group hides is not in the view at all.

use super::access::Relation;
use super::approve_authorisation::submission_digest;
use super::elapse::terms;
use super::visibility::{Group, group_of_step, sees, sees_question, sees_wait};
use crate::Parts;
use crate::clarification::{ClarificationView, visible};
use crate::demand::view::{LedgerView, RevocationDraftView, RevocationView, WithdrawalView};
use crate::failure::Failure;
use crate::signature::DocumentToSign;
use chrono::{DateTime, Utc};
use domain::demand::lifecycle::DraftReturned;
use domain::demand::model::{Attested, Digest, Handover, Officer, RevocationDraft, TakenOver};
use domain::ids::{AuthorisationId, OrganisationId};
use domain::pending::{PendingStep, RefusedStep};
use domain::temporary_authorisation::attached::{self, AttachedFiles};
use domain::temporary_authorisation::clarification::Addressee;
use domain::temporary_authorisation::clocks::RunningClock;
use domain::temporary_authorisation::content::{Attachments, Content, Signatory, Wholesaler};
use domain::temporary_authorisation::lifecycle::{Consented, State, StateName};
use domain::temporary_authorisation::model::{Added, Resolution, ResolutionDraft, SentBack};
use domain::temporary_authorisation::paper::Paper;
use domain::temporary_authorisation::{Authorisation, payload, revocation};
use domain::values::{AuthorisationNumber, Quantity};
use store::Tx;
use store::ledger::{self, Account};
use store::sealing::DataKey;

#[derive(Clone, Debug, PartialEq)]
pub struct AuthorisationView {
    pub relation: Relation,
    pub id: AuthorisationId,
    pub number: AuthorisationNumber,
    pub state: StateName,
    pub revision: i64,
    pub content_version: i32,
    pub wholesaler: OrganisationId,
    pub adds_to: Option<AuthorisationId>,
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub clocks: Vec<RunningClock>,
    /// A step whose signature awaits validation.
    pub pending: Option<PendingStep>,
    /// Signed steps whose wait an officer ended.
    pub refused_steps: Vec<RefusedStep>,
    /// Members that this party does not see are left out.
    pub content: Content,
    /// Whether the files of the documents that the content names are there.
    pub files: Option<AttachedFiles>,
    pub examination: Option<AuthorisationExamination>,
    /// How it came on paper.
    pub paper: Option<Paper>,
    /// Questions of the minister that this party may see, the open one last.
    pub clarifications: Vec<ClarificationView<Addressee>>,
    pub ministry_file: Option<AuthorisationFile>,
    pub ruling: Option<AuthorisationRuling>,
    pub lapsed_at: Option<DateTime<Utc>>,
    pub revocation: Option<RevocationView>,
    pub withdrawal: Option<WithdrawalView>,
    pub passed_on: Option<Vec<Handover>>,
    pub ledger: Option<LedgerView>,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorisationExamination {
    pub submission: Option<Attested>,
    pub representative_approval: Option<Attested>,
    pub sent_back: Option<SentBack>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AuthorisationFile {
    pub assigned: Option<Officer>,
    /// With the SHA-256 of the bytes that the decider signs.
    pub draft: Option<(ResolutionDraft, Digest)>,
    pub draft_returned: Option<DraftReturned>,
    pub taken_over: Option<TakenOver>,
    pub revocation_draft: Option<RevocationDraftView>,
}

/// The signed resolution; grounds only for those who see them.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorisationRuling {
    pub resolution: Resolution,
    /// Everything that may be drawn, additions counted.
    pub total_quantity: Option<Quantity>,
    pub added: Vec<Added>,
}

fn is_pharmacy(relation: Relation) -> bool {
    matches!(relation, Relation::GrantedPharmacy | Relation::ReceivingPharmacy)
}

/// Builds the view of one party; entries of the ledger are read where the party sees them.
pub(super) fn build(
    tx: &mut Tx<'_>,
    parts: &Parts,
    relation: Relation,
    own: Option<OrganisationId>,
    authorisation: &Authorisation,
    key: &DataKey,
    now: DateTime<Utc>,
) -> Result<AuthorisationView, Failure> {
    let shows = |group| sees(relation, group);
    let state = &authorisation.state;
    let consented = state.consented();
    let ledger = match consented {
        Some(consented) if shows(Group::Ledger) => {
            let mut entries = ledger::list(tx, Account::Consent(authorisation.id))?;
            entries.retain(|entry| !is_pharmacy(relation) || Some(entry.recorded_by) == own);
            Some(LedgerView { sums: consented.ledger.clone(), entries })
        }
        Some(_) | None => None,
    };
    Ok(AuthorisationView {
        relation,
        id: authorisation.id,
        number: authorisation.number.clone(),
        state: state.name(),
        revision: authorisation.revision,
        content_version: authorisation.content_version,
        wholesaler: authorisation.wholesaler,
        adds_to: authorisation.adds_to,
        client_reference: authorisation
            .client_reference
            .as_ref()
            .filter(|_| shows(Group::ClientReference))
            .map(|reference| reference.as_str().to_owned()),
        created_at: authorisation.created_at,
        changed_at: authorisation.changed_at,
        clocks: terms(tx, parts, authorisation, now)?,
        pending: authorisation.pending.clone().filter(|pending| sees_wait(relation, pending.step)),
        refused_steps: refused_steps(relation, authorisation),
        content: visible_content(relation, &authorisation.content),
        files: if shows(Group::Justification) { Some(files(tx, authorisation, key)?) } else { None },
        examination: shows(Group::Examination).then(|| examination(state)),
        paper: paper(relation, authorisation),
        clarifications: visible(authorisation, |addressee| sees_question(relation, addressee)),
        ministry_file: if shows(Group::MinistryFile) { Some(ministry_file(authorisation)?) } else { None },
        ruling: if shows(Group::Ruling) { ruling(relation, state) } else { None },
        lapsed_at: match state {
            State::Lapsed(lapsed) => Some(lapsed.at),
            _ => None,
        },
        revocation: revoked(relation, state),
        withdrawal: withdrawal(relation, state),
        passed_on: consented.filter(|_| shows(Group::PassedOn)).map(|it| passed_on(relation, own, it)),
        ledger,
    })
}

/// That a step was refused is read by those who see its group.
/// How it came on paper; what that was entered as before is the ministry's to know.
fn paper(relation: Relation, authorisation: &Authorisation) -> Option<Paper> {
    let paper = authorisation.paper.clone().filter(|_| sees(relation, Group::Examination))?;
    let formerly = paper.formerly.filter(|_| relation.is_of_the_ministry());
    Some(Paper { formerly, ..paper })
}

fn refused_steps(relation: Relation, authorisation: &Authorisation) -> Vec<RefusedStep> {
    let shown = |refused: &&RefusedStep| sees(relation, group_of_step(refused.step));
    authorisation.refused_steps.iter().filter(shown).cloned().collect()
}

fn files(tx: &mut Tx<'_>, authorisation: &Authorisation, key: &DataKey) -> Result<AttachedFiles, Failure> {
    let named = &authorisation.content.attachments;
    let all = if *named == Attachments::default() {
        Vec::new()
    } else {
        store::correspondence::list_files(tx, key, authorisation.id)?
    };
    Ok(attached::find(named, &all))
}

fn passed_on(relation: Relation, own: Option<OrganisationId>, consented: &Consented) -> Vec<Handover> {
    let all = consented.passed_on.iter().map(|passed| &passed.handover);
    all.filter(|handover| !is_pharmacy(relation) || Some(handover.pharmacy.id) == own).cloned().collect()
}

/// The content without what this party does not see; the wholesaler's name always belongs to the head.
fn visible_content(relation: Relation, content: &Content) -> Content {
    let mut content = content.clone();
    if !sees(relation, Group::Product) {
        content.product = domain::medicine_demand::Product::default();
        content.quantity = None;
        content.batches = Vec::new();
    }
    if !sees(relation, Group::Notifier) {
        content.wholesaler = Wholesaler { name: content.wholesaler.name, ..Wholesaler::default() };
        content.responsible_person = Signatory::default();
        content.representative = Signatory::default();
        content.signs_as = None;
    }
    if !sees(relation, Group::Justification) {
        content.threat = None;
        content.justification = None;
        content.attachments = Attachments::default();
    }
    content
}

fn examination(state: &State) -> AuthorisationExamination {
    AuthorisationExamination {
        submission: state.issue().map(|issue| issue.signed.clone()),
        representative_approval: state.examined().map(|examined| examined.approval.clone()),
        sent_back: match state {
            State::Draft(draft) => draft.sent_back.clone(),
            _ => None,
        },
    }
}

fn ministry_file(authorisation: &Authorisation) -> Result<AuthorisationFile, Failure> {
    let state = &authorisation.state;
    let draft = match state.resolution_draft() {
        Some(draft) => Some((draft.clone(), resolution_document(authorisation, draft)?.digest())),
        None => None,
    };
    let revocation_draft = match revocation::draft_of(authorisation) {
        Some(draft) => {
            let sha256 = revocation_digest(authorisation, draft)?;
            Some(RevocationDraftView { draft: draft.clone(), sha256 })
        }
        None => None,
    };
    let (draft_returned, taken_over) = match state {
        State::WithMinister(held) => (held.draft_returned.clone(), held.taken_over.clone()),
        State::Clarification(open) => (open.held.draft_returned.clone(), open.held.taken_over.clone()),
        State::ResolutionPrepared(prepared) => (None, prepared.taken_over.clone()),
        _ => (None, None),
    };
    Ok(AuthorisationFile {
        assigned: state.assigned().cloned(),
        draft,
        draft_returned,
        taken_over,
        revocation_draft,
    })
}

/// The bytes that the decider signs.
pub(super) fn resolution_document(
    authorisation: &Authorisation,
    draft: &ResolutionDraft,
) -> Result<DocumentToSign, Failure> {
    DocumentToSign::of(&payload::resolution(authorisation, submission_digest(authorisation)?, draft))
}

/// The digest under which a decider names the revocation draft that they saw.
pub(super) fn revocation_digest(
    authorisation: &Authorisation,
    draft: &RevocationDraft,
) -> Result<Digest, Failure> {
    let said = serde_json::json!({
        "type": "revocation", "id": authorisation.id, "number": authorisation.number, "grounds": draft.grounds,
        "legalBasis": draft.legal_basis,
    });
    Ok(DocumentToSign::of(&said)?.digest())
}

fn ruling(relation: Relation, state: &State) -> Option<AuthorisationRuling> {
    let mut resolution = state.resolution()?.clone();
    if !sees(relation, Group::Grounds) {
        resolution.draft.grounds = None;
    }
    let consented = state.consented();
    Some(AuthorisationRuling {
        resolution,
        total_quantity: consented.and_then(Consented::quantity),
        added: consented.map(|consented| consented.added.clone()).unwrap_or_default(),
    })
}

fn revoked(relation: Relation, state: &State) -> Option<RevocationView> {
    let State::Revoked(revoked) = state else { return None };
    let revocation = sees(relation, Group::Grounds).then(|| revoked.revocation.clone());
    Some(RevocationView { revoked_at: revoked.revocation.revoked_at, revocation })
}

fn withdrawal(relation: Relation, state: &State) -> Option<WithdrawalView> {
    let State::Withdrawn(withdrawn) = state else { return None };
    let reason = sees(relation, Group::Grounds).then(|| withdrawn.reason.clone());
    Some(WithdrawalView { at: withdrawn.at, reason })
}
