//! The one way in which entries are written that are no demands: claim, decide, save, record, answer – in one
//! transaction. Nothing in them is of a patient.

use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::{actor_of, refusal_code};
use crate::failure::Failure;
use crate::idempotent::{self, Done};
use crate::recorded::AccessRecord;
use crate::{App, Parts, register};
use chrono::{DateTime, Utc};
use store::Tx;
use store::audit::{self, Entry, Outcome};
use store::idempotency::Completion;
use store::record::{self, WriteRecord};

/// What a decision works with.
pub(crate) struct Work<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub parts: &'w Parts,
    pub caller: &'w Caller,
    pub now: DateTime<Utc>,
    pub trace_id: &'w str,
}

impl Work<'_, '_> {
    /// The entry of a further document that changes with the one that was addressed.
    pub(crate) fn record_further(
        &mut self,
        operation: &'static str,
        document_kind: &'static str,
        id: String,
    ) -> Result<(), Failure> {
        let about = About { operation, document_kind };
        let entry = about.entry(self.parts, self.caller, id, Outcome::Allowed, self.trace_id);
        Ok(audit::append(self.tx, &entry)?)
    }
}

/// Who may write it, under which names the audit knows it, and the request.
pub(crate) struct EntryWrite<T> {
    pub action: Action,
    pub operation: &'static str,
    pub document_kind: &'static str,
    /// The id of what is written.
    pub id_of: fn(&T) -> String,
    /// The same, where it is known before.
    pub id: Option<String>,
    pub write: Write,
    pub render: Render<T>,
}

impl App {
    /// Carries out `decide`, which saves what it brings back.
    pub(crate) async fn write_entry<T: 'static>(
        &self,
        caller: &Caller,
        asked: EntryWrite<T>,
        decide: impl Fn(&mut Work<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, asked.action).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &asked.write).await?;
        let done = self.insert_entry(caller, asked, decide).await;
        drop(turn);
        done
    }

    /// The same for whoever may write it and has their turn already.
    pub(crate) async fn insert_entry<T: 'static>(
        &self,
        caller: &Caller,
        asked: EntryWrite<T>,
        decide: impl Fn(&mut Work<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Answer, Failure> {
        let about = About { operation: asked.operation, document_kind: asked.document_kind };
        let (id, trace_id) = (asked.id.clone(), asked.write.trace_id.clone());
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let done = self.inner.store.transaction(move |tx| {
            if let Some(earlier) = idempotent::claim(tx, &parts, &asking, &asked.write, asked.operation)? {
                return Ok(Done::Before(earlier));
            }
            // Pharmacies and wholesalers act as organisations, through software that names no person.
            if !matches!(asking.role, Role::Pharmacy | Role::Wholesaler) {
                register::in_post(tx, &asking)?;
            }
            let now = parts.clock.now(&asking.space);
            let trace_id = &asked.write.trace_id;
            let stored = decide(&mut Work { tx, parts: &parts, caller: &asking, now, trace_id })?;
            recorded(tx, &parts, &asking, &asked, &stored).map(Done::Now)
        });
        let done = done.await;
        if let (Err(failure), Some(id)) = (&done, id) {
            self.record_refused(caller, about, id, failure, &trace_id).await?;
        }
        self.answered(caller, &trace_id, done?).await
    }

    /// A refused attempt on a document that is there is on record, in a transaction of its own.
    pub(crate) async fn record_refused(
        &self,
        caller: &Caller,
        about: About,
        id: String,
        failure: &Failure,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let Some(code) = refusal_code(failure).filter(|_| !matches!(failure, Failure::NotFound)) else {
            return Ok(());
        };
        let outcome = Outcome::Refused(code.to_owned());
        let entry = about.entry(&self.inner, caller, id, outcome, trace_id);
        self.keep(AccessRecord::of(vec![entry])).await
    }
}

/// The answer, its audit entry and the answer under its key.
fn recorded<T>(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    asked: &EntryWrite<T>,
    stored: &T,
) -> Result<StoredAnswer, Failure> {
    let answer = (asked.render)(stored);
    let (scope, bytes) = (idempotent::scope(&parts.ring, caller), idempotent::to_bytes(&answer)?);
    let document_id = (asked.id_of)(stored);
    let completion = asked.write.key.as_deref().map(|key| Completion {
        scope: &scope,
        key,
        status: answer.status,
        bytes: &bytes,
        document_id: Some(&document_id),
    });
    let about = About { operation: asked.operation, document_kind: asked.document_kind };
    let trace_id = &asked.write.trace_id;
    let entry = about.entry(parts, caller, document_id.clone(), Outcome::Allowed, trace_id);
    record::write(tx, &parts.ring, &WriteRecord { entry: &entry, events: &[], completion })?;
    Ok(answer)
}

/// Under which names the audit knows a write.
pub(crate) struct About {
    pub operation: &'static str,
    pub document_kind: &'static str,
}

impl About {
    fn entry(&self, parts: &Parts, caller: &Caller, id: String, outcome: Outcome, trace_id: &str) -> Entry {
        let at = parts.clock.now(&caller.space);
        Entry {
            id: parts.entropy.id(at),
            at,
            space: caller.space.clone(),
            actor: actor_of(caller),
            on_behalf_of: None,
            purpose: None,
            action: self.operation.to_owned(),
            document_kind: Some(self.document_kind.to_owned()),
            document_id: Some(id),
            patient_id: None,
            outcome,
            trace_id: Some(trace_id.to_owned()),
        }
    }
}
