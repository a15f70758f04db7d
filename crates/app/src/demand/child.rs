//! The one way in which something is added to a demand that does not move it: claim, load, admit, decide, insert, record,
//! answer – in one transaction. The demand's revision stays as it is.

use super::access::{Named, Reception, Seen};
use super::aim::{Aim, Failed};
use super::announce::{self, Written};
use super::change::{Opened, Target, open};
use super::read::Reading;
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::Relation;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::idempotent::Done;
use crate::{App, Parts};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use store::Tx;
use store::outbox::NewEvent;

/// What is added, to which demand, and under which name the audit knows it.
pub(crate) struct Addition<T> {
    pub operation: &'static str,
    pub demand: Named,
    pub write: Write,
    pub render: Render<T>,
}

/// What a decision works with.
pub(crate) struct ChildWork<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub parts: &'w Parts,
    pub caller: &'w Caller,
    pub now: DateTime<Utc>,
    pub seen: &'w Seen,
    pub relation: Relation,
}

impl App {
    /// Adds what `decide` inserts, for whoever has their turn already. The closure may run again when a change of the
    /// demand came first.
    pub(crate) async fn insert_child<T, F>(
        &self,
        caller: &Caller,
        addition: Addition<T>,
        decide: F,
    ) -> Result<Answer, Failure>
    where
        T: 'static,
        F: Fn(&mut ChildWork<'_, '_>) -> Result<(T, Vec<NewEvent>), Failure> + Send + Sync + 'static,
    {
        let asked = Arc::new(Asked { caller: caller.clone(), addition, decide });
        let job = asked.clone();
        let done = self.carry_out(true, move |tx, parts| job.run(tx, parts)).await;
        let Addition { operation, write, .. } = &asked.addition;
        self.settle(Reading { caller, operation, trace_id: &write.trace_id }, done).await
    }
}

struct Asked<T, F> {
    caller: Caller,
    addition: Addition<T>,
    decide: F,
}

impl<T, F> Asked<T, F>
where
    F: Fn(&mut ChildWork<'_, '_>) -> Result<(T, Vec<NewEvent>), Failure>,
{
    fn run(&self, tx: &mut Tx<'_>, parts: &Parts) -> Result<Done, Box<Failed>> {
        let Addition { operation, demand, write, .. } = &self.addition;
        let aim = Aim::At(Target { demand: *demand, if_match: None });
        let now = parts.clock.now(&self.caller.space);
        match open(tx, parts, &self.caller, write, operation, &aim, Reception::at(now))? {
            Opened::Before(earlier) => Ok(Done::Before(earlier)),
            Opened::Now(seen, now) => {
                let added = self.add(tx, parts, &seen, now);
                added.map(Done::Now).map_err(|failure| Failed::about(failure, demand.id))
            }
        }
    }

    fn add(
        &self,
        tx: &mut Tx<'_>,
        parts: &Parts,
        seen: &Seen,
        now: DateTime<Utc>,
    ) -> Result<StoredAnswer, Failure> {
        let caller = &self.caller;
        let relation = seen.admit(caller, None)?;
        let demand = &seen.loaded.demand;
        // What was decided on this state is written while it lasts.
        if !store::demand::keep_still(tx, demand)? {
            return Err(Failure::Stale);
        }
        let mut work = ChildWork { tx, parts, caller, now, seen, relation };
        let (child, events) = (self.decide)(&mut work)?;
        let answer = (self.addition.render)(&child);
        let written = Written {
            caller,
            write: &self.addition.write,
            operation: self.addition.operation,
            demand,
            events: &[],
            patients: &seen.loaded.patients,
            stood_in: None,
            own: seen.facts.own_patient,
            answer: &answer,
        };
        announce::leave_traces(tx, parts, &written, &events)?;
        Ok(answer)
    }
}
