//! What is told about a notification beside itself: actions, history, versions, the dry run.

use super::choices::{AuthorisationAction, AuthorisationState, NotifierCapacity};
use super::content::TemporaryAuthorisationContent;
use super::examples;
use super::step::{AuthorisationPath, authorisation_id};
use crate::demand::choices::Role;
use crate::demand::possible_actions::BlockView;
use crate::demand::reports::{ActorView, RuleView, spoken};
use crate::demand::view::FormerlyView;
use crate::headers::IfNoneMatchHeader;
use crate::language::Language;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::caller;
use app::temporary_authorisation::{
    AuthorisationActionLine, AuthorisationActions, AuthorisationHistoryLine, AuthorisationVersion,
    PaperJudgement,
};
use chrono::{DateTime, Utc};
use domain::ids::AuthorisationId;
use domain::paper::formerly;
use domain::problem::Violation;
use domain::temporary_authorisation::lifecycle::{Command, StateName};
use domain::temporary_authorisation::rulebook;
use domain::{paper, temporary_authorisation};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What this caller may do with the notification now, and what not yet.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationActions, example = examples::actions)]
pub struct AuthorisationActionsView {
    state: AuthorisationState,
    revision: i64,
    items: Vec<AuthorisationActionView>,
}

/// One action of this caller's role.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationActionLine)]
pub struct AuthorisationActionView {
    action: AuthorisationAction,
    #[schema(example = "POST")]
    method: &'static str,
    /// Where it is carried out.
    #[schema(example = "/api/v1/temporary-authorisations/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a60/submission")]
    path: String,
    allowed: bool,
    /// What stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    blocked_by: Option<BlockView>,
    /// Whose move would unblock it.
    unblocked_by: Vec<Role>,
}

impl AuthorisationActionsView {
    fn of(id: AuthorisationId, actions: &AuthorisationActions, language: Language) -> Self {
        let item = |line: &AuthorisationActionLine| {
            let (method, path) = place(id, line.command);
            let roles = line.unblocked_by.iter().filter_map(|role| caller::Role::parse(role));
            AuthorisationActionView {
                action: line.command.into(),
                method,
                path,
                allowed: line.blocked_by.is_none(),
                blocked_by: line.blocked_by.map(|problem| BlockView::of(problem, language)),
                unblocked_by: roles.map(Role::from).collect(),
            }
        };
        Self {
            state: actions.state.into(),
            revision: actions.revision,
            items: actions.lines.iter().map(item).collect(),
        }
    }
}

fn place(id: AuthorisationId, command: Command) -> (&'static str, String) {
    let document = format!("/api/v1/temporary-authorisations/{id}");
    match command {
        Command::Edit => ("PUT", document),
        Command::ClarificationAnswer | Command::ClarificationClosure => {
            ("POST", format!("{document}/clarifications/{{clarificationId}}/{}", command.name()))
        }
        Command::RealisationReversal => {
            ("POST", format!("{document}/realisations/{{realisationId}}/{}", command.name()))
        }
        _ => ("POST", format!("{document}/{}", command.name())),
    }
}

/// List what can be done with a notification
///
/// Every action of this caller: allowed, or blocked with code, reason and the roles whose move would unblock it.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfNoneMatchHeader),
    responses((status = 200, description = "The caller's actions", body = AuthorisationActionsView)))]
#[get("/api/v1/temporary-authorisations/{id}/actions")]
pub(crate) async fn list_temporary_authorisation_actions(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    language: Language,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let id = authorisation_id(&id)?;
    let actions = app.authorisation_actions(&asked.caller, id).await?;
    Ok(spoken(answer::look(&request, &AuthorisationActionsView::of(id, &actions, language))?, language))
}

/// What has happened to the notification, as far as this caller may know, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = AuthorisationHistory, example = examples::history)]
pub struct AuthorisationHistoryView {
    items: Vec<AuthorisationEventView>,
}

