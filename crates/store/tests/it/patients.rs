//! One patient per identifier and space, however many ask at once.

use crate::test_support::{now, on_each, patient, ring, space};
use domain::ids::SpaceId;
use store::patients::{find_or_insert_patient, find_patient};

#[tokio::test(flavor = "multi_thread")]
async fn many_who_bring_the_same_patient_get_one_id() {
    on_each(async |database| {
        let index = ring().blind_index("PESEL", "44051401359");
        let asked: Vec<_> = (0..16)
            .map(|_| {
                let store = database.store.clone();
                let job = move |tx: &mut store::Tx<'_>| {
                    find_or_insert_patient(tx, &space(), &index, patient(), now())
                };
                tokio::spawn(async move { store.transaction(job).await })
            })
            .collect();
        let mut ids = Vec::new();
        for job in asked {
            ids.push(job.await.unwrap().unwrap());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
        let found = database.store.read(move |tx| find_patient(tx, &space(), &index)).await.unwrap();
        assert_eq!(found, Some(ids[0]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_space_does_not_know_the_patients_of_another() {
    on_each(async |database| {
        let index = ring().blind_index("PESEL", "44051401359");
        let other = SpaceId::parse("tester-2").unwrap();
        let new = patient();
        let made =
            database.store.transaction(move |tx| find_or_insert_patient(tx, &space(), &index, new, now()));
        assert_eq!(made.await.unwrap(), new);
        let found = database.store.read(move |tx| find_patient(tx, &other, &index)).await.unwrap();
        assert_eq!(found, None);
    })
    .await;
}
