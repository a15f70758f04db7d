//! Somebody says that they have read a message; the first time counts.

use super::super::access::Named;
use super::super::child::{Added, Addition, ChildWork};
use super::view::MessageView;
use super::{Correspondent, hear};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::demand::correspondence::{self, CorrespondenceEvent};
use domain::ids::MessageId;
use store::correspondence::ReadMark;

impl App {
    #[tracing::instrument(name = "mark_message_read", skip_all)]
    pub async fn mark_message_read(
        &self,
        caller: &Caller,
        demand: Named,
        message: MessageId,
        write: Write,
        render: Render<MessageView>,
    ) -> Result<Answer, Failure> {
        let addition = Addition { operation: "mark_message_read", demand, write, render };
        self.add_child(caller, addition, move |work| mark(work, message)).await
    }
}

fn mark(work: &mut ChildWork<'_, '_>, id: MessageId) -> Result<Added<MessageView>, Failure> {
    let loaded = &work.seen.loaded;
    let own = Correspondent::reading(work.caller, work.relation, work.seen).ok_or(Failure::NotFound)?;
    let found = store::correspondence::find_message(work.tx, &loaded.key, loaded.demand.id, id, own.reader)?;
    let message = found.ok_or(Failure::NotFound)?;
    correspondence::message::read(&message, own.reader)?;
    let party = own.reader.party;
    let mark = ReadMark { message: id, party, organisation: own.organisation, read_at: work.now };
    let is_first = store::correspondence::insert_mark(work.tx, &own.whose, &mark)?;
    let read_at = store::correspondence::own_marks(work.tx, &[id], &own.whose)?.get(&id).copied();
    let events = if is_first {
        let read = CorrespondenceEvent::MessageRead { message: id, reader: party };
        vec![hear::event(work, &read, &[message.sender])?]
    } else {
        Vec::new()
    };
    Ok(Added { child: MessageView { message, read_at, read_by: None }, events })
}
