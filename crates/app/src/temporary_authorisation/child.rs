//! What is added to a notification without moving it, on the frame of all entries. Its revision stays as it is.

use super::access::{Seen, load};
use super::elapse::is_over;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::entry::{EntryWrite, Work};
use crate::failure::Failure;
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::KIND;
use store::outbox::{self, NewEvent};
use store::temporary_authorisation;

/// What is added, to which notification, and under which name the audit knows it.
pub(crate) struct AuthorisationChild<T> {
    pub action: Action,
    pub operation: &'static str,
    pub id: AuthorisationId,
    pub id_of: fn(&T) -> String,
    pub write: Write,
    pub render: Render<T>,
}

impl App {
    /// Adds what `decide` inserts, for whoever has their turn already.
    pub(crate) async fn insert_authorisation_child<T: 'static>(
        &self,
        caller: &Caller,
        child: AuthorisationChild<T>,
        decide: impl Fn(&mut Work<'_, '_>, &Seen) -> Result<(T, Vec<NewEvent>), Failure> + Send + 'static,
    ) -> Result<Answer, Failure> {
        let AuthorisationChild { action, operation, id, id_of, write, render } = child;
        self.apply_end_of_period(id).await?;
        let asked = EntryWrite {
            action,
            operation,
            document_kind: KIND,
            id_of,
            id: Some(id.to_string()),
            write,
            render,
        };
        self.insert_entry(caller, asked, move |work| {
            // What was decided on this state is written while it lasts.
            temporary_authorisation::hold(work.tx, id)?;
            let seen = load(work.tx, work.parts, work.caller, id)?;
            if is_over(work.tx, work.parts, &seen.loaded.authorisation)? {
                return Err(Failure::Stale);
            }
            let (added, events) = decide(work, &seen)?;
            outbox::append_all(work.tx, &events)?;
            Ok(added)
        })
        .await
    }
}
