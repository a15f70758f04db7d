//! The entity's representative co-signs (PF art. 4ac(2)).

use super::act::{Evidence, SignedStep, issued_digest};
use super::change::{Decision, Target, Work};
use super::read::Reading;
use super::signed_command::SignedCommand;
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use crate::signature::{AskedSignature, DocumentToSign};
use domain::demand::examination::{self, Approval};
use domain::demand::lifecycle::Command;
use domain::demand::model::Demand;
use domain::demand::payload::{self, Step};

pub(super) fn document(demand: &Demand) -> Result<DocumentToSign, Failure> {
    DocumentToSign::of(&payload::representative_approval(demand, issued_digest(demand)?))
}

pub(super) const STEP: SignedStep = SignedStep {
    command: Command::RepresentativeApproval,
    operation: "approve_demand",
    step: Step::RepresentativeApproval,
};

impl App {
    /// The bytes that the representative signs. Nothing is written.
    pub async fn approval_document(
        &self,
        caller: &Caller,
        target: Target,
        trace_id: &str,
    ) -> Result<DocumentToSign, Failure> {
        let reading = Reading { caller, operation: "approval_document", trace_id };
        self.document_to_sign(reading, Command::RepresentativeApproval, target, document).await
    }

    #[tracing::instrument(name = "approve_demand", skip_all)]
    pub async fn approve_demand(
        &self,
        caller: &Caller,
        target: Target,
        signature: AskedSignature,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let command = SignedCommand::RepresentativeApproval {};
        self.take_signed_step(caller, command, Some(signature), target, write, render).await
    }
}

pub(super) fn carry_out(
    work: &mut Work<'_, '_>,
    demand: Demand,
    evidence: &Evidence,
) -> Result<Decision, Failure> {
    register::in_post(work.tx, work.caller)?;
    let decided = examination::approve(demand, Approval { signed: evidence.signed() }, work.now);
    Ok(evidence.seal(work, decided)?.into())
}
