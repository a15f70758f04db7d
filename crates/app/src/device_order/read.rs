//! The one way in which an order is read: authorise, load, apply what time has changed, look, record.

use super::access::{Seen, load};
use super::view::{self, DeviceOrderView, Viewer};
use crate::App;
use crate::announce::{About, entries_of};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{actor, own_patient, refusal_code};
use crate::failure::Failure;
use crate::recorded::{AccessRecord, Read};
use chrono::{DateTime, Utc};
use domain::device_order::{KIND, clocks};
use domain::ids::{DeviceOrderId, PatientId, SpaceId};
use std::sync::Arc;
use store::Tx;
use store::audit::Outcome;
use store::sealing::KeyRing;

/// Who reads, under which name the audit knows it, and the request it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct OrderReading<'a> {
    pub caller: &'a Caller,
    pub operation: &'static str,
    pub trace_id: &'a str,
}

/// A loaded order in front of an admitted reader.
pub(super) struct Sight<'s, 'c> {
    pub tx: &'s mut Tx<'c>,
    pub seen: &'s Seen,
    pub now: DateTime<Utc>,
    pub ring: &'s KeyRing,
    /// Whoever else is shown: an earlier version may name another patient.
    pub also_shown: &'s mut Vec<PatientId>,
}

/// Of which space and patient a document is, and who the reader is as a patient.
pub(crate) type Subject = (SpaceId, PatientId, Option<PatientId>);

struct Looked<T> {
    told: T,
    patients: Vec<PatientId>,
    own: Option<PatientId>,
}

impl App {
    /// What is told leaves with the record of it, and an attempt that was refused is on record before the refusal leaves.
    pub(super) async fn read_order<T, F>(
        &self,
        reading: OrderReading<'_>,
        id: DeviceOrderId,
        look: F,
    ) -> Result<Read<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        authorize_role(reading.caller, Action::ReadDeviceOrder).map_err(Failure::Denied)?;
        let looked = match self.look_at_order(reading.caller, id, look).await {
            Ok(looked) => looked,
            Err(failure) => {
                self.record_refused_on_order(reading, id, &failure).await?;
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
        let actor = actor(&self.inner.ring, reading.caller, looked.own);
        let entries = entries_of(&self.inner, &reading.caller.space, &actor, about, &looked.patients);
        Ok(Read { told: looked.told, record: AccessRecord::of(entries) })
    }

    async fn look_at_order<T, F>(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        look: F,
    ) -> Result<Looked<T>, Failure>
    where
        T: Send + 'static,
        F: Fn(Sight<'_, '_>) -> Result<T, Failure> + Send + Sync + 'static,
    {
        let look = Arc::new(look);
        // After one month another may have elapsed.
        loop {
            let (parts, asking, look) = (self.inner.clone(), caller.clone(), look.clone());
            let looked = self
                .inner
                .store
                .read_snapshot(move |tx| {
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
                    Ok(Some(Looked { told, patients, own: seen.facts.own_patient }))
                })
                .await?;
            match looked {
                Some(looked) => return Ok(looked),
                None => self.apply_elapsed_order(id).await?,
            }
        }
    }

    /// Records an attempt on an order that was refused; an order that does not exist has no record.
    pub(crate) async fn record_refused_on_order(
        &self,
        reading: OrderReading<'_>,
        id: DeviceOrderId,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let Some(code) = refusal_code(failure) else { return Ok(()) };
        self.record_about_order(reading, id, Outcome::Refused(code.to_owned()), None).await
    }

    /// Records something about an order where it stands, for its patient.
    pub(crate) async fn record_about_order(
        &self,
        reading: OrderReading<'_>,
        id: DeviceOrderId,
        outcome: Outcome,
        purpose: Option<&str>,
    ) -> Result<(), Failure> {
        let (parts, asking) = (self.inner.clone(), reading.caller.clone());
        let found = self
            .inner
            .store
            .read_snapshot(move |tx| {
                let Some(loaded) = store::device_order::find(tx, &parts.ring, id)? else { return Ok(None) };
                let own = own_patient(tx, &parts.ring, &asking)?;
                Ok::<_, Failure>(Some((loaded.order.space, loaded.patient, own)))
            })
            .await?;
        let Some(subject) = found else { return Ok(()) };
        let OrderReading { operation: action, trace_id, .. } = reading;
        let about = About { action, document: (KIND, id.0), outcome, purpose, trace_id };
        self.keep_about(reading, about, subject).await
    }

    /// Keeps what is said of a document, for its patient.
    pub(crate) async fn keep_about(
        &self,
        reading: OrderReading<'_>,
        about: About<'_>,
        (space, patient, own): Subject,
    ) -> Result<(), Failure> {
        let actor = actor(&self.inner.ring, reading.caller, own);
        let entries = entries_of(&self.inner, &space, &actor, about, &[patient]);
        self.keep(AccessRecord::of(entries)).await
    }

    /// The order as this caller may see it.
    #[tracing::instrument(name = "find_device_order", skip_all)]
    pub async fn find_device_order(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        trace_id: &str,
    ) -> Result<Read<DeviceOrderView>, Failure> {
        let reading = OrderReading { caller, operation: "find_device_order", trace_id };
        let organisation = caller.org_id();
        self.read_order(reading, id, move |sight| {
            let viewer = Viewer { relation: sight.seen.relation, organisation };
            Ok(view::build(viewer, &sight.seen.loaded.order, sight.now))
        })
        .await
    }
}
