//! A step that may be signed: first the document as the signer saw it, then, outside any transaction, the
//! signature, and then the decision.

use super::access::{has_elapsed, load};
use super::change::{Change, Target, Work, check_match};
use super::read::{Reading, Subject};
use super::refused::{Admits, refused, waiting};
use crate::answer::{StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::signature::{Accepted, AskedSignature, DocumentToSign, not_admitted};
use crate::trusted::AwaitedSignature;
use crate::{App, Parts, idempotent, register};
use chrono::{DateTime, Utc};
use domain::decision::Decided;
use domain::demand::lifecycle::Command;
use domain::demand::model::{Demand, Digest, SignatureKind, SignatureLevel, Signed};
use domain::demand::payload::Step;
use domain::demand::pending;
use domain::demand::refusals::{WRONG_STATE, admit_state};
use domain::demand::{DemandDecision, DemandEvent};
use domain::problem::Violation;
use std::sync::Arc;
use store::Tx;
use store::directory::KnownPerson;
use store::sealing::DataKey;

/// The demand as it was when its bytes were rebuilt.
pub(super) struct FirstVisit {
    pub demand: Demand,
    pub signer: KnownPerson,
    pub document: DocumentToSign,
    subject: Subject,
}

/// A command that is signed, and the operation under which the audit knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct SignedStep {
    pub command: Command,
    pub operation: &'static str,
    /// The payload type that is signed.
    pub step: Step,
}

impl SignedStep {
    /// The change on the very revision over which the signature was checked; unsigned, on whichever the caller saw.
    pub(super) fn change(self, seen_revision: Option<i64>) -> Change {
        Change { seen_revision, ..Change::transition(self.command, self.operation) }
    }
}

/// Either the step was carried out before, or its signature was checked.
pub(super) enum Looked {
    Replayed(StoredAnswer),
    Checked { visit: Box<FirstVisit>, evidence: Box<Evidence> },
}

impl App {
    /// The bytes of a step for this caller, who must be the one to sign it. They repeat the demand, so that showing
    /// them is a read of it.
    pub(super) async fn document_to_sign(
        &self,
        reading: Reading<'_>,
        command: Command,
        target: Target,
        rebuild: impl Fn(&Demand) -> Result<DocumentToSign, Failure> + Send + Sync + 'static,
    ) -> Result<DocumentToSign, Failure> {
        authorize_role(reading.caller, Action::Demand(command)).map_err(Failure::Denied)?;
        match self.visit(reading.caller, command, target, false, rebuild).await {
            Ok(visit) => {
                self.keep(self.read_of(reading, &visit.subject)).await?;
                Ok(visit.document)
            }
            Err(failure) => {
                self.record_refused_attempt(reading, target.demand.id, &failure).await?;
                Err(failure)
            }
        }
    }

    async fn visit(
        &self,
        caller: &Caller,
        command: Command,
        target: Target,
        needs_match: bool,
        rebuild: impl Fn(&Demand) -> Result<DocumentToSign, Failure> + Send + Sync + 'static,
    ) -> Result<FirstVisit, Failure> {
        let rebuild = Arc::new(rebuild);
        loop {
            let (parts, caller, rebuild) = (self.inner.clone(), caller.clone(), rebuild.clone());
            let visit = self
                .inner
                .store
                .read_snapshot(move |tx| {
                    let seen = load(tx, &parts, &caller, target.demand)?;
                    if has_elapsed(tx, &parts, &seen.loaded.demand, parts.clock.now(&caller.space))? {
                        return Ok::<_, Failure>(None);
                    }
                    let relation = seen.admit(&caller, Some(command))?;
                    let subject = Subject::of(&seen, relation);
                    let demand = seen.loaded.demand;
                    check_match(target.if_match, demand.revision, needs_match)?;
                    let admits = Admits::of(&demand, relation);
                    admit_state(&demand.state, command).map_err(|found| refused(found, admits))?;
                    pending::admit(&demand, command).map_err(|found| waiting(found, admits))?;
                    let signer = register::person(tx, &caller)?;
                    let document = rebuild(&demand)?;
                    Ok(Some(FirstVisit { demand, signer, document, subject }))
                })
                .await?;
            match visit {
                Some(visit) => return Ok(visit),
                None => self.apply_elapsed(target.demand.id).await?,
            }
        }
    }

