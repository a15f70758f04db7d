//! The one way in which outages are written: claim, decide, save, record, answer – in one transaction.

use super::{OutageTarget, StoredOutage};
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{actor_of, check_match, refusal_code};
use crate::failure::Failure;
use crate::idempotent::{self, Done};
use crate::recorded::AccessRecord;
use crate::{App, Parts, register};
use chrono::{DateTime, Utc};
use domain::ids::OutageId;
use domain::outage::Outage;
use domain::problem::Violation;
use store::Tx;
use store::audit::{Entry, Outcome};
use store::idempotency::Completion;
use store::record::{self, WriteRecord};

/// What a decision works with.
pub(super) struct Work<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub parts: &'w Parts,
    pub caller: &'w Caller,
    pub now: DateTime<Utc>,
}

/// The name under which the audit knows it, and the request.
pub(super) struct Change {
    pub operation: &'static str,
    /// The outage, where it is known before.
    pub id: Option<OutageId>,
    pub write: Write,
    pub render: Render<StoredOutage>,
}

impl App {
    /// Carries out a transition of a recorded outage, on the revision that the officer saw.
    pub(super) async fn change_outage(
        &self,
        caller: &Caller,
        target: OutageTarget,
        change: Change,
        decide: impl Fn(Outage, DateTime<Utc>) -> Result<Outage, Vec<Violation>> + Send + 'static,
    ) -> Result<Answer, Failure> {
        self.write_outage(caller, change, move |work| {
            let found = store::outages::find(work.tx, &work.caller.space, target.id)?;
            let StoredOutage { outage, revision } = found.ok_or(Failure::NotFound)?;
            check_match(target.if_match, revision, true)?;
            let outage = decide(outage, work.now)?;
            let revision = store::outages::save(work.tx, &outage, revision)?.ok_or(Failure::Stale)?;
            Ok(StoredOutage { outage, revision })
        })
        .await
    }

    pub(super) async fn write_outage(
        &self,
        caller: &Caller,
        change: Change,
        decide: impl Fn(&mut Work<'_, '_>) -> Result<StoredOutage, Failure> + Send + 'static,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::KeepOutages).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &change.write).await?;
        let (id, operation, trace_id) = (change.id, change.operation, change.write.trace_id.clone());
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let done = self.inner.store.transaction(move |tx| {
            if let Some(earlier) = idempotent::claim(tx, &parts, &asking, &change.write, change.operation)? {
                return Ok(Done::Before(earlier));
            }
            register::in_post(tx, &asking)?;
            let now = parts.clock.now(&asking.space);
            let stored = decide(&mut Work { tx, parts: &parts, caller: &asking, now })?;
            recorded(tx, &parts, &asking, &change, &stored).map(Done::Now)
        });
        let done = done.await;
        drop(turn);
        if let (Err(failure), Some(id)) = (&done, id)
            && let Some(code) = refusal_code(failure)
            && !matches!(failure, Failure::NotFound)
        {
            let outcome = Outcome::Refused(code.to_owned());
            let entry = entry(&self.inner, caller, operation, id, outcome, &trace_id);
            self.keep(AccessRecord::of(vec![entry])).await?;
        }
        self.answered(caller, &trace_id, done?).await
    }
}

/// The answer, its audit entry and the answer under its key.
fn recorded(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    change: &Change,
    stored: &StoredOutage,
) -> Result<StoredAnswer, Failure> {
    let answer = (change.render)(stored);
    let (scope, bytes) = (idempotent::scope(&parts.ring, caller), idempotent::to_bytes(&answer)?);
    let document_id = stored.outage.id.to_string();
    let completion = change.write.key.as_deref().map(|key| Completion {
        scope: &scope,
        key,
        status: answer.status,
        bytes: &bytes,
        document_id: Some(&document_id),
    });
    let trace_id = &change.write.trace_id;
    let entry = entry(parts, caller, change.operation, stored.outage.id, Outcome::Allowed, trace_id);
    record::write(tx, &parts.ring, &WriteRecord { entry: &entry, events: &[], completion })?;
    Ok(answer)
}

fn entry(
    parts: &Parts,
    caller: &Caller,
    action: &str,
    id: OutageId,
    outcome: Outcome,
    trace_id: &str,
) -> Entry {
    let at = parts.clock.now(&caller.space);
    Entry {
        id: parts.entropy.id(at),
        at,
        space: caller.space.clone(),
        actor: actor_of(caller),
        on_behalf_of: None,
        purpose: None,
        action: action.to_owned(),
        document_kind: Some("OUTAGE".to_owned()),
        document_id: Some(id.to_string()),
        patient_id: None,
        outcome,
        trace_id: Some(trace_id.to_owned()),
    }
}
