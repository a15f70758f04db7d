//! An officer lets the terms that an outage holds end.

use super::change::Change;
use super::{OutageTarget, StoredOutage};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::outage::Outage;

impl App {
    #[tracing::instrument(name = "release_outage", skip_all)]
    pub async fn release_outage(
        &self,
        caller: &Caller,
        target: OutageTarget,
        write: Write,
        render: Render<StoredOutage>,
    ) -> Result<Answer, Failure> {
        let change = Change { operation: "release_outage", id: Some(target.id), write, render };
        self.change_outage(caller, target, change, Outage::release).await
    }
}
