//! The payer's look at an order, between two transactions: the first commits that it has begun, then the register of the
//! insured is asked with nothing open, and the second keeps what was found (DO-20 to DO-28). What nobody finished a worker
//! does.

use super::access::{load, on_record};
use super::announce::{self, Saved};
use super::periods_of_use::{extended, repairs_of};
use super::throttle;
use super::view::{self, DeviceOrderView, Viewer};
use crate::announce::keep_answer;
use crate::answer::{Render, StoredAnswer, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, Parts};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::DeviceGroup;
use domain::device_group::entry::{Entered, effective};
use domain::device_order::access::free_code;
use domain::device_order::content::Patient;
use domain::device_order::model::TakeUp;
use domain::device_order::quantity::Earlier;
use domain::device_order::verification::{self, Facts, Insurance, OtherOrder, Supplied};
use domain::device_order::{Content, DeviceOrder, State, elapse, history};
use domain::ids::{DeviceOrderId, PatientId, SpaceId, TakeUpId};
use domain::values::{AccessCode, DeviceCode, PatientIdentifier, Text};
use gateways::insurance::insurance;
use std::collections::BTreeSet;
use store::device_order::{ACCESS_KEY, Loaded, PERIOD_KEY, Saved as Times, WaitingVerification};
use store::{StoreError, Tx, device_group, patients};

/// Longer than any answer of the register may take: whoever submits is still at it until then.
const TAKEN_OVER_AFTER: TimeDelta = TimeDelta::minutes(2);
/// How many orders a worker finishes at once.
pub(crate) const AT_ONCE: i64 = 8;
/// How often a worker waits for a key or a row to come back before it tells that an order of the patient cannot be read.
pub(crate) const MOST_TRIES: i32 = 5;
/// How often a conclusion starts anew when another change was faster, or took the same code: as often as many providers at
/// once may be faster, each with two changes.
pub(crate) const ATTEMPTS: usize = 32;

/// The longest pause between two tries of what cannot be finished, as an order whose own row cannot be read: its key may come
/// back, and nobody else is kept from theirs.
const MOST_SELDOM: TimeDelta = TimeDelta::days(1);

/// How long a worker has what it takes for the so manieth time: twice as long each time once patience is over.
pub(crate) fn lease(tries: i32) -> TimeDelta {
    let doublings = u32::try_from(tries.saturating_sub(MOST_TRIES)).unwrap_or_default();
    let grown = 2_i32.checked_pow(doublings).and_then(|times| TAKEN_OVER_AFTER.checked_mul(times));
    grown.unwrap_or(MOST_SELDOM).min(MOST_SELDOM)
}

/// When what is saved now is looked at again.
pub(crate) fn times(parts: &Parts, now: DateTime<Utc>) -> Times {
    Times { now, verify_at: parts.clock.real_now() + TAKEN_OVER_AFTER }
}

/// Every version of the groups of these codes, with what officers entered.
pub(super) fn versions(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    codes: &BTreeSet<DeviceCode>,
) -> Result<Vec<DeviceGroup>, StoreError> {
    let Some(edition) = device_group::current(tx)? else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for code in codes {
        let listed = device_group::versions(tx, &edition.id, code)?;
        let entries = device_group::entries(tx, space, Some(code))?;
        let entered: Vec<Entered> = entries.into_iter().map(|stored| stored.entered).collect();
        all.extend(effective(&listed, &entered).into_iter().map(|listed| listed.group));
    }
    Ok(all)
}

fn codes(content: &Content) -> BTreeSet<DeviceCode> {
    content.items().into_iter().map(|item| item.code).collect()
}

/// The groups of these codes as the list has them on that day.
pub(crate) fn groups_of(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    codes: &BTreeSet<DeviceCode>,
    day: NaiveDate,
) -> Result<Vec<DeviceGroup>, StoreError> {
    let mut groups = versions(tx, space, codes)?;
    groups.retain(|group| group.is_valid_on(day));
    Ok(groups)
}

