//! What can be asked of a demand, and which command leads from which state where.

use super::StateName;

/// Everything that can be asked of a demand after its creation; the API path has the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    Edit,
    Submission,
    RepresentativeApproval,
    RepresentativeRefusal,
    Opinion,
    Assignment,
    /// An error of typing in what was entered from paper.
    PaperCorrection,
    Clarification,
    ClarificationAnswer,
    ClarificationClosure,
    ResolutionDraft,
    ResolutionDraftReturn,
    Resolution,
    /// An officer ends the wait for the validation of a signature.
    PendingStepRefusal,
    Withdrawal,
    Takeover,
    RevocationDraft,
    Revocation,
    Handover,
    HandoverReturn,
    PaperReceipt,
    Realisation,
    RealisationReversal,
    TreatedPatients,
    TreatedPatientReversal,
    /// Takes back that the list is whole, and the end of treatment.
    PatientListReopening,
    /// A term that has run out, applied before anything else.
    Elapse,
}

impl Command {
    pub const ALL: [Command; 27] = [
        Self::Edit,
        Self::Submission,
        Self::RepresentativeApproval,
        Self::RepresentativeRefusal,
        Self::Opinion,
        Self::Assignment,
        Self::PaperCorrection,
        Self::Clarification,
        Self::ClarificationAnswer,
        Self::ClarificationClosure,
        Self::ResolutionDraft,
        Self::ResolutionDraftReturn,
        Self::Resolution,
        Self::PendingStepRefusal,
        Self::Withdrawal,
        Self::Takeover,
        Self::RevocationDraft,
        Self::Revocation,
        Self::Handover,
        Self::HandoverReturn,
        Self::PaperReceipt,
        Self::Realisation,
        Self::RealisationReversal,
        Self::TreatedPatients,
        Self::TreatedPatientReversal,
        Self::PatientListReopening,
        Self::Elapse,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Submission => "submission",
            Self::RepresentativeApproval => "representative-approval",
            Self::RepresentativeRefusal => "representative-refusal",
            Self::Opinion => "opinion",
            Self::Assignment => "assignment",
            Self::PaperCorrection => "paper-correction",
            Self::Clarification => "clarifications",
            Self::ClarificationAnswer => "answer",
            Self::ClarificationClosure => "closure",
            Self::ResolutionDraft => "resolution-draft",
            Self::ResolutionDraftReturn => "resolution-draft/return",
            Self::Resolution => "resolution",
            Self::PendingStepRefusal => "pending-step/refusal",
            Self::Withdrawal => "withdrawal",
            Self::Takeover => "takeover",
            Self::RevocationDraft => "revocation-draft",
            Self::Revocation => "revocation",
            Self::Handover => "handover",
            Self::HandoverReturn => "handover-return",
            Self::PaperReceipt => "paper-receipts",
            Self::Realisation => "realisations",
            Self::RealisationReversal => "reversal",
            Self::TreatedPatients => "treated-patients",
            Self::TreatedPatientReversal => "treated-patients/reversal",
            Self::PatientListReopening => "treated-patients/reopening",
            Self::Elapse => "elapse",
        }
    }
}

/// One row of the lifecycle: from this state this command leads to one of those.
pub struct Transition {
    pub from: StateName,
    pub command: Command,
    pub to: &'static [StateName],
}

macro_rules! transitions {
    ($($from:ident + $command:ident => $($to:ident)|+;)+) => {
        &[$(Transition { from: StateName::$from, command: Command::$command, to: &[$(StateName::$to),+] }),+]
    };
}

