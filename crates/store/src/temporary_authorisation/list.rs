//! Lists: one page by key, built from typed columns; nothing sealed is opened.

use super::row::TABLE;
use crate::deadlines::free_terms;
use crate::pending_steps::received_by;
use crate::schema::{temporary_authorisation_grants as grants, temporary_authorisations as rows};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::{AuthorisationId, OrganisationId, SpaceId};
use domain::pending::PendingStep;
use domain::temporary_authorisation::Authorisation;
use domain::temporary_authorisation::content::Purpose;
use domain::temporary_authorisation::model::Period;
use domain::values::{Quantity, Text};
use serde::{Deserialize, Serialize};

/// What a list shows of a notification besides its columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    pub purpose: Purpose,
    pub wholesaler_name: Option<String>,
    pub trade_name: Option<String>,
    pub international_name: Option<String>,
    pub form: Option<String>,
    pub strength: Option<String>,
    pub quantity: Option<Quantity>,
    /// Additions counted.
    pub approved_quantity: Option<Quantity>,
    pub period: Option<Period>,
    /// A signature that awaits validation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingStep>,
}

impl Summary {
    pub(super) fn of(authorisation: &Authorisation) -> Self {
        fn said<const MAX: usize>(text: Option<&Text<MAX>>) -> Option<String> {
            text.map(|text| text.as_str().to_owned())
        }
        let content = &authorisation.content;
        let consented = authorisation.state.consented();
        Self {
            purpose: content.purpose,
            wholesaler_name: said(content.wholesaler.name.as_ref()),
            trade_name: said(content.product.trade_name.as_ref()),
            international_name: said(content.product.international_name.as_ref()),
            form: said(content.product.form.as_ref()),
            strength: said(content.product.strength.as_ref()),
            quantity: content.quantity,
            approved_quantity: consented
                .and_then(domain::temporary_authorisation::lifecycle::Consented::quantity),
            period: consented.map(|consented| consented.terms.period),
            pending: authorisation.pending.clone(),
        }
    }
}

/// One notification of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorisationLine {
    pub id: AuthorisationId,
    pub number: String,
    pub state: String,
    pub revision: i64,
    pub wholesaler: OrganisationId,
    pub adds_to: Option<AuthorisationId>,
    pub resolution_number: Option<String>,
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub summary: Summary,
}

/// What the listed notifications have in common. Each is one clause; all must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    State(&'static str),
    ClientReference {
        client_id: String,
        reference: String,
    },
    OfWholesaler(OrganisationId),
    AddsTo(AuthorisationId),
    /// Signed by the responsible person.
    Submitted,
    /// Co-signed, and so of the ministry's concern; or with a signature that has awaited validation since then, so that an
    /// officer may end the wait.
    OfMinistry {
        waiting_since: DateTime<Utc>,
    },
    Consented,
    /// A question of the minister waits for this role.
    Asked(&'static str),
    /// Retrieved by this pharmacy.
    GrantedTo(OrganisationId),
    /// Still able to move.
    Open,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = rows)]
struct LineRow {
    id: String,
    number: String,
    state: String,
    revision: i64,
    wholesaler_id: String,
    adds_to: Option<String>,
    resolution_number: Option<String>,
    client_reference: Option<String>,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    summary: serde_json::Value,
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
                Condition::ClientReference { client_id, reference } => query
                    .filter(rows::client_id.eq(client_id.as_str()))
                    .filter(rows::client_reference.eq(reference.as_str())),
                Condition::OfWholesaler(id) => query.filter(rows::wholesaler_id.eq(id.to_string())),
                Condition::AddsTo(id) => query.filter(rows::adds_to.eq(id.to_string())),
                Condition::Submitted => query.filter(rows::is_submitted.eq(true)),
                Condition::OfMinistry { waiting_since } => query.filter(
                    rows::is_examined
                        .eq(true)
                        .or(rows::id.eq_any(received_by(timestamp::column(*waiting_since)))),
                ),
                Condition::Consented => query.filter(rows::is_consented.eq(true)),
                Condition::Asked(role) => query.filter(rows::asked.eq(*role)),
                Condition::GrantedTo(id) => {
                    let granted = grants::table
                        .filter(grants::organisation_id.eq(id.to_string()))
                        .select(grants::authorisation_id);
                    query.filter(rows::id.eq_any(granted))
                }
                Condition::Open => query.filter(rows::is_open),
            };
        }
        query.load::<LineRow>($conn)
    }};
}

/// Up to `limit` notifications, the newest first, older than `after`.
pub fn list(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    conditions: &[Condition],
    after: Option<AuthorisationId>,
    limit: i64,
) -> Result<Vec<AuthorisationLine>, StoreError> {
    let found = match tx {
        Tx::Postgres(conn) => page!(*conn, diesel::pg::Pg, space, conditions, after, limit),
        Tx::Sqlite(conn) => page!(*conn, diesel::sqlite::Sqlite, space, conditions, after, limit),
    }?;
    found.into_iter().map(AuthorisationLine::try_from).collect()
}

/// Up to `limit` notifications of which a term had run out by then, which is the space's present, and is not applied yet,
/// the longest overdue first.
pub fn list_due(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    by: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<AuthorisationId>, StoreError> {
    let found: Vec<String> = on_backend!(tx, |conn| rows::table
        .filter(rows::space.eq(space.as_str()))
        .filter(rows::due_at.le(timestamp::column(by)))
        .filter(rows::id.eq_any(free_terms(space.as_str(), timestamp::column(by))))
        .order(rows::due_at)
        .limit(limit)
        .select(rows::id)
        .load(conn))?;
    found
        .into_iter()
        .map(|id| AuthorisationId::parse(&id).ok_or_else(|| StoreError::corrupt(TABLE, id)))
        .collect()
}

impl TryFrom<LineRow> for AuthorisationLine {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &row.id);
        Ok(Self {
            id: AuthorisationId::parse(&row.id).ok_or_else(corrupt)?,
            wholesaler: OrganisationId::parse(&row.wholesaler_id).ok_or_else(corrupt)?,
            adds_to: match &row.adds_to {
                Some(base) => Some(AuthorisationId::parse(base).ok_or_else(corrupt)?),
                None => None,
            },
            summary: serde_json::from_value(row.summary.clone()).map_err(|_| corrupt())?,
            number: row.number,
            state: row.state,
            revision: row.revision,
            resolution_number: row.resolution_number,
            client_reference: row.client_reference,
            created_at: timestamp::instant(row.created_at),
            changed_at: timestamp::instant(row.changed_at),
        })
    }
}
