//! A message as one correspondent is shown it.

use super::Correspondent;
use chrono::{DateTime, Utc};
use domain::demand::correspondence::Message;
use store::correspondence::{self, ReadMark};
use store::{StoreError, Tx};

#[derive(Clone, Debug, PartialEq)]
pub struct MessageView {
    pub message: Message,
    /// When this person has read it; nothing where their own party sent it.
    pub read_at: Option<DateTime<Utc>>,
    /// Who has read it, for the party that sent it.
    pub read_by: Option<Vec<ReadMark>>,
}

/// The messages with their marks, in the order given.
pub(super) fn shown(
    tx: &mut Tx<'_>,
    to: &Correspondent,
    messages: Vec<Message>,
) -> Result<Vec<MessageView>, StoreError> {
    let is_own = |message: &Message| message.sender.includes(to.reader);
    let sent: Vec<_> = messages.iter().filter(|it| is_own(it)).map(|it| it.id).collect();
    let marks = correspondence::list_marks(tx, &sent)?;
    let view = |message: Message| {
        if is_own(&message) {
            let of_it = marks.iter().filter(|mark| mark.message == message.id).cloned().collect();
            return Ok(MessageView { message, read_at: None, read_by: Some(of_it) });
        }
        let read_at = correspondence::find_mark(tx, message.id, &to.whose)?;
        Ok(MessageView { message, read_at, read_by: None })
    };
    messages.into_iter().map(view).collect()
}
