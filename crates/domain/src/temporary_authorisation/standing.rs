//! What can be read off a state without asking which one it is.

use super::clarification::Question;
use super::lifecycle::{Consented, State};
use super::model::{Examined, Resolution, ResolutionDraft};
use crate::demand::model::{Issue, Officer};

impl State {
    /// The responsible person's signature over the content.
    pub fn issue(&self) -> Option<&Issue> {
        match self {
            Self::Draft(_) => None,
            Self::AwaitingRepresentative(state) => Some(&state.issue),
            Self::Withdrawn(state) => state.was.issue(),
            Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Consented(_)
            | Self::Refused(_)
            | Self::Lapsed(_)
            | Self::Revoked(_) => self.examined().map(|examined| &examined.issue),
        }
    }

    /// What the minister examines or examined.
    pub fn examined(&self) -> Option<&Examined> {
        match self {
            Self::Draft(_) | Self::AwaitingRepresentative(_) => None,
            Self::WithMinister(state) => Some(&state.examined),
            Self::Clarification(state) => Some(&state.held.examined),
            Self::ResolutionPrepared(state) => Some(&state.examined),
            Self::Refused(state) => Some(&state.examined),
            Self::Withdrawn(state) => state.was.examined(),
            Self::Consented(_) | Self::Lapsed(_) | Self::Revoked(_) => {
                self.consented().map(|consented| &consented.examined)
            }
        }
    }

    /// The consent, in force or ended.
    pub fn consented(&self) -> Option<&Consented> {
        match self {
            Self::Consented(state) => Some(state),
            Self::Lapsed(state) => Some(&state.consented),
            Self::Revoked(state) => Some(&state.consented),
            Self::Draft(_)
            | Self::AwaitingRepresentative(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Refused(_)
            | Self::Withdrawn(_) => None,
        }
    }

    /// The signed resolution, positive or negative.
    pub fn resolution(&self) -> Option<&Resolution> {
        match self {
            Self::Refused(state) => Some(&state.resolution),
            Self::Draft(_)
            | Self::AwaitingRepresentative(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::ResolutionPrepared(_)
            | Self::Consented(_)
            | Self::Lapsed(_)
            | Self::Revoked(_)
            | Self::Withdrawn(_) => self.consented().map(|consented| &consented.resolution),
        }
    }

    pub fn resolution_draft(&self) -> Option<&ResolutionDraft> {
        match self {
            Self::ResolutionPrepared(state) => Some(&state.draft),
            Self::Draft(_)
            | Self::AwaitingRepresentative(_)
            | Self::WithMinister(_)
            | Self::Clarification(_)
            | Self::Consented(_)
            | Self::Refused(_)
            | Self::Lapsed(_)
            | Self::Revoked(_)
            | Self::Withdrawn(_) => None,
        }
    }

    /// The question that waits for its answer; a withdrawal ends it.
    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Clarification(open) => Some(&open.question),
            Self::Draft(_)
            | Self::AwaitingRepresentative(_)
            | Self::WithMinister(_)
            | Self::ResolutionPrepared(_)
            | Self::Consented(_)
            | Self::Refused(_)
            | Self::Lapsed(_)
            | Self::Revoked(_)
            | Self::Withdrawn(_) => None,
        }
    }

    /// The preparer who has the case at the ministry.
    pub fn assigned(&self) -> Option<&Officer> {
        match self {
            Self::WithMinister(state) => state.assigned.as_ref(),
            Self::Clarification(state) => state.held.assigned.as_ref(),
            Self::ResolutionPrepared(state) => Some(&state.assigned),
            Self::Withdrawn(state) => state.was.assigned(),
            Self::Draft(_) | Self::AwaitingRepresentative(_) => None,
            Self::Consented(_) | Self::Refused(_) | Self::Lapsed(_) | Self::Revoked(_) => {
                self.resolution().map(|resolution| &resolution.draft.prepared_by)
            }
        }
    }
}
