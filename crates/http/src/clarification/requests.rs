//! What a question and its answer ask for.

use crate::parsing::Faults;
use app::clarification::{AnswerClarification, AskClarification};
use app::failure::Failure;
use chrono::NaiveDate;
use domain::clarification::Letter;
use domain::ids::ClarificationId;
use domain::values::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// The question as it is put to that addressee.
pub fn question<A>(addressee: A, question: &str, days: u32) -> Result<AskClarification<A>, Failure> {
    let mut faults = Faults::new();
    let question = faults.take("/question", Text::parse(question));
    faults.finish_with(question.map(|question| AskClarification { addressee, question, days }))
}

/// What the addressee wrote outside the system.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LetterRequest {
    /// Under which the addressee keeps it.
    #[schema(min_length = 1, max_length = 200, example = "UR.DRL.1.2026")]
    pub reference: String,
    pub dated_on: NaiveDate,
}

impl LetterRequest {
    fn read(faults: &mut Faults, it: &Self) -> Option<Letter> {
        let reference = faults.take("/reference", Text::parse(&it.reference))?;
        Some(Letter { reference, dated_on: it.dated_on })
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"answer": "Leczenie pierwszego wyboru przerwano z powodu działań niepożądanych."}))]
pub struct ClarificationAnswerRequest {
    #[schema(min_length = 1, max_length = 8000)]
    pub answer: String,
    /// Only where the officer enters the addressee's letter, and then required.
    pub letter: Option<LetterRequest>,
}

impl ClarificationAnswerRequest {
    pub fn parse(&self, question: ClarificationId) -> Result<AnswerClarification, Failure> {
        let mut faults = Faults::new();
        let answer = faults.take("/answer", Text::parse(&self.answer));
        let letter = faults.within_optional("letter", self.letter.as_ref(), LetterRequest::read);
        let asked = answer.zip(letter);
        faults.finish_with(asked.map(|(answer, letter)| AnswerClarification { question, answer, letter }))
    }
}
