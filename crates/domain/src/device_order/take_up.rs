//! A provider takes up months of an order, or the whole of a one-off one, and gives them back (DO-33 to DO-39).
//!
//! Two steps: the months are the provider's alone while the payer looks once more, and then they are held or free again.

mod settings;

pub use settings::{CONFIRMATION_DAYS, HOLD_DAYS, Settings};

use super::content::{AdditionalCode, Content, RightProof};
use super::events::DeviceOrderEvent;
use super::lifecycle::{Command, Confirmed, PeriodState, State};
use super::model::{
    ConfirmedLine, DeviceOrder, EntitlementChoice, LimitChange, Months, Provider, TakeUp, TakeUpState,
};
use super::refusals::{
    ENTITLEMENT_AGE, MONTH_TAKEN, MONTHS_OUTSIDE, NO_CONTRACT, NOT_AVAILABLE, NOT_HOLDER, PAPER_ELSEWHERE,
    TAKE_UP_PAST, TOO_MANY_AT_ONCE, admit_state, wrong_state,
};
use super::verification::{Facts, Finding, Verdict, look};
use super::{Check, DeviceOrderDecision, elapse};
use crate::calendar::{age_on, end_of_day_warsaw, warsaw_date};
use crate::decision::{Decided, admit};
use crate::demand::model::Officer;
use crate::ids::TakeUpId;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::values::{Text, YearMonth};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

const MOST_MONTHS: u32 = 6;
/// After so long nobody looks any more, and the months are free again.
pub const MOST_MINUTES_OF_A_LOOK: i64 = 10;
/// What a provider asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: TakeUpId,
    pub provider: Provider,
    /// Whether the directory knows a contract of the provider, or of whom it acts for, that is valid today.
    pub has_contract: bool,
    pub months: Option<Months>,
    pub entitlement: EntitlementChoice,
    /// What the patient brought to the counter to prove the right to benefits (DO-28).
    pub right: Option<RightProof>,
    /// Set where the counter knows better than the order (DO-57).
    pub pregnant: Option<bool>,
    /// How many days the goods may take (a setting).
    pub hold_days: u32,
    /// How many days after that the confirmation may follow (a setting, else [`CONFIRMATION_DAYS`]).
    pub confirmation_days: u32,
    pub today: NaiveDate,
}

const RULES: &[Rule<Check<Asked>>] = &[
    Rule {
        number: "DO-35",
        legal: "eZWM v2.1.6 pp. 2, 84",
        says: Sentence {
            pl: "Pobiera realizator z umową ważną w tym dniu; podwykonawca działa w ramach umowy jej posiadacza.",
            en: "A provider takes up with a contract that is valid on the day; a subcontractor acts under its holder's.",
        },
        problem: NO_CONTRACT,
        broken_at: |_, asked| whole(!asked.has_contract),
    },
    Rule {
        number: "DO-36a",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Miesiące należą do zlecenia; zlecenie jednorazowe ich nie ma.",
            en: "The months belong to the order; a one-off order has none.",
        },
        problem: MONTHS_OUTSIDE,
        broken_at: |order, asked| {
            let is_inside =
                order.state.confirmed().is_some_and(|it| it.periods.asked(asked.months).is_some());
            at("/months", !is_inside)
        },
    },
    Rule {
        number: "DO-36b",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Naraz pobiera się od 1 do 6 miesięcy.", en: "One take-up has 1 to 6 months."
        },
        problem: TOO_MANY_AT_ONCE,
        broken_at: |_, asked| {
            at("/months/count", asked.months.is_some_and(|months| !(1..=MOST_MONTHS).contains(&months.count)))
        },
    },
    Rule {
        number: "DO-36c",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Pierwszy miesiąc nie jest wcześniejszy niż bieżący.",
            en: "The first month is not before the present one.",
        },
        problem: TAKE_UP_PAST,
        broken_at: |_, asked| {
            let present = YearMonth::of(asked.today);
            at("/months/from", asked.months.is_some_and(|months| months.from < present))
        },
    },
    Rule {
        number: "DO-38",
        legal: "order of the NFZ president 98/2023/DSOZ",
        says: Sentence {
            pl: "Części e-zlecenia można realizować u różnych realizatorów, papierowego u jednego.",
            en: "Parts of an electronic order may go to several providers; a paper order to one.",
        },
        problem: PAPER_ELSEWHERE,
        broken_at: |order, asked| {
            let bound = order.state.issue().and_then(|issue| issue.paper.as_ref()).and_then(|it| it.bound_to);
            whole(bound.is_some_and(|bound| bound != asked.provider.id))
        },
    },
    Rule {
        number: "DO-33a",
        legal: "eZWM v2.1.6 p. 49",
        says: Sentence {
            pl: "Pobiera się tylko wolne miesiące; pobranie blokuje je dla innych.",
            en: "Only free months are taken up, and a take-up closes them to others.",
        },
        problem: MONTH_TAKEN,
        broken_at: |order, asked| at("/months", any_is(order, asked, is_taken)),
    },
    Rule {
        number: "DO-33b",
        legal: "eZWM v2.1.6 p. 49",
        says: Sentence {
            pl: "Miesiąca zrealizowanego, utraconego albo anulowanego nie można pobrać.",
            en: "A month that is realised, lost or cancelled cannot be taken up.",
        },
        problem: NOT_AVAILABLE,
        broken_at: |order, asked| at("/months", any_is(order, asked, PeriodState::is_over)),
    },
];

