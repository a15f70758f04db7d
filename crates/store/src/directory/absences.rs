//! Days on which consultants are away.

use super::find_consultant;
use crate::schema::{consultant_absences, consultants};
use crate::{StoreError, Tx, on_backend};
use chrono::NaiveDate;
use diesel::prelude::*;
use domain::consultant::Absence;
use domain::demand::model::Consultant;
use domain::ids::{AbsenceId, PersonId, SpaceId};
use domain::values::{FieldOfMedicine, Npwz};

const TABLE: &str = "consultant_absences";

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = consultant_absences, treat_none_as_default_value = false)]
struct Row {
    id: String,
    person_id: String,
    field: String,
    first_day: NaiveDate,
    last_day: NaiveDate,
    substitute_id: Option<String>,
    is_ended: bool,
}

impl Row {
    fn of(absence: &Absence) -> Self {
        Self {
            id: absence.id.to_string(),
            person_id: absence.consultant.to_string(),
            field: absence.field.as_str().to_owned(),
            first_day: absence.first_day,
            last_day: absence.last_day,
            substitute_id: absence.substitute.map(|id| id.to_string()),
            is_ended: absence.is_ended,
        }
    }
}

impl TryFrom<Row> for Absence {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &row.id);
        let person = |id: &String| PersonId::parse(id).ok_or_else(corrupt);
        Ok(Self {
            id: AbsenceId::parse(&row.id).ok_or_else(corrupt)?,
            consultant: person(&row.person_id)?,
            field: FieldOfMedicine::parse(&row.field).map_err(|_| corrupt())?,
            first_day: row.first_day,
            last_day: row.last_day,
            substitute: row.substitute_id.as_ref().map(person).transpose()?,
            is_ended: row.is_ended,
        })
    }
}

/// Inserts a new absence.
pub fn insert_absence(tx: &mut Tx<'_>, space: &SpaceId, absence: &Absence) -> Result<(), StoreError> {
    let row = (Row::of(absence), consultant_absences::space.eq(space.as_str()));
    on_backend!(tx, |conn| diesel::insert_into(consultant_absences::table).values(row).execute(conn))?;
    Ok(())
}

/// Ends it; `false` when somebody else has.
pub fn end_absence(tx: &mut Tx<'_>, id: AbsenceId) -> Result<bool, StoreError> {
    let ended = on_backend!(tx, |conn| diesel::update(consultant_absences::table.find(id.to_string()))
        .filter(consultant_absences::is_ended.eq(false))
        .set(consultant_absences::is_ended.eq(true))
        .execute(conn))?;
    Ok(ended == 1)
}

/// An absence of this consultant.
pub fn find_absence(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    consultant: PersonId,
    id: AbsenceId,
) -> Result<Option<Absence>, StoreError> {
    let row: Option<Row> = on_backend!(tx, |conn| consultant_absences::table
        .find(id.to_string())
        .filter(consultant_absences::space.eq(space.as_str()))
        .filter(consultant_absences::person_id.eq(consultant.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional())?;
    row.map(Absence::try_from).transpose()
}

/// What lasts on that day or is still ahead, of these consultants, by its first day.
pub fn absences_of(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    consultants: &[PersonId],
    today: NaiveDate,
) -> Result<Vec<Absence>, StoreError> {
    let ids: Vec<String> = consultants.iter().map(PersonId::to_string).collect();
    let rows: Vec<Row> = on_backend!(tx, |conn| consultant_absences::table
        .filter(consultant_absences::space.eq(space.as_str()))
        .filter(consultant_absences::person_id.eq_any(&ids))
        .filter(consultant_absences::is_ended.eq(false))
        .filter(consultant_absences::last_day.ge(today))
        .order((consultant_absences::first_day, consultant_absences::id))
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(Absence::try_from).collect()
}

/// The absence that counts on that day: of several the one that was entered last.
fn counting(
    all: &[Absence],
    consultant: PersonId,
    field: FieldOfMedicine,
    today: NaiveDate,
) -> Option<&Absence> {
    let of_post = all.iter().filter(|it| it.consultant == consultant && it.field == field);
    of_post.filter(|it| it.covers(today)).max_by_key(|it| it.id)
}

/// Who answers for a consultant on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answering {
    Themselves,
    /// They are away, and this one may answer too.
    Substitute(Box<Consultant>),
    /// They are away, and nobody is in their place.
    Nobody,
}

/// Who answers for the consultant in this field on that day; a substitute who is no active consultant any more is none.
pub fn answering(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    consultant: &Consultant,
    today: NaiveDate,
) -> Result<Answering, StoreError> {
    let all = absences_of(tx, space, &[consultant.person], today)?;
    let Some(absence) = counting(&all, consultant.person, consultant.field, today) else {
        return Ok(Answering::Themselves);
    };
    let Some(person) = absence.substitute else { return Ok(Answering::Nobody) };
    let substitute = find_consultant(tx, space, person, Some(consultant.field.as_str()))?;
    Ok(substitute.map_or(Answering::Nobody, |found| Answering::Substitute(Box::new(found))))
}

/// The post of somebody who is away, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substituted {
    pub by: PersonId,
    pub npwz: Npwz,
    pub field: FieldOfMedicine,
}

/// The posts for which these consultants answer on that day.
pub fn substituted_by(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    substitutes: &[PersonId],
    today: NaiveDate,
) -> Result<Vec<Substituted>, StoreError> {
    let ids: Vec<String> = substitutes.iter().map(PersonId::to_string).collect();
    let posts = consultant_absences::person_id
        .eq(consultants::person_id)
        .and(consultant_absences::field.eq(consultants::field));
    let rows: Vec<(Row, String)> = on_backend!(tx, |conn| consultant_absences::table
        .inner_join(consultants::table.on(posts))
        .filter(consultant_absences::space.eq(space.as_str()))
        .filter(consultant_absences::substitute_id.eq_any(&ids))
        .filter(consultant_absences::is_ended.eq(false))
        .filter(consultant_absences::first_day.le(today))
        .filter(consultant_absences::last_day.ge(today))
        .select((Row::as_select(), consultants::npwz))
        .load(conn))?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut covering = Vec::with_capacity(rows.len());
    for (row, npwz) in rows {
        covering.push((Absence::try_from(row)?, npwz));
    }
    let away: Vec<PersonId> = covering.iter().map(|(absence, _)| absence.consultant).collect();
    let all = absences_of(tx, space, &away, today)?;
    covering.retain(|(absence, _)| {
        counting(&all, absence.consultant, absence.field, today).is_some_and(|counts| counts.id == absence.id)
    });
    let found = covering.into_iter().filter_map(|(absence, npwz)| {
        let corrupt = |_| StoreError::corrupt("consultants", absence.consultant);
        let by = absence.substitute?;
        Some(Npwz::parse(&npwz).map_err(corrupt).map(|npwz| Substituted { by, npwz, field: absence.field }))
    });
    found.collect()
}