/// The list as it was when the limits of a take-up were frozen (DO-61), of what is ordered and of these codes.
pub(super) fn groups_at_take_up(
    tx: &mut Tx<'_>,
    order: &DeviceOrder,
    take_up: &TakeUp,
    issued: impl Iterator<Item = DeviceCode>,
) -> Result<Vec<DeviceGroup>, Failure> {
    let wanted = codes(&order.content).into_iter().chain(issued).collect();
    let versions = versions(tx, &order.space, &wanted)?;
    Ok(verification::listed_for(order, &versions, warsaw_date(take_up.taken_at)))
}

/// The groups of what is ordered as the list has them on that day.
pub(super) fn groups_on(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    content: &Content,
    day: NaiveDate,
) -> Result<Vec<DeviceGroup>, StoreError> {
    groups_of(tx, space, &codes(content), day)
}

/// What the look rests on beside the content.
pub(super) struct Known {
    pub groups: Vec<DeviceGroup>,
    pub supplied: Vec<Supplied>,
    pub others: Vec<OtherOrder>,
    /// Whether an order of the patient cannot be read.
    is_incomplete: bool,
    /// The prescriber's, where the directory knows them.
    specialties: Option<Vec<Text<120>>>,
    earlier: Vec<Earlier>,
    /// Codes of the patient's open orders.
    taken: Vec<AccessCode>,
}

impl Known {
    pub(super) fn facts(&self, on: NaiveDate, insurance: Insurance) -> Facts<'_> {
        let Self { groups, supplied, others, earlier, .. } = self;
        let (specialties, is_incomplete) = (self.specialties.as_deref(), self.is_incomplete);
        Facts {
            is_incomplete,
            on,
            groups,
            insurance,
            specialties,
            supplied,
            others,
            earlier,
            waived: &[],
            is_first: true,
        }
    }

    /// Whether another open order of the patient has it.
    pub(super) fn has_code(&self, code: &AccessCode) -> bool {
        self.taken.contains(code)
    }

    /// A code that no open order of the patient has (DO-17).
    pub(super) fn free_code(&self, parts: &Parts) -> Option<AccessCode> {
        self.another_code(parts, None)
    }

    /// The same, and unlike the one that it takes the place of.
    pub(super) fn another_code(&self, parts: &Parts, former: Option<&AccessCode>) -> Option<AccessCode> {
        let [a, b, c, d, ..] = parts.entropy.random();
        let taken: Vec<AccessCode> = self.taken.iter().chain(former).cloned().collect();
        free_code(&taken, u32::from_be_bytes([a, b, c, d]), parts.access_codes)
    }
}

/// Gathers it: the list, and the patient's other orders as time has left them.
pub(super) fn known(
    tx: &mut Tx<'_>,
    parts: &Parts,
    order: &DeviceOrder,
    patient: Option<PatientId>,
    now: DateTime<Utc>,
) -> Result<Known, Failure> {
    let (others, is_incomplete) = match patient {
        Some(patient) => others(tx, parts, (order.id, patient), now)?,
        None => (Vec::new(), false),
    };
    let (repairs, lacks_repairs) = match patient {
        Some(patient) => repairs_of(tx, parts, (&order.id.to_string(), patient))?,
        None => (Vec::new(), false),
    };
    let mut wanted = codes(&order.content);
    wanted.extend(others.iter().flat_map(history::codes));
    let versions = versions(tx, &order.space, &wanted)?;
    let on = verification::judged_on(order, warsaw_date(now));
    let prescriber = on_record(tx, &order.space, &order.prescriber)?;
    let supplied = others.iter().flat_map(|other| history::supplied(other, &versions)).collect();
    Ok(Known {
        is_incomplete: is_incomplete || lacks_repairs,
        specialties: prescriber.and_then(|it| it.specialties),
        supplied: extended(supplied, &repairs, &versions),
        taken: others.iter().filter_map(|other| view::access(other)?.code).collect(),
        others: others.iter().filter_map(|other| history::other_order(order, other)).collect(),
        earlier: others.iter().flat_map(|other| history::earlier(order, other)).collect(),
        groups: verification::listed_for(order, &versions, on),
    })
}

