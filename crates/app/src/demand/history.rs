//! What has happened to a demand, as far as this caller may know (KPA art. 66a).

use super::access::load;
use super::find_demand::Read;
use crate::App;
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::ids::DemandId;
use serde_json::Value;

/// One event, with who caused it: role and organisation, never a name.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    pub kind: String,
    pub at: DateTime<Utc>,
    pub payload: Value,
}

/// Inner steps of the ministry are the ministry's.
const INTERNAL: [&str; 4] =
    ["CaseAssigned", "ResolutionPrepared", "ResolutionDraftReturned", "RevocationPrepared"];

/// What supply hears of: everything from the approval on.
const SUPPLY: [&str; 10] = [
    "DemandApproved",
    "DemandHandedOver",
    "HandoverReturned",
    "RealisationRecorded",
    "RealisationReversed",
    "DemandRealised",
    "DemandReopened",
    "DemandWithdrawn",
    "DemandRevoked",
    "ExpiryLifted",
];

fn may_know(relation: Relation, kind: &str) -> bool {
    match relation {
        Relation::AssignedPreparer
        | Relation::OtherPreparer
        | Relation::Decider
        | Relation::MinistryStaff => true,
        Relation::IssuingPhysician
        | Relation::Representative
        | Relation::AssignedConsultant
        | Relation::Patient => !INTERNAL.contains(&kind),
        Relation::GrantedPharmacy
        | Relation::ReceivingPharmacy
        | Relation::GrantedWholesaler
        | Relation::HoldingWholesaler => SUPPLY.contains(&kind) || kind == "DemandExpired",
    }
}

impl App {
    #[tracing::instrument(name = "demand_history", skip_all)]
    pub async fn demand_history(
        &self,
        caller: &Caller,
        id: DemandId,
        trace_id: &str,
    ) -> Result<Vec<HistoryLine>, Failure> {
        authorize_role(caller, Action::ReadDemand).map_err(Failure::Denied)?;
        self.apply_elapsed_before_read(id).await?;
        let parts = self.inner.clone();
        let asking = caller.clone();
        let read = self
            .inner
            .store
            .read(move |tx| {
                let seen = load(tx, &parts.ring, &asking, id)?;
                let relation = seen.admit(&asking, None)?;
                let told = store::outbox::list_of_document(tx, &id.to_string())?;
                let lines = told
                    .into_iter()
                    .filter(|event| may_know(relation, &event.kind))
                    .map(|event| HistoryLine { kind: event.kind, at: event.at, payload: event.payload })
                    .collect();
                let kind = seen.loaded.demand.content.kind().name();
                Ok::<_, Failure>(Read { value: lines, relation, kind, patients: seen.loaded.patients })
            })
            .await;
        let read = match read {
            Ok(read) => read,
            Err(failure) => {
                self.record_hidden(caller, "demand_history", id, &failure, trace_id).await?;
                return Err(failure);
            }
        };
        self.record_read(caller, "demand_history", id, &read, trace_id).await?;
        Ok(read.value)
    }
}
