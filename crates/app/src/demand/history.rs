//! What has happened to a demand, as far as this caller may know (for a medicine KPA art. 66a).

use super::access::Named;
use super::read::Reading;
use crate::App;
use crate::authorize::Relation;
use crate::caller::{Caller, Role};
use crate::correspondence::Readable;
use crate::failure::Failure;
use crate::recorded::Read;
use crate::visibility::{group_of, sees};
use chrono::{DateTime, Utc};
use domain::demand::DemandEvent;
use domain::ids::OrganisationId;
use serde_json::{Value, json};
use store::outbox::ToldEvent;

/// One event, with who caused it: role and organisation, never a name.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    pub kind: String,
    pub at: DateTime<Utc>,
    pub payload: Value,
}

/// A party hears of what it could read in the document, and of the messages and files that it may read; a kind that this version does not know is told to nobody.
fn may_know(relation: Relation, own: Option<OrganisationId>, told: &ToldEvent) -> bool {
    let event = json!({ "type": told.kind, "data": told.payload.get("data") });
    let Ok(event) = serde_json::from_value::<DemandEvent>(event) else { return false };
    let rivals = relation == Relation::HoldingWholesaler && is_of_another_wholesaler(&event, told, own);
    // What was reported of others does not concern a patient.
    let of_others = relation == Relation::Patient && event.is_about_the_treated();
    sees(relation, group_of(&event)) && !rivals && !of_others
}

/// What an earlier holder did is not the affair of the present one.
fn is_of_another_wholesaler(event: &DemandEvent, told: &ToldEvent, own: Option<OrganisationId>) -> bool {
    let by = |member: &str| told.payload.pointer(member).and_then(Value::as_str);
    let acted = by("/by/organisation").and_then(OrganisationId::parse);
    let by_another = by("/by/role") == Some(Role::Wholesaler.name()) && acted.is_some() && acted != own;
    let with_another = match event {
        DemandEvent::DemandHandedOver { wholesaler, .. }
        | DemandEvent::HandoverReturned { wholesaler, .. } => Some(*wholesaler) != own,
        _ => false,
    };
    by_another || with_another
}

impl App {
    #[tracing::instrument(name = "demand_history", skip_all)]
    pub async fn demand_history(
        &self,
        caller: &Caller,
        demand: Named,
        trace_id: &str,
    ) -> Result<Read<Vec<HistoryLine>>, Failure> {
        let reading = Reading { caller, operation: "demand_history", trace_id };
        let asking = caller.clone();
        self.read_demand(reading, demand, move |sight| {
            let own = asking.org_id();
            let as_whom = (sight.relation, &sight.seen.facts);
            let readable = Readable::in_demand(sight.tx, &asking, as_whom, demand.id)?;
            let told = store::outbox::list_of_document(sight.tx, &demand.id.to_string())?;
            Ok(told
                .into_iter()
                .filter(|event| readable.tells(event) || may_know(sight.relation, own, event))
                .map(|event| HistoryLine { kind: event.kind, at: event.at, payload: event.payload })
                .collect())
        })
        .await
    }
}
