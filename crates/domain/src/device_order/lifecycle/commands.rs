//! What can be asked of an order, and which command leads from which state where.

use super::StateName;

/// Everything that can be asked of an order after its creation; the API path has the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    Edit,
    Submission,
    /// The payer begins to look at it; nobody asks for it.
    Verification,
    /// The payer has looked at it.
    VerificationResult,
    Correction,
    /// The wait for the validation of a signature is ended.
    PendingStepRefusal,
    /// An officer takes a negative order for a positive one.
    Acceptance,
    Cancellation,
    /// An officer records that the number of a paper order was sent back.
    Reply,
    /// The access code is drawn anew.
    CodeRenewal,
    TakeUp,
    TakeUpResult,
    TakeUpWithdrawal,
    /// The patient, or another provider, asks a holder to give it back.
    ReleaseRequest,
    Realisation,
    RealisationWithdrawal,
    Receipt,
    /// A month or a hold that has run out, applied before anything else.
    Elapse,
}

impl Command {
    pub const ALL: [Command; 18] = [
        Self::Edit,
        Self::Submission,
        Self::Verification,
        Self::VerificationResult,
        Self::Correction,
        Self::PendingStepRefusal,
        Self::Acceptance,
        Self::Cancellation,
        Self::Reply,
        Self::CodeRenewal,
        Self::TakeUp,
        Self::TakeUpResult,
        Self::TakeUpWithdrawal,
        Self::ReleaseRequest,
        Self::Realisation,
        Self::RealisationWithdrawal,
        Self::Receipt,
        Self::Elapse,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Submission => "submission",
            Self::Verification => "verification",
            Self::VerificationResult => "verification-result",
            Self::Correction => "correction",
            Self::PendingStepRefusal => "pending-step/refusal",
            Self::Acceptance => "acceptance",
            Self::Cancellation => "cancellation",
            Self::Reply => "reply",
            Self::CodeRenewal => "access-data/renewal",
            Self::TakeUp => "take-ups",
            Self::TakeUpResult => "take-up-result",
            Self::TakeUpWithdrawal => "withdrawal",
            Self::ReleaseRequest => "release-requests",
            Self::Realisation => "realisation",
            Self::RealisationWithdrawal => "realisation-withdrawal",
            Self::Receipt => "receipt",
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
    Draft + Submission => Registered;
    Draft + PendingStepRefusal => Draft;
    Registered + Verification => Verifying;
    Registered + Cancellation => Cancelled;
    Verifying + VerificationResult => Positive | Negative | Expired;
    Verifying + Cancellation => Cancelled;
    Negative + Correction => Registered;
    Negative + PendingStepRefusal => Negative;
    Negative + Acceptance => Positive | Expired;
    Negative + Cancellation => Cancelled;
    Negative + Reply => Negative;
    Positive + Cancellation => Cancelled | Realised;
    Positive + Reply => Positive;
    Positive + CodeRenewal => Positive;
    Positive + TakeUp => Positive;
    Positive + TakeUpResult => Positive;
    Positive + TakeUpWithdrawal => Positive | Realised | Expired;
    Positive + ReleaseRequest => Positive;
    Positive + Realisation => Positive | Realised;
    Positive + RealisationWithdrawal => Positive;
    Positive + Receipt => Positive;
    Positive + Elapse => Positive | Realised | Expired;
    Realised + RealisationWithdrawal => Positive;
    Realised + Receipt => Realised;
    Realised + Reply => Realised;
    Expired + Reply => Expired;
};

pub fn admits(state: StateName, command: Command) -> bool {
    TRANSITIONS.iter().any(|row| row.from == state && row.command == command)
}

pub fn commands_in(state: StateName) -> impl Iterator<Item = Command> {
    Command::ALL.into_iter().filter(move |command| admits(state, *command))
}
