//! A responsible person of a wholesaler opens a draft.

use super::access::Relation;
use super::change::taken;
use super::view::{self, AuthorisationView};
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::entry::{EntryWrite, Work};
use crate::failure::{Existing, Failure, Refused};
use crate::faults::{CLIENT_REFERENCE_TAKEN, ENTITY_UNKNOWN};
use crate::{App, Parts};
use chrono::{DateTime, Datelike, Utc};
use domain::calendar::warsaw_date;
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::submission::{self, NewAuthorisation};
use domain::temporary_authorisation::{Authorisation, Content, KIND};
use domain::values::{AuthorisationNumber, ClientReference};
use store::temporary_authorisation::{self, AuthorisationKey, Condition};

#[derive(Clone, Debug)]
pub struct CreateAuthorisation {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
}

impl App {
    #[tracing::instrument(name = "create_authorisation", skip_all)]
    pub async fn create_authorisation(
        &self,
        caller: &Caller,
        asked: CreateAuthorisation,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let opening = EntryWrite {
            action: Action::CreateAuthorisation,
            operation: "create_authorisation",
            document_kind: KIND,
            id_of: |view: &AuthorisationView| view.id.to_string(),
            id: None,
            write,
            render,
        };
        let reference = asked.client_reference.clone();
        let created = self.write_entry(caller, opening, move |work| {
            let new = NewAuthorisation {
                id: AuthorisationId(work.parts.entropy.id(work.now)),
                number: number(work.parts, work.now),
                space: work.caller.space.clone(),
                wholesaler: work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
                client_id: work.caller.client_id.clone(),
                client_reference: asked.client_reference.clone(),
                content: asked.content.clone(),
            };
            insert(work, &submission::draft(new, work.now))
        });
        let created = created.await;
        self.named_if_taken(caller, caller.client_id.clone(), reference, created).await
    }

    /// Names the notification that bears the reference already, when the unique index has refused it.
    pub(super) async fn named_if_taken(
        &self,
        caller: &Caller,
        client_id: String,
        reference: Option<ClientReference>,
        done: Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let is_taken = |refused: &Refused| {
            refused.violations.iter().any(|violation| violation.problem == CLIENT_REFERENCE_TAKEN)
        };
        let (refused, reference) = match (done, reference) {
            (Err(Failure::Refused(refused)), Some(reference)) if is_taken(&refused) => (refused, reference),
            (done, _) => return done,
        };
        let same = Condition::ClientReference { client_id, reference: reference.as_str().to_owned() };
        let space = caller.space.clone();
        let conditions = [same, Condition::Open];
        let listed = self
            .inner
            .store
            .read(move |tx| temporary_authorisation::list(tx, &space, &conditions, None, 1))
            .await?;
        let own = listed.first().filter(|open| caller.org_id() == Some(open.wholesaler));
        let existing = own.map(|open| Existing {
            id: open.id.to_string(),
            href: format!("/api/v1/temporary-authorisations/{}", open.id),
        });
        Err(Failure::Refused(Refused { existing, ..refused }))
    }
}

/// Inserts a new draft and shows it to who opened it.
pub(super) fn insert(
    work: &mut Work<'_, '_>,
    authorisation: &Authorisation,
) -> Result<AuthorisationView, Failure> {
    let key = AuthorisationKey::new(&work.parts.ring, &authorisation.id.to_string())?;
    temporary_authorisation::insert(work.tx, authorisation, &key).map_err(taken)?;
    let own = work.caller.org_id();
    view::build(work.tx, work.parts, Relation::Notifier, own, authorisation, key.data_key(), work.now)
}

pub(super) fn number(parts: &Parts, now: DateTime<Utc>) -> AuthorisationNumber {
    AuthorisationNumber::compose(warsaw_date(now).year(), parts.entropy.random())
}
