//! Messages: the text and who reads it are sealed under the document's key.

use super::case;
use super::marks::{Whose, marked_by};
use super::readers::{self, Share};
use crate::schema::messages;
use crate::sealing::{DataKey, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::correspondence::{CaseId, Message, Reader};
use domain::ids::{AttachmentId, MessageId, OrganisationId};
use domain::values::Text;
use serde::{Deserialize, Serialize};

const TABLE: &str = "messages";
/// Ids are hexadecimal, so that each comes before it.
const NEWEST: &str = "g";

#[derive(Queryable, Selectable)]
#[diesel(table_name = messages)]
struct Row {
    id: String,
    demand_id: Option<String>,
    authorisation_id: Option<String>,
    sent_at: NaiveDateTime,
    organisation_id: Option<String>,
    sealed: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct Body {
    sender: Reader,
    recipients: Vec<Reader>,
    text: Text<4000>,
    attachments: Vec<AttachmentId>,
}

fn place(id: &str) -> Place<'_> {
    Place::new(TABLE, "sealed", id)
}

pub fn insert_message(tx: &mut Tx<'_>, key: &DataKey, message: &Message) -> Result<(), StoreError> {
    let id = message.id.to_string();
    let body = Body {
        sender: message.sender,
        recipients: message.recipients.clone(),
        text: message.text.clone(),
        attachments: message.attachments.clone(),
    };
    let bytes = serde_json::to_vec(&body).map_err(|_| StoreError::corrupt(TABLE, &id))?;
    let (demand, authorisation) = case::columns(message.case);
    let row = (
        messages::id.eq(&id),
        messages::demand_id.eq(demand),
        messages::authorisation_id.eq(authorisation),
        messages::sent_at.eq(timestamp::column(message.sent_at)),
        messages::organisation_id.eq(message.organisation.map(|id| id.to_string())),
        messages::sealed.eq(key.seal(place(&id), &bytes)?),
    );
    on_backend!(tx, |conn| diesel::insert_into(messages::table).values(row).execute(conn))?;
    readers::insert(tx, &id, message.sender, &message.recipients)
}

/// The message of this case, if the reader sees it.
pub fn find_message(
    tx: &mut Tx<'_>,
    key: &DataKey,
    case: CaseId,
    id: MessageId,
    reader: Reader,
) -> Result<Option<Message>, StoreError> {
    let row: Option<Row> = on_backend!(tx, |conn| messages::table
        .find(id.to_string())
        .filter(of(case))
        .filter(messages::id.eq_any(readers::of(reader, Share::All)))
        .select(Row::as_select())
        .first(conn)
        .optional())?;
    row.map(|row| row.open(key, reader)).transpose()
}

/// Up to `limit` messages of the case that this reader sees, the newest first, older than `after`; with `unread_of`
/// only those received that this person has not read.
pub fn list_messages(
    tx: &mut Tx<'_>,
    key: &DataKey,
    case: CaseId,
    reader: Reader,
    unread_of: Option<&Whose>,
    after: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let before = after.map_or_else(|| NEWEST.to_owned(), |id| id.to_string());
    let rows: Vec<Row> = on_backend!(tx, |conn| {
        let mut query = messages::table
            .filter(of(case))
            .filter(messages::id.lt(&before))
            .filter(messages::id.eq_any(readers::of(reader, Share::All)))
            .order(messages::id.desc())
            .limit(limit)
            .select(Row::as_select())
            .into_boxed();
        if let Some(whose) = unread_of {
            query = query
                .filter(messages::id.eq_any(readers::of(reader, Share::Received)))
                .filter(messages::id.ne_all(marked_by(whose)));
        }
        query.load(conn)
    })?;
    rows.into_iter().map(|row| row.open(key, reader)).collect()
}

/// The messages of the case that this reader sees, by id; nothing is opened.
pub(super) fn readable_messages(
    tx: &mut Tx<'_>,
    case: CaseId,
    reader: Reader,
) -> Result<Vec<String>, StoreError> {
    Ok(on_backend!(tx, |conn| messages::table
        .filter(of(case))
        .filter(messages::id.eq_any(readers::of(reader, Share::All)))
        .select(messages::id)
        .load(conn))?)
}

/// How many messages this person received and has not read.
pub fn count_unread(tx: &mut Tx<'_>, case: CaseId, reader: Reader, whose: &Whose) -> Result<i64, StoreError> {
    Ok(on_backend!(tx, |conn| messages::table
        .filter(of(case))
        .filter(messages::id.eq_any(readers::of(reader, Share::Received)))
        .filter(messages::id.ne_all(marked_by(whose)))
        .count()
        .get_result(conn))?)
}

/// Those of this case.
#[diesel::dsl::auto_type(no_type_alias)]
fn of(case: CaseId) -> _ {
    let (demand, authorisation): (Option<String>, Option<String>) = case::columns(case);
    messages::demand_id
        .eq(demand)
        .assume_not_null()
        .or(messages::authorisation_id.eq(authorisation).assume_not_null())
}

impl Row {
    /// What the columns beside it let this reader find, the sealed body must let them see too.
    fn open(self, key: &DataKey, reader: Reader) -> Result<Message, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &self.id);
        let bytes = key.open(place(&self.id), &self.sealed)?;
        let body: Body = serde_json::from_slice(&bytes).map_err(|_| corrupt())?;
        let organisation =
            self.organisation_id.as_deref().map(|id| OrganisationId::parse(id).ok_or_else(corrupt));
        let message = Message {
            id: MessageId::parse(&self.id).ok_or_else(corrupt)?,
            case: case::read((self.demand_id.as_deref(), self.authorisation_id.as_deref()))
                .ok_or_else(corrupt)?,
            sent_at: timestamp::instant(self.sent_at),
            organisation: organisation.transpose()?,
            sender: body.sender,
            recipients: body.recipients,
            text: body.text,
            attachments: body.attachments,
        };
        if message.is_seen_by(reader) { Ok(message) } else { Err(corrupt()) }
    }
}
