//! What can be asked of a notification, and which command leads from which state where.

use super::StateName;

/// Everything that can be asked of a notification after its creation; the API path has the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    Edit,
    Submission,
    RepresentativeApproval,
    RepresentativeRefusal,
    PaperCorrection,
    Assignment,
    Clarification,
    ClarificationAnswer,
    ClarificationClosure,
    ResolutionDraft,
    ResolutionDraftReturn,
    Resolution,
    /// An officer ends the wait for the validation of a signature.
    PendingStepRefusal,
    Withdrawal,
    RevocationDraft,
    Revocation,
    Addition,
    Handover,
    HandoverReturn,
    Realisation,
    RealisationReversal,
    /// A term that has run out, applied before anything else.
    Elapse,
}

impl Command {
    pub const ALL: [Command; 22] = [
        Self::Edit,
        Self::Submission,
        Self::RepresentativeApproval,
        Self::RepresentativeRefusal,
        Self::PaperCorrection,
        Self::Assignment,
        Self::Clarification,
        Self::ClarificationAnswer,
        Self::ClarificationClosure,
        Self::ResolutionDraft,
        Self::ResolutionDraftReturn,
        Self::Resolution,
        Self::PendingStepRefusal,
        Self::Withdrawal,
        Self::RevocationDraft,
        Self::Revocation,
        Self::Addition,
        Self::Handover,
        Self::HandoverReturn,
        Self::Realisation,
        Self::RealisationReversal,
        Self::Elapse,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Submission => "submission",
            Self::RepresentativeApproval => "representative-approval",
            Self::RepresentativeRefusal => "representative-refusal",
            Self::PaperCorrection => "paper-correction",
            Self::Assignment => "assignment",
            Self::Clarification => "clarifications",
            Self::ClarificationAnswer => "answer",
            Self::ClarificationClosure => "closure",
            Self::ResolutionDraft => "resolution-draft",
            Self::ResolutionDraftReturn => "resolution-draft/return",
            Self::Resolution => "resolution",
            Self::PendingStepRefusal => "pending-step/refusal",
            Self::Withdrawal => "withdrawal",
            Self::RevocationDraft => "revocation-draft",
            Self::Revocation => "revocation",
            Self::Addition => "additions",
            Self::Handover => "handover",
            Self::HandoverReturn => "handover-return",
            Self::Realisation => "realisations",
            Self::RealisationReversal => "reversal",
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
    Draft + Submission => AwaitingRepresentative;
    Draft + PendingStepRefusal => Draft;
    Draft + Withdrawal => Withdrawn;
    AwaitingRepresentative + RepresentativeApproval => WithMinister;
    AwaitingRepresentative + RepresentativeRefusal => Draft;
    AwaitingRepresentative + PendingStepRefusal => AwaitingRepresentative;
    AwaitingRepresentative + Withdrawal => Withdrawn;
    WithMinister + PaperCorrection => WithMinister;
    WithMinister + Assignment => WithMinister;
    WithMinister + Clarification => Clarification;
    WithMinister + ResolutionDraft => ResolutionPrepared;
    WithMinister + Withdrawal => Withdrawn;
    Clarification + Assignment => Clarification;
    Clarification + ClarificationAnswer => WithMinister;
    Clarification + ClarificationClosure => WithMinister;
    Clarification + Withdrawal => Withdrawn;
    Clarification + Elapse => WithMinister;
    ResolutionPrepared + ResolutionDraft => ResolutionPrepared;
    ResolutionPrepared + ResolutionDraftReturn => WithMinister;
    ResolutionPrepared + Resolution => Consented | Refused;
    ResolutionPrepared + PendingStepRefusal => ResolutionPrepared;
    ResolutionPrepared + Withdrawal => Withdrawn;
    Consented + RevocationDraft => Consented;
    Consented + Revocation => Revoked;
    Consented + Addition => Consented;
    Consented + Handover => Consented;
    Consented + HandoverReturn => Consented;
    Consented + Realisation => Consented;
    Consented + RealisationReversal => Consented;
    Consented + Elapse => Lapsed;
    Lapsed + Realisation => Lapsed;
    Lapsed + RealisationReversal => Lapsed;
    Revoked + Realisation => Revoked;
    Revoked + RealisationReversal => Revoked;
};

/// How a notification begins: the operation as the API path has it, and the first state.
pub const BEGINNINGS: &[(&str, StateName)] = &[
    ("create", StateName::Draft),
    ("additions", StateName::Draft),
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
