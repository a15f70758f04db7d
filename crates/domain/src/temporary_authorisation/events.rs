//! What happened to a notification: past tense, versioned, ids and codes only.

use super::clarification::Addressee;
use super::content::SignsAs;
use super::model::Authorisation;
use crate::clarification::{self, Office};
use crate::ids::{AuthorisationId, OrganisationId, RealisationId};
use crate::pending::AwaitedStep;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all_fields = "camelCase")]
pub enum AuthorisationEvent {
    AuthorisationSubmitted {
        /// As what the notifier signed; those of earlier versions were the responsible person's.
        #[serde(default)]
        signs_as: SignsAs,
    },
    /// It came on paper, and an officer entered it (PF art. 4ad(8)).
    AuthorisationEnteredFromPaper {},
    PaperEntryCorrected {},
    RepresentativeApproved {},
    /// Back to its draft.
    AuthorisationSentBack {},
    CaseAssigned {},
    ClarificationAsked {
        addressee: Addressee,
    },
    ClarificationAnswered {
        addressee: Addressee,
    },
    /// The term ran out without an answer.
    ClarificationUnanswered {
        addressee: Addressee,
    },
    ClarificationClosed {
        addressee: Addressee,
    },
    /// The term for the answer ends soon.
    ClarificationReminder {
        addressee: Addressee,
        due_at: DateTime<Utc>,
    },
    ResolutionPrepared {},
    ResolutionDraftReturned {},
    AuthorisationConsented {},
    AuthorisationRefused {},
    AuthorisationWithdrawn {},
    RevocationPrepared {},
    ConsentRevoked {},
    ConsentLapsed {},
    /// The period of the consent ends soon.
    PeriodReminder {
        due_at: DateTime<Utc>,
    },
    /// The consent of an addition took effect.
    BatchesAdded {
        addition: AuthorisationId,
    },
    ConsentHandedOver {
        pharmacy: OrganisationId,
    },
    HandoverReturned {
        pharmacy: OrganisationId,
    },
    RealisationRecorded {
        realisation: RealisationId,
    },
    RealisationReversed {
        realisation: RealisationId,
    },
    /// A signature was received and awaits validation outside.
    SignatureReceived {
        action: AwaitedStep,
    },
    /// It was not confirmed, or its step could not be taken any more; the code says why.
    SignatureRefused {
        action: AwaitedStep,
        code: String,
    },
}

impl AuthorisationEvent {
    /// Version of the payload's shape.
    pub const VERSION: i32 = 1;

