//! A provider opens an order with one of the four pairs of DO-15; the grant is logged, and lets it read from then on.

use super::access::Relation;
use super::throttle::Guess;
use super::view::{self, DeviceOrderView, Viewer};
use crate::announce::{About, entries_of};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Act, actor_of, entries};
use crate::failure::{Failure, Refused};
use crate::faults::ENTITY_UNKNOWN;
use crate::recorded::AccessRecord;
use crate::{App, Parts, register};
use domain::calendar::warsaw_date;
use domain::device_order::access::Pair;
use domain::device_order::refusals::LOOK_UP_NONE;
use domain::device_order::{DeviceOrder, KIND, State, elapse};
use domain::device_provider::contracts_on;
use domain::device_provider::refusals::{NOT_CONTRACTED, NOT_IN_FORCE};
use domain::ids::{OrganisationId, PatientId};
use domain::values::{PatientIdentifier, Pesel};
use store::audit::Outcome;
use store::device_order::Loaded;
use store::{Tx, device_provider, patients};
use tracing::Instrument as _;

const OPERATION: &str = "look_up_device_order";

/// What a pair met.
struct Met {
    /// The order that one of the two is of.
    order: Option<Box<DeviceOrder>>,
    /// Of that order, or whose PESEL it is.
    patient: Option<PatientId>,
    /// Whether the other one is of it, too, and something of it can be taken up.
    opened: bool,
}

impl App {
    /// The order in the provider's view. The grant and its entry are one transaction; a pair that opens nothing is counted and
    /// on record before the refusal leaves.
    #[tracing::instrument(name = "look_up_device_order", skip_all)]
    pub async fn look_up_device_order(
        &self,
        caller: &Caller,
        pair: Pair,
        trace_id: &str,
    ) -> Result<DeviceOrderView, Failure> {
        authorize_role(caller, Action::LookUpDeviceOrder).map_err(Failure::Denied)?;
        self.is_contracted(caller).await?;
        let (app, asking, trace) = (self.clone(), caller.clone(), trace_id.to_owned());
        let look = async move { app.looked_up(&asking, pair, &trace).await };
        // It goes on although the client may have hung up: no try is made without being counted and on record.
        let looked = tokio::spawn(look.instrument(tracing::Span::current())).await;
        looked.map_err(|fault| Failure::Bug(fault.into()))?
    }

    async fn looked_up(
        &self,
        caller: &Caller,
        pair: Pair,
        trace_id: &str,
    ) -> Result<DeviceOrderView, Failure> {
        let guess = match guessed(&pair) {
            Some(pesel) => Some((self.guess(caller, &pesel, trace_id).await?, pesel)),
            None => None,
        };
        let (parts, asking, trace) = (self.inner.clone(), caller.clone(), trace_id.to_owned());
        let look = move |tx: &mut Tx<'_>| open(tx, &parts, &asking, &pair, &trace);
        let (met, view) = self.inner.store.transaction(look).await?;
        if let Some((guess, pesel)) = guess.filter(|_| met.opened) {
            self.take_guess_back(caller, &pesel, guess).await;
        }
        if let Some(view) = view {
            return Ok(view);
        }
        let refused = Outcome::Refused(LOOK_UP_NONE.code.to_owned());
        self.keep(AccessRecord::of(record_of(&self.inner, caller, &met, refused, trace_id))).await?;
        Err(Failure::Refused(Refused::one(LOOK_UP_NONE)))
    }

    /// Counts the try, or refuses it on record.
    async fn guess(&self, caller: &Caller, pesel: &Pesel, trace_id: &str) -> Result<Guess, Failure> {
        let counted = self.begin_guess(caller, pesel).await;
        if let Err(failure) = &counted {
            self.record_slowed(caller, pesel, failure, trace_id).await?;
        }
        counted
    }

