//! The wholesaler's representative co-signs (PF art. 4ac(1)).

use super::change::AuthorisationTarget;
use super::signed::{Looked, SignedStep, sealed, wrong_state};
use super::view::AuthorisationView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::signature::{AskedSignature, DocumentToSign};
use domain::demand::model::Digest;
use domain::temporary_authorisation::examination::{self, Approval};
use domain::temporary_authorisation::payload::{self, Step};
use domain::temporary_authorisation::{Authorisation, Command};

/// The digest of the notification as the responsible person signed it.
pub(super) fn submission_digest(authorisation: &Authorisation) -> Result<&Digest, Failure> {
    authorisation.state.issue().map(|issue| issue.signed.payload_sha256()).ok_or_else(wrong_state)
}

fn document(authorisation: &Authorisation) -> Result<DocumentToSign, Failure> {
    DocumentToSign::of(&payload::representative_approval(authorisation, submission_digest(authorisation)?))
}

const STEP: SignedStep = SignedStep {
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
        let looked = self.look_and_check_authorisation(caller, STEP, target, &write, &signature);
        let checked = match looked.await? {
            Looked::Replayed(answer) => return Ok(Answer::Replayed(answer)),
            Looked::Checked(checked) => checked,
        };
        let change = STEP.change(checked.revision);
        self.change_authorisation(caller, change, target, write, render, move |work, found, key| {
            let approval = Approval { signed: checked.evidence.signed() };
            let decided = examination::approve(found, approval, work.now);
            sealed(&checked.evidence, work, key, decided)
        })
        .await
    }
}
