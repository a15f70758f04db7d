//! The payer's look at a repair order, between two transactions: the first commits that it has begun, then the register of the
//! insured is asked with nothing open, and the second keeps what was found. What nobody finished a worker does (ADR 38).

use super::access::load;
use super::announce::{self, Saved};
use super::view::{self, RepairOrderView, Viewer};
use crate::announce::keep_answer;
use crate::answer::{Render, StoredAnswer, Write};
use crate::caller::Caller;
use crate::device_order::{AT_ONCE, ATTEMPTS, MOST_TRIES, groups_of, lease, orders_of, times};
use crate::failure::Failure;
use crate::{App, Parts};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::DeviceGroup;
use domain::device_order::verification::Insurance;
use domain::device_repair_order::form::Look;
use domain::device_repair_order::history::{other_repair, supplies};
use domain::device_repair_order::verification::{self, Facts, OtherRepair, Supply};
use domain::device_repair_order::{Content, RepairOrder, State, supply};
use domain::ids::{PatientId, RepairOrderId, SpaceId};
use domain::values::Grosze;
use std::collections::BTreeSet;
use store::device_repair_order::{Loaded, WaitingVerification};
use store::{StoreError, Tx, patients};

/// The group of what is to be repaired as the list has it on that day, with what officers entered.
pub(super) fn group_on(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    content: &Content,
    day: NaiveDate,
) -> Result<Option<DeviceGroup>, StoreError> {
    let codes: BTreeSet<_> = content.device.iter().map(|device| device.code.clone()).collect();
    Ok(groups_of(tx, space, &codes, day)?.pop())
}

/// What the look rests on beside the content.
pub(super) struct Known {
    pub group: Option<DeviceGroup>,
    supplies: Vec<Supply>,
    others: Vec<OtherRepair>,
    /// Whether a document of the patient cannot be read.
    is_incomplete: bool,
}

impl Known {
    pub(super) fn look<'a>(&'a self, content: &'a Content, on: NaiveDate) -> Look<'a> {
        Look { content, group: self.group.as_ref(), on }
    }

    pub(super) fn facts(&self, insurance: Insurance) -> Facts<'_> {
        let Self { supplies, others, is_incomplete, .. } = self;
        Facts { insurance, supplies, others, is_incomplete: *is_incomplete }
    }
}

/// Gathers it: the list of that day, and what the patient was supplied with and had repaired.
pub(super) fn known(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (order, on): (&RepairOrder, NaiveDate),
    patient: Option<PatientId>,
    now: DateTime<Utc>,
) -> Result<Known, Failure> {
    let group = group_on(tx, &order.space, &order.content, on)?;
    let mut known = Known { group, supplies: Vec::new(), others: Vec::new(), is_incomplete: false };
    let Some(patient) = patient else { return Ok(known) };
    let wanted_by = order.id.to_string();
    let (orders, is_incomplete) = orders_of(tx, parts, (&wanted_by, patient), now)?;
    known.supplies = orders.iter().flat_map(supplies).collect();
    let repairs = store::device_repair_order::readable_of_patient(tx, &parts.ring, patient)?;
    for unreadable in &repairs.unreadable {
        tracing::error!(order.id = unreadable, wanted.by = wanted_by, "a repair order cannot be read");
    }
    let others = repairs.read.into_iter().map(|it| supply::elapse(it.order, now).document);
    known.others = others.filter_map(|other| other_repair(order, &other)).collect();
    known.is_incomplete = is_incomplete || !repairs.unreadable.is_empty();
    Ok(known)
}

/// What is left of the limit by now of an order that can be had, is held or was carried out; none where a document of the patient
/// cannot be read.
pub(super) fn left_by_now(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (order, patient): (&RepairOrder, PatientId),
    now: DateTime<Utc>,
) -> Result<Option<Grosze>, Failure> {
    let Some(confirmed) = order.state.confirmed() else { return Ok(None) };
    let known = known(tx, parts, (order, warsaw_date(now)), Some(patient), now)?;
    let (terms, content) = (&confirmed.confirmation.terms, &order.content);
    let left = || verification::left_by_now(terms, content, &known.supplies, &known.others);
    Ok((!known.is_incomplete).then(left))
}

/// Who waits for the outcome, and under which key the answer is kept.
#[derive(Clone)]
pub(super) struct Waiting {
    pub caller: Caller,
    pub write: Write,
    pub render: Render<RepairOrderView>,
}

