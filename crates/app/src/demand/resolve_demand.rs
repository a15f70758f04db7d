//! The decider signs the very draft that was seen (PF art. 4ad(4), 4d(3)(9)).

use super::act::{Evidence, SignedStep, wrong_state};
use super::change::{self, Target, Work};
use super::read::Reading;
use super::signed_command::SignedCommand;
use super::view::{self, DemandView};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::signature::{AskedSignature, DocumentToSign};
use crate::{App, Parts, register};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::lifecycle::Command;
use domain::demand::model::{Demand, Digest, Outcome, ResolutionDraft};
use domain::demand::payload::Step;
use domain::demand::refusals::DRAFT_CHANGED;
use domain::demand::resolution::{self, Decision};
use domain::problem::Violation;
use signing::decision_token::{self, DecisionClaims};

#[derive(Clone, Debug)]
pub struct ResolveDemand {
    /// Digest of the draft that the decider saw.
    pub draft_sha256: Digest,
    pub signature: AskedSignature,
}

fn draft_of(demand: &Demand) -> Result<&ResolutionDraft, Failure> {
    let draft = demand.state.resolution_draft();
    draft.ok_or_else(wrong_state)
}

fn draft_changed() -> Failure {
    Failure::Refused(Refused::all(vec![Violation::new(DRAFT_CHANGED, "/draftSha256")]))
}

pub(super) fn document(demand: &Demand) -> Result<DocumentToSign, Failure> {
    view::resolution_document(demand, draft_of(demand)?)
}

pub(super) const STEP: SignedStep =
    SignedStep { command: Command::Resolution, operation: "resolve_demand", step: Step::Resolution };

impl App {
    /// The bytes that the decider signs, if the draft is still the one that they saw. Nothing is written.
    pub async fn resolution_document(
        &self,
        caller: &Caller,
        target: Target,
        seen: Digest,
        trace_id: &str,
    ) -> Result<DocumentToSign, Failure> {
        let reading = Reading { caller, operation: "resolution_document", trace_id };
        let rebuild = move |demand: &Demand| {
            let document = document(demand)?;
            if document.digest() == seen { Ok(document) } else { Err(draft_changed()) }
        };
        self.document_to_sign(reading, Command::Resolution, target, rebuild).await
    }

    #[tracing::instrument(name = "resolve_demand", skip_all)]
    pub async fn resolve_demand(
        &self,
        caller: &Caller,
        target: Target,
        asked: ResolveDemand,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let ResolveDemand { draft_sha256, signature } = asked;
        let command = SignedCommand::Resolution { draft_sha256 };
        self.take_signed_step(caller, command, Some(signature), target, write, render).await
    }
}

pub(super) fn carry_out(
    work: &mut Work<'_, '_>,
    demand: Demand,
    seen: Digest,
    evidence: &Evidence,
) -> Result<change::Decision, Failure> {
    let actual = document(&demand)?.digest();
    let decision = Decision {
        decider: register::officer(work.tx, work.caller)?,
        signed: evidence.signed(),
        seen,
        decision_token: token(work.parts, &demand, &actual, work.now)?,
        actual,
    };
    let decided = resolution::resolve(demand, decision, work.now);
    Ok(evidence.seal(work, decided)?.into())
}

/// The token that proves the resolution offline: nothing of a patient, a diagnosis or a person.
fn token(
    parts: &Parts,
    demand: &Demand,
    resolution_sha256: &Digest,
    now: DateTime<Utc>,
) -> Result<String, Failure> {
    let draft = draft_of(demand)?;
    let content = &demand.content;
    let international = content.product.as_medicine().and_then(|product| product.international_name.as_ref());
    let decided_on = warsaw_date(now);
    let product = [content.product.name(), international]
        .into_iter()
        .flatten()
        .map(domain::values::Text::as_str)
        .collect::<Vec<_>>()
        .join(" / ");
    let quantity = draft.approved_quantity.or(content.quantity);
    let claims = DecisionClaims {
        iss: parts.issuer.clone(),
        number: demand.number.as_str().to_owned(),
        ruling_number: Some(draft.number.as_str().to_owned()),
        kind: demand.content.kind().name().to_owned(),
        outcome: draft.outcome.name().to_owned(),
        issued_on: demand.state.issue().map_or(decided_on, |issue| issue.issued_on),
        decided_on,
        product,
        quantity: quantity.map_or_else(String::new, |q| format!("{} {}", q.amount(), q.unit().as_str())),
        valid_until: (draft.outcome == Outcome::Approved).then(|| view::valid_until(decided_on)),
        resolution_sha256: resolution_sha256.0.clone(),
    };
    decision_token::issue(&parts.decision_key, &claims).map_err(|error| Failure::Bug(error.into()))
}