/// The patient's other orders as time has left them, and whether one more cannot be read.
fn others(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (order, patient): (DeviceOrderId, PatientId),
    now: DateTime<Utc>,
) -> Result<(Vec<DeviceOrder>, bool), Failure> {
    let (mut all, is_incomplete) = orders_of(tx, parts, (&order.to_string(), patient), now)?;
    all.retain(|it| it.id != order);
    Ok((all, is_incomplete))
}

/// The patient's orders as time has left them, and whether one more cannot be read: its operator has to hear of it, and for
/// which document it was wanted.
pub(crate) fn orders_of(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (wanted_by, patient): (&str, PatientId),
    now: DateTime<Utc>,
) -> Result<(Vec<DeviceOrder>, bool), Failure> {
    let all = store::device_order::readable_of_patient(tx, &parts.ring, patient)?;
    for unreadable in &all.unreadable {
        tracing::error!(
            order.id = unreadable,
            wanted.by = wanted_by,
            "an order of the patient cannot be read"
        );
    }
    let read = all.read.into_iter().map(|it| elapse::elapse(it.order, now).document).collect();
    Ok((read, !all.unreadable.is_empty()))
}

/// Who waits for the outcome, and under which key the answer is kept.
#[derive(Clone)]
pub(super) struct Waiting {
    pub caller: Caller,
    pub write: Write,
    pub render: Render<DeviceOrderView>,
}

impl App {
    /// Asks about the right to benefits on the real day, with nothing open meanwhile. No answer is an answer, too (DO-28).
    pub(crate) async fn ask_insurance(&self, patient: &Patient) -> Insurance {
        let Some(PatientIdentifier::Pesel(pesel)) = &patient.identifier else {
            return Insurance::NotAsked { is_outage: false };
        };
        match &self.inner.insurance {
            Some(register) => insurance(register.ask(pesel, self.inner.clock.real_now()).await),
            None => Insurance::NotAsked { is_outage: true },
        }
    }

    /// Finishes a verification that has begun. Whoever waits is told the order as it is then, and that answer takes the
    /// place of the one that said that it had begun.
    pub(super) async fn finish_verification(
        &self,
        begun: WaitingVerification,
        waiting: Option<Waiting>,
    ) -> Result<Option<StoredAnswer>, Failure> {
        let parts = self.inner.clone();
        let content = self
            .inner
            .store
            .read(move |tx| {
                let found = store::device_order::find(tx, &parts.ring, begun.id)?;
                Ok::<_, Failure>(found.filter(|it| is_begun(it, begun)).map(|it| it.order.content))
            })
            .await?;
        let insurance = match content {
            Some(content) => Some(self.ask_insurance(&content.patient).await),
            None => None,
        };
        for _ in 1..ATTEMPTS {
            match self.conclude(begun, insurance.clone(), waiting.clone()).await {
                Err(failure) if is_overtaken(&failure) => {}
                done => return done,
            }
        }
        self.conclude(begun, insurance, waiting).await
    }

    async fn conclude(
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
            told_in(tx, &parts, (begun.id, None), waiting.as_ref())
        };
        self.inner.store.transaction(job).await
    }

    /// Finishes what was begun and left, by whichever worker comes first; how many those were. Call it again until there
    /// are none.
    #[tracing::instrument(name = "finish_verifications", skip_all)]
    pub async fn finish_verifications(&self) -> Result<usize, Failure> {
        let now = self.inner.clock.real_now();
        let job = move |tx: &mut Tx<'_>| store::device_order::lease_verifications(tx, now, lease, AT_ONCE);
        let leased = self.inner.store.transaction(job).await?;
        for begun in &leased {
            // It stays, and comes back when the lease ends.
            if let Err(fault) = self.finish_verification(*begun, None).await {
                tracing::error!(order.id = %begun.id, verification.fault = ?fault, verification.tries = begun.tries,
                    verification.again_in_minutes = lease(begun.tries).num_minutes(), "verification not finished");
            }
        }
        Ok(leased.len() + self.finish_take_ups().await? + self.finish_repair_verifications().await?)
    }
}

