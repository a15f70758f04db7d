//! From order to row: insert once, save only what nobody changed in between.

use super::list::{Summary, prescriber_key};
use super::numbers::give;
use super::periods;
use super::row::{Body, Loaded, TABLE, body_place, key_place, patient_place};
use crate::deadlines::{self, Deadline, Purpose};
use crate::patients::find_or_insert_patient;
use crate::schema::device_orders as rows;
use crate::sealing::{DataKey, KeyRing, NewKey};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::device_order::clocks::RunningClock;
use domain::device_order::content::Patient;
use domain::device_order::{DeviceOrder, KIND, State, clocks};
use domain::ids::{DeviceOrderId, PatientId, SpaceId};
use domain::values::AccessCode;

/// The key that seals an order, as the ring wraps it.
pub struct OrderKey(NewKey);

impl OrderKey {
    /// A new random key for a new order.
    pub fn new(ring: &KeyRing, id: &str) -> Result<Self, StoreError> {
        NewKey::new(ring, key_place(id)).map(Self)
    }

    /// The key itself, for what is sealed beside the order.
    pub fn data_key(&self) -> &DataKey {
        &self.0.key
    }
}

/// When what is saved is looked at again: its space's present for its terms, and the real instant from which on a worker
/// finishes a verification that nobody else did.
#[derive(Clone, Copy, Debug)]
pub struct Saved {
    pub now: DateTime<Utc>,
    pub verify_at: DateTime<Utc>,
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = rows, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Columns<'a> {
    number: Option<String>,
    state: &'a str,
    revision: i64,
    content_version: i32,
    patient_id: String,
    client_reference: Option<String>,
    is_open: bool,
    is_registered: bool,
    access_index: Option<Vec<u8>>,
    due_at: Option<NaiveDateTime>,
    verify_at: Option<NaiveDateTime>,
    verify_tries: i32,
    changed_at: NaiveDateTime,
    summary: serde_json::Value,
    sealed: Vec<u8>,
    sealed_patient: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = rows)]
struct NewRow<'a> {
    id: String,
    space: &'a str,
    entity_id: String,
    prescriber_licence: &'a str,
    prescriber: String,
    client_id: &'a str,
    created_at: NaiveDateTime,
    key_version: i32,
    wrapped_key: &'a [u8],
    #[diesel(embed)]
    columns: Columns<'a>,
}

impl<'a> Columns<'a> {
    fn of(
        order: &'a DeviceOrder,
        patient: PatientId,
        (ring, key): (&KeyRing, &DataKey),
        verify_at: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let id = order.id.to_string();
        let corrupt = || StoreError::corrupt(TABLE, &id);
        let mut content = order.content.clone();
        let named = std::mem::take(&mut content.patient);
        let (prescriber, state) = (order.prescriber.clone(), order.state.clone());
        let body = Body {
            content,
            prescriber,
            state,
            pending: order.pending.clone(),
            refused_steps: order.refused_steps.clone(),
        };
        let body = serde_json::to_vec(&body).map_err(|_| corrupt())?;
        let named = serde_json::to_vec(&named).map_err(|_| corrupt())?;
        let state = order.state.name();
        let is_verifying = matches!(order.state, State::Verifying(_));
        Ok(Self {
            number: order.number.as_ref().map(|number| number.as_str().to_owned()),
            state: state.name(),
            revision: order.revision,
            content_version: order.content_version,
            patient_id: patient.to_string(),
            client_reference: order.client_reference.as_ref().map(|it| it.as_str().to_owned()),
            is_open: state.is_open(),
            is_registered: order.state.issue().is_some(),
            access_index: access_index(ring, order, patient),
            due_at: clocks::running(order).first().map(|clock| timestamp::column(clock.due_at)),
            verify_at: is_verifying.then(|| timestamp::column(verify_at)),
            verify_tries: 0,
            changed_at: timestamp::column(order.changed_at),
            summary: serde_json::to_value(Summary::of(order)).map_err(|_| corrupt())?,
            sealed: key.seal(body_place(&id), &body)?,
            sealed_patient: key.seal(patient_place(&id), &named)?,
        })
    }
}

/// The keyed hash under which a patient's open order is found by its code; the code is free again once nothing of the order
/// can be taken up. That of one patient says nothing of another's.
fn access_index(ring: &KeyRing, order: &DeviceOrder, patient: PatientId) -> Option<Vec<u8>> {
    let State::Positive(confirmed) = &order.state else { return None };
    Some(index_of(ring, patient, confirmed.access.code.as_ref()?))
}

