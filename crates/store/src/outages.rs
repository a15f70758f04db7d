//! Recorded outages, and the terms that they hold.

use crate::schema::outages;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::{OutageId, SpaceId};
use domain::outage::{Grace, Outage};
use domain::values::Text;

const TABLE: &str = "outages";

/// An outage as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOutage {
    pub outage: Outage,
    pub revision: i64,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = outages, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    id: String,
    space: String,
    revision: i64,
    begins_at: NaiveDateTime,
    ends_at: Option<NaiveDateTime>,
    reason: String,
    grace_days: Option<i32>,
    holds_after: NaiveDateTime,
    holds_through: Option<NaiveDateTime>,
    holds_until: Option<NaiveDateTime>,
    recorded_at: NaiveDateTime,
    released_at: Option<NaiveDateTime>,
}

impl Row {
    fn of(outage: &Outage, revision: i64) -> Self {
        let column = |at: Option<DateTime<Utc>>| at.map(timestamp::column);
        Self {
            id: outage.id.to_string(),
            space: outage.space.as_str().to_owned(),
            revision,
            begins_at: timestamp::column(outage.from),
            ends_at: column(outage.until),
            reason: outage.reason.as_str().to_owned(),
            grace_days: match outage.grace {
                Grace::Days(days) => Some(i32::try_from(days).unwrap_or(i32::MAX)),
                Grace::UntilReleased => None,
            },
            holds_after: timestamp::column(outage.holds_after),
            holds_through: column(outage.holds_through()),
            holds_until: column(outage.holds_until()),
            recorded_at: timestamp::column(outage.recorded_at),
            released_at: column(outage.released_at),
        }
    }
}

impl TryFrom<Row> for StoredOutage {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &row.id);
        let instant = |at: Option<NaiveDateTime>| at.map(timestamp::instant);
        let grace = match row.grace_days {
            Some(days) => Grace::Days(u32::try_from(days).map_err(|_| corrupt())?),
            None => Grace::UntilReleased,
        };
        let outage = Outage {
            id: OutageId::parse(&row.id).ok_or_else(corrupt)?,
            space: SpaceId::parse(&row.space).ok_or_else(corrupt)?,
            from: timestamp::instant(row.begins_at),
            until: instant(row.ends_at),
            reason: Text::parse(&row.reason).map_err(|_| corrupt())?,
            grace,
            holds_after: timestamp::instant(row.holds_after),
            recorded_at: timestamp::instant(row.recorded_at),
            released_at: instant(row.released_at),
        };
        Ok(Self { outage, revision: row.revision })
    }
}

/// Lets one transaction after the other write outages, since what one holds depends on the others. Nobody who reads them
/// waits.
pub fn take_turns(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    match tx {
        Tx::Postgres(connection) => {
            diesel::sql_query("LOCK TABLE outages IN SHARE ROW EXCLUSIVE MODE").execute(*connection)?;
        }
        // It has one writer.
        Tx::Sqlite(_) => {}
    }
    Ok(())
}

/// Inserts a new outage.
pub fn insert(tx: &mut Tx<'_>, outage: &Outage) -> Result<(), StoreError> {
    let row = Row::of(outage, 1);
    on_backend!(tx, |conn| diesel::insert_into(outages::table).values(&row).execute(conn))?;
    Ok(())
}

/// Saves the next revision; `None` when the stored one is not `seen` any more.
pub fn save(tx: &mut Tx<'_>, outage: &Outage, seen: i64) -> Result<Option<i64>, StoreError> {
    let row = Row::of(outage, seen + 1);
    let saved = on_backend!(tx, |conn| diesel::update(outages::table.find(&row.id))
        .filter(outages::revision.eq(seen))
        .set(&row)
        .execute(conn))?;
    Ok((saved == 1).then_some(seen + 1))
}

/// An outage of the space.
pub fn find(tx: &mut Tx<'_>, space: &SpaceId, id: OutageId) -> Result<Option<StoredOutage>, StoreError> {
    let row: Option<Row> = on_backend!(tx, |conn| outages::table
        .find(id.to_string())
        .filter(outages::space.eq(space.as_str()))
        .select(Row::as_select())
        .first(conn)
        .optional())?;
    row.map(StoredOutage::try_from).transpose()
}

/// All outages of the space by their beginning. They are few: what cannot be used is rare, or nobody uses it.
pub fn all(tx: &mut Tx<'_>, space: &SpaceId) -> Result<Vec<Outage>, StoreError> {
    Ok(all_stored(tx, space)?.into_iter().map(|stored| stored.outage).collect())
}

/// The same with their revisions, for whoever saves some of them.
pub fn all_stored(tx: &mut Tx<'_>, space: &SpaceId) -> Result<Vec<StoredOutage>, StoreError> {
    let rows: Vec<Row> = on_backend!(tx, |conn| outages::table
        .filter(outages::space.eq(space.as_str()))
        .order(outages::begins_at)
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(StoredOutage::try_from).collect()
}

/// Up to `limit` outages, the last recorded first, older than `after`.
pub fn list(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    after: Option<OutageId>,
    limit: i64,
) -> Result<Vec<StoredOutage>, StoreError> {
    // Ids are version 7: they grow with time.
    let before = after.map_or_else(|| "g".to_owned(), |id| id.to_string());
    let rows: Vec<Row> = on_backend!(tx, |conn| outages::table
        .filter(outages::space.eq(space.as_str()))
        .filter(outages::id.lt(&before))
        .order(outages::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(StoredOutage::try_from).collect()
}
