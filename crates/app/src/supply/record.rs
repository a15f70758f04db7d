//! Look-ups by numbers are on record, found or not: who tried, from where, and whose data it touched.

use super::numbers::{Met, Subject};
use crate::caller::Caller;
use crate::demand::{Act, actor_of, entries};
use crate::failure::Failure;
use crate::recorded::AccessRecord;
use crate::{App, Parts};
use domain::ids::{AuthorisationId, SpaceId};
use domain::temporary_authorisation::KIND;
use store::audit::{Actor, Entry, Outcome};

/// Who looked, how and where.
struct LookUp<'a> {
    action: &'static str,
    actor: Actor,
    purpose: Option<&'a str>,
    /// Where the entry stands when nothing was met at all.
    space: SpaceId,
    trace_id: &'a str,
}

/// Of a retrieval by a pharmacy or a wholesaler.
pub(crate) fn entries_of_retrieval(parts: &Parts, caller: &Caller, met: &Met, trace_id: &str) -> Vec<Entry> {
    let space = caller.space.clone();
    let look_up =
        LookUp { action: "retrieve_demand", actor: actor_of(caller), purpose: None, space, trace_id };
    look_up.entries(parts, met)
}

impl LookUp<'_> {
    /// For each demand that a right number met, whether the others were right or not.
    fn entries(&self, parts: &Parts, met: &Met) -> Vec<Entry> {
        let refused = Outcome::Refused(crate::faults::RETRIEVAL_NONE.code.to_owned());
        let (outcome, subjects) = match met {
            Met::Agreed(subject) => (Outcome::Allowed, std::slice::from_ref(subject.as_ref())),
            Met::Disagreed(subjects) => (refused, subjects.as_slice()),
        };
        if subjects.is_empty() {
            return entries(parts, &self.space, &self.actor, &self.act(None, outcome), &[]);
        }
        let of = |subject: &Subject| {
            let (demand, patients) = subject;
            let act = self.act(Some(demand), outcome.clone());
            entries(parts, &demand.space, &self.actor, &act, patients)
        };
        subjects.iter().flat_map(of).collect()
    }

    fn act(&self, demand: Option<&domain::demand::Demand>, outcome: Outcome) -> Act<'_> {
        Act {
            action: self.action,
            document: demand.map(|demand| (demand.content.kind().name(), demand.id.0)),
            outcome,
            purpose: self.purpose,
            trace_id: Some(self.trace_id),
        }
    }
}

impl App {
    pub(super) async fn record_retrieval(
        &self,
        caller: &Caller,
        met: &Met,
        trace_id: &str,
    ) -> Result<(), Failure> {
        self.keep(AccessRecord::of(entries_of_retrieval(&self.inner, caller, met, trace_id))).await
    }

    /// Nobody is named: the address stands in for the person.
    pub(crate) async fn record_public_check(
        &self,
        met: &Met,
        address: &str,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let purpose = format!("address {address}");
        let look_up = LookUp {
            action: "check_decision",
            actor: the_public(),
            purpose: Some(&purpose),
            space: SpaceId::production(),
            trace_id,
        };
        self.keep(AccessRecord::of(look_up.entries(&self.inner, met))).await
    }

    /// The same of a notification; nothing in it is of a patient.
    pub(crate) async fn record_notification_check(
        &self,
        met: Option<(AuthorisationId, &SpaceId, bool)>,
        address: &str,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let production = SpaceId::production();
        let space = met.map_or(&production, |(_, space, _)| space);
        let at = self.inner.clock.now(space);
        let refused = || Outcome::Refused(crate::faults::RETRIEVAL_NONE.code.to_owned());
        let entry = Entry {
            id: self.inner.entropy.id(at),
            at,
            space: space.clone(),
            actor: the_public(),
            on_behalf_of: None,
            purpose: Some(format!("address {address}")),
            action: "check_decision".to_owned(),
            document_kind: met.map(|_| KIND.to_owned()),
            document_id: met.map(|(id, _, _)| id.to_string()),
            patient_id: None,
            outcome: if met.is_some_and(|(_, _, agreed)| agreed) { Outcome::Allowed } else { refused() },
            trace_id: Some(trace_id.to_owned()),
        };
        self.keep(AccessRecord::of(vec![entry])).await
    }
}

fn the_public() -> Actor {
    Actor { client_id: "public".to_owned(), organisation_id: None, person: None, role: "PUBLIC".to_owned() }
}
