//! The dry run: what a submission would answer.

use super::submit_authorisation::notifier;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::problem::Violation;
use domain::temporary_authorisation::{Content, submission};

impl App {
    /// Judges the content as a submission would. Writes nothing.
    #[tracing::instrument(name = "validate_authorisation", skip_all)]
    pub async fn validate_authorisation(
        &self,
        caller: &Caller,
        content: Content,
    ) -> Result<Vec<Violation>, Failure> {
        authorize_role(caller, Action::ValidateAuthorisation).map_err(Failure::Denied)?;
        let now = self.inner.clock.now(&caller.space);
        let asking = caller.clone();
        let notifier = self.inner.store.read_snapshot(move |tx| notifier(tx, &asking)).await?;
        Ok(submission::dry_run_faults(&content, &notifier, now))
    }
}
