//! Questions of the minister and their answers.

use super::choices::{ClarificationAddressee, ClarificationState};
use crate::demand::view::OfficerView;
use app::clarification as model;
use chrono::{DateTime, NaiveDate, Utc};
use domain::clarification::{Answer, End};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A question of the minister; its addressee and the ministry see it, nobody else.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Clarification)]
pub struct ClarificationView {
    pub id: Uuid,
    pub addressee: ClarificationAddressee,
    pub state: ClarificationState,
    #[schema(example = "Dlaczego nie zastosowano leczenia pierwszego wyboru?")]
    pub question: String,
    /// How many days the addressee has or had.
    #[schema(example = 14)]
    pub days: u32,
    pub asked_by: OfficerView,
    pub asked_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub answer: Option<ClarificationAnswerView>,
    /// Why no answer was needed any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub closed: Option<ClarificationClosureView>,
    /// When it was answered or closed, its term ended, or the document was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClarificationAnswer)]
pub struct ClarificationAnswerView {
    pub text: String,
    /// Who entered it: somebody of the addressee's, or the officer where there is a letter.
    pub by: OfficerView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub letter: Option<LetterView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Letter)]
pub struct LetterView {
    #[schema(example = "UR.DRL.1.2026")]
    pub reference: String,
    pub dated_on: NaiveDate,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClarificationClosure)]
pub struct ClarificationClosureView {
    pub by: OfficerView,
    pub reason: String,
}

impl ClarificationView {
    pub fn of<A: Copy + Into<ClarificationAddressee>>(it: &model::ClarificationView<A>) -> Self {
        let question = &it.question;
        let end = it.ended.as_ref().map(|(end, _)| end);
        let (answer, closed) = match end {
            Some(End::Answered(answer)) => (Some(ClarificationAnswerView::of(answer)), None),
            Some(End::Closed { by, reason }) => {
                let closed =
                    ClarificationClosureView { by: OfficerView::of(by), reason: reason.as_str().to_owned() };
                (None, Some(closed))
            }
            Some(End::Unanswered | End::Withdrawn) | None => (None, None),
        };
        Self {
            id: question.id.0,
            addressee: question.addressee.into(),
            state: ClarificationState::of(end),
            question: question.text.as_str().to_owned(),
            days: question.days,
            asked_by: OfficerView::of(&question.asked_by),
            asked_at: question.asked_at,
            answer,
            closed,
            ended_at: it.ended.as_ref().map(|(_, at)| *at),
        }
    }
}

impl ClarificationAnswerView {
    fn of(it: &Answer) -> Self {
        let letter = it.letter.as_ref();
        Self {
            text: it.text.as_str().to_owned(),
            by: OfficerView::of(&it.by),
            letter: letter.map(|letter| LetterView {
                reference: letter.reference.as_str().to_owned(),
                dated_on: letter.dated_on,
            }),
        }
    }
}
