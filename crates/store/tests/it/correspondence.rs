//! Messages and attachments: sealed, found by their readers alone, marked once; and uploads that are claimed or given up.

use crate::migrations::revert_to;
use crate::temporary_authorisations::{draft, insert as insert_authorisation};
use crate::test_support::{execute, id, later, now, on_each, ring, ring_with, space};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::correspondence::{Attachment, CaseId, CaseParty, MediaType, Message, Reader};
use domain::demand::Content;
use domain::demand::issue::{self, NewDemand};
use domain::demand::model::DemandKind;
use domain::ids::{AttachmentId, DemandId, MessageId, OrganisationId};
use domain::values::{DemandNumber, DemandSeries, Npwz, Text};
use serde_json::json;
use store::correspondence::{self, ReadMark, Whose};
use store::demand::DemandKey;
use store::sealing::KeyRing;
use store::{Store, StoreError, Tx};
use uuid::Uuid;

const PHYSICIAN: Reader = Reader { party: CaseParty::Physician, only: None };
const MINISTRY: Reader = Reader { party: CaseParty::Ministry, only: None };

fn wholesaler(number: u128) -> Reader {
    Reader { party: CaseParty::Wholesaler, only: Some(Uuid::from_u128(number)) }
}

fn instant() -> DateTime<Utc> {
    now().trunc_subsecs(6)
}

/// A draft in the store.
async fn demand(store: &Store) -> DemandId {
    let serial = id();
    let new = NewDemand {
        id: DemandId(serial),
        number: DemandNumber::compose(DemandSeries::Medicine, 2026, [1; 8]),
        space: space(),
        entity: OrganisationId(Uuid::from_u128(900)),
        physician: Npwz::parse("5425740").unwrap(),
        client_id: "clinic".to_owned(),
        client_reference: None,
        based_on: None,
        content: Content::read(DemandKind::Medicine, json!({ "use": "OUTSIDE_FACILITY" })).unwrap(),
    };
    let draft = issue::draft(new, instant());
    store
        .transaction(move |tx| {
            let key = DemandKey::new(&ring(), &draft.id.to_string())?;
            store::demand::insert(tx, &ring(), &draft, &key, &[]).map(|_| draft.id)
        })
        .await
        .unwrap()
}

fn message(demand: DemandId, sender: Reader, recipients: &[Reader]) -> Message {
    Message {
        id: MessageId(id()),
        case: CaseId::Demand(demand),
        sent_at: instant(),
        sender,
        organisation: Some(OrganisationId(Uuid::from_u128(900))),
        recipients: recipients.to_vec(),
        text: Text::parse("Proszę o wynik pani Testowej.").unwrap(),
        attachments: vec![AttachmentId(id())],
    }
}

fn attachment(demand: DemandId, sender: Reader, recipients: &[Reader]) -> Attachment {
    Attachment {
        id: AttachmentId(id()),
        case: CaseId::Demand(demand),
        added_at: instant(),
        sender,
        organisation: None,
        recipients: recipients.to_vec(),
        title: Text::parse("Wypis pani Testowej").unwrap(),
        media_type: MediaType::Tiff,
        size: 70_000,
        sha256: [7; 32],
    }
}

/// Runs a job with the key of the demand, unwrapped by this ring.
async fn with_key<T: Send + 'static>(
    store: &Store,
    ring: KeyRing,
    demand: DemandId,
    job: impl Fn(&mut Tx<'_>, &store::sealing::DataKey) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    store
        .transaction(move |tx| {
            let loaded = store::demand::find(tx, &ring, demand)?.unwrap();
            job(tx, &loaded.key)
        })
        .await
}

async fn insert(store: &Store, demand: DemandId, new: Message) {
    with_key(store, ring(), demand, move |tx, key| correspondence::insert_message(tx, key, &new))
        .await
        .unwrap();
}

