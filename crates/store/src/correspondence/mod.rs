//! Messages and attachments of a case, who reads them, and what was read.

mod attachments;
pub(crate) mod case;
mod marks;
mod messages;
mod readers;
mod uploads;

pub use attachments::{count_attachments, find_attachment, insert_attachment, list_attachments, list_files};
pub use marks::{ReadMark, Whose, insert_mark, list_marks, own_marks};
pub use messages::{count_unread, find_message, insert_message, list_messages};
pub use uploads::{
    claim_upload, forget_upload, give_up_upload, give_up_uploads, insert_upload, list_given_up,
};

use crate::{StoreError, Tx};
use domain::correspondence::{CaseId, Reader};

/// The ids of all messages and attachments of the case that this reader sees.
pub fn readable(tx: &mut Tx<'_>, case: CaseId, reader: Reader) -> Result<Vec<String>, StoreError> {
    let messages = messages::readable_messages(tx, case, reader)?;
    Ok([messages, attachments::readable_attachments(tx, case, reader)?].concat())
}
