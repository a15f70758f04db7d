//! Thirty-two providers fight for the months of one order: each month is won once, whoever loses is told so, and nothing
//! comes to a deadlock. How long the answers took is printed.

use crate::support::random;
use proptest::prelude::{Just, Strategy};
use serde_json::json;
use std::time::{Duration, Instant};
use testkit::{
    Backend, DeviceOrder, PRESCRIBER, Response, Session, TestApp, absorbents, for_patient, is_proof, months,
    on_both, pesel,
};

const PROVIDERS: u8 = 32;
const MONTHS: u32 = 12;

/// Months that a provider asks for: how many after the present one, and how many.
type Window = (u32, u32);

/// What came of one request.
struct Tried {
    answer: Response,
    took: Duration,
}

/// Some months first, and then each month by itself, so that none is left while somebody still wants it.
fn windows() -> Vec<Window> {
    let some = (0..MONTHS).prop_flat_map(|later| (Just(later), 1..=(MONTHS - later).min(6)));
    let each: Vec<Window> = (0..MONTHS).map(|later| (later, 1)).collect();
    let (first, rest) = random(&(some, Just(each).prop_shuffle()));
    [vec![first], rest].concat()
}

/// Asks until it has won something or wants nothing any more.
async fn fight(order: &DeviceOrder, provider: &Session) -> Vec<Tried> {
    let mut tried = Vec::new();
    for (later, count) in windows() {
        let body = json!({ "months": months(&order.app, later, count), "place": "M-1" });
        let started = Instant::now();
        let answer = order.take_up(provider, &body).await;
        let has_won = answer.status == 201;
        tried.push(Tried { answer, took: started.elapsed() });
        if has_won {
            break;
        }
    }
    tried
}

/// The take-up of each that has won one; every other answer says that a month is taken, and nothing else.
fn won<'t>(providers: &'t [Session], fought: &'t [Vec<Tried>]) -> Vec<(&'t Session, &'t Response)> {
    let mut won = Vec::new();
    for (provider, tried) in providers.iter().zip(fought) {
        for Tried { answer, .. } in tried {
            if answer.status == 201 {
                won.push((provider, answer));
            } else {
                answer.clone().refused_at(409, "device_order.month_taken", "/months");
            }
        }
    }
    won
}

/// Every month of the order is held, by exactly one of those who were told that they have won it.
async fn each_month_is_won_once(order: &DeviceOrder, won: &[(&Session, &Response)]) {
    let seen = order.seen_by(PRESCRIBER).await.is(200);
    for month in 0..MONTHS {
        let period = seen.at(&format!("/periods/{month}"));
        assert_eq!(period["state"], "RESERVED", "{period}");
        let holders = won.iter().filter(|(_, take_up)| take_up.at("/id") == period["takeUpId"]);
        assert_eq!(holders.count(), 1, "{period}");
    }
    let counts = won.iter().map(|(_, take_up)| take_up.at("/months/count").as_u64().unwrap_or_default());
    assert_eq!(counts.sum::<u64>(), u64::from(MONTHS));
    let taken = seen.at("/takeUps").as_array().map_or(0, Vec::len);
    assert_eq!(taken, won.len(), "who was told that a month is taken left no take-up behind");
}

/// All who have won give back at once, and every month is free again.
async fn give_back(order: &DeviceOrder, won: &[(&Session, &Response)]) {
    let giving = won.iter().map(|(provider, take_up)| {
        let path = order.path_of(&format!("take-ups/{}/withdrawal", take_up.text_at("/id")));
        provider.post(&path, &json!({ "reason": "Brak towaru." })).send()
    });
    for answer in futures_util::future::join_all(giving).await {
        assert_eq!(answer.is(200).at("/state"), "WITHDRAWN");
    }
    let seen = order.seen_by(PRESCRIBER).await.is(200);
    for month in 0..MONTHS {
        assert_eq!(seen.at(&format!("/periods/{month}/state")), "AVAILABLE", "{}", seen.text());
    }
}

fn tell(backend: Backend, mut took: Vec<Duration>) {
    took.sort();
    let at =
        |percent: usize| took.get(took.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default();
    let [half, most, longest] = [50, 99, 100].map(at);
    eprintln!("{backend:?}: {} take-ups asked for, p50 {half:?}, p99 {most:?}, max {longest:?}", took.len());
}

/// PostgreSQL counts what it ended as a deadlock; SQLite has one writer and cannot come to any.
async fn nothing_came_to_a_deadlock(app: &TestApp) {
    if app.backend() == Backend::Postgres {
        // A connection tells what it counted with its next transaction, once a second at most.
        tokio::time::sleep(Duration::from_millis(1200)).await;
        futures_util::future::join_all((0..8).map(|_| app.settle())).await;
        let counted = "SELECT deadlocks AS number FROM pg_stat_database WHERE datname = current_database()";
        assert_eq!(app.count(counted).await, 0);
    }
}

on_both! {
    async fn thirty_two_providers_at_once_win_each_month_of_an_order_once(app: TestApp) {
        let providers = app.more_providers(PROVIDERS).await;
        let rounds = if is_proof() { 6 } else { 1 };
        let mut took = Vec::new();
        for round in 0..rounds {
            let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), &pesel(100 + round))).await;
            for provider in &providers {
                order.opened_by(provider).await;
            }
            let fights = providers.iter().map(|provider| fight(&order, provider));
            let fought = futures_util::future::join_all(fights).await;
            took.extend(fought.iter().flatten().map(|tried| tried.took));
            let won = won(&providers, &fought);
            each_month_is_won_once(&order, &won).await;
            give_back(&order, &won).await;
        }
        nothing_came_to_a_deadlock(&app).await;
        tell(app.backend(), took);
    }
}
