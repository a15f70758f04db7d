//! The three commands on a notification that are signed, carried out at once or once their signature has been validated
//! outside.

use super::change::{AuthorisationTarget, Changed};
use super::pending_step::receive;
use super::signed::{Looked, SignedStep, sealed};
use super::view::AuthorisationView;
use super::{approve_authorisation, resolve_authorisation, submit_authorisation};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::demand::Evidence;
use crate::entry::Work;
use crate::failure::Failure;
use crate::pending_step::Receipt;
use crate::signature::AskedSignature;
use domain::demand::model::Digest;
use domain::pending::AwaitedStep;
use domain::temporary_authorisation::Authorisation;
use serde::{Deserialize, Serialize};
use store::sealing::DataKey;

/// A signed command without its signature, as it is kept while that is validated.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(crate) enum SignedCommand {
    Submission {},
    RepresentativeApproval {},
    Resolution {
        /// Digest of the draft that the decider saw.
        draft_sha256: Digest,
    },
}

impl SignedCommand {
    pub(super) fn step(&self) -> SignedStep {
        match self {
            Self::Submission {} => submit_authorisation::STEP,
            Self::RepresentativeApproval {} => approve_authorisation::STEP,
            Self::Resolution { .. } => resolve_authorisation::STEP,
        }
    }

    pub(super) fn awaited(&self) -> AwaitedStep {
        match self {
            Self::Submission {} => AwaitedStep::Submission,
            Self::RepresentativeApproval {} => AwaitedStep::RepresentativeApproval,
            Self::Resolution { .. } => AwaitedStep::Resolution,
        }
    }

    /// The decision, with its signature kept unless that still awaits validation.
    pub(super) fn carry_out(
        &self,
        work: &mut Work<'_, '_>,
        found: Authorisation,
        key: &DataKey,
        evidence: &Evidence,
    ) -> Changed {
        let decided = match self {
            Self::Submission {} => submit_authorisation::decide(work, found, key, evidence)?,
            Self::RepresentativeApproval {} => approve_authorisation::decide(work, found, evidence),
            Self::Resolution { draft_sha256 } => {
                resolve_authorisation::decide(work, found, draft_sha256.clone(), evidence)?
            }
        };
        sealed(evidence, work, key, decided)
    }
}

impl App {
    /// Carries a signed command out; where its signature has to be validated outside, it is received.
    pub(super) async fn take_signed_authorisation_step(
        &self,
        caller: &Caller,
        command: SignedCommand,
        signature: AskedSignature,
        target: AuthorisationTarget,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let step = command.step();
        let looked = self.look_and_check_authorisation(caller, step, target, &write, &signature);
        let checked = match looked.await? {
            Looked::Replayed(answer) => return Ok(Answer::Replayed(answer)),
            Looked::Checked(checked) => checked,
        };
        let (change, trace_id) = (step.change(checked.revision), write.trace_id.clone());
        self.change_authorisation(caller, change, target, write, render, move |work, found, key| {
            let evidence = &checked.evidence;
            match evidence.awaited() {
                None => {
                    let decided = command.carry_out(work, found, key, evidence)?;
                    resolve_authorisation::add_to_base(work, &decided.document)?;
                    Ok(decided)
                }
                Some(signature) => {
                    let (caller, trace_id) = (work.caller, trace_id.as_str());
                    let receipt = Receipt { command: &command, caller, evidence, signature, trace_id };
                    receive(work, found, key, &receipt)
                }
            }
        })
        .await
    }
}
