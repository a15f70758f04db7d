//! Whatever is asked of an order for devices, by whichever provider and however late, some things always hold.

use crate::steps::{Step, steps};
use crate::support::device_orders::attempts::december;
use crate::support::device_orders::{
    HOLD_DAYS, Known, absorbents, asked, facts, issuing, positive, take_up_id, wheelchair,
};
use crate::support::{officer, text};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::{DeviceGroup, built_in};
use domain::device_order::lifecycle::{
    Cancellation, Command, Confirmed, PeriodState, StateName, TRANSITIONS, commands_in,
};
use domain::device_order::model::{Method, Months, Receipt, Receiver, TakeUp, TakeUpState};
use domain::device_order::realisation::{Issuing, Withdrawal, confirm_receipt, realise, withdraw};
use domain::device_order::verification::look;
use domain::device_order::{
    DeviceOrder, DeviceOrderDecision, DeviceOrderEvent, cancellation, elapse, take_up,
};
use domain::values::YearMonth;
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
    }

    fn ask(&mut self, command: Command, variant: u8) -> Option<DeviceOrderDecision> {
        let (order, now, today) = (self.order.clone(), self.now, warsaw_date(self.now));
        let any = take_up_id(1 + u128::from(variant) % self.take_ups.max(1));
        Some(match command {
            Command::TakeUp => self.take_up(variant),
            Command::TakeUpResult => conclude(order, any, now),
            Command::TakeUpWithdrawal => take_up::withdraw(order, any, text("Brak."), None, now),
            Command::Realisation => realise(order, any, self.goods(variant), &few(today), now),
            Command::RealisationWithdrawal => withdraw(order, any, taking_back(variant), now),
            Command::Receipt => {
                let receipt = Receipt { received_on: today, by: Receiver::Patient };
                confirm_receipt(order, any, receipt, today, now)
            }
            Command::Cancellation => {
                let cancellation = Cancellation { reason: text("Zbędne."), by: None, at: now };
                cancellation::cancel(order, cancellation, now)
            }
            Command::Edit
            | Command::Submission
            | Command::Verification
            | Command::VerificationResult
            | Command::Correction
            | Command::Acceptance
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
    let verdict = look(
        &order.content,
        &domain::device_order::verification::Facts { is_first: false, ..facts(day, &groups, &known) },
    );
    take_up::conclude(order, id, verdict, now)
}

fn taking_back(variant: u8) -> Withdrawal {
    let by = variant.is_multiple_of(2).then(|| officer(1));
    Withdrawal { reason: text("Błąd."), by, within_days: 14, hold_days: HOLD_DAYS }
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

fn no_piece_goes_beyond_the_order(confirmed: &Confirmed) {
    for take_up in &confirmed.take_ups {
        let TakeUpState::Realised { realisation } = &take_up.state else { continue };
        let first = YearMonth::of(realisation.issued_on);
        let months =
            slots(take_up).into_iter().filter(|month| month.is_none_or(|month| month >= first)).count();
        let issued: u32 = realisation.items.iter().map(domain::device_order::model::IssuedItem::pieces).sum();
        let most = take_up.lines[0].pieces.times(u32::try_from(months).expect("a few"));
        assert!(i64::from(issued) * 100 <= most, "{issued} of {most}");
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

proptest! {
    #[test]
    fn nothing_that_is_asked_of_an_order_breaks_it(steps in steps(), one_off in prop::bool::weighted(0.2)) {
        let content = if one_off { wheelchair() } else { absorbents() };
        let order = positive(content, december());
        Story { order, now: december(), take_ups: 0 }.tell(&steps);
    }
}
