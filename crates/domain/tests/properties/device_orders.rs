//! Whatever is asked of an order for devices, by whichever provider and however late, some things always hold.

use crate::steps::{Step, steps};
use crate::support::device_orders::attempts::december;
use crate::support::device_orders::{
    HOLD_DAYS, Known, absorbents, asked, facts, groups, held, held_by, issuing, looked_at_by, positive,
    product, take_up_id, wheelchair, with,
};
use crate::support::{officer, text};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::{DeviceGroup, built_in};
use domain::device_order::lifecycle::{
    Cancellation, Command, Confirmed, PeriodState, StateName, TRANSITIONS, commands_in,
};
use domain::device_order::model::{Method, Months, Receipt, Receiver, Side, TakeUp, TakeUpState};
use domain::device_order::realisation::{Issuing, Item, Withdrawal, confirm_receipt, realise, withdraw};
use domain::device_order::release::{self, ReleaseRequest, Requester};
use domain::device_order::renewal::{Renewal, renew};
use domain::device_order::{
    DeviceOrder, DeviceOrderDecision, DeviceOrderEvent, cancellation, elapse, take_up,
};
use domain::values::{AccessCode, DeviceCode, Percent, YearMonth};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// An order, its time, and how many take-ups there were.
struct Story {
    order: DeviceOrder,
    now: DateTime<Utc>,
    take_ups: u128,
}

impl Story {
    fn tell(mut self, steps: &[Step]) {
        for step in steps {
            self.pass(step.days);
            let known: Vec<Command> = commands_in(self.order.state.name()).collect();
            let ends = |command| command == Command::Cancellation;
            let Some(command) = step.chosen(&Command::ALL, known, ends) else { continue };
            let before = self.order.clone();
            if let Some(Ok(decided)) = self.ask(command, step.variant) {
                is_in_the_table(&before, command, &decided.document);
                self.order = decided.document;
            } else {
                assert_eq!(self.order, before, "what is refused changes nothing");
            }
            self.look();
        }
    }

    fn pass(&mut self, days: u64) {
        let before = self.order.clone();
        self.now += TimeDelta::days(days.cast_signed()) + TimeDelta::minutes(7);
        let elapsed = elapse::elapse(self.order.clone(), self.now);
        is_in_the_table(&self.order, Command::Elapse, &elapsed.document);
        let again = elapse::elapse(elapsed.document.clone(), self.now);
        assert_eq!(again.events, [], "time that has passed passes once");
        assert!(
            elapse::next_change(&elapsed.document).is_none_or(|next| next > self.now),
            "what is due has happened"
        );
        if elapsed.events.contains(&DeviceOrderEvent::OrderExpired {}) {
            assert_eq!(elapsed.document.state.name(), StateName::Expired);
        }
        self.order = elapsed.document;
        what_was_issued_in_time_can_be_confirmed(&before, &self.order, self.now);
        no_look_lasts(&self.order, self.now);
    }

    fn ask(&mut self, command: Command, variant: u8) -> Option<DeviceOrderDecision> {
        let (order, now, today) = (self.order.clone(), self.now, warsaw_date(self.now));
        let any = take_up_id(1 + u128::from(variant) % self.take_ups.max(1));
        Some(match command {
            Command::TakeUp => self.take_up(variant),
            Command::TakeUpResult => conclude(order, any, now),
            Command::TakeUpWithdrawal => take_up::withdraw(order, any, text("Brak."), None, now),
            Command::ReleaseRequest => {
                let id = crate::support::organisation(u128::from(variant % 3));
                let by = Requester::Provider { id, name: text("Sklep Testowy") };
                release::request(order, None, &ReleaseRequest { by, reason: text("Pilne."), at: now }, now)
            }
            Command::Realisation => realise(order, any, self.goods(variant), &few(today), now),
            Command::RealisationWithdrawal => withdraw(order, any, taking_back(variant), now),
            Command::Receipt => {
                let receipt = Receipt { received_on: today, by: Receiver::Patient };
                confirm_receipt(order, any, (receipt, None), today, now)
            }
            Command::Cancellation => {
                let cancellation = Cancellation { reason: text("Zbędne."), by: None, at: now };
                cancellation::cancel(order, cancellation, now)
            }
            Command::CodeRenewal => {
                let asked = Renewal { is_by_officer: variant.is_multiple_of(2), reason: None };
                renew(order, &asked, Some(AccessCode::numbered(variant.into())), now)
            }
            Command::Edit
            | Command::Submission
            | Command::Verification
            | Command::VerificationResult
            | Command::Correction
            | Command::PendingStepRefusal
            | Command::Acceptance
            | Command::Reply
            | Command::Elapse => return None,
        })
    }

