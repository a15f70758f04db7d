//! Lists: one page by key, built from typed columns; nothing sealed is opened.

use super::row::TABLE;
use crate::schema::device_orders as rows;
use crate::{StoreError, Tx, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::device_order::DeviceOrder;
use domain::device_order::issue::ordered_months;
use domain::device_order::lifecycle::PeriodState;
use domain::device_order::model::{ByLicence, Months};
use domain::ids::{DeviceOrderId, OrganisationId, PatientId, SpaceId};
use domain::values::DeviceCode;
use serde::{Deserialize, Serialize};

/// What a list shows of an order besides its columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// What is ordered, each code once.
    pub codes: Vec<DeviceCode>,
    pub months: Option<Months>,
    /// How many of its months, or of its one supply, are free.
    pub available: u32,
}

impl Summary {
    pub(super) fn of(order: &DeviceOrder) -> Self {
        let mut codes: Vec<DeviceCode> = order.content.items().into_iter().map(|item| item.code).collect();
        codes.dedup();
        let free = order.state.confirmed().map_or(0, |confirmed| {
            confirmed.periods.states().filter(|state| *state == PeriodState::Available).count()
        });
        Self {
            codes,
            months: ordered_months(&order.content),
            available: u32::try_from(free).unwrap_or(u32::MAX),
        }
    }
}

/// One order of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceOrderLine {
    pub id: DeviceOrderId,
    pub number: Option<String>,
    pub state: String,
    pub revision: i64,
    pub content_version: i32,
    pub entity: OrganisationId,
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// When time changes it next.
    pub due_at: Option<DateTime<Utc>>,
    pub summary: Summary,
}

/// What the listed orders have in common. Each is one clause; all must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    State(&'static str),
    Number(String),
    ClientReference {
        client_id: String,
        reference: String,
    },
    /// Of these prescribers of the entity: a number stands for one person within a profession only.
    OfPrescribers {
        prescribers: Vec<ByLicence>,
        entity: OrganisationId,
    },
    /// Signed once: no draft.
    Registered,
    Patient(PatientId),
    /// Still able to move.
    Open,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = rows)]
struct LineRow {
    id: String,
    number: Option<String>,
    state: String,
    revision: i64,
    content_version: i32,
    entity_id: String,
    client_reference: Option<String>,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    due_at: Option<NaiveDateTime>,
    summary: serde_json::Value,
}

/// Profession and number: each register gives numbers of its own.
pub(crate) fn prescriber_key(prescriber: &ByLicence) -> String {
    format!("{}:{}", prescriber.profession.name(), prescriber.licence_number.as_str())
}

macro_rules! page {
    ($conn:expr, $backend:ty, $space:expr, $conditions:expr, $after:expr, $limit:expr) => {{
        let mut query = rows::table
            .filter(rows::space.eq($space.as_str()))
            .select(LineRow::as_select())
            .order(rows::id.desc())
            .limit($limit)
            .into_boxed::<$backend>();
        if let Some(after) = $after {
            query = query.filter(rows::id.lt(after.to_string()));
        }
        for condition in $conditions {
            query = match condition {
                Condition::State(state) => query.filter(rows::state.eq(*state)),
                Condition::Number(number) => query.filter(rows::number.eq(number.as_str())),
                Condition::ClientReference { client_id, reference } => query
                    .filter(rows::client_id.eq(client_id.as_str()))
                    .filter(rows::client_reference.eq(reference.as_str())),
                Condition::OfPrescribers { prescribers, entity } => {
                    let keys: Vec<String> = prescribers.iter().map(prescriber_key).collect();
                    let licences: Vec<&str> =
                        prescribers.iter().map(|it| it.licence_number.as_str()).collect();
                    // What was drafted before the profession was kept has the number alone.
                    let is_older = rows::prescriber.is_null().and(rows::prescriber_licence.eq_any(licences));
                    query
                        .filter(rows::entity_id.eq(entity.to_string()))
                        .filter(rows::prescriber.eq_any(keys).or(is_older))
                }
                Condition::Registered => query.filter(rows::is_registered.eq(true)),
                Condition::Patient(patient) => query.filter(rows::patient_id.eq(patient.to_string())),
                Condition::Open => query.filter(rows::is_open),
            };
        }
        query.load::<LineRow>($conn)
    }};
}

/// Up to `limit` orders, the newest first, older than `after`.
pub fn list(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    conditions: &[Condition],
    after: Option<DeviceOrderId>,
    limit: i64,
) -> Result<Vec<DeviceOrderLine>, StoreError> {
    let found = match tx {
        Tx::Postgres(conn) => page!(*conn, diesel::pg::Pg, space, conditions, after, limit),
        Tx::Sqlite(conn) => page!(*conn, diesel::sqlite::Sqlite, space, conditions, after, limit),
    }?;
    found.into_iter().map(DeviceOrderLine::try_from).collect()
}

impl TryFrom<LineRow> for DeviceOrderLine {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &row.id);
        Ok(Self {
            id: DeviceOrderId::parse(&row.id).ok_or_else(corrupt)?,
            entity: OrganisationId::parse(&row.entity_id).ok_or_else(corrupt)?,
            summary: serde_json::from_value(row.summary.clone()).map_err(|_| corrupt())?,
            number: row.number,
            state: row.state,
            revision: row.revision,
            content_version: row.content_version,
            client_reference: row.client_reference,
            created_at: timestamp::instant(row.created_at),
            changed_at: timestamp::instant(row.changed_at),
            due_at: row.due_at.map(timestamp::instant),
        })
    }
}
