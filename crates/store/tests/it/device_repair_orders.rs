//! Repair orders: what was saved comes back, a number is given once whichever order has it, and a worker leases what is left.

use crate::device_orders::{draft as device_order, in_state, insert as insert_order, instant, issued};
use crate::test_support::{TestDatabase, on_each, ring, ring_with, space};
use chrono::TimeDelta;
use domain::device_group::Profession;
use domain::device_order::model::ByLicence;
use domain::device_repair_order::issue::{self, NewRepairOrder};
use domain::device_repair_order::model::Issuer;
use domain::device_repair_order::{Content, RepairOrder};
use domain::ids::{OrganisationId, PatientId, RepairOrderId};
use domain::values::{ClientReference, DeviceOrderNumber, LicenceNumber, OrderPrefix};
use serde_json::json;
use store::StoreError;
use store::device_order::{GIVEN_NUMBER_KEY, Saved};
use store::device_repair_order::{Condition, REFERENCE_KEY, RepairOrderKey};
use uuid::Uuid;

fn draft(ordinal: u8, reference: Option<&str>) -> RepairOrder {
    let content = json!({
        "patient": { "familyName": "Testowa", "identifier": { "kind": "PESEL", "number": "44051401458" } },
        "device": { "code": "S.12.01", "side": "LEFT", "serialNumber": "SN-1" },
    });
    let content: Content = serde_json::from_value(content).unwrap();
    let by = ByLicence {
        profession: Profession::Physician,
        licence_number: LicenceNumber::parse("3900433").unwrap(),
    };
    let new = NewRepairOrder {
        id: RepairOrderId(Uuid::from_u128(100 + u128::from(ordinal))),
        space: space(),
        entity: OrganisationId(Uuid::from_u128(900)),
        issuer: Issuer::Prescriber { by },
        client_id: "clinic".to_owned(),
        client_reference: reference.map(|text| ClientReference::parse(text).unwrap()),
        content,
    };
    issue::draft(new, instant())
}

/// Being verified, under the number of that ordinal.
fn verifying(order: RepairOrder, number: u8) -> RepairOrder {
    let mut issue = issued();
    issue.as_object_mut().unwrap().remove("paper");
    let state = json!({ "VERIFYING": { "issue": issue, "since": instant() } });
    let number = DeviceOrderNumber::compose(OrderPrefix::Test, [number; 16]);
    RepairOrder { number: Some(number), state: serde_json::from_value(state).unwrap(), ..order }
}

async fn insert(database: &TestDatabase, order: &RepairOrder) -> Result<PatientId, StoreError> {
    let order = order.clone();
    let job = move |tx: &mut store::Tx<'_>| {
        let ring = ring();
        let key = RepairOrderKey::new(&ring, &order.id.to_string())?;
        let new_id = PatientId(Uuid::from_u128(500 + order.id.0.as_u128()));
        let times = Saved { now: order.created_at, verify_at: order.created_at };
        store::device_repair_order::insert(tx, &ring, &order, &key, new_id, times)
    };
    database.store.transaction(job).await
}

async fn find(database: &TestDatabase, id: RepairOrderId) -> RepairOrder {
    let job = move |tx: &mut store::Tx<'_>| store::device_repair_order::find(tx, &ring(), id);
    database.store.read(job).await.unwrap().unwrap().order
}

async fn save(database: &TestDatabase, changed: RepairOrder) -> Result<Option<RepairOrder>, StoreError> {
    let job = move |tx: &mut store::Tx<'_>| {
        let ring = ring();
        let loaded = store::device_repair_order::find(tx, &ring, changed.id)?.unwrap();
        let times = Saved { now: instant(), verify_at: instant() + TimeDelta::minutes(2) };
        store::device_repair_order::save(tx, &ring, changed, &loaded, None, times)
    };
    Ok(database.store.transaction(job).await?.map(|(order, _)| order))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_comes_back_and_only_the_last_revision_is_changed() {
    on_each(async |database| {
        let order = draft(1, None);
        insert(database, &order).await.unwrap();
        assert_eq!(find(database, order.id).await, order);
        let saved = save(database, verifying(order.clone(), 1)).await.unwrap().unwrap();
        assert_eq!((saved.revision, find(database, order.id).await), (2, saved.clone()));
        assert_eq!(save(database, order).await.unwrap(), None, "somebody was faster");
        let list = |tx: &mut store::Tx<'_>| {
            store::device_repair_order::list(tx, &space(), &[Condition::Registered, Condition::Open], None, 5)
        };
        let listed = database.store.read(list).await.unwrap();
        let device = saved.content.device.unwrap();
        assert_eq!(listed[0].summary.code, Some(device.code));
        assert_eq!(listed[0].summary.side, device.side);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_given_once_whichever_order_has_it() {
    on_each(async |database| {
        let first = draft(1, None);
        insert(database, &first).await.unwrap();
        save(database, verifying(first, 7)).await.unwrap().unwrap();
        let state = json!({ "REGISTERED": { "issue": issued() } });
        let same = in_state(device_order(7, None), &state);
        let refused = insert_order(database, &same).await.unwrap_err();
        assert!(refused.is_unique_violation_of(GIVEN_NUMBER_KEY), "{refused}");
        let other = in_state(device_order(8, None), &state);
        insert_order(database, &other).await.unwrap();
        let second = draft(2, None);
        insert(database, &second).await.unwrap();
        let refused = save(database, verifying(second, 8)).await.unwrap_err();
        assert!(refused.is_unique_violation_of(GIVEN_NUMBER_KEY), "{refused}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_is_of_one_open_order() {
    on_each(async |database| {
        insert(database, &draft(1, Some("HIS-1"))).await.unwrap();
        let refused = insert(database, &draft(2, Some("HIS-1"))).await.unwrap_err();
        assert!(refused.is_unique_violation_of(REFERENCE_KEY), "{refused}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_finished_is_leased_once() {
    on_each(async |database| {
        let order = draft(1, None);
        insert(database, &order).await.unwrap();
        save(database, verifying(order, 1)).await.unwrap().unwrap();
        let lease = |minutes: i64| {
            let now = instant() + TimeDelta::minutes(minutes);
            database.store.transaction(move |tx| {
                store::device_repair_order::lease_verifications(tx, now, |_| TimeDelta::minutes(2), 5)
            })
        };
        assert_eq!(lease(1).await.unwrap().len(), 0, "whoever submitted it is at it");
        let leased = lease(3).await.unwrap();
        assert_eq!((leased.len(), leased[0].revision, leased[0].tries), (1, 2, 1));
        assert_eq!(lease(4).await.unwrap().len(), 0);
        assert_eq!(lease(6).await.unwrap()[0].tries, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_key_goes_under_the_ring_s_current_one() {
    on_each(async |database| {
        let order = draft(1, None);
        insert(database, &order).await.unwrap();
        let rewrap = |tx: &mut store::Tx<'_>| store::device_repair_order::rewrap(tx, &ring_with(2), 10);
        assert_eq!(database.store.transaction(rewrap).await.unwrap(), 1);
        assert_eq!(database.store.transaction(rewrap).await.unwrap(), 0);
        let id = order.id;
        let job = move |tx: &mut store::Tx<'_>| store::device_repair_order::find(tx, &ring_with(2), id);
        assert_eq!(database.store.read(job).await.unwrap().unwrap().order, order);
    })
    .await;
}
