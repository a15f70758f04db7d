//! Attachments: what is said of a file; its bytes stand in the attachment store.

use super::readers::{self, Share};
use crate::schema::attachments;
use crate::sealing::{DataKey, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::demand::correspondence::{Attachment, MediaType, Reader};
use domain::ids::{AttachmentId, DemandId, OrganisationId};
use domain::values::Text;
use serde::{Deserialize, Serialize};

const TABLE: &str = "attachments";
/// Ids are hexadecimal, so that each comes before it.
const NEWEST: &str = "g";

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments)]
struct Row {
    id: String,
    demand_id: String,
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
    let row = (
        attachments::id.eq(&id),
        attachments::demand_id.eq(attachment.demand.to_string()),
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
pub fn count_attachments(tx: &mut Tx<'_>, demand: DemandId) -> Result<i64, StoreError> {
    Ok(on_backend!(tx, |conn| attachments::table
        .filter(attachments::demand_id.eq(demand.to_string()))
        .count()
        .get_result(conn))?)
}

/// The attachment of this demand, if the reader sees it.
pub fn find_attachment(
    tx: &mut Tx<'_>,
    key: &DataKey,
    demand: DemandId,
    id: AttachmentId,
    reader: Reader,
) -> Result<Option<Attachment>, StoreError> {
    let row: Option<Row> = on_backend!(tx, |conn| attachments::table
        .find(id.to_string())
        .filter(attachments::demand_id.eq(demand.to_string()))
        .filter(attachments::id.eq_any(readers::of(reader, Share::All)))
        .select(Row::as_select())
        .first(conn)
        .optional())?;
    row.map(|row| row.open(key, reader)).transpose()
}

/// Up to `limit` attachments of the demand that this reader sees, the newest first, older than `after`.
pub fn list_attachments(
    tx: &mut Tx<'_>,
    key: &DataKey,
    demand: DemandId,
    reader: Reader,
    after: Option<AttachmentId>,
    limit: i64,
) -> Result<Vec<Attachment>, StoreError> {
    let before = after.map_or_else(|| NEWEST.to_owned(), |id| id.to_string());
    let rows: Vec<Row> = on_backend!(tx, |conn| attachments::table
        .filter(attachments::demand_id.eq(demand.to_string()))
        .filter(attachments::id.lt(&before))
        .filter(attachments::id.eq_any(readers::of(reader, Share::All)))
        .order(attachments::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(|row| row.open(key, reader)).collect()
}

impl Row {
    /// What the columns beside it let this reader find, the sealed body must let them see too.
    fn open(self, key: &DataKey, reader: Reader) -> Result<Attachment, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &self.id);
        let bytes = key.open(place(&self.id), &self.sealed)?;
        let body: Body = serde_json::from_slice(&bytes).map_err(|_| corrupt())?;
        let organisation =
            self.organisation_id.as_deref().map(|id| OrganisationId::parse(id).ok_or_else(corrupt));
        let attachment = Attachment {
            id: AttachmentId::parse(&self.id).ok_or_else(corrupt)?,
            demand: DemandId::parse(&self.demand_id).ok_or_else(corrupt)?,
            added_at: timestamp::instant(self.added_at),
            organisation: organisation.transpose()?,
            sender: body.sender,
            recipients: body.recipients,
            title: body.title,
            media_type: MediaType::parse(&self.media_type).ok_or_else(corrupt)?,
            size: u64::try_from(self.size).map_err(|_| corrupt())?,
            sha256: body.sha256,
        };
        if attachment.is_seen_by(reader) { Ok(attachment) } else { Err(corrupt()) }
    }
}
