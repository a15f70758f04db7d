//! Drawing a consent down on the ledger that demands have: entries of import and dispensing, and their reversal.

use super::super::Check;
use super::super::events::AuthorisationEvent;
use super::super::lifecycle::{Command, Consented, Lapsed, Revoked, State};
use super::super::model::Authorisation;
use super::super::refusals::{
    BATCH_BEYOND, BATCH_NOT_CONSENTED, IS_ADDITION, LEDGER_DATE, NOT_HANDED_OVER, WRONG_STATE, admit_state,
};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, Decision, admit};
use crate::demand::ledger::{Draw, Fit, Realisation, RealisationKind, Reversal, fit};
use crate::demand::refusals::{
    LEDGER_BEYOND, LEDGER_EXPIRED_BATCH, LEDGER_FINAL_KIND, LEDGER_PACK_SIZE, LEDGER_PACKS, LEDGER_UNIT,
    REALISATION_REVERSED, SOURCE_COUNTRY_POLAND,
};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at, whole};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

/// An entry that somebody wants to record.
#[derive(Clone, Debug)]
pub struct AskedRealisation {
    pub entry: Realisation,
    /// What standing entries of the same kind have drawn of the same batch.
    pub drawn_of_batch: Decimal,
    pub today: NaiveDate,
}

macro_rules! rules {
    ($($number:literal $legal:literal $pl:literal / $en:literal: $problem:ident, $check:ident;)+) => {
        &[$(Rule {
            number: $number, legal: $legal, says: Sentence { pl: $pl, en: $en }, problem: $problem, broken_at: $check,
        }),+]
    };
}

#[rustfmt::skip]
pub const REALISATION_RULES: &[Rule<Check<AskedRealisation>>] = rules! {
    "TA-42" "design" "Rozchód liczy się w jednostce zgody." / "The ledger counts in the unit of the consent.": LEDGER_UNIT, counted_in_the_unit;
    "TA-43" "PF art. 4(8); design" "Wpisy każdego rodzaju sumują się najwyżej do ilości w zgodzie i w jej uzupełnieniach; ostatnie pełne opakowanie może ją przekroczyć." / "Entries of each kind add up to at most the quantity of the consent and its additions; the last whole pack may reach beyond it.": LEDGER_BEYOND, within_the_quantity;
    "TA-44" "PF art. 4(8)" "Data czynności leży w okresie zgody i nie w przyszłości; seria z uzupełnienia – nie przed jego zgodą." / "The date lies in the period of the consent and not in the future; of a batch of an addition, not before the consent to it.": LEDGER_DATE, done_in_the_period;
    "TA-45" "PF art. 4(8a), art. 66" "Seria po terminie ważności nie może być w obrocie." / "A batch past its expiry date must not be in trade.": LEDGER_EXPIRED_BATCH, batch_is_not_expired;
    "TA-46" "design" "Wpis obejmuje co najmniej jedno opakowanie." / "An entry is of at least one pack.": LEDGER_PACKS, at_least_one_pack;
    "TA-47" "design" "W zgodzie liczonej w opakowaniach każde opakowanie liczy się jako jedno." / "In a consent that counts in packs every pack counts as one.": LEDGER_PACK_SIZE, a_pack_is_one_pack;
    "TA-48" "PF art. 4(8)" "Produkt pochodzi z zagranicy." / "The product comes from abroad.": SOURCE_COUNTRY_POLAND, brought_from_abroad;
    "TA-49" "PF art. 4(8), 4ac(5)" "Sprowadza się i wydaje tylko serie objęte zgodą, z tym samym terminem ważności." / "Only batches of the consent are brought in and dispensed, with the same expiry date.": BATCH_NOT_CONSENTED, batch_is_consented;
    "TA-85" "PF art. 4(8)" "Wpisy każdego rodzaju sumują się najwyżej do ilości serii w zgodzie; ostatnie pełne opakowanie może ją przekroczyć." / "Entries of each kind add up to at most the batch's quantity in the consent; the last whole pack may reach beyond it.": BATCH_BEYOND, within_the_batch;
    "TA-50" "design" "Wpisy prowadzi się do zgody, a nie do jej uzupełnienia." / "Entries are of a consent, not of an addition to it.": IS_ADDITION, is_no_addition;
    "TA-51" "PF art. 4ad(5)" "Wydaje apteka, która przekazała zgodę hurtowni." / "The pharmacy that passed the consent on dispenses.": NOT_HANDED_OVER, pharmacy_has_passed_it_on;
    "TA-52" "design" "Zgody nie zamyka wpis: kończy ją jej okres." / "No entry closes a consent: its period ends it.": LEDGER_FINAL_KIND, no_entry_closes;
};

