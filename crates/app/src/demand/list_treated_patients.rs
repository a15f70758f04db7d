//! Who was treated from an ad-hoc need: the whole list for its physician and the ministry, their own lines for a patient.

use super::access::Named;
use super::read::{Reading, Subject};
use crate::App;
use crate::authorize::Relation;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::NOT_YOURS;
use crate::recorded::Read;
use crate::visibility::{Group, sees};
use domain::demand::treated::{TreatedList, TreatedPatient};

#[derive(Clone, Debug, PartialEq)]
pub struct TreatedPatients {
    /// What the lines add up to, and how far the list is; not for a patient, whom the others do not concern.
    pub list: Option<TreatedList>,
    pub lines: Vec<TreatedPatient>,
}

impl App {
    #[tracing::instrument(name = "list_treated_patients", skip_all)]
    pub async fn list_treated_patients(
        &self,
        caller: &Caller,
        demand: Named,
        trace_id: &str,
    ) -> Result<Read<TreatedPatients>, Failure> {
        let reading = Reading { caller, operation: "list_treated_patients", trace_id };
        let looked = self.look_at_demand(reading, demand, |sight| {
            if !sees(sight.relation, Group::TreatedPatients) {
                return Err(Failure::Denied(NOT_YOURS));
            }
            let loaded = &sight.seen.loaded;
            let own = sight.seen.facts.own_patient.filter(|_| sight.relation == Relation::Patient);
            let mut lines = store::demand::list_treated(sight.tx, &loaded.key, loaded.demand.id)?;
            if sight.relation == Relation::Patient {
                lines.retain(|known| Some(known.patient) == own && known.line.stands());
            }
            let shown = lines.iter().map(|known| known.patient).collect();
            let subject = Subject::showing(sight.seen, shown);
            let list = loaded.demand.treated.clone().filter(|_| sight.relation != Relation::Patient);
            let lines = lines.into_iter().map(|known| known.line).collect();
            Ok((TreatedPatients { list, lines }, subject))
        });
        let (told, subject) = looked.await?;
        Ok(Read { told, record: self.read_of(reading, &subject) })
    }
}
