//! Where a resolved demand stands at this moment, terms that ran out included.

use crate::App;
use crate::demand::has_elapsed;
use crate::failure::Failure;
use domain::demand::lifecycle::StateName;
use domain::ids::DemandId;
use domain::temporary_authorisation;

/// The present state of what was resolved, of whichever kind it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Demand(StateName),
    Authorisation(temporary_authorisation::StateName),
}

impl App {
    /// A term that has run out is applied before anybody is told the state.
    pub(super) async fn present_state(&self, id: DemandId) -> Result<StateName, Failure> {
        loop {
            let parts = self.inner.clone();
            let state = self
                .inner
                .store
                .read(move |tx| {
                    let found = store::demand::find(tx, &parts.ring, id)?.ok_or(Failure::NotFound)?;
                    let elapsed =
                        has_elapsed(tx, &parts, &found.demand, parts.clock.now(&found.demand.space))?;
                    Ok::<_, Failure>((!elapsed).then(|| found.demand.state.name()))
                })
                .await?;
            match state {
                Some(state) => return Ok(state),
                None => self.apply_elapsed(id).await?,
            }
        }
    }
}
