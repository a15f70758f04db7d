//! What a question, its answer and its closure ask for.

use crate::demand::choices::Addressee;
use crate::parsing::Faults;
use app::demand::{AnswerClarification, AskClarification};
use app::failure::Failure;
use chrono::NaiveDate;
use domain::demand::clarification::Letter;
use domain::ids::ClarificationId;
use domain::values::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"addressee": "PHYSICIAN", "question": "Dlaczego nie zastosowano leczenia pierwszego wyboru?",
    "days": 14}))]
pub struct ClarificationRequest {
    pub addressee: Addressee,
    #[schema(min_length = 1, max_length = 4000)]
    pub question: String,
    /// How many days the addressee has; the day of the question is not counted.
    #[schema(minimum = 7, maximum = 60, example = 14)]
    pub days: u32,
}

impl ClarificationRequest {
    pub fn parse(&self) -> Result<AskClarification, Failure> {
        let mut faults = Faults::new();
        let question = faults.take("/question", Text::parse(&self.question));
        let (addressee, days) = (self.addressee.into(), self.days);
        faults.finish_with(question.map(|question| AskClarification { addressee, question, days }))
    }
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
