//! The dry run: what entering this paper now would answer.

use super::AuthorisationPaperEntry;
use super::judge::look_up;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, register};
use domain::paper::formerly::Formerly;
use domain::problem::Violation;
use domain::temporary_authorisation::paper;

/// What an entry would find.
#[derive(Clone, Debug)]
pub struct PaperJudgement {
    pub violations: Vec<Violation>,
    /// What the paper was entered as before, and withdrawn; it warns.
    pub formerly: Option<Formerly>,
}

impl App {
    /// Judges the entry as it would be judged. Writes nothing.
    #[tracing::instrument(name = "validate_authorisation_from_paper", skip_all)]
    pub async fn validate_authorisation_from_paper(
        &self,
        caller: &Caller,
        entry: AuthorisationPaperEntry,
    ) -> Result<PaperJudgement, Failure> {
        authorize_role(caller, Action::EnterAuthorisationPaper).map_err(Failure::Denied)?;
        let now = self.inner.clock.now(&caller.space);
        let (parts, asking) = (self.inner.clone(), caller.clone());
        self.inner
            .store
            .read_snapshot(move |tx| {
                register::in_post(tx, &asking)?;
                let found = look_up(tx, &parts, &asking.space, &entry, None, now)?;
                let violations = paper::faults(&entry.content, &found.asked, &found.facts);
                Ok(PaperJudgement { violations, formerly: found.facts.formerly })
            })
            .await
    }
}