    /// Looks for an earlier answer, then checks the signature over the rebuilt bytes.
    pub(super) async fn look_and_check(
        &self,
        caller: &Caller,
        step: SignedStep,
        target: Target,
        write: &Write,
        signature: &AskedSignature,
        rebuild: impl Fn(&Demand) -> Result<DocumentToSign, Failure> + Send + Sync + 'static,
    ) -> Result<Looked, Failure> {
        authorize_role(caller, Action::Demand(step.command)).map_err(Failure::Denied)?;
        if let Some(answer) = self.earlier_answer(caller, write).await? {
            return Ok(Looked::Replayed(answer));
        }
        let looked = async {
            let visit = self.visit(caller, step.command, target, true, rebuild).await?;
            let FirstVisit { signer, document, .. } = &visit;
            let name = step.step.name();
            let evidence = self.check_signature(caller, name, signer, document, signature).await?;
            Ok(Looked::Checked { visit: Box::new(visit), evidence: Box::new(evidence) })
        };
        let failure = match looked.await {
            Ok(looked) => return Ok(looked),
            Err(failure) => failure,
        };
        // The same request may have been carried out while this one was looking.
        if let Some(answer) = self.earlier_answer(caller, write).await? {
            return Ok(Looked::Replayed(answer));
        }
        let reading = Reading { caller, operation: step.operation, trace_id: &write.trace_id };
        self.record_refused_attempt(reading, target.demand.id, &failure).await?;
        Err(failure)
    }

    /// A signature that does not hold is no end yet: the state and the other rules have their say first, or beside it.
    /// A trusted one is examined here, and then waits for the validation service.
    pub(crate) async fn check_signature(
        &self,
        caller: &Caller,
        step: &'static str,
        signer: &KnownPerson,
        document: &DocumentToSign,
        asked: &AskedSignature,
    ) -> Result<Evidence, Failure> {
        if asked.kind == SignatureKind::Trusted {
            let as_if = self.as_if(caller, signer, document, asked, SignatureLevel::Validated);
            let verdict = match self.examine_trusted(asked, &document.payload, signer.clone()).await? {
                None => Verdict::Fails(vec![not_admitted()]),
                Some(Err(fault)) => Verdict::Fails(vec![Violation::new(fault.problem, "/signature/value")]),
                Some(Ok(awaited)) => Verdict::Awaits(Box::new(awaited)),
            };
            return Ok(Evidence { signed: as_if, verdict, step });
        }
        match self.accept_signature(caller, asked, document, signer.clone()).await {
            Ok(accepted) => Ok(Evidence::of(accepted, step)),
            Err(Failure::Refused(refused)) => {
                let as_if = self.as_if(caller, signer, document, asked, SignatureLevel::BasicChecked);
                Ok(Evidence { signed: as_if, verdict: Verdict::Fails(refused.violations), step })
            }
            Err(other) => Err(other),
        }
    }

    /// The signature as the document would remember it.
    fn as_if(
        &self,
        caller: &Caller,
        signer: &KnownPerson,
        document: &DocumentToSign,
        asked: &AskedSignature,
        level: SignatureLevel,
    ) -> Signed {
        Signed {
            given_names: signer.given_names.clone(),
            family_name: signer.family_name.clone(),
            kind: asked.kind,
            level,
            received_at: self.inner.clock.now(&caller.space),
            payload_sha256: document.digest(),
            certificate_sha256: Digest(String::new()),
        }
    }

    /// The answer that this very request got before.
    pub(crate) async fn earlier_answer(
        &self,
        caller: &Caller,
        write: &Write,
    ) -> Result<Option<StoredAnswer>, Failure> {
        let parts = self.inner.clone();
        let (asking, asked) = (caller.clone(), write.clone());
        let earlier =
            self.inner.store.read(move |tx| idempotent::replay(tx, &parts.ring, &asking, &asked)).await?;
        match earlier {
            Some(earlier) => self.replayed(caller, &write.trace_id, earlier).await.map(Some),
            None => Ok(None),
        }
    }
}

/// The document is not where this step could be taken.
pub(super) fn wrong_state() -> Failure {
    Failure::Refused(Refused::one(WRONG_STATE))
}

/// The digest of the demand bytes that the issue signed.
pub(super) fn issued_digest(demand: &Demand) -> Result<&Digest, Failure> {
    demand.state.issue().map(|issue| issue.signed.payload_sha256()).ok_or_else(wrong_state)
}

/// What a signed step records beside the document.
pub(crate) struct Evidence {
    /// As the document remembers it, or would if the signature held.
    signed: Signed,
    verdict: Verdict,
    step: &'static str,
}

