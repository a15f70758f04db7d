//! Notifications: what was saved comes back, a stale save changes nothing, and a rotated ring opens them.

use crate::test_support::{TestDatabase, now, on_each, ring, ring_with, space};
use chrono::{DateTime, SubsecRound, Utc};
use domain::ids::{AuthorisationId, OrganisationId};
use domain::temporary_authorisation::submission::{self, NewAuthorisation};
use domain::temporary_authorisation::{Authorisation, Content, State, withdrawal};
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

pub(crate) async fn find(database: &TestDatabase, id: AuthorisationId) -> Option<Authorisation> {
    let job = move |tx: &mut store::Tx<'_>| store::temporary_authorisation::find(tx, &ring(), id);
    database.store.read(job).await.unwrap().map(|loaded| loaded.authorisation)
}

/// With the minister, with a question of seven days to the product office.
fn waiting(drafted: Authorisation, asked_at: DateTime<Utc>) -> Authorisation {
    let officer = json!({
        "person": Uuid::from_u128(7), "givenNames": "Zofia", "familyName": "Przykładowa", "function": "referendarz"
    });
    let signed = json!({
        "givenNames": "Jan", "familyName": "Przykładowy", "kind": "QUALIFIED", "level": "BASIC_CHECKED",
        "receivedAt": asked_at, "payloadSha256": "a".repeat(64), "certificateSha256": "b".repeat(64)
    });
    let issue = json!({
        "signed": signed, "contentVersion": 1, "issuedOn": asked_at.date_naive(), "issuedAt": asked_at
    });
    let held =
        json!({ "examined": { "issue": issue, "approval": signed }, "since": asked_at, "assigned": officer });
    let question = json!({
        "id": Uuid::from_u128(8), "addressee": "PRODUCT_OFFICE", "text": "Czy są przeciwwskazania?", "days": 7,
        "askedBy": officer, "askedAt": asked_at
    });
    let state = json!({ "CLARIFICATION": { "held": held, "question": question } });
    let state: State = serde_json::from_value(state).unwrap();
    Authorisation { state, changed_at: asked_at, ..drafted }
}

/// Saves what was changed since somebody saw it.
async fn save(database: &TestDatabase, changed: Authorisation) -> Authorisation {
    let now = changed.changed_at;
    let job = move |tx: &mut store::Tx<'_>| {
        let loaded = store::temporary_authorisation::find(tx, &ring(), changed.id)?.unwrap();
        store::temporary_authorisation::save(tx, changed, &loaded.key, now)
    };
    database.store.transaction(job).await.unwrap().unwrap()
}

/// Withdraws what somebody saw, and saves that.
async fn withdraw(database: &TestDatabase, seen: Authorisation) -> Option<Authorisation> {
    database
        .store
        .transaction(move |tx| {
            let loaded = store::temporary_authorisation::find(tx, &ring(), seen.id)?.unwrap();
            let reason = Text::parse("Zagrożenie ustało.").unwrap();
            let decided = withdrawal::withdraw(seen, reason, instant()).unwrap();
            store::temporary_authorisation::save(tx, decided.document, &loaded.key, instant())
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

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_found_by_whom_it_asks_and_has_its_term() {
    on_each(async |database| {
        let asked_at = instant();
        insert(database, &draft(1, None)).await.unwrap();
        insert(database, &draft(2, None)).await.unwrap();
        let waiting = save(database, waiting(draft(1, None), asked_at)).await;
        assert_eq!(find(database, waiting.id).await, Some(waiting.clone()));
        let asked = |role: &'static str| {
            let conditions = [Condition::Asked(role)];
            database
                .store
                .read(move |tx| store::temporary_authorisation::list(tx, &space(), &conditions, None, 10))
        };
        let found = asked("PRODUCT_OFFICE").await.unwrap();
        assert_eq!(found.iter().map(|line| line.id).collect::<Vec<_>>(), [waiting.id]);
        assert_eq!(asked("ASSESSMENT_AGENCY").await.unwrap(), []);
        let id = waiting.id.to_string();
        let rows = database.store.read(move |tx| store::deadlines::of_document(tx, &id)).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.kind.as_str()).collect::<Vec<_>>(), ["CLARIFICATION"; 2]);
        let due = |days: u64| {
            let by = asked_at + chrono::Days::new(days);
            database.store.read(move |tx| store::temporary_authorisation::list_due(tx, &space(), by, 10))
        };
        assert_eq!((due(6).await.unwrap(), due(9).await.unwrap()), (vec![], vec![waiting.id]));
        let withdrawn = withdraw(database, waiting).await.unwrap();
        assert_eq!(withdrawn.clarifications.len(), 1, "what was asked is kept");
        assert_eq!(asked("PRODUCT_OFFICE").await.unwrap(), [], "but nobody waits for it");
        assert_eq!(due(9).await.unwrap(), []);
    })
    .await;
}
