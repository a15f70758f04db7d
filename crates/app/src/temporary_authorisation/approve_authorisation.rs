//! The wholesaler's representative co-signs (PF art. 4ac(1)).

use super::change::AuthorisationTarget;
use super::signed::{SignedStep, wrong_state};
use super::signed_command::SignedCommand;
use super::view::AuthorisationView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::demand::Evidence;
use crate::entry::Work;
use crate::failure::Failure;
use crate::signature::{AskedSignature, DocumentToSign};
use domain::demand::model::Digest;
use domain::temporary_authorisation::examination::{self, Approval};
use domain::temporary_authorisation::payload::{self, Step};
use domain::temporary_authorisation::{Authorisation, AuthorisationDecision, Command};

/// The digest of the notification as the responsible person signed it.
pub(super) fn submission_digest(authorisation: &Authorisation) -> Result<&Digest, Failure> {
    authorisation.state.issue().map(|issue| issue.signed.payload_sha256()).ok_or_else(wrong_state)
}

fn document(authorisation: &Authorisation) -> Result<DocumentToSign, Failure> {
    DocumentToSign::of(&payload::representative_approval(authorisation, submission_digest(authorisation)?))
}

pub(super) const STEP: SignedStep = SignedStep {
    command: Command::RepresentativeApproval,
    operation: "approve_authorisation",
    step: Step::RepresentativeApproval,
    document,
};

impl App {
    /// The bytes that the representative signs. Nothing is written.
    pub async fn authorisation_approval_document(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
    ) -> Result<DocumentToSign, Failure> {
        self.authorisation_document(caller, STEP, target).await
    }

    #[tracing::instrument(name = "approve_authorisation", skip_all)]
    pub async fn approve_authorisation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        signature: AskedSignature,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let command = SignedCommand::RepresentativeApproval {};
        self.take_signed_authorisation_step(caller, command, signature, target, write, render).await
    }
}

pub(super) fn decide(
    work: &Work<'_, '_>,
    found: Authorisation,
    evidence: &Evidence,
) -> AuthorisationDecision {
    examination::approve(found, Approval { signed: evidence.signed() }, work.now)
}
