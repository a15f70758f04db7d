//! Reading one demand.

use super::read::Reading;
use super::view::{self, DemandView};
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::ids::DemandId;

impl App {
    /// The demand as this caller may see it.
    #[tracing::instrument(name = "find_demand", skip_all)]
    pub async fn find_demand(
        &self,
        caller: &Caller,
        id: DemandId,
        trace_id: &str,
    ) -> Result<Read<DemandView>, Failure> {
        self.view_demand(Reading { caller, operation: "find_demand", trace_id }, id).await
    }

    pub(super) async fn view_demand(
        &self,
        reading: Reading<'_>,
        id: DemandId,
    ) -> Result<Read<DemandView>, Failure> {
        self.read_demand(reading, id, move |sight| {
            let concerning = sight.seen.concerning(sight.relation);
            view::build(sight.tx, sight.relation, &concerning, sight.now)
        })
        .await
    }
}
