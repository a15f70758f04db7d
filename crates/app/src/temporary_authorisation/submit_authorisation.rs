//! The responsible person signs and submits a notification (PF art. 4ac(1)).

use super::change::AuthorisationTarget;
use super::signed::SignedStep;
use super::signed_command::SignedCommand;
use super::view::AuthorisationView;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::demand::Evidence;
use crate::entry::Work;
use crate::failure::Failure;
use crate::signature::{AskedSignature, DocumentToSign};
use crate::{App, Parts, register};
use domain::ids::AuthorisationId;
use domain::outage::Holds;
use domain::temporary_authorisation::payload::{self, Step};
use domain::temporary_authorisation::submission::{self, Notifier, Submission};
use domain::temporary_authorisation::{Authorisation, AuthorisationDecision, Command, addition};
use domain::values::Nip;
use store::sealing::DataKey;
use store::{Tx, temporary_authorisation};

fn document(authorisation: &Authorisation) -> Result<DocumentToSign, Failure> {
    DocumentToSign::of(&payload::submission(authorisation))
}

pub(super) const STEP: SignedStep = SignedStep {
    command: Command::Submission,
    operation: "submit_authorisation",
    step: Step::Submission,
    document,
};

impl App {
    /// The bytes that the responsible person signs. Nothing is written.
    pub async fn authorisation_submission_document(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
    ) -> Result<DocumentToSign, Failure> {
        self.authorisation_document(caller, STEP, target).await
    }

    #[tracing::instrument(name = "submit_authorisation", skip_all)]
    pub async fn submit_authorisation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        signature: AskedSignature,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        self.take_signed_authorisation_step(
            caller,
            SignedCommand::Submission {},
            signature,
            target,
            write,
            render,
        )
        .await
    }
}

/// Every rule of the submission, and those of an addition beside them.
pub(super) fn decide(
    work: &mut Work<'_, '_>,
    found: Authorisation,
    key: &DataKey,
    evidence: &Evidence,
) -> Result<AuthorisationDecision, Failure> {
    let notifier = notifier(work.tx, work.caller)?;
    let files = store::correspondence::list_files(work.tx, key, found.id)?;
    let asked = Submission { signed: evidence.signed(), notifier, files };
    let of_addition = match found.adds_to {
        Some(base) => {
            let base = base_of(work.tx, work.parts, base)?;
            addition::submission_faults(&found, &base)
        }
        None => Vec::new(),
    };
    Ok(match (submission::submit(found, asked, work.now), of_addition) {
        (decided, faults) if faults.is_empty() => decided,
        (Ok(_), faults) => Err(faults),
        (Err(broken), faults) => Err([broken, faults].concat()),
    })
}

/// The caller and their wholesaler as the directory knows them.
pub(super) fn notifier(tx: &mut Tx<'_>, caller: &Caller) -> Result<Notifier, Failure> {
    let person = register::named(register::person(tx, caller)?);
    let known = register::organisation(tx, caller)?;
    Ok(Notifier { person, nip: known.nip.as_deref().and_then(|nip| Nip::parse(nip).ok()) })
}

/// The consent to which an addition adds, its period applied, which no outage holds.
pub(super) fn base_of(tx: &mut Tx<'_>, parts: &Parts, id: AuthorisationId) -> Result<Authorisation, Failure> {
    let found = temporary_authorisation::find(tx, &parts.ring, id)?;
    let base = found.ok_or_else(|| Failure::Bug("an addition to nothing".into()))?.authorisation;
    let now = parts.clock.now(&base.space);
    Ok(domain::temporary_authorisation::clocks::elapse(base, &Holds::none(), now).document)
}
