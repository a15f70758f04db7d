//! Steps whose signature awaits a validation service: received with everything that takes them later, and taken or refused
//! when the answer comes, by whichever worker asks, once.
//!
//! The demand's revision is the guard: it grows with the receipt, and whoever completes, refuses or withdraws it next is
//! the only one.

use super::act::Evidence;
use super::announce;
use super::change::{Change, Decision, Resumed, Target, Work, refusal_code};
use super::signed_command::SignedCommand;
use super::view::DemandView;
use crate::answer::{StoredAnswer, Write};
use crate::caller::{Caller, IdSystem, Org, OrganisationKind, Person, Role};
use crate::failure::Failure;
use crate::register;
use crate::signature::Accepted;
use crate::trusted::{AwaitedSignature, TrustedSignatures};
use crate::{App, Parts};
use chrono::{DateTime, TimeDelta, Utc};
use domain::demand::model::{Consultant, Demand, SignatureKind, SignatureLevel};
use domain::demand::pending::{self, PendingStep};
use domain::ids::{DemandId, OrganisationId, SpaceId};
use gateways::validation::{NoVerdict, Report, Verdict};
use serde::{Deserialize, Serialize};
use signing::faults::{VALIDATION_FAILED, VALIDATION_IMPOSSIBLE, VALIDATION_INDETERMINATE};
use store::Tx;
use store::deadlines::Claim;
use store::directory::KnownPerson;
use store::pending_steps::{self, LeasedStep, NewPendingStep};
use store::signatures::{Evidence as KeptEvidence, ValidationReports};

/// How many steps a worker asks about at once.
const AT_ONCE: i64 = 8;
/// Longer than any answer may take.
const LEASE: TimeDelta = TimeDelta::minutes(3);
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(5);
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(5);

/// What is received: the command, and its signature as far as it is known.
pub(super) struct Receipt<'a> {
    pub command: &'a SignedCommand,
    pub evidence: &'a Evidence,
    pub signature: &'a AwaitedSignature,
    pub trace_id: &'a str,
}

/// All that is needed to take the step without its caller.
#[derive(Clone, Serialize, Deserialize)]
struct KeptStep {
    command: SignedCommand,
    by: KeptCaller,
    trace_id: String,
    signature: AwaitedSignature,
    /// Who gave the opinion in the chosen consultant's place: the absence may be over when the step is taken.
    #[serde(default)]
    stood_in: Option<Consultant>,
}

/// A caller who is no patient: patients sign nothing.
#[derive(Clone, Serialize, Deserialize)]
struct KeptCaller {
    client_id: String,
    organisation: Option<(OrganisationId, OrganisationKind)>,
    person: Option<(IdSystem, String)>,
    role: Role,
    space: SpaceId,
}

impl KeptCaller {
    fn of(caller: &Caller) -> Self {
        Self {
            client_id: caller.client_id.clone(),
            organisation: caller.org.as_ref().map(|org| (org.id, org.kind)),
            person: caller.person.as_ref().map(|person| (person.id_system, person.id.clone())),
            role: caller.role,
            space: caller.space.clone(),
        }
    }

    fn caller(&self) -> Caller {
        Caller {
            client_id: self.client_id.clone(),
            org: self.organisation.map(|(id, kind)| Org { id, kind }),
            person: self.person.clone().map(|(id_system, id)| Person { id_system, id }),
            role: self.role,
            patient: None,
            space: self.space.clone(),
        }
    }
}

/// Receives a step. Whatever else stands in its way is told now, not after the validation.
pub(super) fn receive(
    work: &mut Work<'_, '_>,
    demand: &Demand,
    receipt: &Receipt<'_>,
) -> Result<Decision, Failure> {
    receipt.command.carry_out(work, demand.clone(), Some(receipt.evidence))?;
    // As it stands for everybody: a substitute takes the consultant's place with the opinion, not before.
    let standing =
        store::demand::find(work.tx, &work.parts.ring, demand.id)?.ok_or(Failure::NotFound)?.demand;
    let kept = KeptStep {
        command: receipt.command.clone(),
        by: KeptCaller::of(work.caller),
        trace_id: receipt.trace_id.to_owned(),
        signature: receipt.signature.clone(),
        stood_in: demand.state.consultant().filter(|it| stands_in(it, &standing)).cloned(),
    };
    let content = serde_json::to_vec(&kept).map_err(|error| Failure::Bug(error.into()))?;
    let step = NewPendingStep {
        document_id: &demand.id.to_string(),
        document_kind: demand.content.kind().name(),
        space: &demand.space,
        received_at: work.now,
        next_try_at: work.parts.clock.real_now(),
        content: &content,
    };
    pending_steps::insert(work.tx, work.key, &step)?;
    let pending =
        PendingStep { step: receipt.command.awaited(), kind: SignatureKind::Trusted, received_at: work.now };
    Ok(pending::receive(standing, pending)?.into())
}

/// Whether this consultant, before whom the demand lies, is another one than the demand itself names.
fn stands_in(consultant: &Consultant, standing: &Demand) -> bool {
    standing.state.consultant().is_some_and(|chosen| chosen.npwz != consultant.npwz)
}

