//! Orders for devices: what was saved comes back, a month and a code are one's by constraint, and a worker leases what is left.

use crate::test_support::{TestDatabase, now, on_each, ring, ring_with, space};
use chrono::{DateTime, Days, SubsecRound, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::Profession;
use domain::device_order::issue::{self, NewOrder};
use domain::device_order::lifecycle::{PeriodState, State};
use domain::device_order::model::ByLicence;
use domain::device_order::{Content, DeviceOrder};
use domain::ids::{DeviceOrderId, OrganisationId, PatientId, TakeUpId};
use domain::values::{ClientReference, DeviceOrderNumber, LicenceNumber, OrderPrefix, YearMonth};
use serde_json::{Value, json};
use store::StoreError;
use store::device_order::{ACCESS_KEY, Condition, OrderKey, PERIOD_KEY, REFERENCE_KEY, Saved};
use uuid::Uuid;

/// Clocks give microseconds, as both databases keep them.
pub(crate) fn instant() -> DateTime<Utc> {
    now().trunc_subsecs(6)
}

fn new_patient(ordinal: u8) -> PatientId {
    PatientId(Uuid::from_u128(500 + u128::from(ordinal)))
}

pub(crate) fn draft(ordinal: u8, reference: Option<&str>) -> DeviceOrder {
    let content = json!({
        "patient": { "familyName": "Testowa", "identifier": { "kind": "PESEL", "number": "44051401458" } },
        "device": { "kind": "OTHER", "code": "Y.06.01" },
        "supply": {
            "kind": "MONTHLY", "piecesAMonth": "90", "from": YearMonth::of(warsaw_date(instant())), "months": 3,
            "ordination": "PRIMARY", "form": "FULL"
        }
    });
    let content: Content = serde_json::from_value(content).unwrap();
    let new = NewOrder {
        id: DeviceOrderId(Uuid::from_u128(u128::from(ordinal))),
        space: space(),
        entity: OrganisationId(Uuid::from_u128(900)),
        prescriber: ByLicence {
            profession: Profession::Physician,
            licence_number: LicenceNumber::parse("3900433").unwrap(),
        },
        client_id: "clinic".to_owned(),
        client_reference: reference.map(|text| ClientReference::parse(text).unwrap()),
        content,
    };
    issue::draft(new, instant())
}

pub(crate) async fn insert(database: &TestDatabase, order: &DeviceOrder) -> Result<PatientId, StoreError> {
    let order = order.clone();
    database
        .store
        .transaction(move |tx| {
            let ring = ring();
            let key = OrderKey::new(&ring, &order.id.to_string())?;
            let new_id = PatientId(Uuid::from_u128(500 + order.id.0.as_u128()));
            let times = Saved { now: order.created_at, verify_at: order.created_at };
            store::device_order::insert(tx, &ring, &order, &key, new_id, times)
        })
        .await
}

pub(crate) async fn find(database: &TestDatabase, id: DeviceOrderId) -> DeviceOrder {
    let job = move |tx: &mut store::Tx<'_>| store::device_order::find(tx, &ring(), id);
    database.store.read(job).await.unwrap().unwrap().order
}

/// Saves what was changed since somebody saw it.
pub(crate) async fn save(
    database: &TestDatabase,
    changed: DeviceOrder,
) -> Result<Option<DeviceOrder>, StoreError> {
    let job = move |tx: &mut store::Tx<'_>| {
        let ring = ring();
        let loaded = store::device_order::find(tx, &ring, changed.id)?.unwrap();
        let times = Saved { now: instant(), verify_at: instant() + TimeDelta::minutes(2) };
        store::device_order::save(tx, &ring, changed, &loaded, None, times)
    };
    Ok(database.store.transaction(job).await?.map(|(order, _)| order))
}

pub(crate) fn issued() -> Value {
    let signed = json!({
        "givenNames": "Dorota", "familyName": "Wzorcowa", "kind": "QUALIFIED", "level": "BASIC_CHECKED",
        "receivedAt": instant(), "payloadSha256": "a".repeat(64), "certificateSha256": "b".repeat(64)
    });
    json!({
        "signed": signed, "signedBy": { "kind": "PRESCRIBER" }, "contentVersion": 1,
        "issuedOn": warsaw_date(instant()), "issuedAt": instant(), "paper": null
    })
}

pub(crate) fn in_state(order: DeviceOrder, state: &Value) -> DeviceOrder {
    let ordinal = order.id.0.as_u128().to_be_bytes()[15];
    let number = DeviceOrderNumber::compose(OrderPrefix::Test, [ordinal; 16]);
    DeviceOrder { number: Some(number), state: serde_json::from_value(state.clone()).unwrap(), ..order }
}

