//! Consents of a wholesaler's temporary authorisations: who passed them on, and what became of them.

use super::feed::{FeedPage, Place, Turned, told, turn};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::recorded::Read;
use crate::temporary_authorisation::{AuthorisationView, in_feed};
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::KIND;

/// What concerns a wholesaler's work.
const TYPES: [&str; 6] = [
    "AuthorisationConsented",
    "BatchesAdded",
    "ConsentHandedOver",
    "HandoverReturned",
    "ConsentRevoked",
    "ConsentLapsed",
];

impl App {
    #[tracing::instrument(name = "list_supply_authorisations", skip_all)]
    pub async fn consent_feed(
        &self,
        caller: &Caller,
        after: i64,
        limit: u16,
        trace_id: &str,
    ) -> Result<Read<FeedPage<AuthorisationId, AuthorisationView>>, Failure> {
        authorize_role(caller, Action::ReadSupplyFeed).map_err(Failure::Denied)?;
        let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        let place = Place { after, limit };
        loop {
            let (parts, asking) = (self.inner.clone(), caller.clone());
            let turned = self.inner.store.read_snapshot(move |tx| {
                let told = told(tx, &asking, organisation, (&[KIND], &TYPES), place)?;
                turn(told, place, AuthorisationId::parse, |id| in_feed(tx, &parts, &asking, id))
            });
            match turned.await? {
                Turned::Whole(page) => {
                    return Ok(self.with_record(caller, "list_supply_authorisations", page, trace_id));
                }
                Turned::Due(due) => {
                    for id in due {
                        self.apply_end_of_period(id).await?;
                    }
                }
            }
        }
    }
}
