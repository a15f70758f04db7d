//! Where a resolved demand stands at this moment, terms that ran out included.

use crate::App;
use crate::failure::Failure;
use domain::demand::lifecycle::StateName;
use domain::ids::DemandId;

impl App {
    /// A term that has run out is applied before anybody is told the state.
    pub(super) async fn present_state(&self, id: DemandId) -> Result<StateName, Failure> {
        let parts = self.inner.clone();
        let due = self
            .inner
            .store
            .read(move |tx| {
                let due = store::demand::due(tx, id)?;
                Ok::<_, Failure>(due.is_some_and(|(space, due_at)| due_at <= parts.clock.now(&space)))
            })
            .await?;
        if due {
            self.apply_elapsed(id).await?;
        }
        let parts = self.inner.clone();
        let found = self.inner.store.read(move |tx| store::demand::find(tx, &parts.ring, id)).await?;
        found.map(|loaded| loaded.demand.state.name()).ok_or(Failure::NotFound)
    }
}
