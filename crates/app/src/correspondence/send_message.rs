//! A party writes to others.

use super::case::{Added, Asking, CaseTarget, CaseWork, Operation};
use super::correspondent::Correspondent;
use super::hear;
use super::view::MessageView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::correspondence::{self, CaseParty, CorrespondenceEvent, NewMessage};
use domain::ids::{AttachmentId, MessageId};
use domain::values::Text;

#[derive(Clone, Debug)]
pub struct SendMessage {
    pub recipients: Vec<CaseParty>,
    pub text: Text<4000>,
    pub attachments: Vec<AttachmentId>,
}

const OPERATION: Operation =
    Operation { on_demand: "send_message", on_authorisation: "send_authorisation_message" };

impl App {
    #[tracing::instrument(name = "send_message", skip_all)]
    pub async fn send_message(
        &self,
        caller: &Caller,
        case: CaseTarget,
        asked: SendMessage,
        write: Write,
        render: Render<MessageView>,
    ) -> Result<Answer, Failure> {
        let trace_id = write.trace_id.clone();
        let asking = Asking { caller, case, operation: OPERATION, trace_id: &trace_id };
        self.add_to_case(asking, write, render, move |work| send(work, &asked)).await
    }
}

fn send(work: &mut CaseWork<'_, '_>, asked: &SendMessage) -> Result<Added<MessageView>, Failure> {
    let own = Correspondent::writing(work.sight.own.as_ref(), &work.sight.case)?;
    let (case, key) = (work.sight.case.id, work.sight.key);
    let mut attachments = Vec::with_capacity(asked.attachments.len());
    for id in &asked.attachments {
        attachments.push(store::correspondence::find_attachment(work.tx, key, case, *id, own.reader)?);
    }
    let new = NewMessage {
        id: MessageId(work.parts.entropy.id(work.now)),
        sender: own.reader,
        organisation: own.organisation,
        recipients: asked.recipients.clone(),
        text: asked.text.clone(),
        attachments,
    };
    let message = correspondence::message::send(&work.sight.case, new, work.now)?;
    store::correspondence::insert_message(work.tx, key, &message)?;
    let sent = CorrespondenceEvent::MessageSent {
        message: message.id,
        sender: message.sender.party,
        recipients: asked.recipients.clone(),
    };
    let event = hear::event(work, &sent, &message.recipients)?;
    let child = MessageView { message, read_at: None, read_by: Some(Vec::new()) };
    Ok(Added { child, events: vec![event] })
}
