//! What this caller may do with a notification now, what not, why, and who can change that.

use super::access::Relation;
use super::paper::is_scanned;
use super::submit_authorisation::base_of;
use super::visibility::sees_question;
use crate::App;
use crate::authorize::Action;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::pending_step::may_be_ended;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::clarification::waiting_for;
use domain::demand::refusals::{NOT_ASSIGNED, REVOCATION_DRAFT_MISSING, SAME_OFFICER};
use domain::ids::{AuthorisationId, OrganisationId, PersonId};
use domain::paper::refusals::SCAN_MISSING;
use domain::pending::TOO_EARLY;
use domain::problem::ProblemType;
use domain::temporary_authorisation::lifecycle::{self, Command, StateName, TRANSITIONS};
use domain::temporary_authorisation::model::Outcome;
use domain::temporary_authorisation::refusals::{
    CONSENT_ENDED, CONSENT_NOT_IN_FORCE, DISPENSED_BY_PHARMACY, HANDED_OVER_ALREADY, IS_ADDITION,
    NOT_HANDED_OVER, STEP_PENDING, WRONG_STATE,
};
use domain::temporary_authorisation::{Authorisation, addition, pending, revocation};

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
        let (parts, own) = (self.inner.clone(), caller.org_id());
        self.read_authorisation(caller, id, move |tx, seen| {
            let authorisation = &seen.loaded.authorisation;
            let now = parts.clock.now(&authorisation.space);
            let asking = Asking {
                relation: seen.relation,
                person: seen.facts.person,
                organisation: own,
                base_ended: match authorisation.adds_to {
                    Some(base) => addition::in_force(&base_of(tx, &parts, base)?).is_none(),
                    None => false,
                },
                may_end: may_be_ended(&parts, authorisation.pending.as_ref(), now),
                is_scanned: is_scanned(tx, &seen.loaded.key, authorisation)?,
                today: warsaw_date(now),
            };
            let theirs = Command::ALL
                .into_iter()
                .filter(|command| seen.relation.may(*command))
                .filter(|it| authorisation.pending.is_some() || *it != Command::PendingStepRefusal)
                .filter(|it| authorisation.paper.is_some() || *it != Command::PaperCorrection);
            let lines = theirs.map(|command| line(command, &asking, authorisation));
            Ok(AuthorisationActions {
                state: authorisation.state.name(),
                revision: authorisation.revision,
                lines: lines.collect(),
            })
        })
        .await
    }
}

/// Who asks, and what else decides.
struct Asking {
    relation: Relation,
    person: Option<PersonId>,
    organisation: Option<OrganisationId>,
    /// Of an addition: the consent to which it adds is no longer in force.
    base_ended: bool,
    /// A signature has awaited validation so long that an officer may end the wait.
    may_end: bool,
    /// The scan of its paper is there.
    is_scanned: bool,
    today: NaiveDate,
}

fn line(command: Command, asking: &Asking, authorisation: &Authorisation) -> AuthorisationActionLine {
    let blocked_by = blocked(command, asking, authorisation);
    let by_nobody =
        [IS_ADDITION, STEP_PENDING, TOO_EARLY, CONSENT_ENDED, CONSENT_NOT_IN_FORCE, HANDED_OVER_ALREADY];
    let unblocked_by = match blocked_by {
        None => Vec::new(),
        Some(problem) if problem == WRONG_STATE => who_moves(authorisation.state.name()),
        Some(problem) if problem == STEP_PENDING && asking.may_end => officers(),
        Some(problem) if problem == SAME_OFFICER => vec!["MINISTRY_DECIDER"],
        Some(problem) if problem == NOT_HANDED_OVER || problem == DISPENSED_BY_PHARMACY => vec!["PHARMACY"],
        Some(problem) if by_nobody.contains(&problem) => Vec::new(),
        Some(_) => vec!["MINISTRY_PREPARER"],
    };
    AuthorisationActionLine { command, blocked_by, unblocked_by }
}

