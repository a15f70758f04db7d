//! A step of a story whose signature was received and awaits a validation service outside (TS-05).

use super::invariants::nothing_is_lost;
use super::{Ended, Story, elapse};
use crate::steps::{EndOfWait, Wait};
use crate::support::text;
use chrono::TimeDelta;
use domain::demand::model::SignatureKind;
use domain::pending::{AwaitedStep, PendingStep};
use domain::temporary_authorisation::lifecycle::commands_in;
use domain::temporary_authorisation::{Authorisation, Command, StateName, pending, withdrawal};
use proptest::prelude::*;

/// The step of a command that is signed.
pub(super) fn awaited(command: Command) -> Option<AwaitedStep> {
    match command {
        Command::Submission => Some(AwaitedStep::Submission),
        Command::RepresentativeApproval => Some(AwaitedStep::RepresentativeApproval),
        Command::Resolution => Some(AwaitedStep::Resolution),
        _ => None,
    }
}

/// Receives it where it could be taken at once, lets days pass, and ends the waiting.
pub(super) fn play(
    story: &mut Story,
    variant: u8,
    wait: Wait,
    (command, step): (Command, AwaitedStep),
) -> Result<(), TestCaseError> {
    let (received_at, before) = (story.now, story.document(variant));
    let Ok(taken) = story.clone().ask(command, variant) else { return Ok(()) };
    let waiting = PendingStep { step, kind: SignatureKind::Trusted, received_at };
    let received = pending::receive(before.clone(), command, waiting)
        .expect("what can be taken can be received")
        .document;
    it_stands_where_it_stood(&before, &received)?;
    story.keep(received.clone());
    story.now += TimeDelta::days(i64::try_from(wait.days).unwrap_or(0));
    elapse(story)?;
    prop_assert_eq!(&story.document(variant), &received, "it waits");
    let after = match wait.end {
        EndOfWait::Confirmed => confirmed(story, &received, &taken, |story| story.ask(command, variant))?,
        EndOfWait::Refused => refused(story, received),
        EndOfWait::Withdrawn => withdrawn(story, received)?,
    };
    prop_assert!(after.pending.is_none());
    nothing_is_lost(&before, &after)?;
    story.keep(after);
    elapse(story)
}

/// Nothing but the receipt is new, and nothing but what ends the wait is admitted.
fn it_stands_where_it_stood(before: &Authorisation, received: &Authorisation) -> Result<(), TestCaseError> {
    let unmarked = Authorisation { pending: None, changed_at: before.changed_at, ..received.clone() };
    prop_assert_eq!(&unmarked, before);
    for command in commands_in(received.state.name()) {
        let admitted = pending::admit(received, command).is_ok();
        let ends_the_wait = matches!(command, Command::Withdrawal | Command::PendingStepRefusal);
        prop_assert_eq!(admitted, ends_the_wait, "{:?}", command);
    }
    Ok(())
}

/// The step is taken as of its receipt, as if nobody had waited; what is added to a consent that ended meanwhile is not.
fn confirmed(
    story: &mut Story,
    received: &Authorisation,
    taken: &Authorisation,
    take: impl FnOnce(&mut Story) -> Ended,
) -> Result<Authorisation, TestCaseError> {
    let present = story.now;
    let base = story.base.state.name();
    story.keep(pending::resume(received.clone()));
    story.now = taken.changed_at;
    let resumed = take(story);
    story.now = present;
    match resumed {
        Ok(after) => {
            prop_assert_eq!(&after, taken, "a wait changes nothing");
            Ok(after)
        }
        Err(found) => {
            prop_assert!(received.adds_to.is_some() && base != StateName::Consented, "{:?}", found);
            Ok(refused(story, received.clone()))
        }
    }
}

fn refused(story: &Story, received: Authorisation) -> Authorisation {
    let before = received.state.clone();
    let refused = pending::refuse(received, "signature.invalid", story.now).document;
    assert_eq!((&refused.state, refused.changed_at), (&before, story.now), "the signer may sign again");
    refused
}

fn withdrawn(story: &Story, received: Authorisation) -> Result<Authorisation, TestCaseError> {
    let asked = withdrawal::withdraw(received.clone(), text("Zagrożenie ustało."), story.now);
    let Ok(withdrawn) = asked else { return Ok(refused(story, received)) };
    prop_assert_eq!(withdrawn.document.state.name(), StateName::Withdrawn);
    Ok(withdrawn.document)
}
