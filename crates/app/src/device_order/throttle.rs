//! Guessing a code is slowed down: tries are counted in the store, in commits of their own, so that neither a restart nor
//! another node forgets them (DO-19).

use super::verify::ATTEMPTS;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::BUSY;
use crate::{App, Parts};
use chrono::SubsecRound;
use domain::device_order::DeviceOrder;
use domain::device_order::lifecycle::State;
use domain::device_order::throttle::{Counted, Guessed, count, taken_back, wait};
use domain::ids::SpaceId;
use domain::values::{PatientIdentifier, Pesel};
use store::device_order::{find_tries, forget_old_tries, forget_tries, hold_tries, put_tries};
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

/// A try as it was counted, for the patient and for whoever guesses.
#[derive(Clone, Copy)]
pub(super) struct Guess {
    patient: Counted,
    caller: Counted,
}

/// What the tries so far say of the next one.
enum Turn {
    Admitted(Guess),
    /// Seconds.
    Wait(u32),
}

impl App {
    /// Counts a try as one that fails, before it is made: of many at once none slips through, whoever the patients are. Refused
    /// while it has to wait.
    pub(super) async fn begin_guess(&self, caller: &Caller, pesel: &Pesel) -> Result<Guess, Failure> {
        for _ in 0..ATTEMPTS {
            let (parts, asking, pesel) = (self.inner.clone(), caller.clone(), pesel.clone());
            let begin = move |tx: &mut Tx<'_>| begin(tx, &parts, &asking, &pesel);
            match self.inner.store.transaction(begin).await {
                Ok(Turn::Admitted(guess)) => {
                    if guess.patient.before.is_none() {
                        self.forget_old_guesses().await;
                    }
                    return Ok(guess);
                }
                Ok(Turn::Wait(retry_after)) => {
                    let problem = domain::device_order::refusals::LOOK_UPS_SLOWED;
                    return Err(Failure::Unavailable { problem, retry_after });
                }
                Err(failure) if is_overtaken(&failure) => {}
                Err(failure) => return Err(failure),
            }
        }
        Err(Failure::Unavailable { problem: BUSY, retry_after: 1 })
    }

    /// The try was right and counts for nothing. Where that cannot be kept it was right all the same: whoever asks is told what
    /// was opened, and the count ends with time.
    pub(super) async fn take_guess_back(&self, caller: &Caller, pesel: &Pesel, guess: Guess) {
        for _ in 0..ATTEMPTS {
            let (parts, asking, pesel) = (self.inner.clone(), caller.clone(), pesel.clone());
            let back = move |tx: &mut Tx<'_>| take_back(tx, &parts, &asking, &pesel, guess);
            match self.inner.store.transaction(back).await {
                Err(failure) if is_overtaken(&failure) => {}
                Err(failure) => {
                    return tracing::error!(look_up.fault = ?failure, "a right look-up stays counted");
                }
                Ok(()) => return,
            }
        }
        tracing::error!("a right look-up stays counted: others were faster each time");
    }

    /// What nobody remembers any more goes when somebody new is counted.
    async fn forget_old_guesses(&self) {
        let now = self.inner.clock.real_now();
        let forget = move |tx: &mut Tx<'_>| Ok::<_, Failure>(forget_old_tries(tx, now)?);
        if let Err(failure) = self.inner.store.transaction(forget).await {
            tracing::warn!(look_up.fault = ?failure, "old tries are forgotten later");
        }
    }
}

/// Another one was counted meanwhile, or the store is busy with one.
fn is_overtaken(failure: &Failure) -> bool {
    match failure {
        Failure::Stale => true,
        Failure::Bug(error) => matches!(error.downcast_ref(), Some(StoreError::Busy)),
        _ => false,
    }
}

/// Counts both in one transaction, the patient first; [`Failure::Stale`] where somebody else was faster.
fn begin(tx: &mut Tx<'_>, parts: &Parts, caller: &Caller, pesel: &Pesel) -> Result<Turn, Failure> {
    // As precise as the store, which is asked later whether it still has what was written.
    let now = parts.clock.real_now().trunc_subsecs(6);
    let (patient, asking) = (of_patient(parts, &caller.space, pesel), of_caller(parts, caller));
    // One after the other, so that of many at once none is told to ask again.
    hold_tries(tx, &patient)?;
    hold_tries(tx, &asking)?;
    let (seen_patient, seen_caller) = (find_tries(tx, &patient)?, find_tries(tx, &asking)?);
    let waits = [seen_caller, seen_patient].into_iter().flatten().filter_map(|tries| wait(&tries, now));
    if let Some(seconds) = waits.max() {
        return Ok(Turn::Wait(seconds));
    }
    let guess = Guess {
        patient: count(Guessed::Patient, seen_patient, now),
        caller: count(Guessed::Caller, seen_caller, now),
    };
    for (of, counted, Counted { before, after }) in
        [(Guessed::Patient, &patient, guess.patient), (Guessed::Caller, &asking, guess.caller)]
    {
        if !put_tries(tx, (&caller.space, of, counted), before, after)? {
            return Err(Failure::Stale);
        }
    }
    Ok(Turn::Admitted(guess))
}

fn take_back(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    pesel: &Pesel,
    guess: Guess,
) -> Result<(), Failure> {
    let (patient, asking) = (of_patient(parts, &caller.space, pesel), of_caller(parts, caller));
    hold_tries(tx, &patient)?;
    hold_tries(tx, &asking)?;
    for (of, counted, count) in
        [(Guessed::Patient, &patient, guess.patient), (Guessed::Caller, &asking, guess.caller)]
    {
        // Where there is nothing it was released meanwhile.
        let Some(seen) = find_tries(tx, counted)? else { continue };
        if !put_tries(tx, (&caller.space, of, counted), Some(seen), taken_back(of, seen, count))? {
            return Err(Failure::Stale);
        }
    }
    Ok(())
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
