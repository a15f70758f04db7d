//! Notifications: what was saved comes back, a stale save changes nothing, and a rotated ring opens them.

use crate::test_support::{TestDatabase, now, on_each, ring, ring_with, space};
use chrono::{DateTime, SubsecRound, Utc};
use domain::ids::{AuthorisationId, OrganisationId};
use domain::temporary_authorisation::submission::{self, NewAuthorisation};
use domain::temporary_authorisation::{Authorisation, Content, withdrawal};
use domain::values::{AuthorisationNumber, ClientReference, Text};
use serde_json::json;
use store::StoreError;
use store::temporary_authorisation::{AuthorisationKey, Condition, REFERENCE_KEY};
use uuid::Uuid;

/// Clocks give microseconds, as both databases keep them.
fn instant() -> DateTime<Utc> {
    now().trunc_subsecs(6)
}

pub(crate) fn draft(ordinal: u8, reference: Option<&str>) -> Authorisation {
    let content = json!({
        "purpose": "HUMAN", "product": { "tradeName": "Próbnex" },
        "wholesaler": { "name": "Hurtownia Przykładowa" }, "quantity": { "amount": "12", "unit": "PACK" }
    });
    let content: Content = serde_json::from_value(content).unwrap();
    let new = NewAuthorisation {
        id: AuthorisationId(Uuid::from_u128(u128::from(ordinal))),
        number: AuthorisationNumber::compose(2026, [ordinal; 8]),
        space: space(),
        wholesaler: OrganisationId(Uuid::from_u128(900)),
        client_id: "wholesaler".to_owned(),
        client_reference: reference.map(|text| ClientReference::parse(text).unwrap()),
        content,
    };
    submission::draft(new, instant())
}

pub(crate) async fn insert(database: &TestDatabase, authorisation: &Authorisation) -> Result<(), StoreError> {
    let authorisation = authorisation.clone();
    database
        .store
        .transaction(move |tx| {
            let key = AuthorisationKey::new(&ring(), &authorisation.id.to_string())?;
            store::temporary_authorisation::insert(tx, &authorisation, &key)
        })
        .await
}

async fn find(database: &TestDatabase, id: AuthorisationId) -> Option<Authorisation> {
    let job = move |tx: &mut store::Tx<'_>| store::temporary_authorisation::find(tx, &ring(), id);
    database.store.read(job).await.unwrap().map(|loaded| loaded.authorisation)
}

/// Withdraws what somebody saw, and saves that.
async fn withdraw(database: &TestDatabase, seen: Authorisation) -> Option<Authorisation> {
    database
        .store
        .transaction(move |tx| {
            let loaded = store::temporary_authorisation::find(tx, &ring(), seen.id)?.unwrap();
            let reason = Text::parse("Zagrożenie ustało.").unwrap();
            let decided = withdrawal::withdraw(seen, reason, instant()).unwrap();
            store::temporary_authorisation::save(tx, decided.document, &loaded.key)
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_comes_back_and_a_stale_save_changes_nothing() {
    on_each(async |database| {
        let drafted = draft(1, None);
        insert(database, &drafted).await.unwrap();
        assert_eq!(find(database, drafted.id).await, Some(drafted.clone()));
        let withdrawn = withdraw(database, drafted.clone()).await.unwrap();
        assert_eq!((withdrawn.revision, find(database, drafted.id).await), (2, Some(withdrawn.clone())));
        assert_eq!(withdraw(database, drafted.clone()).await, None, "seen before the other change");
        assert_eq!(find(database, drafted.id).await, Some(withdrawn));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_names_one_open_notification_and_lists_unseal_nothing() {
    on_each(async |database| {
        let first = draft(1, Some("WMS-1"));
        insert(database, &first).await.unwrap();
        let second = insert(database, &draft(2, Some("WMS-1"))).await.unwrap_err();
        assert!(second.is_unique_violation_of(REFERENCE_KEY), "{second:?}");
        withdraw(database, first).await.unwrap();
        insert(database, &draft(3, Some("WMS-1"))).await.unwrap();
        let list = |conditions: Vec<Condition>| {
            database
                .store
                .read(move |tx| store::temporary_authorisation::list(tx, &space(), &conditions, None, 10))
        };
        let open = list(vec![Condition::Open]).await.unwrap();
        assert_eq!(open.iter().map(|line| line.id).collect::<Vec<_>>(), [draft(3, None).id]);
        assert_eq!(open[0].summary.trade_name.as_deref(), Some("Próbnex"));
        assert_eq!(list(vec![Condition::Submitted]).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_ring_opens_every_notification() {
    on_each(async |database| {
        for ordinal in 1..=3 {
            insert(database, &draft(ordinal, None)).await.unwrap();
        }
        let rewrap = async |limit: i64| {
            let job = move |tx: &mut store::Tx<'_>| {
                store::temporary_authorisation::rewrap(tx, &ring_with(2), limit)
            };
            database.store.transaction(job).await.unwrap()
        };
        assert_eq!([rewrap(2).await, rewrap(2).await, rewrap(2).await], [2, 1, 0]);
        let id = draft(1, None).id;
        let job = move |tx: &mut store::Tx<'_>| store::temporary_authorisation::find(tx, &ring_with(2), id);
        assert_eq!(database.store.read(job).await.unwrap().unwrap().authorisation, draft(1, None));
    })
    .await;
}
