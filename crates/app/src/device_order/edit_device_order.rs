//! The prescriber, or their assistant, replaces the content of a draft.

use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::device_order::{Command, Content, issue};
use domain::values::ClientReference;

#[derive(Clone, Debug)]
pub struct EditDeviceOrder {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
}

impl App {
    #[tracing::instrument(name = "edit_device_order", skip_all)]
    pub async fn edit_device_order(
        &self,
        caller: &Caller,
        target: OrderTarget,
        asked: EditDeviceOrder,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change { edits: true, ..Change::of(Command::Edit, "edit_device_order") };
        let reference = asked.client_reference.clone();
        let edited = self.change_order(caller, change, target, write, render, move |work, found| {
            let mut decided = issue::edit(found, asked.content.clone(), work.now)?;
            decided.document.client_reference.clone_from(&asked.client_reference);
            Ok(decided)
        });
        let edited = edited.await;
        self.named_if_order_taken(caller, reference, edited).await
    }
}
