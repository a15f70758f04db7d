//! What this caller may do with a notification now, what not, why, and who can change that.

use super::access::Relation;
use crate::App;
use crate::authorize::Action;
use crate::caller::Caller;
use crate::failure::Failure;
use domain::demand::refusals::{NOT_ASSIGNED, REVOCATION_DRAFT_MISSING, SAME_OFFICER};
use domain::ids::{AuthorisationId, PersonId};
use domain::problem::ProblemType;
use domain::temporary_authorisation::lifecycle::{self, Command, StateName};
use domain::temporary_authorisation::refusals::{IS_ADDITION, STEP_PENDING, WRONG_STATE};
use domain::temporary_authorisation::{Authorisation, pending, revocation};

/// One action: allowed, or blocked by a rule that somebody can lift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorisationActionLine {
    pub command: Command,
    pub blocked_by: Option<&'static ProblemType>,
    /// The roles whose move would unblock it.
    pub unblocked_by: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorisationActions {
    pub state: StateName,
    pub revision: i64,
    pub lines: Vec<AuthorisationActionLine>,
}

impl App {
    #[tracing::instrument(name = "authorisation_actions", skip_all)]
    pub async fn authorisation_actions(
        &self,
        caller: &Caller,
        id: AuthorisationId,
    ) -> Result<AuthorisationActions, Failure> {
        self.read_authorisation(caller, id, |_, seen| {
            let authorisation = &seen.loaded.authorisation;
            let theirs = Command::ALL.into_iter().filter(|command| seen.relation.may(*command));
            let lines = theirs.map(|command| line(command, seen.relation, authorisation, seen.facts.person));
            Ok(AuthorisationActions {
                state: authorisation.state.name(),
                revision: authorisation.revision,
                lines: lines.collect(),
            })
        })
        .await
    }
}

fn line(
    command: Command,
    relation: Relation,
    authorisation: &Authorisation,
    person: Option<PersonId>,
) -> AuthorisationActionLine {
    let blocked_by = blocked(command, relation, authorisation, person);
    let unblocked_by = match blocked_by {
        None => Vec::new(),
        Some(problem) if problem == WRONG_STATE => who_moves(authorisation.state.name()),
        Some(problem) if problem == SAME_OFFICER => vec!["MINISTRY_DECIDER"],
        Some(problem) if problem == IS_ADDITION || problem == STEP_PENDING => Vec::new(),
        Some(_) => vec!["MINISTRY_PREPARER"],
    };
    AuthorisationActionLine { command, blocked_by, unblocked_by }
}

fn blocked(
    command: Command,
    relation: Relation,
    authorisation: &Authorisation,
    person: Option<PersonId>,
) -> Option<&'static ProblemType> {
    let state = &authorisation.state;
    if !lifecycle::admits(state.name(), command) {
        return Some(WRONG_STATE);
    }
    if pending::admit(authorisation, command).is_err() {
        return Some(STEP_PENDING);
    }
    let is_own = |officer: &domain::demand::model::Officer| person == Some(officer.person);
    match command {
        Command::ResolutionDraft if relation != Relation::AssignedPreparer => Some(NOT_ASSIGNED),
        Command::Resolution => {
            let own = state.resolution_draft().filter(|draft| is_own(&draft.prepared_by));
            own.map(|_| SAME_OFFICER)
        }
        Command::Revocation => match revocation::draft_of(authorisation) {
            None => Some(REVOCATION_DRAFT_MISSING),
            Some(draft) => is_own(&draft.prepared_by).then_some(SAME_OFFICER),
        },
        Command::RevocationDraft | Command::Addition | Command::Handover | Command::Realisation => {
            authorisation.adds_to.map(|_| IS_ADDITION)
        }
        _ => None,
    }
}

/// Whose move leads out of this state.
fn who_moves(state: StateName) -> Vec<&'static str> {
    let mut roles: Vec<&'static str> = lifecycle::commands_in(state)
        .into_iter()
        .filter(|command| *command != Command::Withdrawal)
        .flat_map(|command| Action::Authorisation(command).roles())
        .map(|role| role.name())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}
