//! What has happened to a notification, as far as this caller may know (KPA art. 66a).

use super::access::Relation;
use super::visibility::{group_of, sees};
use crate::App;
use crate::caller::{Caller, Role};
use crate::correspondence::Readable;
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::ids::{AuthorisationId, OrganisationId};
use domain::temporary_authorisation::AuthorisationEvent;
use serde_json::{Value, json};
use store::outbox::ToldEvent;

/// One event, with who caused it: role and organisation, never a name.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorisationHistoryLine {
    pub kind: String,
    pub at: DateTime<Utc>,
    pub payload: Value,
}

/// A party hears of what it could read in the document, a pharmacy of no other pharmacy.
fn may_know(relation: Relation, own: Option<OrganisationId>, told: &ToldEvent) -> bool {
    let event = json!({ "type": told.kind, "data": told.payload.get("data") });
    let Ok(event) = serde_json::from_value::<AuthorisationEvent>(event) else { return false };
    let by = |member: &str| told.payload.pointer(member).and_then(Value::as_str);
    let acted = by("/by/organisation").and_then(OrganisationId::parse);
    let is_pharmacy = matches!(relation, Relation::GrantedPharmacy | Relation::ReceivingPharmacy);
    let of_another = event.of_one_pharmacy().is_some_and(|pharmacy| Some(pharmacy) != own)
        || (by("/by/role") == Some(Role::Pharmacy.name()) && acted != own);
    sees(relation, group_of(&event)) && !(is_pharmacy && of_another)
}

impl App {
    #[tracing::instrument(name = "authorisation_history", skip_all)]
    pub async fn authorisation_history(
        &self,
        caller: &Caller,
        id: AuthorisationId,
    ) -> Result<Vec<AuthorisationHistoryLine>, Failure> {
        let asking = caller.clone();
        self.read_authorisation(caller, id, move |tx, seen| {
            let own = asking.org_id();
            let readable = Readable::in_authorisation(tx, &asking, seen.relation, id)?;
            let told = store::outbox::list_of_document(tx, &id.to_string())?;
            let known =
                told.into_iter().filter(|event| readable.tells(event) || may_know(seen.relation, own, event));
            Ok(known
                .map(|event| AuthorisationHistoryLine {
                    kind: event.kind,
                    at: event.at,
                    payload: event.payload,
                })
                .collect())
        })
        .await
    }
}