/// One event; who caused it is named by role and organisation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationHistoryEvent)]
pub struct AuthorisationEventView {
    #[serde(rename = "type")]
    #[schema(example = "AuthorisationSubmitted")]
    kind: String,
    at: DateTime<Utc>,
    /// Where the notification stood after it.
    state: AuthorisationState,
    /// The revision that it made; a message or a file makes none, and bears the one that it found.
    revision: i64,
    by: ActorView,
    data: AuthorisationEventDataView,
}

/// What the event says beside its type; each type has its own members.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = AuthorisationEventData)]
pub struct AuthorisationEventDataView {
    /// As what the notifier signed.
    #[serde(rename = "signsAs", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    signs_as: Option<NotifierCapacity>,
    /// Whom a question went to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "WHOLESALER")]
    addressee: Option<String>,
    #[serde(rename = "additionId", alias = "addition", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    addition: Option<Uuid>,
    #[serde(rename = "pharmacyId", alias = "pharmacy", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pharmacy: Option<Uuid>,
    #[serde(rename = "realisationId", alias = "realisation", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    realisation: Option<Uuid>,
    #[serde(rename = "dueAt", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    due_at: Option<DateTime<Utc>>,
    /// The step that a signature belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    action: Option<AuthorisationAction>,
    /// Why it was refused: a code of `GET /api/v1/problems`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "signature.validation_failed")]
    code: Option<String>,
    /// The message that was sent; its text is under `…/messages`.
    #[serde(rename = "messageId", alias = "message", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<Uuid>,
    /// The file that was added; it is under `…/attachments`.
    #[serde(rename = "attachmentId", alias = "attachment", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    attachment: Option<Uuid>,
    /// The party that sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "MINISTRY")]
    sender: Option<String>,
    /// The parties that read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = json!(["RESPONSIBLE_PERSON"]))]
    recipients: Option<Vec<String>>,
}

/// The payload of an event as it was recorded.
#[derive(Deserialize)]
struct Recorded {
    state: StateName,
    revision: i64,
    by: ActorView,
    data: AuthorisationEventDataView,
}

impl AuthorisationHistoryView {
    fn of(lines: Vec<AuthorisationHistoryLine>) -> Result<Self, Problem> {
        let item = |line: AuthorisationHistoryLine| {
            let recorded: Recorded =
                serde_json::from_value(line.payload).map_err(|error| Problem::bug(error.into()))?;
            Ok::<_, Problem>(AuthorisationEventView {
                kind: line.kind,
                at: line.at,
                state: recorded.state.into(),
                revision: recorded.revision,
                by: recorded.by,
                data: recorded.data,
            })
        };
        Ok(Self { items: lines.into_iter().map(item).collect::<Result<_, _>>()? })
    }
}

/// Read the history of a notification
///
/// The events that this caller may know of, oldest first, each with the role and organisation that caused it
/// (KPA art. 66a).
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfNoneMatchHeader),
    responses((status = 200, description = "What has happened", body = AuthorisationHistoryView)))]
#[get("/api/v1/temporary-authorisations/{id}/history")]
pub(crate) async fn read_temporary_authorisation_history(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let told = app.authorisation_history(&asked.caller, authorisation_id(&id)?).await?;
    answer::look(&request, &AuthorisationHistoryView::of(told)?)
}

/// The signed or entered versions of the content and the present one, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = AuthorisationVersions, example = examples::versions)]
pub struct AuthorisationVersionsView {
    items: Vec<AuthorisationVersionView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationVersion)]
pub struct AuthorisationVersionView {
    version: i32,
    /// When its signature was received; absent while it is not signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    received_at: Option<DateTime<Utc>>,
    content: TemporaryAuthorisationContent,
    /// The signed document, for the signer and the ministry only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    signature: Option<String>,
}

impl AuthorisationVersionsView {
    fn of(versions: Vec<AuthorisationVersion>) -> Self {
        let item = |version: AuthorisationVersion| AuthorisationVersionView {
            version: version.version,
            received_at: version.received_at,
            content: TemporaryAuthorisationContent::of(&version.content),
            signature: version.signature,
        };
        Self { items: versions.into_iter().map(item).collect() }
    }
}

