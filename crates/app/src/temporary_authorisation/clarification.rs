//! The minister asks wholesaler or office about a notification, and somebody answers or nobody has to any more
//! (PF art. 4(8), 4aa).

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::answer::{Answer, Render, Write};
use crate::caller::{Caller, Role};
use crate::clarification::{AnswerClarification, AskClarification, side};
use crate::failure::Failure;
use crate::{App, register};
use domain::clarification::{self, Closure};
use domain::ids::ClarificationId;
use domain::temporary_authorisation::Command;
use domain::temporary_authorisation::clarification::Addressee;
use domain::values::Text;

/// Whether this role answers for that addressee.
fn answers(role: Role, addressee: Addressee) -> bool {
    addressee.answered_by().contains(&role.name())
}

impl App {
    #[tracing::instrument(name = "ask_authorisation_clarification", skip_all)]
    pub async fn ask_authorisation_clarification(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: AskClarification<Addressee>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Clarification, "ask_authorisation_clarification");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let by = register::officer(work.tx, work.caller)?;
            let question = asked.put(&found, work.parts.entropy.id(work.now), by, work.now);
            Ok(clarification::ask(found, question, work.now)?)
        })
        .await
    }

    /// By the addressee, or by the officer who has the addressee's letter.
    #[tracing::instrument(name = "answer_authorisation_clarification", skip_all)]
    pub async fn answer_authorisation_clarification(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: AnswerClarification,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::ClarificationAnswer, "answer_authorisation_clarification");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let side = side(work.caller, &found, asked.question, answers)?;
            let by = register::officer(work.tx, work.caller)?;
            Ok(clarification::answer(found, asked.given(side, by, work.now), work.now)?)
        })
        .await
    }

    #[tracing::instrument(name = "close_authorisation_clarification", skip_all)]
    pub async fn close_authorisation_clarification(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        question: ClarificationId,
        reason: Text<2000>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::ClarificationClosure, "close_authorisation_clarification");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            side(work.caller, &found, question, answers)?;
            let by = register::officer(work.tx, work.caller)?;
            let closure = Closure { question, by, reason: reason.clone() };
            Ok(clarification::close(found, closure, work.now)?)
        })
        .await
    }
}
