//! A preparer of the ministry takes a case.

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, register};
use domain::temporary_authorisation::Command;
use domain::temporary_authorisation::resolution::{self, Assignment};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "assign_authorisation", skip_all)]
    pub async fn assign_authorisation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        reason: Option<Text<2000>>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Assignment, "assign_authorisation");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let officer = register::officer(work.tx, work.caller)?;
            Ok(resolution::assign(found, Assignment { officer, reason: reason.clone() }, work.now)?)
        })
        .await
    }
}
