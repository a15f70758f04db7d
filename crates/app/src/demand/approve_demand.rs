//! The entity's representative co-signs (PF art. 4ac(2)).

use super::act::{Looked, SignedStep, issued_digest};
use super::change::Target;
use super::read::Reading;
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

fn document(demand: &Demand) -> Result<DocumentToSign, Failure> {
    DocumentToSign::of(&payload::representative_approval(demand, issued_digest(demand)?))
}

const STEP: SignedStep = SignedStep {
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
        let (visit, evidence) =
            match self.look_and_check(caller, STEP, target, &write, &signature, document).await? {
                Looked::Replayed(answer) => return Ok(Answer::Replayed(answer)),
                Looked::Checked { visit, evidence } => (visit, evidence),
            };
        let change = STEP.change(Some(visit.demand.revision));
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            register::in_post(work.tx, work.caller)?;
            let approval = Approval { signed: evidence.signed() };
            let decided = examination::approve(demand, approval, work.now);
            Ok(evidence.seal(work, decided)?.into())
        })
        .await
    }
}
