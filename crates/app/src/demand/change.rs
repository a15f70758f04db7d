//! The one way in which a demand changes: claim, load, admit, decide, save, record, answer – in one transaction.

use super::access::{Named, Reception, Seen, has_elapsed, load_at};
use super::aim::{Aim, Failed};
use super::announce::{self, Written};
use super::create_demand::taken;
use super::pending_step::stood_in;
use super::read::Reading;
use super::refused::{Admits, refused_at, waiting};
use super::view::{self, DemandView};
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{self, Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::idempotent::{self, Done, Earlier};
use crate::recorded::AccessRecord;
use crate::{App, Parts};
use chrono::{DateTime, Utc};
use domain::decision::Decided;
use domain::demand::DemandEvent;
use domain::demand::content::{Content, rules};
use domain::demand::lifecycle::Command;
use domain::demand::model::{Consultant, Demand};
use domain::demand::pending;
use domain::ids::PatientId;
use std::sync::Arc;
use store::Tx;
use store::demand::Loaded;
use store::sealing::DataKey;

/// Which demand, and which revision of it the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub demand: Named,
    pub if_match: Option<u64>,
}

/// A command on a demand, as the runner needs it.
pub(crate) struct Change {
    pub command: Command,
    /// Operation id; also the action in the audit.
    pub operation: &'static str,
    /// Whether `If-Match` is required: for transitions of the document itself.
    pub needs_match: bool,
    /// The revision on which facts from outside were gathered, e.g. a signature.
    pub seen_revision: Option<i64>,
    /// Takes the step whose signature awaited validation.
    pub resumes: Option<Resumed>,
}

/// A step that was received before, and is judged as of its receipt.
#[derive(Clone, Debug)]
pub(crate) struct Resumed {
    pub received_at: DateTime<Utc>,
    /// Who stood in then for the chosen consultant; nobody, where nobody did.
    pub stood_in: Option<Consultant>,
}

impl Change {
    /// A transition of the document itself: the caller names the revision that they saw.
    pub(crate) const fn transition(command: Command, operation: &'static str) -> Self {
        Self { command, operation, needs_match: true, seen_revision: None, resumes: None }
    }

    /// Adds a child; whether it fits is decided by what is there, not by a revision.
    pub(crate) const fn addition(command: Command, operation: &'static str) -> Self {
        Self { command, operation, needs_match: false, seen_revision: None, resumes: None }
    }
}

/// What a decision works with.
pub(crate) struct Work<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub parts: &'w Parts,
    pub caller: &'w Caller,
    pub now: DateTime<Utc>,
    pub key: &'w DataKey,
}

/// What a decision brings back.
pub(crate) struct Decision {
    pub decided: Decided<Demand, DemandEvent>,
    /// The content was edited, so that its patients are written anew.
    pub content_changed: bool,
    /// Patients besides those whom the demand names, whom the change is on record for.
    pub concerned: Vec<PatientId>,
}

impl From<Decided<Demand, DemandEvent>> for Decision {
    fn from(decided: Decided<Demand, DemandEvent>) -> Self {
        Self { decided, content_changed: false, concerned: Vec::new() }
    }
}

/// How often a change without `If-Match` starts anew when another one was faster.
const ATTEMPTS: usize = 8;

