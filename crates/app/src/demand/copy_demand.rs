//! A new draft from an earlier demand of the same physician, whatever became of that one.

use super::access::load;
use super::create_demand::{Opening, Origin};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::failure::Failure;
use domain::ids::DemandId;
use domain::values::ClientReference;

impl App {
    #[tracing::instrument(name = "copy_demand", skip_all)]
    pub async fn copy_demand(
        &self,
        caller: &Caller,
        id: DemandId,
        client_reference: Option<ClientReference>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let opening = Opening { action: Action::CopyDemand, operation: "copy_demand", write, render };
        self.open_demand(caller, opening, client_reference, move |tx, parts, caller| {
            let seen = load(tx, &parts.ring, caller, id)?;
            seen.admit(caller, None)?;
            Ok(Origin { content: seen.loaded.demand.content, based_on: Some(id) })
        })
        .await
    }
}