/// The whole lifecycle as data; a test plays every state against every command and compares.
pub const TRANSITIONS: &[Transition] = transitions! {
    Draft + Edit => Draft;
    Draft + Submission => AwaitingRepresentative | AwaitingConsultant;
    Draft + PendingStepRefusal => Draft;
    Draft + Withdrawal => Withdrawn;
    Draft + Takeover => Draft;
    AwaitingRepresentative + RepresentativeApproval => AwaitingConsultant;
    AwaitingRepresentative + RepresentativeRefusal => Returned;
    AwaitingRepresentative + PendingStepRefusal => AwaitingRepresentative;
    AwaitingRepresentative + Withdrawal => Withdrawn;
    AwaitingRepresentative + Takeover => AwaitingRepresentative;
    AwaitingRepresentative + Elapse => Returned | Expired;
    AwaitingConsultant + Opinion => WithMinister | Returned;
    AwaitingConsultant + PendingStepRefusal => AwaitingConsultant;
    AwaitingConsultant + Withdrawal => Withdrawn;
    AwaitingConsultant + Takeover => AwaitingConsultant;
    AwaitingConsultant + Elapse => Returned | Expired;
    Returned + Edit => Returned;
    Returned + Submission => AwaitingRepresentative | AwaitingConsultant;
    Returned + PendingStepRefusal => Returned;
    Returned + Withdrawal => Withdrawn;
    Returned + Takeover => Returned;
    Returned + Elapse => Expired;
    WithMinister + Assignment => WithMinister;
    WithMinister + PaperCorrection => WithMinister;
    WithMinister + Clarification => Clarification;
    WithMinister + ResolutionDraft => ResolutionPrepared;
    WithMinister + Withdrawal => Withdrawn;
    WithMinister + Takeover => WithMinister;
    Clarification + Assignment => Clarification;
    Clarification + ClarificationAnswer => WithMinister;
    Clarification + ClarificationClosure => WithMinister;
    Clarification + Withdrawal => Withdrawn;
    Clarification + Takeover => Clarification;
    Clarification + Elapse => WithMinister;
    ResolutionPrepared + ResolutionDraft => ResolutionPrepared;
    ResolutionPrepared + ResolutionDraftReturn => WithMinister;
    ResolutionPrepared + Resolution => Approved | Rejected;
    ResolutionPrepared + PendingStepRefusal => ResolutionPrepared;
    ResolutionPrepared + Withdrawal => Withdrawn;
    ResolutionPrepared + Takeover => ResolutionPrepared;
    Approved + Handover => WithWholesaler;
    Approved + PaperReceipt => WithWholesaler;
    Approved + RevocationDraft => Approved;
    Approved + Revocation => Revoked;
    Approved + Withdrawal => Withdrawn;
    Approved + Takeover => Approved;
    Approved + Elapse => Expired;
    WithWholesaler + HandoverReturn => Approved;
    WithWholesaler + Realisation => WithWholesaler | Realised;
    WithWholesaler + RealisationReversal => WithWholesaler;
    WithWholesaler + TreatedPatients => WithWholesaler;
    WithWholesaler + TreatedPatientReversal => WithWholesaler;
    WithWholesaler + PatientListReopening => WithWholesaler;
    WithWholesaler + RevocationDraft => WithWholesaler;
    WithWholesaler + Revocation => Revoked;
    WithWholesaler + Withdrawal => Withdrawn;
    WithWholesaler + Takeover => WithWholesaler;
    Realised + Realisation => Realised;
    Realised + RealisationReversal => Realised | WithWholesaler;
    Realised + Takeover => Realised;
    Realised + TreatedPatients => Realised;
    Realised + TreatedPatientReversal => Realised;
    Realised + PatientListReopening => Realised;
    Expired + PaperReceipt => WithWholesaler;
    Revoked + Takeover => Revoked;
    Revoked + Realisation => Revoked;
    Revoked + RealisationReversal => Revoked;
    Revoked + TreatedPatients => Revoked;
    Revoked + TreatedPatientReversal => Revoked;
    Revoked + PatientListReopening => Revoked;
};

/// How a demand begins, as the API path has it, and where it stands then.
pub const BEGINNINGS: &[(&str, StateName)] = &[
    ("create", StateName::Draft),
    ("copies", StateName::Draft),
    // PF art. 4ad(8)
    ("paper-entries", StateName::WithMinister),
];

/// Whether the lifecycle knows this command in this state.
pub fn admits(state: StateName, command: Command) -> bool {
    TRANSITIONS.iter().any(|row| row.from == state && row.command == command)
}

/// The commands that the lifecycle knows in this state, as the API names them.
pub fn commands_in(state: StateName) -> Vec<Command> {
    TRANSITIONS
        .iter()
        .filter(|row| row.from == state && row.command != Command::Elapse)
        .map(|row| row.command)
        .collect()
}
