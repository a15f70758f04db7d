//! The one way in which a repair order changes: claim, load, admit, decide, save, record, answer – in one transaction, with what
//! time has changed applied first.

use super::access::{Relation, Seen, load_at};
use super::announce::{self, Saved};
use super::refuse_pending_step::may_end;
use super::view::{self, RepairOrderView, Viewer};
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::check_match;
use crate::device_order::{ATTEMPTS, OrderReading, times, with_not_before};
use crate::failure::{Failure, Refused};
use crate::faults::CLIENT_REFERENCE_TAKEN;
use crate::idempotent::{self, Done};
use crate::{App, Parts, register};
use chrono::{DateTime, Utc};
use domain::decision::Decided;
use domain::demand::model::Officer;
use domain::device_repair_order::lifecycle::{self, Command, StateName};
use domain::device_repair_order::{RepairOrder, RepairOrderEvent, clocks, pending};
use domain::ids::{PatientId, RepairOrderId};
use domain::problem::{Kind, Violation};
use domain::values::Text;
use std::sync::Arc;
use store::device_order::GIVEN_NUMBER_KEY;
use store::device_repair_order::{NUMBER_KEY, REFERENCE_KEY};
use store::sealing::DataKey;
use store::{StoreError, Tx};

/// Which order, and which revision of it the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct RepairTarget {
    pub id: RepairOrderId,
    pub if_match: Option<u64>,
}

/// A command as the frame needs it.
#[derive(Clone, Copy)]
pub(super) struct Change {
    pub command: Command,
    /// Under which the audit knows it, and its answer its action.
    pub operation: &'static str,
    /// The revision on which facts from outside were gathered, e.g. a signature.
    pub seen_revision: Option<i64>,
    /// Whether the content, and so perhaps the patient, is another one afterwards.
    pub edits: bool,
    /// Whether no revision has to be named: of two at once the state lets one in, and whoever was overtaken looks anew.
    pub needs_no_match: bool,
    /// Takes the step whose signature awaited validation, judged as of its receipt.
    pub resumes: Option<DateTime<Utc>>,
}

impl Change {
    pub(super) const fn of(command: Command, operation: &'static str) -> Self {
        let (seen_revision, resumes) = (None, None);
        Self { command, operation, seen_revision, edits: false, needs_no_match: false, resumes }
    }
}

/// What a decision works with.
pub(super) struct Work<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub parts: &'w Parts,
    pub caller: &'w Caller,
    pub now: DateTime<Utc>,
    pub key: &'w DataKey,
    pub patient: PatientId,
    pub relation: Relation,
    /// Why, as the patient reads it in their access log.
    pub purpose: Option<Text<500>>,
}

impl Work<'_, '_> {
    pub(super) fn is_officer(&self) -> bool {
        self.relation.is_officer()
    }

    /// The officer who asks; none where a provider does.
    pub(super) fn officer(&mut self) -> Result<Option<Officer>, Failure> {
        if self.is_officer() { register::officer(self.tx, self.caller).map(Some) } else { Ok(None) }
    }
}

/// What a decision brings back.
pub(super) type Changed = Result<Decided<RepairOrder, RepairOrderEvent>, Failure>;

/// What was decided, and why.
type Settled = (Decided<RepairOrder, RepairOrderEvent>, Option<Text<500>>);

/// What is asked of an order, as it is carried out in a transaction.
pub(super) struct Asked<F> {
    pub caller: Caller,
    pub change: Change,
    pub target: RepairTarget,
    pub write: Write,
    pub render: Render<RepairOrderView>,
    pub decide: F,
}

