//! Who may ask, answer and close, whom there is to ask, and where each leads.

use super::*;
use crate::calendar::warsaw_date;
use crate::clarification::{Letter, answer, ask, close, find};
use crate::decision::Decided;
use crate::outage::{Grace, Holds};
use crate::support::notifications::{TO_MINISTER, after, asked, drafted, prepared};
use crate::support::questions::{answered_by_addressee, closure, entered_by_officer, question};
use crate::support::{PREPARER, broken, codes, date, day, officer, recorded, text};
use crate::temporary_authorisation::resolution::{Assignment, assign};
use crate::temporary_authorisation::{StateName, clocks, withdrawal};
use clocks::ClockKind;

fn of_the_wholesaler() -> Authorisation {
    asked(Addressee::Wholesaler)
}

#[test]
fn only_the_officer_who_has_the_case_asks_for_seven_to_sixty_days() {
    let held = after(drafted(), &TO_MINISTER);
    let own = question(Addressee::Wholesaler, day(1));
    let of_another = Question { asked_by: officer(7), ..own.clone() };
    assert_eq!(broken(QUESTION_RULES, "TA-54", &held, &own), [""; 0]);
    assert_eq!(broken(QUESTION_RULES, "TA-54", &held, &of_another), [""]);
    for (days, at) in [(6, vec!["/days"]), (7, vec![]), (60, vec![]), (61, vec!["/days"])] {
        let of_days = Question { days, ..own.clone() };
        assert_eq!(broken(QUESTION_RULES, "TA-55", &held, &of_days), at, "{days}");
    }
    assert_eq!(codes(ask(held, of_another, day(1))), ["demand.not_assigned"]);
    assert_eq!(codes(ask(of_the_wholesaler(), own.clone(), day(1))), ["authorisation.wrong_state"]);
    assert_eq!(codes(ask(prepared(), own, day(1))), ["authorisation.wrong_state"]);
}

#[test]
fn an_officer_enters_a_letter_and_an_addressee_none() {
    let it = asked(Addressee::Office(Office::Products));
    let (entered, answered) = (entered_by_officer(day(1)), answered_by_addressee(day(1)));
    for rule in ["TA-56", "TA-57", "TA-58", "TA-59"] {
        assert_eq!(broken(ANSWER_RULES, rule, &it, &entered), [""; 0], "{rule}");
        assert_eq!(broken(ANSWER_RULES, rule, &it, &answered), [""; 0], "{rule}");
    }
    let mut by_another = entered.clone();
    by_another.answer.by = officer(9);
    assert_eq!(broken(ANSWER_RULES, "TA-56", &it, &by_another), [""]);
    let letter = entered.answer.letter.clone();
    let with = |mut asked: AskedAnswer, letter: Option<Letter>| {
        asked.answer.letter = letter;
        asked
    };
    assert_eq!(broken(ANSWER_RULES, "TA-57", &it, &with(entered.clone(), None)), ["/letter"]);
    assert_eq!(broken(ANSWER_RULES, "TA-58", &it, &with(answered, letter.clone())), ["/letter"]);
    let late = letter.map(|letter| Letter { dated_on: date("2026-12-03"), ..letter });
    assert_eq!(broken(ANSWER_RULES, "TA-59", &it, &with(entered, late)), ["/letter/datedOn"]);
}

#[test]
fn only_the_officer_who_has_the_case_closes() {
    let of_another = Closure { by: officer(7), ..closure() };
    assert_eq!(broken(CLOSURE_RULES, "TA-60", &of_the_wholesaler(), &closure()), [""; 0]);
    assert_eq!(broken(CLOSURE_RULES, "TA-60", &of_the_wholesaler(), &of_another), [""]);
    assert_eq!(codes(close(of_the_wholesaler(), of_another, day(1))), ["demand.not_assigned"]);
}

#[test]
fn every_end_leads_back_to_the_officer_and_is_kept() {
    let at = day(3);
    let answered = answer(of_the_wholesaler(), answered_by_addressee(at), at).expect("an answer");
    let entered = answer(of_the_wholesaler(), entered_by_officer(at), at).expect("an entry");
    let closed = close(of_the_wholesaler(), closure(), at).expect("a closure");
    let unanswered = clocks::elapse(of_the_wholesaler(), &Holds::none(), day(70));
    for Decided { document, events } in [answered, entered, closed, unanswered] {
        assert_eq!(document.state.name(), StateName::WithMinister);
        assert_eq!(document.state.assigned().map(|held| held.person), Some(officer(PREPARER).person));
        assert_eq!((document.clarifications.len(), events.len()), (1, 1));
        assert_eq!(document.clarifications[0].at, document.changed_at);
        assert!(find(&document, document.clarifications[0].question.id).is_some());
        let again = answer(document.clone(), answered_by_addressee(at), at);
        assert_eq!(codes(again), ["demand.clarification_ended"]);
        assert_eq!(codes(close(document, closure(), at)), ["demand.clarification_ended"]);
    }
}

