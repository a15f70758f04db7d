//! The one way in which a notification is read: authorise, load, apply the term that has run out, look.

use super::access::{Seen, load};
use super::elapse::is_over;
use super::view::{self, AuthorisationView};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, Parts};
use domain::ids::AuthorisationId;
use std::sync::Arc;
use store::Tx;

/// The notification in a wholesaler's feed; `None` while a period that is over is not applied.
pub(crate) fn in_feed(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    id: AuthorisationId,
) -> Result<Option<AuthorisationView>, Failure> {
    let seen = load(tx, parts, caller, id)?;
    let authorisation = &seen.loaded.authorisation;
    if is_over(tx, parts, authorisation)? {
        return Ok(None);
    }
    let now = parts.clock.now(&authorisation.space);
    view::build(tx, parts, seen.relation, caller.org_id(), authorisation, &seen.loaded.key, now).map(Some)
}

impl App {
    pub(crate) async fn read_authorisation<T: Send + 'static>(
        &self,
        caller: &Caller,
        id: AuthorisationId,
        look: impl Fn(&mut Tx<'_>, &Seen) -> Result<T, Failure> + Send + Sync + 'static,
    ) -> Result<T, Failure> {
        authorize_role(caller, Action::ReadAuthorisation).map_err(Failure::Denied)?;
        let look = Arc::new(look);
        loop {
            let (parts, asking, look) = (self.inner.clone(), caller.clone(), look.clone());
            let told = self
                .inner
                .store
                .read_snapshot(move |tx| {
                    let seen = load(tx, &parts, &asking, id)?;
                    if is_over(tx, &parts, &seen.loaded.authorisation)? {
                        return Ok::<_, Failure>(None);
                    }
                    look(tx, &seen).map(Some)
                })
                .await?;
            match told {
                Some(told) => return Ok(told),
                None => self.apply_end_of_period(id).await?,
            }
        }
    }

    /// The notification as this caller may see it.
    #[tracing::instrument(name = "find_authorisation", skip_all)]
    pub async fn find_authorisation(
        &self,
        caller: &Caller,
        id: AuthorisationId,
    ) -> Result<AuthorisationView, Failure> {
        let (own, parts) = (caller.org_id(), self.inner.clone());
        self.read_authorisation(caller, id, move |tx, seen| {
            let authorisation = &seen.loaded.authorisation;
            let now = parts.clock.now(&authorisation.space);
            view::build(tx, &parts, seen.relation, own, authorisation, &seen.loaded.key, now)
        })
        .await
    }
}
