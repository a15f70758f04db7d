//! The one way in which a demand is read: authorise, load, apply what ran out, admit, look, record.

use super::access::{Seen, has_elapsed, load, own_patient};
use super::announce::{self, Act};
use crate::App;
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::visibility::touches_patient;
use chrono::{DateTime, Utc};
use domain::ids::{DemandId, PatientId};
use std::sync::Arc;
use store::Tx;
use store::audit::Outcome;

/// Who reads, under which name the audit knows it, and the request it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub caller: &'a Caller,
    pub operation: &'static str,
    pub trace_id: &'a str,
}

/// A loaded demand in front of an admitted reader.
pub(super) struct Sight<'s, 'c> {
    pub tx: &'s mut Tx<'c>,
    pub seen: &'s Seen,
    pub relation: Relation,
    pub now: DateTime<Utc>,
}

/// What a look brought: `None` when nothing was told, so that nothing has to be recorded.
struct Looked<T> {
    told: Option<T>,
    relation: Relation,
    kind: &'static str,
    /// Those whose data was shown.
    patients: Vec<PatientId>,
    /// The reader, where a patient reads.
    own: Option<PatientId>,
}

impl App {
    /// Reads patient data: the read, or the attempt at a demand that is not theirs, is on record before the answer
    /// leaves.
    pub(super) async fn read_demand<T, F>(
        &self,
        reading: Reading<'_>,
        id: DemandId,
        look: F,
    ) -> Result<Option<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<Option<T>, Failure> + Send + Sync + 'static,
    {
        let looked = match self.look(reading.caller, id, look).await {
            Ok(looked) => looked,
            Err(failure) => {
                if matches!(failure, Failure::NotFound) {
                    self.record_refused_attempt(reading, id, &failure).await?;
                }
                return Err(failure);
            }
        };
        if looked.told.is_some() {
            self.record_read(reading, id, &looked).await?;
        }
        Ok(looked.told)
    }

    /// A look that shows nothing of a patient.
    pub(super) async fn look_at_demand<T, F>(
        &self,
        caller: &Caller,
        id: DemandId,
        look: F,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        let looked = self.look(caller, id, move |sight| look(sight).map(Some)).await?;
        looked.told.ok_or(Failure::NotFound)
    }

    async fn look<T, F>(&self, caller: &Caller, id: DemandId, look: F) -> Result<Looked<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<Option<T>, Failure> + Send + Sync + 'static,
    {
        authorize_role(caller, Action::ReadDemand).map_err(Failure::Denied)?;
        let look = Arc::new(look);
        // After its term was applied a demand may have run into the next one.
        loop {
            let (parts, asking, look) = (self.inner.clone(), caller.clone(), look.clone());
            let looked = self
                .inner
                .store
                .read_snapshot(move |tx| {
                    let now = parts.clock.now(&asking.space);
                    let seen = load(tx, &parts.ring, &asking, id)?;
                    if has_elapsed(&seen.loaded.demand, now) {
                        return Ok::<_, Failure>(None);
                    }
                    let relation = seen.admit(&asking, None)?;
                    let told = look(Sight { tx, seen: &seen, relation, now })?;
                    let kind = seen.loaded.demand.content.kind().name();
                    let patients = seen.patients_shown_to(relation);
                    Ok(Some(Looked { told, relation, kind, patients, own: seen.facts.own_patient }))
                })
                .await?;
            match looked {
                Some(looked) => return Ok(looked),
                None => self.apply_elapsed(id).await?,
            }
        }
    }

    /// One entry for each patient whose data this party saw.
    async fn record_read<T>(
        &self,
        reading: Reading<'_>,
        id: DemandId,
        looked: &Looked<T>,
    ) -> Result<(), Failure> {
        let Reading { caller, operation, trace_id } = reading;
        let patients: &[PatientId] = if touches_patient(looked.relation) { &looked.patients } else { &[] };
        let act = Act {
            action: operation,
            document_kind: looked.kind,
            document: id,
            outcome: Outcome::Allowed,
            trace_id: Some(trace_id),
        };
        let actor = announce::actor(caller, looked.own);
        for entry in announce::entries(&self.inner, &caller.space, &actor, &act, patients) {
            self.inner.audit.record(entry).await?;
        }
        Ok(())
    }

    /// Records an attempt on a demand that was refused before any transaction of its own began.
    pub(super) async fn record_refused_attempt(
        &self,
        reading: Reading<'_>,
        id: DemandId,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let Some(code) = super::change::refusal_code(failure) else { return Ok(()) };
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
            document_kind: loaded.demand.content.kind().name(),
            document: id,
            outcome: Outcome::Refused(code.to_owned()),
            trace_id: Some(reading.trace_id),
        };
        let actor = announce::actor(reading.caller, own);
        for entry in announce::entries(&self.inner, &loaded.demand.space, &actor, &act, &loaded.patients) {
            self.inner.audit.record(entry).await?;
        }
        Ok(())
    }
}
