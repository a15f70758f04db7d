//! A new draft from an earlier demand of the same physician, whatever became of that one.

use super::access::load;
use super::create_demand::Opening;
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, authorize_role};
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
        authorize_role(caller, Action::CopyDemand).map_err(Failure::Denied)?;
        let parts = self.inner.clone();
        let caller = caller.clone();
        self.inner
            .store
            .transaction(move |tx| {
                let opening = Opening {
                    parts: &parts,
                    caller: &caller,
                    write: &write,
                    render,
                    operation: "copy_demand",
                };
                if let Some(answer) = opening.claim(tx)? {
                    return Ok(answer);
                }
                let seen = load(tx, &parts.ring, &caller, id)?;
                seen.admit(&caller, None)?;
                opening.open(tx, seen.loaded.demand.content, client_reference, Some(id))
            })
            .await
    }
}
