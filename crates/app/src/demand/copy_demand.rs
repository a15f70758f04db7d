//! A new draft from an earlier demand of the same physician, whatever became of that one.

use super::access::Named;
use super::begin::Opening;
use super::create_demand::Origin;
use super::read::Reading;
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::values::ClientReference;

impl App {
    #[tracing::instrument(name = "copy_demand", skip_all)]
    pub async fn copy_demand(
        &self,
        caller: &Caller,
        demand: Named,
        client_reference: Option<ClientReference>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::CopyDemand).map_err(Failure::Denied)?;
        if let Some(answer) = self.earlier_answer(caller, &write).await? {
            return Ok(Answer::Replayed(answer));
        }
        let reading = Reading { caller, operation: "copy_demand", trace_id: &write.trace_id };
        let content = self
            .look_at_demand(reading, demand, |sight| Ok(sight.seen.loaded.demand.content.clone()))
            .await?;
        let opening = Opening { action: Action::CopyDemand, operation: "copy_demand", write, render };
        let origin = Origin { content, based_on: Some(demand.id) };
        self.open_demand(caller, opening, client_reference, origin).await
    }
}
