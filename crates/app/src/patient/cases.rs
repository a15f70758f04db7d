//! The patient's own cases.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{DemandFilter, Page};
use crate::failure::Failure;
use crate::recorded::Read;
use domain::ids::DemandId;
use store::demand::DemandLine;

impl App {
    /// Everything that was issued for this patient, newest first.
    #[tracing::instrument(name = "list_cases", skip_all)]
    pub async fn list_cases(
        &self,
        caller: &Caller,
        after: Option<DemandId>,
        limit: u16,
        trace_id: &str,
    ) -> Result<Read<Page<DemandLine>>, Failure> {
        authorize_role(caller, Action::ReadAccessLog).map_err(Failure::Denied)?;
        let filter = DemandFilter { after, limit, ..DemandFilter::default() };
        self.list_as("list_cases", caller, filter, trace_id).await
    }
}
