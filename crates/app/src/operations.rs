//! «Did you get it?»: what became of a request, asked by its key.

use crate::App;
use crate::answer::StoredAnswer;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::idempotent;
use chrono::{DateTime, Utc};

/// A request that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownOperation {
    pub operation: String,
    pub carried_out_at: DateTime<Utc>,
    pub document_id: Option<String>,
    pub answer: StoredAnswer,
}

impl App {
    /// The operation under this key, of this client and person only.
    #[tracing::instrument(name = "find_operation", skip_all)]
    pub async fn find_operation(&self, caller: &Caller, key: &str) -> Result<KnownOperation, Failure> {
        authorize_role(caller, Action::AskOperation).map_err(Failure::Denied)?;
        let parts = self.inner.clone();
        let (scope, key) = (idempotent::scope(&parts.ring, caller), key.to_owned());
        let known = self
            .inner
            .store
            .read(move |tx| store::idempotency::look_up(tx, &parts.ring, &scope, &key))
            .await?
            .ok_or(Failure::NotFound)?;
        Ok(KnownOperation {
            operation: known.operation,
            carried_out_at: known.created_at,
            document_id: known.document_id,
            answer: idempotent::from_bytes(known.answer.status, &known.answer.bytes)?,
        })
    }
}
