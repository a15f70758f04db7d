//! The wholesaler withdraws its notification before the resolution.

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::temporary_authorisation::{Command, KIND, withdrawal};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "withdraw_authorisation", skip_all)]
    pub async fn withdraw_authorisation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        reason: Text<2000>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Withdrawal, "withdraw_authorisation");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let id = found.id;
            let decided = withdrawal::withdraw(found, reason.clone(), work.now)?;
            // What was entered wrongly, of another wholesaler say, is entered rightly once it is withdrawn.
            store::temporary_authorisation::paper::release(work.tx, id, KIND, work.now)?;
            Ok(decided)
        })
        .await
    }
}
