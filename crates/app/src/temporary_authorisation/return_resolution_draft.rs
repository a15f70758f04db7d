//! The preparer takes the draft back, or the decider sends it back; its number is void.

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, register};
use domain::temporary_authorisation::{Command, resolution};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "return_authorisation_resolution_draft", skip_all)]
    pub async fn return_authorisation_resolution_draft(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        reason: Text<2000>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::ResolutionDraftReturn, "return_authorisation_resolution_draft");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let by = register::officer(work.tx, work.caller)?;
            Ok(resolution::return_draft(found, by, reason.clone(), work.now)?)
        })
        .await
    }
}
