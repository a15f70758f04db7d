//! The responsible person replaces the content of a draft.

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::temporary_authorisation::{Command, Content, submission};
use domain::values::ClientReference;

#[derive(Clone, Debug)]
pub struct EditAuthorisation {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
}

impl App {
    #[tracing::instrument(name = "edit_authorisation", skip_all)]
    pub async fn edit_authorisation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: EditAuthorisation,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Edit, "edit_authorisation");
        let reference = asked.client_reference.clone();
        let edited =
            self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
                let mut decided = submission::edit(found, asked.content.clone(), work.now)?;
                decided.document.client_reference.clone_from(&asked.client_reference);
                Ok(decided)
            });
        let edited = edited.await;
        self.named_if_taken(caller, caller.client_id.clone(), reference, edited).await
    }
}