impl App {
    /// Carries out `decide` on the order.
    pub(super) async fn change_repair_order<F>(
        &self,
        caller: &Caller,
        change: Change,
        target: RepairTarget,
        write: Write,
        render: Render<RepairOrderView>,
        decide: F,
    ) -> Result<Answer, Failure>
    where
        F: Fn(&mut Work<'_, '_>, RepairOrder) -> Changed + Send + Sync + 'static,
    {
        authorize_role(caller, Action::RepairOrder(change.command)).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &write).await?;
        let trace_id = write.trace_id.clone();
        let asked = Asked { caller: caller.clone(), change, target, write, render, decide };
        let done = self.carry_out_on_repair_order(Arc::new(asked)).await;
        drop(turn);
        self.answered(caller, &trace_id, done?).await
    }

    /// The same for whoever has their turn already. A refused attempt is on record before the refusal leaves.
    pub(super) async fn carry_out_on_repair_order<F>(&self, asked: Arc<Asked<F>>) -> Result<Done, Failure>
    where
        F: Fn(&mut Work<'_, '_>, RepairOrder) -> Changed + Send + Sync + 'static,
    {
        let mut done = self.try_on_repair_order(&asked).await;
        for _ in 1..ATTEMPTS {
            if !(asked.change.needs_no_match && matches!(done, Err(Failure::Stale))) {
                break;
            }
            done = self.try_on_repair_order(&asked).await;
        }
        // No revision was asked for: whoever never got their turn asks again.
        if asked.change.needs_no_match && matches!(done, Err(Failure::Stale)) {
            done = Err(Failure::Unavailable { problem: crate::faults::BUSY, retry_after: 1 });
        }
        if let Err(failure) = &done {
            let reading = OrderReading {
                caller: &asked.caller,
                operation: asked.change.operation,
                trace_id: &asked.write.trace_id,
            };
            self.record_refused_on_repair_order(reading, asked.target.id, failure).await?;
        }
        done
    }

    async fn try_on_repair_order<F>(&self, asked: &Arc<Asked<F>>) -> Result<Done, Failure>
    where
        F: Fn(&mut Work<'_, '_>, RepairOrder) -> Changed + Send + Sync + 'static,
    {
        self.apply_elapsed_repair_order(asked.target.id).await?;
        let (parts, job) = (self.inner.clone(), asked.clone());
        self.inner.store.transaction(move |tx| job.run(tx, &parts)).await
    }
}

impl<F> Asked<F>
where
    F: Fn(&mut Work<'_, '_>, RepairOrder) -> Changed,
{
    fn run(&self, tx: &mut Tx<'_>, parts: &Parts) -> Result<Done, Failure> {
        let (caller, write) = (&self.caller, &self.write);
        if let Some(earlier) = idempotent::claim(tx, parts, caller, write, self.change.operation)? {
            return Ok(Done::Before(earlier));
        }
        let now = self.change.resumes.unwrap_or_else(|| parts.clock.now(&caller.space));
        let seen = load_at(tx, parts, caller, self.target.id, now)?;
        if clocks::is_due(&seen.loaded.order, now) {
            return Err(Failure::Stale);
        }
        // A patient holds no post.
        if caller.role != Role::Patient {
            register::in_post(tx, caller)?;
        }
        self.changed(tx, parts, &seen, now).map(Done::Now)
    }

    fn changed(
        &self,
        tx: &mut Tx<'_>,
        parts: &Parts,
        seen: &Seen,
        now: DateTime<Utc>,
    ) -> Result<StoredAnswer, Failure> {
        let relation = seen.admit(self.change.command)?;
        let loaded = &seen.loaded;
        if !self.change.needs_no_match && self.change.resumes.is_none() {
            check_match(self.target.if_match, loaded.order.revision, true)?;
        }
        if self.change.seen_revision.is_some_and(|seen| seen != loaded.order.revision) {
            return Err(Failure::Stale);
        }
        let decided = self.decided(tx, parts, (seen, relation), now)?;
        self.saved(tx, parts, seen, decided, now)
    }

    fn decided(
        &self,
        tx: &mut Tx<'_>,
        parts: &Parts,
        (seen, relation): (&Seen, Relation),
        now: DateTime<Utc>,
    ) -> Result<Settled, Failure> {
        let (loaded, caller) = (&seen.loaded, &self.caller);
        let state = loaded.order.state.name();
        let may_end = may_end(parts, &loaded.order, relation, now);
        // Whatever resumes it or cancels it finds nothing waiting.
        let waits = loaded.order.pending.is_some() && self.change.command == Command::PendingStepRefusal;
        let found = self.out_of_waiting(loaded.order.clone(), relation, may_end)?;
        let (key, patient) = (&loaded.key, loaded.patient);
        let mut work = Work { tx, parts, caller, now, key, patient, relation, purpose: None };
        let decided = (self.decide)(&mut work, found);
        let purpose = work.purpose.take();
        let decided = decided.map_err(|failure| match failure {
            Failure::Refused(found) => {
                let not_before = found.not_before;
                let mut failure = with_not_before(refused(found.violations, state, relation), not_before);
                if let (true, Failure::Refused(refused)) = (waits, &mut failure) {
                    refused.allowed_actions = left_to(relation, state, Some(may_end));
                }
                failure
            }
            other => other,
        })?;
        Ok((decided, purpose))
    }

    fn saved(
        &self,
        tx: &mut Tx<'_>,
        parts: &Parts,
        seen: &Seen,
        (decided, purpose): Settled,
        now: DateTime<Utc>,
    ) -> Result<StoredAnswer, Failure> {
        let (loaded, caller) = (&seen.loaded, &self.caller);
        let Decided { document, events } = decided;
        let new_patient = self.change.edits.then(|| PatientId(parts.entropy.id(now)));
        let is_settled = loaded.order.pending.is_some() && document.pending.is_none();
        let times = times(parts, parts.clock.now(&caller.space));
        let saved = store::device_repair_order::save(tx, &parts.ring, document, loaded, new_patient, times);
        let (order, patient) = saved.map_err(taken)?.ok_or(Failure::Stale)?;
        // After the document, as the worker does: two who settle a step at once wait for one another in one order.
        if is_settled {
            store::pending_steps::remove(tx, &order.id.to_string())?;
        }
        let answer =
            (self.render)(&view::build(Viewer::of(caller, seen.relation_to(caller, &order)), &order));
        // Whom a changed content no longer names is concerned, too: that they no longer stand there is about them.
        let concerned = [loaded.patient, patient];
        let saved = Saved { order: &order, patient, concerned: &concerned, events: &events };
        let by = (caller, &self.write, self.change.operation);
        announce::by_a_caller_for(tx, parts, by, purpose.as_ref(), &saved, &answer)?;
        Ok(answer)
    }
}

