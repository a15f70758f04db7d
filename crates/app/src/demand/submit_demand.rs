//! The physician issues the demand, or sends it on again after a return (PF art. 4ac(1), 4ad(1)).

use super::act::{Evidence, SignedStep, sealed};
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
use domain::calendar::warsaw_date;
use domain::demand::issue::{self, EntityOnRecord, Submission};
use domain::demand::lifecycle::Command;
use domain::demand::model::{Consultant, Demand};
use domain::demand::payload::{self, Step};
use domain::ids::PersonId;
use domain::values::{FieldOfMedicine, Nip, RpwdlNumber};
use store::directory::{self, Answering, Organisation};

#[derive(Clone, Debug)]
pub struct SubmitDemand {
    pub consultant: PersonId,
    /// In which of the consultant's fields; their only one when left out.
    pub field: Option<FieldOfMedicine>,
    /// Left out when the content is unchanged since the last issue.
    pub signature: Option<AskedSignature>,
}

pub(super) fn document(demand: &Demand) -> Result<DocumentToSign, Failure> {
    DocumentToSign::of(&payload::demand(demand))
}

pub(super) const STEP: SignedStep =
    SignedStep { command: Command::Submission, operation: "submit_demand", step: Step::Demand };

impl App {
    /// The bytes that the physician signs. Nothing is written.
    pub async fn submission_document(
        &self,
        caller: &Caller,
        target: Target,
        trace_id: &str,
    ) -> Result<DocumentToSign, Failure> {
        let reading = Reading { caller, operation: "submission_document", trace_id };
        self.document_to_sign(reading, Command::Submission, target, document).await
    }

    #[tracing::instrument(name = "submit_demand", skip_all)]
    pub async fn submit_demand(
        &self,
        caller: &Caller,
        target: Target,
        asked: SubmitDemand,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let SubmitDemand { consultant, field, signature } = asked;
        let command = SignedCommand::Submission { consultant, field };
        self.take_signed_step(caller, command, signature, target, write, render).await
    }
}

pub(super) fn carry_out(
    work: &mut Work<'_, '_>,
    demand: Demand,
    chosen: PersonId,
    field: Option<FieldOfMedicine>,
    evidence: Option<&Evidence>,
) -> Result<Decision, Failure> {
    let consultant = consultant(work, chosen, field)?;
    let submission = Submission {
        is_consultant_away: is_away(work, &demand, consultant.as_ref())?,
        consultant,
        signed: evidence.map(Evidence::signed),
        physician: register::physician(work.tx, work.caller)?,
        entity: on_record(&register::organisation(work.tx, work.caller)?),
    };
    let decided = issue::submit(demand, submission, work.now);
    Ok(sealed(evidence, work, decided)?.into())
}

fn consultant(
    work: &mut Work<'_, '_>,
    chosen: PersonId,
    field: Option<FieldOfMedicine>,
) -> Result<Option<Consultant>, Failure> {
    let field = field.as_ref().map(FieldOfMedicine::as_str);
    Ok(directory::find_consultant(work.tx, &work.caller.space, chosen, field)?)
}

/// Whether nobody would answer today: a substitute does not stand in on a demand that is or was theirs, and one who is
/// away may, but nobody counts on it.
fn is_away(
    work: &mut Work<'_, '_>,
    demand: &Demand,
    consultant: Option<&Consultant>,
) -> Result<bool, Failure> {
    let Some(consultant) = consultant else { return Ok(false) };
    let (space, today) = (&work.caller.space, warsaw_date(work.now));
    Ok(match directory::answering(work.tx, space, consultant, today)? {
        Answering::Themselves => false,
        Answering::Substitute(found) => {
            demand.is_or_was_of(&found.npwz)
                || directory::answering(work.tx, space, &found, today)? != Answering::Themselves
        }
        Answering::Nobody => true,
    })
}

/// The entity as the directory knows it; what is not on record is not compared.
pub(super) fn on_record(known: &Organisation) -> EntityOnRecord {
    EntityOnRecord {
        rpwdl_number: known.rpwdl_number.as_deref().and_then(|number| RpwdlNumber::parse(number).ok()),
        nip: known.nip.as_deref().and_then(|nip| Nip::parse(nip).ok()),
    }
}