    fn take_up(&mut self, variant: u8) -> DeviceOrderDecision {
        let from = YearMonth::of(warsaw_date(self.now)).plus(u32::from(variant % 3));
        let is_monthly = domain::device_order::issue::ordered_months(&self.order.content).is_some();
        let months = is_monthly.then(|| Months { from, count: u32::from(variant) / 3 % 7 });
        let mut asked = asked(self.take_ups + 1, months, self.now);
        asked.provider.id = crate::support::organisation(u128::from(variant % 2) + 1);
        let id = asked.id;
        let taken = take_up::take_up(self.order.clone(), asked, self.now)?;
        self.take_ups += 1;
        // Most looks follow at once.
        if variant.is_multiple_of(5) { Ok(taken) } else { conclude(taken.document, id, self.now) }
    }

    fn goods(&self, variant: u8) -> Issuing {
        let monthly = domain::device_order::issue::ordered_months(&self.order.content).is_some();
        let price = format!("{}.{:02}", variant % 9, variant % 100);
        let pieces = u32::from(variant) * 3;
        let goods = if monthly {
            issuing("Y.06.01", u32::from(variant % 4), pieces, &price, self.now)
        } else {
            issuing("S.12.01", 1, u32::from(variant % 3), &format!("{variant}00.37"), self.now)
        };
        let issued_on = goods.today - TimeDelta::days(i64::from(variant % 4));
        let receipt = Receipt { received_on: issued_on, by: Receiver::Patient };
        let method = if variant.is_multiple_of(2) { Method::Courier } else { Method::InPerson };
        let receipt = (method == Method::InPerson || !monthly).then_some(receipt);
        Issuing { issued_on, method, receipt, ..goods }
    }

    /// What holds after every step.
    fn look(&self) {
        let Some(confirmed) = self.order.state.confirmed() else { return };
        no_month_is_held_or_supplied_twice(confirmed);
        no_piece_goes_beyond_the_order(confirmed);
        refund_and_copay_are_the_price(confirmed);
        let json = serde_json::to_string(&self.order.state).expect("a text");
        assert_eq!(
            serde_json::from_str::<domain::device_order::State>(&json).expect("a state"),
            self.order.state
        );
    }
}

/// The groups of the stories alone: the whole list would have to be copied at every step.
fn few(day: NaiveDate) -> Vec<DeviceGroup> {
    built_in::groups()
        .iter()
        .map(|listed| &listed.group)
        .filter(|group| ["Y.06.01", "S.12.01"].contains(&group.code.as_str()) && group.is_valid_on(day))
        .cloned()
        .collect()
}

fn conclude(order: DeviceOrder, id: domain::ids::TakeUpId, now: DateTime<Utc>) -> DeviceOrderDecision {
    let day = warsaw_date(now);
    let (groups, known) = (few(day), Known::default());
    let verdict = take_up::look_again(&order, id, &facts(day, &groups, &known))?;
    take_up::conclude(order, id, verdict, now)
}

fn taking_back(variant: u8) -> Withdrawal {
    let by = variant.is_multiple_of(2).then(|| officer(1));
    Withdrawal { reason: text("Błąd."), by, within_days: 14, hold_days: HOLD_DAYS, code: None }
}

fn is_in_the_table(before: &DeviceOrder, command: Command, after: &DeviceOrder) {
    let (from, to) = (before.state.name(), after.state.name());
    let told =
        TRANSITIONS.iter().any(|row| row.from == from && row.command == command && row.to.contains(&to));
    let waits = command == Command::Elapse && from == to;
    assert!(told || waits, "{} in {} led to {}", command.name(), from.name(), to.name());
}

/// The months of a take-up, or the one supply of a one-off order.
fn slots(take_up: &TakeUp) -> Vec<Option<YearMonth>> {
    take_up.months.map_or(vec![None], |months| months.each().map(Some).collect())
}

