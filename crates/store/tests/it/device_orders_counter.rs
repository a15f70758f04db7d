//! What a counter leaves beside an order: tries that failed, orders that were opened, months that were taken up.

use crate::device_orders::{draft, given_back, in_state, insert, instant, issued, positive, save, taken_up};
use crate::test_support::{TestDatabase, execute, on_each, ring, space};
use chrono::{DateTime, TimeDelta, Utc};
use domain::device_order::settlement::Capacity;
use domain::device_order::throttle::{Guessed, Tries};
use domain::ids::{DeviceOrderId, OrganisationId, PersonId, TakeUpId};
use serde_json::json;
use store::device_order::{self, TakeUpLine, TakeUpListing};
use store::sealing::BlindIndex;
use uuid::Uuid;

fn counted(of: &str) -> BlindIndex {
    ring().blind_index("look-up tries", of)
}

fn tries(failed: u32, minutes: i64) -> Tries {
    let last_at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes);
    Tries { failed, last_at, not_before: (failed > 5).then(|| last_at + TimeDelta::seconds(30)) }
}

async fn find(database: &TestDatabase, of: &'static str) -> Option<Tries> {
    let job = move |tx: &mut store::Tx<'_>| device_order::find_tries(tx, &counted(of));
    database.store.read(job).await.unwrap()
}

async fn put(database: &TestDatabase, of: &'static str, seen: Option<Tries>, made: Tries) -> bool {
    let job = move |tx: &mut store::Tx<'_>| {
        device_order::put_tries(tx, (&space(), Guessed::Patient, &counted(of)), seen, made)
    };
    database.store.transaction(job).await.unwrap()
}

