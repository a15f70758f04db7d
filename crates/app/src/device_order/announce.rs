//! What every change of an order leaves behind: audit entries, and events for everybody whom it concerns.

use super::access::Relation;
use super::visibility::{group_of, sees};
use crate::Parts;
use crate::announce::{self, Changed, Document, Happened, the_service};
use crate::answer::{StoredAnswer, Write};
use crate::caller::Caller;
use crate::demand::told_of;
use crate::failure::Failure;
use domain::device_order::{DeviceOrder, DeviceOrderEvent, KIND};
use domain::ids::{OrganisationId, PatientId};
use domain::values::Text;
use serde_json::Value;
use std::collections::BTreeSet;
use store::Tx;
use store::outbox::NewEvent;

/// The issuing entity, the branch that has its paper, the patient, and every provider that has a part of it and could read there
/// what happened; a provider's doings are no other's affair.
fn audience(order: &DeviceOrder, patient: PatientId, event: &DeviceOrderEvent) -> Vec<String> {
    let mut audience = BTreeSet::from([format!("org:{}", order.entity), format!("patient:{patient}")]);
    // Whether a signature holds is between its signer and the service, until the order is issued.
    if matches!(event, DeviceOrderEvent::SignatureReceived { .. } | DeviceOrderEvent::SignatureRefused { .. })
    {
        audience.retain(|told| told.starts_with("org:"));
        return audience.into_iter().collect();
    }
    let told = |provider: OrganisationId| format!("org:{provider}");
    audience.extend(order.state.issue().and_then(|it| it.paper.as_ref()).map(|paper| told(paper.office)));
    if let Some(provider) = event.of_provider() {
        audience.insert(told(provider));
    } else if sees(Relation::Provider, group_of(event)) {
        let parts = order.state.confirmed().into_iter().flat_map(|it| &it.take_ups);
        audience.extend(parts.map(|part| told(part.provider.id)));
    }
    audience.into_iter().collect()
}

fn document(order: &DeviceOrder) -> Document<'_> {
    Document {
        kind: KIND,
        id: order.id.0,
        space: &order.space,
        state: order.state.name().name(),
        revision: order.revision,
        changed_at: order.changed_at,
    }
}

fn events(parts: &Parts, saved: &Saved<'_>, by: &Value) -> Result<Vec<NewEvent>, Failure> {
    let event = |event: &DeviceOrderEvent| {
        let happened = Happened {
            name: event.name(),
            version: DeviceOrderEvent::VERSION,
            told: serde_json::to_value(event),
            audience: audience(saved.order, saved.patient, event),
        };
        announce::event(parts, document(saved.order), happened, by)
    };
    saved.events.iter().map(event).collect()
}

/// An order that was saved, with its patients: the present one, and whom a change of its content took out of it.
#[derive(Clone, Copy)]
pub(super) struct Saved<'a> {
    pub order: &'a DeviceOrder,
    pub patient: PatientId,
    pub concerned: &'a [PatientId],
    pub events: &'a [DeviceOrderEvent],
}

impl<'a> Saved<'a> {
    fn with(&self, events: &'a [NewEvent]) -> Changed<'a> {
        let (patient, concerned) = (self.patient, self.concerned);
        Changed { document: document(self.order), patient, concerned, events }
    }
}

/// A write by a caller: its entries, its events, and the answer under its key, in the caller's transaction.
pub(super) fn by_a_caller(
    tx: &mut Tx<'_>,
    parts: &Parts,
    by: (&Caller, &Write, &str),
    saved: &Saved<'_>,
    answer: &StoredAnswer,
) -> Result<(), Failure> {
    by_a_caller_for(tx, parts, by, None, saved, answer)
}

/// The same with a purpose that the patient reads.
pub(super) fn by_a_caller_for(
    tx: &mut Tx<'_>,
    parts: &Parts,
    by: (&Caller, &Write, &str),
    purpose: Option<&Text<500>>,
    saved: &Saved<'_>,
    answer: &StoredAnswer,
) -> Result<(), Failure> {
    let events = events(parts, saved, &told_of(by.0))?;
    announce::by_a_caller(tx, parts, by, purpose, &saved.with(&events), answer)
}

/// Nobody asked: a term ran out, or the payer looked at it.
pub(super) fn by_the_service(
    tx: &mut Tx<'_>,
    parts: &Parts,
    action: &str,
    saved: &Saved<'_>,
) -> Result<(), Failure> {
    let events = events(parts, saved, &the_service())?;
    announce::by_the_service(tx, parts, action, &saved.with(&events))
}