async fn list(store: &Store, demand: DemandId, reader: Reader) -> Vec<Message> {
    with_key(store, ring(), demand, move |tx, key| {
        correspondence::list_messages(tx, key, CaseId::Demand(demand), reader, None, None, 10)
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_comes_back_to_its_readers_alone_the_newest_first() {
    on_each(async |database| {
        let store = &database.store;
        let demand = demand(store).await;
        let first = message(demand, PHYSICIAN, &[MINISTRY]);
        let second = message(demand, MINISTRY, &[wholesaler(1)]);
        for new in [&first, &second] {
            insert(store, demand, new.clone()).await;
        }
        assert_eq!(list(store, demand, MINISTRY).await, [second.clone(), first.clone()]);
        assert_eq!(list(store, demand, PHYSICIAN).await, std::slice::from_ref(&first));
        assert_eq!(list(store, demand, wholesaler(1)).await, [second]);
        assert!(list(store, demand, wholesaler(2)).await.is_empty());
        let elsewhere = with_key(store, ring(), demand, move |tx, key| {
            correspondence::find_message(tx, key, CaseId::Demand(DemandId(id())), first.id, MINISTRY)
        });
        assert_eq!(elsewhere.await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_put_among_the_readers_in_the_database_does_not_read() {
    on_each(async |database| {
        let store = &database.store;
        let demand = demand(store).await;
        let sent = message(demand, PHYSICIAN, &[MINISTRY]);
        insert(store, demand, sent.clone()).await;
        let forged = format!(
            "INSERT INTO correspondence_readers (item_id, party, is_sender) VALUES ('{}', 'PHARMACY', false)",
            sent.id
        );
        execute(store, &forged).await.unwrap();
        let pharmacy = Reader { party: CaseParty::Pharmacy, only: None };
        let found = with_key(store, ring(), demand, move |tx, key| {
            correspondence::list_messages(tx, key, CaseId::Demand(demand), pharmacy, None, None, 10)
        });
        assert!(matches!(found.await, Err(StoreError::Corrupt { table: "messages", .. })));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_mark_of_a_reader_counts_and_the_rest_is_unread() {
    on_each(async |database| {
        let store = &database.store;
        let demand = demand(store).await;
        let (read, unread) =
            (message(demand, PHYSICIAN, &[MINISTRY]), message(demand, PHYSICIAN, &[MINISTRY]));
        for new in [&read, &unread] {
            insert(store, demand, new.clone()).await;
        }
        let whose = Whose("org|STAFF:1".to_owned());
        let mark =
            |at| ReadMark { message: read.id, party: CaseParty::Ministry, organisation: None, read_at: at };
        let (first, again) = (mark(instant()), mark(later(60).trunc_subsecs(6)));
        let (expected, own) = (first.clone(), whose.clone());
        let marked = store.transaction(move |tx| {
            let first = correspondence::insert_mark(tx, &own, &first)?;
            Ok::<_, StoreError>((first, correspondence::insert_mark(tx, &own, &again)?))
        });
        assert_eq!(marked.await.unwrap(), (true, false));
        let id = read.id;
        let (marks, at, count, left) = with_key(store, ring(), demand, move |tx, key| {
            let marks = correspondence::list_marks(tx, &[id])?;
            let at = correspondence::own_marks(tx, &[id], &whose)?.get(&id).copied();
            let count = correspondence::count_unread(tx, CaseId::Demand(demand), MINISTRY, &whose)?;
            let left = correspondence::list_messages(
                tx,
                key,
                CaseId::Demand(demand),
                MINISTRY,
                Some(&whose),
                None,
                10,
            )?;
            Ok((marks, at, count, left))
        })
        .await
        .unwrap();
        assert_eq!((marks, at), (vec![expected], Some(instant())));
        assert_eq!((count, left), (1, vec![unread]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attachment_and_a_message_still_open_after_the_ring_was_rotated() {
    on_each(async |database| {
        let store = &database.store;
        let demand = demand(store).await;
        let (sent, added) =
            (message(demand, PHYSICIAN, &[MINISTRY]), attachment(demand, PHYSICIAN, &[MINISTRY]));
        insert(store, demand, sent.clone()).await;
        let new = added.clone();
        with_key(store, ring(), demand, move |tx, key| correspondence::insert_attachment(tx, key, &new))
            .await
            .unwrap();
        let rewrapped = store.transaction(|tx| store::demand::rewrap(tx, &ring_with(2), 10)).await.unwrap();
        assert_eq!(rewrapped, 1);
        let (message_id, id) = (sent.id, added.id);
        let found = with_key(store, ring_with(2), demand, move |tx, key| {
            let message =
                correspondence::find_message(tx, key, CaseId::Demand(demand), message_id, MINISTRY)?;
            let attachment = correspondence::find_attachment(tx, key, CaseId::Demand(demand), id, MINISTRY)?;
            let hidden = correspondence::find_attachment(tx, key, CaseId::Demand(demand), id, wholesaler(1))?;
            Ok((message, attachment, hidden))
        });
        assert_eq!(found.await.unwrap(), (Some(sent), Some(added), None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_has_messages_and_files_of_its_own() {
    on_each(async |database| {
        let store = &database.store;
        let demand = demand(store).await;
        let notified = draft(1, None);
        insert_authorisation(database, &notified).await.unwrap();
        let case = CaseId::Authorisation(notified.id);
        let id = notified.id;
        let sent = Message { case, ..message(demand, MINISTRY, &[wholesaler(1)]) };
        let added = Attachment { case, ..attachment(demand, MINISTRY, &[wholesaler(1)]) };
        let (new_message, new_file) = (sent.clone(), added.clone());
        let told = store.transaction(move |tx| {
            let key = store::temporary_authorisation::find(tx, &ring(), id)?.unwrap().key;
            correspondence::insert_message(tx, &key, &new_message)?;
            correspondence::insert_attachment(tx, &key, &new_file)?;
            let messages = correspondence::list_messages(tx, &key, case, MINISTRY, None, None, 10)?;
            let of_another = correspondence::list_messages(tx, &key, case, wholesaler(2), None, None, 10)?;
            let elsewhere = CaseId::Demand(demand);
            let missed = correspondence::find_attachment(tx, &key, elsewhere, new_file.id, MINISTRY)?;
            let files = correspondence::list_files(tx, &key, id)?;
            Ok::<_, StoreError>((messages, of_another, missed, files))
        });
        assert_eq!(told.await.unwrap(), (vec![sent.clone()], Vec::new(), None, vec![added]));
        assert!(list(store, demand, MINISTRY).await.is_empty());
        let both = format!("UPDATE messages SET demand_id = '{demand}' WHERE id = '{}'", sent.id);
        assert!(execute(store, &both).await.is_err(), "a message belongs to one case");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_in_a_demand_outlives_the_tables_that_are_made_anew() {
    on_each(async |database| {
        let store = &database.store;
        let demand = demand(store).await;
        let sent = message(demand, PHYSICIAN, &[MINISTRY]);
        insert(store, demand, sent.clone()).await;
        let mark =
            ReadMark { message: sent.id, party: CaseParty::Ministry, organisation: None, read_at: instant() };
        let reverted = store.transaction(move |tx| {
            correspondence::insert_mark(tx, &Whose("somebody".to_owned()), &mark)?;
            revert_to(tx, "37");
            Ok::<_, StoreError>(())
        });
        reverted.await.unwrap();
        assert!(!store.migrate().await.unwrap().is_empty());
        assert_eq!(list(store, demand, MINISTRY).await, std::slice::from_ref(&sent));
        let id = sent.id;
        let marks = store.read(move |tx| correspondence::list_marks(tx, &[id])).await.unwrap();
        assert_eq!(marks.len(), 1);
        let orphan =
            "INSERT INTO message_reads VALUES ('nothing', 'a', 'MINISTRY', NULL, '2026-01-01 00:00:00')";
        assert!(execute(store, orphan).await.is_err(), "marks still refer to messages");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_claimed_or_given_up_but_not_both() {
    on_each(async |database| {
        let outcome = database.store.transaction(|tx| {
            let hour = TimeDelta::hours(1);
            correspondence::insert_upload(tx, "claimed", now())?;
            correspondence::insert_upload(tx, "old", now() - hour - TimeDelta::seconds(1))?;
            correspondence::insert_upload(tx, "young", now() - hour + TimeDelta::seconds(1))?;
            let claimed = correspondence::claim_upload(tx, "claimed")?;
            let again = correspondence::give_up_upload(tx, "claimed", now())?;
            let old = correspondence::give_up_uploads(tx, now() - hour, now())?;
            let late = correspondence::claim_upload(tx, "old")?;
            let listed = correspondence::list_given_up(tx, 10)?;
            correspondence::forget_upload(tx, "old")?;
            let left = correspondence::list_given_up(tx, 10)?;
            Ok::<_, StoreError>(((claimed, again, old, late), listed, left))
        });
        let (decided, listed, left) = outcome.await.unwrap();
        assert_eq!(decided, (true, false, 1, false));
        assert_eq!((listed, left), (vec!["old".to_owned()], Vec::new()));
    })
    .await;
}