pub(crate) fn positive(order: DeviceOrder, code: &str) -> DeviceOrder {
    let first = YearMonth::of(warsaw_date(instant()));
    let months: Vec<Value> =
        (0..3).map(|month| json!({ "month": first.plus(month), "state": { "kind": "AVAILABLE" } })).collect();
    let state = json!({ "POSITIVE": {
        "issue": issued(),
        "confirmation": {
            "lines": [], "right": { "kind": "PROVED" }, "warnings": [], "verified_at": instant(),
            "verifiedAt": instant(), "accepted": null
        },
        "access": { "code": code },
        "periods": { "kind": "MONTHLY", "periods": months },
        "take_ups": [], "tail": null
    } });
    in_state(order, &state)
}

/// The order with its first month in a provider's hands.
pub(crate) fn taken_up(order: DeviceOrder, take_up: u128) -> DeviceOrder {
    let State::Positive(mut confirmed) = order.state.clone() else { panic!("not positive") };
    let first = YearMonth::of(warsaw_date(instant()));
    let part = json!({
        "id": Uuid::from_u128(take_up),
        "provider": {
            "id": Uuid::from_u128(take_up + 1), "name": "Sklep Przykładowy", "contract": "07R-1-00001", "place": "1",
            "actsFor": null
        },
        "months": { "from": first, "count": 1 }, "takenAt": instant(),
        "heldUntil": warsaw_date(instant()) + Days::new(30), "entitlement": { "kind": "KEEP" },
        "lines": [], "right": null, "changes": [], "withdrawn": [], "state": { "kind": "HELD" }
    });
    confirmed.take_ups.push(serde_json::from_value(part).unwrap());
    let reserved = PeriodState::Reserved { take_up: TakeUpId(Uuid::from_u128(take_up)) };
    confirmed.periods = confirmed.periods.clone().map(|month, _| (month == Some(first)).then_some(reserved));
    DeviceOrder { state: State::Positive(confirmed), ..order }
}