fn any_is(order: &DeviceOrder, asked: &Asked, is: fn(PeriodState) -> bool) -> bool {
    let states = order.state.confirmed().and_then(|it| it.periods.asked(asked.months));
    states.unwrap_or_default().into_iter().any(is)
}

pub(super) fn is_taken(state: PeriodState) -> bool {
    match state {
        PeriodState::Verifying { .. } | PeriodState::Reserved { .. } | PeriodState::Confirming { .. } => true,
        PeriodState::Available
        | PeriodState::Realised { .. }
        | PeriodState::Lost
        | PeriodState::Cancelled => false,
    }
}

/// From when on months that others have are free again if nothing is issued of them; whose they are is not told.
pub fn free_from(order: &DeviceOrder, months: Option<Months>) -> Option<DateTime<Utc>> {
    let confirmed = order.state.confirmed()?;
    let taken = confirmed.periods.asked(months)?.into_iter().filter(|state| is_taken(*state));
    taken.filter_map(|state| find(order, state.take_up()?)).map(TakeUp::frees_at).max()
}

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("take-ups")).collect()
}

/// The months are closed to everybody else from here on.
pub fn take_up(order: DeviceOrder, asked: Asked, now: DateTime<Utc>) -> DeviceOrderDecision {
    admit_state(&order.state, Command::TakeUp)?;
    admit(rule::broken(RULES, |check| check(&order, &asked)))?;
    let event = DeviceOrderEvent::MonthsTakenUp { take_up: asked.id, provider: asked.provider.id };
    change(order, now, vec![event], |confirmed| {
        let (id, months, provider) = (asked.id, asked.months, asked.provider.id);
        confirmed.periods = confirmed.periods.clone().map(|month, _| {
            let is_asked = months.is_none_or(|months| month.is_some_and(|month| months.hold(month)));
            is_asked.then_some(PeriodState::Verifying { take_up: id })
        });
        if let Some(paper) = &mut confirmed.issue.paper {
            paper.bound_to = Some(provider);
        }
        confirmed.take_ups.push(TakeUp {
            id: asked.id,
            provider: asked.provider,
            months: asked.months,
            taken_at: now,
            held_until: held_until(asked.today, asked.months, asked.hold_days),
            confirmation_days: asked.confirmation_days,
            entitlement: asked.entitlement,
            proof: asked.right,
            pregnant: asked.pregnant,
            lines: Vec::new(),
            right: None,
            changes: Vec::new(),
            other_change: None,
            withdrawn: Vec::new(),
            state: TakeUpState::Verifying,
        });
        Ok(())
    })
}

