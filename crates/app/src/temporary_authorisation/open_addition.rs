//! The responsible person opens an addition of new batches to a consent in force (PF art. 4(8)).

use super::access::load;
use super::change::{AuthorisationTarget, refused};
use super::create_authorisation::{insert, number};
use super::elapse::is_over;
use super::view::AuthorisationView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::entry::EntryWrite;
use crate::failure::Failure;
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::addition::{self, NewAddition};
use domain::temporary_authorisation::content::Batch;
use domain::temporary_authorisation::{Command, KIND};
use domain::values::{ClientReference, Quantity, Text};

#[derive(Clone, Debug)]
pub struct OpenAddition {
    pub client_reference: Option<ClientReference>,
    pub quantity: Option<Quantity>,
    pub batches: Vec<Batch>,
    pub justification: Option<Text<8000>>,
}

impl App {
    /// A child of the consent: its own constraints decide, no revision of the consent.
    #[tracing::instrument(name = "open_addition", skip_all)]
    pub async fn open_addition(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: OpenAddition,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let action = Action::Authorisation(Command::Addition);
        authorize_role(caller, action).map_err(Failure::Denied)?;
        self.apply_end_of_period(target.id).await?;
        let opening = EntryWrite {
            action,
            operation: "open_addition",
            document_kind: KIND,
            id_of: |view: &AuthorisationView| view.id.to_string(),
            id: Some(target.id.to_string()),
            write,
            render,
        };
        let reference = asked.client_reference.clone();
        let opened = self.write_entry(caller, opening, move |work| {
            let seen = load(work.tx, work.parts, work.caller, target.id)?;
            let base = &seen.loaded.authorisation;
            if is_over(work.tx, work.parts, base)? {
                return Err(Failure::Stale);
            }
            let relation = seen.admit(Command::Addition)?;
            let new = NewAddition {
                id: AuthorisationId(work.parts.entropy.id(work.now)),
                number: number(work.parts, work.now),
                client_id: work.caller.client_id.clone(),
                client_reference: asked.client_reference.clone(),
                quantity: asked.quantity,
                batches: asked.batches.clone(),
                justification: asked.justification.clone(),
            };
            let opened = addition::open(base, new, work.now)
                .map_err(|found| refused(found, base.state.name(), relation))?;
            insert(work, &opened.document)
        });
        let opened = opened.await;
        self.named_if_taken(caller, caller.client_id.clone(), reference, opened).await
    }
}
