//! From repair order to row: insert once, save only what nobody changed in between.

use super::list::Summary;
use super::row::{Body, Loaded, TABLE, body_place, key_place, patient_place};
use crate::deadlines;
use crate::device_order::{Saved, give_number, identify, prescriber_key, terms};
use crate::schema::device_repair_orders as rows;
use crate::sealing::{DataKey, KeyRing, NewKey};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::device_order::content::Patient;
use domain::device_repair_order::{KIND, RepairOrder, State, clocks};
use domain::ids::{PatientId, RepairOrderId, SpaceId};

/// The key that seals a repair order, as the ring wraps it.
pub struct RepairOrderKey(NewKey);

impl RepairOrderKey {
    /// A new random key for a new repair order.
    pub fn new(ring: &KeyRing, id: &str) -> Result<Self, StoreError> {
        NewKey::new(ring, key_place(id)).map(Self)
    }
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
    provider_id: Option<String>,
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
    prescriber: Option<String>,
    client_id: &'a str,
    created_at: NaiveDateTime,
    key_version: i32,
    wrapped_key: &'a [u8],
    #[diesel(embed)]
    columns: Columns<'a>,
}

impl<'a> Columns<'a> {
    fn of(
        order: &'a RepairOrder,
        patient: PatientId,
        key: &DataKey,
        verify_at: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let id = order.id.to_string();
        let corrupt = || StoreError::corrupt(TABLE, &id);
        let mut content = order.content.clone();
        let named = std::mem::take(&mut content.patient);
        let (issuer, state) = (order.issuer.clone(), order.state.clone());
        let (pending, refused_steps) = (order.pending.clone(), order.refused_steps.clone());
        let body = Body { content, issuer, state, pending, refused_steps };
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
            provider_id: order.state.hold().map(|hold| hold.provider.id.to_string()),
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

fn named(order: &RepairOrder) -> (&SpaceId, &Patient, DateTime<Utc>) {
    (&order.space, &order.content.patient, order.changed_at)
}

/// Inserts a new repair order and tells its patient, who is made with `new_patient` where the space does not know them. A second
/// open one with the same client reference is a unique violation of [`super::REFERENCE_KEY`].
pub fn insert(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    order: &RepairOrder,
    key: &RepairOrderKey,
    new_patient: PatientId,
    saved: Saved,
) -> Result<PatientId, StoreError> {
    let patient = identify(tx, ring, named(order), new_patient)?;
    let row = NewRow {
        id: order.id.to_string(),
        space: order.space.as_str(),
        entity_id: order.entity.to_string(),
        prescriber: order.issuer.prescriber().map(prescriber_key),
        client_id: &order.client_id,
        created_at: timestamp::column(order.created_at),
        key_version: key.0.version,
        wrapped_key: &key.0.wrapped,
        columns: Columns::of(order, patient, &key.0.key, saved.verify_at)?,
    };
    on_backend!(tx, |conn| diesel::insert_into(rows::table).values(&row).execute(conn))?;
    if let Some(number) = &order.number {
        give_number(tx, number, (KIND, &row.id))?;
    }
    Ok(patient)
}

/// Saves the next revision of what was loaded, and tells its patient; `None` when the stored one has moved on. A patient whom
/// the changed content names anew is made with `new_patient`.
pub fn save(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    order: RepairOrder,
    loaded: &Loaded,
    new_patient: Option<PatientId>,
    saved: Saved,
) -> Result<Option<(RepairOrder, PatientId)>, StoreError> {
    let seen = order.revision;
    let order = RepairOrder { revision: seen + 1, ..order };
    let patient = match new_patient {
        Some(new_id) => identify(tx, ring, named(&order), new_id)?,
        None => loaded.patient,
    };
    let columns = Columns::of(&order, patient, &loaded.key, saved.verify_at)?;
    let id = order.id.to_string();
    let written = on_backend!(tx, |conn| diesel::update(rows::table.find(&id))
        .filter(rows::revision.eq(seen))
        .set(&columns)
        .execute(conn))?;
    if written == 0 {
        return Ok(None);
    }
    if let (None, Some(number)) = (&loaded.order.number, &order.number) {
        give_number(tx, number, (KIND, &id))?;
    }
    deadlines::replace(tx, &order.space, &id, &terms((KIND, &id), clocks::running(&order)), saved.now)?;
    Ok(Some((order, patient)))
}

/// Nothing changes, but nobody else changes the order until this transaction ends either.
pub fn hold(tx: &mut Tx<'_>, id: RepairOrderId) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::update(rows::table.find(id.to_string()))
        .set(rows::revision.eq(rows::revision))
        .execute(conn))?;
    Ok(())
}