impl App {
    /// Finishes a verification that has begun. Whoever waits is told the order as it is then, and that answer takes the
    /// place of the one that said that it had begun.
    pub(super) async fn finish_repair_verification(
        &self,
        begun: WaitingVerification,
        waiting: Option<Waiting>,
    ) -> Result<Option<StoredAnswer>, Failure> {
        let parts = self.inner.clone();
        let look = move |tx: &mut Tx<'_>| {
            let found = store::device_repair_order::find(tx, &parts.ring, begun.id)?;
            Ok::<_, Failure>(found.filter(|it| is_begun(it, begun)).map(|it| it.order.content))
        };
        let insurance = match self.inner.store.read(look).await? {
            Some(content) => Some(self.ask_insurance(&content.patient).await),
            None => None,
        };
        for _ in 1..ATTEMPTS {
            match self.conclude_repair(begun, insurance.clone(), waiting.clone()).await {
                Err(Failure::Stale) => {}
                done => return done,
            }
        }
        self.conclude_repair(begun, insurance, waiting).await
    }

    async fn conclude_repair(
        &self,
        begun: WaitingVerification,
        insurance: Option<Insurance>,
        waiting: Option<Waiting>,
    ) -> Result<Option<StoredAnswer>, Failure> {
        let parts = self.inner.clone();
        let job = move |tx: &mut Tx<'_>| {
            if let Some(insurance) = &insurance {
                conclude_in(tx, &parts, begun, insurance)?;
            }
            told_in(tx, &parts, begun.id, waiting.as_ref())
        };
        self.inner.store.transaction(job).await
    }

    /// Finishes what was begun and left, by whichever worker comes first; how many those were.
    pub(crate) async fn finish_repair_verifications(&self) -> Result<usize, Failure> {
        let now = self.inner.clock.real_now();
        let job =
            move |tx: &mut Tx<'_>| store::device_repair_order::lease_verifications(tx, now, lease, AT_ONCE);
        let leased = self.inner.store.transaction(job).await?;
        for begun in &leased {
            // It stays, and comes back when the lease ends.
            if let Err(fault) = self.finish_repair_verification(*begun, None).await {
                tracing::error!(order.id = %begun.id, verification.fault = ?fault, verification.tries = begun.tries,
                    verification.again_in_minutes = lease(begun.tries).num_minutes(), "verification not finished");
            }
        }
        Ok(leased.len())
    }
}

fn is_begun(loaded: &Loaded, begun: WaitingVerification) -> bool {
    matches!(loaded.order.state, State::Verifying(_)) && loaded.order.revision == begun.revision
}

/// Keeps the outcome, unless somebody else has.
fn conclude_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    begun: WaitingVerification,
    insurance: &Insurance,
) -> Result<(), Failure> {
    let Some(loaded) = store::device_repair_order::find(tx, &parts.ring, begun.id)? else { return Ok(()) };
    if !is_begun(&loaded, begun) {
        return Ok(());
    }
    // Of two orders of one patient at once the second sees what became of the first.
    patients::hold(tx, loaded.patient)?;
    let now = parts.clock.now(&loaded.order.space);
    let on = loaded.order.state.issue().map_or_else(|| warsaw_date(now), |issue| issue.issued_on);
    let known = known(tx, parts, (&loaded.order, on), Some(loaded.patient), now)?;
    if known.is_incomplete && begun.tries < MOST_TRIES {
        return Err(Failure::Bug("an order of the patient cannot be read".into()));
    }
    let seen = known.look(&loaded.order.content, on);
    let verdict = verification::look(&seen, &known.facts(insurance.clone()));
    let decided = verification::conclude(loaded.order.clone(), verdict, now)?;
    let times = times(parts, now);
    let saved = store::device_repair_order::save(tx, &parts.ring, decided.document, &loaded, None, times)?;
    let (order, patient) = saved.ok_or(Failure::Stale)?;
    let saved = Saved { order: &order, patient, concerned: &[patient], events: &decided.events };
    announce::by_the_service(tx, parts, "verify_device_repair_order", &saved)
}

/// The answer to whoever waits and may still see the order. The outcome stands whoever asked: for one who has lost sight of it
/// meanwhile the answer that it had begun remains.
fn told_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    id: RepairOrderId,
    waiting: Option<&Waiting>,
) -> Result<Option<StoredAnswer>, Failure> {
    match waiting.map(|waiting| answer_in(tx, parts, id, waiting)).transpose() {
        Err(Failure::NotFound | Failure::Denied(_)) => Ok(None),
        told => told,
    }
}

/// The answer, kept under the key of whoever waits.
fn answer_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    id: RepairOrderId,
    waiting: &Waiting,
) -> Result<StoredAnswer, Failure> {
    let Waiting { caller, write, render } = waiting;
    let seen = load(tx, parts, caller, id)?;
    let answer = render(&view::build(Viewer::of(caller, seen.relation), &seen.loaded.order));
    keep_answer(tx, parts, (caller, write), &id.to_string(), &answer)?;
    Ok(answer)
}
