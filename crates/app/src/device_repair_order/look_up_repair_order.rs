//! A provider opens a repair order with its number and the patient's PESEL or date of birth; the grant is logged, and lets it read
//! while the repair can be had.

use super::access::Relation;
use super::view::{self, RepairOrderView, Viewer};
use crate::announce::{About, entries_of};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Act, actor_of, entries};
use crate::failure::{Failure, Refused};
use crate::faults::ENTITY_UNKNOWN;
use crate::recorded::AccessRecord;
use crate::{App, Parts};
use domain::device_order::access::Pair;
use domain::device_order::model::Access;
use domain::device_repair_order::refusals::LOOK_UP_NONE;
use domain::device_repair_order::{KIND, RepairOrder, State, supply};
use domain::ids::PatientId;
use domain::values::DeviceOrderNumber;
use store::Tx;
use store::audit::{Entry, Outcome};

const OPERATION: &str = "look_up_device_repair_order";

/// What a pair met: the order of that number with its patient, and whether the pair is of it and the repair can be had.
struct Met {
    order: Option<(Box<RepairOrder>, PatientId)>,
    opened: bool,
}

impl App {
    /// The order in the provider's view. The grant and its entry are one transaction; a pair that opens nothing is on record
    /// before the refusal leaves. A number is not guessed, so nobody waits (ADR 43).
    #[tracing::instrument(name = "look_up_device_repair_order", skip_all)]
    pub async fn look_up_repair_order(
        &self,
        caller: &Caller,
        pair: Pair,
        trace_id: &str,
    ) -> Result<RepairOrderView, Failure> {
        authorize_role(caller, Action::LookUpDeviceOrder).map_err(Failure::Denied)?;
        self.is_contracted(caller).await?;
        let (parts, asking, trace) = (self.inner.clone(), caller.clone(), trace_id.to_owned());
        let look = move |tx: &mut Tx<'_>| open(tx, &parts, &asking, &pair, &trace);
        let (met, view) = self.inner.store.transaction(look).await?;
        if let Some(view) = view {
            return Ok(view);
        }
        let refused = Outcome::Refused(LOOK_UP_NONE.code.to_owned());
        self.keep(AccessRecord::of(record_of(&self.inner, caller, &met, refused, trace_id))).await?;
        Err(Failure::Refused(Refused::one(LOOK_UP_NONE)))
    }
}

/// The number of a pair that has one; a repair order has no code.
fn number_of(pair: &Pair) -> Option<&DeviceOrderNumber> {
    match pair {
        Pair::NumberAndPesel { number, .. } | Pair::NumberAndBirthDate { number, .. } => Some(number),
        Pair::CodeAndPesel { .. } | Pair::NumberAndCode { .. } => None,
    }
}

/// Looks for the order and, where the pair opens it, notes the grant.
fn open(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    pair: &Pair,
    trace_id: &str,
) -> Result<(Met, Option<RepairOrderView>), Failure> {
    let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
    let found = match number_of(pair) {
        Some(number) => store::device_repair_order::find_by_number(tx, &parts.ring, &caller.space, number)?,
        None => None,
    };
    let now = parts.clock.now(&caller.space);
    let order = found.map(|it| (Box::new(supply::elapse(it.order, now).document), it.patient));
    let opened = order.as_ref().is_some_and(|(order, _)| opens(pair, order));
    let met = Met { order, opened };
    let Some((order, _)) = met.order.as_ref().filter(|_| met.opened) else { return Ok((met, None)) };
    store::device_repair_order::grant(tx, order.id, organisation, now)?;
    let viewer = Viewer { relation: Relation::Provider, organisation: Some(organisation) };
    let view = view::build(viewer, order);
    store::audit::append_all(tx, &record_of(parts, caller, &met, Outcome::Allowed, trace_id))?;
    Ok((met, Some(view)))
}

fn opens(pair: &Pair, order: &RepairOrder) -> bool {
    let (State::Positive(_), Some(number)) = (&order.state, &order.number) else { return false };
    pair.opens(number, &order.content.patient, &Access { code: None })
}

fn record_of(parts: &Parts, caller: &Caller, met: &Met, outcome: Outcome, trace_id: &str) -> Vec<Entry> {
    let actor = actor_of(caller);
    if let Some((order, patient)) = &met.order {
        let about =
            About { action: OPERATION, document: (KIND, order.id.0), outcome, purpose: None, trace_id };
        entries_of(parts, &caller.space, &actor, about, &[*patient])
    } else {
        let act = Act { action: OPERATION, document: None, outcome, purpose: None, trace_id: Some(trace_id) };
        entries(parts, &caller.space, &actor, &act, &[])
    }
}