/// The order with its take-up withdrawn and all months free.
pub(crate) fn given_back(order: DeviceOrder) -> DeviceOrder {
    let State::Positive(mut confirmed) = order.state.clone() else { panic!("not positive") };
    for take_up in &mut confirmed.take_ups {
        let state = json!({ "kind": "WITHDRAWN", "reason": "Pomyłka.", "by": null, "at": instant() });
        take_up.state = serde_json::from_value(state).unwrap();
    }
    confirmed.periods = confirmed.periods.clone().map(|_, _| Some(PeriodState::Available));
    DeviceOrder { state: State::Positive(confirmed), ..order }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_comes_back_with_its_patient_sealed_apart_and_a_stale_save_changes_nothing() {
    on_each(async |database| {
        let drafted = draft(1, None);
        insert(database, &drafted).await.unwrap();
        assert_eq!(find(database, drafted.id).await, drafted);
        let saved = save(database, positive(drafted.clone(), "0042")).await.unwrap().unwrap();
        assert_eq!((saved.revision, find(database, drafted.id).await), (2, saved.clone()));
        assert_eq!(save(database, drafted).await.unwrap(), None, "seen before the other change");
        let id = saved.id.to_string();
        let rows = database.store.read(move |tx| store::deadlines::of_document(tx, &id)).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.kind.as_str()).collect::<Vec<_>>(), ["MONTH"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_patient_is_one_whoever_orders_and_lists_unseal_nothing() {
    on_each(async |database| {
        let (first, second) = (draft(1, Some("HIS-1")), draft(2, None));
        let patient = insert(database, &first).await.unwrap();
        assert_eq!(insert(database, &second).await.unwrap(), patient);
        let taken = insert(database, &draft(3, Some("HIS-1"))).await.unwrap_err();
        assert!(taken.is_unique_violation_of(REFERENCE_KEY), "{taken:?}");
        save(database, positive(second.clone(), "0042")).await.unwrap().unwrap();
        let list = |conditions: Vec<Condition>| {
            let job =
                move |tx: &mut store::Tx<'_>| store::device_order::list(tx, &space(), &conditions, None, 10);
            database.store.read(job)
        };
        let of_prescriber = |profession: Profession, licence: &str| Condition::OfPrescribers {
            prescribers: vec![ByLicence {
                profession,
                licence_number: LicenceNumber::parse(licence).unwrap(),
            }],
            entity: OrganisationId(Uuid::from_u128(900)),
        };
        assert_eq!(list(vec![of_prescriber(Profession::Physician, "3900433")]).await.unwrap().len(), 2);
        assert_eq!(list(vec![of_prescriber(Profession::Physician, "5425740")]).await.unwrap(), []);
        let namesake = of_prescriber(Profession::Physiotherapist, "3900433");
        assert_eq!(list(vec![namesake]).await.unwrap(), [], "another register gave the same number");
        let registered = list(vec![Condition::Patient(patient), Condition::Registered]).await.unwrap();
        assert_eq!(registered.iter().map(|line| line.id).collect::<Vec<_>>(), [second.id]);
        assert_eq!(registered[0].summary.available, 3);
        let of_patient = move |tx: &mut store::Tx<'_>| store::device_order::of_patient(tx, &ring(), patient);
        assert_eq!(
            database.store.read(of_patient).await.unwrap().len(),
            1,
            "a draft is not the payer's affair"
        );
        assert_ne!(patient, new_patient(2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_tells_the_open_orders_of_a_patient_apart_and_is_free_again_once_they_are_over() {
    on_each(async |database| {
        for ordinal in 1..=2 {
            insert(database, &draft(ordinal, None)).await.unwrap();
        }
        let first = save(database, positive(draft(1, None), "0042")).await.unwrap().unwrap();
        let taken = save(database, positive(draft(2, None), "0042")).await.unwrap_err();
        assert!(taken.is_unique_violation_of(ACCESS_KEY), "{taken:?}");
        let State::Positive(confirmed) = first.state.clone() else { panic!("positive") };
        save(database, DeviceOrder { state: State::Expired(confirmed), ..first }).await.unwrap().unwrap();
        save(database, positive(draft(2, None), "0042")).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_of_one_take_up_by_constraint() {
    on_each(async |database| {
        insert(database, &draft(1, None)).await.unwrap();
        let order = save(database, positive(draft(1, None), "0042")).await.unwrap().unwrap();
        let held = save(database, taken_up(order.clone(), 70)).await.unwrap().unwrap();
        assert_eq!(find(database, order.id).await, held);
        // Somebody who does not know of the first take-up, on the very revision that it made.
        let rival = DeviceOrder { revision: held.revision, ..taken_up(order.clone(), 80) };
        let beaten = save(database, rival).await.unwrap_err();
        assert!(beaten.is_unique_violation_of(PERIOD_KEY), "{beaten:?}");
        assert_eq!(find(database, order.id).await, held, "nothing of it was saved");
        // Given back, the month is free for the rival.
        let rival = DeviceOrder { revision: held.revision, ..taken_up(given_back(held), 80) };
        save(database, rival).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_verified_is_leased_by_one_worker_at_a_time() {
    on_each(async |database| {
        insert(database, &draft(1, None)).await.unwrap();
        let state = json!({ "VERIFYING": { "issue": issued(), "since": instant() } });
        let waiting = save(database, in_state(draft(1, None), &state)).await.unwrap().unwrap();
        let lease = async |minutes: i64| {
            let at = instant() + TimeDelta::minutes(minutes);
            let job = move |tx: &mut store::Tx<'_>| {
                store::device_order::lease_verifications(tx, at, |_| TimeDelta::minutes(2), 8)
            };
            let leased = database.store.transaction(job).await.unwrap();
            leased.into_iter().map(|it| (it.id, it.revision)).collect::<Vec<_>>()
        };
        assert_eq!(lease(1).await, [], "whoever submitted it is still at it");
        assert_eq!(lease(3).await, [(waiting.id, waiting.revision)]);
        assert_eq!(lease(4).await, [], "a worker has it");
        assert_eq!(lease(6).await, [(waiting.id, waiting.revision)], "the worker fell silent");
        save(database, positive(waiting, "0042")).await.unwrap().unwrap();
        assert_eq!(lease(60).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_ring_opens_every_order() {
    on_each(async |database| {
        for ordinal in 1..=3 {
            insert(database, &draft(ordinal, None)).await.unwrap();
        }
        let rewrap = async |limit: i64| {
            let job = move |tx: &mut store::Tx<'_>| store::device_order::rewrap(tx, &ring_with(2), limit);
            database.store.transaction(job).await.unwrap()
        };
        assert_eq!([rewrap(2).await, rewrap(2).await, rewrap(2).await], [2, 1, 0]);
        let id = draft(1, None).id;
        let job = move |tx: &mut store::Tx<'_>| store::device_order::find(tx, &ring_with(2), id);
        assert_eq!(database.store.read(job).await.unwrap().unwrap().order.id, id);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_patient_s_orders_leaves_whom_they_name_sealed() {
    on_each(async |database| {
        let mut patient = None;
        for ordinal in 1..=3 {
            patient = Some(insert(database, &draft(ordinal, None)).await.unwrap());
            let order = find(database, draft(ordinal, None).id).await;
            save(database, positive(order, &format!("000{ordinal}"))).await.unwrap().unwrap();
        }
        let patient = patient.unwrap();
        insert(database, &draft(4, None)).await.unwrap();
        let page = async |after: Option<DeviceOrderId>, limit: i64| {
            let job = move |tx: &mut store::Tx<'_>| {
                store::device_order::page_of_patient(tx, &ring(), patient, (after, limit))
            };
            database.store.read(job).await.unwrap()
        };
        let ids = |page: &[DeviceOrder]| page.iter().map(|order| order.id.0.as_u128()).collect::<Vec<_>>();
        let first = page(None, 2).await;
        assert_eq!(ids(&first), [3, 2], "the newest first, and no draft");
        assert_eq!(ids(&page(Some(first[1].id), 2).await), [1]);
        assert!(
            first
                .iter()
                .all(|order| order.content.patient == domain::device_order::content::Patient::default())
        );
        assert!(
            first.iter().all(|order| order.state.confirmed().is_some() && !order.content.items().is_empty())
        );
    })
    .await;
}
