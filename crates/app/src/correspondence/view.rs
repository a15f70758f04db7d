//! A message as one correspondent is shown it.

use super::case::OfCase;
use super::correspondent::Correspondent;
use chrono::{DateTime, Utc};
use domain::correspondence::{CaseId, Message};
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

impl OfCase for MessageView {
    fn case(&self) -> CaseId {
        self.message.case
    }
}

/// The messages with their marks, in the order given.
pub(super) fn shown(
    tx: &mut Tx<'_>,
    to: &Correspondent,
    messages: Vec<Message>,
) -> Result<Vec<MessageView>, StoreError> {
    let is_own = |message: &Message| message.sender.includes(to.reader);
    let ids = |of_own: bool| {
        let some = messages.iter().filter(move |message| is_own(message) == of_own);
        some.map(|message| message.id).collect::<Vec<_>>()
    };
    let of_others = correspondence::list_marks(tx, &ids(true))?;
    let own = correspondence::own_marks(tx, &ids(false), &to.whose)?;
    let view = |message: Message| {
        let marks = of_others.iter().filter(|mark| mark.message == message.id);
        MessageView {
            read_at: own.get(&message.id).copied(),
            read_by: is_own(&message).then(|| marks.cloned().collect()),
            message,
        }
    };
    Ok(messages.into_iter().map(view).collect())
}
