//! An officer enters what was issued on paper.

use super::super::begin::{Beginning, Begun, Opening, number};
use super::super::view::DemandView;
use super::judge::look_up;
use super::{Kept, PaperEntry};
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, Relation};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::signature::DocumentToSign;
use crate::{App, register};
use domain::demand::issue::{self, NewDemand};
use domain::demand::paper::{self, Entry};
use domain::demand::payload;
use domain::ids::DemandId;
use store::demand::paper::EnteredVersion;

impl App {
    #[tracing::instrument(name = "enter_demand_from_paper", skip_all)]
    pub async fn enter_demand_from_paper(
        &self,
        caller: &Caller,
        entry: PaperEntry,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let opening =
            Opening { action: Action::EnterPaper, operation: "enter_demand_from_paper", write, render };
        self.begin_demand(caller, opening, move |beginning| enter(beginning, &entry)).await
    }
}

fn enter(beginning: &mut Beginning<'_, '_>, entry: &PaperEntry) -> Result<Begun, Failure> {
    let Beginning { tx, parts, caller, now } = beginning;
    let by = register::officer(tx, caller)?;
    let found = look_up(tx, parts, caller, entry, None, *now)?;
    let content = &entry.content;
    let (Some(physician), Some(entity)) = (content.physician.npwz.clone(), &found.facts.entity) else {
        return Err(found.refused(paper::faults(content, &found.asked, &found.facts)));
    };
    let new = NewDemand {
        id: DemandId(parts.entropy.id(*now)),
        number: number(parts, content.kind(), *now),
        space: caller.space.clone(),
        entity: entity.id,
        physician,
        client_id: caller.client_id.clone(),
        client_reference: None,
        based_on: None,
        content: content.clone(),
    };
    let draft = issue::draft(new, *now);
    let document = DocumentToSign::of(&payload::demand(&draft))?;
    let version = EnteredVersion {
        content_version: draft.content_version,
        entered_at: *now,
        payload: document.payload.clone(),
    };
    let judged = Entry {
        asked: found.asked.clone(),
        facts: found.facts.clone(),
        by,
        demand_sha256: document.digest(),
    };
    let decided = paper::enter(draft, judged, *now).map_err(|broken| found.refused(broken))?;
    Ok(Begun {
        demand: decided.document,
        events: decided.events,
        relation: Relation::AssignedPreparer,
        paper: Some(Kept { known: found.known, version }),
    })
}
