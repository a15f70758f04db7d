//! Somebody says that they have read a message; the first time counts.

use super::case::{Added, Asking, CaseTarget, CaseWork, Operation};
use super::hear;
use super::view::MessageView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::correspondence::{self, CorrespondenceEvent};
use domain::ids::MessageId;
use store::correspondence::ReadMark;

const OPERATION: Operation =
    Operation { on_demand: "mark_message_read", on_authorisation: "mark_authorisation_message_read" };

impl App {
    #[tracing::instrument(name = "mark_message_read", skip_all)]
    pub async fn mark_message_read(
        &self,
        caller: &Caller,
        case: CaseTarget,
        message: MessageId,
        write: Write,
        render: Render<MessageView>,
    ) -> Result<Answer, Failure> {
        let trace_id = write.trace_id.clone();
        let asking = Asking { caller, case, operation: OPERATION, trace_id: &trace_id };
        self.add_to_case(asking, write, render, move |work| mark(work, message)).await
    }
}

fn mark(work: &mut CaseWork<'_, '_>, id: MessageId) -> Result<Added<MessageView>, Failure> {
    let own = work.sight.own.clone().ok_or(Failure::NotFound)?;
    let case = work.sight.case.id;
    let found = store::correspondence::find_message(work.tx, work.sight.key, case, id, own.reader)?;
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
