//! The terms: when they end, in which order, and where that leads.

use super::elapse::run_out;
use super::*;
use crate::demand::StateName;
use crate::demand::events::{ExpiryReason, ReturnReason};
use crate::demand::lifecycle::admits;
use crate::demand::model::Verdict;
use crate::outage::Grace;
use crate::pending::AwaitedStep;
use crate::support::stages::Stage;
use crate::support::{day, outage_of};

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|_| panic!("{text} is no instant"))
}

fn second_before(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant - chrono::TimeDelta::seconds(1)
}

/// The state a second before that instant, and at it.
fn around(stage: &Stage, due: DateTime<Utc>) -> [StateName; 2] {
    [second_before(due), due]
        .map(|now| elapse(stage.demand.clone(), &Holds::none(), now).document.state.name())
}

#[test]
fn three_full_days_after_issue_an_unsigned_demand_returns() {
    let stage = Stage::draft(true).submitted();
    let due = instant("2026-12-04T23:00:00Z");
    assert_eq!(around(&stage, due), [StateName::AwaitingRepresentative, StateName::Returned]);
    let elapsed = elapse(stage.demand, &Holds::none(), day(10));
    assert_eq!(elapsed.document.changed_at, due, "it changed when the term ended, not when somebody looked");
    assert_eq!(elapsed.events, [DemandEvent::DemandReturned { reason: ReturnReason::RepresentativeSilent }]);
}

#[test]
fn seven_full_days_without_an_opinion_return_it_and_the_co_signature_stays() {
    let stage = Stage::with_consultant(true);
    let due = instant("2026-12-08T23:00:00Z");
    assert_eq!(around(&stage, due), [StateName::AwaitingConsultant, StateName::Returned]);
    assert!(elapse(stage.demand, &Holds::none(), due).document.state.approval().is_some());
}

#[test]
fn sixty_full_days_after_issue_a_returned_demand_expires() {
    let stage = Stage::with_consultant(false).opinion(Verdict::Refused);
    let due = instant("2027-01-30T23:00:00Z");
    assert_eq!(around(&stage, due), [StateName::Returned, StateName::Expired]);
}

#[test]
fn an_expired_demand_still_says_why_it_had_been_returned_and_by_whom() {
    let stage = Stage::with_consultant(true).opinion(Verdict::Refused).on(61);
    assert_eq!(stage.demand.state.name(), StateName::Expired);
    let returned = stage.demand.state.returned();
    assert!(returned.is_some_and(|returned| returned.text.is_some() && returned.refusal.is_some()));
    assert!(stage.demand.state.consultant().is_some() && stage.demand.state.approval().is_some());
    assert_eq!(
        Stage::with_consultant(true).on(8).withdrawn().demand.state.returned().map(|it| it.reason),
        Some(ReturnReason::ConsultantSilent)
    );
}

#[test]
fn the_sixty_days_are_held_by_whoever_has_to_move_next() {
    let kind = ClockKind::SubmissionToMinister;
    assert_eq!(kind.holder_in(StateName::AwaitingRepresentative), Some("ENTITY_REPRESENTATIVE"));
    assert_eq!(kind.holder_in(StateName::AwaitingConsultant), Some("CONSULTANT"));
    assert_eq!(kind.holder_in(StateName::Returned), Some("PHYSICIAN"));
    assert_eq!(kind.holder_in(StateName::Approved), None, "it does not run there");
    for stage in crate::support::stages::samples() {
        for clock in running(&stage.demand) {
            assert!(clock.holder_in(stage.demand.state.name()).is_some(), "{}", clock.kind.name());
        }
    }
}

#[test]
fn a_long_silence_returns_first_and_expires_then() {
    let elapsed = elapse(Stage::draft(true).submitted().demand, &Holds::none(), day(100));
    assert_eq!(
        elapsed.events,
        [
            DemandEvent::DemandReturned { reason: ReturnReason::RepresentativeSilent },
            DemandEvent::DemandExpired { reason: ExpiryReason::NotSubmitted }
        ]
    );
    assert_eq!(elapsed.document.changed_at, instant("2027-01-30T23:00:00Z"));
}