impl App {
    /// Carries out `decide` on the demand. The closure may run again when another change came first.
    pub(crate) async fn change_demand<F>(
        &self,
        caller: &Caller,
        change: Change,
        aim: impl Into<Aim>,
        write: Write,
        render: Render<DemandView>,
        decide: F,
    ) -> Result<Answer, Failure>
    where
        F: Fn(&mut Work<'_, '_>, Demand) -> Result<Decision, Failure> + Send + Sync + 'static,
    {
        authorize_role(caller, Action::Demand(change.command)).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &write).await?;
        let aim = aim.into();
        // Whoever corrects a paper may be overtaken by another paper, and not only by a change of this demand.
        let overtaken_elsewhere = change.command == Command::PaperCorrection;
        let may_race = (aim.if_match().is_none() || overtaken_elsewhere) && change.seen_revision.is_none();
        let asked = Arc::new(Asked { caller: caller.clone(), change, aim, write, render, decide });
        let job = asked.clone();
        let done = self.carry_out(may_race, move |tx, parts| job.run(tx, parts)).await;
        drop(turn);
        let reading = Reading { caller, operation: asked.change.operation, trace_id: &asked.write.trace_id };
        self.settle(reading, done).await
    }

    /// Runs the job, and again after a term was applied that had run out, or when another change was faster and the
    /// caller need not see what it did.
    pub(super) async fn carry_out<J>(&self, may_race: bool, job: J) -> Result<Done, Box<Failed>>
    where
        J: Fn(&mut Tx<'_>, &Parts) -> Result<Done, Box<Failed>> + Send + Sync + 'static,
    {
        let job = Arc::new(job);
        let mut attempt = 0;
        loop {
            attempt += 1;
            let (parts, job) = (self.inner.clone(), job.clone());
            let failed = match self.inner.store.transaction(move |tx| job(tx, &parts)).await {
                Ok(done) => return Ok(done),
                Err(failed) => failed,
            };
            if let Some(id) = failed.about.filter(|_| failed.elapsed && attempt < ATTEMPTS) {
                self.apply_elapsed(id).await?;
                continue;
            }
            let raced = matches!(failed.failure, Failure::Stale);
            if !(raced && may_race && attempt < ATTEMPTS) {
                return Err(failed);
            }
        }
    }

    /// Every refused attempt on a loaded document is on record, in a transaction of its own.
    pub(super) async fn settle(
        &self,
        reading: Reading<'_>,
        done: Result<Done, Box<Failed>>,
    ) -> Result<Answer, Failure> {
        let failed = match done {
            Ok(done) => return self.answered(reading.caller, reading.trace_id, done).await,
            Err(failed) => failed,
        };
        self.keep(AccessRecord::of(failed.entries.clone())).await?;
        if let Some(id) = failed.about {
            self.record_refused_attempt(reading, id, &failed.failure).await?;
        }
        Err(failed.into_failure())
    }
}

pub(crate) fn refusal_code(failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::NotFound => Some("request.not_found"),
        Failure::Denied(problem) | Failure::Unavailable { problem, .. } => Some(problem.code),
        Failure::PreconditionRequired => Some("request.if_match_missing"),
        Failure::Stale => Some("request.stale"),
        Failure::Refused(refused) => refused.violations.first().map(|violation| violation.problem.code),
        Failure::Limited { .. } | Failure::Bug(_) => None,
    }
}

/// How a write on a demand begins.
pub(super) enum Opened {
    /// The same request was carried out before.
    Before(Earlier),
    Now(Box<Seen>, DateTime<Utc>),
}

/// Claims the key and loads the demand, in which no term may have run out by then.
pub(super) fn open(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    write: &Write,
    operation: &str,
    aim: &Aim,
    reception: Reception,
) -> Result<Opened, Box<Failed>> {
    let now = reception.now;
    if let Some(earlier) = idempotent::claim(tx, parts, caller, write, operation)? {
        return Ok(Opened::Before(earlier));
    }
    let named = aim.find(tx, parts, caller)?;
    let about = |failure| Failed::about(failure, named.id);
    let seen = load_at(tx, parts, caller, named, reception).map_err(about)?;
    if has_elapsed(tx, parts, &seen.loaded.demand, now).map_err(about)? {
        return Err(Box::new(Failed { elapsed: true, ..*about(Failure::Stale) }));
    }
    Ok(Opened::Now(Box::new(seen), now))
}

struct Asked<F> {
    caller: Caller,
    change: Change,
    aim: Aim,
    write: Write,
    render: Render<DemandView>,
    decide: F,
}

