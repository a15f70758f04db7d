//! From row to demand: what is sealed is opened, and what the columns repeat must agree with it.

use crate::schema::{demand_patients, demands};
use crate::sealing::{DataKey, KeyRing, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::demand::clarification::Ended;
use domain::demand::content::{Content, Patient, Patients};
use domain::demand::lifecycle::State;
use domain::demand::model::{Demand, DemandKind, PhysicianTakeover};
use domain::demand::paper::Paper;
use domain::demand::treated::TreatedList;
use domain::ids::{DemandId, OrganisationId, PatientId, SpaceId};
use domain::pending::{PendingStep, RefusedStep};
use domain::values::{ClientReference, DemandNumber, Npwz, ResolutionNumber};
use serde::{Deserialize, Serialize};

pub(super) const TABLE: &str = "demands";

/// A demand with the key that seals it and the patients it names.
pub struct Loaded {
    pub demand: Demand,
    pub key: DataKey,
    pub patients: Vec<PatientId>,
}

/// A patient of a demand by line and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatientLine {
    pub line: i32,
    pub patient: PatientId,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = demands)]
pub(super) struct DemandRow {
    pub id: String,
    space: String,
    kind: String,
    number: String,
    state: String,
    ground: String,
    revision: i64,
    entity_id: String,
    physician_npwz: String,
    client_id: String,
    client_reference: Option<String>,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    wrapped_key: Vec<u8>,
    sealed: Vec<u8>,
}

/// What the sealed column holds: the content without its patients, who are sealed apart, and the state. The content
/// is read by the kind that the row names.
#[derive(Serialize, Deserialize)]
pub(super) struct Body<C> {
    pub content: C,
    pub content_version: i32,
    pub based_on: Option<DemandId>,
    #[serde(default)]
    pub taken_over: Option<PhysicianTakeover>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessors: Vec<Npwz>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    #[serde(default)]
    pub clarifications: Vec<Ended>,
    pub first_issued_on: Option<NaiveDate>,
    pub state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingStep>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused_steps: Vec<RefusedStep>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treated: Option<TreatedList>,
}

/// The demand with this id, whoever asks; who may see it is decided by the use case.
pub fn find(tx: &mut Tx<'_>, ring: &KeyRing, id: DemandId) -> Result<Option<Loaded>, StoreError> {
    load(tx, ring, |tx| {
        Ok(on_backend!(tx, |conn| demands::table
            .find(id.to_string())
            .select(DemandRow::as_select())
            .first(conn)
            .optional())?)
    })
}

/// The demand with this number, in one space or, for the public, in any.
pub fn find_by_number(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    space: Option<&SpaceId>,
    number: &DemandNumber,
) -> Result<Option<Loaded>, StoreError> {
    load(tx, ring, |tx| {
        Ok(on_backend!(tx, |conn| demands::table
            .filter(demands::number.eq(number.as_str()))
            .filter(
                demands::space.eq(space.map_or("", SpaceId::as_str)).or(space.is_none().into_sql::<Bool>())
            )
            .select(DemandRow::as_select())
            .first(conn)
            .optional())?)
    })
}

/// The demand with this resolution number, in one space or, for the public, in any.
pub fn find_by_resolution_number(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    space: Option<&SpaceId>,
    number: &ResolutionNumber,
) -> Result<Option<Loaded>, StoreError> {
    load(tx, ring, |tx| {
        Ok(on_backend!(tx, |conn| demands::table
            .filter(demands::resolution_number.eq(number.as_str()))
            .filter(
                demands::space.eq(space.map_or("", SpaceId::as_str)).or(space.is_none().into_sql::<Bool>())
            )
            .select(DemandRow::as_select())
            .first(conn)
            .optional())?)
    })
}

