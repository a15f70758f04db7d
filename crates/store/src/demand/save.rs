//! From demand to row: insert once, save only what nobody changed in between.

use super::list::{Summary, consultant_post};
use super::row::{Body, Loaded, TABLE, body_place, key_place, line_id, patient_place, take_patients};
use crate::deadlines::{self, Deadline, Purpose};
use crate::schema::{demand_patients, demands};
use crate::sealing::{DataKey, KeyRing, NewKey};
use crate::{StoreError, Tx, on_backend, patients, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::demand::clarification::waiting_for;
use domain::demand::clocks::{self, RunningClock};
use domain::demand::content::{Content, Patient};
use domain::demand::model::Demand;
use domain::ids::{DemandId, PatientId};

/// The key that seals a demand, as the ring wraps it.
pub struct DemandKey(NewKey);

impl DemandKey {
    /// A new random key for a new demand.
    pub fn new(ring: &KeyRing, id: &str) -> Result<Self, StoreError> {
        NewKey::new(ring, key_place(id)).map(Self)
    }

    /// The key itself, for what is sealed beside the demand.
    pub fn data_key(&self) -> &DataKey {
        &self.0.key
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a column that a list filters by")]
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = demands, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Columns<'a> {
    state: &'static str,
    in_facility: bool,
    ground: &'static str,
    revision: i64,
    physician_npwz: &'a str,
    consultant_npwz: Option<String>,
    consultant_post: Option<String>,
    assigned_person: Option<String>,
    asked: Option<String>,
    wholesaler_id: Option<String>,
    pharmacy_id: Option<String>,
    resolution_number: Option<String>,
    rpwdl_number: Option<String>,
    client_reference: Option<String>,
    is_open: bool,
    is_issued: bool,
    is_examined: bool,
    is_approved: bool,
    due_at: Option<NaiveDateTime>,
    changed_at: NaiveDateTime,
    summary: serde_json::Value,
    sealed: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = demands)]
struct NewRow<'a> {
    id: String,
    space: &'a str,
    kind: &'static str,
    number: &'a str,
    entity_id: String,
    client_id: &'a str,
    created_at: NaiveDateTime,
    key_version: i32,
    wrapped_key: &'a [u8],
    #[diesel(embed)]
    columns: Columns<'a>,
}

impl<'a> Columns<'a> {
    fn of(demand: &'a Demand, key: &DataKey, content: Content) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, demand.id);
        let body = Body {
            content,
            content_version: demand.content_version,
            based_on: demand.based_on,
            taken_over: demand.taken_over.clone(),
            assessors: demand.assessors.clone(),
            paper: demand.paper.clone(),
            clarifications: demand.clarifications.clone(),
            first_issued_on: demand.first_issued_on,
            state: demand.state.clone(),
            pending: demand.pending.clone(),
            refused_steps: demand.refused_steps.clone(),
            treated: demand.treated.clone(),
        };
        let bytes = serde_json::to_vec(&body).map_err(|_| corrupt())?;
        let state = demand.state.name();
        Ok(Self {
            state: state.name(),
            in_facility: demand.content.is_in_facility(),
            ground: demand.content.ground().name(),
            revision: demand.revision,
            physician_npwz: demand.physician.as_str(),
            consultant_post: demand.state.consultant().map(|it| consultant_post(&it.npwz, it.field)),
            consultant_npwz: demand.state.consultant().map(|consultant| consultant.npwz.as_str().to_owned()),
            assigned_person: demand.state.assigned().map(|officer| officer.person.to_string()),
            asked: waiting_for(demand).map(|addressee| addressee.name().to_owned()),
            wholesaler_id: demand.state.handover().map(|handover| handover.wholesaler.id.to_string()),
            pharmacy_id: demand.state.handover().map(|handover| handover.pharmacy.id.to_string()),
            resolution_number: demand
                .state
                .resolution()
                .map(|resolution| resolution.draft.number.as_str().to_owned()),
            rpwdl_number: demand
                .content
                .entity
                .rpwdl_number
                .as_ref()
                .map(|number| number.as_str().to_owned()),
            client_reference: demand.client_reference.as_ref().map(|reference| reference.as_str().to_owned()),
            is_open: state.is_open(),
            is_issued: demand.state.issue().is_some(),
            is_examined: demand.state.examined().is_some(),
            is_approved: demand.state.approved().is_some(),
            due_at: clocks::running(demand).first().map(|clock| timestamp::column(clock.due_at)),
            changed_at: timestamp::column(demand.changed_at),
            summary: serde_json::to_value(Summary::of(demand)).map_err(|_| corrupt())?,
            sealed: key.seal(body_place(&demand.id.to_string()), &bytes)?,
        })
    }
}

