//! From row to repair order: what is sealed is opened, and what the columns repeat must agree with it.

use crate::schema::device_repair_orders as rows;
use crate::sealing::{DataKey, KeyRing, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::device_order::content::Patient;
use domain::device_order::pending::{PendingStep, RefusedStep};
use domain::device_repair_order::model::Issuer;
use domain::device_repair_order::{Content, RepairOrder, State};
use domain::ids::{OrganisationId, PatientId, RepairOrderId, SpaceId};
use domain::values::{ClientReference, DeviceOrderNumber};
use serde::{Deserialize, Serialize};

pub(super) const TABLE: &str = "device_repair_orders";

/// A repair order with its patient and the key that seals it.
pub struct Loaded {
    pub order: RepairOrder,
    pub patient: PatientId,
    pub key: DataKey,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = rows)]
struct Row {
    id: String,
    space: String,
    number: Option<String>,
    state: String,
    revision: i64,
    content_version: i32,
    entity_id: String,
    patient_id: String,
    client_id: String,
    client_reference: Option<String>,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    wrapped_key: Vec<u8>,
    sealed: Vec<u8>,
}

/// A row and its patient, who stands apart.
type Whole = (Row, Vec<u8>);

/// What the sealed column holds; the patient stands apart.
#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    pub content: Content,
    pub issuer: Issuer,
    pub state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingStep>,
    #[serde(default)]
    pub refused_steps: Vec<RefusedStep>,
}

/// The order with this id, whoever asks; who may see it is decided by the use case.
pub fn find(tx: &mut Tx<'_>, ring: &KeyRing, id: RepairOrderId) -> Result<Option<Loaded>, StoreError> {
    let found: Option<Whole> = on_backend!(tx, |conn| rows::table
        .find(id.to_string())
        .select((Row::as_select(), rows::sealed_patient))
        .first(conn)
        .optional())?;
    found.map(|(row, patient)| row.load(ring, Some(&patient))).transpose()
}

/// The order of the space with this number.
pub fn find_by_number(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    space: &SpaceId,
    number: &DeviceOrderNumber,
) -> Result<Option<Loaded>, StoreError> {
    let found: Option<Whole> = on_backend!(tx, |conn| rows::table
        .filter(rows::space.eq(space.as_str()))
        .filter(rows::number.eq(number.as_str()))
        .select((Row::as_select(), rows::sealed_patient))
        .first(conn)
        .optional())?;
    found.map(|(row, patient)| row.load(ring, Some(&patient))).transpose()
}

/// What can be read of a patient's repair orders.
pub struct OfPatient {
    pub read: Vec<Loaded>,
    /// Those whose rows cannot be opened, as with a key that the ring lacks.
    pub unreadable: Vec<String>,
}

/// Every repair order of the patient that was ever issued, the oldest first; one that cannot be read keeps nobody from the others.
pub fn readable_of_patient(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    patient: PatientId,
) -> Result<OfPatient, StoreError> {
    let mut all = OfPatient { read: Vec::new(), unreadable: Vec::new() };
    for (row, named) in rows_of(tx, patient)? {
        let id = row.id.clone();
        match row.load(ring, Some(&named)) {
            Ok(loaded) => all.read.push(loaded),
            Err(_) => all.unreadable.push(id),
        }
    }
    Ok(all)
}

fn rows_of(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<Whole>, StoreError> {
    let found: Vec<Whole> = on_backend!(tx, |conn| rows::table
        .filter(rows::patient_id.eq(patient.to_string()))
        .filter(rows::is_registered.eq(true))
        .order(rows::id)
        .select((Row::as_select(), rows::sealed_patient))
        .load(conn))?;
    Ok(found)
}

/// Up to `limit` registered orders of the patient, the newest first, older than `after`. Whom they name stays sealed: whoever
/// lists their own orders knows it.
pub fn page_of_patient(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    patient: PatientId,
    (after, limit): (Option<RepairOrderId>, i64),
) -> Result<Vec<RepairOrder>, StoreError> {
    let any = after.is_none().into_sql::<Bool>();
    let before = after.map(|id| id.to_string()).unwrap_or_default();
    let found: Vec<Row> = on_backend!(tx, |conn| rows::table
        .filter(rows::patient_id.eq(patient.to_string()))
        .filter(rows::is_registered.eq(true))
        .filter(rows::id.lt(&before).or(any))
        .order(rows::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn))?;
    found.into_iter().map(|row| row.load(ring, None).map(|loaded| loaded.order)).collect()
}

impl Row {
    fn load(self, ring: &KeyRing, named: Option<&[u8]>) -> Result<Loaded, StoreError> {
        let key = ring.unwrap(key_place(&self.id), &self.wrapped_key)?;
        let corrupt = || StoreError::corrupt(TABLE, &self.id);
        let body = key.open(body_place(&self.id), &self.sealed)?;
        let mut body: Body = serde_json::from_slice(&body).map_err(|_| corrupt())?;
        if let Some(named) = named {
            let patient = key.open(patient_place(&self.id), named)?;
            body.content.patient = serde_json::from_slice::<Patient>(&patient).map_err(|_| corrupt())?;
        }
        if body.state.name().name() != self.state {
            return Err(corrupt());
        }
        let number =
            self.number.as_deref().map(DeviceOrderNumber::parse).transpose().map_err(|_| corrupt())?;
        let reference = self.client_reference.as_deref().map(ClientReference::parse).transpose();
        let order = RepairOrder {
            id: RepairOrderId::parse(&self.id).ok_or_else(corrupt)?,
            number,
            space: SpaceId::parse(&self.space).ok_or_else(corrupt)?,
            entity: OrganisationId::parse(&self.entity_id).ok_or_else(corrupt)?,
            issuer: body.issuer,
            client_id: self.client_id.clone(),
            client_reference: reference.map_err(|_| corrupt())?,
            revision: self.revision,
            content_version: self.content_version,
            content: body.content,
            created_at: timestamp::instant(self.created_at),
            changed_at: timestamp::instant(self.changed_at),
            state: body.state,
            pending: body.pending,
            refused_steps: body.refused_steps,
        };
        let patient = PatientId::parse(&self.patient_id).ok_or_else(corrupt)?;
        Ok(Loaded { order, patient, key })
    }
}

pub(super) fn key_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "wrapped_key", id)
}

pub(super) fn body_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "sealed", id)
}

pub(super) fn patient_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "sealed_patient", id)
}
