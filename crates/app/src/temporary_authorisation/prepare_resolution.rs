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
use domain::temporary_authorisation::resolution::{self, AskedDraft};
use domain::temporary_authorisation::{Authorisation, Command, addition};
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
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
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
            let base = base_period(work, &found)?;
            Ok(resolution::prepare(found, AskedDraft { draft, base, today }, work.now)?)
        })
        .await
    }
}

/// Of an addition: the period of the consent to which it adds, while that is in force.
pub(super) fn base_period(
    work: &mut Work<'_, '_>,
    authorisation: &Authorisation,
) -> Result<Option<Period>, Failure> {
    match authorisation.adds_to {
        Some(base) => Ok(addition::in_force(&base_of(work.tx, work.parts, base)?)),
        None => Ok(None),
    }
}
