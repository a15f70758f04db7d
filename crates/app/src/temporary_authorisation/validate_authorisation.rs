//! The dry run: what a submission would answer.

use super::access::load;
use super::submit_authorisation::{base_of, notifier};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::ids::AuthorisationId;
use domain::problem::Violation;
use domain::temporary_authorisation::{Content, addition, submission};

impl App {
    /// Judges the content as a submission would, that of an addition beside the consent to which it adds, which the caller
    /// must be able to see. Writes nothing.
    #[tracing::instrument(name = "validate_authorisation", skip_all)]
    pub async fn validate_authorisation(
        &self,
        caller: &Caller,
        content: Content,
        adds_to: Option<AuthorisationId>,
    ) -> Result<Vec<Violation>, Failure> {
        authorize_role(caller, Action::ValidateAuthorisation).map_err(Failure::Denied)?;
        let now = self.inner.clock.now(&caller.space);
        let (asking, parts) = (caller.clone(), self.inner.clone());
        let (notifier, base) = self
            .inner
            .store
            .read_snapshot(move |tx| {
                let base = match adds_to {
                    Some(id) => {
                        load(tx, &parts, &asking, id)?;
                        Some(base_of(tx, &parts, id)?)
                    }
                    None => None,
                };
                Ok::<_, Failure>((notifier(tx, &asking)?, base))
            })
            .await?;
        let mut found = submission::dry_run_faults(&content, &notifier, now);
        found.extend(base.iter().flat_map(|base| addition::dry_run_faults(&content, base)));
        Ok(found)
    }
}
