//! What a caller may do with a demand now, and what not yet.

use super::choices::{DemandAction, DemandState, Role};
use super::examples::answers;
use crate::language::Language;
use app::caller;
use app::demand::{ActionLine, Actions};
use domain::demand::lifecycle::Command;
use domain::pending::TERM_OVER;
use domain::problem::ProblemType;
use serde::Serialize;
use utoipa::ToSchema;

/// What this caller may do with the demand now, and what not yet.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandActions, example = answers::actions)]
pub struct ActionsView {
    state: DemandState,
    revision: i64,
    items: Vec<ActionView>,
}

/// One action of this caller's role.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandActionLine)]
pub struct ActionView {
    action: DemandAction,
    #[schema(example = "POST")]
    method: &'static str,
    /// Where it is carried out.
    #[schema(example = "/api/v1/medicine-demands/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42/submission")]
    path: String,
    allowed: bool,
    /// What stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    blocked_by: Option<BlockView>,
    /// Whose move would unblock it; nobody's while a signature awaits validation outside, which ends by itself.
    unblocked_by: Vec<Role>,
    /// What it lets happen besides, and asks to be confirmed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    lets_expire: Option<ExpiryView>,
}

/// A term that ended while a signature awaits validation, and that takes effect with the action.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandActionExpiry)]
pub struct ExpiryView {
    /// The refusal without `letsExpire: true` in the body.
    #[schema(example = "pending_step.term_over")]
    code: &'static str,
    detail: &'static str,
    /// Where the term leads.
    state: DemandState,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DemandActionBlock)]
pub struct BlockView {
    #[schema(example = "demand.wrong_state")]
    code: &'static str,
    detail: &'static str,
}

impl ActionsView {
    pub fn of(demand: &str, actions: &Actions, language: Language) -> Self {
        Self {
            state: actions.state.into(),
            revision: actions.revision,
            items: actions.lines.iter().map(|line| ActionView::of(demand, line, language)).collect(),
        }
    }
}

impl BlockView {
    pub(crate) fn of(problem: &ProblemType, language: Language) -> Self {
        Self { code: problem.code, detail: language.pick(&problem.says) }
    }
}

impl ActionView {
    fn of(demand: &str, line: &ActionLine, language: Language) -> Self {
        let (method, path) = place(demand, line.command);
        Self {
            action: line.command.into(),
            method,
            path,
            allowed: line.blocked_by.is_none(),
            blocked_by: line.blocked_by.map(|problem| BlockView::of(problem, language)),
            unblocked_by: line
                .unblocked_by
                .iter()
                .filter_map(|role| caller::Role::parse(role))
                .map(Role::from)
                .collect(),
            lets_expire: line.lets_expire.map(|state| ExpiryView {
                code: TERM_OVER.code,
                detail: language.pick(&TERM_OVER.says),
                state: state.into(),
            }),
        }
    }
}

fn place(demand: &str, command: Command) -> (&'static str, String) {
    match command {
        Command::Edit => ("PUT", demand.to_owned()),
        Command::PaperReceipt => ("POST", "/api/v1/supply/paper-receipts".to_owned()),
        Command::ClarificationAnswer | Command::ClarificationClosure => {
            ("POST", format!("{demand}/clarifications/{{clarificationId}}/{}", command.name()))
        }
        Command::RealisationReversal => {
            ("POST", format!("{demand}/realisations/{{realisationId}}/{}", command.name()))
        }
        Command::TreatedPatientReversal => {
            ("POST", format!("{demand}/treated-patients/{{treatedPatientId}}/reversal"))
        }
        _ => ("POST", format!("{demand}/{}", command.name())),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use domain::demand::lifecycle::StateName;
    use domain::demand::refusals::WRONG_STATE;
    use serde_json::json;

    #[test]
    fn an_action_says_where_it_is_carried_out() {
        let line = |command, blocked_by| ActionLine {
            command,
            blocked_by,
            unblocked_by: vec!["CONSULTANT"],
            lets_expire: None,
        };
        let demand = "/api/v1/food-demands/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";
        let actions = Actions {
            state: StateName::Draft,
            revision: 1,
            lines: vec![line(Command::Edit, None), line(Command::Opinion, Some(WRONG_STATE))],
        };
        let view = serde_json::to_value(ActionsView::of(demand, &actions, Language::English)).unwrap();
        assert_eq!(view["items"][0]["method"], "PUT");
        assert_eq!(view["items"][1]["path"], format!("{demand}/opinion"));
        assert_eq!(view["items"][1]["blockedBy"]["code"], "demand.wrong_state");
        assert_eq!(view["items"][1]["unblockedBy"], json!(["CONSULTANT"]));
        assert_eq!(view["items"][1]["letsExpire"], json!(null));
    }

    #[test]
    fn an_action_that_lets_a_term_take_effect_says_where_that_leads() {
        let (blocked_by, unblocked_by, lets_expire) = (None, Vec::new(), Some(StateName::Expired));
        let line = ActionLine { command: Command::PendingStepRefusal, blocked_by, unblocked_by, lets_expire };
        let view = serde_json::to_value(ActionView::of("/x", &line, Language::English)).unwrap();
        assert_eq!(view["letsExpire"]["code"], "pending_step.term_over");
        assert_eq!((&view["letsExpire"]["state"], &view["allowed"]), (&json!("EXPIRED"), &json!(true)));
    }
}
