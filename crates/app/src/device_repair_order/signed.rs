//! A repair order that is signed: first the order as the signer saw it, then, outside any transaction, the signature, and then the
//! decision.

use super::access::{Seen, load};
use super::verify::group_on;
use super::write::{Change, RepairTarget, admit_wait, refused};
use crate::App;
use crate::answer::{StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Evidence, check_match};
use crate::device_order::OrderReading;
use crate::failure::Failure;
use crate::recorded::Read;
use crate::register;
use crate::signature::{AskedSignature, DocumentToSign};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::device_repair_order::form::{Look, figures_unknown};
use domain::device_repair_order::refusals::admit_state;
use domain::device_repair_order::{Command, Content, RepairOrder, clocks, payload};
use store::Tx;
use store::directory::KnownPerson;

/// Either it was carried out before, or its signature was checked.
pub(super) enum Looked {
    Replayed(StoredAnswer),
    Checked(Box<Checked>),
}

pub(super) struct Checked {
    pub revision: i64,
    pub evidence: Evidence,
}

struct Visit {
    revision: i64,
    signer: KnownPerson,
    document: DocumentToSign,
}

/// The bytes of a submission, or of a correction with this content.
fn document(order: &RepairOrder, content: Option<&Content>) -> Result<DocumentToSign, Failure> {
    match content {
        None => DocumentToSign::of(&payload::submission(order)),
        Some(content) => DocumentToSign::of(&payload::correction(order, content)),
    }
}

/// Reading the bytes is another act than signing them, and has its own name on record.
fn look_at_bytes(change: Change) -> &'static str {
    match change.command {
        Command::Submission => "device_repair_order_submission_document",
        Command::Correction => "device_repair_order_correction_document",
        _ => change.operation,
    }
}

impl App {
    /// The bytes for this caller, who must be one to sign them. They repeat the order, so that showing them is a read of it.
    pub(super) async fn repair_order_document(
        &self,
        caller: &Caller,
        change: Change,
        target: RepairTarget,
        content: Option<Content>,
        trace_id: &str,
    ) -> Result<Read<DocumentToSign>, Failure> {
        authorize_role(caller, Action::RepairOrder(change.command)).map_err(Failure::Denied)?;
        let reading = OrderReading { caller, operation: look_at_bytes(change), trace_id };
        let signing = Signing { change, target, needs_match: false };
        self.read_repair_order(reading, target.id, move |sight| {
            visit(sight.tx, sight.seen, sight.now, signing, content.as_ref())
        })
        .await
    }

    /// Looks for an earlier answer, then checks the signature over the rebuilt bytes.
    pub(super) async fn look_and_check_repair_order(
        &self,
        caller: &Caller,
        change: Change,
        target: RepairTarget,
        content: Option<Content>,
        (write, signature): (&Write, &AskedSignature),
    ) -> Result<Looked, Failure> {
        if let Some(answer) = self.earlier_answer(caller, write).await? {
            return Ok(Looked::Replayed(answer));
        }
        let looked = async {
            let Visit { revision, signer, document } =
                self.visit_repair_order(caller, change, target, content).await?;
            let step = payload::STEP;
            let evidence = self.check_signature(caller, step, &signer, &document, signature).await?;
            Ok(Looked::Checked(Box::new(Checked { revision, evidence })))
        };
        let failure = match looked.await {
            Ok(looked) => return Ok(looked),
            Err(failure) => failure,
        };
        // The same request may have been carried out while this one was looking.
        if let Some(answer) = self.earlier_answer(caller, write).await? {
            return Ok(Looked::Replayed(answer));
        }
        let reading = OrderReading { caller, operation: change.operation, trace_id: &write.trace_id };
        self.record_refused_on_repair_order(reading, target.id, &failure).await?;
        Err(failure)
    }

    async fn visit_repair_order(
        &self,
        caller: &Caller,
        change: Change,
        target: RepairTarget,
        content: Option<Content>,
    ) -> Result<Visit, Failure> {
        loop {
            let (parts, asking, content) = (self.inner.clone(), caller.clone(), content.clone());
            let visit = self
                .inner
                .store
                .read_snapshot(move |tx| {
                    let seen = load(tx, &parts, &asking, target.id)?;
                    let now = parts.clock.now(&asking.space);
                    if clocks::is_due(&seen.loaded.order, now) {
                        return Ok::<_, Failure>(None);
                    }
                    let signing = Signing { change, target, needs_match: true };
                    let document = visit(tx, &seen, now, signing, content.as_ref())?;
                    let signer = register::person(tx, &asking)?;
                    Ok(Some(Visit { revision: seen.loaded.order.revision, signer, document }))
                })
                .await?;
            match visit {
                Some(visit) => return Ok(visit),
                None => self.apply_elapsed_repair_order(target.id).await?,
            }
        }
    }
}

/// What is asked for a signature: by which command, on which order, whether its revision has to be named.
#[derive(Clone, Copy)]
struct Signing {
    change: Change,
    target: RepairTarget,
    needs_match: bool,
}

/// The bytes to sign. Nothing is signed on figures that nobody knows.
fn visit(
    tx: &mut Tx<'_>,
    seen: &Seen,
    now: DateTime<Utc>,
    signing: Signing,
    content: Option<&Content>,
) -> Result<DocumentToSign, Failure> {
    let Signing { change, target, needs_match } = signing;
    let order = &seen.loaded.order;
    let relation = seen.admit(change.command)?;
    check_match(target.if_match, order.revision, needs_match)?;
    admit_state(&order.state, change.command)
        .map_err(|found| refused(found, order.state.name(), relation))?;
    // Whoever issues may end a wait at once.
    admit_wait(order, change.command, relation, true)?;
    let (ordered, today) = (content.unwrap_or(&order.content), warsaw_date(now));
    let group = group_on(tx, &order.space, ordered, today)?;
    let unknown = figures_unknown(&Look { content: ordered, group: group.as_ref(), on: today });
    if unknown.is_empty() { document(order, content) } else { Err(unknown.into()) }
}