async fn forget(database: &TestDatabase, of: &'static str) -> bool {
    let job = move |tx: &mut store::Tx<'_>| device_order::forget_tries(tx, &counted(of));
    database.store.transaction(job).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_count_a_try_at_once_one_counts_and_the_other_looks_again() {
    on_each(async |database| {
        assert_eq!(find(database, "one").await, None);
        assert!(put(database, "one", None, tries(1, 0)).await);
        assert!(!put(database, "one", None, tries(1, 0)).await, "it was the first for somebody else, too");
        assert_eq!(find(database, "one").await, Some(tries(1, 0)));
        let seen = Some(tries(1, 0));
        assert!(put(database, "one", seen, tries(6, 1)).await);
        assert!(!put(database, "one", seen, tries(2, 1)).await, "seen before the other try");
        assert_eq!(find(database, "one").await, Some(tries(6, 1)), "with the wait");
        assert_eq!(find(database, "two").await, None, "each under a hash of its own");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_are_forgotten_when_they_are_released_and_when_nobody_remembers_them() {
    on_each(async |database| {
        assert!(!forget(database, "one").await, "there was nothing");
        put(database, "one", None, tries(3, 0)).await;
        assert!(forget(database, "one").await);
        assert_eq!(find(database, "one").await, None);
        put(database, "old", None, tries(3, 0)).await;
        put(database, "new", None, tries(1, 47 * 60)).await;
        assert!(find(database, "old").await.is_some(), "within two days");
        let later = tries(1, 49 * 60).last_at;
        let forget_old = move |tx: &mut store::Tx<'_>| device_order::forget_old_tries(tx, later);
        database.store.transaction(forget_old).await.unwrap();
        assert_eq!(find(database, "old").await, None, "gone after two days");
        assert!(find(database, "new").await.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_opened_to_one_provider_and_stays_opened() {
    on_each(async |database| {
        let order = draft(1, None);
        insert(database, &order).await.unwrap();
        insert(database, &draft(2, None)).await.unwrap();
        let (shop, other) = (OrganisationId(Uuid::from_u128(71)), OrganisationId(Uuid::from_u128(72)));
        let has = async |id: DeviceOrderId, who| {
            let job = move |tx: &mut store::Tx<'_>| device_order::has_grant(tx, id, who);
            database.store.read(job).await.unwrap()
        };
        assert!(!has(order.id, shop).await);
        for _ in 0..2 {
            let job = move |tx: &mut store::Tx<'_>| device_order::grant(tx, order.id, shop, instant());
            database.store.transaction(job).await.unwrap();
        }
        assert!(has(order.id, shop).await);
        assert!(!has(order.id, other).await, "nobody else's");
        assert!(!has(draft(2, None).id, shop).await, "of no other order");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_open_to_one_officer_until_its_end_and_anew() {
    on_each(async |database| {
        let order = draft(1, None);
        insert(database, &order).await.unwrap();
        insert(database, &draft(2, None)).await.unwrap();
        let (one, other) = (PersonId(Uuid::from_u128(61)), PersonId(Uuid::from_u128(62)));
        for officer in [one, other] {
            let sql = format!(
                "INSERT INTO people (id, space, given_names, family_name, active) \
                 VALUES ('{officer}', '{}', 'Gustaw', 'Testowy', true)",
                space()
            );
            execute(&database.store, &sql).await.unwrap();
        }
        let end = instant() + TimeDelta::hours(1);
        let open = async |until| {
            let job = move |tx: &mut store::Tx<'_>| device_order::open_to(tx, order.id, one, until);
            database.store.transaction(job).await.unwrap();
        };
        let is_open = async |id: DeviceOrderId, officer, at| {
            let job = move |tx: &mut store::Tx<'_>| device_order::is_open_to(tx, id, officer, at);
            database.store.read(job).await.unwrap()
        };
        open(end).await;
        assert!(is_open(order.id, one, end - TimeDelta::seconds(1)).await);
        assert!(!is_open(order.id, one, end).await, "from its end on");
        assert!(
            !is_open(order.id, other, instant()).await && !is_open(draft(2, None).id, one, instant()).await
        );
        open(end + TimeDelta::hours(1)).await;
        assert!(is_open(order.id, one, end).await);
    })
    .await;
}

async fn listed(database: &TestDatabase, wanted: TakeUpListing) -> Vec<TakeUpLine> {
    let job = move |tx: &mut store::Tx<'_>| device_order::list_take_ups(tx, &space(), &wanted);
    database.store.read(job).await.unwrap()
}

fn of(provider: u128) -> TakeUpListing {
    let organisation = OrganisationId(Uuid::from_u128(provider));
    TakeUpListing { organisation, capacity: Capacity::Supplier, state: None, after: None, limit: 10 }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_lists_its_own_take_ups_by_state_the_newest_first() {
    on_each(async |database| {
        for (ordinal, take_up) in [(1, 70), (2, 80), (3, 90)] {
            insert(database, &draft(ordinal, None)).await.unwrap();
            let order = positive(draft(ordinal, None), &format!("004{ordinal}"));
            let order = save(database, order).await.unwrap().unwrap();
            save(database, taken_up(order, take_up)).await.unwrap().unwrap();
        }
        let own = listed(database, of(71)).await;
        assert_eq!(own.len(), 1, "another provider has the others");
        assert_eq!((own[0].id, own[0].state.as_str()), (TakeUpId(Uuid::from_u128(70)), "HELD"));
        assert_eq!(own[0].months.map(|months| months.count), Some(1));
        assert!(own[0].number.is_some());
        let in_state = |state| TakeUpListing { state: Some(state), ..of(71) };
        assert_eq!(listed(database, in_state("WITHDRAWN")).await, []);
        let after = TakeUpListing { after: Some(own[0].id), ..of(71) };
        assert_eq!(listed(database, after).await, [], "the newest first, and nothing after the last");
        let order = crate::device_orders::find(database, draft(1, None).id).await;
        save(database, given_back(order)).await.unwrap().unwrap();
        assert_eq!(listed(database, in_state("HELD")).await, []);
        assert_eq!(listed(database, in_state("WITHDRAWN")).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_take_up_that_is_looked_at_is_leased_by_one_worker_at_a_time() {
    on_each(async |database| {
        insert(database, &draft(1, None)).await.unwrap();
        let order = save(database, positive(draft(1, None), "0042")).await.unwrap().unwrap();
        let order = taken_up(order, 70);
        let mut state = serde_json::to_value(&order.state).unwrap();
        *state.pointer_mut("/POSITIVE/take_ups/0/state").unwrap() = json!({ "kind": "VERIFYING" });
        let looked_at =
            domain::device_order::DeviceOrder { state: serde_json::from_value(state).unwrap(), ..order };
        let looked_at = save(database, looked_at).await.unwrap().unwrap();
        let lease = async |minutes: i64| {
            let at = instant() + TimeDelta::minutes(minutes);
            let job = move |tx: &mut store::Tx<'_>| {
                device_order::lease_take_ups(tx, at, |_| TimeDelta::minutes(2), 8)
            };
            database.store.transaction(job).await.unwrap().into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(lease(1).await, [], "whoever asked for it is still at it");
        assert_eq!(lease(3).await, [TakeUpId(Uuid::from_u128(70))]);
        assert_eq!(lease(4).await, [], "a worker has it");
        assert_eq!(lease(6).await.len(), 1, "the worker fell silent");
        let job = |tx: &mut store::Tx<'_>| {
            let seldom: store::Lease = |tries| TimeDelta::days(i64::from(tries));
            device_order::lease_take_ups(tx, instant() + TimeDelta::minutes(9), seldom, 8)
        };
        let third = database.store.transaction(job).await.unwrap();
        assert_eq!(third.iter().map(|it| it.tries).collect::<Vec<_>>(), [3]);
        assert_eq!(lease(3 * 24 * 60).await, [], "it comes back ever more seldom");
        assert_eq!(lease(3 * 24 * 60 + 9).await.len(), 1);
        save(database, given_back(looked_at)).await.unwrap().unwrap();
        assert_eq!(lease(60).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_s_tries_are_counted_and_one_that_cannot_be_read_hides_no_other() {
    on_each(async |database| {
        for ordinal in 1..=2 {
            insert(database, &draft(ordinal, None)).await.unwrap();
        }
        let patient = insert(database, &draft(3, None)).await.unwrap();
        save(database, positive(draft(2, None), "0042")).await.unwrap().unwrap();
        let state = json!({ "VERIFYING": { "issue": issued(), "since": instant() } });
        save(database, in_state(draft(1, None), &state)).await.unwrap().unwrap();
        for tries in 1..=3 {
            let at = instant() + TimeDelta::hours(i64::from(tries));
            let job = move |tx: &mut store::Tx<'_>| {
                device_order::lease_verifications(tx, at, |_| TimeDelta::minutes(2), 8)
            };
            let leased = database.store.transaction(job).await.unwrap();
            assert_eq!(leased.iter().map(|it| it.tries).collect::<Vec<_>>(), [tries]);
        }
        let unsealed = "UPDATE device_orders SET sealed = sealed_patient WHERE state = 'POSITIVE'";
        execute(&database.store, unsealed).await.unwrap();
        let job = move |tx: &mut store::Tx<'_>| device_order::readable_of_patient(tx, &ring(), patient);
        let all = database.store.read(job).await.unwrap();
        assert_eq!(all.read.iter().map(|it| it.order.id).collect::<Vec<_>>(), [draft(1, None).id]);
        assert_eq!(all.unreadable, [draft(2, None).id.to_string()]);
    })
    .await;
}
