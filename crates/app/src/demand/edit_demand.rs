//! The physician replaces the content of a draft or of a returned demand.

use super::change::{Change, Decision, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::demand::issue;
use domain::demand::lifecycle::Command;
use domain::demand::model::Content;
use domain::values::ClientReference;

#[derive(Clone, Debug)]
pub struct EditDemand {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
}

impl App {
    #[tracing::instrument(name = "edit_demand", skip_all)]
    pub async fn edit_demand(
        &self,
        caller: &Caller,
        target: Target,
        asked: EditDemand,
        write: Option<Write>,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::Edit, "edit_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let mut decided = issue::edit(demand, asked.content.clone(), work.now)?;
            decided.document.client_reference.clone_from(&asked.client_reference);
            Ok(Decision { decided, content_changed: true })
        })
        .await
    }
}
