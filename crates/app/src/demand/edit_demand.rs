//! The physician replaces the content of a draft or of a returned demand.

use super::change::{Change, Decision, Target};
use super::create_demand::is_taken;
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::demand::content::Content;
use domain::demand::issue;
use domain::demand::lifecycle::Command;
use domain::ids::DemandId;
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
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::Edit, "edit_demand");
        let reference = asked.client_reference.clone();
        let edited = self.change_demand(caller, change, target, write, render, move |work, demand| {
            let mut decided = issue::edit(demand, asked.content.clone(), work.now)?;
            decided.document.client_reference.clone_from(&asked.client_reference);
            Ok(Decision { content_changed: true, ..decided.into() })
        });
        match (edited.await, reference) {
            (Err(Failure::Refused(refused)), Some(reference)) if is_taken(&refused) => {
                let client_id = self.client_of(target.demand.id).await?;
                self.name_existing(caller, client_id, reference, refused).await
            }
            (edited, _) => edited,
        }
    }

    /// The client that opened the demand: its references are kept apart from those of others, whichever client edits.
    async fn client_of(&self, id: DemandId) -> Result<String, Failure> {
        let parts = self.inner.clone();
        let found = self.inner.store.read(move |tx| store::demand::find(tx, &parts.ring, id)).await?;
        found.map(|loaded| loaded.demand.client_id).ok_or(Failure::NotFound)
    }
}
