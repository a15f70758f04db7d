//! Steps whose signature awaits a validation service: received with everything that takes them later, and taken or refused
//! when the answer comes, by whichever worker asks, once.
//!
//! The document's revision is the guard: it grows with the receipt, and whoever completes, refuses or withdraws it next is
//! the only one. What a demand, a notification, an order for a device and one for its repair
//! each do is in a file of the same name among their use cases.

mod kept;
mod waiting;

pub(crate) use kept::{KeptStep, WaitingDocument, keep};
use waiting::{AnyWaiting, Case, find};

use crate::answer::StoredAnswer;
use crate::caller::Caller;
use crate::demand::{self, Evidence, refusal_code};
use crate::device_order;
use crate::device_repair_order;
use crate::failure::{Failure, Refused};
use crate::register;
use crate::signature::Accepted;
use crate::temporary_authorisation;
use crate::trusted::{AwaitedSignature, TrustedSignatures};
use crate::{App, Parts};
use chrono::{DateTime, TimeDelta, Utc};
use domain::demand::model::{SignatureKind, SignatureLevel};
use domain::pending::{Ending, PendingStep, TOO_EARLY};
use domain::problem::Violation;
use domain::values::Text;
use gateways::validation::{NoVerdict, Report, Verdict};
use serde::de::DeserializeOwned;
use signing::faults::{VALIDATION_ENDED, VALIDATION_FAILED, VALIDATION_IMPOSSIBLE, VALIDATION_INDETERMINATE};
use store::Tx;
use store::deadlines::Claim;
use store::directory::KnownPerson;
use store::pending_steps::{self, LeasedStep};
use store::sealing::DataKey;
use store::signatures::{Evidence as KeptEvidence, ValidationReports};

/// How many steps a worker asks about at once.
const AT_ONCE: i64 = 8;
/// Longer than any answer may take.
const LEASE: TimeDelta = TimeDelta::minutes(3);
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(5);
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(5);

/// What is received: the command, who gives it, and its signature as far as it is known.
pub(crate) struct Receipt<'a, C> {
    pub command: &'a C,
    pub caller: &'a Caller,
    pub evidence: &'a Evidence,
    pub signature: &'a AwaitedSignature,
    pub trace_id: &'a str,
}

/// What somebody says who ends a wait.
#[derive(Clone, Debug)]
pub struct EndWait {
    pub reason: Text<2000>,
    /// A term that ended during the wait is to take effect (TS-14).
    pub lets_expire: bool,
}

/// A step that a worker has before it.
pub(crate) struct Waiting<C> {
    pub revision: i64,
    pub received_at: DateTime<Utc>,
    pub kept: KeptStep<C>,
    pub caller: Caller,
    /// Nobody, when they have left the directory since.
    signer: Option<KnownPerson>,
}

impl<C: DeserializeOwned> Waiting<C> {
    /// `None` when it was settled meanwhile.
    fn open(
        tx: &mut Tx<'_>,
        (id, key, revision): (&str, &DataKey, i64),
        received_at: Option<DateTime<Utc>>,
    ) -> Result<Option<Self>, Failure> {
        let Some(received_at) = received_at else { return Ok(None) };
        let Some(content) = pending_steps::find(tx, key, id)? else { return Ok(None) };
        let kept: KeptStep<C> =
            serde_json::from_slice(&content).map_err(|error| Failure::Bug(error.into()))?;
        let caller = kept.caller();
        let signer = register::find_person(tx, &caller)?;
        Ok(Some(Self { revision, received_at, kept, caller, signer }))
    }
}

