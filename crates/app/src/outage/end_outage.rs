//! An officer says when an outage ended.

use super::change::Change;
use super::{OutageTarget, StoredOutage};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use chrono::{DateTime, Utc};

impl App {
    #[tracing::instrument(name = "end_outage", skip_all)]
    pub async fn end_outage(
        &self,
        caller: &Caller,
        target: OutageTarget,
        until: DateTime<Utc>,
        write: Write,
        render: Render<StoredOutage>,
    ) -> Result<Answer, Failure> {
        let change = Change { operation: "end_outage", id: Some(target.id), write, render };
        self.change_outage(caller, target, change, move |outage, now| outage.end(until, now)).await
    }
}
