//! A step that is signed: first the notification as the signer saw it, then, outside any transaction, the signature,
//! and then the decision.

use super::access::load;
use super::change::{AuthorisationTarget, Change, Changed, refused, waiting};
use super::elapse::is_over;
use crate::App;
use crate::answer::{StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Evidence, Signing, check_match, unused};
use crate::entry::{About, Work};
use crate::failure::{Failure, Refused};
use crate::register;
use crate::signature::{AskedSignature, DocumentToSign};
use domain::temporary_authorisation::payload::Step;
use domain::temporary_authorisation::refusals::{WRONG_STATE, admit_state};
use domain::temporary_authorisation::{Authorisation, AuthorisationDecision, Command, KIND, pending};
use store::directory::KnownPerson;
use store::sealing::DataKey;

/// A command that is signed.
#[derive(Clone, Copy)]
pub(super) struct SignedStep {
    pub command: Command,
    pub operation: &'static str,
    /// The payload type that is signed.
    pub step: Step,
    /// The bytes of the step, as the notification is.
    pub document: fn(&Authorisation) -> Result<DocumentToSign, Failure>,
}

impl SignedStep {
    pub(super) fn change(self, seen_revision: i64) -> Change {
        Change { seen_revision: Some(seen_revision), ..Change::of(self.command, self.operation) }
    }
}

/// Either the step was carried out before, or its signature was checked.
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

impl App {
    /// The bytes of a step for this caller, who must be the one to sign it.
    pub(super) async fn authorisation_document(
        &self,
        caller: &Caller,
        step: SignedStep,
        target: AuthorisationTarget,
    ) -> Result<DocumentToSign, Failure> {
        authorize_role(caller, Action::Authorisation(step.command)).map_err(Failure::Denied)?;
        Ok(self.visit_authorisation(caller, step, target, false).await?.document)
    }

    async fn visit_authorisation(
        &self,
        caller: &Caller,
        step: SignedStep,
        target: AuthorisationTarget,
        needs_match: bool,
    ) -> Result<Visit, Failure> {
        loop {
            let (parts, caller) = (self.inner.clone(), caller.clone());
            let visit = self
                .inner
                .store
                .read_snapshot(move |tx| {
                    let seen = load(tx, &parts, &caller, target.id)?;
                    let authorisation = &seen.loaded.authorisation;
                    if is_over(tx, &parts, authorisation)? {
                        return Ok::<_, Failure>(None);
                    }
                    let relation = seen.admit(step.command)?;
                    check_match(target.if_match, authorisation.revision, needs_match)?;
                    admit_state(&authorisation.state, step.command)
                        .map_err(|found| refused(found, authorisation.state.name(), relation))?;
                    pending::admit(authorisation, step.command)
                        .map_err(|found| waiting(found, authorisation.state.name(), relation))?;
                    let signer = register::person(tx, &caller)?;
                    let document = (step.document)(authorisation)?;
                    Ok(Some(Visit { revision: authorisation.revision, signer, document }))
                })
                .await?;
            match visit {
                Some(visit) => return Ok(visit),
                None => self.apply_end_of_period(target.id).await?,
            }
        }
    }

    /// Looks for an earlier answer, then checks the signature over the rebuilt bytes.
    pub(super) async fn look_and_check_authorisation(
        &self,
        caller: &Caller,
        step: SignedStep,
        target: AuthorisationTarget,
        write: &Write,
        signature: &AskedSignature,
    ) -> Result<Looked, Failure> {
        authorize_role(caller, Action::Authorisation(step.command)).map_err(Failure::Denied)?;
        if let Some(answer) = self.earlier_answer(caller, write).await? {
            return Ok(Looked::Replayed(answer));
        }
        let looked = async {
            let Visit { revision, signer, document } =
                self.visit_authorisation(caller, step, target, true).await?;
            let evidence =
                self.check_signature(caller, step.step.name(), &signer, &document, signature).await?;
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
        let about = About { operation: step.operation, document_kind: KIND };
        self.record_refused(caller, about, target.id.to_string(), &failure, &write.trace_id).await?;
        Err(failure)
    }
}

/// The decision with its signature kept under the notification's key; one that awaits validation was not used before.
pub(super) fn sealed(
    evidence: &Evidence,
    work: &mut Work<'_, '_>,
    key: &DataKey,
    decided: AuthorisationDecision,
) -> Changed {
    let (decided, accepted) = evidence.joined(decided)?;
    if let Some(accepted) = accepted {
        let signing = Signing {
            parts: work.parts,
            key,
            now: work.now,
            document_id: decided.document.id.to_string(),
            content_version: decided.document.content_version,
        };
        evidence.keep(work.tx, accepted, signing)?;
    }
    if let Some(awaited) = evidence.awaited() {
        unused(awaited, work.tx)?;
    }
    Ok(decided)
}

/// The notification is not where this step could be taken.
pub(super) fn wrong_state() -> Failure {
    Failure::Refused(Refused::one(WRONG_STATE))
}
