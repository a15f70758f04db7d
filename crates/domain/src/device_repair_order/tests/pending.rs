//! A signature that awaits validation, what may be done meanwhile, and the terms that run.

use super::*;
use crate::device_order::pending::RefusedStep;
use crate::device_repair_order::clocks::{KINDS, is_due, running, starts_with};
use crate::device_repair_order::pending::{admit, receive, refuse, resume};

fn waiting(order: RepairOrder, step: SignedStep) -> RepairOrder {
    let pending = PendingStep { step, kind: SignatureKind::Trusted, received_at: december() };
    receive(order, pending).expect("a receipt").document
}

fn refused(order: &RepairOrder, command: Command) -> Vec<&'static str> {
    admit(order, command).err().into_iter().flatten().map(|it| it.problem.code).collect()
}

#[test]
fn while_a_signature_waits_nothing_is_done_but_its_end_or_a_cancellation() {
    let draft = waiting(drafted(content()), SignedStep::Submission);
    for command in [Command::Edit, Command::Submission] {
        assert_eq!(refused(&draft, command), [code_of("RO-60")]);
    }
    let corrected = waiting(concluded(Insurance::NotConfirmed), SignedStep::Correction);
    assert_eq!(refused(&corrected, Command::Correction), [code_of("RO-60")]);
    for command in [Command::Cancellation, Command::PendingStepRefusal] {
        assert_eq!(refused(&corrected, command), [""; 0]);
    }
    let again = corrected.pending.clone().expect("a step");
    assert!(receive(corrected, again).is_err());
}

#[test]
fn a_step_is_resumed_or_refused_once() {
    let draft = waiting(drafted(content()), SignedStep::Submission);
    assert_eq!(resume(draft.clone()).pending, None);
    let ended = refuse(draft, "signature.validation_failed", december());
    let event = RepairOrderEvent::SignatureRefused {
        action: SignedStep::Submission,
        code: "signature.validation_failed".to_owned(),
    };
    assert_eq!((ended.document.pending.clone(), ended.events.as_slice()), (None, [event].as_slice()));
    assert!(refuse(ended.document, "signature.validation_failed", december()).events.is_empty());
}

#[test]
fn a_wait_is_ended_with_its_reason_and_the_order_is_signed_anew() {
    let at_once = Ending { after: TimeDelta::zero(), ..ending() };
    for (order, step) in [
        (drafted(content()), SignedStep::Submission),
        (concluded(Insurance::NotConfirmed), SignedStep::Correction),
    ] {
        assert_eq!(codes(end(order.clone(), &at_once, december())), ["pending_step.none"]);
        let waiting = waiting(order.clone(), step);
        assert_eq!(codes(end(waiting.clone(), &ending(), december())), ["pending_step.too_early"]);
        let ended = end(waiting, &at_once, december()).expect("an end").document;
        let (received_at, refused_at) = (december(), december());
        let kept = RefusedStep { step, received_at, refused_at, reason: at_once.reason.clone() };
        assert_eq!((&ended.state, ended.pending), (&order.state, None));
        assert_eq!(ended.refused_steps, [kept]);
    }
}

#[test]
fn what_is_due_is_what_elapses() {
    let kind = |order: &RepairOrder| running(order).first().map(|clock| clock.kind);
    assert_eq!(KINDS.map(Some), [kind(&positive()), kind(&held())]);
    assert_eq!((kind(&verifying()), kind(&realised())), (None, None));
    let ends = [(positive(), "2027-12-01T23:00:00Z"), (held(), "2027-01-07T23:00:00Z")];
    for (order, end) in ends {
        assert_eq!(running(&order)[0].due_at, instant(end));
        for (at, due) in [(instant(end) - TimeDelta::seconds(1), false), (instant(end), true)] {
            assert_eq!(is_due(&order, at), due);
            assert_eq!(!elapse(order.clone(), at).events.is_empty(), due);
        }
    }
    assert_eq!(KINDS.map(starts_with), [Command::VerificationResult, Command::TakeUp]);
}

#[test]
fn every_event_has_its_word_and_names_its_provider_alone() {
    let provider = provider(1).id;
    for (event, of) in [
        (RepairOrderEvent::RepairOrdered {}, None),
        (RepairOrderEvent::RepairTakenUp { provider }, Some(provider)),
        (RepairOrderEvent::RepairWithdrawn { provider }, Some(provider)),
    ] {
        let told = serde_json::to_value(&event).expect("an event");
        assert_eq!((told["type"].as_str(), event.of_provider()), (Some(event.name()), of));
    }
}
