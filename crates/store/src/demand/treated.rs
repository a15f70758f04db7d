//! The lines of a list of treated patients: each a sealed record of its own, which never changes.

use crate::schema::treated_patients;
use crate::sealing::{DataKey, KeyRing, Place};
use crate::{StoreError, Tx, on_backend, patients, timestamp};
use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;
use domain::demand::treated::{TakenBack, TreatedPatient};
use domain::ids::{DemandId, PatientId, SpaceId};

const TABLE: &str = "treated_patients";

/// A line with whom it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatedLine {
    pub patient: PatientId,
    pub line: TreatedPatient,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = treated_patients)]
struct Row {
    id: String,
    patient_id: String,
    sealed: Vec<u8>,
    taken_back_at: Option<NaiveDateTime>,
    taken_back: Option<Vec<u8>>,
}

fn line_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "sealed", id)
}

fn taken_back_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "taken_back", id)
}

/// Adds lines to the list of a demand; `new_ids` has one for each, in case the space does not know the patient yet.
/// Who the patients are, in the order of the lines.
pub fn insert_treated(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    key: &DataKey,
    (space, demand): (&SpaceId, DemandId),
    lines: &[TreatedPatient],
    new_ids: &[PatientId],
) -> Result<Vec<PatientId>, StoreError> {
    let (Some(first), true) = (lines.first(), lines.len() == new_ids.len()) else {
        return if lines.is_empty() { Ok(Vec::new()) } else { Err(StoreError::corrupt(TABLE, demand)) };
    };
    let named: Vec<_> = lines.iter().map(|line| &line.patient).collect();
    let ids = patients::identify(tx, ring, space, &named, new_ids, first.recorded_at)?;
    let last: Option<i32> = on_backend!(tx, |conn| treated_patients::table
        .filter(treated_patients::demand_id.eq(demand.to_string()))
        .select(max(treated_patients::line))
        .first(conn))?;
    for ((line, patient), ordinal) in lines.iter().zip(&ids).zip(last.unwrap_or_default().saturating_add(1)..)
    {
        let id = line.id.to_string();
        let bytes = serde_json::to_vec(line).map_err(|_| StoreError::corrupt(TABLE, &id))?;
        let row = (
            treated_patients::id.eq(&id),
            treated_patients::demand_id.eq(demand.to_string()),
            treated_patients::patient_id.eq(patient.to_string()),
            treated_patients::recorded_at.eq(timestamp::column(line.recorded_at)),
            treated_patients::sealed.eq(key.seal(line_place(&id), &bytes)?),
            treated_patients::line.eq(ordinal),
        );
        on_backend!(tx, |conn| diesel::insert_into(treated_patients::table).values(row).execute(conn))?;
    }
    Ok(ids)
}

/// Every line of the list in the order in which they were reported, those taken back too.
pub fn list_treated(
    tx: &mut Tx<'_>,
    key: &DataKey,
    demand: DemandId,
) -> Result<Vec<TreatedLine>, StoreError> {
    let rows: Vec<Row> = on_backend!(tx, |conn| treated_patients::table
        .filter(treated_patients::demand_id.eq(demand.to_string()))
        .order((treated_patients::line, treated_patients::id))
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(|row| row.open(key)).collect()
}

/// Whom the lines that stand are about.
pub fn treated_by(tx: &mut Tx<'_>, demand: DemandId) -> Result<Vec<PatientId>, StoreError> {
    let standing = treated_patients::table
        .filter(treated_patients::demand_id.eq(demand.to_string()))
        .filter(treated_patients::taken_back_at.is_null())
        .select(treated_patients::patient_id)
        .distinct();
    let ids: Vec<String> = on_backend!(tx, |conn| standing.load(conn))?;
    ids.iter().map(|id| PatientId::parse(id).ok_or_else(|| StoreError::corrupt(TABLE, id))).collect()
}

/// Whether a line that stands is about this patient.
pub fn is_treated(tx: &mut Tx<'_>, demand: DemandId, patient: PatientId) -> Result<bool, StoreError> {
    let of_patient = treated_patients::table
        .filter(treated_patients::demand_id.eq(demand.to_string()))
        .filter(treated_patients::patient_id.eq(patient.to_string()))
        .filter(treated_patients::taken_back_at.is_null());
    let lines: i64 = on_backend!(tx, |conn| of_patient.count().get_result(conn))?;
    Ok(lines > 0)
}

/// Puts beside a line that it was taken back; `false` when that was done meanwhile.
pub fn take_back_treated(
    tx: &mut Tx<'_>,
    key: &DataKey,
    demand: DemandId,
    line: &TreatedPatient,
) -> Result<bool, StoreError> {
    let id = line.id.to_string();
    let corrupt = || StoreError::corrupt(TABLE, &id);
    let taken_back = line.taken_back.as_ref().ok_or_else(corrupt)?;
    let bytes = serde_json::to_vec(taken_back).map_err(|_| corrupt())?;
    let sealed = key.seal(taken_back_place(&id), &bytes)?;
    let changed = on_backend!(tx, |conn| diesel::update(treated_patients::table.find(&id))
        .filter(treated_patients::demand_id.eq(demand.to_string()))
        .filter(treated_patients::taken_back_at.is_null())
        .set((
            treated_patients::taken_back_at.eq(timestamp::column(taken_back.at)),
            treated_patients::taken_back.eq(sealed)
        ))
        .execute(conn))?;
    Ok(changed == 1)
}

impl Row {
    /// What the columns repeat must agree with what is sealed.
    fn open(self, key: &DataKey) -> Result<TreatedLine, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &self.id);
        let bytes = key.open(line_place(&self.id), &self.sealed)?;
        let mut line: TreatedPatient = serde_json::from_slice(&bytes).map_err(|_| corrupt())?;
        line.taken_back = match &self.taken_back {
            Some(sealed) => {
                let bytes = key.open(taken_back_place(&self.id), sealed)?;
                Some(serde_json::from_slice::<TakenBack>(&bytes).map_err(|_| corrupt())?)
            }
            None => None,
        };
        let at = line.taken_back.as_ref().map(|taken_back| timestamp::column(taken_back.at));
        if line.id.to_string() != self.id || at != self.taken_back_at {
            return Err(corrupt());
        }
        Ok(TreatedLine { patient: PatientId::parse(&self.patient_id).ok_or_else(corrupt)?, line })
    }
}
