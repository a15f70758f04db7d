//! What waits with a signature, and how the waiting ends.

use super::*;
use crate::demand::model::SignatureKind;
use crate::demand::withdrawal;
use crate::outage::Hold;
use crate::support::stages::Stage;
use crate::support::{codes, day, ending, text};

fn awaiting(stage: &Stage, step: AwaitedStep) -> Demand {
    let pending = PendingStep { step, kind: SignatureKind::Trusted, received_at: stage.now };
    receive(stage.demand.clone(), pending).map_or_else(|found| panic!("{found:?}"), |it| it.document)
}

fn ts_01(demand: &Demand, command: Command) -> bool {
    let rule = RULES.iter().find(|rule| rule.number == "TS-01").unwrap_or_else(|| panic!("no TS-01"));
    !(rule.broken_at)(demand, command).is_empty()
}

#[test]
fn while_a_signature_awaits_validation_only_a_withdrawal_and_the_end_of_the_wait_are_left() {
    let stage = Stage::with_consultant(false);
    let demand = awaiting(&stage, AwaitedStep::Opinion);
    assert_eq!(demand.state, stage.demand.state, "it is no state");
    for command in Command::ALL {
        assert!(!ts_01(&stage.demand, command), "{}", command.name());
        let fits = [Command::Withdrawal, Command::PendingStepRefusal].contains(&command);
        assert_eq!(ts_01(&demand, command), !fits, "{}", command.name());
    }
    let refused = |command| admit(&demand, command).err().map(|found| found[0].problem.code);
    assert_eq!(refused(Command::Opinion), Some("demand.step_pending"));
    assert_eq!(refused(Command::Withdrawal), None);
    assert_eq!(refused(Command::Handover), None, "what the state does not know is refused for that");
}

#[test]
fn a_second_signature_is_not_received_while_the_first_awaits_validation() {
    let stage = Stage::with_consultant(false);
    let demand = awaiting(&stage, AwaitedStep::Opinion);
    let again = PendingStep { step: AwaitedStep::Opinion, kind: SignatureKind::Trusted, received_at: day(1) };
    assert_eq!(codes(receive(demand, again)), ["demand.step_pending"]);
}

#[test]
fn the_waiting_ends_with_the_step_with_a_refusal_or_with_the_withdrawal() {
    let stage = Stage::with_consultant(true);
    let demand = awaiting(&stage, AwaitedStep::Opinion);
    assert!(holds_terms(&demand));
    assert!(!holds_terms(&resume(demand.clone())));
    let refused = refuse(demand.clone(), "signature.validation_failed", day(3));
    assert_eq!(
        (refused.document.state.clone(), refused.document.changed_at),
        (stage.demand.state.clone(), day(3))
    );
    assert!(!holds_terms(&refused.document));
    let told = DemandEvent::SignatureRefused {
        action: AwaitedStep::Opinion,
        code: "signature.validation_failed".to_owned(),
    };
    assert_eq!(refused.events, [told]);
    let withdrawn = withdrawal::withdraw(demand, text("Zmiana leczenia."), day(3));
    assert!(withdrawn.is_ok_and(|it| !holds_terms(&it.document)));
    let nothing = refuse(stage.demand, "signature.validation_failed", day(3));
    assert!(nothing.events.is_empty(), "where nothing waits, nothing is refused");
}

#[test]
fn an_officer_ends_a_wait_that_has_lasted_and_the_reason_is_kept() {
    let stage = Stage::with_consultant(false);
    let demand = awaiting(&stage, AwaitedStep::Opinion);
    let a_day_later = stage.now + chrono::TimeDelta::days(1);
    let just_before = a_day_later - chrono::TimeDelta::seconds(1);
    let early = end(demand.clone(), &ending(), &Holds::none(), just_before);
    assert_eq!(codes(early), ["pending_step.too_early"]);
    let ended =
        end(demand, &ending(), &Holds::none(), a_day_later).unwrap_or_else(|found| panic!("{found:?}"));
    let told = DemandEvent::SignatureRefused {
        action: AwaitedStep::Opinion,
        code: "signature.validation_ended".to_owned(),
    };
    assert_eq!(ended.events, [told]);
    assert_eq!((&ended.document.state, holds_terms(&ended.document)), (&stage.demand.state, false));
    let kept = &ended.document.refused_steps[0];
    assert_eq!((kept.step, &kept.reason), (AwaitedStep::Opinion, &ending().reason));
    assert_eq!(codes(end(ended.document, &ending(), &Holds::none(), a_day_later)), ["pending_step.none"]);
}

#[test]
fn every_awaited_step_is_a_signed_command() {
    let commands = AwaitedStep::ALL.map(|step| step.command().name());
    assert_eq!(commands, ["submission", "representative-approval", "opinion", "resolution"]);
}

#[test]
fn ts_14_a_term_that_ended_in_the_wait_takes_effect_only_where_the_officer_says_so() {
    let stage = Stage::with_consultant(false);
    let demand = awaiting(&stage, AwaitedStep::Opinion);
    let over = clocks::running(&demand)[0].due_at;
    let unsaid = Ending { lets_expire: false, ..ending() };
    let just_before = over - chrono::TimeDelta::seconds(1);
    assert_eq!(kept_from(&demand, &Holds::none(), just_before), None);
    assert!(end(demand.clone(), &unsaid, &Holds::none(), just_before).is_ok(), "it still runs");
    assert_eq!(kept_from(&demand, &Holds::none(), over), Some(StateName::Returned));
    assert_eq!(codes(end(demand.clone(), &unsaid, &Holds::none(), over)), ["pending_step.term_over"]);
    assert!(end(demand.clone(), &ending(), &Holds::none(), over).is_ok(), "said");
    let sixty_days = over + chrono::TimeDelta::days(60);
    assert_eq!(kept_from(&demand, &Holds::none(), sixty_days), Some(StateName::Expired));
    assert_eq!(kept_from(&stage.demand, &Holds::none(), sixty_days), None, "nothing waits there");
}

#[test]
fn ts_14_an_outage_that_holds_the_term_needs_no_word() {
    let stage = Stage::with_consultant(false);
    let demand = awaiting(&stage, AwaitedStep::Opinion);
    let over = clocks::running(&demand)[0].due_at;
    let unsaid = Ending { lets_expire: false, ..ending() };
    let until = over + chrono::TimeDelta::days(3);
    let hold = |through| Hold {
        outage: None,
        after: over - chrono::TimeDelta::hours(1),
        through,
        until: Some(until),
    };
    let holds = Holds::none().and(hold(over));
    assert!(end(demand.clone(), &unsaid, &holds, until - chrono::TimeDelta::seconds(1)).is_ok());
    assert_eq!(codes(end(demand.clone(), &unsaid, &holds, until)), ["pending_step.term_over"]);
    let of_another = Holds::none().and(hold(over - chrono::TimeDelta::seconds(1)));
    assert_eq!(codes(end(demand, &unsaid, &of_another, over)), ["pending_step.term_over"]);
}