fn no_month_is_held_or_supplied_twice(confirmed: &Confirmed) {
    let mut holders: BTreeMap<Option<YearMonth>, usize> = BTreeMap::new();
    for take_up in &confirmed.take_ups {
        let months: Vec<Option<YearMonth>> = match &take_up.state {
            TakeUpState::Held | TakeUpState::Verifying => slots(take_up),
            TakeUpState::Realised { realisation } => {
                let first = YearMonth::of(realisation.issued_on);
                slots(take_up).into_iter().filter(|month| month.is_none_or(|month| month >= first)).collect()
            }
            TakeUpState::Refused { .. } | TakeUpState::Withdrawn { .. } | TakeUpState::Lapsed { .. } => {
                Vec::new()
            }
        };
        for month in months {
            *holders.entry(month).or_default() += 1;
        }
    }
    assert!(holders.values().all(|holders| *holders == 1), "{holders:?}");
    let taken = confirmed.periods.states().filter(|state| state.take_up().is_some()).count();
    let lost_or_other = confirmed.periods.states().filter(|state| *state == PeriodState::Lost).count();
    assert!(taken <= holders.len() && holders.len() <= taken + lost_or_other);
}

/// No more is issued than was confirmed for the months that the take-up still has; what is lost brings nothing.
fn no_piece_goes_beyond_the_order(confirmed: &Confirmed) {
    for take_up in &confirmed.take_ups {
        let TakeUpState::Realised { realisation } = &take_up.state else { continue };
        let is_of_it = |state: &PeriodState| *state == PeriodState::Realised { take_up: take_up.id };
        let months = confirmed.periods.states().filter(is_of_it).count();
        let issued: u32 = realisation.items.iter().map(domain::device_order::model::IssuedItem::pieces).sum();
        let most = take_up.lines[0].pieces.times(u32::try_from(months).expect("a few"));
        assert!(i64::from(issued) * 100 <= most, "{issued} of {most}");
    }
}

/// Goods of the hold's last day are confirmed within a week, though time passes over the order first.
fn what_was_issued_in_time_can_be_confirmed(before: &DeviceOrder, after: &DeviceOrder, now: DateTime<Utc>) {
    let (Some(was), today) = (before.state.confirmed(), warsaw_date(now)) else { return };
    for take_up in was.take_ups.iter().filter(|take_up| take_up.state == TakeUpState::Held) {
        let last = take_up.held_until;
        if today > last + TimeDelta::days(7) {
            continue;
        }
        let still = take_up::find(after, take_up.id).expect("a take-up");
        assert_eq!(still.state, TakeUpState::Held, "held until {last}, looked at on {today}");
        let is_supplied = take_up.months.is_none_or(|months| months.hold(YearMonth::of(last)));
        if today > last && is_supplied {
            let code = if take_up.months.is_some() { "Y.06.01" } else { "S.12.01" };
            let receipt = Some(Receipt { received_on: last, by: Receiver::Patient });
            let goods = Issuing { issued_on: last, receipt, ..issuing(code, 1, 1, "650.00", now) };
            let realised = realise(after.clone(), take_up.id, goods, &few(last), now);
            assert!(realised.is_ok(), "{realised:?}");
        }
    }
}

/// Nobody closes months to others by beginning to look at them.
fn no_look_lasts(order: &DeviceOrder, now: DateTime<Utc>) {
    let Some(confirmed) = order.state.confirmed() else { return };
    let looks = confirmed.take_ups.iter().filter(|take_up| take_up.state == TakeUpState::Verifying);
    for take_up in looks {
        assert!(now - take_up.taken_at < TimeDelta::minutes(10), "since {}", take_up.taken_at);
    }
}

fn refund_and_copay_are_the_price(confirmed: &Confirmed) {
    for take_up in &confirmed.take_ups {
        let TakeUpState::Realised { realisation } = &take_up.state else { continue };
        let sum = |of: fn(&domain::device_order::money::Amounts) -> i64| -> i64 {
            realisation.items.iter().map(|item| of(&item.amounts)).sum()
        };
        let total = realisation.amounts;
        assert_eq!(total.refund.get() + total.copay.get(), total.price.get());
        assert_eq!(sum(|it| it.price.get()), total.price.get());
        assert_eq!(sum(|it| it.refund.get()), total.refund.get());
        let prices: i64 = realisation
            .items
            .iter()
            .flat_map(|item| &item.products)
            .map(|product| product.price.get() * i64::from(product.pieces))
            .sum();
        assert_eq!(prices, total.price.get());
    }
}