/// A step that a worker has before it.
struct Waiting {
    id: DemandId,
    revision: i64,
    received_at: DateTime<Utc>,
    kept: KeptStep,
    caller: Caller,
    /// Nobody, when they have left the directory since.
    signer: Option<KnownPerson>,
}

impl App {
    /// Asks the validation service about the steps whose turn it is, and takes or refuses those that it answers; how many
    /// were asked about. Call it again until there are none.
    #[tracing::instrument(name = "validate_pending", skip_all)]
    pub async fn validate_pending(&self, holder: &str) -> Result<usize, Failure> {
        let Some(trusted) = self.inner.trusted.clone() else { return Ok(0) };
        let now = self.inner.clock.real_now();
        if !self.inner.store.read(move |tx| Ok::<_, Failure>(pending_steps::any_due(tx, now)?)).await? {
            return Ok(0);
        }
        let named = holder.to_owned();
        let leased = self
            .inner
            .store
            .transaction(move |tx| {
                let claim = Claim { holder: &named, now, until: now + LEASE };
                Ok::<_, Failure>(pending_steps::lease(tx, claim, AT_ONCE)?)
            })
            .await?;
        let asking = leased.iter().map(|step| self.settle_step(step, holder, &trusted));
        for (step, settled) in leased.iter().zip(futures_util::future::join_all(asking).await) {
            if let Err(fault) = settled {
                tracing::error!(demand.id = step.document_id, signature.fault = ?fault, "pending step not settled");
                self.put_off(step, holder).await?;
            }
        }
        Ok(leased.len())
    }

    async fn settle_step(
        &self,
        step: &LeasedStep,
        holder: &str,
        trusted: &TrustedSignatures,
    ) -> Result<(), Failure> {
        let Some(waiting) = self.find_waiting(step).await? else { return Ok(()) };
        match trusted.validator.validate(&waiting.kept.signature.question()?).await {
            Ok(Verdict::Passed(report)) => self.take(waiting, &report).await,
            Ok(Verdict::Failed(report)) => {
                tell(&waiting, &report);
                self.refuse_step(waiting.id, waiting.revision, VALIDATION_FAILED.code).await
            }
            Ok(Verdict::Indeterminate(report)) => {
                tell(&waiting, &report);
                self.refuse_step(waiting.id, waiting.revision, VALIDATION_INDETERMINATE.code).await
            }
            Err(NoVerdict::Never(why)) => {
                tracing::error!(demand.id = %waiting.id, validation.fault = why, "signature not validated");
                self.refuse_step(waiting.id, waiting.revision, VALIDATION_INDETERMINATE.code).await
            }
            Err(fault @ NoVerdict::Later(_)) => {
                tracing::warn!(demand.id = %waiting.id, validation.fault = %fault, "signature still awaits validation");
                self.put_off(step, holder).await
            }
            Err(fault @ (NoVerdict::Failing(_) | NoVerdict::Undecided(_))) => {
                self.bear_with(step, holder, trusted, &waiting, &fault).await
            }
        }
    }

    /// Asks again while there is patience; then the step is refused, so that nothing waits for ever (TS-10).
    async fn bear_with(
        &self,
        step: &LeasedStep,
        holder: &str,
        trusted: &TrustedSignatures,
        waiting: &Waiting,
        fault: &NoVerdict,
    ) -> Result<(), Failure> {
        let now = self.inner.clock.real_now();
        let step = step.failed_again(now);
        let is_over = trusted.patience.is_over(&step, now);
        tracing::warn!(demand.id = %waiting.id, validation.fault = %fault, validation.failures = step.failures,
            validation.given_up = is_over, "no verdict on a signature");
        if !is_over {
            return self.put_off(&step, holder).await;
        }
        let problem = match fault {
            NoVerdict::Undecided(_) => VALIDATION_INDETERMINATE,
            _ => VALIDATION_IMPOSSIBLE,
        };
        self.refuse_step(waiting.id, waiting.revision, problem.code).await
    }

    /// `None` when it was settled meanwhile.
    async fn find_waiting(&self, step: &LeasedStep) -> Result<Option<Waiting>, Failure> {
        let (parts, id) = (self.inner.clone(), step.document_id.clone());
        self.inner.store.read_snapshot(move |tx| waiting(tx, &parts, &id)).await
    }

    async fn put_off(&self, step: &LeasedStep, holder: &str) -> Result<(), Failure> {
        let doubled = u32::try_from(step.tries.clamp(0, 16)).map_or(1, |tries| 1_i32 << tries);
        let pause = (FIRST_PAUSE * doubled).min(LONGEST_PAUSE);
        let next = self.inner.clock.real_now() + pause;
        let (step, holder) = (step.clone(), holder.to_owned());
        self.inner
            .store
            .transaction(move |tx| Ok::<_, Failure>(pending_steps::put_off(tx, &step, &holder, next)?))
            .await
    }

