//! To what patients agree: sealed, changed by whoever saw the last, and opened by a rotated ring.

use crate::test_support::{now, on_each, ring, ring_with, space};
use chrono::SubsecRound;
use domain::ids::PatientId;
use domain::patient_consent::{Consents, Wanted, change};
use domain::values::Email;
use store::StoreError;
use store::patient_consents::{Stored, find, put, rewrap};
use store::patients::find_or_insert_patient;
use uuid::Uuid;

fn agreed(address: &str) -> Consents {
    let wanted = Wanted { email: Email::parse(address).ok(), sms: None };
    change(&Consents::default(), wanted, now().trunc_subsecs(6))
}

/// A patient whom the space knows.
fn known(tx: &mut store::Tx<'_>, ordinal: u8) -> Result<PatientId, StoreError> {
    let index = ring().blind_index("patient", &format!("number {ordinal}"));
    find_or_insert_patient(tx, &space(), &index, PatientId(Uuid::from_u128(ordinal.into())), now())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_comes_back_and_only_whoever_saw_the_last_changes_it() {
    on_each(async |database| {
        let job = |tx: &mut store::Tx<'_>| {
            let patient = known(tx, 1)?;
            let none = find(tx, &ring(), patient)?;
            let (first, second) = (agreed("janina@example.pl"), agreed("j.testowa@example.pl"));
            let written = [
                put(tx, &ring(), patient, (1, &first), now())?,
                put(tx, &ring(), patient, (1, &second), now())?,
                put(tx, &ring(), patient, (2, &second), now())?,
                put(tx, &ring(), patient, (2, &first), now())?,
            ];
            Ok::<_, StoreError>((none, written, find(tx, &ring(), patient)?))
        };
        let (none, written, last) = database.store.transaction(job).await.unwrap();
        assert_eq!(none, Stored { consents: Consents::default(), revision: 1 });
        assert_eq!(written, [true, false, true, false]);
        assert_eq!(last, Stored { consents: agreed("j.testowa@example.pl"), revision: 3 });
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_ring_opens_all_consents() {
    on_each(async |database| {
        let insert = |tx: &mut store::Tx<'_>| {
            for ordinal in 1..=3 {
                let patient = known(tx, ordinal)?;
                put(tx, &ring(), patient, (1, &agreed("janina@example.pl")), now())?;
            }
            Ok::<_, StoreError>(())
        };
        database.store.transaction(insert).await.unwrap();
        let anew = async || {
            let job = |tx: &mut store::Tx<'_>| rewrap(tx, &ring_with(2), 2);
            database.store.transaction(job).await.unwrap()
        };
        assert_eq!([anew().await, anew().await, anew().await], [2, 1, 0]);
        let read = |tx: &mut store::Tx<'_>| {
            let patient = known(tx, 1)?;
            find(tx, &ring_with(2), patient)
        };
        let found = database.store.transaction(read).await.unwrap();
        assert_eq!(found.consents, agreed("janina@example.pl"));
    })
    .await;
}
