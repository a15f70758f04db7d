//! What has happened to an order, as far as this caller may know.

use super::access::Relation;
use super::read::OrderReading;
use super::visibility::{group_of, sees};
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use chrono::{DateTime, Utc};
use domain::device_order::DeviceOrderEvent;
use domain::ids::{DeviceOrderId, OrganisationId};
use serde_json::{Value, json};
use store::outbox::ToldEvent;

/// One event, with who caused it: role and organisation, never a name.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderHistoryLine {
    pub kind: String,
    pub at: DateTime<Utc>,
    pub payload: Value,
}

/// A party hears of what it could read in the order, a provider of no other provider.
fn may_know(relation: Relation, own: Option<OrganisationId>, told: &ToldEvent) -> bool {
    let event = json!({ "type": told.kind, "data": told.payload.get("data") });
    let Ok(event) = serde_json::from_value::<DeviceOrderEvent>(event) else { return false };
    if relation.is_provider() && event.of_provider().is_some_and(|provider| Some(provider) != own) {
        return false;
    }
    // Whoever held something hears of that, whatever else it sees.
    sees(relation, group_of(&event)) || (relation.is_provider() && event.of_provider().is_some())
}

impl App {
    #[tracing::instrument(name = "device_order_history", skip_all)]
    pub async fn device_order_history(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        trace_id: &str,
    ) -> Result<Read<Vec<OrderHistoryLine>>, Failure> {
        let own = caller.org_id();
        let reading = OrderReading { caller, operation: "device_order_history", trace_id };
        self.read_order(reading, id, move |sight| {
            let told = store::outbox::list_of_document(sight.tx, &id.to_string())?;
            let known = told.into_iter().filter(|event| may_know(sight.seen.relation, own, event));
            Ok(known
                .map(|event| OrderHistoryLine { kind: event.kind, at: event.at, payload: event.payload })
                .collect())
        })
        .await
    }
}
