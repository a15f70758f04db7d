//! The consultant's opinion (PF art. 4ad(1)–(2)).

use super::act::{Evidence, SignedStep, issued_digest, sealed, wrong_state};
use super::change::{Decision, Target, Work};
use super::read::Reading;
use super::signed_command::SignedCommand;
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

pub(super) fn document(
    demand: &Demand,
    verdict: Verdict,
    justification: Option<&Text<8000>>,
) -> Result<DocumentToSign, Failure> {
    let Some(consultant) = demand.state.consultant() else {
        return Err(wrong_state());
    };
    DocumentToSign::of(&payload::opinion(demand, issued_digest(demand)?, consultant, verdict, justification))
}

pub(super) const STEP: SignedStep =
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
        let GiveOpinion { verdict, justification, signature } = asked;
        let command = SignedCommand::Opinion { verdict, justification };
        self.take_signed_step(caller, command, signature, target, write, render).await
    }
}

pub(super) fn carry_out(
    work: &mut Work<'_, '_>,
    demand: Demand,
    verdict: Verdict,
    justification: Option<Text<8000>>,
    evidence: Option<&Evidence>,
) -> Result<Decision, Failure> {
    let opinion = AskedOpinion { verdict, justification, signed: evidence.map(Evidence::signed) };
    let decided = examination::give_opinion(demand, opinion, work.now);
    Ok(sealed(evidence, work, decided)?.into())
}
