//! What can be read off a state without asking which one it is.

use super::clarification::Question;
use super::ledger::Ledger;
use super::lifecycle::{Approved, Expired, Returned, State};
use super::model::{
    Attested, Consultant, Demand, Examined, Handover, Issue, Officer, Resolution, ResolutionDraft,
};

impl Demand {
    /// Whether anything was drawn on the approval: entries stand in the ledger.
    pub fn is_drawn(&self) -> bool {
        self.state.ledger().is_some_and(|ledger| !ledger.is_untouched())
    }

    /// Whether anybody was treated from it, whatever the ledger knows. That the list is whole, or when the treatment
    /// ended, uses nothing up.
    pub fn is_used(&self) -> bool {
        self.treated.as_ref().is_some_and(|list| list.lines > 0)
    }
}

impl State {
    /// The physician's last signature over the content.
    pub fn issue(&self) -> Option<&Issue> {
        match self {
            Self::Draft => None,
            Self::AwaitingRepresentative(state) => Some(&state.issue),
            Self::AwaitingConsultant(state) => Some(&state.issue),
            Self::Returned(state) => Some(&state.issue),
            Self::Expired(state) => match state.as_ref() {
                Expired::NotSubmitted { was, .. } => was.issue(),
                Expired::NotRealised { approved, .. } => Some(&approved.examined.issue),
            },
            Self::Withdrawn(state) => state.was.issue(),
            Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Approved(_)
            | Self::Rejected(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Revoked(_) => self.examined().map(|examined| &examined.issue),
        }
    }

    /// The representative's co-signature.
    pub fn approval(&self) -> Option<&Attested> {
        match self {
            Self::AwaitingConsultant(state) => state.approval.as_ref(),
            Self::Returned(state) => state.approval.as_ref(),
            Self::Withdrawn(state) => state.was.approval(),
            Self::Expired(state) => match state.as_ref() {
                Expired::NotSubmitted { was, .. } => was.approval(),
                Expired::NotRealised { approved, .. } => approved.examined.approval.as_ref(),
            },
            Self::Draft | Self::AwaitingRepresentative(_) => None,
            Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Approved(_)
            | Self::Rejected(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Revoked(_) => self.examined().and_then(|examined| examined.approval.as_ref()),
        }
    }

    /// The consultant who was chosen last.
    pub fn consultant(&self) -> Option<&Consultant> {
        match self {
            Self::Draft => None,
            Self::AwaitingRepresentative(state) => Some(&state.consultant),
            Self::AwaitingConsultant(state) => Some(&state.consultant),
            Self::Returned(state) => Some(&state.consultant),
            Self::Withdrawn(state) => state.was.consultant(),
            Self::Expired(state) => match state.as_ref() {
                Expired::NotSubmitted { was, .. } => was.consultant(),
                Expired::NotRealised { approved, .. } => Some(&approved.examined.opinion.consultant),
            },
            Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Approved(_)
            | Self::Rejected(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Revoked(_) => self.examined().map(|examined| &examined.opinion.consultant),
        }
    }

    /// Why it went back last, also of a demand that ended there.
    pub fn returned(&self) -> Option<&Returned> {
        match self {
            Self::Returned(returned) => Some(returned),
            Self::Withdrawn(state) => state.was.returned(),
            Self::Expired(state) => match state.as_ref() {
                Expired::NotSubmitted { was, .. } => was.returned(),
                Expired::NotRealised { .. } => None,
            },
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Approved(_)
            | Self::Rejected(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Revoked(_) => None,
        }
    }

    /// What the minister examines or examined.
    pub fn examined(&self) -> Option<&Examined> {
        match self {
            Self::WithMinister(state) => Some(&state.examined),
            Self::Clarification(state) => Some(&state.held.examined),
            Self::ResolutionPrepared(state) => Some(&state.examined),
            Self::Rejected(state) => Some(&state.examined),
            Self::Withdrawn(state) => state.was.examined(),
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::Returned(_) => None,
            Self::Approved(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Expired(_)
            | Self::Revoked(_) => self.approved().map(|approved| &approved.examined),
        }
    }

    /// The approval that everything in supply stands on.
    pub fn approved(&self) -> Option<&Approved> {
        match self {
            Self::Approved(approved) => Some(approved),
            Self::WithWholesaler(state) => Some(&state.approved),
            Self::Realised(state) => Some(&state.approved),
            Self::Revoked(state) => Some(&state.approved),
            Self::Expired(state) => match state.as_ref() {
                Expired::NotRealised { approved, .. } => Some(approved),
                Expired::NotSubmitted { .. } => None,
            },
            Self::Withdrawn(state) => state.was.approved(),
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::Returned(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Rejected(_) => None,
        }
    }

    /// The signed resolution, positive or negative.
    pub fn resolution(&self) -> Option<&Resolution> {
        match self {
            Self::Rejected(state) => Some(&state.resolution),
            Self::Withdrawn(state) => state.was.resolution(),
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::Returned(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Approved(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Expired(_)
            | Self::Revoked(_) => self.approved().map(|approved| &approved.resolution),
        }
    }

    pub fn resolution_draft(&self) -> Option<&ResolutionDraft> {
        match self {
            Self::ResolutionPrepared(state) => Some(&state.draft),
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::Returned(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::Approved(_)
            | Self::Rejected(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Expired(_)
            | Self::Withdrawn(_)
            | Self::Revoked(_) => None,
        }
    }

    /// The preparer who has the case at the ministry.
    pub fn assigned(&self) -> Option<&Officer> {
        match self {
            Self::WithMinister(state) => state.assigned.as_ref(),
            Self::Clarification(state) => state.held.assigned.as_ref(),
            Self::ResolutionPrepared(state) => Some(&state.assigned),
            Self::Withdrawn(state) => state.was.assigned(),
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::Returned(_) => None,
            Self::Approved(_)
            | Self::Rejected(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Expired(_)
            | Self::Revoked(_) => self.resolution().map(|resolution| &resolution.draft.prepared_by),
        }
    }

    /// To whom it was passed on, as long as that holds or held when it ended.
    pub fn handover(&self) -> Option<&Handover> {
        match self {
            Self::WithWholesaler(state) => Some(&state.handover),
            Self::Realised(state) => Some(&state.handover),
            Self::Revoked(state) => state.handover.as_ref(),
            Self::Withdrawn(state) => state.was.handover(),
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::Returned(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Approved(_)
            | Self::Rejected(_)
            | Self::Expired(_) => None,
        }
    }

    pub fn ledger(&self) -> Option<&Ledger> {
        match self {
            Self::WithWholesaler(state) => Some(&state.ledger),
            Self::Realised(state) => Some(&state.ledger),
            Self::Revoked(state) => Some(&state.ledger),
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::Returned(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Approved(_)
            | Self::Rejected(_)
            | Self::Expired(_)
            | Self::Withdrawn(_) => None,
        }
    }

    /// The question that waits for its answer; a withdrawal ends it.
    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Clarification(open) => Some(&open.question),
            Self::Draft
            | Self::AwaitingRepresentative(_)
            | Self::AwaitingConsultant(_)
            | Self::Returned(_)
            | Self::WithMinister(_)
            | Self::ResolutionPrepared(_)
            | Self::Approved(_)
            | Self::Rejected(_)
            | Self::WithWholesaler(_)
            | Self::Realised(_)
            | Self::Expired(_)
            | Self::Revoked(_)
            | Self::Withdrawn(_) => None,
        }
    }
}
