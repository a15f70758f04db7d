//! Look-ups by numbers are on record, found or not: who tried, from where, and whose data it touched.

use crate::App;
use crate::caller::Caller;
use crate::demand::announce_actor;
use crate::failure::Failure;
use domain::demand::Demand;
use domain::ids::{PatientId, SpaceId};
use std::collections::BTreeSet;
use store::audit::{Actor, Entry, Outcome};

/// What was found, with its patients.
type Found<'a> = Option<&'a (Demand, Vec<PatientId>)>;

impl App {
    pub(super) async fn record_retrieval(
        &self,
        caller: &Caller,
        found: Found<'_>,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let actor = announce_actor(caller);
        self.record_look_up(&caller.space, actor, "retrieve_demand", None, found, trace_id).await
    }

    /// Nobody is named: the address stands in for the person.
    pub(crate) async fn record_public_check(
        &self,
        found: Found<'_>,
        address: &str,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let actor = Actor {
            client_id: "public".to_owned(),
            organisation_id: None,
            person: None,
            role: "PUBLIC".to_owned(),
        };
        let purpose = Some(format!("address {address}"));
        let space = &found.map_or_else(SpaceId::production, |(demand, _)| demand.space.clone());
        self.record_look_up(space, actor, "check_decision", purpose, found, trace_id).await
    }

    async fn record_look_up(
        &self,
        space: &SpaceId,
        actor: Actor,
        action: &str,
        purpose: Option<String>,
        found: Found<'_>,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let at = self.inner.clock.now(space);
        let entry = |patient: Option<PatientId>| Entry {
            id: self.inner.entropy.id(at),
            at,
            space: space.clone(),
            actor: actor.clone(),
            on_behalf_of: None,
            purpose: purpose.clone(),
            action: action.to_owned(),
            document_kind: found.map(|(demand, _)| demand.content.kind().name().to_owned()),
            document_id: found.map(|(demand, _)| demand.id.to_string()),
            patient_id: patient,
            outcome: match found {
                Some(_) => Outcome::Allowed,
                None => Outcome::Refused(crate::faults::RETRIEVAL_NONE.code.to_owned()),
            },
            trace_id: Some(trace_id.to_owned()),
        };
        let patients: BTreeSet<PatientId> =
            found.map(|(_, ids)| ids.iter().copied().collect()).unwrap_or_default();
        if patients.is_empty() {
            self.inner.audit.record(entry(None)).await?;
        }
        for patient in patients {
            self.inner.audit.record(entry(Some(patient))).await?;
        }
        Ok(())
    }
}