/// The hold is counted from the day on which goods can be issued: at once, or on the first day of a later month.
fn held_until(today: NaiveDate, months: Option<Months>, hold_days: u32) -> NaiveDate {
    let first = months.map_or(today, |months| months.from.first_day().max(today));
    first + Days::new(u64::from(hold_days))
}

/// The content as the payer looks at it for this take-up (DO-39).
pub fn content_for(order: &DeviceOrder, choice: &EntitlementChoice) -> Content {
    let additional_entitlement = match choice {
        EntitlementChoice::Keep => order.content.additional_entitlement.clone(),
        EntitlementChoice::Remove => None,
        EntitlementChoice::Set { entitlement } => Some(entitlement.clone()),
    };
    Content { additional_entitlement, ..order.content.clone() }
}

/// The content with everything that the counter said of it.
pub fn content_of(order: &DeviceOrder, take_up: &TakeUp) -> Content {
    let mut content = content_for(order, &take_up.entitlement);
    content.right = take_up.proof.clone().or(content.right);
    content.patient.pregnant = take_up.pregnant.unwrap_or(content.patient.pregnant);
    content
}

/// The payer's second look (DO-34): what an officer accepted of the order stands no more in the way, and an
/// entitlement that the patient has grown out of falls away with what it lifted. `facts` are those of the day; which
/// look it is and what is accepted is set here.
pub fn look_again(order: &DeviceOrder, id: TakeUpId, facts: &Facts) -> Result<Verdict, Vec<Violation>> {
    let take_up = find(order, id).ok_or_else(not_held)?;
    let waived = accepted(order, take_up);
    let mut content = content_of(order, take_up);
    if outgrown(order, take_up, &waived, facts.on).is_some() {
        content.additional_entitlement = None;
    }
    Ok(look(&content, &Facts { is_first: false, waived: &waived, ..facts.clone() }))
}

/// The additional entitlement that counted at the take-up.
pub fn entitlement_of(order: &DeviceOrder, take_up: &TakeUp) -> Option<AdditionalCode> {
    let on = warsaw_date(take_up.taken_at);
    if outgrown(order, take_up, &accepted(order, take_up), on).is_some() {
        return None;
    }
    content_for(order, &take_up.entitlement).additional_entitlement.map(|stated| stated.code)
}

/// What an officer accepted, but for what the provider has put in the place of what was looked at.
fn accepted(order: &DeviceOrder, take_up: &TakeUp) -> Vec<Finding> {
    let confirmation = order.state.confirmed().map(|confirmed| &confirmed.confirmation);
    let accepted = confirmation.filter(|it| it.accepted.is_some()).map(|it| it.warnings.as_slice());
    let is_replaced = |finding: &&Finding| {
        let of = |member: &str| finding.pointer.starts_with(member);
        (take_up.entitlement != EntitlementChoice::Keep && of("/content/additionalEntitlement"))
            || (take_up.proof.is_some() && of("/content/right"))
    };
    accepted.unwrap_or_default().iter().filter(|finding| !is_replaced(finding)).cloned().collect()
}

/// The order's entitlement, where the provider keeps it though the patient is no longer of its age.
fn outgrown(
    order: &DeviceOrder,
    take_up: &TakeUp,
    waived: &[Finding],
    on: NaiveDate,
) -> Option<AdditionalCode> {
    let stated = order.content.additional_entitlement.as_ref()?.code;
    let born = order.content.patient.born()?;
    let is_waived = waived.iter().any(|finding| finding.code == ENTITLEMENT_AGE.code);
    let is_outgrown =
        take_up.entitlement == EntitlementChoice::Keep && !stated.fits_age(age_on(born, on)) && !is_waived;
    is_outgrown.then_some(stated)
}

