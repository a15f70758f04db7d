//! The wholesaler's representative sends the notification back to its draft, with a reason.

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, register};
use domain::temporary_authorisation::Command;
use domain::temporary_authorisation::examination::{self, ApprovalRefusal};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "refuse_authorisation", skip_all)]
    pub async fn refuse_authorisation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        reason: Text<2000>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::RepresentativeRefusal, "refuse_authorisation");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let by = register::named(register::person(work.tx, work.caller)?);
            let refusal = ApprovalRefusal { by, reason: reason.clone() };
            Ok(examination::refuse_approval(found, refusal, work.now)?)
        })
        .await
    }
}