/// Loads what the query finds. Under READ COMMITTED the row and its patients may be of two revisions, which looks like
/// tampering: where the revision has moved, the demand is read anew, and who saw the earlier one is told as ever.
fn load(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    query: impl Fn(&mut Tx<'_>) -> Result<Option<DemandRow>, StoreError>,
) -> Result<Option<Loaded>, StoreError> {
    let mut found = query(tx)?;
    while let Some(row) = found {
        let revision = row.revision;
        let corrupt = match row.load(tx, ring) {
            Err(corrupt @ StoreError::Corrupt { .. }) => corrupt,
            loaded => return loaded.map(Some),
        };
        found = query(tx)?;
        if found.as_ref().is_some_and(|row| row.revision == revision) {
            return Err(corrupt);
        }
    }
    Ok(None)
}

/// The patients of a demand, in the order of its content.
pub fn patients_of(tx: &mut Tx<'_>, id: DemandId) -> Result<Vec<PatientLine>, StoreError> {
    let rows: Vec<(i32, String)> = on_backend!(tx, |conn| demand_patients::table
        .filter(demand_patients::demand_id.eq(id.to_string()))
        .order(demand_patients::line)
        .select((demand_patients::line, demand_patients::patient_id))
        .load(conn))?;
    rows.into_iter()
        .map(|(line, patient)| {
            let patient = PatientId::parse(&patient).ok_or_else(|| StoreError::corrupt(TABLE, id))?;
            Ok(PatientLine { line, patient })
        })
        .collect()
}

impl DemandRow {
    fn corrupt(&self) -> StoreError {
        StoreError::corrupt(TABLE, &self.id)
    }

    fn load(self, tx: &mut Tx<'_>, ring: &KeyRing) -> Result<Loaded, StoreError> {
        let key = ring.unwrap(key_place(&self.id), &self.wrapped_key)?;
        let body = key.open(body_place(&self.id), &self.sealed)?;
        let body: Body<serde_json::Value> = serde_json::from_slice(&body).map_err(|_| self.corrupt())?;
        let kind = DemandKind::parse(&self.kind).ok_or_else(|| self.corrupt())?;
        let mut content = Content::read(kind, body.content).map_err(|_| self.corrupt())?;
        let sealed: Vec<(String, Vec<u8>)> = on_backend!(tx, |conn| demand_patients::table
            .filter(demand_patients::demand_id.eq(&self.id))
            .order(demand_patients::line)
            .select((demand_patients::patient_id, demand_patients::sealed))
            .load(conn))?;
        let mut ids = Vec::with_capacity(sealed.len());
        let mut opened = Vec::with_capacity(sealed.len());
        for (line, (patient, bytes)) in sealed.into_iter().enumerate() {
            ids.push(PatientId::parse(&patient).ok_or_else(|| self.corrupt())?);
            let bytes = key.open(patient_place(&line_id(&self.id, line)), &bytes)?;
            opened.push(serde_json::from_slice(&bytes).map_err(|_| self.corrupt())?);
        }
        put_patients(&mut content, opened).ok_or_else(|| self.corrupt())?;
        let Body {
            content_version,
            based_on,
            taken_over,
            assessors,
            paper,
            clarifications,
            first_issued_on,
            state,
            pending,
            refused_steps,
            treated,
            ..
        } = body;
        let body = Body {
            content,
            content_version,
            based_on,
            taken_over,
            assessors,
            paper,
            clarifications,
            first_issued_on,
            state,
            pending,
            refused_steps,
            treated,
        };
        let demand = self.into_demand(body)?;
        Ok(Loaded { demand, key, patients: ids })
    }

    fn into_demand(self, body: Body<Content>) -> Result<Demand, StoreError> {
        if body.state.name().name() != self.state || body.content.ground().name() != self.ground {
            return Err(self.corrupt());
        }
        let corrupt = || StoreError::corrupt(TABLE, &self.id);
        Ok(Demand {
            id: DemandId::parse(&self.id).ok_or_else(corrupt)?,
            number: DemandNumber::parse(&self.number).map_err(|_| corrupt())?,
            space: SpaceId::parse(&self.space).ok_or_else(corrupt)?,
            entity: OrganisationId::parse(&self.entity_id).ok_or_else(corrupt)?,
            physician: Npwz::parse(&self.physician_npwz).map_err(|_| corrupt())?,
            client_reference: match &self.client_reference {
                Some(reference) => Some(ClientReference::parse(reference).map_err(|_| corrupt())?),
                None => None,
            },
            client_id: self.client_id.clone(),
            based_on: body.based_on,
            taken_over: body.taken_over,
            assessors: body.assessors,
            paper: body.paper,
            clarifications: body.clarifications,
            revision: self.revision,
            content_version: body.content_version,
            content: body.content,
            first_issued_on: body.first_issued_on,
            created_at: timestamp::instant(self.created_at),
            changed_at: timestamp::instant(self.changed_at),
            state: body.state,
            pending: body.pending,
            refused_steps: body.refused_steps,
            treated: body.treated,
        })
    }
}

pub(super) fn key_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "wrapped_key", id)
}

pub(super) fn body_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "sealed", id)
}

pub(super) fn patient_place(line_id: &str) -> Place<'_> {
    Place::new("demand_patients", "sealed", line_id)
}

pub(super) fn line_id(id: &str, line: usize) -> String {
    format!("{id} {line}")
}

/// Takes the patients out of the content, so that each can be sealed apart.
pub(super) fn take_patients(content: &mut Content) -> Vec<Patient> {
    match &mut content.patients {
        Some(Patients::Named { patient }) => vec![std::mem::take(patient)],
        Some(Patients::List { patients }) => {
            patients.iter_mut().map(|listed| std::mem::take(&mut listed.patient)).collect()
        }
        Some(Patients::AdHoc { .. }) | None => Vec::new(),
    }
}

/// Puts them back; `None` when there are more or fewer than the content has places for.
fn put_patients(content: &mut Content, patients: Vec<Patient>) -> Option<()> {
    let mut patients = patients.into_iter();
    match &mut content.patients {
        Some(Patients::Named { patient }) => *patient = patients.next()?,
        Some(Patients::List { patients: listed }) => {
            for place in listed {
                place.patient = patients.next()?;
            }
        }
        Some(Patients::AdHoc { .. }) | None => {}
    }
    patients.next().is_none().then_some(())
}
