//! The one way in which a demand is read: authorise, load, apply what ran out, admit, look, record.

use super::access::{Named, Seen, has_elapsed, load, own_patient};
use super::announce::{self, Act};
use super::change::refusal_code;
use crate::App;
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::{AccessRecord, Read};
use crate::visibility::touches_patient;
use chrono::{DateTime, Utc};
use domain::ids::{DemandId, PatientId};
use std::sync::Arc;
use store::Tx;
use store::audit::Outcome;

/// Who reads, under which name the audit knows it, and the request it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub caller: &'a Caller,
    pub operation: &'static str,
    pub trace_id: &'a str,
}

/// A loaded demand in front of an admitted reader.
pub(crate) struct Sight<'s, 'c> {
    pub tx: &'s mut Tx<'c>,
    pub seen: &'s Seen,
    pub relation: Relation,
    pub now: DateTime<Utc>,
}

/// What a look brought, and what the audit says of it.
struct Looked<T> {
    told: T,
    subject: Subject,
}

/// The demand that somebody was shown.
pub(super) struct Subject {
    kind: &'static str,
    id: DemandId,
    /// Those whose data was shown; nobody where the party sees nothing of a patient.
    patients: Vec<PatientId>,
    /// The reader, where a patient reads.
    own: Option<PatientId>,
}

impl Subject {
    pub(super) fn of(seen: &Seen, relation: Relation) -> Self {
        let shown = if touches_patient(relation) { seen.patients_shown_to(relation) } else { Vec::new() };
        Self::showing(seen, shown)
    }

    /// The demand, of which the data of these patients was shown.
    pub(super) fn showing(seen: &Seen, patients: Vec<PatientId>) -> Self {
        let demand = &seen.loaded.demand;
        Self { kind: demand.content.kind().name(), id: demand.id, patients, own: seen.facts.own_patient }
    }
}

impl App {
    /// Reads patient data: what is told leaves with the record of it, and an attempt that was refused is on record
    /// before the refusal leaves.
    pub(crate) async fn read_demand<T, F>(
        &self,
        reading: Reading<'_>,
        demand: Named,
        look: F,
    ) -> Result<Read<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        let Looked { told, subject } = self.look(reading, demand, look).await?;
        Ok(Read { told, record: self.read_of(reading, &subject) })
    }

    /// A look that shows nothing of a patient, or whose record the caller makes; only a refused one is on record.
    pub(super) async fn look_at_demand<T, F>(
        &self,
        reading: Reading<'_>,
        demand: Named,
        look: F,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        Ok(self.look(reading, demand, look).await?.told)
    }

    async fn look<T, F>(&self, reading: Reading<'_>, demand: Named, look: F) -> Result<Looked<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        authorize_role(reading.caller, Action::ReadDemand).map_err(Failure::Denied)?;
        match self.look_inside(reading.caller, demand, look).await {
            Ok(looked) => Ok(looked),
            Err(failure) => {
                self.record_refused_attempt(reading, demand.id, &failure).await?;
                Err(failure)
            }
        }
    }

    async fn look_inside<T, F>(&self, caller: &Caller, demand: Named, look: F) -> Result<Looked<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        let look = Arc::new(look);
        // After its term was applied a demand may have run into the next one.
        loop {
            let (parts, asking, look) = (self.inner.clone(), caller.clone(), look.clone());
            let looked = self
                .inner
                .store
                .read_snapshot(move |tx| {
                    let now = parts.clock.now(&asking.space);
                    let seen = load(tx, &parts, &asking, demand)?;
                    if has_elapsed(tx, &parts, &seen.loaded.demand, now)? {
                        return Ok::<_, Failure>(None);
                    }
                    let relation = seen.admit(&asking, None)?;
                    let told = look(Sight { tx, seen: &seen, relation, now })?;
                    Ok(Some(Looked { told, subject: Subject::of(&seen, relation) }))
                })
                .await?;
            match looked {
                Some(looked) => return Ok(looked),
                None => self.apply_elapsed(demand.id).await?,
            }
        }
    }

    /// One entry for each patient whose data this party is shown.
    pub(super) fn read_of(&self, reading: Reading<'_>, subject: &Subject) -> AccessRecord {
        let act = Act {
            action: reading.operation,
            document: Some((subject.kind, subject.id.0)),
            outcome: Outcome::Allowed,
            purpose: None,
            trace_id: Some(reading.trace_id),
        };
        let actor = announce::actor(&self.inner.ring, reading.caller, subject.own);
        let space = &reading.caller.space;
        AccessRecord::of(announce::entries(&self.inner, space, &actor, &act, &subject.patients))
    }

    /// Records an attempt on a demand that was refused; a demand that does not exist has no record.
    pub(crate) async fn record_refused_attempt(
        &self,
        reading: Reading<'_>,
        id: DemandId,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let Some(code) = refusal_code(failure) else { return Ok(()) };
        self.record_about(reading, id, Outcome::Refused(code.to_owned()), None).await
    }

    /// Records something about a demand where it stands, for each of its patients.
    pub(crate) async fn record_about(
        &self,
        reading: Reading<'_>,
        id: DemandId,
        outcome: Outcome,
        purpose: Option<&str>,
    ) -> Result<(), Failure> {
        let (parts, asking) = (self.inner.clone(), reading.caller.clone());
        let found = self
            .inner
            .store
            .read_snapshot(move |tx| {
                let Some(loaded) = store::demand::find(tx, &parts.ring, id)? else { return Ok(None) };
                Ok::<_, Failure>(Some((loaded, own_patient(tx, &parts.ring, &asking)?)))
            })
            .await?;
        let Some((loaded, own)) = found else { return Ok(()) };
        let act = Act {
            action: reading.operation,
            document: Some((loaded.demand.content.kind().name(), id.0)),
            outcome,
            purpose,
            trace_id: Some(reading.trace_id),
        };
        let actor = announce::actor(&self.inner.ring, reading.caller, own);
        let entries = announce::entries(&self.inner, &loaded.demand.space, &actor, &act, &loaded.patients);
        self.keep(AccessRecord::of(entries)).await
    }
}
