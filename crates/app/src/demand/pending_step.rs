//! Steps of a demand whose signature awaits a validation service: how they are received, taken and refused.

use super::announce::{self, Concerned};
use super::change::{Change, Decision, Resumed, Target, Work};
use super::signed_command::SignedCommand;
use crate::answer::Write;
use crate::failure::Failure;
use crate::pending_step::{self, KeptStep, Receipt, Waiting, WaitingDocument, nothing};
use crate::{App, Parts};
use domain::demand::model::{Consultant, Demand, SignatureKind};
use domain::demand::pending;
use domain::ids::DemandId;
use domain::pending::PendingStep;
use gateways::validation::Report;
use serde::{Deserialize, Serialize};
use store::demand::Loaded;
use store::{Tx, pending_steps};

/// A command as it is kept while its signature is validated.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptCommand {
    #[serde(flatten)]
    command: SignedCommand,
    /// Who gave the opinion in the chosen consultant's place: the absence may be over when the step is taken.
    #[serde(default)]
    stood_in: Option<Consultant>,
}

/// Receives a step. Whatever else stands in its way is told now, not after the validation.
pub(super) fn receive(
    work: &mut Work<'_, '_>,
    demand: &Demand,
    receipt: &Receipt<'_, SignedCommand>,
) -> Result<Decision, Failure> {
    receipt.command.carry_out(work, demand.clone(), Some(receipt.evidence))?;
    // As it stands for everybody: a substitute takes the consultant's place with the opinion, not before.
    let standing =
        store::demand::find(work.tx, &work.parts.ring, demand.id)?.ok_or(Failure::NotFound)?.demand;
    let stood_in = demand.state.consultant().filter(|it| stands_in(it, &standing)).cloned();
    let command = KeptCommand { command: receipt.command.clone(), stood_in };
    let Receipt { caller, signature, trace_id, .. } = *receipt;
    let id = demand.id.to_string();
    let kind = demand.content.kind().name();
    let document = WaitingDocument { id: &id, kind, space: &demand.space, key: work.key };
    let step = KeptStep::of(command, caller, signature, trace_id);
    pending_step::keep(work.tx, work.parts, &document, &step, work.now)?;
    let pending =
        PendingStep { step: receipt.command.awaited(), kind: SignatureKind::Trusted, received_at: work.now };
    Ok(pending::receive(standing, pending)?.into())
}

/// Whether this consultant, before whom the demand lies, is another one than the demand itself names.
fn stands_in(consultant: &Consultant, standing: &Demand) -> bool {
    standing.state.consultant().is_some_and(|chosen| chosen.npwz != consultant.npwz)
}

impl App {
    /// Takes a step whose signature was found valid, as of its receipt.
    pub(crate) async fn take_demand_step(
        &self,
        id: DemandId,
        mut waiting: Waiting<KeptCommand>,
        report: &Report,
    ) -> Result<(), Failure> {
        let step = waiting.kept.command.command.step();
        let evidence = waiting.evidence(step.step.name(), report)?;
        let evidence = evidence.ok_or(Failure::Denied(crate::faults::PERSON_UNKNOWN))?;
        let Waiting { revision, received_at, kept, caller, .. } = waiting;
        let KeptCommand { command, stood_in } = kept.command;
        let resumed = Resumed { received_at, stood_in };
        let change = Change { resumes: Some(resumed), seen_revision: Some(revision), ..step.change(None) };
        let change = Change { needs_match: false, operation: "complete_step", ..change };
        let write = Write { key: None, fingerprint: [0; 32], trace_id: kept.trace_id };
        let target = Target { demand: id.into(), if_match: None };
        let taken = self.change_demand(&caller, change, target, write, nothing, move |work, demand| {
            command.carry_out(work, demand, Some(&evidence))
        });
        taken.await.map(drop)
    }
}

/// The verdict is about the signature of this revision: another one that waits by now has nothing to do with it.
pub(crate) fn refuse_step(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (id, revision): (DemandId, i64),
    code: &str,
) -> Result<(), Failure> {
    let Some(loaded) = store::demand::find(tx, &parts.ring, id)? else { return Ok(()) };
    if loaded.demand.revision != revision {
        return Err(Failure::Stale);
    }
    let now = parts.clock.now(&loaded.demand.space);
    let stood_in = stood_in(tx, &loaded)?;
    let decided = pending::refuse(loaded.demand, code, now);
    if decided.events.is_empty() {
        return Ok(());
    }
    let Some(demand) = store::demand::save(tx, &parts.ring, decided.document, &loaded.key, None, now)? else {
        return Err(Failure::Stale);
    };
    pending_steps::remove(tx, &id.to_string())?;
    let concerned = Concerned { patients: &loaded.patients, stood_in: stood_in.as_ref() };
    announce::by_the_clock(tx, parts, &demand, "refuse_step", &decided.events, concerned)
}

/// Who signed the waiting step in the chosen consultant's place; the absence may be over by now.
pub(super) fn stood_in(tx: &mut Tx<'_>, loaded: &Loaded) -> Result<Option<Consultant>, Failure> {
    let Some(kept) = pending_steps::find(tx, &loaded.key, &loaded.demand.id.to_string())? else {
        return Ok(None);
    };
    let kept: KeptStep<KeptCommand> =
        serde_json::from_slice(&kept).map_err(|error| Failure::Bug(error.into()))?;
    Ok(kept.command.stood_in)
}