/// The payer has looked once more: the months are held, or free again (DO-34).
pub fn conclude(
    order: DeviceOrder,
    id: TakeUpId,
    verdict: Verdict,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::TakeUpResult)?;
    let take_up = find(&order, id).filter(|it| it.state == TakeUpState::Verifying).ok_or_else(not_held)?;
    let provider = take_up.provider.id;
    match verdict {
        Verdict::Positive { lines, right, .. } => {
            let (changes, other_change) = changes(&order, take_up, &lines, now);
            change(order, now, Vec::new(), |confirmed| {
                confirmed.periods =
                    confirmed.periods.clone().move_take_up(id, PeriodState::Reserved { take_up: id });
                let take_up = find_mut(confirmed, id)?;
                take_up.lines = lines;
                take_up.right = Some(right);
                take_up.changes = changes;
                take_up.other_change = other_change;
                take_up.state = TakeUpState::Held;
                Ok(())
            })
        }
        Verdict::Negative { findings, .. } => {
            let event = DeviceOrderEvent::TakeUpRefused { take_up: id, provider };
            change(order, now, vec![event], |confirmed| {
                release(confirmed, id, TakeUpState::Refused { findings, at: now })
            })
        }
    }
}

/// Given back before anything was issued (T14); by an officer at anybody's request.
pub fn withdraw(
    order: DeviceOrder,
    id: TakeUpId,
    reason: Text<500>,
    by: Option<Officer>,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::TakeUpWithdrawal)?;
    let take_up = find(&order, id).ok_or_else(not_held)?;
    let is_held = matches!(take_up.state, TakeUpState::Held | TakeUpState::Verifying);
    admit(if is_held { Vec::new() } else { not_held() })?;
    let event = DeviceOrderEvent::TakeUpWithdrawn { take_up: id, provider: take_up.provider.id };
    let freed = change(order, now, vec![event], |confirmed| {
        release(confirmed, id, TakeUpState::Withdrawn { reason, by, at: now })
    })?;
    // A month that passed while it was held is lost with the hold.
    let elapsed = elapse::elapse(freed.document, now);
    Ok(Decided { document: elapsed.document, events: [freed.events, elapsed.events].concat() })
}

/// Why the limits are others than those of the first look, with the payer's reasons and the words of another one.
fn changes(
    order: &DeviceOrder,
    take_up: &TakeUp,
    lines: &[ConfirmedLine],
    now: DateTime<Utc>,
) -> (Vec<LimitChange>, Option<Text<500>>) {
    let first = order.state.confirmed().map(|confirmed| confirmed.confirmation.lines.as_slice());
    let first = first.unwrap_or_default();
    if first == lines {
        return (Vec::new(), None);
    }
    let code = |content: &Content| content.additional_entitlement.as_ref().map(|stated| stated.code);
    let content = content_of(order, take_up);
    let has_other_entitlement = code(&content) != code(&order.content);
    let is_pregnancy = content.patient.pregnant != order.content.patient.pregnant;
    let reasons = [
        (LimitChange::Age, has_grown(order, take_up, first, now)),
        (LimitChange::Entitlement, has_other_entitlement),
        (LimitChange::Other, is_pregnancy),
    ];
    let reasons: Vec<LimitChange> =
        reasons.into_iter().filter_map(|(reason, holds)| holds.then_some(reason)).collect();
    let words = if is_pregnancy { Text::parse("Zmiana oznaczenia ciąży").ok() } else { None };
    if reasons.is_empty() { (vec![LimitChange::Regulation], None) } else { (reasons, words) }
}

/// Whether the patient has left the band on whose terms a line was confirmed, or the age of the entitlement.
fn has_grown(order: &DeviceOrder, take_up: &TakeUp, first: &[ConfirmedLine], now: DateTime<Utc>) -> bool {
    let today = warsaw_date(now);
    let age = order.content.patient.born().and_then(|born| u8::try_from(age_on(born, today)).ok());
    let has_left = |line: &ConfirmedLine| age.is_some_and(|age| !line.ages.holds(age));
    first.iter().any(has_left) || outgrown(order, take_up, &accepted(order, take_up), today).is_some()
}

