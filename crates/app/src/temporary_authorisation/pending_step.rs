//! Steps of a notification whose signature awaits a validation service: how they are received, taken and refused.

use super::change::{AuthorisationTarget, Change, Changed};
use super::signed_command::SignedCommand;
use super::{announce, elapse, resolve_authorisation};
use crate::answer::Write;
use crate::entry::Work;
use crate::failure::Failure;
use crate::pending_step::{self, KeptStep, Receipt, Waiting, WaitingDocument, nothing};
use crate::{App, Parts};
use domain::demand::model::SignatureKind;
use domain::ids::AuthorisationId;
use domain::pending::PendingStep;
use domain::temporary_authorisation::{Authorisation, KIND, pending};
use gateways::validation::Report;
use store::sealing::DataKey;
use store::{Tx, pending_steps, temporary_authorisation};

/// Receives a step. Whatever else stands in its way is told now, not after the validation.
pub(super) fn receive(
    work: &mut Work<'_, '_>,
    found: Authorisation,
    key: &DataKey,
    receipt: &Receipt<'_, SignedCommand>,
) -> Changed {
    receipt.command.carry_out(work, found.clone(), key, receipt.evidence)?;
    let id = found.id.to_string();
    let document = WaitingDocument { id: &id, kind: KIND, space: &found.space, key };
    let Receipt { command, caller, signature, trace_id, .. } = *receipt;
    let step = KeptStep::of(command.clone(), caller, signature, trace_id);
    pending_step::keep(work.tx, work.parts, &document, &step, work.now)?;
    let pending =
        PendingStep { step: receipt.command.awaited(), kind: SignatureKind::Trusted, received_at: work.now };
    Ok(pending::receive(found, receipt.command.step().command, pending)?)
}

impl App {
    /// Takes a step whose signature was found valid, as of its receipt.
    pub(crate) async fn take_authorisation_step(
        &self,
        id: AuthorisationId,
        mut waiting: Waiting<SignedCommand>,
        report: &Report,
    ) -> Result<(), Failure> {
        let step = waiting.kept.command.step();
        let evidence = waiting.evidence(step.step.name(), report)?;
        let evidence = evidence.ok_or(Failure::Denied(crate::faults::PERSON_UNKNOWN))?;
        let Waiting { revision, received_at, kept, caller, .. } = waiting;
        let change =
            Change { resumes: Some(received_at), operation: "complete_step", ..step.change(revision) };
        let write = Write { key: None, fingerprint: [0; 32], trace_id: kept.trace_id };
        let (target, command) = (AuthorisationTarget { id, if_match: None }, kept.command);
        let taken =
            self.change_authorisation(&caller, change, target, write, nothing, move |work, found, key| {
                let decided = command.carry_out(work, found, key, &evidence)?;
                resolve_authorisation::add_to_base(work, &decided.document)?;
                Ok(decided)
            });
        taken.await.map(drop)
    }
}

/// The verdict is about the signature of this revision: another one that waits by now has nothing to do with it.
pub(crate) fn refuse_step(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (id, revision): (AuthorisationId, i64),
    code: &str,
) -> Result<(), Failure> {
    let Some(loaded) = temporary_authorisation::find(tx, &parts.ring, id)? else { return Ok(()) };
    if loaded.authorisation.revision != revision {
        return Err(Failure::Stale);
    }
    let now = parts.clock.now(&loaded.authorisation.space);
    let decided = pending::refuse(loaded.authorisation, code, now);
    if decided.events.is_empty() {
        return Ok(());
    }
    let saved =
        temporary_authorisation::save(tx, decided.document, &loaded.key, now)?.ok_or(Failure::Stale)?;
    pending_steps::remove(tx, &id.to_string())?;
    elapse::record(tx, parts, &saved, "refuse_step")?;
    announce::by_the_clock(tx, parts, &saved, &decided.events)
}
