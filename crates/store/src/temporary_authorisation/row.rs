//! From row to notification: what is sealed is opened, and what the columns repeat must agree with it.

use crate::schema::temporary_authorisations as rows;
use crate::sealing::{DataKey, KeyRing, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::ids::{AuthorisationId, OrganisationId, SpaceId};
use domain::pending::{PendingStep, RefusedStep};
use domain::temporary_authorisation::clarification::Ended;
use domain::temporary_authorisation::paper::Paper;
use domain::temporary_authorisation::{Authorisation, Content, State, StateName};
use domain::values::{AuthorisationNumber, ClientReference, ResolutionNumber};
use serde::{Deserialize, Serialize};

pub(super) const TABLE: &str = "temporary_authorisations";

/// A notification with the key that seals it.
pub struct Loaded {
    pub authorisation: Authorisation,
    pub key: DataKey,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = rows)]
struct Row {
    id: String,
    space: String,
    number: String,
    state: String,
    revision: i64,
    wholesaler_id: String,
    adds_to: Option<String>,
    client_id: String,
    client_reference: Option<String>,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    wrapped_key: Vec<u8>,
    sealed: Vec<u8>,
}

/// What the sealed column holds.
#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    pub content: Content,
    pub content_version: i32,
    /// Only of what came on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clarifications: Vec<Ended>,
    pub state: State,
    /// Absent in what was saved before there were such steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingStep>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused_steps: Vec<RefusedStep>,
}

/// The notification with this id, whoever asks; who may see it is decided by the use case.
pub fn find(tx: &mut Tx<'_>, ring: &KeyRing, id: AuthorisationId) -> Result<Option<Loaded>, StoreError> {
    let found: Option<Row> = on_backend!(tx, |conn| rows::table
        .find(id.to_string())
        .select(Row::as_select())
        .first(conn)
        .optional())?;
    found.map(|row| row.load(ring)).transpose()
}

/// The notification with this number, in one space or, for the public, in any.
pub fn find_by_number(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    space: Option<&SpaceId>,
    number: &AuthorisationNumber,
) -> Result<Option<Loaded>, StoreError> {
    let found: Option<Row> = on_backend!(tx, |conn| rows::table
        .filter(rows::number.eq(number.as_str()))
        .filter(rows::space.eq(space.map_or("", SpaceId::as_str)).or(space.is_none().into_sql::<Bool>()))
        .select(Row::as_select())
        .first(conn)
        .optional())?;
    found.map(|row| row.load(ring)).transpose()
}

/// The notification with this resolution number, in any space.
pub fn find_by_resolution_number(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    number: &ResolutionNumber,
) -> Result<Option<Loaded>, StoreError> {
    let found: Option<Row> = on_backend!(tx, |conn| rows::table
        .filter(rows::resolution_number.eq(number.as_str()))
        .select(Row::as_select())
        .first(conn)
        .optional())?;
    found.map(|row| row.load(ring)).transpose()
}

/// The additions whose consent is in force beside this one.
pub fn additions_in_force(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    id: AuthorisationId,
) -> Result<Vec<Loaded>, StoreError> {
    let found: Vec<Row> = on_backend!(tx, |conn| rows::table
        .filter(rows::adds_to.eq(id.to_string()))
        .filter(rows::state.eq(StateName::Consented.name()))
        .order(rows::id)
        .select(Row::as_select())
        .load(conn))?;
    found.into_iter().map(|row| row.load(ring)).collect()
}

impl Row {
    fn load(self, ring: &KeyRing) -> Result<Loaded, StoreError> {
        let key = ring.unwrap(key_place(&self.id), &self.wrapped_key)?;
        let body = key.open(body_place(&self.id), &self.sealed)?;
        let corrupt = || StoreError::corrupt(TABLE, &self.id);
        let body: Body = serde_json::from_slice(&body).map_err(|_| corrupt())?;
        if body.state.name().name() != self.state {
            return Err(corrupt());
        }
        let authorisation = Authorisation {
            id: AuthorisationId::parse(&self.id).ok_or_else(corrupt)?,
            number: AuthorisationNumber::parse(&self.number).map_err(|_| corrupt())?,
            space: SpaceId::parse(&self.space).ok_or_else(corrupt)?,
            wholesaler: OrganisationId::parse(&self.wholesaler_id).ok_or_else(corrupt)?,
            client_reference: match &self.client_reference {
                Some(reference) => Some(ClientReference::parse(reference).map_err(|_| corrupt())?),
                None => None,
            },
            client_id: self.client_id.clone(),
            adds_to: match &self.adds_to {
                Some(base) => Some(AuthorisationId::parse(base).ok_or_else(corrupt)?),
                None => None,
            },
            revision: self.revision,
            content_version: body.content_version,
            content: body.content,
            created_at: timestamp::instant(self.created_at),
            changed_at: timestamp::instant(self.changed_at),
            paper: body.paper,
            clarifications: body.clarifications,
            state: body.state,
            pending: body.pending,
            refused_steps: body.refused_steps,
        };
        Ok(Loaded { authorisation, key })
    }
}

pub(super) fn key_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "wrapped_key", id)
}

pub(super) fn body_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "sealed", id)
}
