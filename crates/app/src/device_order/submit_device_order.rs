//! The prescriber, or an assistant whom they have authorised, signs an order; a negative one is corrected and signed anew.
//! The payer looks at it at once, and the answer says what was found.

use super::access::{Relation, on_record};
use super::pending_step::SignedCommand;
use super::signed::Looked;
use super::verify::{Waiting, groups_on};
use super::view::DeviceOrderView;
use super::write::{Asked, Change, Changed, OrderTarget, Work};
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Evidence, Signing, unused};
use crate::failure::Failure;
use crate::idempotent::Done;
use crate::recorded::Read;
use crate::signature::{AskedSignature, DocumentToSign};
use crate::{App, Parts};
use domain::calendar::warsaw_date;
use domain::decision::Decided;
use domain::device_order::issue::{self, PrescriberOnRecord, Submission};
use domain::device_order::model::Signatory;
use domain::device_order::{Command, Content, DeviceOrder};
use domain::values::DeviceOrderNumber;
use std::sync::Arc;
use store::device_order::WaitingVerification;
use tracing::Instrument;

pub(super) const SUBMISSION: Change = Change::of(Command::Submission, "submit_device_order");
/// Its content may name another patient.
pub(super) const CORRECTION: Change =
    Change { edits: true, ..Change::of(Command::Correction, "correct_device_order") };

/// What is signed, and with what.
struct Issued {
    change: Change,
    /// Of a correction; a submission signs what the draft says.
    content: Option<Content>,
    signature: AskedSignature,
}

impl App {
    /// The bytes that are signed for a submission. Nothing is written.
    pub async fn order_submission_document(
        &self,
        caller: &Caller,
        target: OrderTarget,
        trace_id: &str,
    ) -> Result<Read<DocumentToSign>, Failure> {
        self.order_document(caller, SUBMISSION, target, None, trace_id).await
    }

    /// The bytes that are signed for a correction with this content. Nothing is written.
    pub async fn order_correction_document(
        &self,
        caller: &Caller,
        target: OrderTarget,
        content: Content,
        trace_id: &str,
    ) -> Result<Read<DocumentToSign>, Failure> {
        self.order_document(caller, CORRECTION, target, Some(content), trace_id).await
    }

    #[tracing::instrument(name = "submit_device_order", skip_all)]
    pub async fn submit_device_order(
        &self,
        caller: &Caller,
        target: OrderTarget,
        signature: AskedSignature,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let issued = Issued { change: SUBMISSION, content: None, signature };
        self.issue_order(caller, target, issued, write, render).await
    }

    #[tracing::instrument(name = "correct_device_order", skip_all)]
    pub async fn correct_device_order(
        &self,
        caller: &Caller,
        target: OrderTarget,
        (content, signature): (Content, AskedSignature),
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let issued = Issued { change: CORRECTION, content: Some(content), signature };
        self.issue_order(caller, target, issued, write, render).await
    }

