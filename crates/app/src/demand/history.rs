//! What has happened to a demand, as far as this caller may know (KPA art. 66a).

use super::read::Reading;
use crate::App;
use crate::authorize::Relation;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::visibility::{group_of, sees};
use chrono::{DateTime, Utc};
use domain::demand::DemandEvent;
use domain::ids::DemandId;
use serde_json::{Value, json};
use store::outbox::ToldEvent;

/// One event, with who caused it: role and organisation, never a name.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    pub kind: String,
    pub at: DateTime<Utc>,
    pub payload: Value,
}

/// A party hears of what it could read in the document; a kind that this version does not know is told to nobody.
fn may_know(relation: Relation, told: &ToldEvent) -> bool {
    let event = json!({ "type": told.kind, "data": told.payload.get("data") });
    let event = serde_json::from_value::<DemandEvent>(event);
    event.is_ok_and(|event| sees(relation, group_of(&event)))
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
                    .filter(|event| may_know(sight.relation, event))
                    .map(|event| HistoryLine { kind: event.kind, at: event.at, payload: event.payload })
                    .collect();
                Ok(Some(lines))
            })
            .await?;
        lines.ok_or(Failure::NotFound)
    }
}