    /// Nobody without a contract of today looks anything up (DO-35).
    pub(crate) async fn is_contracted(&self, caller: &Caller) -> Result<(), Failure> {
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let look = move |tx: &mut Tx<'_>| {
            register::in_post(tx, &asking)?;
            let own = asking.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            let contracts = device_provider::contracts_of(tx, &asking.space, own)?;
            let today = warsaw_date(parts.clock.now(&asking.space));
            let problem = if contracts.is_empty() { NOT_CONTRACTED } else { NOT_IN_FORCE };
            let is_in_force = !contracts_on(own, &contracts, today).is_empty();
            if is_in_force { Ok(()) } else { Err(Failure::Refused(Refused::one(problem))) }
        };
        self.inner.store.read_snapshot(look).await
    }

    /// The patient sees that somebody had to wait, too.
    async fn record_slowed(
        &self,
        caller: &Caller,
        pesel: &Pesel,
        failure: &Failure,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let Failure::Unavailable { problem, .. } = failure else { return Ok(()) };
        let (parts, asking, pesel) = (self.inner.clone(), caller.clone(), pesel.clone());
        let find = move |tx: &mut Tx<'_>| patient_of(tx, &parts, &asking, &pesel);
        let patient = self.inner.store.read_snapshot(find).await?;
        let met = Met { order: None, patient, opened: false };
        let refused = Outcome::Refused(problem.code.to_owned());
        self.keep(AccessRecord::of(record_of(&self.inner, caller, &met, refused, trace_id))).await
    }
}

/// Whose code is guessed, where the pair can be guessed.
fn guessed(pair: &Pair) -> Option<Pesel> {
    match pair {
        Pair::CodeAndPesel { pesel, .. } => Some(pesel.clone()),
        Pair::NumberAndCode { .. } | Pair::NumberAndPesel { .. } | Pair::NumberAndBirthDate { .. } => None,
    }
}

pub(super) fn patient_of(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    pesel: &Pesel,
) -> Result<Option<PatientId>, Failure> {
    let identifier = PatientIdentifier::Pesel(pesel.clone());
    let index = parts.ring.blind_index("patient", identifier.index_text().reveal());
    Ok(patients::find_patient(tx, &caller.space, &index)?)
}

/// Looks for the order and, where the pair opens it, notes the grant.
fn open(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    pair: &Pair,
    trace_id: &str,
) -> Result<(Met, Option<DeviceOrderView>), Failure> {
    let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
    let (found, patient) = candidate(tx, parts, caller, pair)?;
    let now = parts.clock.now(&caller.space);
    let order = found.map(|it| elapse::elapse(it.order, now).document);
    let opened = order.as_ref().is_some_and(|order| opens(pair, order));
    let met = Met { order: order.map(Box::new), patient, opened };
    let Some(order) = met.order.as_deref().filter(|_| met.opened) else { return Ok((met, None)) };
    store::device_order::grant(tx, order.id, organisation, now)?;
    let view = view::build(viewer(organisation), order, now);
    store::audit::append_all(tx, &record_of(parts, caller, &met, Outcome::Allowed, trace_id))?;
    Ok((met, Some(view)))
}

fn viewer(organisation: OrganisationId) -> Viewer {
    Viewer { relation: Relation::Provider, organisation: Some(organisation) }
}

fn candidate(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    pair: &Pair,
) -> Result<(Option<Loaded>, Option<PatientId>), Failure> {
    let (found, patient) = match pair {
        Pair::CodeAndPesel { code, pesel } => {
            let patient = patient_of(tx, parts, caller, pesel)?;
            let found = match patient {
                Some(patient) => store::device_order::find_by_access(tx, &parts.ring, patient, code)?,
                None => None,
            };
            (found, patient)
        }
        Pair::NumberAndCode { number, .. }
        | Pair::NumberAndPesel { number, .. }
        | Pair::NumberAndBirthDate { number, .. } => {
            (store::device_order::find_by_number(tx, &parts.ring, &caller.space, number)?, None)
        }
    };
    let patient = found.as_ref().map(|it| it.patient).or(patient);
    Ok((found, patient))
}

fn opens(pair: &Pair, order: &DeviceOrder) -> bool {
    let (State::Positive(confirmed), Some(number)) = (&order.state, &order.number) else { return false };
    pair.opens(number, &order.content.patient, &confirmed.access)
}

fn record_of(
    parts: &Parts,
    caller: &Caller,
    met: &Met,
    outcome: Outcome,
    trace_id: &str,
) -> Vec<store::audit::Entry> {
    let patients = met.patient.as_slice();
    if let Some(order) = &met.order {
        let about =
            About { action: OPERATION, document: (KIND, order.id.0), outcome, purpose: None, trace_id };
        return entries_of(parts, &caller.space, &actor_of(caller), about, patients);
    }
    let act = Act { action: OPERATION, document: None, outcome, purpose: None, trace_id: Some(trace_id) };
    entries(parts, &caller.space, &actor_of(caller), &act, patients)
}