/// Inserts a new demand; a second open one with the same client reference is a unique violation of
/// `demands_space_client_id_client_reference_key`.
pub fn insert(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    demand: &Demand,
    key: &DemandKey,
    new_patients: &[PatientId],
) -> Result<Vec<PatientId>, StoreError> {
    let mut content = demand.content.clone();
    let named = take_patients(&mut content);
    let row = NewRow {
        id: demand.id.to_string(),
        space: demand.space.as_str(),
        kind: demand.content.kind().name(),
        number: demand.number.as_str(),
        entity_id: demand.entity.to_string(),
        client_id: &demand.client_id,
        created_at: timestamp::column(demand.created_at),
        key_version: key.0.version,
        wrapped_key: &key.0.wrapped,
        columns: Columns::of(demand, &key.0.key, content)?,
    };
    on_backend!(tx, |conn| diesel::insert_into(demands::table).values(&row).execute(conn))?;
    insert_patients(tx, ring, demand, &key.0.key, &named, new_patients)
}

/// Saves the next revision of a demand; `None` when the stored one is not `demand.revision` any more. The content's
/// patients are written only when `content_changed`. `now` is the present of its space: what is saved may have happened before.
pub fn save(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    demand: Demand,
    loaded_key: &DataKey,
    content_changed: Option<&[PatientId]>,
    now: DateTime<Utc>,
) -> Result<Option<Demand>, StoreError> {
    let seen = demand.revision;
    let demand = Demand { revision: seen + 1, ..demand };
    let mut content = demand.content.clone();
    let named = take_patients(&mut content);
    let columns = Columns::of(&demand, loaded_key, content)?;
    let id = demand.id.to_string();
    let saved = on_backend!(tx, |conn| diesel::update(demands::table.find(&id))
        .filter(demands::revision.eq(seen))
        .set(&columns)
        .execute(conn))?;
    if saved == 0 {
        return Ok(None);
    }
    deadlines::replace(tx, &demand.space, &id, &terms_of(&demand), now)?;
    if let Some(new_patients) = content_changed {
        on_backend!(tx, |conn| diesel::delete(demand_patients::table)
            .filter(demand_patients::demand_id.eq(&id))
            .execute(conn))?;
        insert_patients(tx, ring, &demand, loaded_key, &named, new_patients)?;
    }
    Ok(Some(demand))
}

/// Writes the rows of the terms that run on a demand that was saved before there were any; `false` when it has changed
/// since it was loaded, so that whoever changed it has written them.
pub fn complete_deadlines(tx: &mut Tx<'_>, demand: &Demand, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let is_unchanged = keep_still(tx, demand)?;
    if is_unchanged {
        deadlines::replace(tx, &demand.space, &demand.id.to_string(), &terms_of(demand), now)?;
    }
    Ok(is_unchanged)
}

/// Nothing changes, but nobody else changes the demand until this transaction ends either.
pub fn hold(tx: &mut Tx<'_>, id: DemandId) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::update(demands::table.find(id.to_string()))
        .set(demands::revision.eq(demands::revision))
        .execute(conn))?;
    Ok(())
}

/// Whether the demand is as it was loaded. Nothing changes, but nobody else changes it until this transaction ends either.
pub fn keep_still(tx: &mut Tx<'_>, demand: &Demand) -> Result<bool, StoreError> {
    let kept = on_backend!(tx, |conn| diesel::update(demands::table.find(demand.id.to_string()))
        .filter(demands::revision.eq(demand.revision))
        .set(demands::revision.eq(demand.revision))
        .execute(conn))?;
    Ok(kept == 1)
}

/// The terms that run on a demand and the reminders before them, as rows.
fn terms_of(demand: &Demand) -> Vec<Deadline> {
    let row = |clock: &RunningClock, purpose: Purpose, due_at: DateTime<Utc>| Deadline {
        document_kind: demand.content.kind().name().to_owned(),
        document_id: demand.id.to_string(),
        purpose,
        kind: clock.kind.name().to_owned(),
        started_at: clock.started_at,
        due_at,
    };
    clocks::running(demand)
        .iter()
        .flat_map(|clock| {
            [row(clock, Purpose::Term, clock.due_at), row(clock, Purpose::Reminder, clock.reminder_at())]
        })
        .collect()
}

fn insert_patients(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    demand: &Demand,
    key: &DataKey,
    named: &[Patient],
    new_patients: &[PatientId],
) -> Result<Vec<PatientId>, StoreError> {
    let id = demand.id.to_string();
    if named.len() != new_patients.len() {
        return Err(StoreError::corrupt(TABLE, &id));
    }
    let named_here: Vec<_> = named.iter().collect();
    let ids = patients::identify(tx, ring, &demand.space, &named_here, new_patients, demand.changed_at)?;
    for (line, (patient, patient_id)) in named.iter().zip(&ids).enumerate() {
        let bytes = serde_json::to_vec(patient).map_err(|_| StoreError::corrupt(TABLE, &id))?;
        let sealed = key.seal(patient_place(&line_id(&id, line)), &bytes)?;
        let row = (
            demand_patients::demand_id.eq(&id),
            demand_patients::line.eq(i32::try_from(line).unwrap_or(i32::MAX)),
            demand_patients::patient_id.eq(patient_id.to_string()),
            demand_patients::sealed.eq(sealed),
        );
        on_backend!(tx, |conn| diesel::insert_into(demand_patients::table).values(row).execute(conn))?;
    }
    Ok(ids)
}

impl Loaded {
    /// How many patients the content names.
    pub fn patients_in_content(&self) -> usize {
        take_patients(&mut self.demand.content.clone()).len()
    }
}
