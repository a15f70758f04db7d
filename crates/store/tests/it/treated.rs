//! The list of treated patients: each line a sealed record, found by its patient while it stands.

use crate::demands::{draft, insert};
use crate::test_support::{TestDatabase, now, on_each, patient, ring, space};
use chrono::SubsecRound;
use diesel::prelude::*;
use domain::calendar::warsaw_date;
use domain::demand::Demand;
use domain::demand::treated::{TakenBack, TreatedPatient};
use domain::ids::{PatientId, TreatedPatientId};
use domain::values::{Npwz, Quantity, QuantityUnit, Text};
use serde_json::json;
use store::demand::{Condition, TreatedLine};
use store::schema::treated_patients;
use store::{StoreError, on_backend};
use uuid::Uuid;

const OTHER: &str = "02261773497";

fn line(ordinal: u8, pesel: &str) -> TreatedPatient {
    let at = now().trunc_subsecs(6);
    TreatedPatient {
        id: TreatedPatientId(Uuid::from_u128(u128::from(ordinal))),
        patient: serde_json::from_value(json!({
            "givenNames": "Ola", "familyName": "Zmyślona", "identifier": { "kind": "PESEL", "number": pesel }
        }))
        .unwrap(),
        quantity: Quantity::parse("2", QuantityUnit::Pack).unwrap(),
        dose: Text::parse("1 tabletka dziennie").unwrap(),
        treated_from: warsaw_date(at),
        treated_to: warsaw_date(at),
        recorded_by: Npwz::parse("5425740").unwrap(),
        recorded_at: at,
        taken_back: None,
    }
}

async fn add(database: &TestDatabase, demand: &Demand, lines: Vec<TreatedPatient>) -> Vec<PatientId> {
    let id = demand.id;
    let added = database.store.transaction(move |tx| {
        let key = store::demand::find(tx, &ring(), id)?.unwrap().key;
        let new: Vec<PatientId> = lines.iter().map(|_| patient()).collect();
        store::demand::insert_treated(tx, &ring(), &key, (&space(), id), &lines, &new)
    });
    added.await.unwrap()
}

async fn list(database: &TestDatabase, demand: &Demand) -> Result<Vec<TreatedLine>, StoreError> {
    let id = demand.id;
    let listed = database.store.transaction(move |tx| {
        let key = store::demand::find(tx, &ring(), id)?.unwrap().key;
        store::demand::list_treated(tx, &key, id)
    });
    listed.await
}

async fn take_back(database: &TestDatabase, demand: &Demand, line: TreatedPatient) -> bool {
    let id = demand.id;
    let taken = database.store.transaction(move |tx| {
        let key = store::demand::find(tx, &ring(), id)?.unwrap().key;
        store::demand::take_back_treated(tx, &key, id, &line)
    });
    taken.await.unwrap()
}

fn taken_back(line: TreatedPatient) -> TreatedPatient {
    let reason = Text::parse("Nie ten pacjent.").unwrap();
    let (by, at) = (line.recorded_by.clone(), line.recorded_at);
    TreatedPatient { taken_back: Some(TakenBack { reason, by, at }), ..line }
}

