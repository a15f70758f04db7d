//! The preparer puts a draft before the decider; a second call replaces it.

use super::change::{AuthorisationTarget, Change};
use super::submit_authorisation::base_of;
use super::view::AuthorisationView;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::entry::Work;
use crate::failure::Failure;
use crate::{App, register};
use chrono::Datelike;
use domain::calendar::warsaw_date;
use domain::temporary_authorisation::model::{Outcome, Period, ResolutionDraft};
use domain::temporary_authorisation::paper::evidence_faults;
use domain::temporary_authorisation::resolution::{self, AskedDraft};
use domain::temporary_authorisation::{Authorisation, Command};
use domain::values::{Quantity, ResolutionNumber, Text};

#[derive(Clone, Debug)]
pub struct PrepareConsent {
    pub outcome: Outcome,
    pub approved_quantity: Option<Quantity>,
    pub period: Option<Period>,
    pub conditions: Option<Text<8000>>,
    pub grounds: Option<Text<8000>>,
}

impl App {
    #[tracing::instrument(name = "prepare_authorisation_resolution", skip_all)]
    pub async fn prepare_authorisation_resolution(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: PrepareConsent,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::ResolutionDraft, "prepare_authorisation_resolution");
        self.change_authorisation(caller, change, target, write, render, move |work, found, key| {
            let today = warsaw_date(work.now);
            let draft = ResolutionDraft {
                number: ResolutionNumber::compose(today.year(), work.parts.entropy.random()),
                outcome: asked.outcome,
                approved_quantity: asked.approved_quantity,
                period: asked.period,
                conditions: asked.conditions.clone(),
                grounds: asked.grounds.clone(),
                prepared_by: register::officer(work.tx, work.caller)?,
                prepared_at: work.now,
            };
            let base = base_now(work, &found)?;
            let wholesaler_is_active = is_active(work, &found)?;
            let asked = AskedDraft { draft, base, wholesaler_is_active, today };
            let files = store::correspondence::list_files(work.tx, key, found.id)?;
            let missing = evidence_faults(&found, asked.draft.outcome, &files);
            match resolution::prepare(found, asked, work.now) {
                Ok(decided) if missing.is_empty() => Ok(decided),
                Ok(_) => Err(missing.into()),
                Err(broken) => Err([broken, missing].concat().into()),
            }
        })
        .await
    }
}

/// Whether the wholesaler that notified may trade.
pub(super) fn is_active(work: &mut Work<'_, '_>, authorisation: &Authorisation) -> Result<bool, Failure> {
    let known = register::party(work.tx, work.caller, authorisation.wholesaler, &["WHOLESALER"])?;
    Ok(known.is_some())
}

/// Of an addition: the consent to which it adds, as that stands now.
pub(super) fn base_now(
    work: &mut Work<'_, '_>,
    authorisation: &Authorisation,
) -> Result<Option<Box<Authorisation>>, Failure> {
    let Some(base) = authorisation.adds_to else { return Ok(None) };
    base_of(work.tx, work.parts, base).map(|base| Some(Box::new(base)))
}
