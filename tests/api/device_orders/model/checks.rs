//! What stands in the service, compared with what its answers amount to.

use super::facts::{Fate, Money, TakeUpFacts};
use super::world::{Ordered, Taken, World};
use chrono::TimeDelta;
use domain::calendar::warsaw_date;
use domain::values::{Grosze, YearMonth};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::{PRESCRIBER, Response};

pub(super) async fn everything_agrees(world: &World) {
    let orders = world.orders.lock().unwrap().clone();
    for it in &orders {
        let taken: Vec<Arc<Taken>> = {
            let taken = world.taken.lock().unwrap();
            taken.iter().filter(|one| Arc::ptr_eq(&one.of, it)).cloned().collect()
        };
        order_agrees(world, it, &taken).await;
    }
    for shop in 0..world.shops.len() {
        settlement_agrees(world, shop).await;
    }
}

/// Amounts as they are written, in grosze; a report may owe less than nothing in a month.
fn grosze(text: &Value) -> i64 {
    let text = text.as_str().expect("an amount");
    let amount = |text: &str| Grosze::parse(text).expect("an amount").get();
    text.strip_prefix('-').map_or_else(|| amount(text), |positive| -amount(positive))
}

pub(super) fn money_at(json: &Value, pointer: &str) -> Money {
    let found = json.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {json}"));
    let money = Money {
        price: grosze(&found["price"]),
        refund: grosze(&found["refund"]),
        copay: grosze(&found["copay"]),
    };
    assert_eq!(money.refund + money.copay, money.price, "{json}");
    money
}

async fn order_agrees(world: &World, it: &Ordered, taken: &[Arc<Taken>]) {
    let seen = it.order.seen_by(PRESCRIBER).await.is(200);
    let shown: BTreeMap<String, Value> = seen
        .at("/takeUps")
        .as_array()
        .into_iter()
        .flatten()
        .filter(|take_up| take_up["state"] != "REFUSED")
        .map(|take_up| (take_up["id"].as_str().unwrap_or_default().to_owned(), take_up.clone()))
        .collect();
    assert_eq!(
        shown.len(),
        taken.len(),
        "each take-up was answered, and each answer is one: {}",
        seen.text()
    );
    let mut holders = BTreeMap::new();
    for one in taken {
        let facts = one.facts.lock().unwrap().clone().expect("nothing is under way");
        let months = take_up_agrees(world, &shown[&one.id], &facts);
        for month in months {
            let state = if matches!(facts.fate(), Fate::Realised(_)) { "REALISED" } else { "RESERVED" };
            let before = holders.insert(month, (state, one.id.clone()));
            assert!(before.is_none(), "{month} twice: {}", seen.text());
        }
    }
    months_agree(world, &seen, &holders);
    no_piece_goes_beyond(&seen, &shown);
}

/// The months that the take-up has.
fn take_up_agrees(world: &World, shown: &Value, facts: &TakeUpFacts) -> Vec<YearMonth> {
    let fate = facts.fate();
    let has_run_out = shown["confirmedUntil"].as_str() < Some(world.app.today().to_string().as_str());
    let (state, months) = match fate {
        Fate::Held if has_run_out => ("LAPSED", Vec::new()),
        Fate::Held => ("HELD", facts.months.clone()),
        Fate::GivenBack => ("WITHDRAWN", Vec::new()),
        Fate::Realised(issued) => ("REALISED", facts.months_from(issued.first).collect()),
    };
    assert_eq!(shown["state"], state, "{facts:?}: {shown}");
    if let Fate::Realised(issued) = fate {
        assert_eq!(money_at(shown, "/realisation/total"), facts.money(issued), "{shown}");
        let items = shown.pointer("/realisation/items").and_then(Value::as_array).expect("items");
        let each = (0..items.len()).map(|at| money_at(shown, &format!("/realisation/items/{at}/amounts")));
        assert_eq!(each.fold(Money::default(), Money::plus), facts.money(issued), "{shown}");
    }
    months
}