/// The entry against what it draws on.
fn draw<'a>(authorisation: &'a Authorisation, asked: &'a AskedRealisation) -> Option<Draw<'a>> {
    let consented = authorisation.state.consented()?;
    let period = consented.terms.period;
    let revoked_on = match &authorisation.state {
        State::Revoked(revoked) => Some(warsaw_date(revoked.revocation.revoked_at)),
        _ => None,
    };
    let resolved_on = consented.resolution.resolved_on;
    let addition = consented.addition_of(&authorisation.content, &asked.entry.batch);
    let consented_on = addition.map_or(resolved_on, |addition| addition.added_on.max(resolved_on));
    Some(Draw {
        entry: &asked.entry,
        approved: consented.quantity(),
        ledger: Some(&consented.ledger),
        first_day: Some(period.from.max(consented_on)),
        last_day: period.until.min(asked.today).min(revoked_on.unwrap_or(NaiveDate::MAX)),
    })
}

fn counted_in_the_unit(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    draw(authorisation, asked).map(|it| it.of_another_unit()).unwrap_or_default()
}

fn within_the_quantity(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    draw(authorisation, asked).map(|it| it.beyond_what_is_approved()).unwrap_or_default()
}

fn done_in_the_period(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    draw(authorisation, asked).map(|it| it.out_of_time()).unwrap_or_default()
}

fn batch_is_not_expired(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    draw(authorisation, asked).map(|it| it.of_an_expired_batch()).unwrap_or_default()
}

fn at_least_one_pack(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    draw(authorisation, asked).map(|it| it.of_no_pack()).unwrap_or_default()
}

fn a_pack_is_one_pack(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    draw(authorisation, asked).map(|it| it.pack_of_several()).unwrap_or_default()
}

fn brought_from_abroad(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    draw(authorisation, asked).map(|it| it.from_poland()).unwrap_or_default()
}

fn batch_is_consented(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    let Some(consented) = authorisation.state.consented() else { return Vec::new() };
    let mut batches = consented.batches(&authorisation.content);
    match batches.find(|batch| batch.number == asked.entry.batch) {
        None => at("/batch", true),
        Some(batch) => at("/expiresOn", batch.expires_on != asked.entry.expires_on),
    }
}

fn within_the_batch(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    let Some(consented) = authorisation.state.consented() else { return Vec::new() };
    let mut batches = consented.batches(&authorisation.content);
    let batch = batches.find(|batch| batch.number == asked.entry.batch);
    let quantity = batch.map(|batch| batch.quantity);
    let (packs, size) = (asked.entry.packs, &asked.entry.pack_size);
    let counted = quantity.filter(|quantity| packs >= 1 && quantity.unit() == size.unit());
    let beyond = counted.is_some_and(|of| fit(asked.drawn_of_batch, packs, size, &of) == Fit::Beyond);
    at("/packs", beyond)
}

fn is_no_addition(authorisation: &Authorisation, _: &AskedRealisation) -> Vec<String> {
    whole(authorisation.adds_to.is_some())
}

fn pharmacy_has_passed_it_on(authorisation: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    let pharmacy = asked.entry.recorded_by;
    let lacks = authorisation.state.consented().is_some_and(|it| it.passed_on_by(pharmacy).is_none());
    whole(lacks && asked.entry.kind == RealisationKind::Dispensed)
}

