//! The one way in which a repair order is read: authorise, load, apply what time has changed, look, record.

use super::access::{Seen, load};
use super::view::{self, RepairOrderView, Viewer};
use crate::App;
use crate::announce::{About, entries_of};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{actor, own_patient, refusal_code};
use crate::device_order::{OrderReading, Subject};
use crate::failure::Failure;
use crate::recorded::{AccessRecord, Read};
use chrono::{DateTime, Utc};
use domain::device_repair_order::{KIND, clocks};
use domain::ids::{PatientId, RepairOrderId};
use std::sync::Arc;
use store::Tx;
use store::audit::Outcome;
use store::sealing::KeyRing;

/// A loaded order in front of an admitted reader.
pub(super) struct Sight<'s, 'c> {
    pub tx: &'s mut Tx<'c>,
    pub seen: &'s Seen,
    pub now: DateTime<Utc>,
    pub ring: &'s KeyRing,
    /// Whoever else is shown: an earlier version may name another patient.
    pub also_shown: &'s mut Vec<PatientId>,
}

/// What was told, of whom, and who the reader is as a patient.
type Looked<T> = (T, Vec<PatientId>, Option<PatientId>);

impl App {
    /// What is told leaves with the record of it, and an attempt that was refused is on record before the refusal leaves.
    pub(super) async fn read_repair_order<T, F>(
        &self,
        reading: OrderReading<'_>,
        id: RepairOrderId,
        look: F,
    ) -> Result<Read<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        authorize_role(reading.caller, Action::ReadRepairOrder).map_err(Failure::Denied)?;
        let (told, patients, own) = match self.look_at_repair_order(reading.caller, id, look).await {
            Ok(looked) => looked,
            Err(failure) => {
                self.record_refused_on_repair_order(reading, id, &failure).await?;
                return Err(failure);
            }
        };
        let about = About {
            action: reading.operation,
            document: (KIND, id.0),
            outcome: Outcome::Allowed,
            purpose: None,
            trace_id: reading.trace_id,
        };
        let actor = actor(&self.inner.ring, reading.caller, own);
        let entries = entries_of(&self.inner, &reading.caller.space, &actor, about, &patients);
        Ok(Read { told, record: AccessRecord::of(entries) })
    }

    async fn look_at_repair_order<T, F>(
        &self,
        caller: &Caller,
        id: RepairOrderId,
        look: F,
    ) -> Result<Looked<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        let look = Arc::new(look);
        // After a hold the year may have elapsed.
        loop {
            let (parts, asking, look) = (self.inner.clone(), caller.clone(), look.clone());
            let job = move |tx: &mut Tx<'_>| {
                let seen = load(tx, &parts, &asking, id)?;
                let now = parts.clock.now(&asking.space);
                if clocks::is_due(&seen.loaded.order, now) {
                    return Ok::<_, Failure>(None);
                }
                let mut patients = vec![seen.loaded.patient];
                let ring = &parts.ring;
                let told = look(Sight { tx, seen: &seen, now, ring, also_shown: &mut patients })?;
                patients.sort_unstable();
                patients.dedup();
                Ok(Some((told, patients, seen.facts.own_patient)))
            };
            match self.inner.store.read_snapshot(job).await? {
                Some(looked) => return Ok(looked),
                None => self.apply_elapsed_repair_order(id).await?,
            }
        }
    }

    /// Records an attempt that was refused; an order that does not exist has no record.
    pub(super) async fn record_refused_on_repair_order(
        &self,
        reading: OrderReading<'_>,
        id: RepairOrderId,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let Some(code) = refusal_code(failure) else { return Ok(()) };
        self.record_about_repair_order(reading, id, Outcome::Refused(code.to_owned()), None).await
    }

    /// Records something about an order where it stands, for its patient.
    pub(crate) async fn record_about_repair_order(
        &self,
        reading: OrderReading<'_>,
        id: RepairOrderId,
        outcome: Outcome,
        purpose: Option<&str>,
    ) -> Result<(), Failure> {
        let (parts, asking) = (self.inner.clone(), reading.caller.clone());
        let job = move |tx: &mut Tx<'_>| {
            let found = store::device_repair_order::find(tx, &parts.ring, id)?;
            let Some(loaded) = found else { return Ok::<Option<Subject>, Failure>(None) };
            let own = own_patient(tx, &parts.ring, &asking)?;
            Ok(Some((loaded.order.space, loaded.patient, own)))
        };
        let Some(subject) = self.inner.store.read_snapshot(job).await? else { return Ok(()) };
        let OrderReading { operation: action, trace_id, .. } = reading;
        let about = About { action, document: (KIND, id.0), outcome, purpose, trace_id };
        self.keep_about(reading, about, subject).await
    }

    /// The order as this caller may see it.
    #[tracing::instrument(name = "find_device_repair_order", skip_all)]
    pub async fn find_repair_order(
        &self,
        caller: &Caller,
        id: RepairOrderId,
        trace_id: &str,
    ) -> Result<Read<RepairOrderView>, Failure> {
        let reading = OrderReading { caller, operation: "find_device_repair_order", trace_id };
        let organisation = caller.org_id();
        self.read_repair_order(reading, id, move |sight| {
            let viewer = Viewer { relation: sight.seen.relation, organisation };
            Ok(view::build(viewer, &sight.seen.loaded.order))
        })
        .await
    }
}
