//! What has happened to a demand, as far as this caller may know (KPA art. 66a).

use super::read::Reading;
use crate::App;
use crate::authorize::Relation;
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
        let reading = Reading { caller, operation: "demand_history", trace_id };
        let lines = self
            .read_demand(reading, id, move |sight| {
                let told = store::outbox::list_of_document(sight.tx, &id.to_string())?;
                let lines = told
                    .into_iter()
                    .filter(|event| may_know(sight.relation, &event.kind))
                    .map(|event| HistoryLine { kind: event.kind, at: event.at, payload: event.payload })
                    .collect();
                Ok(Some(lines))
            })
            .await?;
        lines.ok_or(Failure::NotFound)
    }
}
