//! The entity's representative co-signs (PF art. 4ac(2)).

use super::act::{Evidence, Looked, SignedStep, issued_digest};
use super::change::{Change, Target, refused};
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

const STEP: SignedStep = SignedStep { command: Command::RepresentativeApproval, operation: "approve_demand" };

impl App {
    /// The bytes that the representative signs. Nothing is written.
    pub async fn approval_document(
        &self,
        caller: &Caller,
        target: Target,
    ) -> Result<DocumentToSign, Failure> {
        Ok(self.first_visit(caller, Command::RepresentativeApproval, target, document).await?.document)
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
        let command = Command::RepresentativeApproval;
        let (visit, accepted) =
            match self.look_and_accept(caller, STEP, target, &write, &signature, document).await? {
                Looked::Replayed(answer) => return Ok(Answer::Replayed(answer)),
                Looked::Accepted { visit, accepted } => (visit, accepted),
            };
        let evidence = Evidence { accepted: *accepted, step: Step::RepresentativeApproval.name() };
        let change = Change {
            command,
            operation: "approve_demand",
            needs_match: true,
            seen_revision: Some(visit.demand.revision),
        };
        self.change_demand(caller, change, target, Some(write), render, move |work, demand| {
            register::in_post(work.tx, work.caller)?;
            let before = demand.clone();
            let approval = Approval { signed: evidence.accepted.signed()? };
            let decided =
                examination::approve(demand, approval, work.now).map_err(|found| refused(found, &before))?;
            evidence.keep(work, &decided.document)?;
            Ok(decided.into())
        })
        .await
    }
}
