//! Whoever wants what a provider holds asks it to give it back: the patient, or another provider that has opened the order. The
//! holder is told and decides; until then, or until its end, the hold stands.

use super::DeviceOrderDecision;
use super::events::DeviceOrderEvent;
use super::lifecycle::{Command, PeriodState};
use super::model::{DeviceOrder, Months, TakeUp};
use super::refusals::{MONTHS_OUTSIDE, NOTHING_TO_RELEASE, RELEASE_REQUESTED, admit_state, wrong_state};
use super::take_up::{change, is_taken};
use crate::decision::admit;
use crate::ids::{OrganisationId, TakeUpId};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::values::Text;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Requester {
    Patient,
    /// A provider that has opened the order with its access data.
    Provider {
        id: OrganisationId,
        name: Text<300>,
    },
}

/// Who asks, or could, apart from names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    Patient,
    Provider(OrganisationId),
}

impl Party {
    /// A provider where an organisation asks, else the patient.
    pub fn of(organisation: Option<OrganisationId>) -> Self {
        organisation.map_or(Self::Patient, Self::Provider)
    }
}

impl Requester {
    pub fn party(&self) -> Party {
        match self {
            Self::Patient => Party::Patient,
            Self::Provider { id, .. } => Party::Provider(*id),
        }
    }
}

/// A request to the holder, as it reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseRequest {
    pub by: Requester,
    pub reason: Text<500>,
    pub at: DateTime<Utc>,
}

/// When this party asked for it; none where it did not.
pub fn requested_by(requests: &[ReleaseRequest], party: Party) -> Option<DateTime<Utc>> {
    requests.iter().find(|it| it.by.party() == party).map(|it| it.at)
}

/// What is asked for beside the holds that others have on it.
struct Look<'a> {
    /// Whether the months are of the order.
    is_inside: bool,
    /// Of others than whoever asks.
    holds: Vec<&'a TakeUp>,
    by: Party,
}

type Check = fn(&Look<'_>) -> Vec<String>;

const RULES: &[Rule<Check>] = &[
    Rule {
        number: "DO-69a",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Miesiące, o których zwolnienie się prosi, należą do zlecenia; bez miesięcy chodzi o wszystko, co jest pobrane.",
            en: "The months whose release is asked for belong to the order; without months it is about all that is held.",
        },
        problem: MONTHS_OUTSIDE,
        broken_at: |look| at("/months", !look.is_inside),
    },
    Rule {
        number: "DO-69b",
        legal: "design",
        says: Sentence {
            pl: "O zwolnienie prosi się realizatora, który coś pobrał i nie wydał; własne pobranie się wycofuje.",
            en: "A release is asked of a provider that holds something and has issued nothing; one's own take-up is given back.",
        },
        problem: NOTHING_TO_RELEASE,
        broken_at: |look| whole(look.is_inside && look.holds.is_empty()),
    },
    Rule {
        number: "DO-69c",
        legal: "design",
        says: Sentence {
            pl: "O zwolnienie tego samego pobrania prosi się raz.",
            en: "The release of one take-up is asked for once.",
        },
        problem: RELEASE_REQUESTED,
        broken_at: |look| {
            let is_asked = |it: &&TakeUp| requested_by(&it.release_requests, look.by).is_some();
            whole(!look.holds.is_empty() && look.holds.iter().all(is_asked))
        },
    },
];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("release-requests")).collect()
}

impl<'a> Look<'a> {
    fn of(order: &'a DeviceOrder, months: Option<Months>, by: Party) -> Self {
        let confirmed = order.state.confirmed();
        let asked: Option<Vec<PeriodState>> = confirmed.and_then(|it| match months {
            Some(_) => it.periods.asked(months),
            None => Some(it.periods.states().collect()),
        });
        let is_inside = asked.is_some();
        let taken = asked.into_iter().flatten().filter(|state| is_taken(*state));
        let ids: Vec<TakeUpId> = taken.filter_map(PeriodState::take_up).collect();
        let take_ups = confirmed.into_iter().flat_map(|it| &it.take_ups);
        let is_anothers =
            |it: &&TakeUp| it.is_open() && ids.contains(&it.id) && Party::Provider(it.provider.id) != by;
        let holds = take_ups.filter(is_anothers).collect();
        Self { is_inside, holds, by }
    }
}

/// Why nothing can be asked for of the whole order; `None` where something can.
pub fn faults(order: &DeviceOrder, by: Party) -> Vec<Violation> {
    let look = Look::of(order, None, by);
    rule::broken(RULES, |check| check(&look))
}

/// Asks every holder of these months, or of the whole order, whom the same party has not asked yet.
pub fn request(
    order: DeviceOrder,
    months: Option<Months>,
    asked: &ReleaseRequest,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::ReleaseRequest)?;
    let look = Look::of(&order, months, asked.by.party());
    admit(rule::broken(RULES, |check| check(&look)))?;
    let is_new = |it: &&&TakeUp| requested_by(&it.release_requests, look.by).is_none();
    let told: Vec<(TakeUpId, OrganisationId)> =
        look.holds.iter().filter(is_new).map(|it| (it.id, it.provider.id)).collect();
    let event = |(take_up, provider): &(TakeUpId, OrganisationId)| DeviceOrderEvent::ReleaseRequested {
        take_up: *take_up,
        provider: *provider,
    };
    let events = told.iter().map(event).collect();
    change(order, now, events, |confirmed| {
        for (id, _) in &told {
            let take_up = confirmed.take_ups.iter_mut().find(|it| it.id == *id).ok_or_else(wrong_state)?;
            take_up.release_requests.push(asked.clone());
        }
        Ok(())
    })
}
