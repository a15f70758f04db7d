//! What every change of an order leaves behind: audit entries, and events for everybody whom it concerns.

use super::access::Relation;
use super::visibility::{group_of, sees};
use crate::Parts;
use crate::answer::{StoredAnswer, Write};
use crate::caller::Caller;
use crate::demand::{Act, actor, entries, the_clock, told_of};
use crate::failure::Failure;
use domain::device_order::{DeviceOrder, DeviceOrderEvent, KIND};
use domain::ids::{DeviceOrderId, EventId, OrganisationId, PatientId, SpaceId};
use domain::values::Text;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::Tx;
use store::audit::{self, Actor, Entry, Outcome};
use store::idempotency::Completion;
use store::outbox::NewEvent;
use store::record::{self, WriteRecord};

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

fn events(
    parts: &Parts,
    order: &DeviceOrder,
    patient: PatientId,
    happened: &[DeviceOrderEvent],
    by: &Value,
) -> Result<Vec<NewEvent>, Failure> {
    let at = order.changed_at;
    let event = |event: &DeviceOrderEvent| {
        let told = serde_json::to_value(event).map_err(|error| Failure::Bug(error.into()))?;
        let data = told.get("data").cloned().unwrap_or_else(|| json!({}));
        let state = order.state.name().name();
        Ok(NewEvent {
            id: EventId(parts.entropy.id(at)),
            space: order.space.clone(),
            kind: event.name().to_owned(),
            version: DeviceOrderEvent::VERSION,
            document_kind: KIND.to_owned(),
            document_id: order.id.to_string(),
            at,
            payload: json!({ "state": state, "revision": order.revision, "by": by, "data": data }),
            audience: audience(order, patient, event),
        })
    };
    happened.iter().map(event).collect()
}

/// An order that was saved, with its patients: the present one, and whom a change of its content took out of it.
#[derive(Clone, Copy)]
pub(super) struct Saved<'a> {
    pub order: &'a DeviceOrder,
    pub patient: PatientId,
    pub concerned: &'a [PatientId],
    pub events: &'a [DeviceOrderEvent],
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
    (caller, write, operation): (&Caller, &Write, &str),
    purpose: Option<&Text<500>>,
    saved: &Saved<'_>,
    answer: &StoredAnswer,
) -> Result<(), Failure> {
    let events = events(parts, saved.order, saved.patient, saved.events, &told_of(caller))?;
    let own = caller.patient.as_ref().map(|_| saved.patient);
    let act = act(operation, saved.order.id, Outcome::Allowed, Some(&write.trace_id));
    let act = Act { purpose: purpose.map(Text::as_str), ..act };
    let entries = entries(parts, &caller.space, &actor(&parts.ring, caller, own), &act, saved.concerned);
    let scope = crate::idempotent::scope(&parts.ring, caller);
    let bytes = crate::idempotent::to_bytes(answer)?;
    let document_id = saved.order.id.to_string();
    let completion = write.key.as_deref().map(|key| Completion {
        scope: &scope,
        key,
        status: answer.status,
        bytes: &bytes,
        document_id: Some(&document_id),
    });
    leave(tx, parts, &entries, &events, completion)
}

/// Nobody asked: a term ran out, or the payer looked at it.
pub(super) fn by_the_service(
    tx: &mut Tx<'_>,
    parts: &Parts,
    action: &str,
    saved: &Saved<'_>,
) -> Result<(), Failure> {
    let by = json!({ "role": "SERVICE" });
    let events = events(parts, saved.order, saved.patient, saved.events, &by)?;
    let act = act(action, saved.order.id, Outcome::Allowed, None);
    let entries = entries(parts, &saved.order.space, &the_clock(), &act, saved.concerned);
    leave(tx, parts, &entries, &events, None)
}

fn leave(
    tx: &mut Tx<'_>,
    parts: &Parts,
    entries: &[Entry],
    events: &[NewEvent],
    completion: Option<Completion<'_>>,
) -> Result<(), Failure> {
    if let Some((first, rest)) = entries.split_first() {
        record::write(tx, &parts.ring, &WriteRecord { entry: first, events, completion })?;
        audit::append_all(tx, rest)?;
    }
    Ok(())
}

fn act<'a>(action: &'a str, id: DeviceOrderId, outcome: Outcome, trace_id: Option<&'a str>) -> Act<'a> {
    Act { action, document: Some((KIND, id.0)), outcome, purpose: None, trace_id }
}

/// The entries of something about an order that changes nothing.
pub(super) fn entries_of(
    parts: &Parts,
    space: &SpaceId,
    who: &Actor,
    about: About<'_>,
    patients: &[PatientId],
) -> Vec<Entry> {
    let act =
        Act { purpose: about.purpose, ..act(about.action, about.id, about.outcome, Some(about.trace_id)) };
    entries(parts, space, who, &act, patients)
}

/// What an entry says of an order.
pub(super) struct About<'a> {
    pub action: &'a str,
    pub id: DeviceOrderId,
    pub outcome: Outcome,
    pub purpose: Option<&'a str>,
    pub trace_id: &'a str,
}