/// A take-up ends without goods: its months are free, and a paper order of which nothing else was begun is no longer
/// bound to a provider (DO-38).
pub(super) fn release(
    confirmed: &mut Confirmed,
    id: TakeUpId,
    state: TakeUpState,
) -> Result<(), Vec<Violation>> {
    find_mut(confirmed, id)?.state = state;
    confirmed.periods = confirmed.periods.clone().move_take_up(id, PeriodState::Available);
    if let Some(paper) =
        confirmed.issue.paper.as_mut().filter(|_| !confirmed.take_ups.iter().any(TakeUp::is_begun))
    {
        paper.bound_to = None;
    }
    Ok(())
}

impl TakeUp {
    /// Whether it has not ended without goods.
    pub fn is_begun(&self) -> bool {
        match self.state {
            TakeUpState::Verifying | TakeUpState::Held | TakeUpState::Realised { .. } => true,
            TakeUpState::Refused { .. } | TakeUpState::Withdrawn { .. } | TakeUpState::Lapsed { .. } => false,
        }
    }

    /// The last day on which goods that were issued in time may be confirmed.
    pub fn confirmed_until(&self) -> NaiveDate {
        self.held_until + Days::new(u64::from(self.confirmation_days))
    }

    /// When its months are free again by themselves, unless goods are issued.
    pub fn frees_at(&self) -> DateTime<Utc> {
        match self.state {
            TakeUpState::Verifying => self.given_up_at(),
            TakeUpState::Held
            | TakeUpState::Refused { .. }
            | TakeUpState::Realised { .. }
            | TakeUpState::Withdrawn { .. }
            | TakeUpState::Lapsed { .. } => end_of_day_warsaw(self.confirmed_until()),
        }
    }

    /// When a look that nobody has concluded is given up.
    pub fn given_up_at(&self) -> DateTime<Utc> {
        self.taken_at + TimeDelta::minutes(MOST_MINUTES_OF_A_LOOK)
    }
}

pub fn find(order: &DeviceOrder, id: TakeUpId) -> Option<&TakeUp> {
    order.state.confirmed()?.take_ups.iter().find(|take_up| take_up.id == id)
}

/// The take-up while its goods can be issued.
pub fn held(order: &DeviceOrder, id: TakeUpId) -> Result<&TakeUp, Vec<Violation>> {
    find(order, id).filter(|it| it.state == TakeUpState::Held).ok_or_else(not_held)
}

pub(super) fn find_mut(confirmed: &mut Confirmed, id: TakeUpId) -> Result<&mut TakeUp, Vec<Violation>> {
    confirmed.take_ups.iter_mut().find(|take_up| take_up.id == id).ok_or_else(not_held)
}

pub(super) fn not_held() -> Vec<Violation> {
    vec![Violation::whole(NOT_HOLDER)]
}

/// Changes what the payer has confirmed, in a state that has it; the state's name stays.
pub(super) fn change(
    order: DeviceOrder,
    now: DateTime<Utc>,
    events: Vec<DeviceOrderEvent>,
    alter: impl FnOnce(&mut Confirmed) -> Result<(), Vec<Violation>>,
) -> DeviceOrderDecision {
    let state = match order.state {
        State::Positive(mut confirmed) => {
            alter(&mut confirmed)?;
            State::Positive(confirmed)
        }
        State::Realised(mut confirmed) => {
            alter(&mut confirmed)?;
            State::Realised(confirmed)
        }
        State::Draft
        | State::Registered(_)
        | State::Verifying(_)
        | State::Negative(_)
        | State::Expired(_)
        | State::Cancelled(_) => return Err(wrong_state()),
    };
    Ok(Decided { document: DeviceOrder { state, changed_at: now, ..order }, events })
}
