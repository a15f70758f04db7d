//! «Did you get it?»: what became of a request, asked by its key or by sending it again.

use crate::App;
use crate::answer::{Answer, StoredAnswer};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Reading;
use crate::device_order::OrderReading;
use crate::failure::Failure;
use crate::idempotent::{self, Done, Earlier};
use chrono::{DateTime, Utc};
use domain::ids::{DemandId, DeviceOrderId, RepairOrderId};
use store::audit::Outcome;
use uuid::Uuid;

/// A request that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownOperation {
    pub operation: String,
    pub carried_out_at: DateTime<Utc>,
    pub document_id: Option<String>,
    pub answer: StoredAnswer,
}

impl App {
    /// The operation under this key, of this client, organisation and person only, while they still have its role.
    #[tracing::instrument(name = "find_operation", skip_all)]
    pub async fn find_operation(
        &self,
        caller: &Caller,
        key: &str,
        trace_id: &str,
    ) -> Result<KnownOperation, Failure> {
        authorize_role(caller, Action::AskOperation).map_err(Failure::Denied)?;
        let parts = self.inner.clone();
        let (scope, key) = (idempotent::scope(&parts.ring, caller), key.to_owned());
        let known = self
            .inner
            .store
            .read(move |tx| store::idempotency::look_up(tx, &parts.ring, &scope, &key))
            .await?
            .ok_or(Failure::NotFound)?;
        let action = Action::of_operation(&known.operation).ok_or(Failure::NotFound)?;
        let permitted = authorize_role(caller, action);
        let reading = Reading { caller, operation: "find_operation", trace_id };
        let outcome = match permitted {
            Ok(()) => Outcome::Allowed,
            Err(problem) => Outcome::Refused(problem.code.to_owned()),
        };
        self.record_shown(reading, known.document_id.as_deref(), outcome, &known.operation).await?;
        permitted.map_err(Failure::Denied)?;
        Ok(KnownOperation {
            operation: known.operation,
            carried_out_at: known.created_at,
            document_id: known.document_id,
            answer: idempotent::from_bytes(known.answer.status, &known.answer.bytes)?,
        })
    }

    /// The answer of a write; one that was given before is shown once more, and that is on record.
    pub(crate) async fn answered(
        &self,
        caller: &Caller,
        trace_id: &str,
        done: Done,
    ) -> Result<Answer, Failure> {
        match done {
            Done::Now(answer) => Ok(Answer::Fresh(answer)),
            Done::Before(earlier) => self.replayed(caller, trace_id, earlier).await.map(Answer::Replayed),
        }
    }

    pub(crate) async fn replayed(
        &self,
        caller: &Caller,
        trace_id: &str,
        earlier: Earlier,
    ) -> Result<StoredAnswer, Failure> {
        let reading = Reading { caller, operation: "replay_answer", trace_id };
        let Earlier { operation, document_id, answer } = earlier;
        self.record_shown(reading, document_id.as_deref(), Outcome::Allowed, &operation).await?;
        Ok(answer)
    }

    /// A stored answer repeats its document, whose patients see who looked at it again.
    async fn record_shown(
        &self,
        reading: Reading<'_>,
        document_id: Option<&str>,
        outcome: Outcome,
        operation: &str,
    ) -> Result<(), Failure> {
        let Some(id) = document_id.and_then(|id| Uuid::try_parse(id).ok()) else { return Ok(()) };
        let of_order =
            OrderReading { caller: reading.caller, operation: reading.operation, trace_id: reading.trace_id };
        // An id is of one document: of whichever kind it is not, nothing is found to record.
        self.record_about_order(of_order, DeviceOrderId(id), outcome.clone(), Some(operation)).await?;
        self.record_about_repair_order(of_order, RepairOrderId(id), outcome.clone(), Some(operation)).await?;
        self.record_about(reading, DemandId(id), outcome, Some(operation)).await
    }
}