fn no_entry_closes(_: &Authorisation, asked: &AskedRealisation) -> Vec<String> {
    at("/final", asked.entry.closes)
}

/// A notification with the ledger entry that was recorded or reversed.
pub type LedgerDecision = Decision<(Authorisation, Realisation), AuthorisationEvent>;

/// Records an entry; after the end of the period, or a revocation, still for what was done before it.
pub fn realise(
    authorisation: Authorisation,
    entry: Realisation,
    drawn_of_batch: Decimal,
    now: DateTime<Utc>,
) -> LedgerDecision {
    admit_state(&authorisation.state, Command::Realisation)?;
    let mut asked = AskedRealisation { entry, drawn_of_batch, today: warsaw_date(now) };
    if let Some(counted) = draw(&authorisation, &asked).map(|it| it.counted()) {
        asked.entry = counted;
    }
    admit(rule::broken(REALISATION_RULES, |check| check(&authorisation, &asked)))?;
    let event = AuthorisationEvent::RealisationRecorded { realisation: asked.entry.id };
    let document = booked(authorisation, now, |consented| {
        consented.ledger = std::mem::take(&mut consented.ledger).with(&asked.entry);
        count(consented, &asked.entry, |entries| entries.saturating_add(1));
    })?;
    Ok(Decided { document: (document, asked.entry), events: vec![event] })
}

pub const REVERSAL_RULES: &[Rule<Check<Realisation>>] = rules! {
    "TA-53" "design" "Wpis wycofuje się raz; sam wpis się nie zmienia." / "An entry is reversed once; the entry itself never changes.": REALISATION_REVERSED, entry_stands;
};

fn entry_stands(_: &Authorisation, entry: &Realisation) -> Vec<String> {
    whole(entry.reversal.is_some())
}

/// Reverses an entry; what it had drawn is free again.
pub fn reverse(
    authorisation: Authorisation,
    entry: Realisation,
    reversal: Reversal,
    now: DateTime<Utc>,
) -> LedgerDecision {
    admit_state(&authorisation.state, Command::RealisationReversal)?;
    admit(rule::broken(REVERSAL_RULES, |check| check(&authorisation, &entry)))?;
    let event = AuthorisationEvent::RealisationReversed { realisation: entry.id };
    let document = booked(authorisation, now, |consented| {
        consented.ledger = std::mem::take(&mut consented.ledger).without(&entry);
        count(consented, &entry, |entries| entries.saturating_sub(1));
    })?;
    let entry = Realisation { reversal: Some(reversal), ..entry };
    Ok(Decided { document: (document, entry), events: vec![event] })
}

/// How many entries stand on the hand-over of the pharmacy that recorded this one.
fn count(consented: &mut Consented, entry: &Realisation, changed: impl Fn(u32) -> u32) {
    if entry.kind == RealisationKind::Dispensed {
        let mut passed = consented.passed_on.iter_mut();
        if let Some(passed) = passed.find(|passed| passed.handover.pharmacy.id == entry.recorded_by) {
            passed.entries = changed(passed.entries);
        }
    }
}

/// The notification with its ledger changed, in the state in which it is.
fn booked(
    authorisation: Authorisation,
    now: DateTime<Utc>,
    book: impl FnOnce(&mut Consented),
) -> Result<Authorisation, Vec<Violation>> {
    let state = match authorisation.state {
        State::Consented(mut consented) => {
            book(&mut consented);
            State::Consented(consented)
        }
        State::Lapsed(lapsed) => {
            let Lapsed { mut consented, at } = *lapsed;
            book(&mut consented);
            State::Lapsed(Box::new(Lapsed { consented, at }))
        }
        State::Revoked(revoked) => {
            let Revoked { mut consented, revocation } = *revoked;
            book(&mut consented);
            State::Revoked(Box::new(Revoked { consented, revocation }))
        }
        _ => return Err(vec![Violation::whole(WRONG_STATE)]),
    };
    Ok(Authorisation { state, changed_at: now, ..authorisation })
}
