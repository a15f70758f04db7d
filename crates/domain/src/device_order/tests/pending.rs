//! A signature that awaits validation, and what may be done meanwhile.

use super::december;
use crate::demand::model::SignatureKind;
use crate::device_order::lifecycle::{Command, State};
use crate::device_order::pending::{
    PendingStep, RefusedStep, SignedStep, admit, end, entries, receive, refuse, resume,
};
use crate::device_order::{DeviceOrder, DeviceOrderEvent};
use crate::pending::Ending;
use crate::support::device_orders::{Known, absorbents, draft, looked_at, positive};
use crate::support::{ending, instant};
use chrono::TimeDelta;
use serde_json::json;

fn waiting(order: DeviceOrder, step: SignedStep) -> DeviceOrder {
    let pending = PendingStep { step, kind: SignatureKind::Trusted, received_at: december() };
    receive(order, pending).expect("a receipt").document
}

fn negative() -> DeviceOrder {
    let uninsured = crate::device_order::verification::Insurance::NotConfirmed;
    looked_at(absorbents(), &Known { insurance: uninsured, ..Known::default() }, december())
}

fn codes(order: &DeviceOrder, command: Command) -> Vec<&'static str> {
    admit(order, command).err().into_iter().flatten().map(|it| it.problem.code).collect()
}

#[test]
fn while_a_signature_waits_nothing_is_done_but_what_ends_the_wait() {
    let entry = entries().into_iter().find(|entry| entry.number == "DO-89").expect("a rule");
    let draft = waiting(draft(absorbents(), december()), SignedStep::Submission);
    assert!(matches!(draft.state, State::Draft), "it stands where it stood");
    for command in [Command::Edit, Command::Submission] {
        assert_eq!(codes(&draft, command), [entry.code]);
    }
    assert_eq!(codes(&draft, Command::Correction), [""; 0], "the state says so by itself");
    let corrected = waiting(negative(), SignedStep::Correction);
    for command in [Command::Correction, Command::Acceptance] {
        assert_eq!(codes(&corrected, command), [entry.code]);
    }
    for command in [Command::Cancellation, Command::PendingStepRefusal] {
        assert_eq!(codes(&corrected, command), [""; 0]);
    }
    assert_eq!(codes(&positive(absorbents(), december()), Command::Cancellation), [""; 0]);
}

#[test]
fn a_second_signature_is_not_received_beside_the_first() {
    let draft = waiting(draft(absorbents(), december()), SignedStep::Submission);
    let again =
        PendingStep { step: SignedStep::Submission, kind: SignatureKind::Trusted, received_at: december() };
    assert!(receive(draft, again).is_err());
}

#[test]
fn an_order_whose_signature_was_refused_can_be_signed_again() {
    let draft = draft(absorbents(), december());
    let later = instant("2026-12-03T08:00:00Z");
    let refused =
        refuse(waiting(draft.clone(), SignedStep::Submission), "signature.validation_failed", later);
    let told = DeviceOrderEvent::SignatureRefused {
        action: SignedStep::Submission,
        code: "signature.validation_failed".to_owned(),
    };
    assert_eq!(refused.events, [told]);
    assert_eq!(refused.document, DeviceOrder { changed_at: later, ..draft.clone() });
    assert_eq!(refuse(draft.clone(), "signature.validation_failed", later).events, []);
    assert_eq!(resume(waiting(draft.clone(), SignedStep::Submission)), draft);
}

#[test]
fn ts_12_the_issuer_ends_a_wait_at_once_and_an_officer_after_its_minimum() {
    let at_once = Ending { after: TimeDelta::zero(), ..ending() };
    for (step, order) in
        [(SignedStep::Submission, draft(absorbents(), december())), (SignedStep::Correction, negative())]
    {
        let waiting = waiting(order.clone(), step);
        let ended = end(waiting.clone(), &at_once, december()).expect("the end of a wait");
        let told = DeviceOrderEvent::SignatureRefused { action: step, code: at_once.code.to_owned() };
        assert_eq!(ended.events, [told]);
        let (received_at, refused_at) = (december(), december());
        let kept = RefusedStep { step, received_at, refused_at, reason: at_once.reason.clone() };
        assert_eq!(ended.document.refused_steps, [kept]);
        assert_eq!((ended.document.pending, ended.document.state), (None, order.state));
        let from = december() + ending().after;
        let early = end(waiting.clone(), &ending(), from - TimeDelta::seconds(1)).expect_err("a refusal");
        assert_eq!(early[0].problem.code, "pending_step.too_early");
        assert!(end(waiting, &ending(), from).is_ok());
    }
}

#[test]
fn ts_11_where_nothing_waits_nothing_is_ended() {
    let nothing = end(draft(absorbents(), december()), &ending(), december()).expect_err("a refusal");
    assert_eq!(nothing[0].problem.code, "pending_step.none");
    let elsewhere = end(positive(absorbents(), december()), &ending(), december()).expect_err("a refusal");
    assert_eq!(elsewhere[0].problem.code, "device_order.wrong_state");
}

#[test]
fn what_waits_is_told_in_the_words_of_the_api() {
    let waiting = waiting(negative(), SignedStep::Correction);
    let kept = serde_json::to_value(&waiting.pending).expect("JSON");
    assert_eq!(
        kept,
        json!({ "step": "correction", "kind": "TRUSTED", "receivedAt": "2026-12-01T08:00:00Z" })
    );
    assert_eq!(SignedStep::Correction.command().name(), "correction");
    assert_eq!(SignedStep::Submission.command().name(), "submission");
}
