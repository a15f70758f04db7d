//! What happened to a demand: past tense, versioned, ids and codes only.

use super::clarification::Addressee;
use super::clocks::ClockKind;
use super::lifecycle::{Expired, State, StateName};
use super::model::Demand;
use crate::clarification::{self, Office};
use crate::ids::{OrganisationId, RealisationId, TreatedPatientId};
use crate::pending::AwaitedStep;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Why a demand went back to its physician.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReturnReason {
    /// The representative refused to sign.
    RepresentativeRefused,
    /// No signature of the representative within the term (PF art. 4ac(2)).
    RepresentativeSilent,
    /// The consultant refused, with a justification (PF art. 4ad(2)).
    ConsultantRefused,
    /// No opinion within the term (PF art. 4ad(1)).
    ConsultantSilent,
    NotMyField,
    ConflictOfInterest,
}

impl ReturnReason {
    pub fn name(self) -> &'static str {
        match self {
            Self::RepresentativeRefused => "REPRESENTATIVE_REFUSED",
            Self::RepresentativeSilent => "REPRESENTATIVE_SILENT",
            Self::ConsultantRefused => "CONSULTANT_REFUSED",
            Self::ConsultantSilent => "CONSULTANT_SILENT",
            Self::NotMyField => "NOT_MY_FIELD",
            Self::ConflictOfInterest => "CONFLICT_OF_INTEREST",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExpiryReason {
    /// Not sent to the minister within 60 days of issue (PF art. 4ad(3)).
    NotSubmitted,
    /// Not passed to a wholesaler within 60 days of the resolution (PF art. 4ad(7)).
    NotRealised,
}

impl ExpiryReason {
    pub fn name(self) -> &'static str {
        match self {
            Self::NotSubmitted => "NOT_SUBMITTED",
            Self::NotRealised => "NOT_REALISED",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all_fields = "camelCase")]
pub enum DemandEvent {
    DemandSubmitted {
        to: StateName,
    },
    RepresentativeApproved {},
    DemandReturned {
        reason: ReturnReason,
    },
    OpinionConfirmed {},
    /// An officer entered it, with the opinion, from paper (PF art. 4ad(8)).
    DemandEnteredFromPaper {},
    PaperEntryCorrected {},
    CaseAssigned {},
    ClarificationAsked {
        addressee: Addressee,
    },
    ClarificationAnswered {
        addressee: Addressee,
    },
    /// Its term ran out.
    ClarificationUnanswered {
        addressee: Addressee,
    },
    ClarificationClosed {
        addressee: Addressee,
    },
    ResolutionPrepared {},
    ResolutionDraftReturned {},
    DemandApproved {},
    DemandRejected {},
    DemandHandedOver {
        wholesaler: OrganisationId,
        pharmacy: OrganisationId,
    },
    HandoverReturned {
        wholesaler: OrganisationId,
        pharmacy: OrganisationId,
    },
    RealisationRecorded {
        realisation: RealisationId,
    },
    RealisationReversed {
        realisation: RealisationId,
    },
    DemandRealised {},
    DemandReopened {},
    TreatedPatientsReported {},
    TreatedPatientTakenBack {
        line: TreatedPatientId,
    },
    /// The end of all courses of an ad-hoc need was stated.
    TreatmentEnded {
        on: NaiveDate,
    },
    PatientListClosed {},
    /// It is not whole any more, and the end of treatment may have been taken back with that.
    PatientListReopened {},
    /// Its term ran out while it was open.
    PatientListOverdue {},
    DemandWithdrawn {},
    DemandTakenOver {},
    RevocationPrepared {},
    DemandRevoked {},
    DemandExpired {
        reason: ExpiryReason,
    },
    ExpiryLifted {},
    /// A signature was received and awaits validation outside.
    SignatureReceived {
        action: AwaitedStep,
    },
    /// It was not confirmed, or its step could not be taken any more; the code says why.
    SignatureRefused {
        action: AwaitedStep,
        code: String,
    },
    /// A term ends soon.
    TermReminder {
        clock: ClockKind,
        due_at: DateTime<Utc>,
    },
}

impl DemandEvent {
    /// Version of the payload's shape.
    pub const VERSION: i32 = 1;

    pub fn name(&self) -> &'static str {
        match self {
            Self::DemandSubmitted { .. } => "DemandSubmitted",
            Self::RepresentativeApproved {} => "RepresentativeApproved",
            Self::DemandReturned { .. } => "DemandReturned",
            Self::OpinionConfirmed {} => "OpinionConfirmed",
            Self::DemandEnteredFromPaper {} => "DemandEnteredFromPaper",
            Self::PaperEntryCorrected {} => "PaperEntryCorrected",
            Self::CaseAssigned {} => "CaseAssigned",
            Self::ClarificationAsked { .. } => "ClarificationAsked",
            Self::ClarificationAnswered { .. } => "ClarificationAnswered",
            Self::ClarificationUnanswered { .. } => "ClarificationUnanswered",
            Self::ClarificationClosed { .. } => "ClarificationClosed",
            Self::ResolutionPrepared {} => "ResolutionPrepared",
            Self::ResolutionDraftReturned {} => "ResolutionDraftReturned",
            Self::DemandApproved {} => "DemandApproved",
            Self::DemandRejected {} => "DemandRejected",
            Self::DemandHandedOver { .. } => "DemandHandedOver",
            Self::HandoverReturned { .. } => "HandoverReturned",
            Self::RealisationRecorded { .. } => "RealisationRecorded",
            Self::RealisationReversed { .. } => "RealisationReversed",
            Self::DemandRealised {} => "DemandRealised",
            Self::DemandReopened {} => "DemandReopened",
            Self::TreatedPatientsReported {} => "TreatedPatientsReported",
            Self::TreatedPatientTakenBack { .. } => "TreatedPatientTakenBack",
            Self::TreatmentEnded { .. } => "TreatmentEnded",
            Self::PatientListClosed {} => "PatientListClosed",
            Self::PatientListReopened {} => "PatientListReopened",
            Self::PatientListOverdue {} => "PatientListOverdue",
            Self::DemandWithdrawn {} => "DemandWithdrawn",
            Self::DemandTakenOver {} => "DemandTakenOver",
            Self::RevocationPrepared {} => "RevocationPrepared",
            Self::DemandRevoked {} => "DemandRevoked",
            Self::DemandExpired { .. } => "DemandExpired",
            Self::ExpiryLifted {} => "ExpiryLifted",
            Self::SignatureReceived { .. } => "SignatureReceived",
            Self::SignatureRefused { .. } => "SignatureRefused",
            Self::TermReminder { .. } => "TermReminder",
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
            Self::DemandSubmitted { .. }
            | Self::RepresentativeApproved {}
            | Self::DemandReturned { .. }
            | Self::OpinionConfirmed {}
            | Self::DemandEnteredFromPaper {}
            | Self::PaperEntryCorrected {}
            | Self::ClarificationAsked { .. }
            | Self::ClarificationAnswered { .. }
            | Self::ClarificationUnanswered { .. }
            | Self::ClarificationClosed { .. }
            | Self::DemandApproved {}
            | Self::DemandRejected {}
            | Self::DemandHandedOver { .. }
            | Self::HandoverReturned { .. }
            | Self::RealisationRecorded { .. }
            | Self::RealisationReversed { .. }
            | Self::DemandRealised {}
            | Self::DemandReopened {}
            | Self::TreatedPatientsReported {}
            | Self::TreatedPatientTakenBack { .. }
            | Self::TreatmentEnded { .. }
            | Self::PatientListClosed {}
            | Self::PatientListReopened {}
            | Self::PatientListOverdue {}
            | Self::DemandWithdrawn {}
            | Self::DemandTakenOver {}
            | Self::DemandRevoked {}
            | Self::DemandExpired { .. }
            | Self::ExpiryLifted {}
            | Self::SignatureReceived { .. }
            | Self::SignatureRefused { .. }
            | Self::TermReminder { .. } => false,
        }
    }

    /// The office that a question went to, of an event about one; physician and consultant hear of it as parties of the case.
    pub fn asks(&self, demand: &Demand) -> Option<Office> {
        self.addressee(demand).and_then(Addressee::office)
    }

    /// Whom the minister asked, of an event about a question.
    fn addressee(&self, demand: &Demand) -> Option<Addressee> {
        match self {
            Self::ClarificationAsked { addressee }
            | Self::ClarificationAnswered { addressee }
            | Self::ClarificationUnanswered { addressee }
            | Self::ClarificationClosed { addressee } => Some(*addressee),
            Self::TermReminder { clock: ClockKind::Clarification, .. } => clarification::waiting_for(demand),
            // Whoever still had to answer need not any more.
            Self::DemandWithdrawn {} => clarification::released(demand),
            _ => None,
        }
    }

    /// Whether the consultant whom the demand names hears of it: while their opinion or answer is awaited, of what ends that,
    /// and of a paper that bears their opinion; what becomes of the case later is not theirs to know (ADR 10).
    pub fn concerns_the_consultant(&self, demand: &Demand) -> bool {
        let awaits_opinion = |state: &State| state.name() == StateName::AwaitingConsultant;
        let is_of_the_opinion = match self {
            Self::OpinionConfirmed {}
            | Self::DemandEnteredFromPaper {}
            | Self::PaperEntryCorrected {}
            | Self::SignatureRefused { action: AwaitedStep::Opinion, .. } => true,
            Self::DemandReturned { reason } => {
                !matches!(reason, ReturnReason::RepresentativeRefused | ReturnReason::RepresentativeSilent)
            }
            Self::DemandWithdrawn {} => {
                matches!(&demand.state, State::Withdrawn(withdrawn) if awaits_opinion(&withdrawn.was))
            }
            Self::DemandExpired { .. } => match &demand.state {
                State::Expired(expired) => {
                    matches!(expired.as_ref(), Expired::NotSubmitted { was, .. } if awaits_opinion(was))
                }
                _ => false,
            },
            _ => false,
        };
        let is_asked =
            self.addressee(demand).or(clarification::waiting_for(demand)) == Some(Addressee::Consultant);
        is_of_the_opinion || is_asked || awaits_opinion(&demand.state)
    }

    /// Whether everybody hears of it who may hold the approved demand or its print: it is of no use any more.
    pub fn ends_an_approval(&self, demand: &Demand) -> bool {
        let ends =
            matches!(self, Self::DemandRevoked {} | Self::DemandWithdrawn {} | Self::DemandExpired { .. });
        ends && demand.state.approved().is_some()
    }

    /// The same, and that it may be used after all: whoever heard of the end hears of that, too.
    pub fn concerns_whoever_holds_it(&self, demand: &Demand) -> bool {
        self.ends_an_approval(demand) || matches!(self, Self::ExpiryLifted {})
    }

    /// Whether the patient of a demand for use outside a facility hears of it: how the minister decided (PF art. 4ad(4)), and,
    /// since it is they who take it to a pharmacy, that the term for that ends soon.
    pub fn tells_the_patient_the_outcome(&self, demand: &Demand) -> bool {
        let tells = matches!(
            self,
            Self::DemandApproved {}
                | Self::DemandRejected {}
                | Self::TermReminder { clock: ClockKind::Handover, .. }
        );
        tells && !demand.content.is_in_facility()
    }

    /// Organisations of supply that this event concerns, besides those that hold the demand now.
    pub fn former_holders(&self) -> Vec<OrganisationId> {
        match self {
            Self::DemandHandedOver { wholesaler, pharmacy }
            | Self::HandoverReturned { wholesaler, pharmacy } => {
                vec![*wholesaler, *pharmacy]
            }
            Self::DemandSubmitted { .. }
            | Self::RepresentativeApproved {}
            | Self::DemandReturned { .. }
            | Self::OpinionConfirmed {}
            | Self::DemandEnteredFromPaper {}
            | Self::PaperEntryCorrected {}
            | Self::CaseAssigned {}
            | Self::ClarificationAsked { .. }
            | Self::ClarificationAnswered { .. }
            | Self::ClarificationUnanswered { .. }
            | Self::ClarificationClosed { .. }
            | Self::ResolutionPrepared {}
            | Self::ResolutionDraftReturned {}
            | Self::DemandApproved {}
            | Self::DemandRejected {}
            | Self::RealisationRecorded { .. }
            | Self::RealisationReversed { .. }
            | Self::DemandRealised {}
            | Self::DemandReopened {}
            | Self::TreatedPatientsReported {}
            | Self::TreatedPatientTakenBack { .. }
            | Self::TreatmentEnded { .. }
            | Self::PatientListClosed {}
            | Self::PatientListReopened {}
            | Self::PatientListOverdue {}
            | Self::DemandWithdrawn {}
            | Self::DemandTakenOver {}
            | Self::RevocationPrepared {}
            | Self::DemandRevoked {}
            | Self::DemandExpired { .. }
            | Self::ExpiryLifted {}
            | Self::SignatureReceived { .. }
            | Self::SignatureRefused { .. }
            | Self::TermReminder { .. } => Vec::new(),
        }
    }

    /// Whether it is about the list of treated patients: the affair of the entity and the ministry, and of nobody else.
    pub fn is_about_the_treated(&self) -> bool {
        matches!(
            self,
            Self::TreatedPatientsReported {}
                | Self::TreatedPatientTakenBack { .. }
                | Self::TreatmentEnded { .. }
                | Self::PatientListClosed {}
                | Self::PatientListReopened {}
                | Self::PatientListOverdue {}
                | Self::TermReminder { clock: ClockKind::PatientList, .. }
        )
    }

    /// Whether anybody outside the ministry and the entity's examination may hear of it: only what follows an
    /// approval.
    pub fn reaches_supply(&self, demand: &Demand) -> bool {
        !self.is_internal_to_ministry() && !self.is_about_the_treated() && demand.state.approved().is_some()
    }
}
