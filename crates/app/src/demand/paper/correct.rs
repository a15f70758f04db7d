//! The officer who has the case puts an error of typing right, before anything is prepared.

use super::super::change::{Change, Decision, Target, Work};
use super::super::view::DemandView;
use super::judge::look_up;
use super::{Kept, PaperEntry};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::paper::in_the_entry;
use crate::signature::DocumentToSign;
use crate::{App, register};
use domain::demand::lifecycle::Command;
use domain::demand::model::Demand;
use domain::demand::paper::entry::AskedCorrection;
use domain::demand::paper::{self, Entry};
use domain::demand::payload;
use domain::values::Text;
use store::demand::paper::EnteredVersion;

#[derive(Clone, Debug)]
pub struct CorrectPaperEntry {
    pub entry: PaperEntry,
    pub reason: Text<2000>,
}

impl App {
    #[tracing::instrument(name = "correct_demand_from_paper", skip_all)]
    pub async fn correct_demand_from_paper(
        &self,
        caller: &Caller,
        target: Target,
        asked: CorrectPaperEntry,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::PaperCorrection, "correct_demand_from_paper");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            correct(work, demand, &asked)
        })
        .await
    }
}

fn correct(work: &mut Work<'_, '_>, demand: Demand, asked: &CorrectPaperEntry) -> Result<Decision, Failure> {
    let CorrectPaperEntry { entry, reason } = asked;
    let by = register::officer(work.tx, work.caller)?;
    let found = look_up(work.tx, work.parts, work.caller, entry, Some(demand.id), work.now)?;
    let document =
        DocumentToSign::of(&payload::demand(&paper::next_version(&demand, entry.content.clone())))?;
    let correction = AskedCorrection {
        entry: Entry {
            asked: found.asked.clone(),
            facts: found.facts.clone(),
            by,
            demand_sha256: document.digest(),
        },
        content: entry.content.clone(),
        reason: reason.clone(),
    };
    let decided = paper::correct(demand, correction, work.now)
        .map_err(|broken| found.refused(broken.into_iter().map(in_the_entry).collect()))?;
    let version = EnteredVersion {
        content_version: decided.document.content_version,
        entered_at: work.now,
        payload: document.payload,
    };
    Kept { known: found.known, version }.write(work.tx, &decided.document, work.key)?;
    Ok(Decision { content_changed: true, ..decided.into() })
}
