//! The four commands that are signed: what each signs, and how it is carried out, at once or once its signature has been
//! validated outside.

use super::act::{Evidence, Looked, SignedStep, wrong_state};
use super::change::{Decision, Target, Work};
use super::pending_step::receive;
use super::view::DemandView;
use super::{approve_demand, give_opinion, resolve_demand, submit_demand};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::pending_step::Receipt;
use crate::signature::{AskedSignature, DocumentToSign};
use domain::demand::model::{Demand, Digest, Verdict};
use domain::ids::PersonId;
use domain::pending::AwaitedStep;
use domain::values::{FieldOfMedicine, Text};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A signed command without its signature, as it is kept while that is validated.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(crate) enum SignedCommand {
    Submission {
        consultant: PersonId,
        field: Option<FieldOfMedicine>,
    },
    RepresentativeApproval {},
    Opinion {
        verdict: Verdict,
        justification: Option<Text<8000>>,
    },
    Resolution {
        /// Digest of the draft that the decider saw.
        draft_sha256: Digest,
    },
}

impl SignedCommand {
    pub(super) fn step(&self) -> SignedStep {
        match self {
            Self::Submission { .. } => submit_demand::STEP,
            Self::RepresentativeApproval {} => approve_demand::STEP,
            Self::Opinion { .. } => give_opinion::STEP,
            Self::Resolution { .. } => resolve_demand::STEP,
        }
    }

    pub(super) fn awaited(&self) -> AwaitedStep {
        match self {
            Self::Submission { .. } => AwaitedStep::Submission,
            Self::RepresentativeApproval {} => AwaitedStep::RepresentativeApproval,
            Self::Opinion { .. } => AwaitedStep::Opinion,
            Self::Resolution { .. } => AwaitedStep::Resolution,
        }
    }

    /// The bytes that are signed.
    fn document(&self, demand: &Demand) -> Result<DocumentToSign, Failure> {
        match self {
            Self::Submission { .. } => submit_demand::document(demand),
            Self::RepresentativeApproval {} => approve_demand::document(demand),
            Self::Opinion { verdict, justification } => {
                give_opinion::document(demand, *verdict, justification.as_ref())
            }
            Self::Resolution { .. } => resolve_demand::document(demand),
        }
    }

    pub(super) fn carry_out(
        &self,
        work: &mut Work<'_, '_>,
        demand: Demand,
        evidence: Option<&Evidence>,
    ) -> Result<Decision, Failure> {
        match (self, evidence) {
            (Self::Submission { consultant, field }, evidence) => {
                submit_demand::carry_out(work, demand, *consultant, *field, evidence)
            }
            (Self::Opinion { verdict, justification }, evidence) => {
                give_opinion::carry_out(work, demand, *verdict, justification.clone(), evidence)
            }
            (Self::RepresentativeApproval {}, Some(evidence)) => {
                approve_demand::carry_out(work, demand, evidence)
            }
            (Self::Resolution { draft_sha256 }, Some(evidence)) => {
                resolve_demand::carry_out(work, demand, draft_sha256.clone(), evidence)
            }
            (Self::RepresentativeApproval {} | Self::Resolution { .. }, None) => Err(wrong_state()),
        }
    }
}

impl App {
    /// Carries a signed command out; where its signature has to be validated outside, it is received.
    pub(super) async fn take_signed_step(
        &self,
        caller: &Caller,
        command: SignedCommand,
        signature: Option<AskedSignature>,
        target: Target,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let step = command.step();
        let command = Arc::new(command);
        let (evidence, seen_revision) = match &signature {
            None => (None, None),
            Some(signature) => {
                let asked = Arc::clone(&command);
                let rebuild = move |demand: &Demand| asked.document(demand);
                match self.look_and_check(caller, step, target, &write, signature, rebuild).await? {
                    Looked::Replayed(answer) => return Ok(Answer::Replayed(answer)),
                    Looked::Checked { visit, evidence } => (Some(evidence), Some(visit.demand.revision)),
                }
            }
        };
        let trace_id = write.trace_id.clone();
        self.change_demand(caller, step.change(seen_revision), target, write, render, move |work, demand| {
            match evidence.as_deref().and_then(|evidence| Some((evidence, evidence.awaited()?))) {
                None => command.carry_out(work, demand, evidence.as_deref()),
                Some((evidence, signature)) => {
                    let receipt = Receipt {
                        command: &*command,
                        caller: work.caller,
                        evidence,
                        signature,
                        trace_id: &trace_id,
                    };
                    receive(work, &demand, &receipt)
                }
            }
        })
        .await
    }
}
