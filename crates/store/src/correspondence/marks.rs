//! Read marks: who has read a message first when. The first time counts.

use crate::schema::message_reads;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::correspondence::CaseParty;
use domain::ids::{MessageId, OrganisationId};
use std::collections::BTreeMap;

const TABLE: &str = "message_reads";

/// The person who reads, or the organisation whose software does without one: never a patient's identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose(pub String);

/// That somebody has read a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMark {
    pub message: MessageId,
    pub party: CaseParty,
    /// Absent where a patient read.
    pub organisation: Option<OrganisationId>,
    pub read_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = message_reads)]
struct Row {
    message_id: String,
    party: String,
    organisation_id: Option<String>,
    read_at: NaiveDateTime,
}

/// Notes the mark; `false` when there is an earlier one, which stays.
pub fn insert_mark(tx: &mut Tx<'_>, whose: &Whose, mark: &ReadMark) -> Result<bool, StoreError> {
    let row = (
        message_reads::message_id.eq(mark.message.to_string()),
        message_reads::reader.eq(&whose.0),
        message_reads::party.eq(mark.party.name()),
        message_reads::organisation_id.eq(mark.organisation.map(|id| id.to_string())),
        message_reads::read_at.eq(timestamp::column(mark.read_at)),
    );
    let inserted = on_backend!(tx, |conn| diesel::insert_into(message_reads::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(inserted == 1)
}

/// When this person has read which of these messages.
pub fn own_marks(
    tx: &mut Tx<'_>,
    messages: &[MessageId],
    whose: &Whose,
) -> Result<BTreeMap<MessageId, DateTime<Utc>>, StoreError> {
    let ids: Vec<String> = messages.iter().map(ToString::to_string).collect();
    let rows: Vec<Row> = on_backend!(tx, |conn| message_reads::table
        .filter(message_reads::message_id.eq_any(&ids))
        .filter(message_reads::reader.eq(&whose.0))
        .select(Row::as_select())
        .load(conn))?;
    let marks = rows.into_iter().map(|row| ReadMark::try_from(row).map(|mark| (mark.message, mark.read_at)));
    marks.collect()
}

/// Every mark on these messages, the first reader of each first.
pub fn list_marks(tx: &mut Tx<'_>, messages: &[MessageId]) -> Result<Vec<ReadMark>, StoreError> {
    let ids: Vec<String> = messages.iter().map(ToString::to_string).collect();
    let rows: Vec<Row> = on_backend!(tx, |conn| message_reads::table
        .filter(message_reads::message_id.eq_any(&ids))
        .order((message_reads::read_at, message_reads::reader))
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(ReadMark::try_from).collect()
}

/// The messages that this person has read.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn marked_by(whose: &Whose) -> _ {
    let reader: String = whose.0.clone();
    message_reads::table.filter(message_reads::reader.eq(reader)).select(message_reads::message_id)
}

impl TryFrom<Row> for ReadMark {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &row.message_id);
        let organisation =
            row.organisation_id.as_deref().map(|id| OrganisationId::parse(id).ok_or_else(corrupt));
        Ok(Self {
            message: MessageId::parse(&row.message_id).ok_or_else(corrupt)?,
            party: CaseParty::parse(&row.party).ok_or_else(corrupt)?,
            organisation: organisation.transpose()?,
            read_at: timestamp::instant(row.read_at),
        })
    }
}
