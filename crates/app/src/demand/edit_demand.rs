//! The physician replaces the content of a draft or of a returned demand.

use super::change::{Change, Decision, Target, refused};
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
        let change = Change {
            command: Command::Edit,
            operation: "edit_demand",
            needs_match: true,
            seen_revision: None,
        };
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let before = demand.clone();
            let mut decided = issue::edit(demand, asked.content.clone(), work.now)
                .map_err(|found| refused(found, &before))?;
            decided.document.client_reference.clone_from(&asked.client_reference);
            Ok(Decision { decided, content_changed: true })
        })
        .await
    }
}