#[test]
fn where_both_terms_end_at_the_same_midnight_it_expires_without_a_return() {
    let stage = Stage::with_consultant(false).opinion(Verdict::NotMyField).on(53).resubmitted_unchanged();
    let clocks = running(&stage.demand);
    assert_eq!(clocks.first().map(|it| it.due_at), clocks.last().map(|it| it.due_at));
    assert_eq!(
        elapse(stage.demand, &Holds::none(), day(61)).events,
        [DemandEvent::DemandExpired { reason: ExpiryReason::NotSubmitted }]
    );
}

#[test]
fn the_sixty_days_end_a_later_wait_for_the_consultant_too() {
    let stage = Stage::with_consultant(false).opinion(Verdict::NotMyField).on(58).resubmitted_unchanged();
    assert_eq!(
        around(&stage, instant("2027-01-30T23:00:00Z")),
        [StateName::AwaitingConsultant, StateName::Expired]
    );
}

#[test]
fn with_the_minister_no_term_runs() {
    for stage in [Stage::with_minister(true), Stage::with_minister(false).assigned()] {
        assert_eq!(running(&stage.demand), []);
        assert_eq!(elapse(stage.demand.clone(), &Holds::none(), day(1000)).document, stage.demand);
    }
}

#[test]
fn sixty_full_days_after_the_resolution_an_approval_expires() {
    let stage = Stage::approved(false);
    assert_eq!(around(&stage, instant("2027-01-30T23:00:00Z")), [StateName::Approved, StateName::Expired]);
}

#[test]
fn a_first_timely_handover_stops_the_term_for_good() {
    let stage = Stage::approved(false).handed_over().then(crate::support::taken_back).on(400);
    assert_eq!(stage.demand.state.name(), StateName::Approved);
    assert_eq!(running(&stage.demand), []);
}

#[test]
fn the_soonest_term_comes_first() {
    let kinds: Vec<ClockKind> =
        running(&Stage::draft(true).submitted().demand).into_iter().map(|clock| clock.kind).collect();
    assert_eq!(kinds, [ClockKind::RepresentativeApproval, ClockKind::SubmissionToMinister]);
}

#[test]
fn a_term_that_does_not_run_in_a_state_does_nothing_there() {
    let draft = Stage::draft(false).demand;
    assert_eq!(run_out(draft.clone(), ClockKind::Opinion, day(7)), (draft, None));
}

#[test]
fn every_term_has_its_days_and_its_legal_unit() {
    let legal = |kind: ClockKind| kind.legal(DemandKind::Medicine);
    let told: Vec<_> = ClockKind::ALL.into_iter().map(|kind| (kind.term().days, legal(kind))).collect();
    assert_eq!(
        told,
        [
            (3, "PF art. 4ac(2)"),
            (7, "PF art. 4ad(1)"),
            (60, "PF art. 4ad(3)"),
            (60, "PF art. 4ad(7)"),
            (60, "design (KPA art. 64 §2, 35 §3)"),
            (30, "design (R349 §8, repealed)")
        ]
    );
}

#[test]
fn no_term_of_a_food_stands_on_the_code_that_is_excluded_for_it() {
    for kind in ClockKind::ALL {
        let legal = kind.legal(DemandKind::Food);
        assert!(legal.starts_with("UBZZ art. 29a(2f)") || legal.starts_with("design"), "{kind:?}: {legal}");
        assert!(!legal.contains("KPA"), "{kind:?}: {legal}");
    }
}

