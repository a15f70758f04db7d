//! The physician's software finds its demands by patient, with the identifier in the body and on record.

use super::list_demands::{Page, hide};
use crate::authorize::{Action, authorize_role, person_number};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, outage};
use domain::demand::model::DemandKind;
use domain::ids::DemandId;
use domain::values::PatientIdentifier;
use store::demand::{Condition, DemandLine};
use store::patients;

impl App {
    #[tracing::instrument(name = "search_demands", skip_all)]
    pub async fn search_demands(
        &self,
        caller: &Caller,
        kind: DemandKind,
        identifier: PatientIdentifier,
        after: Option<DemandId>,
        limit: u16,
        trace_id: &str,
    ) -> Result<Page<DemandLine>, Failure> {
        authorize_role(caller, Action::SearchDemands).map_err(Failure::Denied)?;
        self.apply_all_elapsed(caller).await?;
        let parts = self.inner.clone();
        let asking = caller.clone();
        let (patient, lines) = self
            .inner
            .store
            .read(move |tx| {
                let index = parts.ring.blind_index("patient", identifier.index_text().reveal());
                let patient = patients::find_patient(tx, &asking.space, &index)?;
                let (Some(patient), Some(entity), Some(number)) =
                    (patient, asking.org_id(), person_number(&asking))
                else {
                    return Ok((patient, Vec::new()));
                };
                let conditions = [
                    Condition::Kind(kind.name()),
                    Condition::Patient(patient),
                    Condition::Physician { npwz: number.to_owned(), entity },
                ];
                let lines = store::demand::list(tx, &asking.space, &conditions, after, i64::from(limit) + 1)?;
                let now = parts.clock.now(&asking.space);
                Ok::<_, Failure>((Some(patient), outage::held(tx, &parts, &asking.space, lines, now)?))
            })
            .await?;
        self.keep(self.record_of_list(caller, "search_demands", trace_id, patient)).await?;
        let mut page = Page::cut(lines, limit);
        page.items.iter_mut().for_each(|line| hide(caller, line));
        Ok(page)
    }
}