    /// Takes the step through its own use case, as of the receipt of its signature. What has changed since may stand in
    /// its way; then it is refused.
    async fn take(&self, waiting: Waiting, report: &Report) -> Result<(), Failure> {
        let Waiting { id, revision, received_at, kept, caller, signer } = waiting;
        let Some(signer) = signer else {
            return self.refuse_step(id, revision, crate::faults::PERSON_UNKNOWN.code).await;
        };
        let step = kept.command.step();
        let evidence =
            Evidence::of(accepted(&kept.signature, signer, received_at, report)?, step.step.name());
        let resumed = Resumed { received_at, stood_in: kept.stood_in };
        let change = Change { resumes: Some(resumed), seen_revision: Some(revision), ..step.change(None) };
        let change = Change { needs_match: false, operation: "complete_step", ..change };
        let write = Write { key: None, fingerprint: [0; 32], trace_id: kept.trace_id };
        let (target, command) = (Target { demand: id.into(), if_match: None }, kept.command);
        let taken = self
            .change_demand(&caller, change, target, write, nothing, move |work, demand| {
                command.carry_out(work, demand, Some(&evidence))
            })
            .await;
        match taken {
            // Overtaken: withdrawn, or settled by another worker whose lease had ended.
            Ok(_) | Err(Failure::Stale) => Ok(()),
            Err(failure) if is_final(&failure) => {
                let code = refusal_code(&failure).unwrap_or(VALIDATION_INDETERMINATE.code);
                self.refuse_step(id, revision, code).await
            }
            Err(failure) => Err(failure),
        }
    }

    /// Tells that the signature or its step was refused; the signer may sign again.
    async fn refuse_step(&self, id: DemandId, revision: i64, code: &'static str) -> Result<(), Failure> {
        let parts = self.inner.clone();
        let refused = self.inner.store.transaction(move |tx| refuse(tx, &parts, id, revision, code)).await;
        match refused {
            Err(Failure::Stale) => Ok(()),
            other => other,
        }
    }
}

fn is_final(failure: &Failure) -> bool {
    match failure {
        Failure::NotFound | Failure::Denied(_) | Failure::Refused(_) => true,
        Failure::PreconditionRequired
        | Failure::Stale
        | Failure::Limited { .. }
        | Failure::Unavailable { .. }
        | Failure::Bug(_) => false,
    }
}

fn tell(waiting: &Waiting, report: &Report) {
    tracing::info!(
        demand.id = %waiting.id,
        validation.sub_indication = report.sub_indication,
        validation.format = report.format,
        "signature refused by the validation service"
    );
}

fn waiting(tx: &mut Tx<'_>, parts: &Parts, document_id: &str) -> Result<Option<Waiting>, Failure> {
    let Some(id) = DemandId::parse(document_id) else { return Ok(None) };
    let Some(loaded) = store::demand::find(tx, &parts.ring, id)? else { return Ok(None) };
    let Some(pending) = &loaded.demand.pending else { return Ok(None) };
    let Some(content) = pending_steps::find(tx, &loaded.key, document_id)? else { return Ok(None) };
    let kept: KeptStep = serde_json::from_slice(&content).map_err(|error| Failure::Bug(error.into()))?;
    let caller = kept.by.caller();
    let signer = register::find_person(tx, &caller)?;
    let received_at = pending.received_at;
    Ok(Some(Waiting { id, revision: loaded.demand.revision, received_at, kept, caller, signer }))
}

/// The verdict is about the signature of this revision: another one that waits by now has nothing to do with it.
fn refuse(tx: &mut Tx<'_>, parts: &Parts, id: DemandId, revision: i64, code: &str) -> Result<(), Failure> {
    let Some(loaded) = store::demand::find(tx, &parts.ring, id)? else { return Ok(()) };
    if loaded.demand.revision != revision {
        return Err(Failure::Stale);
    }
    let now = parts.clock.now(&loaded.demand.space);
    let decided = pending::refuse(loaded.demand, code, now);
    if decided.events.is_empty() {
        return Ok(());
    }
    let Some(demand) = store::demand::save(tx, &parts.ring, decided.document, &loaded.key, None, now)? else {
        return Err(Failure::Stale);
    };
    pending_steps::remove(tx, &id.to_string())?;
    announce::by_the_clock(tx, parts, &demand, "refuse_step", &decided.events, &loaded.patients)
}

/// The signature as the validation service found it.
fn accepted(
    signature: &AwaitedSignature,
    signer: KnownPerson,
    received_at: DateTime<Utc>,
    report: &Report,
) -> Result<Accepted, Failure> {
    let (certificate_sha256, payload_sha256) = signature.digests()?;
    Ok(Accepted {
        kind: SignatureKind::Trusted,
        level: SignatureLevel::Validated,
        signer,
        certificate_sha256,
        payload_sha256,
        received_at,
        evidence: KeptEvidence {
            jws: signature.value.clone(),
            chain: vec![signature.seal.clone()],
            crls: Vec::new(),
            payload: Some(signature.payload.clone()),
            validation: Some(ValidationReports {
                simple: report.simple_report.clone(),
                etsi: report.etsi_report.clone(),
            }),
        },
        crls: Vec::new(),
    })
}

/// Nobody is answered.
fn nothing(_: &DemandView) -> StoredAnswer {
    StoredAnswer { status: 204, headers: Vec::new(), body: Vec::new() }
}
