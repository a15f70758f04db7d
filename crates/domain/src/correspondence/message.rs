//! Messages between the parties, and that they were read.

use super::attachment::Attachment;
use super::case::{Case, CaseId};
use super::party::{CaseParty, Reader};
use super::refusals::OWN_MESSAGE;
use super::rules::{self, Address};
use crate::decision::admit;
use crate::ids::{AttachmentId, MessageId, OrganisationId};
use crate::problem::Violation;
use crate::values::Text;
use chrono::{DateTime, Utc};

/// The longest text of a message.
pub const LONGEST: usize = 4000;
/// The most attachments that one message names.
pub const MOST_ATTACHMENTS: usize = 10;

/// A message as it was sent; it never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub id: MessageId,
    pub case: CaseId,
    pub sent_at: DateTime<Utc>,
    pub sender: Reader,
    /// Absent where a patient wrote.
    pub organisation: Option<OrganisationId>,
    pub recipients: Vec<Reader>,
    pub text: Text<LONGEST>,
    pub attachments: Vec<AttachmentId>,
}

/// What somebody wants to send.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub id: MessageId,
    pub sender: Reader,
    pub organisation: Option<OrganisationId>,
    pub recipients: Vec<CaseParty>,
    pub text: Text<LONGEST>,
    /// Each as the sender finds it; `None` for one that they do not find.
    pub attachments: Vec<Option<Attachment>>,
}

/// Sends a message to those whom it names.
pub fn send(case: &Case, new: NewMessage, now: DateTime<Utc>) -> Result<Message, Vec<Violation>> {
    let NewMessage { id, sender, organisation, recipients, text, attachments } = new;
    let address = Address::of_message(case, sender, &recipients);
    let readers = address.readers();
    let faults = [rules::address_faults(&address), rules::enclosure_faults(&readers, &attachments)];
    admit(faults.concat())?;
    let attachments = attachments.into_iter().flatten().map(|it| it.id).collect();
    Ok(Message {
        id,
        case: case.id,
        sent_at: now,
        sender,
        organisation,
        recipients: readers,
        text,
        attachments,
    })
}

impl Message {
    pub fn is_seen_by(&self, reader: Reader) -> bool {
        self.sender.includes(reader) || self.recipients.iter().any(|it| it.includes(reader))
    }
}

/// That somebody has read a message, which only those do to whom it was sent.
pub fn read(message: &Message, reader: Reader) -> Result<(), Vec<Violation>> {
    if message.sender.includes(reader) { Err(vec![Violation::whole(OWN_MESSAGE)]) } else { Ok(()) }
}