pub(super) fn index_of(ring: &KeyRing, patient: PatientId, code: &AccessCode) -> Vec<u8> {
    let text = format!("{patient}:{}", code.reveal());
    ring.blind_index("device order access code", &text).as_bytes().to_vec()
}

/// Who a document is for, as of that time; nobody known where its draft names no identifier yet.
pub(crate) fn identify(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    (space, named, at): (&SpaceId, &Patient, DateTime<Utc>),
    new_id: PatientId,
) -> Result<PatientId, StoreError> {
    let Patient { identifier: Some(identifier), .. } = named else { return Ok(new_id) };
    let index = ring.blind_index("patient", identifier.index_text().reveal());
    find_or_insert_patient(tx, space, &index, new_id, at)
}

fn named(order: &DeviceOrder) -> (&SpaceId, &Patient, DateTime<Utc>) {
    (&order.space, &order.content.patient, order.changed_at)
}

/// Inserts a new order and tells its patient, who is made with `new_patient` where the space does not know them. A second
/// open one with the same client reference is a unique violation of [`super::REFERENCE_KEY`].
pub fn insert(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    order: &DeviceOrder,
    key: &OrderKey,
    new_patient: PatientId,
    saved: Saved,
) -> Result<PatientId, StoreError> {
    let patient = identify(tx, ring, named(order), new_patient)?;
    let row = NewRow {
        id: order.id.to_string(),
        space: order.space.as_str(),
        entity_id: order.entity.to_string(),
        prescriber_licence: order.prescriber.licence_number.as_str(),
        prescriber: prescriber_key(&order.prescriber),
        client_id: &order.client_id,
        created_at: timestamp::column(order.created_at),
        key_version: key.0.version,
        wrapped_key: &key.0.wrapped,
        columns: Columns::of(order, patient, (ring, &key.0.key), saved.verify_at)?,
    };
    on_backend!(tx, |conn| diesel::insert_into(rows::table).values(&row).execute(conn))?;
    if let Some(number) = &order.number {
        give(tx, number, (KIND, &row.id))?;
    }
    Ok(patient)
}

/// Saves the next revision of what was loaded, and tells its patient; `None` when the stored one has moved on. A patient whom
/// the changed content names anew is made with `new_patient`.
pub fn save(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    order: DeviceOrder,
    loaded: &Loaded,
    new_patient: Option<PatientId>,
    saved: Saved,
) -> Result<Option<(DeviceOrder, PatientId)>, StoreError> {
    let seen = order.revision;
    let order = DeviceOrder { revision: seen + 1, ..order };
    let patient = match new_patient {
        Some(new_id) => identify(tx, ring, named(&order), new_id)?,
        None => loaded.patient,
    };
    let columns = Columns::of(&order, patient, (ring, &loaded.key), saved.verify_at)?;
    let id = order.id.to_string();
    let written = on_backend!(tx, |conn| diesel::update(rows::table.find(&id))
        .filter(rows::revision.eq(seen))
        .set(&columns)
        .execute(conn))?;
    if written == 0 {
        return Ok(None);
    }
    if let (None, Some(number)) = (&loaded.order.number, &order.number) {
        give(tx, number, (KIND, &id))?;
    }
    periods::save(tx, &order, saved.verify_at)?;
    deadlines::replace(tx, &order.space, &id, &terms((KIND, &id), clocks::running(&order)), saved.now)?;
    Ok(Some((order, patient)))
}

/// Nothing changes, but nobody else changes the order until this transaction ends either.
pub fn hold(tx: &mut Tx<'_>, id: DeviceOrderId) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::update(rows::table.find(id.to_string()))
        .set(rows::revision.eq(rows::revision))
        .execute(conn))?;
    Ok(())
}

/// The terms that run, as rows. Whoever is to be reminded of them reads them in the document.
pub(crate) fn terms((kind, id): (&str, &str), running: Vec<RunningClock>) -> Vec<Deadline> {
    let row = |clock: RunningClock| Deadline {
        document_kind: kind.to_owned(),
        document_id: id.to_owned(),
        purpose: Purpose::Term,
        kind: clock.kind.name().to_owned(),
        started_at: clock.started_at,
        due_at: clock.due_at,
    };
    running.into_iter().map(row).collect()
}
