//! A party writes to others.

use super::super::access::Named;
use super::super::child::{Added, Addition, ChildWork};
use super::view::MessageView;
use super::{Correspondent, hear, only_patient};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::demand::correspondence::{self, CaseParty, CorrespondenceEvent, NewMessage};
use domain::ids::{AttachmentId, MessageId};
use domain::values::Text;

#[derive(Clone, Debug)]
pub struct SendMessage {
    pub recipients: Vec<CaseParty>,
    pub text: Text<4000>,
    pub attachments: Vec<AttachmentId>,
}

impl App {
    #[tracing::instrument(name = "send_message", skip_all)]
    pub async fn send_message(
        &self,
        caller: &Caller,
        demand: Named,
        asked: SendMessage,
        write: Write,
        render: Render<MessageView>,
    ) -> Result<Answer, Failure> {
        let addition = Addition { operation: "send_message", demand, write, render };
        self.add_child(caller, addition, move |work| send(work, &asked)).await
    }
}

fn send(work: &mut ChildWork<'_, '_>, asked: &SendMessage) -> Result<Added<MessageView>, Failure> {
    let seen = work.seen;
    let own = Correspondent::writing(work.caller, work.relation, seen)?;
    let (demand, key) = (&seen.loaded.demand, &seen.loaded.key);
    let mut attachments = Vec::with_capacity(asked.attachments.len());
    for id in &asked.attachments {
        attachments.push(store::correspondence::find_attachment(work.tx, key, demand.id, *id, own.reader)?);
    }
    let new = NewMessage {
        id: MessageId(work.parts.entropy.id(work.now)),
        sender: own.reader,
        organisation: own.organisation,
        recipients: asked.recipients.clone(),
        text: asked.text.clone(),
        attachments,
    };
    let message = correspondence::message::send(demand, only_patient(seen), new, work.now)?;
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
