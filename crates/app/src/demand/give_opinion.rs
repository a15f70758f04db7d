//! The consultant's opinion (PF art. 4ad(1)–(2)).

use super::act::{Looked, SignedStep, issued_digest, sealed, wrong_state};
use super::change::Target;
use super::read::Reading;
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::signature::{AskedSignature, DocumentToSign};
use domain::demand::examination::{self, AskedOpinion};
use domain::demand::lifecycle::Command;
use domain::demand::model::{Demand, Verdict};
use domain::demand::payload::{self, Step};
use domain::values::Text;

#[derive(Clone, Debug)]
pub struct GiveOpinion {
    pub verdict: Verdict,
    pub justification: Option<Text<8000>>,
    pub signature: Option<AskedSignature>,
}

fn document(
    demand: &Demand,
    verdict: Verdict,
    justification: Option<&Text<8000>>,
) -> Result<DocumentToSign, Failure> {
    let Some(consultant) = demand.state.consultant() else {
        return Err(wrong_state());
    };
    DocumentToSign::of(&payload::opinion(demand, issued_digest(demand)?, consultant, verdict, justification))
}

const STEP: SignedStep =
    SignedStep { command: Command::Opinion, operation: "give_opinion", step: Step::Opinion };

impl App {
    /// The bytes that the consultant signs. Nothing is written.
    pub async fn opinion_document(
        &self,
        caller: &Caller,
        target: Target,
        verdict: Verdict,
        justification: Option<Text<8000>>,
        trace_id: &str,
    ) -> Result<DocumentToSign, Failure> {
        let rebuild = move |demand: &Demand| document(demand, verdict, justification.as_ref());
        let reading = Reading { caller, operation: "opinion_document", trace_id };
        self.document_to_sign(reading, Command::Opinion, target, rebuild).await
    }

    #[tracing::instrument(name = "give_opinion", skip_all)]
    pub async fn give_opinion(
        &self,
        caller: &Caller,
        target: Target,
        asked: GiveOpinion,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let (evidence, seen_revision) = match &asked.signature {
            None => (None, None),
            Some(signature) => {
                let (verdict, justification) = (asked.verdict, asked.justification.clone());
                let rebuild = move |demand: &Demand| document(demand, verdict, justification.as_ref());
                match self.look_and_check(caller, STEP, target, &write, signature, rebuild).await? {
                    Looked::Replayed(answer) => return Ok(Answer::Replayed(answer)),
                    Looked::Checked { visit, evidence } => (Some(evidence), Some(visit.demand.revision)),
                }
            }
        };
        let change = STEP.change(seen_revision);
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let opinion = AskedOpinion {
                verdict: asked.verdict,
                justification: asked.justification.clone(),
                signed: evidence.as_ref().map(|evidence| evidence.signed()),
            };
            let decided = examination::give_opinion(demand, opinion, work.now);
            Ok(sealed(evidence.as_deref(), work, decided)?.into())
        })
        .await
    }
}
