//! From notification to row: insert once, save only what nobody changed in between.

use super::list::Summary;
use super::row::{Body, TABLE, body_place, key_place};
use crate::deadlines::{self, Deadline, Purpose};
use crate::schema::temporary_authorisations as rows;
use crate::sealing::{DataKey, KeyRing, NewKey};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::clarification;
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::clocks;
use domain::temporary_authorisation::{Authorisation, KIND};

/// The key that seals a notification, as the ring wraps it.
pub struct AuthorisationKey(NewKey);

impl AuthorisationKey {
    /// A new random key for a new notification.
    pub fn new(ring: &KeyRing, id: &str) -> Result<Self, StoreError> {
        NewKey::new(ring, key_place(id)).map(Self)
    }

    /// The key itself, with which the notification is sealed and read.
    pub fn data_key(&self) -> &DataKey {
        &self.0.key
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a column that a list filters by")]
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = rows, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Columns<'a> {
    state: &'a str,
    revision: i64,
    assigned_person: Option<String>,
    /// The role that a question of the minister waits for.
    asked: Option<String>,
    resolution_number: Option<String>,
    client_reference: Option<String>,
    is_open: bool,
    is_submitted: bool,
    is_examined: bool,
    is_consented: bool,
    due_at: Option<NaiveDateTime>,
    changed_at: NaiveDateTime,
    summary: serde_json::Value,
    sealed: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = rows)]
struct NewRow<'a> {
    id: String,
    space: &'a str,
    number: &'a str,
    wholesaler_id: String,
    adds_to: Option<String>,
    client_id: &'a str,
    created_at: NaiveDateTime,
    key_version: i32,
    wrapped_key: &'a [u8],
    #[diesel(embed)]
    columns: Columns<'a>,
}

impl<'a> Columns<'a> {
    fn of(authorisation: &'a Authorisation, key: &DataKey) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, authorisation.id);
        let body = Body {
            content: authorisation.content.clone(),
            content_version: authorisation.content_version,
            paper: authorisation.paper.clone(),
            clarifications: authorisation.clarifications.clone(),
            state: authorisation.state.clone(),
            pending: authorisation.pending.clone(),
            refused_steps: authorisation.refused_steps.clone(),
        };
        let bytes = serde_json::to_vec(&body).map_err(|_| corrupt())?;
        let state = &authorisation.state;
        Ok(Self {
            state: state.name().name(),
            revision: authorisation.revision,
            assigned_person: state.assigned().map(|officer| officer.person.to_string()),
            asked: clarification::waiting_for(authorisation).map(|addressee| addressee.name().to_owned()),
            resolution_number: state
                .resolution()
                .map(|resolution| resolution.draft.number.as_str().to_owned()),
            client_reference: authorisation
                .client_reference
                .as_ref()
                .map(|reference| reference.as_str().to_owned()),
            is_open: state.name().is_open(),
            is_submitted: state.issue().is_some(),
            is_examined: state.examined().is_some(),
            is_consented: state.consented().is_some(),
            due_at: clocks::running(state).map(|clock| timestamp::column(clock.due_at)),
            changed_at: timestamp::column(authorisation.changed_at),
            summary: serde_json::to_value(Summary::of(authorisation)).map_err(|_| corrupt())?,
            sealed: key.seal(body_place(&authorisation.id.to_string()), &bytes)?,
        })
    }
}

/// Inserts a new notification; a second open one with the same client reference is a unique violation of
/// [`super::REFERENCE_KEY`].
pub fn insert(
    tx: &mut Tx<'_>,
    authorisation: &Authorisation,
    key: &AuthorisationKey,
) -> Result<(), StoreError> {
    let row = NewRow {
        id: authorisation.id.to_string(),
        space: authorisation.space.as_str(),
        number: authorisation.number.as_str(),
        wholesaler_id: authorisation.wholesaler.to_string(),
        adds_to: authorisation.adds_to.map(|base| base.to_string()),
        client_id: &authorisation.client_id,
        created_at: timestamp::column(authorisation.created_at),
        key_version: key.0.version,
        wrapped_key: &key.0.wrapped,
        columns: Columns::of(authorisation, &key.0.key)?,
    };
    on_backend!(tx, |conn| diesel::insert_into(rows::table).values(&row).execute(conn))?;
    Ok(())
}

/// Saves the next revision; `None` when the stored one is not `authorisation.revision` any more. `now` is the present of its
/// space: what is saved may have happened before.
pub fn save(
    tx: &mut Tx<'_>,
    authorisation: Authorisation,
    key: &DataKey,
    now: DateTime<Utc>,
) -> Result<Option<Authorisation>, StoreError> {
    let seen = authorisation.revision;
    let authorisation = Authorisation { revision: seen + 1, ..authorisation };
    let columns = Columns::of(&authorisation, key)?;
    let id = authorisation.id.to_string();
    let saved = on_backend!(tx, |conn| diesel::update(rows::table.find(&id))
        .filter(rows::revision.eq(seen))
        .set(&columns)
        .execute(conn))?;
    if saved == 0 {
        return Ok(None);
    }
    let terms = terms_of(&authorisation);
    deadlines::replace(tx, &authorisation.space, &id, &terms, now)?;
    Ok(Some(authorisation))
}

/// The end of the term that runs and the reminder before it, as rows.
fn terms_of(authorisation: &Authorisation) -> Vec<Deadline> {
    let Some(clock) = clocks::running(&authorisation.state) else { return Vec::new() };
    let row = |purpose, due_at| Deadline {
        document_kind: KIND.to_owned(),
        document_id: authorisation.id.to_string(),
        purpose,
        kind: clock.kind.name().to_owned(),
        started_at: clock.started_at,
        due_at,
    };
    vec![row(Purpose::Term, clock.due_at), row(Purpose::Reminder, clock.reminder_at())]
}

/// Nothing changes, but nobody else changes the notification until this transaction ends either.
pub fn hold(tx: &mut Tx<'_>, id: AuthorisationId) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::update(rows::table.find(id.to_string()))
        .set(rows::revision.eq(rows::revision))
        .execute(conn))?;
    Ok(())
}
