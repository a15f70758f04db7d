//! Who may ask, answer and close, and where each leads.

#![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
use super::*;
use crate::calendar::warsaw_date;
use crate::decision::Decided;
use crate::demand::StateName;
use crate::demand::clocks::{self, ClockKind};
use crate::demand::resolution::{Assignment, assign};
use crate::demand::withdrawal;
use crate::outage::Holds;
use crate::support::questions::{answered_by_addressee, closure, entered_by_officer, question};
use crate::support::stages::Stage;
use crate::support::{PREPARER, broken, codes, date, day, officer, text};

fn assigned() -> Demand {
    Stage::with_minister(false).assigned().demand
}

fn asked(addressee: Addressee) -> Demand {
    Stage::with_minister(false).asked(addressee).demand
}

#[test]
fn only_the_officer_who_has_the_case_asks() {
    let of_another = Question { asked_by: officer(7), ..question(Addressee::Physician, day(0)) };
    assert!(broken(QUESTION_RULES, "SD-42", &assigned(), &question(Addressee::Physician, day(0))).is_empty());
    assert_eq!(broken(QUESTION_RULES, "SD-42", &assigned(), &of_another), [""]);
    let free = Stage::with_minister(false).demand;
    assert_eq!(codes(ask(free, question(Addressee::Physician, day(0)), day(0))), ["demand.not_assigned"]);
}

#[test]
fn a_term_is_seven_to_sixty_days() {
    for (days, at) in [(6, vec!["/days"]), (7, vec![]), (60, vec![]), (61, vec!["/days"])] {
        let of_days = Question { days, ..question(Addressee::Physician, day(0)) };
        assert_eq!(broken(QUESTION_RULES, "SD-43", &assigned(), &of_days), at, "{days}");
    }
}

#[test]
fn an_officer_enters_a_letter_and_an_addressee_none() {
    let demand = asked(Addressee::ProductOffice);
    let by_another = |mut answer: AskedAnswer| {
        answer.answer.by = officer(9);
        answer
    };
    let (entered, answered) = (entered_by_officer(day(1)), answered_by_addressee(day(1)));
    for rule in ["SD-44", "SD-45", "SD-46", "SD-47"] {
        assert!(broken(ANSWER_RULES, rule, &demand, &entered).is_empty(), "{rule}");
        assert!(broken(ANSWER_RULES, rule, &demand, &answered).is_empty(), "{rule}");
    }
    assert_eq!(broken(ANSWER_RULES, "SD-44", &demand, &by_another(entered.clone())), [""]);
    assert!(broken(ANSWER_RULES, "SD-44", &demand, &by_another(answered.clone())).is_empty());
    let letter = entered.answer.letter.clone();
    let with_letter = |mut asked: AskedAnswer, letter: Option<Letter>| {
        asked.answer.letter = letter;
        asked
    };
    assert_eq!(broken(ANSWER_RULES, "SD-45", &demand, &with_letter(entered.clone(), None)), ["/letter"]);
    assert_eq!(broken(ANSWER_RULES, "SD-46", &demand, &with_letter(answered, letter.clone())), ["/letter"]);
    let tomorrow = letter.map(|letter| Letter { dated_on: date("2026-12-03"), ..letter });
    assert_eq!(broken(ANSWER_RULES, "SD-47", &demand, &with_letter(entered, tomorrow)), ["/letter/datedOn"]);
}

#[test]
fn only_the_officer_who_has_the_case_closes() {
    let demand = asked(Addressee::Consultant);
    assert!(broken(CLOSURE_RULES, "SD-48", &demand, &closure()).is_empty());
    let of_another = Closure { by: officer(7), ..closure() };
    assert_eq!(broken(CLOSURE_RULES, "SD-48", &demand, &of_another), [""]);
    assert_eq!(codes(close(demand, of_another, day(1))), ["demand.not_assigned"]);
}

