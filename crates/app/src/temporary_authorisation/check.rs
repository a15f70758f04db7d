//! The public check of a notification: both numbers show a resolution and where it stands, never the document.

use super::supply::AuthorisationNumbers;
use crate::App;
use crate::failure::Failure;
use crate::public::{CheckedDecision, Standing};
use crate::supply::nothing;
use domain::ids::AuthorisationId;
use domain::outage::Holds;
use domain::temporary_authorisation::{StateName, clocks};
use domain::values::ResolutionNumber;
use store::temporary_authorisation;

impl App {
    /// One answer for unresolved, unknown and wrong.
    #[tracing::instrument(name = "check_notification", skip_all)]
    pub async fn check_notification(
        &self,
        numbers: AuthorisationNumbers,
        address: &str,
        trace_id: &str,
    ) -> Result<CheckedDecision, Failure> {
        let parts = self.inner.clone();
        let found = self
            .inner
            .store
            .read(move |tx| {
                let number = &numbers.authorisation;
                let found = temporary_authorisation::find_by_number(tx, &parts.ring, None, number)?;
                Ok::<_, Failure>(found.map(|loaded| {
                    let it = loaded.authorisation;
                    let resolution = it.state.resolution();
                    let agreed = resolution.filter(|it| it.draft.number == numbers.resolution);
                    let token = agreed.map(|resolution| resolution.decision_token.clone());
                    (it.id, it.space, token)
                }))
            })
            .await?;
        let met = found.as_ref().map(|(id, space, token)| (*id, space, token.is_some()));
        self.record_notification_check(met, address, trace_id).await?;
        let (id, token) = found.and_then(|(id, _, token)| Some((id, token?))).ok_or_else(nothing)?;
        let claims = signing::decision_token::verify(&token, &self.inner.decision_keys)
            .map_err(|error| Failure::Bug(error.into()))?;
        Ok(CheckedDecision { state: Standing::Authorisation(self.standing_of(id).await?), token, claims })
    }

    /// The notification that was resolved under this number, and where it stands now.
    pub(crate) async fn standing_under(
        &self,
        number: ResolutionNumber,
    ) -> Result<Option<StateName>, Failure> {
        let parts = self.inner.clone();
        let found = self
            .inner
            .store
            .read(move |tx| temporary_authorisation::find_by_resolution_number(tx, &parts.ring, &number))
            .await?;
        match found {
            Some(loaded) => self.standing_of(loaded.authorisation.id).await.map(Some),
            None => Ok(None),
        }
    }

    /// A period that is over counts as over, whether it has been applied or not; no outage holds one.
    async fn standing_of(&self, id: AuthorisationId) -> Result<StateName, Failure> {
        let parts = self.inner.clone();
        self.inner
            .store
            .read(move |tx| {
                let found = temporary_authorisation::find(tx, &parts.ring, id)?.ok_or(Failure::NotFound)?;
                let now = parts.clock.now(&found.authorisation.space);
                Ok(clocks::elapse(found.authorisation, &Holds::none(), now).document.state.name())
            })
            .await
    }
}