/// Every month of an order is whose it has to be, and what nobody has is free, lost or cancelled.
fn months_agree(world: &World, seen: &Response, holders: &BTreeMap<YearMonth, (&str, String)>) {
    if seen.at("/state") == "CANCELLED" {
        assert!(holders.is_empty(), "cancelled, and somebody has a month of it: {}", seen.text());
        return;
    }
    let present = YearMonth::of(world.app.today());
    let periods = seen.at("/periods").as_array().cloned().unwrap_or_default();
    for period in &periods {
        let month = YearMonth::parse(period["month"].as_str().unwrap_or_default()).expect("a month");
        let state = period["state"].as_str().unwrap_or_default();
        match holders.get(&month) {
            Some((held, id)) => {
                assert_eq!(
                    (state, period["takeUpId"].as_str()),
                    (*held, Some(id.as_str())),
                    "{}",
                    seen.text()
                );
            }
            None if state == "CANCELLED" => {
                assert!(seen.at("/tailCancellation").is_object(), "{}", seen.text());
            }
            None => {
                let expected = if month < present { "LOST" } else { "AVAILABLE" };
                assert_eq!(state, expected, "{month}: {}", seen.text());
            }
        }
    }
    assert!(holders.len() <= periods.len(), "{}", seen.text());
}

fn no_piece_goes_beyond(seen: &Response, shown: &BTreeMap<String, Value>) {
    if seen.at("/content/device/stoma").is_object() {
        // Of what is borne by the month pieces are not counted.
        return;
    }
    let realised = shown.values().filter_map(|take_up| take_up.pointer("/realisation/items")?.as_array());
    let products = realised.flatten().filter_map(|item| item["products"].as_array()).flatten();
    let issued: i64 = products.filter_map(|product| product["pieces"].as_i64()).sum();
    let periods = seen.at("/periods").as_array().cloned().unwrap_or_default();
    let months = periods.iter().filter(|period| period["state"] == "REALISED").count();
    let a_month = seen.at("/content/supply/piecesAMonth");
    let a_month: i64 = a_month.as_str().expect("pieces a month").parse().expect("whole pieces");
    assert!(issued <= a_month * i64::try_from(months).expect("a few"), "{issued}: {}", seen.text());
}

/// What the payer owes the shop by its reports is what it has issued and not taken back.
async fn settlement_agrees(world: &World, shop: usize) {
    let present = YearMonth::of(world.app.today());
    let (mut reported, mut month) = (Money::default(), world.first);
    while month <= present {
        reported = reported.plus(report(world, shop, month).await);
        month = month.plus(1);
    }
    let due = {
        let taken = world.taken.lock().unwrap();
        let own = taken.iter().filter(|it| it.shop == shop);
        own.filter_map(|it| it.facts.lock().unwrap().as_ref().map(TakeUpFacts::due))
            .fold(Money::default(), Money::plus)
    };
    assert_eq!(reported, due, "what shop {shop} has issued by {present}");
}

/// What a month comes to; one that has ended is asked about once, and in the end once more.
async fn report(world: &World, shop: usize, month: YearMonth) -> Money {
    let known = world.closed.lock().unwrap().get(&(shop, month)).copied();
    if let Some(known) = known {
        return known;
    }
    let of = async |capacity: &str| {
        let path = format!("/api/v1/settlement-reports/{month}?capacity={capacity}");
        world.shops[shop].get(&path).await.is(200)
    };
    let (report, owed) = (of("SUPPLIER").await, of("HOLDER").await);
    // Ten minutes after its end, as whatever was booked in its last instant is on record by then.
    let is_closed = month < YearMonth::of(warsaw_date(world.app.now() - TimeDelta::minutes(10)));
    assert_eq!(report.at("/isClosed"), is_closed, "{}", report.text());
    let money = money_at(&report.json(), "/totals");
    assert_eq!(
        money_at(&owed.json(), "/totals"),
        money,
        "each has a contract of its own, and is owed what it issued"
    );
    if is_closed {
        world.closed.lock().unwrap().insert((shop, month), money);
    }
    money
}

/// What came later has changed no month that had ended.
pub(super) async fn ended_months_stay(world: &World) {
    let closed = std::mem::take(&mut *world.closed.lock().unwrap());
    for ((shop, month), money) in closed {
        assert_eq!(report(world, shop, month).await, money, "shop {shop} in {month}");
    }
}
