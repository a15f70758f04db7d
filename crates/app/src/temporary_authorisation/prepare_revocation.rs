//! A preparer drafts the revocation of a consent; the state stays.

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, register};
use domain::demand::model::RevocationDraft;
use domain::temporary_authorisation::{Command, revocation};
use domain::values::Text;

#[derive(Clone, Debug)]
pub struct PrepareConsentRevocation {
    pub grounds: Text<8000>,
    pub legal_basis: Text<500>,
}

impl App {
    #[tracing::instrument(name = "prepare_authorisation_revocation", skip_all)]
    pub async fn prepare_authorisation_revocation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: PrepareConsentRevocation,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::RevocationDraft, "prepare_authorisation_revocation");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let draft = RevocationDraft {
                grounds: asked.grounds.clone(),
                legal_basis: asked.legal_basis.clone(),
                prepared_by: register::officer(work.tx, work.caller)?,
                prepared_at: work.now,
            };
            Ok(revocation::prepare(found, draft, work.now)?)
        })
        .await
    }
}