#[test]
fn each_holder_is_reminded_at_the_beginning_of_the_last_days_and_only_while_the_term_runs() {
    let stage = Stage::draft(true).submitted();
    let ends: Vec<_> = running(&stage.demand).iter().map(|it| (it.kind, it.reminder_at())).collect();
    assert_eq!(
        ends,
        [
            (ClockKind::RepresentativeApproval, instant("2026-12-03T23:00:00Z")),
            (ClockKind::SubmissionToMinister, instant("2027-01-23T23:00:00Z")),
        ]
    );
    let (kind, at) = ends[0];
    let due_at = instant("2026-12-04T23:00:00Z");
    let told = Some(DemandEvent::TermReminder { clock: kind, due_at });
    assert_eq!(remind(&stage.demand, kind, day(0), &Holds::none(), at), told);
    assert_eq!(remind(&stage.demand, kind, day(1), &Holds::none(), at), None, "another term than that one");
    assert_eq!(remind(&stage.demand, kind, day(0), &Holds::none(), due_at), None, "it has ended");
    let approved = stage.approved_by_representative().demand;
    assert_eq!(remind(&approved, kind, day(0), &Holds::none(), at), None);
}

#[test]
fn a_term_is_paused_by_the_signed_steps_of_the_states_in_which_it_runs() {
    let stages = crate::support::stages::samples();
    for kind in ClockKind::ALL {
        let runs = |demand: &Demand| running(demand).iter().any(|clock| clock.kind == kind);
        let running_in: Vec<StateName> =
            stages.iter().filter(|it| runs(&it.demand)).map(|it| it.demand.state.name()).collect();
        let pauses = |command: &Command| running_in.iter().any(|state| admits(*state, *command));
        let steps = AwaitedStep::ALL.map(AwaitedStep::command);
        let pausing: Vec<Command> = steps.into_iter().filter(pauses).collect();
        assert_eq!(kind.paused_by(), pausing, "{kind:?}");
    }
}

#[test]
fn a_reminder_comes_between_the_beginning_and_the_end_of_its_term() {
    for stage in crate::support::stages::samples() {
        for clock in running(&stage.demand) {
            assert!(clock.started_at < clock.reminder_at() && clock.reminder_at() < clock.due_at);
        }
    }
}

#[test]
fn a_term_that_an_outage_holds_ends_when_the_hold_does_and_not_before() {
    let stage = Stage::with_consultant(false);
    let holds = outage_of("2026-12-08T20:00:00Z", "2026-12-09T02:00:00Z", Grace::Days(1));
    let clock = running_under(&stage.demand, &holds).remove(0);
    let end = instant("2026-12-10T23:00:00Z");
    assert_eq!((clock.due_at, clock.ends_at()), (instant("2026-12-08T23:00:00Z"), Some(end)));
    let name = |now| elapse(stage.demand.clone(), &holds, now).document.state.name();
    assert_eq!(name(second_before(end)), StateName::AwaitingConsultant);
    assert_eq!(name(end), StateName::Returned);
    assert_eq!(elapse(stage.demand.clone(), &holds, day(20)).document.changed_at, end);
}

#[test]
fn a_term_that_is_held_until_it_is_released_does_not_hold_up_another() {
    let stage = Stage::with_consultant(false);
    let holds = outage_of("2026-12-08T20:00:00Z", "2026-12-08T22:00:00Z", Grace::UntilReleased);
    assert_eq!(
        elapse(stage.demand.clone(), &holds, day(50)).document.state.name(),
        StateName::AwaitingConsultant
    );
    let clocks = running_under(&stage.demand, &holds);
    let kinds: Vec<_> = clocks.iter().map(|clock| (clock.kind, clock.ends_at().is_some())).collect();
    assert_eq!(kinds, [(ClockKind::SubmissionToMinister, true), (ClockKind::Opinion, false)]);
    let elapsed = elapse(stage.demand, &holds, day(100));
    assert_eq!(elapsed.events, [DemandEvent::DemandExpired { reason: ExpiryReason::NotSubmitted }]);
}

#[test]
fn what_is_stored_of_a_term_says_nothing_of_outages() {
    let mut clock = RunningClock::start(ClockKind::Opinion, day(0));
    let plain = serde_json::to_value(&clock).unwrap_or_default();
    clock.hold(&outage_of("2026-12-08T20:00:00Z", "2026-12-08T22:00:00Z", Grace::UntilReleased));
    assert!(clock.held.is_some());
    assert_eq!(serde_json::to_value(&clock).unwrap_or_default(), plain);
}
