//! What every change of a repair order leaves behind: audit entries, and events for everybody whom it concerns.

use super::access::Relation;
use super::visibility::{group_of, sees};
use crate::Parts;
use crate::announce::{self, Changed, Document, Happened, the_service};
use crate::answer::{StoredAnswer, Write};
use crate::caller::Caller;
use crate::demand::told_of;
use crate::failure::Failure;
use domain::device_repair_order::{KIND, RepairOrder, RepairOrderEvent};
use domain::ids::PatientId;
use domain::values::Text;
use serde_json::Value;
use std::collections::BTreeSet;
use store::Tx;
use store::outbox::NewEvent;

/// The issuer, the patient, and the provider that it is about or that has the repair; a provider's doings are no other's affair.
fn audience(order: &RepairOrder, patient: PatientId, event: &RepairOrderEvent) -> Vec<String> {
    let mut audience = BTreeSet::from([format!("org:{}", order.entity)]);
    // Whether a signature holds is between its signer and the service, until the order is issued.
    if matches!(event, RepairOrderEvent::SignatureReceived { .. } | RepairOrderEvent::SignatureRefused { .. })
    {
        return audience.into_iter().collect();
    }
    audience.insert(format!("patient:{patient}"));
    let holder = order.state.hold().map(|hold| hold.provider.id);
    let holder = holder.filter(|_| sees(Relation::Provider, group_of(event)));
    audience.extend(event.of_provider().or(holder).map(|provider| format!("org:{provider}")));
    audience.into_iter().collect()
}

fn document(order: &RepairOrder) -> Document<'_> {
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
    let event = |event: &RepairOrderEvent| {
        let happened = Happened {
            name: event.name(),
            version: RepairOrderEvent::VERSION,
            told: serde_json::to_value(event),
            audience: audience(saved.order, saved.patient, event),
        };
        announce::event(parts, document(saved.order), happened, by)
    };
    saved.events.iter().map(event).collect()
}

/// A repair order that was saved, with its patients: the present one, and whom a change of its content took out of it.
#[derive(Clone, Copy)]
pub(super) struct Saved<'a> {
    pub order: &'a RepairOrder,
    pub patient: PatientId,
    pub concerned: &'a [PatientId],
    pub events: &'a [RepairOrderEvent],
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
