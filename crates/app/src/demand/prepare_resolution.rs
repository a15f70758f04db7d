//! The preparer puts a draft before the decider; a second call replaces it.

use super::change::{Change, Target};
use super::paper::has_scan;
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use chrono::Datelike;
use domain::calendar::warsaw_date;
use domain::demand::lifecycle::Command;
use domain::demand::model::{Outcome, ResolutionDraft};
use domain::demand::resolution;
use domain::paper::scan_faults;
use domain::values::{Quantity, ResolutionNumber, Text};

#[derive(Clone, Debug)]
pub struct PrepareResolution {
    pub outcome: Outcome,
    pub approved_quantity: Option<Quantity>,
    pub grounds: Option<Text<8000>>,
}

impl App {
    #[tracing::instrument(name = "prepare_resolution", skip_all)]
    pub async fn prepare_resolution(
        &self,
        caller: &Caller,
        target: Target,
        asked: PrepareResolution,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::ResolutionDraft, "prepare_resolution");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let year = warsaw_date(work.now).year();
            let draft = ResolutionDraft {
                number: ResolutionNumber::compose(year, work.parts.entropy.random()),
                outcome: asked.outcome,
                approved_quantity: asked.approved_quantity,
                grounds: asked.grounds.clone(),
                prepared_by: register::officer(work.tx, work.caller)?,
                prepared_at: work.now,
            };
            let missing = scan_faults(demand.paper.is_some(), has_scan(work.tx, work.key, &demand)?);
            match resolution::prepare(demand, draft, work.now) {
                Ok(decided) if missing.is_empty() => Ok(decided.into()),
                Ok(_) => Err(missing.into()),
                Err(broken) => Err([broken, missing].concat().into()),
            }
        })
        .await
    }
}
