//! Use cases of temporary authorisations (PF art. 4(8)), one file per operation.

mod access;
mod actions;
mod announce;
mod approve_authorisation;
mod assign_authorisation;
mod change;
mod check;
mod child;
mod clarification;
mod create_authorisation;
mod edit_authorisation;
mod elapse;
mod history;
mod list_authorisations;
mod open_addition;
mod paper;
mod pending_step;
mod prepare_resolution;
mod prepare_revocation;
mod print_authorisation;
mod read;
mod refuse_authorisation;
mod refuse_pending_step;
mod resolve_authorisation;
mod return_resolution_draft;
mod revoke_authorisation;
mod signed;
mod signed_command;
mod submit_authorisation;
mod supply;
mod validate_authorisation;
mod versions;
pub mod view;
pub mod visibility;
mod withdraw_authorisation;

pub use access::Relation;
pub use actions::{AuthorisationActionLine, AuthorisationActions};
pub use change::AuthorisationTarget;
pub use create_authorisation::CreateAuthorisation;
pub use edit_authorisation::EditAuthorisation;
pub use history::AuthorisationHistoryLine;
pub use list_authorisations::AuthorisationFilter;
pub use open_addition::OpenAddition;
pub use paper::{AuthorisationPaperEntry, CorrectAuthorisationPaperEntry, PaperJudgement};
pub use prepare_resolution::PrepareConsent;
pub use prepare_revocation::PrepareConsentRevocation;
pub use resolve_authorisation::ResolveAuthorisation;
pub use store::temporary_authorisation::AuthorisationLine;
pub use supply::AuthorisationNumbers;
pub use versions::AuthorisationVersion;
pub use view::AuthorisationView;

pub(crate) use access::Seen;
pub(crate) use child::AuthorisationChild;
pub(crate) use elapse::{elapse_in, remind_in};
pub(crate) use paper::existing_at;
pub(crate) use pending_step::refuse_step;
pub(crate) use read::in_feed;
pub(crate) use signed_command::SignedCommand;

use crate::authorize::Action;
use crate::caller::Role::{
    self, EntityRepresentative, MinistryDecider, MinistryPreparer, Pharmacy, Wholesaler,
};
use domain::temporary_authorisation::Command;

/// What an operation does that has an answer under its key.
pub(crate) fn action_of_operation(operation: &str) -> Option<Action> {
    Some(Action::Authorisation(match operation {
        "create_authorisation" => return Some(Action::CreateAuthorisation),
        "enter_authorisation_from_paper" => return Some(Action::EnterAuthorisationPaper),
        "send_authorisation_message" | "mark_authorisation_message_read" | "add_authorisation_attachment" => {
            return Some(Action::CorrespondOnAuthorisation);
        }
        "edit_authorisation" => Command::Edit,
        "submit_authorisation" => Command::Submission,
        "approve_authorisation" => Command::RepresentativeApproval,
        "refuse_authorisation" => Command::RepresentativeRefusal,
        "correct_authorisation_from_paper" => Command::PaperCorrection,
        "assign_authorisation" => Command::Assignment,
        "ask_authorisation_clarification" => Command::Clarification,
        "answer_authorisation_clarification" => Command::ClarificationAnswer,
        "close_authorisation_clarification" => Command::ClarificationClosure,
        "prepare_authorisation_resolution" => Command::ResolutionDraft,
        "return_authorisation_resolution_draft" => Command::ResolutionDraftReturn,
        "resolve_authorisation" => Command::Resolution,
        "refuse_authorisation_pending_step" => Command::PendingStepRefusal,
        "withdraw_authorisation" => Command::Withdrawal,
        "prepare_authorisation_revocation" => Command::RevocationDraft,
        "revoke_authorisation" => Command::Revocation,
        "open_addition" => Command::Addition,
        "hand_over_consent" => Command::Handover,
        "return_consent_handover" => Command::HandoverReturn,
        "draw_consent" => Command::Realisation,
        "reverse_consent_entry" => Command::RealisationReversal,
        _ => return None,
    }))
}

/// The roles that may try a command; whether this document admits it is asked next.
pub(crate) fn command_roles(command: Command) -> &'static [Role] {
    match command {
        Command::Edit | Command::Submission | Command::Withdrawal | Command::Addition => {
            &[Role::ResponsiblePerson]
        }
        Command::RepresentativeApproval | Command::RepresentativeRefusal => &[EntityRepresentative],
        Command::Assignment
        | Command::PaperCorrection
        | Command::Clarification
        | Command::ClarificationClosure
        | Command::ResolutionDraft
        | Command::RevocationDraft => &[MinistryPreparer],
        Command::ClarificationAnswer => &[
            Role::ResponsiblePerson,
            EntityRepresentative,
            MinistryPreparer,
            Role::ProductOffice,
            Role::AssessmentAgency,
            Role::AgricultureMinistry,
            Role::SanitaryInspectorate,
        ],
        Command::PendingStepRefusal | Command::ResolutionDraftReturn => &[MinistryPreparer, MinistryDecider],
        Command::Resolution | Command::Revocation => &[MinistryDecider],
        Command::Handover => &[Pharmacy],
        Command::HandoverReturn | Command::Realisation | Command::RealisationReversal => {
            &[Pharmacy, Wholesaler]
        }
        Command::Elapse => &[],
    }
}