impl<C> Waiting<C> {
    /// The signature as it is kept once it was found valid; `None` where its person has left.
    pub(crate) fn evidence(
        &mut self,
        step: &'static str,
        report: &Report,
    ) -> Result<Option<Evidence>, Failure> {
        let Some(signer) = self.signer.take() else { return Ok(None) };
        let accepted = accepted(&self.kept.signature, signer, self.received_at, report)?;
        Ok(Some(Evidence::of(accepted, step)))
    }
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
                tracing::error!(document.id = step.document_id, signature.fault = ?fault, "pending step not settled");
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
        let (parts, leased) = (self.inner.clone(), step.clone());
        let found = self.inner.store.read_snapshot(move |tx| find(tx, &parts, &leased)).await?;
        // It was settled meanwhile.
        let Some(waiting) = found else { return Ok(()) };
        let (case, revision) = (waiting.case(), waiting.revision());
        match trusted.validator.validate(&waiting.signature().question()?).await {
            Ok(Verdict::Passed(report)) => self.take(waiting, &report).await,
            Ok(Verdict::Failed(report)) => {
                tell(case, &report);
                self.refuse_step(case, revision, VALIDATION_FAILED.code).await
            }
            Ok(Verdict::Indeterminate(report)) => {
                tell(case, &report);
                self.refuse_step(case, revision, VALIDATION_INDETERMINATE.code).await
            }
            Err(NoVerdict::Never(why)) => {
                tracing::error!(document.id = %case, validation.fault = why, "signature not validated");
                self.refuse_step(case, revision, VALIDATION_INDETERMINATE.code).await
            }
            Err(fault @ NoVerdict::Later(_)) => {
                tracing::warn!(document.id = %case, validation.fault = %fault, "signature still awaits validation");
                self.put_off(&step.unanswered(self.inner.clock.real_now()), holder).await
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
        waiting: &AnyWaiting,
        fault: &NoVerdict,
    ) -> Result<(), Failure> {
        let (case, now) = (waiting.case(), self.inner.clock.real_now());
        let step = step.failed_again(now);
        let is_over = trusted.patience.is_over(&step, now);
        tracing::warn!(document.id = %case, validation.fault = %fault, validation.failures = step.failures,
            validation.given_up = is_over, "no verdict on a signature");
        if !is_over {
            return self.put_off(&step, holder).await;
        }
        let problem = match fault {
            NoVerdict::Undecided(_) => VALIDATION_INDETERMINATE,
            _ => VALIDATION_IMPOSSIBLE,
        };
        self.refuse_step(case, waiting.revision(), problem.code).await
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
    async fn take(&self, waiting: AnyWaiting, report: &Report) -> Result<(), Failure> {
        let (case, revision) = (waiting.case(), waiting.revision());
        let taken = match waiting {
            AnyWaiting::Demand(id, waiting) => self.take_demand_step(id, *waiting, report).await,
            AnyWaiting::Authorisation(id, waiting) => {
                self.take_authorisation_step(id, *waiting, report).await
            }
            AnyWaiting::Order(id, waiting) => self.take_order_step(id, *waiting, report).await,
            AnyWaiting::Repair(id, waiting) => self.take_repair_order_step(id, *waiting, report).await,
        };
        match taken {
            // Overtaken: withdrawn, or settled by another worker whose lease had ended.
            Ok(()) | Err(Failure::Stale) => Ok(()),
            Err(failure) if is_final(&failure) => {
                let code = refusal_code(&failure).unwrap_or(VALIDATION_INDETERMINATE.code);
                self.refuse_step(case, revision, code).await
            }
            Err(failure) => Err(failure),
        }
    }

    /// Tells that the signature or its step was refused; the signer may sign again.
    async fn refuse_step(&self, case: Case, revision: i64, code: &'static str) -> Result<(), Failure> {
        let parts = self.inner.clone();
        let refused = self.inner.store.transaction(move |tx| match case {
            Case::Demand(id) => demand::refuse_step(tx, &parts, (id, revision), code),
            Case::Order(id) => device_order::refuse_step(tx, &parts, (id, revision), code),
            Case::Repair(id) => device_repair_order::refuse_step(tx, &parts, (id, revision), code),
            Case::Authorisation(id) => temporary_authorisation::refuse_step(tx, &parts, (id, revision), code),
        });
        match refused.await {
            Err(Failure::Stale) => Ok(()),
            other => other,
        }
    }
}

/// The end of a wait as the rules look at it.
pub(crate) fn ending(parts: &Parts, asked: EndWait) -> Ending {
    let EndWait { reason, lets_expire } = asked;
    Ending { reason, after: parts.pending_refusal_after, code: VALIDATION_ENDED.code, lets_expire }
}

/// Whether the wait has lasted long enough for an officer to end it.
pub(crate) fn may_be_ended(parts: &Parts, pending: Option<&PendingStep>, now: DateTime<Utc>) -> bool {
    pending.is_some_and(|pending| pending.may_be_ended_from(parts.pending_refusal_after) <= now)
}

/// A wait that was not ended; where it is too early, with the instant from which on it may be.
pub(crate) fn refused<S>(
    found: Vec<Violation>,
    waiting: Option<&PendingStep<S>>,
    ending: &Ending,
) -> Failure {
    let is_early = found.iter().any(|violation| *violation.problem == *TOO_EARLY);
    let mut refused = Refused::all(found);
    let from = waiting.filter(|_| is_early).map(|it| it.may_be_ended_from(ending.after));
    refused.not_before = from.map(Box::new);
    refused.into()
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

fn tell(case: Case, report: &Report) {
    tracing::info!(
        document.id = %case,
        validation.sub_indication = report.sub_indication,
        validation.format = report.format,
        "signature refused by the validation service"
    );
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
pub(crate) fn nothing<T>(_: &T) -> StoredAnswer {
    StoredAnswer { status: 204, headers: Vec::new(), body: Vec::new() }
}