impl<F> Asked<F> {
    /// An order of which a signature awaits validation admits what resumes it, and what ends the wait.
    fn out_of_waiting(
        &self,
        found: RepairOrder,
        relation: Relation,
        may_end: bool,
    ) -> Result<RepairOrder, Failure> {
        if self.change.command == Command::PendingStepRefusal {
            return Ok(found);
        }
        if self.change.resumes.is_none() {
            admit_wait(&found, self.change.command, relation, may_end)?;
        }
        Ok(pending::resume(found))
    }
}

/// 409 where a signature awaits validation, with what is possible meanwhile; whether its wait may be ended is time's affair.
pub(super) fn admit_wait(
    order: &RepairOrder,
    command: Command,
    relation: Relation,
    may_end: bool,
) -> Result<(), Failure> {
    let Err(broken) = pending::admit(order, command) else { return Ok(()) };
    let state = order.state.name();
    let mut refused = Refused::all(broken);
    (refused.current_state, refused.allowed_actions) =
        (Some(state.name()), left_to(relation, state, Some(may_end)));
    Err(Failure::Refused(refused))
}

/// What this party may do in this state; where a signature awaits validation (`Some`), meanwhile.
fn left_to(relation: Relation, state: StateName, may_end: Option<bool>) -> Vec<&'static str> {
    let fits = |command: &Command| match (may_end, *command) {
        (waits, Command::PendingStepRefusal) => waits == Some(true),
        (Some(_), command) => command.fits_a_wait(),
        (None, _) => true,
    };
    let theirs = lifecycle::commands_in(state).filter(|command| relation.may(*command));
    theirs.filter(fits).map(Command::name).collect()
}

/// Rules that a decision found broken, with the state and what it admits of this party.
pub(super) fn refused(violations: Vec<Violation>, state: StateName, relation: Relation) -> Failure {
    let is_conflict = domain::decision::leading_kind(&violations) == Some(Kind::Conflict);
    let mut refused = Refused::all(violations);
    if is_conflict {
        refused.current_state = Some(state.name());
        refused.allowed_actions = left_to(relation, state, None);
    }
    Failure::Refused(refused)
}

/// The unique index found another open order with this reference; a number that is taken is drawn anew by who asks again.
pub(super) fn taken(error: StoreError) -> Failure {
    if error.is_unique_violation_of(REFERENCE_KEY) {
        Failure::Refused(Refused::one(CLIENT_REFERENCE_TAKEN))
    } else if [NUMBER_KEY, GIVEN_NUMBER_KEY].iter().any(|key| error.is_unique_violation_of(key)) {
        Failure::Unavailable { problem: crate::faults::BUSY, retry_after: 1 }
    } else {
        error.into()
    }
}
