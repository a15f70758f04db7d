//! The one way in which a demand comes to be: claim the key, make it, insert, record, answer – in one transaction.

use super::announce::{self, Written};
use super::change::new_patient_ids;
use super::create_demand::taken;
use super::paper::Kept;
use super::view::{self, DemandView};
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::idempotent::{self, Done};
use crate::{App, Parts};
use chrono::{DateTime, Datelike, Utc};
use domain::calendar::warsaw_date;
use domain::demand::DemandEvent;
use domain::demand::model::{Demand, DemandKind};
use domain::values::DemandNumber;
use store::Tx;
use store::demand::DemandKey;

/// How a demand is opened: new, copied, or entered from paper.
pub(super) struct Opening {
    pub action: Action,
    pub operation: &'static str,
    pub write: Write,
    pub render: Render<DemandView>,
}

/// A demand that is not inserted yet.
pub(super) struct Begun {
    pub demand: Demand,
    pub events: Vec<DemandEvent>,
    /// What whoever began it is to it.
    pub relation: Relation,
    /// What is kept of its paper.
    pub paper: Option<Kept>,
}

/// Who begins it, and when.
pub(super) struct Beginning<'b, 'c> {
    pub tx: &'b mut Tx<'c>,
    pub parts: &'b Parts,
    pub caller: &'b Caller,
    pub now: DateTime<Utc>,
}

impl App {
    /// Inserts what `make` brings back. The closure may run again when the same paper was entered meanwhile.
    pub(super) async fn begin_demand<F>(
        &self,
        caller: &Caller,
        opening: Opening,
        make: F,
    ) -> Result<Answer, Failure>
    where
        F: Fn(&mut Beginning<'_, '_>) -> Result<Begun, Failure> + Send + Sync + 'static,
    {
        authorize_role(caller, opening.action).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &opening.write).await?;
        let (asking, trace_id) = (caller.clone(), opening.write.trace_id.clone());
        let job = move |tx: &mut Tx<'_>, parts: &Parts| {
            if let Some(earlier) = idempotent::claim(tx, parts, &asking, &opening.write, opening.operation)? {
                return Ok(Done::Before(earlier));
            }
            let now = parts.clock.now(&asking.space);
            let mut beginning = Beginning { tx, parts, caller: &asking, now };
            let begun = make(&mut beginning)?;
            Ok(Done::Now(insert(&mut beginning, &opening, &begun)?))
        };
        let done = self.carry_out(true, job).await;
        drop(turn);
        let done = done.map_err(|failed| failed.into_failure())?;
        self.answered(caller, &trace_id, done).await
    }
}

fn insert(
    beginning: &mut Beginning<'_, '_>,
    opening: &Opening,
    begun: &Begun,
) -> Result<StoredAnswer, Failure> {
    let Beginning { tx, parts, caller, now } = beginning;
    let Begun { demand, events, relation, paper } = begun;
    let key = DemandKey::new(&parts.ring, &demand.id.to_string())?;
    let new_patients = new_patient_ids(parts, &demand.content, *now);
    let patients = store::demand::insert(tx, &parts.ring, demand, &key, &new_patients).map_err(taken)?;
    if let Some(kept) = paper {
        kept.write(tx, demand, key.data_key())?;
    }
    let view = view::build(tx, parts, *relation, demand, *now)?;
    let answer = (opening.render)(&view);
    let written = Written {
        caller,
        write: &opening.write,
        operation: opening.operation,
        demand,
        events,
        patients: &patients,
        stood_in: None,
        own: None,
        answer: &answer,
    };
    announce::by_a_caller(tx, parts, &written)?;
    Ok(answer)
}

/// A new number in the series of the kind.
pub(super) fn number(parts: &Parts, kind: DemandKind, now: DateTime<Utc>) -> DemandNumber {
    DemandNumber::compose(kind.series(), warsaw_date(now).year(), parts.entropy.random())
}
