//! An officer ends the wait for the validation of a signature on a notification.

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::pending_step::{EndWait, ending, refused};
use domain::temporary_authorisation::{Command, pending};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "refuse_authorisation_pending_step", skip_all)]
    pub async fn refuse_authorisation_pending_step(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        reason: Text<2000>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::PendingStepRefusal, "refuse_authorisation_pending_step");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            // No term of a notification can end while something waits in it.
            let asked = EndWait { reason: reason.clone(), lets_expire: false };
            let ending = ending(work.parts, asked);
            let waiting = found.pending.clone();
            let decided = pending::end(found, &ending, work.now);
            decided.map_err(|found| refused(found, waiting.as_ref(), &ending))
        })
        .await
    }
}
