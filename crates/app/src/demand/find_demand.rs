//! Reading one demand.

use super::read::Reading;
use super::view::{self, DemandView};
use crate::App;
use crate::authorize::Relation;
use crate::caller::Caller;
use crate::failure::Failure;
use domain::ids::DemandId;

impl App {
    /// The demand as this caller may see it. `unless` names the revision that the caller has: then nothing is
    /// answered and nothing recorded.
    #[tracing::instrument(name = "find_demand", skip_all)]
    pub async fn find_demand(
        &self,
        caller: &Caller,
        id: DemandId,
        unless: Option<u64>,
        trace_id: &str,
    ) -> Result<Option<DemandView>, Failure> {
        self.view_demand(Reading { caller, operation: "find_demand", trace_id }, id, unless).await
    }

    /// The demand as the wholesaler who holds it sees it; `None` once it is another's, whoever may still read it.
    pub(crate) async fn find_held_demand(
        &self,
        caller: &Caller,
        id: DemandId,
        trace_id: &str,
    ) -> Result<Option<DemandView>, Failure> {
        let reading = Reading { caller, operation: "find_demand", trace_id };
        self.read_demand(reading, id, |sight| match sight.relation {
            Relation::HoldingWholesaler => {
                view::build(sight.tx, sight.relation, &sight.seen.loaded.demand, sight.now).map(Some)
            }
            _ => Ok(None),
        })
        .await
    }

    pub(super) async fn view_demand(
        &self,
        reading: Reading<'_>,
        id: DemandId,
        unless: Option<u64>,
    ) -> Result<Option<DemandView>, Failure> {
        self.read_demand(reading, id, move |sight| {
            let demand = &sight.seen.loaded.demand;
            if unless.is_some_and(|known| i64::try_from(known).ok() == Some(demand.revision)) {
                return Ok(None);
            }
            let concerning = sight.seen.concerning(sight.relation);
            view::build(sight.tx, sight.relation, &concerning, sight.now).map(Some)
        })
        .await
    }
}
