//! Reading one demand; a read of a patient's data is on record before the answer leaves.

use super::access::load;
use super::announce::{self, Act};
use super::view::{self, DemandView};
use crate::App;
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::visibility::touches_patient;
use domain::ids::{DemandId, PatientId};
use store::audit::Outcome;

/// A demand as it was read, with those whose data was touched.
pub(super) struct Read<T> {
    pub value: T,
    pub relation: Relation,
    pub kind: &'static str,
    pub patients: Vec<PatientId>,
}

impl App {
    /// The demand as this caller may see it. `unless` names the revision that the caller has: then nothing is
    /// answered and nothing recorded.
    #[tracing::instrument(name = "find_demand", skip_all)]
    pub async fn find_demand(
        &self,
        caller: &Caller,
        id: DemandId,
        unless: Option<u64>,
        trace_id: &str,
    ) -> Result<Option<DemandView>, Failure> {
        authorize_role(caller, Action::ReadDemand).map_err(Failure::Denied)?;
        self.apply_elapsed_before_read(id).await?;
        let parts = self.inner.clone();
        let asking = caller.clone();
        let read = self
            .inner
            .store
            .read_snapshot(move |tx| {
                let seen = load(tx, &parts.ring, &asking, id)?;
                let relation = seen.admit(&asking, None)?;
                let demand = &seen.loaded.demand;
                let known = unless.is_some_and(|known| i64::try_from(known).ok() == Some(demand.revision));
                let view = if known {
                    None
                } else {
                    Some(view::build(tx, relation, demand, parts.clock.now(&asking.space))?)
                };
                let kind = demand.content.kind().name();
                Ok::<_, Failure>(Read { value: view, relation, kind, patients: seen.loaded.patients })
            })
            .await;
        let read = match read {
            Ok(read) => read,
            Err(failure) => {
                self.record_hidden(caller, "find_demand", id, &failure, trace_id).await?;
                return Err(failure);
            }
        };
        if read.value.is_some() {
            self.record_read(caller, "find_demand", id, &read, trace_id).await?;
        }
        Ok(read.value)
    }

    /// One entry for each patient whose data this party saw.
    pub(super) async fn record_read<T>(
        &self,
        caller: &Caller,
        operation: &'static str,
        id: DemandId,
        read: &Read<T>,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let patients: &[PatientId] = if touches_patient(read.relation) { &read.patients } else { &[] };
        let act = Act {
            action: operation,
            document_kind: read.kind,
            document: id,
            outcome: Outcome::Allowed,
            trace_id: Some(trace_id),
        };
        let actor = announce::actor(caller, patients.first().copied());
        for entry in announce::entries(&self.inner, &caller.space, &actor, &act, patients) {
            self.inner.audit.record(entry).await?;
        }
        Ok(())
    }

    /// Somebody asked for a demand that is not theirs, or that does not exist.
    pub(super) async fn record_hidden(
        &self,
        caller: &Caller,
        operation: &'static str,
        id: DemandId,
        failure: &Failure,
        trace_id: &str,
    ) -> Result<(), Failure> {
        if !matches!(failure, Failure::NotFound) {
            return Ok(());
        }
        self.record_refused_attempt(caller, operation, id, failure, trace_id).await
    }

    /// Records an attempt on a demand that was refused before any transaction of its own began.
    pub(super) async fn record_refused_attempt(
        &self,
        caller: &Caller,
        operation: &'static str,
        id: DemandId,
        failure: &Failure,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let Some(code) = super::change::refusal_code(failure) else { return Ok(()) };
        let parts = self.inner.clone();
        let loaded = self.inner.store.read(move |tx| store::demand::find(tx, &parts.ring, id)).await?;
        let Some(loaded) = loaded else { return Ok(()) };
        let act = Act {
            action: operation,
            document_kind: loaded.demand.content.kind().name(),
            document: id,
            outcome: Outcome::Refused(code.to_owned()),
            trace_id: Some(trace_id),
        };
        let actor = announce::actor(caller, None);
        for entry in announce::entries(&self.inner, &loaded.demand.space, &actor, &act, &loaded.patients) {
            self.inner.audit.record(entry).await?;
        }
        Ok(())
    }

    /// A term that ran out is applied before anybody reads the demand.
    pub(super) async fn apply_elapsed_before_read(&self, id: DemandId) -> Result<(), Failure> {
        let parts = self.inner.clone();
        let due = self
            .inner
            .store
            .read(move |tx| {
                let due = store::demand::due(tx, id)?;
                Ok::<_, Failure>(due.is_some_and(|(space, due_at)| due_at <= parts.clock.now(&space)))
            })
            .await?;
        if due { self.apply_elapsed(id).await } else { Ok(()) }
    }
}