/// How many demands are listed for this patient.
async fn cases_of(database: &TestDatabase, patient: PatientId) -> usize {
    let listed = database
        .store
        .read(move |tx| store::demand::list(tx, &space(), &[Condition::Patient(patient)], None, 10));
    listed.await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_come_back_in_the_order_in_which_they_were_reported() {
    on_each(async |database| {
        let demand = draft(1, None);
        insert(database, &demand).await.unwrap();
        // Ids that are made at one instant are in no order.
        for report in [[9, 2, 5], [8, 1, 4]] {
            add(database, &demand, report.map(|ordinal| line(ordinal, OTHER)).to_vec()).await;
        }
        let ids = list(database, &demand).await.unwrap().into_iter().map(|it| it.line.id.0.as_u128());
        assert_eq!(ids.collect::<Vec<_>>(), [9, 2, 5, 8, 1, 4]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_lines_that_stand_are_about_is_told_once_each() {
    on_each(async |database| {
        let demand = draft(1, None);
        insert(database, &demand).await.unwrap();
        let [first, second, third] = [line(1, OTHER), line(2, OTHER), line(3, "85051512384")];
        let ids = add(database, &demand, vec![first, second, third.clone()]).await;
        assert!(take_back(database, &demand, taken_back(third)).await);
        let id = demand.id;
        let told = database.store.read(move |tx| store::demand::treated_by(tx, id)).await.unwrap();
        assert_eq!(told, ids[..1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_come_back_in_their_order_and_lead_their_patients_to_the_demand() {
    on_each(async |database| {
        let demand = draft(1, None);
        let named = insert(database, &demand).await.unwrap();
        let patients = add(database, &demand, vec![line(1, OTHER)]).await;
        let again = add(database, &demand, vec![line(2, "44051401458"), line(3, OTHER)]).await;
        assert_eq!((again[0], again[1]), (named[0], patients[0]), "each is known by one id");
        let listed = list(database, &demand).await.unwrap();
        let found: Vec<_> = listed.iter().map(|known| (known.patient, known.line.clone())).collect();
        let expected =
            [(patients[0], line(1, OTHER)), (again[0], line(2, "44051401458")), (again[1], line(3, OTHER))];
        assert_eq!(found.len(), 3);
        for ((patient, known), (whose, written)) in found.iter().zip(&expected) {
            assert_eq!((patient, &known.patient, &known.dose), (whose, &written.patient, &written.dose));
        }
        assert_eq!(cases_of(database, patients[0]).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_taken_back_once_and_leads_nobody_any_more() {
    on_each(async |database| {
        let demand = draft(1, None);
        insert(database, &demand).await.unwrap();
        let patients = add(database, &demand, vec![line(1, OTHER)]).await;
        let known = list(database, &demand).await.unwrap().remove(0).line;
        let back = taken_back(known.clone());
        assert!(take_back(database, &demand, back.clone()).await);
        assert!(!take_back(database, &demand, back.clone()).await, "somebody was faster");
        assert_eq!(list(database, &demand).await.unwrap()[0].line, back);
        assert_eq!(cases_of(database, patients[0]).await, 0);
        let (id, patient) = (demand.id, patients[0]);
        let still = database.store.read(move |tx| store::demand::is_treated(tx, id, patient)).await.unwrap();
        assert!(!still);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_names_nobody_in_the_open_and_opens_at_its_own_place_only() {
    on_each(async |database| {
        let demand = draft(1, None);
        insert(database, &demand).await.unwrap();
        add(database, &demand, vec![line(1, OTHER), line(2, "44051401458")]).await;
        let sealed: Vec<Vec<u8>> = database
            .store
            .read(move |tx| {
                let rows = on_backend!(tx, |conn| treated_patients::table
                    .order(treated_patients::id)
                    .select(treated_patients::sealed)
                    .load(conn))?;
                Ok::<_, StoreError>(rows)
            })
            .await
            .unwrap();
        for bytes in &sealed {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(OTHER) && !text.contains("Zmy") && !text.contains("tabletka"));
        }
        let swapped = sealed[1].clone();
        let swap = database.store.transaction(move |tx| {
            let first = Uuid::from_u128(1).hyphenated().to_string();
            on_backend!(tx, |conn| diesel::update(treated_patients::table.find(&first))
                .set(treated_patients::sealed.eq(swapped))
                .execute(conn))?;
            Ok::<_, StoreError>(())
        });
        swap.await.unwrap();
        assert!(list(database, &demand).await.is_err(), "what was moved is noticed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_without_ids_are_not_dropped_in_silence() {
    on_each(async |database| {
        let demand = draft(1, None);
        insert(database, &demand).await.unwrap();
        let id = demand.id;
        let added = database.store.transaction(move |tx| {
            let key = store::demand::find(tx, &ring(), id)?.unwrap().key;
            store::demand::insert_treated(tx, &ring(), &key, (&space(), id), &[line(1, OTHER)], &[])
        });
        assert!(matches!(added.await, Err(StoreError::Corrupt { .. })));
    })
    .await;
}
