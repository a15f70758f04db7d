//! What a question about a demand asks for.

use crate::clarification::requests::question;
use crate::demand::choices::Addressee;
use app::clarification::AskClarification;
use app::failure::Failure;
use domain::demand::clarification as model;
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
    pub fn parse(&self) -> Result<AskClarification<model::Addressee>, Failure> {
        question(self.addressee.into(), &self.question, self.days)
    }
}
