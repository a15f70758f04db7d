//! The one way in which a notification is read: authorise, load, apply the end of its period, look.

use super::access::{Seen, load};
use super::elapse::is_over;
use super::view::{self, AuthorisationView};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::ids::AuthorisationId;
use std::sync::Arc;
use store::Tx;

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
                    if is_over(&parts, &seen.loaded.authorisation) {
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
        let own = caller.org_id();
        self.read_authorisation(caller, id, move |tx, seen| {
            view::build(tx, seen.relation, own, &seen.loaded.authorisation, &seen.loaded.key)
        })
        .await
    }
}
