//! A step that may be signed: first the document as the signer saw it, then, outside any transaction, the
//! signature, and then the decision.

use super::access::{has_elapsed, load};
use super::change::{Change, Target, Work, check_match, refused};
use super::read::Reading;
use crate::App;
use crate::answer::{StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::signature::{Accepted, AskedSignature, DocumentToSign};
use crate::{idempotent, register};
use domain::demand::lifecycle::{self, Command};
use domain::demand::model::{Demand, Digest};
use domain::demand::payload::Step;
use domain::demand::refusals::WRONG_STATE;
use domain::problem::Violation;
use std::sync::Arc;
use store::directory::KnownPerson;

/// The demand as it was when its bytes were rebuilt.
pub(super) struct FirstVisit {
    pub demand: Demand,
    pub signer: KnownPerson,
    pub document: DocumentToSign,
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

/// Either the step was carried out before, or its signature holds.
pub(super) enum Looked {
    Replayed(StoredAnswer),
    Accepted { visit: Box<FirstVisit>, evidence: Box<Evidence> },
}

impl App {
    /// The bytes of a step for this caller, who must be the one to sign it.
    pub(super) async fn first_visit(
        &self,
        caller: &Caller,
        command: Command,
        target: Target,
        rebuild: impl Fn(&Demand) -> Result<DocumentToSign, Failure> + Send + Sync + 'static,
    ) -> Result<FirstVisit, Failure> {
        self.visit(caller, command, target, false, rebuild).await
    }

    async fn visit(
        &self,
        caller: &Caller,
        command: Command,
        target: Target,
        needs_match: bool,
        rebuild: impl Fn(&Demand) -> Result<DocumentToSign, Failure> + Send + Sync + 'static,
    ) -> Result<FirstVisit, Failure> {
        authorize_role(caller, Action::Demand(command)).map_err(Failure::Denied)?;
        let rebuild = Arc::new(rebuild);
        loop {
            let (parts, caller, rebuild) = (self.inner.clone(), caller.clone(), rebuild.clone());
            let visit = self
                .inner
                .store
                .read_snapshot(move |tx| {
                    let seen = load(tx, &parts.ring, &caller, target.id)?;
                    if has_elapsed(&seen.loaded.demand, parts.clock.now(&caller.space)) {
                        return Ok::<_, Failure>(None);
                    }
                    seen.admit(&caller, Some(command))?;
                    let demand = seen.loaded.demand;
                    check_match(target.if_match, demand.revision, needs_match)?;
                    if !lifecycle::admits(demand.state.name(), command) {
                        return Err(wrong_state(&demand));
                    }
                    let signer = register::person(tx, &caller)?;
                    let document = rebuild(&demand)?;
                    Ok(Some(FirstVisit { demand, signer, document }))
                })
                .await?;
            match visit {
                Some(visit) => return Ok(visit),
                None => self.apply_elapsed(target.id).await?,
            }
        }
    }

    /// Looks for an earlier answer, then checks the signature over the rebuilt bytes.
    pub(super) async fn look_and_accept(
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
            let signer = visit.signer.clone();
            let accepted = self.accept_signature(caller, signature, &visit.document, signer).await?;
            let evidence = Evidence { accepted, step: step.step };
            Ok(Looked::Accepted { visit: Box::new(visit), evidence: Box::new(evidence) })
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
        self.record_refused_attempt(reading, target.id, &failure).await?;
        Err(failure)
    }

    async fn earlier_answer(&self, caller: &Caller, write: &Write) -> Result<Option<StoredAnswer>, Failure> {
        let parts = self.inner.clone();
        let (asking, asked) = (caller.clone(), write.clone());
        self.inner.store.read(move |tx| idempotent::replay(tx, &parts.ring, &asking, &asked)).await
    }
}

/// The document is not where this step could be taken.
pub(super) fn wrong_state(demand: &Demand) -> Failure {
    refused(vec![Violation::whole(WRONG_STATE)], demand.state.name())
}

/// The digest of the demand bytes that the issue signed.
pub(super) fn issued_digest(demand: &Demand) -> Result<&Digest, Failure> {
    demand.state.issue().map(|issue| &issue.signed.payload_sha256).ok_or_else(|| wrong_state(demand))
}

/// What a signed step records beside the document.
pub(super) struct Evidence {
    pub accepted: Accepted,
    step: Step,
}

impl Evidence {
    /// Keeps the signature under the document's key; the second use of it is refused.
    pub(super) fn keep(&self, work: &mut Work<'_, '_>, demand: &Demand) -> Result<(), Failure> {
        let id = work.parts.entropy.id(work.now);
        let stored =
            self.accepted.stored(id, demand.id.to_string(), self.step.name(), demand.content_version);
        let lists: Vec<_> = self
            .accepted
            .verified
            .crls
            .iter()
            .map(|der| (signing::canonical::sha256(der), der.as_slice()))
            .collect();
        store::signatures::keep_revocation_lists(work.tx, &lists)?;
        store::signatures::insert(work.tx, work.key, &stored).map_err(|error| {
            if error.is_unique_violation_of(store::signatures::SINGLE_USE) {
                let reused = Violation::new(signing::faults::REUSED, "/signature/value");
                Failure::Refused(crate::failure::Refused::all(vec![reused]))
            } else {
                error.into()
            }
        })
    }
}