/// Near and far lenses for both eyes, of a list on which their figures are known.
fn lenses() -> (DeviceOrder, Vec<DeviceGroup>) {
    let mut all = groups(warsaw_date(december()));
    for group in all.iter_mut().filter(|group| group.lens.is_some()) {
        let bands = group.tiers.iter_mut().flat_map(|tier| &mut tier.bands);
        bands.for_each(|band| band.copay = Percent::new(30).ok());
    }
    let lens = |code: &str, lens_use: &str, eye: &str| serde_json::json!({ "code": code, "lensUse": lens_use, "eye": eye, "sphere": "-2.75" });
    let lenses = LENSES.map(|(code, lens_use, eye, _)| lens(code, lens_use, eye));
    let content = with(wheelchair(), "/device", serde_json::json!({ "kind": "LENSES", "lenses": lenses }));
    let content = with(content, "/prescriber/specialties", serde_json::json!(["okulista"]));
    let order = looked_at_by(content, &all, &Known::default(), december());
    (held_by(order, asked(1, None, december()), &all, december()), all)
}

const LENSES: [(&str, &str, &str, Side); 4] = [
    ("O.01.01", "NEAR", "LEFT", Side::Left),
    ("O.01.01", "NEAR", "RIGHT", Side::Right),
    ("O.01.02", "FAR", "LEFT", Side::Left),
    ("O.01.02", "FAR", "RIGHT", Side::Right),
];

proptest! {
    #[test]
    fn a_lens_is_issued_for_each_eye_and_use_and_none_twice(pieces in prop::array::uniform4(0..=2_u32)) {
        let (order, all) = lenses();
        let items: Vec<Item> = LENSES
            .into_iter()
            .zip(pieces)
            .filter(|(_, pieces)| *pieces > 0)
            .map(|((code, _, _, side), pieces)| Item {
                code: DeviceCode::parse(code).expect("a code"),
                tier: 1,
                side: Some(side),
                products: vec![product(pieces, "60.00")],
            })
            .collect();
        let fits = !items.is_empty() && pieces.iter().all(|pieces| *pieces <= 1);
        let goods = Issuing { items, ..issuing("O.01.01", 1, 1, "60.00", december()) };
        let issued = realise(order, take_up_id(1), goods, &all, december());
        prop_assert_eq!(issued.is_ok(), fits, "{:?}", issued);
    }

    #[test]
    fn what_is_withdrawn_and_confirmed_anew_brings_no_more_than_its_months(
        count in 1..=6_u32,
        taken in 0..=27_i64,
        waits in prop::array::uniform3(0..=40_i64),
        back in prop::array::uniform2(0..=40_i64),
        pieces in prop::array::uniform2(1..=560_u32),
    ) {
        let mut now = december() + TimeDelta::days(taken);
        let asked = asked(1, Months { from: YearMonth::of(warsaw_date(now)), count }, now);
        let mut order = held(positive(absorbents(), december()), asked, now);
        for (turn, waits) in waits.into_iter().enumerate() {
            now += TimeDelta::days(waits);
            order = elapse::elapse(order, now).document;
            let decided = if turn == 1 {
                withdraw(order.clone(), take_up_id(1), taking_back(0), now)
            } else {
                let at = turn / 2;
                let day = warsaw_date(now) - TimeDelta::days(back[at]);
                let receipt = Some(Receipt { received_on: day, by: Receiver::Patient });
                let goods = issuing("Y.06.01", 2, pieces[at], "2.50", now);
                let goods = Issuing { issued_on: day, receipt, ..goods };
                realise(order.clone(), take_up_id(1), goods, &few(day), now)
            };
            order = decided.map_or(order, |decided| decided.document);
            Story { order: order.clone(), now, take_ups: 1 }.look();
        }
    }

    #[test]
    fn nothing_that_is_asked_of_an_order_breaks_it(steps in steps(), one_off in prop::bool::weighted(0.2)) {
        let content = if one_off { wheelchair() } else { absorbents() };
        let order = positive(content, december());
        Story { order, now: december(), take_ups: 0 }.tell(&steps);
    }
}
