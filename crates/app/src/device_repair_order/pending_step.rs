//! Steps of a repair order whose signature awaits a validation service: how they are received, taken and refused.

use super::announce::{self, Saved};
use super::submit_repair_order::{CORRECTION, SUBMISSION, decide};
use super::write::{Asked, Change, Changed, RepairTarget, Work};
use crate::answer::Write;
use crate::demand::Evidence;
use crate::device_order::times;
use crate::failure::Failure;
use crate::faults::PERSON_UNKNOWN;
use crate::pending_step::{self, KeptStep, Receipt, Waiting, WaitingDocument, nothing};
use crate::{App, Parts};
use domain::demand::model::SignatureKind;
use domain::device_order::pending::{PendingStep, SignedStep};
use domain::device_repair_order::{Content, KIND, RepairOrder, payload, pending};
use domain::ids::RepairOrderId;
use gateways::validation::Report;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::device_repair_order::WaitingVerification;
use store::{Tx, pending_steps};

/// A signed command without its signature, as it is kept while that is validated.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(crate) enum SignedCommand {
    Submission {},
    Correction { content: Box<Content> },
}

impl SignedCommand {
    /// A correction brings its content; a submission signs what the draft says.
    pub(super) fn of(content: Option<Content>) -> Self {
        content.map_or(Self::Submission {}, |content| Self::Correction { content: Box::new(content) })
    }

    fn step(&self) -> SignedStep {
        match self {
            Self::Submission {} => SignedStep::Submission,
            Self::Correction { .. } => SignedStep::Correction,
        }
    }

    fn change(&self) -> Change {
        match self {
            Self::Submission {} => SUBMISSION,
            Self::Correction { .. } => CORRECTION,
        }
    }

    /// The decision, with its signature kept unless that still awaits validation.
    fn carry_out(&self, work: &mut Work<'_, '_>, found: RepairOrder, evidence: &Evidence) -> Changed {
        let content = match self {
            Self::Submission {} => None,
            Self::Correction { content } => Some(content.as_ref().clone()),
        };
        decide(work, found, content, evidence)
    }
}

impl SignedCommand {
    /// Carried out at once, or received where its signature has to be validated outside.
    pub(super) fn take_or_receive(
        &self,
        work: &mut Work<'_, '_>,
        found: RepairOrder,
        evidence: &Evidence,
        trace_id: &str,
    ) -> Changed {
        let Some(signature) = evidence.awaited() else { return self.carry_out(work, found, evidence) };
        let caller = work.caller;
        receive(work, found, &Receipt { command: self, caller, evidence, signature, trace_id })
    }
}

/// Receives a step. Whatever else stands in its way is told now, not after the validation.
fn receive(work: &mut Work<'_, '_>, found: RepairOrder, receipt: &Receipt<'_, SignedCommand>) -> Changed {
    let Receipt { command, caller, signature, trace_id, evidence } = *receipt;
    command.carry_out(work, found.clone(), evidence)?;
    let id = found.id.to_string();
    let document = WaitingDocument { id: &id, kind: KIND, space: &found.space, key: work.key };
    let step = KeptStep::of(command.clone(), caller, signature, trace_id);
    pending_step::keep(work.tx, work.parts, &document, &step, work.now)?;
    let pending = PendingStep { step: command.step(), kind: SignatureKind::Trusted, received_at: work.now };
    Ok(pending::receive(found, pending)?)
}

impl App {
    /// Takes a step whose signature was found valid, as of its receipt; the payer looks at the order at once.
    pub(crate) async fn take_repair_order_step(
        &self,
        id: RepairOrderId,
        mut waiting: Waiting<SignedCommand>,
        report: &Report,
    ) -> Result<(), Failure> {
        let evidence = waiting.evidence(payload::STEP, report)?.ok_or(Failure::Denied(PERSON_UNKNOWN))?;
        let Waiting { revision, received_at, kept, caller, .. } = waiting;
        let change = Change {
            seen_revision: Some(revision),
            resumes: Some(received_at),
            operation: "complete_step",
            ..kept.command.change()
        };
        let write = Write { key: None, fingerprint: [0; 32], trace_id: kept.trace_id };
        let (target, command) = (RepairTarget { id, if_match: None }, kept.command);
        let decide =
            move |work: &mut Work<'_, '_>, found: RepairOrder| command.carry_out(work, found, &evidence);
        let asked = Asked { caller, change, target, write, render: nothing, decide };
        self.carry_out_on_repair_order(Arc::new(asked)).await?;
        let begun = WaitingVerification { id, revision: revision + 1, tries: 0 };
        // The step stands; what is left of it a worker finishes.
        if let Err(fault) = self.finish_repair_verification(begun, None).await {
            tracing::error!(order.id = %id, verification.fault = ?fault, "verification not finished");
        }
        Ok(())
    }
}

/// The verdict is about the signature of this revision: another one that waits by now has nothing to do with it.
pub(crate) fn refuse_step(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (id, revision): (RepairOrderId, i64),
    code: &str,
) -> Result<(), Failure> {
    let Some(loaded) = store::device_repair_order::find(tx, &parts.ring, id)? else { return Ok(()) };
    if loaded.order.revision != revision {
        return Err(Failure::Stale);
    }
    let now = parts.clock.now(&loaded.order.space);
    let decided = pending::refuse(loaded.order.clone(), code, now);
    if decided.events.is_empty() {
        return Ok(());
    }
    let times = times(parts, now);
    let saved = store::device_repair_order::save(tx, &parts.ring, decided.document, &loaded, None, times)?;
    let (order, patient) = saved.ok_or(Failure::Stale)?;
    pending_steps::remove(tx, &id.to_string())?;
    let saved = Saved { order: &order, patient, concerned: &[patient], events: &decided.events };
    announce::by_the_service(tx, parts, "refuse_step", &saved)
}
