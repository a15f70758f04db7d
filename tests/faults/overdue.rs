//! Demands whose term ran out while nothing ran, put into the database as the service itself would have left them.

use crate::database::Home;
use crate::patients;
use chrono::{DateTime, Days, Utc};
use domain::calendar::warsaw_date;
use domain::demand::content::Content;
use domain::demand::model::{Demand, DemandKind};
use domain::demand::{State, clocks};
use domain::ids::{DemandId, OrganisationId, PatientId, SpaceId};
use domain::values::{DemandNumber, DemandSeries, Npwz};
use serde_json::{Value, json};
use store::demand::DemandKey;
use store::sealing::KeyRing;
use store::{Store, StoreError, StoreOptions, Tx};
use uuid::Uuid;

/// Rows of one transaction.
const AT_ONCE: usize = 500;

/// Puts so many demands before a consultant who has been silent for a day too long.
pub(crate) async fn seed(home: &Home, ring: &str, count: usize) {
    let store = Store::open(StoreOptions::new(home.url())).await.expect("the test's database");
    let now = now();
    for first in (0..count).step_by(AT_ONCE) {
        let ring = KeyRing::parse(ring).expect("a key ring");
        let some = first..(first + AT_ONCE).min(count);
        let put = store.transaction(move |tx| {
            some.into_iter().try_for_each(|serial| put(tx, &ring, &overdue(serial, now), now))
        });
        put.await.expect("demands");
    }
    store.close().await;
}

#[expect(clippy::disallowed_methods, reason = "the processes under test follow the real clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn put(tx: &mut Tx<'_>, ring: &KeyRing, demand: &Demand, now: DateTime<Utc>) -> Result<(), StoreError> {
    let key = DemandKey::new(ring, &demand.id.to_string())?;
    let patient = PatientId(Uuid::from_u128(demand.id.0.as_u128() + (1 << 64)));
    store::demand::insert(tx, ring, demand, &key, &[patient])?;
    store::demand::complete_deadlines(tx, demand, now)?;
    Ok(())
}

/// Sent to the consultant eight days ago.
fn overdue(serial: usize, now: DateTime<Utc>) -> Demand {
    let since = now - Days::new(8);
    let state: State = serde_json::from_value(awaiting(since)).expect("a state");
    let number = u128::try_from(serial).expect("a number");
    let demand = Demand {
        id: DemandId(Uuid::from_u128(0x0197_c5a2_7d31_7c4e_9a66_0000_0000_0000 + number)),
        number: DemandNumber::compose(DemandSeries::Medicine, 2026, digits(serial)),
        space: SpaceId::production(),
        entity: OrganisationId(Uuid::from_u128(0x1000)),
        physician: Npwz::parse("5425740").expect("a licence number"),
        client_id: "gabinet-przykladowy".to_owned(),
        client_reference: None,
        based_on: None,
        taken_over: None,
        assessors: Vec::new(),
        paper: None,
        clarifications: Vec::new(),
        revision: 1,
        content_version: 1,
        content: content(serial),
        first_issued_on: Some(warsaw_date(since)),
        created_at: since,
        changed_at: since,
        pending: None,
        refused_steps: Vec::new(),
        treated: None,
        state,
    };
    assert!(clocks::running(&demand).first().is_some_and(|clock| clock.due_at <= now));
    demand
}

/// Another number for every serial.
fn digits(serial: usize) -> [u8; 8] {
    let mut rest = serial;
    [(); 8].map(|()| {
        let digit = u8::try_from(rest % 31).unwrap_or(0);
        rest /= 31;
        digit
    })
}

fn awaiting(since: DateTime<Utc>) -> Value {
    let signed = json!({
        "givenNames": "Anna", "familyName": "Testowa", "kind": "QUALIFIED", "level": "BASIC_CHECKED",
        "receivedAt": since, "payloadSha256": "a".repeat(64), "certificateSha256": "b".repeat(64),
    });
    let issue =
        json!({ "signed": signed, "contentVersion": 1, "issuedOn": warsaw_date(since), "issuedAt": since });
    let consultant = json!({
        "person": Uuid::from_u128(0x2000), "npwz": "5223344", "givenNames": "Ewa", "familyName": "Przykładowa",
        "qualifications": "dr hab. n. med.", "kind": "NATIONAL", "field": "0707",
    });
    json!({ "AWAITING_CONSULTANT": {
        "issue": issue, "approval": null, "consultant": consultant, "since": since,
    } })
}

fn content(serial: usize) -> Content {
    let content = json!({
        "use": "OUTSIDE_FACILITY",
        "entity": { "name": "Przychodnia Przykładowa", "nip": "5260250995", "rpwdlNumber": "000000001688" },
        "physician": { "givenNames": "Anna", "familyName": "Testowa", "npwz": "5425740" },
        "product": { "tradeName": "Exemplar", "internationalName": "exemplarum", "form": "tabletki", "strength": "10 mg" },
        "quantity": { "amount": "10", "unit": "PACK" },
        "treatmentDays": 90,
        "diagnosis": { "icd10": "E75.2" },
        "justification": "Brak odpowiednika dostępnego w obrocie.",
        "patients": patients::named(serial),
    });
    Content::read(DemandKind::Medicine, content).expect("a content")
}