#[test]
fn whatever_ends_a_question_gives_the_case_back_and_keeps_it() {
    let at = day(1);
    let answered = answer(asked(Addressee::Physician), answered_by_addressee(at), at).unwrap();
    let entered = answer(asked(Addressee::ProductOffice), entered_by_officer(at), at).unwrap();
    let closed = close(asked(Addressee::Consultant), closure(), at).unwrap();
    let unanswered = clocks::elapse(asked(Addressee::Physician), &Holds::none(), day(61));
    for decided in [answered, entered, closed, unanswered] {
        let Decided { document, events } = decided;
        assert_eq!(document.state.name(), StateName::WithMinister);
        assert_eq!(document.state.assigned().map(|held| held.person), Some(officer(PREPARER).person));
        assert_eq!((document.clarifications.len(), events.len()), (1, 1));
        assert_eq!(document.clarifications[0].at, document.changed_at);
        assert!(find(&document, document.clarifications[0].question.id).is_some());
        let again = answered_by_addressee(at);
        assert_eq!(codes(answer(document.clone(), again, at)), ["demand.clarification_ended"]);
        assert_eq!(codes(close(document, closure(), at)), ["demand.clarification_ended"]);
    }
}

#[test]
fn the_term_is_that_of_the_question_and_its_addressee_holds_it() {
    let short = Question { days: 7, ..question(Addressee::ProductOffice, day(0)) };
    let demand = ask(assigned(), short, day(0)).unwrap().document;
    let clock = clocks::running(&demand).remove(0);
    assert_eq!(clock.kind, ClockKind::Clarification);
    assert_eq!(clock.holder_in(demand.state.name()), Some("PRODUCT_OFFICE"));
    assert!(clocks::elapse(demand.clone(), &Holds::none(), day(7)).events.is_empty());
    assert!(clock.reminder_at() < day(6) && clock.reminder_at() > day(5));
    let ended = clocks::elapse(demand, &Holds::none(), day(8));
    let addressee = Addressee::ProductOffice;
    assert_eq!(ended.events, [DemandEvent::ClarificationUnanswered { addressee }]);
    assert_eq!(ended.document.clarifications[0].at, clock.due_at);
}

#[test]
fn the_term_of_a_question_about_a_medicine_ends_on_no_day_off_and_about_a_food_on_any_day() {
    let friday = "2026-12-18T09:00:00Z".parse().unwrap();
    let ends = DemandKind::ALL.map(|kind| {
        let policy = policy_of(kind);
        let asked = Question { days: 7, policy, ..question(Addressee::Physician, friday) };
        asked.term().last_day(warsaw_date(friday)).to_string()
    });
    assert_eq!(ends, ["2026-12-28", "2026-12-25"]);
    for kind in ClockKind::ALL {
        let rolls = kind.policy_of(DemandKind::Medicine) == CalendarPolicy::Kpa;
        assert_eq!(rolls, kind == ClockKind::Clarification, "{kind:?}");
        assert_eq!(kind.policy_of(DemandKind::Food), CalendarPolicy::CalendarDays);
    }
}

#[test]
fn a_withdrawal_ends_the_question_that_was_open() {
    let reason = text("Zmiana leczenia.");
    let decided = withdrawal::withdraw(asked(Addressee::ProductOffice), reason, day(1)).unwrap();
    assert!(decided.document.state.question().is_none());
    let ended = decided.document.clarifications.last().unwrap();
    assert_eq!((&ended.end, ended.at), (&End::Withdrawn, day(1)));
    assert_eq!(decided.events[0].asks(&decided.document), Some(Office::Products));
    let of_physician = withdrawal::withdraw(asked(Addressee::Physician), text("Zmiana."), day(1)).unwrap();
    assert_eq!(of_physician.events[0].asks(&of_physician.document), None, "who hears of it as a party");
}

#[test]
fn a_case_that_waits_for_an_answer_can_change_hands() {
    let asked_of = asked(Addressee::Physician);
    let takeover = Assignment { officer: officer(7), reason: Some(text("Urlop.")) };
    let taken = assign(asked_of, takeover, day(1)).unwrap().document;
    assert_eq!(taken.state.name(), StateName::Clarification);
    assert_eq!(taken.state.assigned().map(|held| held.person), Some(officer(7).person));
    assert_eq!(codes(close(taken, closure(), day(1))), ["demand.not_assigned"]);
}
