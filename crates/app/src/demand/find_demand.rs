//! Reading one demand.

use super::access::Named;
use super::read::Reading;
use super::view::{self, DemandView};
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;

impl App {
    /// The demand as this caller may see it.
    #[tracing::instrument(name = "find_demand", skip_all)]
    pub async fn find_demand(
        &self,
        caller: &Caller,
        demand: Named,
        trace_id: &str,
    ) -> Result<Read<DemandView>, Failure> {
        self.view_demand(Reading { caller, operation: "find_demand", trace_id }, demand).await
    }

    pub(super) async fn view_demand(
        &self,
        reading: Reading<'_>,
        demand: Named,
    ) -> Result<Read<DemandView>, Failure> {
        let parts = self.inner.clone();
        self.read_demand(reading, demand, move |sight| {
            let concerning = sight.seen.concerning(sight.relation);
            view::build(sight.tx, &parts, sight.relation, &concerning, sight.now)
        })
        .await
    }
}
