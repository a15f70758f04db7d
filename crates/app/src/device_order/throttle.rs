//! Guessing a code is slowed down: tries are counted in the store, in commits of their own, so that neither a restart nor
//! another node forgets them (DO-19).

use super::verify::ATTEMPTS;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::BUSY;
use crate::{App, Parts};
use domain::device_order::DeviceOrder;
use domain::device_order::lifecycle::State;
use domain::device_order::throttle::{Guessed, one_more, taken_back, wait};
use domain::ids::SpaceId;
use domain::values::{PatientIdentifier, Pesel};
use store::device_order::{find_tries, forget_tries, put_tries};
use store::sealing::BlindIndex;
use store::{StoreError, Tx};

/// Under which a patient's tries are counted, whether the space knows the patient or not.
pub(super) fn of_patient(parts: &Parts, space: &SpaceId, pesel: &Pesel) -> BlindIndex {
    parts.ring.blind_index("look-ups of a patient", &format!("{space}|{}", pesel.reveal()))
}

fn of_caller(parts: &Parts, caller: &Caller) -> BlindIndex {
    let organisation = caller.org_id().map(|id| id.to_string()).unwrap_or_default();
    let text = format!("{}|{}|{organisation}", caller.space, caller.client_id);
    parts.ring.blind_index("look-ups of a caller", &text)
}

/// What the tries so far say of the next one.
enum Turn {
    Admitted,
    /// Seconds.
    Wait(u32),
    /// Another one was counted meanwhile.
    Overtaken,
}

impl App {
    /// Counts a try as one that fails, before it is made: of many at once none slips through. Refused while it has to wait.
    pub(crate) async fn begin_guess(&self, caller: &Caller, pesel: &Pesel) -> Result<(), Failure> {
        for _ in 0..ATTEMPTS {
            let (parts, asking, pesel) = (self.inner.clone(), caller.clone(), pesel.clone());
            let begin = move |tx: &mut Tx<'_>| Ok::<_, Failure>(begin(tx, &parts, &asking, &pesel)?);
            match self.inner.store.transaction(begin).await? {
                Turn::Admitted => return Ok(()),
                Turn::Wait(retry_after) => {
                    let problem = domain::device_order::refusals::LOOK_UPS_SLOWED;
                    return Err(Failure::Unavailable { problem, retry_after });
                }
                Turn::Overtaken => {}
            }
        }
        Err(Failure::Unavailable { problem: BUSY, retry_after: 1 })
    }

    /// The try was right and counts for nothing; or it failed, and counts for whoever guesses, too.
    pub(crate) async fn end_guess(
        &self,
        caller: &Caller,
        pesel: &Pesel,
        is_right: bool,
    ) -> Result<(), Failure> {
        for _ in 0..ATTEMPTS {
            let (parts, asking, pesel) = (self.inner.clone(), caller.clone(), pesel.clone());
            let end = move |tx: &mut Tx<'_>| Ok::<_, Failure>(end(tx, &parts, &asking, &pesel, is_right)?);
            if self.inner.store.transaction(end).await? {
                return Ok(());
            }
        }
        Err(Failure::Unavailable { problem: BUSY, retry_after: 1 })
    }
}

fn begin(tx: &mut Tx<'_>, parts: &Parts, caller: &Caller, pesel: &Pesel) -> Result<Turn, StoreError> {
    let now = parts.clock.real_now();
    let counted = of_patient(parts, &caller.space, pesel);
    let seen = find_tries(tx, &counted)?;
    let of_caller = find_tries(tx, &of_caller(parts, caller))?;
    let waits = [of_caller, seen].into_iter().flatten().filter_map(|tries| wait(&tries, now));
    if let Some(seconds) = waits.max() {
        return Ok(Turn::Wait(seconds));
    }
    let tries = one_more(Guessed::Patient, seen, now);
    let is_counted = put_tries(tx, (&caller.space, Guessed::Patient, &counted), seen, tries)?;
    Ok(if is_counted { Turn::Admitted } else { Turn::Overtaken })
}

/// `false` where somebody else was faster.
fn end(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    pesel: &Pesel,
    is_right: bool,
) -> Result<bool, StoreError> {
    let now = parts.clock.real_now();
    let (of, counted) = if is_right {
        (Guessed::Patient, of_patient(parts, &caller.space, pesel))
    } else {
        (Guessed::Caller, of_caller(parts, caller))
    };
    let seen = find_tries(tx, &counted)?;
    let tries = match (is_right, seen) {
        // Released meanwhile.
        (true, None) => return Ok(true),
        (true, Some(seen)) => taken_back(of, seen),
        (false, seen) => one_more(of, seen, now),
    };
    put_tries(tx, (&caller.space, of, &counted), seen, tries)
}

/// With a new code what was guessed of an older one is worth nothing, so its delays end.
pub(super) fn forget_with_new_code(
    tx: &mut Tx<'_>,
    parts: &Parts,
    order: &DeviceOrder,
) -> Result<(), Failure> {
    let State::Positive(confirmed) = &order.state else { return Ok(()) };
    if let (Some(_), Some(PatientIdentifier::Pesel(pesel))) =
        (&confirmed.access.code, &order.content.patient.identifier)
    {
        forget_tries(tx, &of_patient(parts, &order.space, pesel))?;
    }
    Ok(())
}
