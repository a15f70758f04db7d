//! Demands: what was saved comes back, a stale save changes nothing, and what was tampered with is noticed.

use crate::test_support::{TestDatabase, now, on_each, patient, ring, ring_with, space};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use diesel::prelude::*;
use domain::demand::Content;
use domain::demand::Demand;
use domain::demand::content::{Disaster, Ground};
use domain::demand::issue::{self, NewDemand};
use domain::demand::model::DemandKind;
use domain::demand::withdrawal;
use domain::ids::{DemandId, OrganisationId, PatientId};
use domain::values::{ClientReference, DemandNumber, DemandSeries, Npwz, Text};
use serde_json::json;
use store::demand::{Condition, DemandKey};
use store::schema::{demand_patients, demands};
use store::{StoreError, on_backend};
use uuid::Uuid;

fn content() -> Content {
    let content = json!({
        "use": "OUTSIDE_FACILITY",
        "product": { "tradeName": "Próbnex", "strength": "10 mg" },
        "quantity": { "amount": "12", "unit": "PACK" },
        "patients": { "kind": "NAMED", "patient": {
            "givenNames": "Anna", "familyName": "Testowa",
            "identifier": { "kind": "PESEL", "number": "44051401458" } } },
        "justification": "Pacjentka Testowa nie ma innej możliwości leczenia."
    });
    Content::read(DemandKind::Medicine, content).unwrap()
}

/// Clocks give microseconds, as both databases keep them.
fn instant() -> DateTime<Utc> {
    now().trunc_subsecs(6)
}

pub(crate) fn draft(ordinal: u8, reference: Option<&str>) -> Demand {
    let new = NewDemand {
        id: DemandId(Uuid::from_u128(u128::from(ordinal))),
        number: DemandNumber::compose(DemandSeries::Medicine, 2026, [ordinal; 8]),
        space: space(),
        entity: OrganisationId(Uuid::from_u128(900)),
        physician: Npwz::parse("5425740").unwrap(),
        client_id: "clinic".to_owned(),
        client_reference: reference.map(|text| ClientReference::parse(text).unwrap()),
        based_on: None,
        content: content(),
    };
    issue::draft(new, instant())
}

pub(crate) async fn insert(database: &TestDatabase, demand: &Demand) -> Result<Vec<PatientId>, StoreError> {
    let demand = demand.clone();
    let new = [patient()];
    database
        .store
        .transaction(move |tx| {
            let key = DemandKey::new(&ring(), &demand.id.to_string())?;
            store::demand::insert(tx, &ring(), &demand, &key, &new)
        })
        .await
}

pub(crate) async fn find(database: &TestDatabase, id: DemandId) -> Result<Option<Demand>, StoreError> {
    let found = database.store.read(move |tx| store::demand::find(tx, &ring(), id)).await?;
    Ok(found.map(|loaded| loaded.demand))
}

