//! The issuer, or an assistant, replaces the content of a draft.

use super::view::RepairOrderView;
use super::write::{Change, RepairTarget};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::device_repair_order::{Command, Content, issue};
use domain::values::ClientReference;

#[derive(Clone, Debug)]
pub struct EditRepairOrder {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
}

impl App {
    #[tracing::instrument(name = "edit_device_repair_order", skip_all)]
    pub async fn edit_repair_order(
        &self,
        caller: &Caller,
        target: RepairTarget,
        asked: EditRepairOrder,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change { edits: true, ..Change::of(Command::Edit, "edit_device_repair_order") };
        let reference = asked.client_reference.clone();
        let edited = self.change_repair_order(caller, change, target, write, render, move |work, found| {
            let mut decided = issue::edit(found, asked.content.clone(), work.now)?;
            decided.document.client_reference.clone_from(&asked.client_reference);
            Ok(decided)
        });
        let edited = edited.await;
        self.named_if_repair_order_taken(caller, reference, edited).await
    }
}
