//! Attachments: what is said of a file; its bytes stand in the attachment store.

use super::case;
use super::readers::{self, Share};
use crate::schema::attachments;
use crate::sealing::{DataKey, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::correspondence::{Attachment, CaseId, MediaType, Reader};
use domain::ids::{AttachmentId, AuthorisationId, OrganisationId};
use domain::values::Text;
use serde::{Deserialize, Serialize};

const TABLE: &str = "attachments";
/// Ids are hexadecimal, so that each comes before it.
const NEWEST: &str = "g";

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments)]
struct Row {
    id: String,
    demand_id: Option<String>,
    authorisation_id: Option<String>,
    added_at: NaiveDateTime,
    organisation_id: Option<String>,
    media_type: String,
    size: i64,
    sealed: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct Body {
    sender: Reader,
    recipients: Vec<Reader>,
    title: Text<200>,
    sha256: [u8; 32],
}

fn place(id: &str) -> Place<'_> {
    Place::new(TABLE, "sealed", id)
}

pub fn insert_attachment(tx: &mut Tx<'_>, key: &DataKey, attachment: &Attachment) -> Result<(), StoreError> {
    let id = attachment.id.to_string();
    let corrupt = || StoreError::corrupt(TABLE, &id);
    let body = Body {
        sender: attachment.sender,
        recipients: attachment.recipients.clone(),
        title: attachment.title.clone(),
        sha256: attachment.sha256,
    };
    let bytes = serde_json::to_vec(&body).map_err(|_| corrupt())?;
    let (demand, authorisation) = case::columns(attachment.case);
    let row = (
        attachments::id.eq(&id),
        attachments::demand_id.eq(demand),
        attachments::authorisation_id.eq(authorisation),
        attachments::added_at.eq(timestamp::column(attachment.added_at)),
        attachments::organisation_id.eq(attachment.organisation.map(|id| id.to_string())),
        attachments::media_type.eq(attachment.media_type.name()),
        attachments::size.eq(i64::try_from(attachment.size).map_err(|_| corrupt())?),
        attachments::sealed.eq(key.seal(place(&id), &bytes)?),
    );
    on_backend!(tx, |conn| diesel::insert_into(attachments::table).values(row).execute(conn))?;
    readers::insert(tx, &id, attachment.sender, &attachment.recipients)
}

/// How many files the case has.
pub fn count_attachments(tx: &mut Tx<'_>, case: CaseId) -> Result<i64, StoreError> {
    Ok(on_backend!(tx, |conn| attachments::table.filter(of(case)).count().get_result(conn))?)
}

/// The attachment of this case, if the reader sees it.
pub fn find_attachment(
    tx: &mut Tx<'_>,
    key: &DataKey,
    case: CaseId,
    id: AttachmentId,
    reader: Reader,
) -> Result<Option<Attachment>, StoreError> {
    let row: Option<Row> = on_backend!(tx, |conn| attachments::table
        .find(id.to_string())
        .filter(of(case))
        .filter(attachments::id.eq_any(readers::of(reader, Share::All)))
        .select(Row::as_select())
        .first(conn)
        .optional())?;
    row.map(|row| row.open_for(key, reader)).transpose()
}

/// The attachments of the case that this reader sees, by id; nothing is opened.
pub(super) fn readable_attachments(
    tx: &mut Tx<'_>,
    case: CaseId,
    reader: Reader,
) -> Result<Vec<String>, StoreError> {
    Ok(on_backend!(tx, |conn| attachments::table
        .filter(of(case))
        .filter(attachments::id.eq_any(readers::of(reader, Share::All)))
        .select(attachments::id)
        .load(conn))?)
}

/// Up to `limit` attachments of the case that this reader sees, the newest first, older than `after`.
pub fn list_attachments(
    tx: &mut Tx<'_>,
    key: &DataKey,
    case: CaseId,
    reader: Reader,
    after: Option<AttachmentId>,
    limit: i64,
) -> Result<Vec<Attachment>, StoreError> {
    let before = after.map_or_else(|| NEWEST.to_owned(), |id| id.to_string());
    let rows: Vec<Row> = on_backend!(tx, |conn| attachments::table
        .filter(of(case))
        .filter(attachments::id.lt(&before))
        .filter(attachments::id.eq_any(readers::of(reader, Share::All)))
        .order(attachments::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(|row| row.open_for(key, reader)).collect()
}

/// Every file of a notification, whoever reads it, the oldest first.
pub fn list_files(
    tx: &mut Tx<'_>,
    key: &DataKey,
    authorisation: AuthorisationId,
) -> Result<Vec<Attachment>, StoreError> {
    let rows: Vec<Row> = on_backend!(tx, |conn| attachments::table
        .filter(of(CaseId::Authorisation(authorisation)))
        .order(attachments::id)
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(|row| row.open(key)).collect()
}

/// Those of this case.
#[diesel::dsl::auto_type(no_type_alias)]
fn of(case: CaseId) -> _ {
    let (demand, authorisation): (Option<String>, Option<String>) = case::columns(case);
    attachments::demand_id
        .eq(demand)
        .assume_not_null()
        .or(attachments::authorisation_id.eq(authorisation).assume_not_null())
}

impl Row {
    fn open(self, key: &DataKey) -> Result<Attachment, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &self.id);
        let bytes = key.open(place(&self.id), &self.sealed)?;
        let body: Body = serde_json::from_slice(&bytes).map_err(|_| corrupt())?;
        let organisation =
            self.organisation_id.as_deref().map(|id| OrganisationId::parse(id).ok_or_else(corrupt));
        let attachment = Attachment {
            id: AttachmentId::parse(&self.id).ok_or_else(corrupt)?,
            case: case::read((self.demand_id.as_deref(), self.authorisation_id.as_deref()))
                .ok_or_else(corrupt)?,
            added_at: timestamp::instant(self.added_at),
            organisation: organisation.transpose()?,
            sender: body.sender,
            recipients: body.recipients,
            title: body.title,
            media_type: MediaType::parse(&self.media_type).ok_or_else(corrupt)?,
            size: u64::try_from(self.size).map_err(|_| corrupt())?,
            sha256: body.sha256,
        };
        Ok(attachment)
    }

    /// What the columns beside it let this reader find, the sealed body must let them see too.
    fn open_for(self, key: &DataKey, reader: Reader) -> Result<Attachment, StoreError> {
        let attachment = self.open(key)?;
        if attachment.is_seen_by(reader) {
            Ok(attachment)
        } else {
            Err(StoreError::corrupt(TABLE, attachment.id))
        }
    }
}
