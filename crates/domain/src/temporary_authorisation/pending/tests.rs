//! What waits with a signature under a notification, and how the waiting ends.

use super::*;
use crate::demand::model::SignatureKind;
use crate::pending::AwaitedStep;
use crate::support::notifications::{after, drafted, prepared};
use crate::support::{codes, day, ending, text};
use crate::temporary_authorisation::{clocks, lifecycle, withdrawal};

fn step(step: AwaitedStep) -> PendingStep {
    PendingStep { step, kind: SignatureKind::Trusted, received_at: day(2) }
}

fn awaiting(it: Authorisation, command: Command, awaited: AwaitedStep) -> Authorisation {
    receive(it, command, step(awaited)).expect("a receipt").document
}

fn broken(it: &Authorisation, command: Command) -> bool {
    let rule = RULES.iter().find(|rule| rule.number == "TS-05").expect("the rule");
    !(rule.broken_at)(it, command).is_empty()
}

#[test]
fn while_a_signature_awaits_validation_only_a_withdrawal_and_the_end_of_the_wait_are_left() {
    let waiting = after(drafted(), &[Command::Submission]);
    for (before, command, awaited) in [
        (drafted(), Command::Submission, AwaitedStep::Submission),
        (waiting, Command::RepresentativeApproval, AwaitedStep::RepresentativeApproval),
        (prepared(), Command::Resolution, AwaitedStep::Resolution),
    ] {
        let it = awaiting(before.clone(), command, awaited);
        assert_eq!((&it.state, it.changed_at), (&before.state, day(2)), "it is no state");
        for any in Command::ALL {
            assert!(!broken(&before, any), "{}", any.name());
            let fits = [Command::Withdrawal, Command::PendingStepRefusal].contains(&any);
            assert_eq!(broken(&it, any), !fits, "{}", any.name());
        }
        let refused = |command| admit(&it, command).err().map(|found| found[0].problem.code);
        assert_eq!(refused(command), Some("authorisation.step_pending"));
        assert_eq!(refused(Command::Withdrawal), None);
        assert_eq!(refused(Command::Handover), None, "what the state does not know is refused for that");
        assert_eq!(
            codes(receive(it, command, step(awaited))),
            ["authorisation.step_pending"],
            "one at a time"
        );
    }
}

#[test]
fn the_waiting_ends_with_the_step_with_a_refusal_or_with_the_withdrawal() {
    let it = awaiting(prepared(), Command::Resolution, AwaitedStep::Resolution);
    assert_eq!(resume(it.clone()), Authorisation { changed_at: day(2), ..prepared() });
    let refused = refuse(it.clone(), "signature.validation_failed", day(3));
    assert_eq!(refused.document, Authorisation { changed_at: day(3), ..prepared() });
    let code = "signature.validation_failed".to_owned();
    assert_eq!(
        refused.events,
        [AuthorisationEvent::SignatureRefused { action: AwaitedStep::Resolution, code }]
    );
    let withdrawn = withdrawal::withdraw(it, text("Zagrożenie ustało."), day(3));
    assert!(withdrawn.is_ok_and(|it| it.document.pending.is_none()));
    let nothing = refuse(prepared(), "signature.validation_failed", day(3));
    assert!(nothing.events.is_empty(), "where nothing waits, nothing is refused");
}

#[test]
fn an_officer_ends_a_wait_that_has_lasted_and_the_reason_is_kept() {
    let it = awaiting(prepared(), Command::Resolution, AwaitedStep::Resolution);
    let early = end(it.clone(), &ending(), day(3) - chrono::TimeDelta::seconds(1));
    assert_eq!(codes(early), ["pending_step.too_early"]);
    let ended = end(it, &ending(), day(3)).expect("an end");
    assert_eq!(ended.events.len(), 1);
    assert_eq!(ended.document.refused_steps[0].reason, ending().reason);
    assert_eq!((&ended.document.state, &ended.document.pending), (&prepared().state, &None));
    assert_eq!(codes(end(ended.document, &ending(), day(4))), ["pending_step.none"]);
}

#[test]
fn no_term_runs_where_a_signature_can_wait() {
    let stages = [drafted(), after(drafted(), &[Command::Submission]), prepared()];
    let waiting: Vec<_> = lifecycle::TRANSITIONS
        .iter()
        .filter(|row| row.command == Command::PendingStepRefusal)
        .map(|row| row.from)
        .collect();
    assert_eq!(stages.each_ref().map(|it| it.state.name()).as_slice(), waiting, "each state of a wait");
    for it in stages {
        assert_eq!(clocks::running(&it.state), None, "{}: TS-14 would have to ask", it.state.name().name());
    }
}
