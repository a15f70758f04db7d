//! An officer records an outage, when it begins, when it is over, or before a planned one.

use super::StoredOutage;
use super::change::Change;
use super::unattended;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::values::Text;

#[derive(Clone, Debug)]
pub struct RecordOutage {
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
    pub reason: Text<2000>,
}

impl App {
    #[tracing::instrument(name = "record_outage", skip_all)]
    pub async fn record_outage(
        &self,
        caller: &Caller,
        asked: RecordOutage,
        write: Write,
        render: Render<StoredOutage>,
    ) -> Result<Answer, Failure> {
        let change = Change { operation: "record_outage", id: None, write, render };
        self.write_outage(caller, change, move |work| {
            let (parts, space) = (work.parts, &work.caller.space);
            unattended::insert(work.tx, parts, space, asked.clone(), parts.outage_grace)
        })
        .await
    }
}
