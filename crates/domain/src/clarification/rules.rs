//! The rules of questions: the same for every document, numbered in the book of each.

use super::case::{AskedAnswer, Case, Closure, Side};
use super::{LONGEST_DAYS, Question, SHORTEST_DAYS};
use crate::calendar::warsaw_date;
use crate::demand::model::Officer;
use crate::demand::refusals::{
    CLARIFICATION_TERM, LETTER_DATED, LETTER_REQUIRED, LETTER_SUPERFLUOUS, NOT_ASSIGNED,
};
use crate::problem::Sentence;
use crate::rule::{Rule, at, whole};

/// Looks at a document and at the question that is to be put.
pub type QuestionCheck<D> = fn(&D, &Question<<D as Case>::Addressee>) -> Vec<String>;
/// Looks at a document and at the answer to its question.
pub type AnswerCheck<D> = fn(&D, &AskedAnswer) -> Vec<String>;
/// Looks at a document and at who closes its question.
pub type ClosureCheck<D> = fn(&D, &Closure) -> Vec<String>;

/// Who asks, and for how long.
pub const fn question_rules<D: Case>(numbers: [&'static str; 2]) -> [Rule<QuestionCheck<D>>; 2] {
    let [asked_by, term] = numbers;
    [
        Rule {
            number: asked_by,
            legal: "design; for a medicine KPA art. 66a",
            says: Sentence {
                pl: "Pyta osoba, która prowadzi sprawę.",
                en: "The officer who has the case asks.",
            },
            problem: NOT_ASSIGNED,
            broken_at: asked_by_whoever_has_the_case,
        },
        Rule {
            number: term,
            legal: "design; for a medicine KPA art. 64 §2, 35 §3",
            says: Sentence {
                pl: "Termin odpowiedzi wynosi od 7 do 60 dni.",
                en: "The term for the answer is 7 to 60 days.",
            },
            problem: CLARIFICATION_TERM,
            broken_at: term_is_within_bounds,
        },
    ]
}

fn is_not_theirs<D: Case>(document: &D, officer: &Officer) -> bool {
    document.held_by().map(|held| held.person) != Some(officer.person)
}

fn asked_by_whoever_has_the_case<D: Case>(document: &D, question: &Question<D::Addressee>) -> Vec<String> {
    whole(is_not_theirs(document, &question.asked_by))
}

fn term_is_within_bounds<D: Case>(_: &D, question: &Question<D::Addressee>) -> Vec<String> {
    at("/days", !(SHORTEST_DAYS..=LONGEST_DAYS).contains(&question.days))
}

/// Who answers, and what a letter needs.
pub const fn answer_rules<D: Case>(numbers: [&'static str; 4]) -> [Rule<AnswerCheck<D>>; 4] {
    let [entered_by, letter_named, letter_superfluous, letter_dated] = numbers;
    [
        Rule {
            number: entered_by,
            legal: "design; for a medicine KPA art. 66a",
            says: Sentence {
                pl: "Odpowiedź adresata wpisuje za niego tylko osoba, która prowadzi sprawę.",
                en: "Only the officer who has the case enters an answer in the addressee's place.",
            },
            problem: NOT_ASSIGNED,
            broken_at: entered_by_whoever_has_the_case,
        },
        Rule {
            number: letter_named,
            legal: "design; for a medicine KPA art. 63 §1",
            says: Sentence {
                pl: "Wpisując odpowiedź za adresata, wskazuje się jego pismo.",
                en: "An answer that an officer enters names the addressee's letter.",
            },
            problem: LETTER_REQUIRED,
            broken_at: an_officers_entry_names_the_letter,
        },
        Rule {
            number: letter_superfluous,
            legal: "design",
            says: Sentence {
                pl: "Adresat, który sam odpowiada, nie wskazuje pisma.",
                en: "An addressee who answers here names no letter.",
            },
            problem: LETTER_SUPERFLUOUS,
            broken_at: an_addressee_names_no_letter,
        },
        Rule {
            number: letter_dated,
            legal: "design",
            says: Sentence {
                pl: "Pismo nie nosi daty przyszłej.",
                en: "A letter is not dated in the future.",
            },
            problem: LETTER_DATED,
            broken_at: a_letter_is_not_of_the_future,
        },
    ]
}

fn entered_by_whoever_has_the_case<D: Case>(document: &D, asked: &AskedAnswer) -> Vec<String> {
    whole(asked.side == Side::Ministry && is_not_theirs(document, &asked.answer.by))
}

fn an_officers_entry_names_the_letter<D: Case>(_: &D, asked: &AskedAnswer) -> Vec<String> {
    at("/letter", asked.side == Side::Ministry && asked.answer.letter.is_none())
}

fn an_addressee_names_no_letter<D: Case>(_: &D, asked: &AskedAnswer) -> Vec<String> {
    at("/letter", asked.side == Side::Addressee && asked.answer.letter.is_some())
}

fn a_letter_is_not_of_the_future<D: Case>(_: &D, asked: &AskedAnswer) -> Vec<String> {
    let letter = asked.answer.letter.as_ref();
    at("/letter/datedOn", letter.is_some_and(|letter| letter.dated_on > warsaw_date(asked.received_at)))
}

/// Who closes.
pub const fn closure_rules<D: Case>(numbers: [&'static str; 1]) -> [Rule<ClosureCheck<D>>; 1] {
    let [closed_by] = numbers;
    [Rule {
        number: closed_by,
        legal: "design; for a medicine KPA art. 66a",
        says: Sentence {
            pl: "Z pytania rezygnuje osoba, która prowadzi sprawę.",
            en: "The officer who has the case closes a question.",
        },
        problem: NOT_ASSIGNED,
        broken_at: closed_by_whoever_has_the_case,
    }]
}

fn closed_by_whoever_has_the_case<D: Case>(document: &D, asked: &Closure) -> Vec<String> {
    whole(is_not_theirs(document, &asked.by))
}
