//! The one way in which a notification changes: on the frame of all entries, with the term that has run out applied first, access
//! decided, the decision saved under a guard on the revision, and its events beside it.

use super::access::{Relation, Seen, load};
use super::announce;
use super::elapse::is_over;
use super::view::{self, AuthorisationView};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::demand::check_match;
use crate::entry::{EntryWrite, Work};
use crate::failure::{Failure, Refused};
use crate::faults::CLIENT_REFERENCE_TAKEN;
use chrono::{DateTime, Utc};
use domain::decision::Decided;
use domain::ids::AuthorisationId;
use domain::problem::{Kind, Violation};
use domain::temporary_authorisation::lifecycle::{self, Command, StateName};
use domain::temporary_authorisation::{Authorisation, AuthorisationEvent, KIND, pending};
use store::StoreError;
use store::sealing::DataKey;
use store::temporary_authorisation::{self, REFERENCE_KEY};

/// Which notification, and which revision of it the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct AuthorisationTarget {
    pub id: AuthorisationId,
    pub if_match: Option<u64>,
}

/// A command as the frame needs it.
pub(super) struct Change {
    pub command: Command,
    /// Under which the audit knows it, and its answer its action.
    pub operation: &'static str,
    /// The revision on which facts from outside were gathered, e.g. a signature.
    pub seen_revision: Option<i64>,
    /// Takes the step whose signature awaited validation, judged as of its receipt.
    pub resumes: Option<DateTime<Utc>>,
}

impl Change {
    pub(super) const fn of(command: Command, operation: &'static str) -> Self {
        Self { command, operation, seen_revision: None, resumes: None }
    }

    /// Entries of the ledger and questions add a child: whether it fits is decided by what is there, not by a revision.
    /// What resumes names the revision of its receipt.
    fn needs_match(&self) -> bool {
        let adds_child = matches!(
            self.command,
            Command::Realisation
                | Command::RealisationReversal
                | Command::Clarification
                | Command::ClarificationAnswer
                | Command::ClarificationClosure
        );
        self.resumes.is_none() && !adds_child
    }
}

/// What a decision brings back.
pub(super) type Changed = Result<Decided<Authorisation, AuthorisationEvent>, Failure>;

impl App {
    /// Carries out `decide` on the notification.
    pub(super) async fn change_authorisation(
        &self,
        caller: &Caller,
        change: Change,
        target: AuthorisationTarget,
        write: Write,
        render: Render<AuthorisationView>,
        decide: impl Fn(&mut Work<'_, '_>, Authorisation, &DataKey) -> Changed + Send + Sync + 'static,
    ) -> Result<Answer, Failure> {
        let action = Action::Authorisation(change.command);
        crate::authorize::authorize_role(caller, action).map_err(Failure::Denied)?;
        self.apply_end_of_period(target.id).await?;
        let asked = EntryWrite {
            action,
            operation: change.operation,
            document_kind: KIND,
            id_of: |view: &AuthorisationView| view.id.to_string(),
            id: Some(target.id.to_string()),
            write,
            render,
        };
        self.write_entry(caller, asked, move |work| {
            work.now = change.resumes.unwrap_or(work.now);
            if !change.needs_match() {
                temporary_authorisation::hold(work.tx, target.id)?;
            }
            let seen = load(work.tx, work.parts, work.caller, target.id)?;
            run(work, &seen, &change, target, &decide)
        })
        .await
    }
}