/// List the versions of a notification's content
///
/// For those who see the whole notification. The signed document itself is for the signer and the ministry only.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfNoneMatchHeader),
    responses((status = 200, description = "The versions, oldest first", body = AuthorisationVersionsView)))]
#[get("/api/v1/temporary-authorisations/{id}/versions")]
pub(crate) async fn list_temporary_authorisation_versions(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let told = app.authorisation_versions(&asked.caller, authorisation_id(&id)?).await?;
    answer::look(&request, &AuthorisationVersionsView::of(told))
}

/// What submitting this content now would find. Nothing is written.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationValidation, example = examples::validation)]
pub struct AuthorisationValidationView {
    /// Whether nothing stands in the way of a submission.
    valid: bool,
    problems: Vec<AuthorisationFindingView>,
    /// Nothing of these stands in the way.
    warnings: Vec<AuthorisationFindingView>,
}

/// One finding at one place, with the rules behind it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationFinding)]
pub struct AuthorisationFindingView {
    /// RFC 6901 pointer into the body.
    #[schema(example = "/content/batches/0/expiresOn")]
    pointer: String,
    #[schema(example = "authorisation.batch_expired")]
    code: &'static str,
    /// What is wrong.
    detail: &'static str,
    /// What can be done about it.
    fix: &'static str,
    rules: Vec<RuleView>,
    /// Of the warning about a paper that was entered before and withdrawn: as what.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    formerly: Option<FormerlyView>,
}

impl AuthorisationValidationView {
    pub(super) fn of(found: &[Violation], is_addition: bool, language: Language) -> Self {
        let finding = |violation: &Violation| AuthorisationFindingView {
            pointer: violation.pointer.clone(),
            code: violation.problem.code,
            detail: language.pick(&violation.problem.says),
            fix: language.pick(&violation.problem.fix),
            rules: rules(violation, is_addition),
            formerly: None,
        };
        Self { valid: found.is_empty(), problems: found.iter().map(finding).collect(), warnings: Vec::new() }
    }

    /// Of an entry from paper, which warns of one that was withdrawn (PE-40).
    pub(super) fn of_paper(found: &PaperJudgement, language: Language) -> Self {
        let withdrawn = formerly::warnings(found.formerly.as_ref());
        let formerly =
            |warning| AuthorisationFindingView { formerly: found.formerly.map(FormerlyView::of), ..warning };
        let warnings = Self::of(&withdrawn, false, language).problems.into_iter().map(formerly).collect();
        Self { warnings, ..Self::of(&found.violations, false, language) }
    }
}

/// The numbered rules that this problem at this place breaks.
fn rules(violation: &Violation, is_addition: bool) -> Vec<RuleView> {
    let member = violation.pointer.strip_prefix("/content").unwrap_or(&violation.pointer);
    let fields = temporary_authorisation::content::rules::MATRIX.iter();
    if let Some(field) = fields
        .filter(|_| violation.problem == temporary_authorisation::refusals::FIELD_REQUIRED)
        .find(|field| field.pointer == member)
    {
        return vec![RuleView::of(field.number, field.legal)];
    }
    let is_asked =
        |operation: &str| operation == "submission" || is_addition && operation.contains("addition");
    let of_submission = rulebook::entries().into_iter().filter(|entry| is_asked(entry.operation));
    // What an entry has in common with a submission is told by the rules of the latter.
    let is_of_paper = paper::refusals::PROBLEMS.contains(&violation.problem);
    let withdrawn = formerly::RULES.iter().map(|rule| rule.entry("paper-entries"));
    let of_paper = temporary_authorisation::paper::entries().into_iter().chain(withdrawn);
    let of_paper = of_paper.filter(|_| is_of_paper);
    of_submission
        .chain(of_paper)
        .filter(|entry| entry.code == violation.problem.code)
        .map(|entry| RuleView::of(entry.number, entry.legal))
        .collect()
}
