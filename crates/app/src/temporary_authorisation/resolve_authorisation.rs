//! The decider signs the very draft that was seen (PF art. 4(8), 4ad(4)).

use super::announce;
use super::change::AuthorisationTarget;
use super::prepare_resolution::{base_now, is_active};
use super::signed::{SignedStep, wrong_state};
use super::signed_command::SignedCommand;
use super::view::{self, AuthorisationView};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::demand::Evidence;
use crate::entry::Work;
use crate::failure::{Failure, Refused};
use crate::signature::{AskedSignature, DocumentToSign};
use crate::{App, Parts, register};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::model::Digest;
use domain::demand::refusals::DRAFT_CHANGED;
use domain::problem::Violation;
use domain::temporary_authorisation::model::ResolutionDraft;
use domain::temporary_authorisation::payload::Step;
use domain::temporary_authorisation::resolution::{self, Decision};
use domain::temporary_authorisation::{Authorisation, AuthorisationDecision, Command, KIND, addition};
use domain::values::Text;
use signing::decision_token::{self, DecisionClaims};
use store::temporary_authorisation;

#[derive(Clone, Debug)]
pub struct ResolveAuthorisation {
    /// Digest of the draft that the decider saw.
    pub draft_sha256: Digest,
    pub signature: AskedSignature,
}

fn draft_of(authorisation: &Authorisation) -> Result<&ResolutionDraft, Failure> {
    authorisation.state.resolution_draft().ok_or_else(wrong_state)
}

fn document(authorisation: &Authorisation) -> Result<DocumentToSign, Failure> {
    view::resolution_document(authorisation, draft_of(authorisation)?)
}

pub(super) const STEP: SignedStep = SignedStep {
    command: Command::Resolution,
    operation: "resolve_authorisation",
    step: Step::Resolution,
    document,
};

impl App {
    /// The bytes that the decider signs, if the draft is still the one that they saw. Nothing is written.
    pub async fn authorisation_resolution_document(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        seen: &Digest,
    ) -> Result<DocumentToSign, Failure> {
        let document = self.authorisation_document(caller, STEP, target).await?;
        if document.digest() == *seen {
            Ok(document)
        } else {
            let changed = Violation::new(DRAFT_CHANGED, "/draftSha256");
            Err(Failure::Refused(Refused::all(vec![changed])))
        }
    }

    #[tracing::instrument(name = "resolve_authorisation", skip_all)]
    pub async fn resolve_authorisation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: ResolveAuthorisation,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let ResolveAuthorisation { draft_sha256, signature } = asked;
        let command = SignedCommand::Resolution { draft_sha256 };
        self.take_signed_authorisation_step(caller, command, signature, target, write, render).await
    }
}

pub(super) fn decide(
    work: &mut Work<'_, '_>,
    found: Authorisation,
    seen: Digest,
    evidence: &Evidence,
) -> Result<AuthorisationDecision, Failure> {
    // No entry of the ledger may come between what is judged and what is saved.
    if let Some(base) = found.adds_to {
        temporary_authorisation::hold(work.tx, base)?;
    }
    let actual = document(&found)?.digest();
    let decision = Decision {
        decider: register::officer(work.tx, work.caller)?,
        signed: evidence.signed(),
        seen,
        decision_token: token(work.parts, &found, &actual, work.now)?,
        actual,
        base: base_now(work, &found)?,
        wholesaler_is_active: is_active(work, &found)?,
        today: warsaw_date(work.now),
    };
    Ok(resolution::resolve(found, decision, work.now))
}

/// The consent of an addition takes effect on the consent to which it adds, in the same transaction.
pub(super) fn add_to_base(work: &mut Work<'_, '_>, addition: &Authorisation) -> Result<(), Failure> {
    let (Some(base), Some(_)) = (addition.adds_to, addition.state.consented()) else { return Ok(()) };
    let found = temporary_authorisation::find(work.tx, &work.parts.ring, base)?;
    let loaded = found.ok_or_else(|| Failure::Bug("an addition to nothing".into()))?;
    let decided = addition::take_effect(loaded.authorisation, addition, work.now)?;
    let present = work.parts.clock.now(&decided.document.space);
    let saved = temporary_authorisation::save(work.tx, decided.document, &loaded.key, present)?;
    let saved = saved.ok_or(Failure::Stale)?;
    work.record_further(STEP.operation, KIND, base.to_string())?;
    announce::by_a_caller(work.tx, work.parts, work.caller, &saved, &decided.events)
}

/// The token that proves the resolution offline: nothing of a person.
fn token(
    parts: &Parts,
    authorisation: &Authorisation,
    resolution_sha256: &Digest,
    now: DateTime<Utc>,
) -> Result<String, Failure> {
    let draft = draft_of(authorisation)?;
    let content = &authorisation.content;
    let decided_on = warsaw_date(now);
    let names = [content.product.trade_name.as_ref(), content.product.international_name.as_ref()];
    let product = names.into_iter().flatten().map(Text::as_str).collect::<Vec<_>>().join(" / ");
    let quantity = draft.approved_quantity.or(content.quantity);
    let claims = DecisionClaims {
        iss: parts.issuer.clone(),
        number: authorisation.number.as_str().to_owned(),
        ruling_number: Some(draft.number.as_str().to_owned()),
        kind: KIND.to_owned(),
        outcome: draft.outcome.name().to_owned(),
        issued_on: authorisation.state.issue().map_or(decided_on, |issue| issue.issued_on),
        decided_on,
        product,
        quantity: quantity.map_or_else(String::new, |q| format!("{} {}", q.amount(), q.unit().as_str())),
        valid_until: draft.period.map(|period| period.until),
        resolution_sha256: resolution_sha256.0.clone(),
    };
    decision_token::issue(&parts.decision_key, &claims).map_err(|error| Failure::Bug(error.into()))
}