fn run(
    work: &mut Work<'_, '_>,
    seen: &Seen,
    change: &Change,
    target: AuthorisationTarget,
    decide: &impl Fn(&mut Work<'_, '_>, Authorisation, &DataKey) -> Changed,
) -> Result<AuthorisationView, Failure> {
    if is_over(work.tx, work.parts, &seen.loaded.authorisation)? {
        return Err(Failure::Stale);
    }
    let relation = seen.admit(change.command)?;
    let revision = seen.loaded.authorisation.revision;
    check_match(target.if_match, revision, change.needs_match())?;
    if change.seen_revision.is_some_and(|seen| seen != revision) {
        return Err(Failure::Stale);
    }
    let state = seen.loaded.authorisation.state.name();
    let waited = seen.loaded.authorisation.pending.is_some();
    let on_paper = seen.loaded.authorisation.paper.is_some();
    let waits = waited && change.resumes.is_none();
    let found = out_of_waiting(seen.loaded.authorisation.clone(), change, relation)?;
    let decided = decide(work, found, &seen.loaded.key);
    let Decided { document, events } = decided.map_err(|failure| match failure {
        Failure::Refused(found) => refused_at(found, state, relation, |command| {
            (on_paper || command != Command::PaperCorrection) && (!waits || command.fits_a_wait())
        }),
        other => other,
    })?;
    let is_settled = waited && document.pending.is_none();
    let present = work.parts.clock.now(&document.space);
    let saved = temporary_authorisation::save(work.tx, document, &seen.loaded.key, present)
        .map_err(taken)?
        .ok_or(Failure::Stale)?;
    // After the document, as the worker does: two who settle a step at once wait for one another in one order.
    if is_settled {
        store::pending_steps::remove(work.tx, &saved.id.to_string())?;
    }
    announce::by_a_caller(work.tx, work.parts, work.caller, &saved, &events)?;
    let relation = seen.relation_to(work.caller, &saved);
    view::build(work.tx, work.parts, relation, work.caller.org_id(), &saved, &seen.loaded.key, work.now)
}

/// A notification of which a signature awaits validation admits what resumes it, and a withdrawal.
fn out_of_waiting(
    found: Authorisation,
    change: &Change,
    relation: Relation,
) -> Result<Authorisation, Failure> {
    if change.resumes.is_some() {
        return Ok(pending::resume(found));
    }
    let state = found.state.name();
    pending::admit(&found, change.command).map_err(|broken| waiting(broken, state, relation))?;
    Ok(found)
}

/// Rules that a decision found broken, with the state and what it admits of this party.
pub(super) fn refused(violations: Vec<Violation>, state: StateName, relation: Relation) -> Failure {
    let conflict = domain::decision::leading_kind(&violations) == Some(Kind::Conflict);
    let mut refused = Refused::all(violations);
    if conflict {
        refused.current_state = Some(state.name());
        let theirs = lifecycle::commands_in(state).into_iter().filter(|command| relation.may(*command));
        // What ends a wait is possible where something waits, and is named there.
        let theirs = theirs.filter(|command| *command != Command::PendingStepRefusal);
        refused.allowed_actions = theirs.map(Command::name).collect();
    }
    Failure::Refused(refused)
}

/// The same of a decision, which may be another one later; with what is possible of this notification now: one that did not
/// come on paper is not corrected as paper, and while a signature waits little is done.
fn refused_at(
    found: Refused,
    state: StateName,
    relation: Relation,
    is_possible: impl Fn(Command) -> bool,
) -> Failure {
    match refused(found.violations, state, relation) {
        Failure::Refused(mut refused) => {
            let possible =
                |name: &str| Command::ALL.into_iter().any(|it| it.name() == name && is_possible(it));
            refused.allowed_actions.retain(|name| possible(name));
            Failure::Refused(Refused { not_before: found.not_before, ..refused })
        }
        other => other,
    }
}

/// The same while a signature awaits validation: a withdrawal, or the end of the wait, is all that may be left.
pub(super) fn waiting(violations: Vec<Violation>, state: StateName, relation: Relation) -> Failure {
    match refused(violations, state, relation) {
        Failure::Refused(mut refused) => {
            let left = lifecycle::commands_in(state).into_iter().filter(|command| command.fits_a_wait());
            let theirs = left.filter(|command| relation.may(*command));
            refused.allowed_actions = theirs.map(Command::name).collect();
            Failure::Refused(refused)
        }
        other => other,
    }
}

/// The unique index found another open notification with this reference.
pub(super) fn taken(error: StoreError) -> Failure {
    if error.is_unique_violation_of(REFERENCE_KEY) {
        Failure::Refused(Refused::one(CLIENT_REFERENCE_TAKEN))
    } else {
        error.into()
    }
}