#[test]
fn the_term_is_the_addressees_and_an_outage_holds_it() {
    let held = after(drafted(), &TO_MINISTER);
    let addressee = Addressee::Office(Office::Sanitary);
    let short = Question { days: 7, ..question(addressee, day(1)) };
    let it = ask(held, short, day(1)).expect("a question").document;
    let clock = clocks::running(&it.state).expect("a term");
    assert_eq!((clock.kind, clock.holder()), (ClockKind::Clarification, Some("SANITARY_INSPECTORATE")));
    assert!(clock.reminder_at() > day(6) && clock.reminder_at() < day(7));
    assert_eq!(clocks::elapse(it.clone(), &Holds::none(), day(8)).events, []);
    let ended = clocks::elapse(it.clone(), &Holds::none(), day(9));
    assert_eq!(ended.events, [AuthorisationEvent::ClarificationUnanswered { addressee }]);
    assert_eq!(ended.document.changed_at, clock.due_at, "at the instant at which it ran out");
    let outage = recorded(day(7), None, &[], Grace::UntilReleased);
    let holds = Holds::of(&[outage], day(9));
    assert_eq!(clocks::elapse(it.clone(), &holds, day(20)).events, []);
    assert!(clocks::running_under(&it.state, &holds).is_some_and(|clock| clock.held.is_some()));
    let remind = |it: &Authorisation, holds: &Holds, now| {
        clocks::remind(&it.state, ClockKind::Clarification, day(1), holds, now)
    };
    let due_at = clock.due_at;
    let reminder = Some(AuthorisationEvent::ClarificationReminder { addressee, due_at });
    assert_eq!(remind(&it, &Holds::none(), clock.reminder_at()), reminder);
    assert_eq!(remind(&it, &Holds::none(), due_at), None, "it has ended");
    assert_eq!(remind(&it, &holds, due_at), reminder, "an outage holds it");
    assert_eq!(remind(&ended.document, &Holds::none(), day(2)), None);
}

#[test]
fn a_case_that_waits_changes_hands_and_can_be_withdrawn() {
    let takeover = Assignment { officer: officer(7), reason: Some(text("Urlop.")) };
    let taken = assign(of_the_wholesaler(), takeover, day(1)).expect("another officer").document;
    assert_eq!(taken.state.name(), StateName::Clarification);
    assert_eq!(codes(close(taken.clone(), closure(), day(1))), ["demand.not_assigned"]);
    let withdrawn = withdrawal::withdraw(taken, text("Zagrożenie ustało."), day(2)).expect("an end").document;
    assert_eq!(withdrawn.clarifications.len(), 1, "what was asked is not lost");
    assert_eq!(clocks::running(&withdrawn.state), None);
    assert_eq!(
        codes(answer(withdrawn, answered_by_addressee(day(2)), day(2))),
        ["demand.clarification_ended"]
    );
}

#[test]
fn a_withdrawal_ends_the_question_and_the_office_hears_of_it() {
    for addressee in Addressee::ALL {
        let decided = withdrawal::withdraw(asked(addressee), text("Zagrożenie ustało."), day(2));
        let Decided { document, events } = decided.expect("an end");
        assert!(document.state.question().is_none());
        let ended = document.clarifications.last().expect("a question");
        assert_eq!((&ended.end, ended.at), (&End::Withdrawn, day(2)));
        assert_eq!(events[0].asks(&document), addressee.office(), "the wholesaler is a party");
    }
    let unasked = after(drafted(), &TO_MINISTER);
    let decided = withdrawal::withdraw(unasked, text("Zagrożenie ustało."), day(2)).expect("an end");
    assert_eq!(decided.events[0].asks(&decided.document), None);
}

#[test]
fn the_term_of_an_answer_ends_on_no_day_off() {
    let friday = "2026-12-18T09:00:00Z".parse().expect("an instant");
    let policy = of_the_wholesaler().policy();
    let asked = Question { days: 7, policy, ..question(Addressee::Wholesaler, friday) };
    assert_eq!(asked.term().last_day(warsaw_date(friday)), date("2026-12-28"));
}

#[test]
fn an_addressee_is_written_as_its_name_and_read_back() {
    for addressee in Addressee::ALL {
        let written = serde_json::to_value(addressee).expect("an addressee");
        assert_eq!(written, addressee.name());
        assert_eq!(serde_json::from_value::<Addressee>(written).expect("an addressee"), addressee);
        assert!(addressee.office().is_none() || addressee.answered_by() == [addressee.name()]);
    }
}
