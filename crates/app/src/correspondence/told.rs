//! Which messages and files a history tells of: those that its reader may read, and no others.

use super::correspondent::Correspondent;
use crate::authorize::{Facts, Relation};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::temporary_authorisation;
use domain::correspondence::{CaseId, CorrespondenceEvent};
use domain::ids::{AuthorisationId, DemandId};
use serde_json::json;
use std::collections::BTreeSet;
use store::Tx;
use store::outbox::ToldEvent;

/// What of a case's correspondence one party may read, by id.
#[derive(Debug, Default)]
pub(crate) struct Readable(BTreeSet<String>);

impl Readable {
    pub(crate) fn in_demand(
        tx: &mut Tx<'_>,
        caller: &Caller,
        (relation, facts): (Relation, &Facts),
        id: DemandId,
    ) -> Result<Self, Failure> {
        Self::by(tx, Correspondent::in_demand(caller, relation, facts), CaseId::Demand(id))
    }

    pub(crate) fn in_authorisation(
        tx: &mut Tx<'_>,
        caller: &Caller,
        relation: temporary_authorisation::Relation,
        id: AuthorisationId,
    ) -> Result<Self, Failure> {
        Self::by(tx, Correspondent::in_authorisation(caller, relation), CaseId::Authorisation(id))
    }

    fn by(tx: &mut Tx<'_>, own: Option<Correspondent>, case: CaseId) -> Result<Self, Failure> {
        let Some(own) = own else { return Ok(Self::default()) };
        let ids = store::correspondence::readable(tx, case, own.reader)?;
        Ok(Self(ids.into_iter().collect()))
    }

    /// Whether the event tells that one of these was sent or added. Who has read what is told with the message itself.
    pub(crate) fn tells(&self, told: &ToldEvent) -> bool {
        let event = json!({ "type": told.kind, "data": told.payload.get("data") });
        match serde_json::from_value::<CorrespondenceEvent>(event) {
            Ok(CorrespondenceEvent::MessageSent { message, .. }) => self.0.contains(&message.to_string()),
            Ok(CorrespondenceEvent::AttachmentAdded { attachment, .. }) => {
                self.0.contains(&attachment.to_string())
            }
            Ok(CorrespondenceEvent::MessageRead { .. }) | Err(_) => false,
        }
    }
}