    pub fn name(&self) -> &'static str {
        match self {
            Self::AuthorisationSubmitted { .. } => "AuthorisationSubmitted",
            Self::AuthorisationEnteredFromPaper {} => "AuthorisationEnteredFromPaper",
            Self::PaperEntryCorrected {} => "PaperEntryCorrected",
            Self::RepresentativeApproved {} => "RepresentativeApproved",
            Self::AuthorisationSentBack {} => "AuthorisationSentBack",
            Self::CaseAssigned {} => "CaseAssigned",
            Self::ClarificationAsked { .. } => "ClarificationAsked",
            Self::ClarificationAnswered { .. } => "ClarificationAnswered",
            Self::ClarificationUnanswered { .. } => "ClarificationUnanswered",
            Self::ClarificationClosed { .. } => "ClarificationClosed",
            Self::ClarificationReminder { .. } => "ClarificationReminder",
            Self::ResolutionPrepared {} => "ResolutionPrepared",
            Self::ResolutionDraftReturned {} => "ResolutionDraftReturned",
            Self::AuthorisationConsented {} => "AuthorisationConsented",
            Self::AuthorisationRefused {} => "AuthorisationRefused",
            Self::AuthorisationWithdrawn {} => "AuthorisationWithdrawn",
            Self::RevocationPrepared {} => "RevocationPrepared",
            Self::ConsentRevoked {} => "ConsentRevoked",
            Self::ConsentLapsed {} => "ConsentLapsed",
            Self::PeriodReminder { .. } => "PeriodReminder",
            Self::BatchesAdded { .. } => "BatchesAdded",
            Self::ConsentHandedOver { .. } => "ConsentHandedOver",
            Self::HandoverReturned { .. } => "HandoverReturned",
            Self::RealisationRecorded { .. } => "RealisationRecorded",
            Self::RealisationReversed { .. } => "RealisationReversed",
            Self::SignatureReceived { .. } => "SignatureReceived",
            Self::SignatureRefused { .. } => "SignatureRefused",
        }
    }

    /// Inner steps of the ministry stay in the ministry; the rest reaches everyone who holds the case.
    pub fn is_internal_to_ministry(&self) -> bool {
        match self {
            Self::CaseAssigned {}
            | Self::ResolutionPrepared {}
            | Self::ResolutionDraftReturned {}
            | Self::RevocationPrepared {}
            | Self::SignatureReceived { action: AwaitedStep::Resolution }
            | Self::SignatureRefused { action: AwaitedStep::Resolution, .. } => true,
            Self::AuthorisationSubmitted { .. }
            | Self::AuthorisationEnteredFromPaper {}
            | Self::PaperEntryCorrected {}
            | Self::RepresentativeApproved {}
            | Self::AuthorisationSentBack {}
            | Self::ClarificationAsked { .. }
            | Self::ClarificationAnswered { .. }
            | Self::ClarificationUnanswered { .. }
            | Self::ClarificationClosed { .. }
            | Self::ClarificationReminder { .. }
            | Self::AuthorisationConsented {}
            | Self::AuthorisationRefused {}
            | Self::AuthorisationWithdrawn {}
            | Self::ConsentRevoked {}
            | Self::ConsentLapsed {}
            | Self::PeriodReminder { .. }
            | Self::BatchesAdded { .. }
            | Self::ConsentHandedOver { .. }
            | Self::HandoverReturned { .. }
            | Self::RealisationRecorded { .. }
            | Self::RealisationReversed { .. }
            | Self::SignatureReceived { .. }
            | Self::SignatureRefused { .. } => false,
        }
    }

    /// The office that a question went to, of an event about one; the wholesaler hears of it as a party of the case.
    pub fn asks(&self, authorisation: &Authorisation) -> Option<Office> {
        let addressee = match self {
            Self::ClarificationAsked { addressee }
            | Self::ClarificationAnswered { addressee }
            | Self::ClarificationUnanswered { addressee }
            | Self::ClarificationClosed { addressee }
            | Self::ClarificationReminder { addressee, .. } => Some(*addressee),
            // Whoever still had to answer need not any more.
            Self::AuthorisationWithdrawn {} => clarification::released(authorisation),
            _ => None,
        };
        addressee.and_then(Addressee::office)
    }

    /// The pharmacy whose own affair it is, and no other pharmacy's.
    pub fn of_one_pharmacy(&self) -> Option<OrganisationId> {
        match self {
            Self::ConsentHandedOver { pharmacy } | Self::HandoverReturned { pharmacy } => Some(*pharmacy),
            Self::AuthorisationSubmitted { .. }
            | Self::AuthorisationEnteredFromPaper {}
            | Self::PaperEntryCorrected {}
            | Self::RepresentativeApproved {}
            | Self::AuthorisationSentBack {}
            | Self::CaseAssigned {}
            | Self::ClarificationAsked { .. }
            | Self::ClarificationAnswered { .. }
            | Self::ClarificationUnanswered { .. }
            | Self::ClarificationClosed { .. }
            | Self::ClarificationReminder { .. }
            | Self::ResolutionPrepared {}
            | Self::ResolutionDraftReturned {}
            | Self::AuthorisationConsented {}
            | Self::AuthorisationRefused {}
            | Self::AuthorisationWithdrawn {}
            | Self::RevocationPrepared {}
            | Self::ConsentRevoked {}
            | Self::ConsentLapsed {}
            | Self::PeriodReminder { .. }
            | Self::BatchesAdded { .. }
            | Self::RealisationRecorded { .. }
            | Self::RealisationReversed { .. }
            | Self::SignatureReceived { .. }
            | Self::SignatureRefused { .. } => None,
        }
    }

    /// Whether the pharmacies that hold the consent hear of it.
    pub fn reaches_pharmacies(&self) -> bool {
        match self {
            Self::ConsentRevoked {}
            | Self::ConsentLapsed {}
            | Self::PeriodReminder { .. }
            | Self::BatchesAdded { .. } => true,
            Self::AuthorisationSubmitted { .. }
            | Self::AuthorisationEnteredFromPaper {}
            | Self::PaperEntryCorrected {}
            | Self::RepresentativeApproved {}
            | Self::AuthorisationSentBack {}
            | Self::CaseAssigned {}
            | Self::ClarificationAsked { .. }
            | Self::ClarificationAnswered { .. }
            | Self::ClarificationUnanswered { .. }
            | Self::ClarificationClosed { .. }
            | Self::ClarificationReminder { .. }
            | Self::ResolutionPrepared {}
            | Self::ResolutionDraftReturned {}
            | Self::AuthorisationConsented {}
            | Self::AuthorisationRefused {}
            | Self::AuthorisationWithdrawn {}
            | Self::RevocationPrepared {}
            | Self::ConsentHandedOver { .. }
            | Self::HandoverReturned { .. }
            | Self::RealisationRecorded { .. }
            | Self::RealisationReversed { .. }
            | Self::SignatureReceived { .. }
            | Self::SignatureRefused { .. } => false,
        }
    }
}