    /// Two transactions: one in which the order is issued, and one in which the payer's finding is kept. A repeated request
    /// waits for both.
    async fn issue_order(
        &self,
        caller: &Caller,
        target: OrderTarget,
        issued: Issued,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let Issued { change, content, signature } = issued;
        authorize_role(caller, Action::DeviceOrder(change.command)).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &write).await?;
        let signed = (&write, &signature);
        let looked = self.look_and_check_order(caller, change, target, content.clone(), signed).await?;
        let checked = match looked {
            Looked::Replayed(answer) => return Ok(Answer::Replayed(answer)),
            Looked::Checked(checked) => checked,
        };
        let begun = WaitingVerification { id: target.id, revision: checked.revision + 1, tries: 0 };
        let waiting = Waiting { caller: caller.clone(), write: write.clone(), render };
        let trace_id = write.trace_id.clone();
        let change = Change { seen_revision: Some(checked.revision), ..change };
        let awaits = checked.evidence.awaited().is_some();
        let command = SignedCommand::of(content);
        let signed_for = trace_id.clone();
        let decide = move |work: &mut Work<'_, '_>, found: DeviceOrder| {
            command.take_or_receive(work, found, &checked.evidence, &signed_for)
        };
        let asked = Asked { caller: caller.clone(), change, target, write, render, decide };
        let done = match self.carry_out_on_order(Arc::new(asked)).await? {
            Done::Now(received) if awaits => Done::Now(received),
            Done::Now(begun_answer) => Done::Now(self.verified(begun, waiting, begun_answer).await),
            before @ Done::Before(_) => before,
        };
        drop(turn);
        self.answered(caller, &trace_id, done).await
    }

    /// The answer with the payer's finding; where that cannot be kept now, the one that says that the look has begun, and a
    /// worker finishes it. It goes on although the client may have hung up.
    pub(super) async fn verified(
        &self,
        begun: WaitingVerification,
        waiting: Waiting,
        answer: StoredAnswer,
    ) -> StoredAnswer {
        let app = self.clone();
        let finish = async move { app.finish_verification(begun, Some(waiting)).await };
        let finished = tokio::spawn(finish.instrument(tracing::Span::current())).await;
        match finished {
            Ok(Ok(finished)) => finished.unwrap_or(answer),
            Ok(Err(fault)) => {
                tracing::error!(order.id = %begun.id, verification.fault = ?fault, "verification not finished");
                answer
            }
            Err(fault) => {
                tracing::error!(order.id = %begun.id, task.fault = %fault, "verification ended by itself");
                answer
            }
        }
    }
}

/// Every rule of the issue, with the signature kept unless it awaits validation, and the beginning of the look.
pub(super) fn decide(
    work: &mut Work<'_, '_>,
    found: DeviceOrder,
    content: Option<Content>,
    evidence: &Evidence,
) -> Changed {
    let today = warsaw_date(work.now);
    let ordered = content.as_ref().unwrap_or(&found.content);
    let groups = groups_on(work.tx, &work.caller.space, ordered, today)?;
    let prescriber = on_record(work.tx, &found.space, &found.prescriber)?;
    let submission = submission(work, prescriber, evidence);
    let decided = match content {
        None => issue::submit(found, submission, &groups, work.now),
        Some(content) => issue::correct(found, content, submission, &groups, work.now),
    };
    let (registered, accepted) = evidence.joined(decided)?;
    if let Some(accepted) = accepted {
        let signing = Signing {
            parts: work.parts,
            key: work.key,
            now: work.now,
            document_id: registered.document.id.to_string(),
            content_version: registered.document.content_version,
        };
        evidence.keep(work.tx, accepted, signing)?;
    }
    if let Some(awaited) = evidence.awaited() {
        unused(awaited, work.tx)?;
    }
    let begun = issue::begin_verification(registered.document, work.now)?;
    let events = registered.events.into_iter().chain(begun.events).collect();
    Ok(Decided { document: begun.document, events })
}

fn submission(
    work: &Work<'_, '_>,
    prescriber: Option<PrescriberOnRecord>,
    evidence: &Evidence,
) -> Submission {
    let signed = evidence.signed();
    let signed_by = match work.relation {
        Relation::Assistant => Signatory::Authorised {
            given_names: signed.given_names.clone(),
            family_name: signed.family_name.clone(),
        },
        Relation::Prescriber
        | Relation::Patient
        | Relation::NfzStaff
        | Relation::NfzOfficer
        | Relation::Provider
        | Relation::FormerProvider => Signatory::Prescriber,
    };
    Submission { number: number(work.parts), prescriber, signed: signed.into(), signed_by, paper: None }
}

/// A new number in the operator's series.
pub(crate) fn number(parts: &Parts) -> DeviceOrderNumber {
    let (first, second) = (parts.entropy.random(), parts.entropy.random());
    let mut random = [0; 16];
    random[..8].copy_from_slice(&first);
    random[8..].copy_from_slice(&second);
    DeviceOrderNumber::compose(parts.order_numbers, random)
}
