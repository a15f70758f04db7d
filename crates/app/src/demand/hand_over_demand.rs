//! A pharmacy passes the approved demand on to a wholesaler (PF art. 4ad(5)).

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::{outage, register};
use domain::calendar::warsaw_date;
use domain::demand::lifecycle::Command;
use domain::demand::model::Handover;
use domain::demand::refusals::{PHARMACY_UNKNOWN, WHOLESALER_UNKNOWN, admit_state};
use domain::demand::supply;
use domain::ids::OrganisationId;
use domain::problem::Violation;

#[derive(Clone, Debug)]
pub struct HandOverDemand {
    pub wholesaler: OrganisationId,
    /// Who receives the product; the pharmacy that hands over when left out.
    pub pharmacy: Option<OrganisationId>,
}

impl App {
    #[tracing::instrument(name = "hand_over_demand", skip_all)]
    pub async fn hand_over_demand(
        &self,
        caller: &Caller,
        target: Target,
        asked: HandOverDemand,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::Handover, "hand_over_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let mut unknown = Vec::new();
            let wholesaler = register::party(work.tx, work.caller, asked.wholesaler, &["WHOLESALER"])?;
            if wholesaler.is_none() {
                unknown.push(Violation::new(WHOLESALER_UNKNOWN, "/wholesalerId"));
            }
            let pharmacy = match asked.pharmacy.or(work.caller.org_id()) {
                Some(id) => register::party(work.tx, work.caller, id, &["PHARMACY", "HOSPITAL_PHARMACY"])?,
                None => None,
            };
            if pharmacy.is_none() {
                unknown.push(Violation::new(PHARMACY_UNKNOWN, "/pharmacyId"));
            }
            let passed_on = warsaw_date(work.now);
            let holds = outage::holds(work.tx, work.parts, &work.caller.space, work.now)?;
            let (Some(wholesaler), Some(pharmacy)) = (wholesaler, pharmacy) else {
                admit_state(&demand.state, Command::Handover)?;
                unknown.extend(supply::handover_faults(&demand, passed_on, &holds, work.now));
                return Err(unknown.into());
            };
            let handover = Handover {
                wholesaler,
                pharmacy,
                passed_on_by: work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
                passed_on,
                recorded_at: work.now,
                on_paper: false,
            };
            let decided = supply::hand_over(demand, handover, &holds, work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
