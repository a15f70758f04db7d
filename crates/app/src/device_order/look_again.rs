//! The payer's second look, at what a provider takes up (DO-29, DO-34): begun in a transaction that closed the months to others,
//! concluded in another one. What nobody finished a worker does.

use super::announce::{self, Saved};
use super::verify::{AT_ONCE, ATTEMPTS, Waiting, is_overtaken, known, lease, times, told_in};
use crate::answer::StoredAnswer;
use crate::failure::Failure;
use crate::{App, Parts};
use domain::calendar::warsaw_date;
use domain::device_order::model::{TakeUp, TakeUpState};
use domain::device_order::verification::Insurance;
use domain::device_order::{DeviceOrder, take_up};
use store::device_order::WaitingTakeUp;
use store::{Tx, patients};

/// A look that has begun, and who waits for its end.
#[derive(Clone)]
pub(super) struct WaitingLook {
    pub begun: WaitingTakeUp,
    pub waiting: Option<Waiting>,
}

impl App {
    /// Finishes a look that has begun. Whoever waits is told the take-up as it is then, and that answer takes the place of the
    /// one that said that it had begun.
    pub(super) async fn finish_take_up(&self, look: WaitingLook) -> Result<Option<StoredAnswer>, Failure> {
        let (parts, begun) = (self.inner.clone(), look.begun);
        let content = self
            .inner
            .store
            .read(move |tx| {
                let found = store::device_order::find(tx, &parts.ring, begun.order)?;
                Ok::<_, Failure>(found.and_then(|it| {
                    let take_up = begun_in(&it.order, begun)?;
                    Some(take_up::content_of(&it.order, take_up))
                }))
            })
            .await?;
        let insurance = match content {
            Some(content) => Some(self.ask_insurance(&content.patient).await),
            None => None,
        };
        for _ in 1..ATTEMPTS {
            match self.conclude_look(look.clone(), insurance.clone()).await {
                Err(failure) if is_overtaken(&failure) => {}
                done => return done,
            }
        }
        self.conclude_look(look, insurance).await
    }

    async fn conclude_look(
        &self,
        look: WaitingLook,
        insurance: Option<Insurance>,
    ) -> Result<Option<StoredAnswer>, Failure> {
        let parts = self.inner.clone();
        let job = move |tx: &mut Tx<'_>| {
            let WaitingLook { begun, waiting } = &look;
            if let Some(insurance) = &insurance {
                conclude_in(tx, &parts, *begun, insurance)?;
            }
            told_in(tx, &parts, (begun.order, Some(begun.id)), waiting.as_ref())
        };
        self.inner.store.transaction(job).await
    }

    /// Finishes what was begun and left, by whichever worker comes first; how many those were.
    pub(super) async fn finish_take_ups(&self) -> Result<usize, Failure> {
        let now = self.inner.clock.real_now();
        let job = move |tx: &mut Tx<'_>| store::device_order::lease_take_ups(tx, now, lease, AT_ONCE);
        let leased = self.inner.store.transaction(job).await?;
        for begun in &leased {
            let look = WaitingLook { begun: *begun, waiting: None };
            // It stays, and comes back when the lease ends.
            if let Err(fault) = self.finish_take_up(look).await {
                tracing::error!(take_up.id = %begun.id, take_up.fault = ?fault, take_up.tries = begun.tries,
                    take_up.again_in_minutes = lease(begun.tries).num_minutes(), "take-up not finished");
            }
        }
        Ok(leased.len())
    }
}

fn begun_in(order: &DeviceOrder, begun: WaitingTakeUp) -> Option<&TakeUp> {
    take_up::find(order, begun.id).filter(|take_up| take_up.state == TakeUpState::Verifying)
}

/// Keeps the outcome, unless somebody else has.
fn conclude_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    begun: WaitingTakeUp,
    insurance: &Insurance,
) -> Result<(), Failure> {
    let Some(loaded) = store::device_order::find(tx, &parts.ring, begun.order)? else { return Ok(()) };
    if begun_in(&loaded.order, begun).is_none() {
        return Ok(());
    }
    patients::hold(tx, loaded.patient)?;
    let now = parts.clock.now(&loaded.order.space);
    let known = known(tx, parts, &loaded.order, Some(loaded.patient), now)?;
    let facts = known.facts(warsaw_date(now), insurance.clone());
    let verdict = take_up::look_again(&loaded.order, begun.id, &facts)?;
    let decided = take_up::conclude(loaded.order.clone(), begun.id, verdict, now)?;
    let saved =
        store::device_order::save(tx, &parts.ring, decided.document, &loaded, None, times(parts, now))?;
    let (order, patient) = saved.ok_or(Failure::Stale)?;
    let saved = Saved { order: &order, patient, concerned: &[patient], events: &decided.events };
    announce::by_the_service(tx, parts, "look_at_take_up", &saved)
}
