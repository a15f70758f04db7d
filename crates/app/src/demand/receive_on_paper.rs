//! A wholesaler records a hand-over that came on paper (PF art. 4ad(5), (7)).

use super::aim::{Aim, Failed, Finder};
use super::change::Change;
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::supply::{self, Met, Numbers, Opens};
use crate::{outage, register};
use chrono::NaiveDate;
use domain::demand::lifecycle::Command;
use domain::demand::model::Handover;
use domain::demand::refusals::{PHARMACY_UNKNOWN, admit_state};
use domain::demand::supply as rules;
use domain::ids::OrganisationId;
use domain::problem::Violation;

#[derive(Clone, Debug)]
pub struct ReceiveOnPaper {
    pub numbers: Numbers,
    pub pharmacy: OrganisationId,
    /// The date on which the pharmacy passed it on.
    pub passed_on: NaiveDate,
}

impl App {
    #[tracing::instrument(name = "receive_on_paper", skip_all)]
    pub async fn receive_on_paper(
        &self,
        caller: &Caller,
        asked: ReceiveOnPaper,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::Demand(Command::PaperReceipt)).map_err(Failure::Denied)?;
        let aim = Aim::By(finder(supply::secrets(&asked.numbers)?, write.trace_id.clone()));
        let change = Change::addition(Command::PaperReceipt, "receive_on_paper");
        self.change_demand(caller, change, aim, write, render, move |work, demand| {
            let own = work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            let wholesaler = register::party(work.tx, work.caller, own, &["WHOLESALER"])?
                .ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            let holds = outage::holds(work.tx, work.parts, &work.caller.space, work.now)?;
            let kinds = ["PHARMACY", "HOSPITAL_PHARMACY"];
            let Some(pharmacy) = register::party(work.tx, work.caller, asked.pharmacy, &kinds)? else {
                admit_state(&demand.state, Command::PaperReceipt)?;
                let mut faults = vec![Violation::new(PHARMACY_UNKNOWN, "/pharmacyId")];
                faults.extend(rules::handover_faults(&demand, asked.passed_on, &holds, work.now));
                return Err(faults.into());
            };
            let handover = Handover {
                wholesaler,
                passed_on_by: pharmacy.id,
                pharmacy,
                passed_on: asked.passed_on,
                recorded_at: work.now,
                on_paper: true,
            };
            let decided = rules::receive_on_paper(demand, handover, &holds, work.now)?;
            Ok(decided.into())
        })
        .await
    }
}

/// Finds and grants in the transaction of the receipt: a receipt that is refused keeps no grant, and one that is
/// replayed retrieves nothing anew.
fn finder(secret: Numbers, trace_id: String) -> Finder {
    Box::new(move |tx, parts, caller| {
        let met = supply::grant(tx, parts, caller, &secret, Opens::ApprovedOrNotPassedOn)?;
        let entries = supply::entries_of_retrieval(parts, caller, &met, &trace_id);
        match &met {
            Met::Agreed(subject) => {
                store::audit::append_all(tx, &entries)?;
                Ok(subject.0.id)
            }
            Met::Disagreed(_) => Err(Failed::missed(supply::nothing(), entries)),
        }
    })
}
