//! A question of the minister and what ends it.

use super::{PREPARER, date, officer, text};
use chrono::{DateTime, Utc};
use domain::calendar::CalendarPolicy;
use domain::clarification::{Answer, AskedAnswer, Closure, LONGEST_DAYS, Letter, Question, Side};
use domain::ids::ClarificationId;
use uuid::Uuid;

pub(crate) const QUESTION: ClarificationId = ClarificationId(Uuid::from_u128(0x70));

pub(crate) fn question<A>(addressee: A, now: DateTime<Utc>) -> Question<A> {
    Question {
        id: QUESTION,
        addressee,
        text: text("Dlaczego nie zastosowano leczenia pierwszego wyboru?"),
        policy: CalendarPolicy::CalendarDays,
        days: LONGEST_DAYS,
        asked_by: officer(PREPARER),
        asked_at: now,
    }
}

pub(crate) fn answered_by_addressee(now: DateTime<Utc>) -> AskedAnswer {
    let answer = Answer { text: text("Było nieskuteczne."), by: officer(7), letter: None };
    AskedAnswer { question: QUESTION, side: Side::Addressee, answer, received_at: now }
}

pub(crate) fn entered_by_officer(now: DateTime<Utc>) -> AskedAnswer {
    let letter = Letter { reference: text("UR.1.2026"), dated_on: date("2026-11-30") };
    let answer =
        Answer { text: text("Nie ma przeciwwskazań."), by: officer(PREPARER), letter: Some(letter) };
    AskedAnswer { question: QUESTION, side: Side::Ministry, answer, received_at: now }
}

pub(crate) fn closure() -> Closure {
    Closure { question: QUESTION, by: officer(PREPARER), reason: text("Odpowiedź jest już w aktach.") }
}