fn is_begun(loaded: &Loaded, begun: WaitingVerification) -> bool {
    matches!(loaded.order.state, State::Verifying(_)) && loaded.order.revision == begun.revision
}

/// Another one changed the order, took the same month, or gave another order of the patient the same code.
pub(super) fn is_overtaken(failure: &Failure) -> bool {
    matches!(failure, Failure::Stale) || violates(failure, PERIOD_KEY) || is_code_taken(failure)
}

/// Another order of the patient got the same code at the same time: whoever asks anew draws another one.
pub(super) fn is_code_taken(failure: &Failure) -> bool {
    violates(failure, ACCESS_KEY)
}

fn violates(failure: &Failure, key: &str) -> bool {
    match failure {
        Failure::Bug(error) => {
            error.downcast_ref::<StoreError>().is_some_and(|error| error.is_unique_violation_of(key))
        }
        _ => false,
    }
}

/// Keeps the outcome, unless somebody else has.
fn conclude_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    begun: WaitingVerification,
    insurance: &Insurance,
) -> Result<(), Failure> {
    let Some(loaded) = store::device_order::find(tx, &parts.ring, begun.id)? else { return Ok(()) };
    if !is_begun(&loaded, begun) {
        return Ok(());
    }
    // Of two orders of one patient at once the second sees what became of the first.
    patients::hold(tx, loaded.patient)?;
    let now = parts.clock.now(&loaded.order.space);
    let known = known(tx, parts, &loaded.order, Some(loaded.patient), now)?;
    if known.is_incomplete && begun.tries < MOST_TRIES {
        return Err(Failure::Bug("an order of the patient cannot be read".into()));
    }
    let facts = known.facts(verification::judged_on(&loaded.order, warsaw_date(now)), insurance.clone());
    let verdict = verification::look(&loaded.order.content, &facts);
    let decided = verification::conclude(loaded.order.clone(), verdict, known.free_code(parts), now)?;
    throttle::forget_with_new_code(tx, parts, &decided.document)?;
    let saved =
        store::device_order::save(tx, &parts.ring, decided.document, &loaded, None, times(parts, now))?;
    let (order, patient) = saved.ok_or(Failure::Stale)?;
    let saved = Saved { order: &order, patient, concerned: &[patient], events: &decided.events };
    announce::by_the_service(tx, parts, "verify_device_order", &saved)
}

/// The answer to whoever waits and may still see the order. The outcome stands whoever asked: for one who has lost sight of it
/// meanwhile the answer that it had begun remains.
pub(super) fn told_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    about: (DeviceOrderId, Option<TakeUpId>),
    waiting: Option<&Waiting>,
) -> Result<Option<StoredAnswer>, Failure> {
    match waiting.map(|waiting| answer_in(tx, parts, about, waiting)).transpose() {
        Err(Failure::NotFound | Failure::Denied(_)) => Ok(None),
        told => told,
    }
}

/// The answer, kept under the key of whoever waits.
fn answer_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (id, take_up): (DeviceOrderId, Option<TakeUpId>),
    waiting: &Waiting,
) -> Result<StoredAnswer, Failure> {
    let Waiting { caller, write, render } = waiting;
    let seen = load(tx, parts, caller, id)?;
    let now = parts.clock.now(&caller.space);
    let view = view::build(Viewer::of(caller, seen.relation), &seen.loaded.order, now);
    let answer = render(&DeviceOrderView { asked_about: take_up, ..view });
    keep_answer(tx, parts, (caller, write), &id.to_string(), &answer)?;
    Ok(answer)
}