/// The document whose step is signed, and the key that seals what is kept of it.
pub(crate) struct Signing<'a> {
    pub parts: &'a Parts,
    pub key: &'a DataKey,
    pub now: DateTime<Utc>,
    pub document_id: String,
    pub content_version: i32,
}

/// What is known of a signature.
enum Verdict {
    Holds(Box<Accepted>),
    Fails(Vec<Violation>),
    /// Nothing is wrong with it, as far as this service can see.
    Awaits(Box<AwaitedSignature>),
}

impl Evidence {
    pub(crate) fn of(accepted: Accepted, step: &'static str) -> Self {
        Self { signed: accepted.signed(), verdict: Verdict::Holds(Box::new(accepted)), step }
    }

    /// The signature that a validation service has to be asked about before the step is taken.
    pub(crate) fn awaited(&self) -> Option<&AwaitedSignature> {
        match &self.verdict {
            Verdict::Awaits(awaited) => Some(awaited),
            Verdict::Holds(_) | Verdict::Fails(_) => None,
        }
    }

    /// What the rules are asked about; whether the signature holds is told by [`Self::joined`].
    pub(crate) fn signed(&self) -> Signed {
        self.signed.clone()
    }

    /// The decision with the signature that it rests on, unless that one still awaits validation. One that does not hold
    /// is named beside every rule that is broken too.
    pub(crate) fn joined<D, E>(
        &self,
        decided: domain::decision::Decision<D, E>,
    ) -> Result<(Decided<D, E>, Option<&Accepted>), Failure> {
        match (&self.verdict, decided) {
            (Verdict::Holds(accepted), Ok(decided)) => Ok((decided, Some(accepted))),
            (Verdict::Awaits(_), Ok(decided)) => Ok((decided, None)),
            (Verdict::Holds(_) | Verdict::Awaits(_), Err(broken)) => Err(broken.into()),
            (Verdict::Fails(faults), Ok(_)) => Err(faults.clone().into()),
            (Verdict::Fails(faults), Err(broken)) => Err([broken, faults.clone()].concat().into()),
        }
    }

    /// The decision with its signature kept.
    pub(super) fn seal(
        &self,
        work: &mut Work<'_, '_>,
        decided: DemandDecision,
    ) -> Result<Decided<Demand, DemandEvent>, Failure> {
        let (decided, accepted) = self.joined(decided)?;
        if let Some(accepted) = accepted {
            let signing = Signing {
                parts: work.parts,
                key: work.key,
                now: work.now,
                document_id: decided.document.id.to_string(),
                content_version: decided.document.content_version,
            };
            self.keep(work.tx, accepted, signing)?;
        }
        if let Some(awaited) = self.awaited() {
            unused(awaited, work.tx)?;
        }
        Ok(decided)
    }

    /// Keeps the signature under the document's key; the second use of it is refused.
    pub(crate) fn keep(
        &self,
        tx: &mut Tx<'_>,
        accepted: &Accepted,
        signing: Signing<'_>,
    ) -> Result<(), Failure> {
        let Signing { parts, key, now, document_id, content_version } = signing;
        let stored = accepted.stored(parts.entropy.id(now), document_id, self.step, content_version);
        let lists: Vec<_> =
            accepted.crls.iter().map(|der| (signing::canonical::sha256(der), der.as_slice())).collect();
        store::signatures::keep_revocation_lists(tx, &lists)?;
        store::signatures::insert(tx, key, &stored).map_err(|error| {
            if error.is_unique_violation_of(store::signatures::SINGLE_USE) { reused() } else { error.into() }
        })
    }
}

fn reused() -> Failure {
    vec![Violation::new(signing::faults::REUSED, "/signature/value")].into()
}

/// Nobody need be asked about a signature that was accepted before.
pub(crate) fn unused(awaited: &AwaitedSignature, tx: &mut Tx<'_>) -> Result<(), Failure> {
    let (certificate, payload) = awaited.digests()?;
    if store::signatures::is_used(tx, &certificate, &payload)? { Err(reused()) } else { Ok(()) }
}

/// The decision with its signature kept, where the step came with one.
pub(super) fn sealed(
    evidence: Option<&Evidence>,
    work: &mut Work<'_, '_>,
    decided: DemandDecision,
) -> Result<Decided<Demand, DemandEvent>, Failure> {
    match evidence {
        Some(evidence) => evidence.seal(work, decided),
        None => decided.map_err(Failure::from),
    }
}
