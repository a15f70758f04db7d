//! What has happened to a repair order, as far as this caller may know.

use super::access::Relation;
use super::visibility::{group_of, sees};
use crate::App;
use crate::caller::Caller;
use crate::device_order::OrderReading;
use crate::failure::Failure;
use crate::recorded::Read;
use chrono::{DateTime, Utc};
use domain::device_repair_order::RepairOrderEvent;
use domain::ids::{OrganisationId, RepairOrderId};
use serde_json::{Value, json};
use store::outbox::ToldEvent;

/// One event, with who caused it: role and organisation, never a name.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairHistoryLine {
    pub kind: String,
    pub at: DateTime<Utc>,
    pub payload: Value,
}

/// A party hears of what it could read in the order, a provider of no other provider.
fn may_know(relation: Relation, own: Option<OrganisationId>, told: &ToldEvent) -> bool {
    let event = json!({ "type": told.kind, "data": told.payload.get("data") });
    let Ok(event) = serde_json::from_value::<RepairOrderEvent>(event) else { return false };
    let of_another = event.of_provider().is_some_and(|provider| Some(provider) != own);
    sees(relation, group_of(&event)) && !(relation.is_provider() && of_another)
}

impl App {
    #[tracing::instrument(name = "device_repair_order_history", skip_all)]
    pub async fn repair_order_history(
        &self,
        caller: &Caller,
        id: RepairOrderId,
        trace_id: &str,
    ) -> Result<Read<Vec<RepairHistoryLine>>, Failure> {
        let own = caller.org_id();
        let reading = OrderReading { caller, operation: "device_repair_order_history", trace_id };
        self.read_repair_order(reading, id, move |sight| {
            let told = store::outbox::list_of_document(sight.tx, &id.to_string())?;
            let known = told.into_iter().filter(|event| may_know(sight.seen.relation, own, event));
            let line = |it: ToldEvent| RepairHistoryLine { kind: it.kind, at: it.at, payload: it.payload };
            Ok(known.map(line).collect())
        })
        .await
    }
}