fn blocked(command: Command, asking: &Asking, authorisation: &Authorisation) -> Option<&'static ProblemType> {
    let state = &authorisation.state;
    if !lifecycle::admits(state.name(), command) {
        return Some(WRONG_STATE);
    }
    if pending::admit(authorisation, command).is_err() {
        return Some(STEP_PENDING);
    }
    let is_own = |officer: &domain::demand::model::Officer| asking.person == Some(officer.person);
    match command {
        Command::PendingStepRefusal => (!asking.may_end).then_some(TOO_EARLY),
        Command::ResolutionDraft
        | Command::PaperCorrection
        | Command::Clarification
        | Command::ClarificationClosure
            if asking.relation != Relation::AssignedPreparer =>
        {
            Some(NOT_ASSIGNED)
        }
        Command::ResolutionDraft if authorisation.paper.is_some() && !asking.is_scanned => Some(SCAN_MISSING),
        // Somebody else is asked.
        Command::ClarificationAnswer if !may_answer(asking.relation, authorisation) => Some(WRONG_STATE),
        Command::Resolution => {
            let own = state.resolution_draft().filter(|draft| is_own(&draft.prepared_by));
            let ended = state.resolution_draft().is_some_and(|draft| draft.outcome == Outcome::Consented);
            own.map(|_| SAME_OFFICER).or((ended && asking.base_ended).then_some(CONSENT_ENDED))
        }
        Command::Revocation => match revocation::draft_of(authorisation) {
            None => Some(REVOCATION_DRAFT_MISSING),
            Some(draft) => is_own(&draft.prepared_by).then_some(SAME_OFFICER),
        },
        Command::RevocationDraft | Command::Addition => authorisation.adds_to.map(|_| IS_ADDITION),
        Command::Handover | Command::HandoverReturn | Command::Realisation => authorisation
            .adds_to
            .map(|_| IS_ADDITION)
            .or_else(|| blocked_supply(command, asking, authorisation)),
        _ => None,
    }
}

/// What stands in the way of pharmacy and wholesaler besides what they would enter.
fn blocked_supply(
    command: Command,
    asking: &Asking,
    authorisation: &Authorisation,
) -> Option<&'static ProblemType> {
    let consented = authorisation.state.consented()?;
    let is_supplier = asking.relation == Relation::Supplier;
    let own = asking.organisation.and_then(|own| consented.passed_on_by(own));
    match command {
        Command::Handover if !consented.terms.period.holds_on(asking.today) => Some(CONSENT_NOT_IN_FORCE),
        Command::Handover => own.map(|_| HANDED_OVER_ALREADY),
        // A wholesaler names whose hand-over it declines.
        Command::HandoverReturn if is_supplier => consented.passed_on.is_empty().then_some(NOT_HANDED_OVER),
        Command::HandoverReturn => match own {
            None => Some(NOT_HANDED_OVER),
            Some(passed) => (passed.entries > 0).then_some(DISPENSED_BY_PHARMACY),
        },
        _ => (!is_supplier && own.is_none()).then_some(NOT_HANDED_OVER),
    }
}

/// Whether the open question is this party's to answer, or to enter the answer of.
fn may_answer(relation: Relation, authorisation: &Authorisation) -> bool {
    waiting_for(authorisation).is_some_and(|addressee| sees_question(relation, addressee))
}

/// Who may end a wait.
fn officers() -> Vec<&'static str> {
    Action::Authorisation(Command::PendingStepRefusal).roles().iter().map(|role| role.name()).collect()
}

/// Whose move leads out of this state.
fn who_moves(state: StateName) -> Vec<&'static str> {
    let mut roles: Vec<&'static str> = TRANSITIONS
        .iter()
        .filter(|row| row.from == state && row.to.iter().any(|to| *to != state))
        .filter(|row| !matches!(row.command, Command::Withdrawal | Command::Elapse))
        .flat_map(|row| Action::Authorisation(row.command).roles())
        .map(|role| role.name())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}