impl<F> Asked<F>
where
    F: Fn(&mut Work<'_, '_>, Demand) -> Result<Decision, Failure>,
{
    fn run(&self, tx: &mut Tx<'_>, parts: &Parts) -> Result<Done, Box<Failed>> {
        let resumed = self.change.resumes.as_ref();
        let now = resumed.map_or_else(|| parts.clock.now(&self.caller.space), |step| step.received_at);
        let stood_in = resumed.and_then(|step| step.stood_in.clone());
        let reception = Reception { now, stood_in };
        match open(tx, parts, &self.caller, &self.write, self.change.operation, &self.aim, reception)? {
            Opened::Before(earlier) => Ok(Done::Before(earlier)),
            Opened::Now(seen, now) => {
                let id = seen.loaded.demand.id;
                let changed = self.change(tx, parts, *seen, now);
                changed.map(Done::Now).map_err(|failure| Failed::about(failure, id))
            }
        }
    }

    fn change(
        &self,
        tx: &mut Tx<'_>,
        parts: &Parts,
        seen: Seen,
        now: DateTime<Utc>,
    ) -> Result<StoredAnswer, Failure> {
        let relation = seen.admit(&self.caller, Some(self.change.command))?;
        let Seen { loaded: before, facts } = seen;
        self.check_revision(before.demand.revision)?;
        let state = before.demand.state.name();
        let waited = before.demand.pending.is_some();
        let ends_a_wait = waited && self.change.resumes.is_none();
        // As long as the step is kept: with its end it is forgotten who signed it.
        let stood_in = if ends_a_wait { stood_in(tx, &before)? } else { None };
        let before = self.out_of_waiting(before, relation)?;
        let admits = Admits::of(&before.demand, relation);
        let mut work = Work { tx, parts, caller: &self.caller, now, key: &before.key };
        let decision = (self.decide)(&mut work, before.demand).map_err(|failure| match failure {
            Failure::Refused(found) => refused_at(found, admits),
            other => other,
        })?;
        let Decision { decided: Decided { document, events }, content_changed, concerned } = decision;
        let document = super::reopen::give_way(tx, state, document)?;
        let is_settled = waited && document.pending.is_none();
        let new_patients = content_changed.then(|| new_patient_ids(parts, &document.content, now));
        let present = parts.clock.now(&document.space);
        let saved =
            store::demand::save(tx, &parts.ring, document, &before.key, new_patients.as_deref(), present)
                .map_err(taken)?
                .ok_or(Failure::Stale)?;
        // After the document, as the worker does: two who settle a step at once wait for one another in one order.
        if is_settled {
            store::pending_steps::remove(tx, &saved.id.to_string())?;
        }
        // Whoever was named until now is concerned, too: they stand in the earlier versions, and that they no longer
        // stand in this one is about them.
        let mut patients = before.patients;
        if content_changed {
            patients.extend(store::demand::patients_of(tx, saved.id)?.into_iter().map(|line| line.patient));
        }
        patients.extend(concerned);
        // Whoever takes a case sees it from then on; whoever gives one away is told a last time what became of it.
        let relation = authorize::relation(&self.caller, &saved, &facts).unwrap_or(relation);
        let view = view::build(tx, parts, relation, &saved, now)?;
        let answer = (self.render)(&view);
        announce::by_a_caller(
            tx,
            parts,
            &Written {
                caller: &self.caller,
                write: &self.write,
                operation: self.change.operation,
                demand: &saved,
                events: &events,
                patients: &patients,
                stood_in: stood_in.as_ref(),
                own: None,
                answer: &answer,
            },
        )?;
        Ok(answer)
    }

    /// A demand of which a signature awaits validation admits what resumes it, and a withdrawal.
    fn out_of_waiting(&self, mut before: Loaded, relation: Relation) -> Result<Loaded, Failure> {
        if self.change.resumes.is_some() {
            before.demand = pending::resume(before.demand);
            return Ok(before);
        }
        pending::admit(&before.demand, self.change.command)
            .map_err(|found| waiting(found, Admits::of(&before.demand, relation)))?;
        Ok(before)
    }

    fn check_revision(&self, revision: i64) -> Result<(), Failure> {
        check_match(self.aim.if_match(), revision, self.change.needs_match)?;
        match self.change.seen_revision {
            Some(seen) if seen != revision => Err(Failure::Stale),
            Some(_) | None => Ok(()),
        }
    }
}

/// `If-Match` names the present revision, and is there when it has to be (RFC 9110 §13.1.1).
pub(crate) fn check_match(if_match: Option<u64>, revision: i64, required: bool) -> Result<(), Failure> {
    match if_match {
        None if required => Err(Failure::PreconditionRequired),
        Some(seen) if i64::try_from(seen).ok() != Some(revision) => Err(Failure::Stale),
        Some(_) | None => Ok(()),
    }
}

/// An id for each patient of the content, in case the space does not know them yet.
pub(crate) fn new_patient_ids(parts: &Parts, content: &Content, now: DateTime<Utc>) -> Vec<PatientId> {
    rules::patients(content).iter().map(|_| PatientId(parts.entropy.id(now))).collect()
}
