//! A step of a story whose signature was received and awaits a validation service outside (TS-01, TS-02).

use super::asks::{Ended, ask};
use super::{Story, elapse_one_by_one, it_is_whole};
use crate::steps::{EndOfWait, Step, Wait};
use crate::support::stages::Stage;
use crate::support::text;
use chrono::TimeDelta;
use domain::demand::lifecycle::commands_in;
use domain::demand::model::SignatureKind;
use domain::demand::{Command, Demand, StateName, clocks, pending, withdrawal};
use domain::outage::Holds;
use domain::pending::{AwaitedStep, PendingStep};
use proptest::prelude::*;

/// The step of a command that is signed.
pub(super) fn awaited(command: Command) -> Option<AwaitedStep> {
    AwaitedStep::ALL.into_iter().find(|step| step.command() == command)
}

/// Receives it where it could be taken at once, lets days pass in which no term runs out, and ends the waiting.
pub(super) fn play(
    story: &mut Story,
    step: &Step,
    wait: Wait,
    awaited: AwaitedStep,
) -> Result<(), TestCaseError> {
    let (received_at, before) = (story.stage.now, story.stage.demand.clone());
    let mut tried = story.stage.clone();
    let Ok(taken) = ask(awaited.command(), step.variant, &mut tried, &story.holds()) else { return Ok(()) };
    let waiting = PendingStep { step: awaited, kind: SignatureKind::Trusted, received_at };
    let received =
        pending::receive(before.clone(), waiting).expect("what can be taken can be received").document;
    it_stands_where_it_stood(&before, &received)?;
    prop_assert_eq!(received.changed_at, received_at);
    story.stage.now += TimeDelta::days(i64::try_from(wait.days).unwrap_or(0));
    match wait.end {
        EndOfWait::Confirmed => confirmed(story, &received, &taken, |stage, holds| {
            ask(awaited.command(), step.variant, stage, holds)
        })?,
        EndOfWait::Refused => refused(story, received)?,
        EndOfWait::Withdrawn => withdrawn(story, received)?,
    }
    prop_assert!(story.stage.demand.pending.is_none());
    it_is_whole(&story.stage)
}

/// Nothing but the receipt is new, and nothing but what ends the wait is admitted.
fn it_stands_where_it_stood(before: &Demand, received: &Demand) -> Result<(), TestCaseError> {
    let unmarked = Demand { pending: None, changed_at: before.changed_at, ..received.clone() };
    prop_assert_eq!(&unmarked, before);
    prop_assert!(pending::holds_terms(received));
    for command in commands_in(received.state.name()) {
        let admitted = pending::admit(received, command).is_ok();
        let ends_the_wait = matches!(command, Command::Withdrawal | Command::PendingStepRefusal);
        prop_assert_eq!(admitted, ends_the_wait, "{:?}", command);
    }
    Ok(())
}

/// The step is taken as of its receipt, as if nobody had waited; what ends after it ends then.
fn confirmed(
    story: &mut Story,
    received: &Demand,
    taken: &Demand,
    take: impl FnOnce(&mut Stage, &Holds) -> Ended,
) -> Result<(), TestCaseError> {
    let (present, received_at) = (story.stage.now, taken.changed_at);
    story.stage.demand = pending::resume(received.clone());
    story.stage.now = received_at;
    // Outages move no step that is signed.
    let resumed = story.holds();
    let demand = take(&mut story.stage, &resumed);
    prop_assert_eq!(demand.as_ref(), Ok(taken), "a wait changes nothing");
    story.stage.demand = taken.clone();
    story.stage.now = present;
    let holds = story.holds();
    story.stage.demand = elapse_one_by_one(story, &holds)?;
    Ok(())
}

/// The terms ran all the while: the demand is where it would be if nothing had been received.
fn refused(story: &mut Story, received: Demand) -> Result<(), TestCaseError> {
    let (now, holds) = (story.stage.now, story.holds());
    let refused = pending::refuse(received, "signature.invalid", now).document;
    prop_assert_eq!(refused.changed_at, now);
    let ended = clocks::elapse(refused, &holds, now);
    let undisturbed = elapse_one_by_one(story, &holds)?;
    if ended.events.is_empty() {
        prop_assert_eq!(ended.document.changed_at, now);
    } else {
        prop_assert_eq!(ended.document.changed_at, undisturbed.changed_at);
    }
    let compared = Demand { changed_at: undisturbed.changed_at, ..ended.document.clone() };
    prop_assert_eq!(&compared, &undisturbed);
    story.stage.demand = ended.document;
    Ok(())
}

fn withdrawn(story: &mut Story, received: Demand) -> Result<(), TestCaseError> {
    let withdrawn = withdrawal::withdraw(received.clone(), text("Zmiana leczenia."), story.stage.now);
    let Ok(withdrawn) = withdrawn else {
        // Others than the physician's steps wait where nobody withdraws any more.
        return refused(story, received);
    };
    prop_assert_eq!(withdrawn.document.state.name(), StateName::Withdrawn);
    story.stage.demand = withdrawn.document;
    Ok(())
}