async fn withdraw(database: &TestDatabase, seen: Demand) -> Option<Demand> {
    database
        .store
        .transaction(move |tx| {
            let loaded = store::demand::find(tx, &ring(), seen.id)?.unwrap();
            let reason = Text::parse("Zmiana leczenia.").unwrap();
            let withdrawn = withdrawal::withdraw(seen, reason, instant()).unwrap().document;
            store::demand::save(tx, &ring(), withdrawn, &loaded.key, None, instant())
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demand_comes_back_as_it_was_saved() {
    on_each(async |database| {
        let drafted = draft(1, Some("ref-1"));
        insert(database, &drafted).await.unwrap();
        assert_eq!(find(database, drafted.id).await.unwrap(), Some(drafted.clone()));
        let withdrawn = withdraw(database, drafted.clone()).await.unwrap();
        assert_eq!(withdrawn.revision, 2);
        assert_eq!(find(database, drafted.id).await.unwrap(), Some(withdrawn));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_save_changes_nothing() {
    on_each(async |database| {
        let drafted = draft(1, None);
        insert(database, &drafted).await.unwrap();
        let first = withdraw(database, drafted.clone()).await;
        assert!(first.is_some());
        assert_eq!(withdraw(database, drafted.clone()).await, None);
        assert_eq!(find(database, drafted.id).await.unwrap(), first);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_client_reference_is_taken_once_and_free_again_afterwards() {
    on_each(async |database| {
        insert(database, &draft(1, Some("ref-1"))).await.unwrap();
        let second = insert(database, &draft(2, Some("ref-1"))).await;
        assert!(second.unwrap_err().is_unique_violation_of("demands_space_client_id_client_reference_key"));
        withdraw(database, draft(1, Some("ref-1"))).await.unwrap();
        insert(database, &draft(3, Some("ref-1"))).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_the_row_names_the_patient() {
    on_each(async |database| {
        let drafted = draft(1, None);
        insert(database, &drafted).await.unwrap();
        let (summary, sealed, patient): (serde_json::Value, Vec<u8>, Vec<u8>) = database
            .store
            .read(move |tx| {
                let id = drafted.id.to_string();
                let (summary, sealed) = on_backend!(tx, |conn| demands::table
                    .find(&id)
                    .select((demands::summary, demands::sealed))
                    .first(conn))?;
                let patient = on_backend!(tx, |conn| demand_patients::table
                    .find((&id, 0))
                    .select(demand_patients::sealed)
                    .first(conn))?;
                Ok::<_, StoreError>((summary, sealed, patient))
            })
            .await
            .unwrap();
        for bytes in [summary.to_string().into_bytes(), sealed, patient] {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("Testowa") && !text.contains("44051401458"), "{text}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tampered_row_is_corrupt_and_never_a_guess() {
    on_each(async |database| {
        for (ordinal, column) in [(1, "sealed"), (2, "state"), (3, "wrapped_key"), (4, "ground")] {
            let drafted = draft(ordinal, None);
            insert(database, &drafted).await.unwrap();
            let id = drafted.id.to_string();
            database
                .store
                .transaction(move |tx| {
                    let row = demands::table.find(id);
                    on_backend!(tx, |conn| match column {
                        "sealed" => diesel::update(row).set(demands::sealed.eq(vec![1_u8; 64])).execute(conn),
                        "state" => diesel::update(row).set(demands::state.eq("EXPIRED")).execute(conn),
                        "ground" => diesel::update(row).set(demands::ground.eq("DISASTER")).execute(conn),
                        _ => diesel::update(row).set(demands::wrapped_key.eq(vec![1_u8; 61])).execute(conn),
                    })?;
                    Ok::<_, StoreError>(())
                })
                .await
                .unwrap();
            let found = find(database, drafted.id).await;
            assert!(matches!(found, Err(StoreError::Corrupt { .. })), "{column}: {found:?}");
        }
    })
    .await;
}

/// Two statements under READ COMMITTED may see two revisions; the lock lets the second wait for the change.
#[tokio::test(flavor = "multi_thread")]
async fn a_demand_that_changes_while_it_is_loaded_is_not_taken_for_a_corrupt_one() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let drafted = draft(1, None);
    insert(&database, &drafted).await.unwrap();
    let id = drafted.id;
    let (locked, is_locked) = std::sync::mpsc::channel();
    let writing = {
        let store = database.store.clone();
        let job = move |tx: &mut store::Tx<'_>| {
            let loaded = store::demand::find(tx, &ring(), id)?.unwrap();
            on_backend!(tx, |conn| diesel::sql_query("LOCK TABLE demand_patients").execute(conn))?;
            locked.send(()).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(500));
            let content = Content { patients: None, ..loaded.demand.content };
            let emptied = Demand { content, ..loaded.demand };
            store::demand::save(tx, &ring(), emptied, &loaded.key, Some(&[]), instant())
        };
        tokio::spawn(async move { store.transaction(job).await })
    };
    tokio::task::spawn_blocking(move || is_locked.recv().unwrap()).await.unwrap();
    let found = database.store.transaction(move |tx| store::demand::find(tx, &ring(), id)).await.unwrap();
    assert_eq!(Some(found.unwrap().demand), writing.await.unwrap().unwrap());
}

/// Names these patients, in this order.
fn of_patients(ordinal: u8, numbers: &[&str]) -> Demand {
    let mut demand = draft(ordinal, None);
    let patients: Vec<_> = numbers
        .iter()
        .map(|number| {
            json!({ "patient": { "givenNames": "Anna", "familyName": "Testowa",
                "identifier": { "kind": "PESEL", "number": number } } })
        })
        .collect();
    demand.content.patients =
        serde_json::from_value(json!({ "kind": "LIST", "patients": patients })).unwrap();
    demand
}

#[tokio::test(flavor = "multi_thread")]
async fn demands_that_name_the_same_new_patients_in_opposite_order_are_both_kept() {
    const NUMBERS: [&str; 4] = ["44051401458", "02261773497", "44051401359", "02070803628"];
    let opposite: Vec<&str> = NUMBERS.iter().rev().copied().collect();
    on_each(async |database| {
        for round in 0..12 {
            let mut asked = tokio::task::JoinSet::new();
            for (place, numbers) in [NUMBERS.as_slice(), opposite.as_slice()].into_iter().enumerate() {
                let space = domain::ids::SpaceId::parse(&format!("round-{round}")).unwrap();
                let ordinal = round * 2 + u8::try_from(place).unwrap() + 1;
                let demand = Demand { space, ..of_patients(ordinal, numbers) };
                let new: Vec<PatientId> = numbers.iter().map(|_| patient()).collect();
                let store = database.store.clone();
                asked.spawn(async move {
                    let insert = move |tx: &mut store::Tx<'_>| {
                        let key = DemandKey::new(&ring(), &demand.id.to_string())?;
                        store::demand::insert(tx, &ring(), &demand, &key, &new)
                    };
                    let mut ids = store.transaction(insert).await.unwrap();
                    if place == 1 {
                        ids.reverse();
                    }
                    ids
                });
            }
            let both = asked.join_all().await;
            assert_eq!(both[0], both[1]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_without_a_new_id_is_not_dropped_in_silence() {
    on_each(async |database| {
        let demand = draft(1, None);
        let inserted = database.store.transaction(move |tx| {
            let key = DemandKey::new(&ring(), &demand.id.to_string())?;
            store::demand::insert(tx, &ring(), &demand, &key, &[])
        });
        assert!(matches!(inserted.await, Err(StoreError::Corrupt { .. })));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_pages_without_gap_or_repeat() {
    on_each(async |database| {
        for ordinal in 1..=25 {
            insert(database, &draft(ordinal, None)).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = database
                .store
                .read(move |tx| store::demand::list(tx, &space(), &[Condition::Open], after, 10))
                .await
                .unwrap();
            if page.is_empty() {
                break;
            }
            after = page.last().map(|line| line.id);
            seen.extend(page.into_iter().map(|line| line.id.0.as_u128()));
        }
        assert_eq!(seen, (1..=25).rev().collect::<Vec<u128>>());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_filtered_by_the_ground_and_a_disaster_comes_back() {
    on_each(async |database| {
        let mut other = draft(2, None);
        other.content.disaster = Some(Disaster::default());
        for demand in [&draft(1, None), &other] {
            insert(database, demand).await.unwrap();
        }
        for (ground, id) in [(Ground::TargetImport, 1), (Ground::Disaster, 2)] {
            let of_ground = [Condition::Ground(ground.name())];
            let page = database
                .store
                .read(move |tx| store::demand::list(tx, &space(), &of_ground, None, 10))
                .await
                .unwrap();
            let found: Vec<_> = page.iter().map(|line| (line.id.0.as_u128(), line.ground.as_str())).collect();
            assert_eq!(found, [(id, ground.name())]);
        }
        let found = find(database, other.id).await.unwrap().unwrap();
        assert_eq!(found.content, other.content);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_is_found_across_demands_and_a_grant_is_kept_once() {
    on_each(async |database| {
        let own = insert(database, &draft(1, None)).await.unwrap();
        assert_eq!(insert(database, &draft(2, None)).await.unwrap(), own);
        let named = Condition::Patient(own[0]);
        let found =
            database.store.read(move |tx| store::demand::list(tx, &space(), &[named], None, 10)).await;
        assert_eq!(found.unwrap().len(), 2);
        let pharmacy = OrganisationId(Uuid::from_u128(7));
        let demand = draft(1, None).id;
        for _ in 0..2 {
            let job = move |tx: &mut store::Tx<'_>| store::demand::grant(tx, demand, pharmacy, now());
            database.store.transaction(job).await.unwrap();
        }
        let has = database.store.read(move |tx| store::demand::has_grant(tx, demand, pharmacy)).await;
        assert!(has.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demand_without_a_running_term_is_never_due() {
    on_each(async |database| {
        insert(database, &draft(1, None)).await.unwrap();
        let by = now() + TimeDelta::days(1000);
        let due = database.store.read(move |tx| store::demand::list_due(tx, &space(), by, 10)).await;
        assert!(due.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_ring_opens_every_demand_without_its_old_key() {
    on_each(async |database| {
        for ordinal in 1..=3 {
            insert(database, &draft(ordinal, None)).await.unwrap();
        }
        let rewrap = async |limit: i64| {
            let job = move |tx: &mut store::Tx<'_>| store::demand::rewrap(tx, &ring_with(2), limit);
            database.store.transaction(job).await.unwrap()
        };
        assert_eq!([rewrap(2).await, rewrap(2).await, rewrap(2).await], [2, 1, 0]);
        let (new, index) = ("A".repeat(42) + "I=", "A".repeat(42) + "M=");
        let text = format!(r#"{{"current":2,"keys":{{"2":"{new}"}},"index":"{index}"}}"#);
        let without_old = store::sealing::KeyRing::parse(&text).unwrap();
        let id = draft(1, None).id;
        let found = database.store.read(move |tx| store::demand::find(tx, &without_old, id)).await;
        assert_eq!(found.unwrap().unwrap().demand, draft(1, None));
    })
    .await;
}
