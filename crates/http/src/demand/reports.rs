//! What is told about a demand beside the demand itself: history, versions, the dry run.

use super::choices::{DemandAction, DemandState, Role};
use super::content::DemandContent;
use super::examples::answers;
use super::view::FormerlyView;
use crate::clock::ClockKind;
use crate::language::Language;
use crate::medicinal_product::matches::ProductMatchView;
use crate::problem::Problem;
use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_LANGUAGE, HeaderValue, VARY};
use app::caller;
use app::demand::{HistoryLine, ValidatedClock, Validation, VersionView};
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::content::refusals::{FIELD_FORBIDDEN, FIELD_REQUIRED};
use domain::demand::content::rules::{MATRIX, rules_of};
use domain::demand::issue;
use domain::demand::lifecycle::StateName;
use domain::demand::model::DemandKind;
use domain::demand::paper;
use domain::medicinal_product::rules as product_rules;
use domain::paper::formerly;
use domain::problem::{ProblemType, Violation};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Says that an answer's sentences follow `Accept-Language`.
pub(crate) fn spoken(mut response: HttpResponse, language: Language) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response
}

/// What has happened to the demand, as far as this caller may know, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = DemandHistory, example = answers::history)]
pub struct HistoryView {
    items: Vec<HistoryEventView>,
}

/// One event; who caused it is named by role and organisation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandHistoryEvent)]
pub struct HistoryEventView {
    #[serde(rename = "type")]
    #[schema(example = "DemandSubmitted")]
    kind: String,
    at: DateTime<Utc>,
    /// Where the demand stood after it.
    state: DemandState,
    /// The revision that it made; a message or a file makes none, and bears the one that it found.
    revision: i64,
    by: ActorView,
    data: EventDataView,
}

#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = EventActor)]
pub struct ActorView {
    /// A role, or `SERVICE` where a term ran out or a signature was refused.
    #[schema(example = "PHYSICIAN")]
    role: String,
    #[serde(rename = "organisationId", alias = "organisation", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    organisation: Option<Uuid>,
}

/// What the event says beside its type; each type has its own members.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = EventData)]
pub struct EventDataView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    to: Option<DemandState>,
    /// Whom a question went to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "PHYSICIAN")]
    addressee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "CONSULTANT_REFUSED")]
    reason: Option<String>,
    #[serde(rename = "wholesalerId", alias = "wholesaler", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    wholesaler: Option<Uuid>,
    #[serde(rename = "pharmacyId", alias = "pharmacy", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pharmacy: Option<Uuid>,
    #[serde(rename = "realisationId", alias = "realisation", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    realisation: Option<Uuid>,
    /// The line of the list of treated patients.
    #[serde(rename = "treatedPatientId", alias = "line", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    treated_patient: Option<Uuid>,
    /// The day on which the treatment ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    on: Option<NaiveDate>,
    /// The step whose signature was received or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    action: Option<DemandAction>,
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
    #[schema(nullable = false, example = json!(["PHYSICIAN"]))]
    recipients: Option<Vec<String>>,
    /// The term that ends soon.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    clock: Option<ClockKind>,
    /// When it ends.
    #[serde(rename = "dueAt", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    due_at: Option<DateTime<Utc>>,
}

/// The payload of an event as it was recorded.
#[derive(Deserialize)]
struct Recorded {
    state: StateName,
    revision: i64,
    by: ActorView,
    data: EventDataView,
}

impl HistoryView {
    pub fn of(lines: Vec<HistoryLine>) -> Result<Self, Problem> {
        let items = lines.into_iter().map(HistoryEventView::of).collect::<Result<_, _>>()?;
        Ok(Self { items })
    }
}

impl HistoryEventView {
    fn of(line: HistoryLine) -> Result<Self, Problem> {
        let recorded: Recorded =
            serde_json::from_value(line.payload).map_err(|error| Problem::bug(error.into()))?;
        Ok(Self {
            kind: line.kind,
            at: line.at,
            state: recorded.state.into(),
            revision: recorded.revision,
            by: recorded.by,
            data: recorded.data,
        })
    }
}

/// The signed versions of the content and the present one, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = DemandVersions, example = answers::versions)]
pub struct VersionsView {
    items: Vec<ContentVersionView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandVersion)]
pub struct ContentVersionView {
    version: i32,
    /// When its signature was received; absent while it is not signed. What came on paper: when it was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    received_at: Option<DateTime<Utc>>,
    content: DemandContent,
    /// The signed document, for the signer and the ministry only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    signature: Option<String>,
}

impl VersionsView {
    pub fn of(versions: Vec<VersionView>) -> Self {
        let item = |version: VersionView| ContentVersionView {
            version: version.version,
            received_at: version.received_at,
            content: DemandContent::of(&version.content),
            signature: version.signature,
        };
        Self { items: versions.into_iter().map(item).collect() }
    }
}

/// What submitting this content now would find, and the terms that would follow. Nothing is written.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Validation, example = answers::validation)]
pub struct ValidationView {
    /// Whether nothing stands in the way of a submission.
    valid: bool,
    problems: Vec<FindingView>,
    /// Nothing of these stands in the way.
    warnings: Vec<FindingView>,
    clocks: Vec<ExpectedClockView>,
    /// The day of the register of medicinal products that was looked at; absent while none has been imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2026-11-02")]
    register_as_of: Option<NaiveDate>,
}

/// One finding at one place, with the rules behind it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Finding)]
pub struct FindingView {
    /// RFC 6901 pointer into the body.
    #[schema(example = "/content/patients/patient/address")]
    pointer: String,
    #[schema(example = "demand.field_required")]
    code: &'static str,
    /// What is wrong.
    detail: &'static str,
    /// What can be done about it.
    fix: &'static str,
    rules: Vec<RuleView>,
    /// Of the warning about equivalent products: these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) products: Vec<ProductMatchView>,
    /// Of the warning about a paper that was entered before and withdrawn: as what.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) formerly: Option<FormerlyView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleReference)]
pub struct RuleView {
    #[schema(example = "DC-F17")]
    number: &'static str,
    /// The legal unit, or `design` where the law is silent.
    #[schema(example = "PF art. 4ac(4)")]
    legal_basis: &'static str,
}

/// A term that would start with the submission.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ExpectedClock)]
pub struct ExpectedClockView {
    kind: ClockKind,
    due_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    holder: Option<Role>,
    #[schema(example = "PF art. 4ad(3)")]
    legal_basis: &'static str,
}

impl ValidationView {
    pub fn of(kind: DemandKind, validation: Validation, language: Language) -> Self {
        let registered = validation.products;
        Self {
            valid: validation.violations.is_empty(),
            problems: validation.violations.iter().map(|it| FindingView::of(kind, it, language)).collect(),
            register_as_of: registered.edition.as_ref().map(|edition| edition.as_of),
            warnings: super::warnings::of(registered, (kind, validation.formerly), language),
            clocks: validation.clocks.iter().map(|clock| ExpectedClockView::of(clock, kind)).collect(),
        }
    }
}

impl FindingView {
    pub(super) fn of(kind: DemandKind, violation: &Violation, language: Language) -> Self {
        let problem = violation.problem;
        Self {
            pointer: violation.pointer.clone(),
            code: problem.code,
            detail: language.pick(&problem.says),
            fix: language.pick(&problem.fix),
            rules: rules(kind, problem, &violation.pointer),
            products: Vec::new(),
            formerly: None,
        }
    }
}

impl RuleView {
    pub(crate) fn of(number: &'static str, legal_basis: &'static str) -> Self {
        Self { number, legal_basis }
    }
}

impl ExpectedClockView {
    fn of(clock: &ValidatedClock, kind: DemandKind) -> Self {
        Self {
            kind: clock.kind.into(),
            due_at: clock.due_at,
            holder: clock.kind.holder_in(clock.state).and_then(caller::Role::parse).map(Role::from),
            legal_basis: clock.kind.legal(kind),
        }
    }
}

/// The numbered rules that this problem at this place breaks.
fn rules(kind: DemandKind, problem: &'static ProblemType, pointer: &str) -> Vec<RuleView> {
    let member = pointer.strip_prefix("/content").unwrap_or(pointer);
    let of_matrix = problem == FIELD_REQUIRED || problem == FIELD_FORBIDDEN;
    if let Some(field) =
        MATRIX.iter().find(|field| of_matrix && field.concerns(kind) && field.pointer == member)
    {
        return vec![RuleView::of(field.number, field.legal(kind))];
    }
    let of_content = rules_of(kind).map(|rule| (rule.problem, rule.number, rule.legal));
    let of_submission = issue::RULES.iter().map(|rule| (rule.problem, rule.number, rule.legal));
    let of_withdrawn = formerly::RULES.iter().map(|rule| (rule.problem, rule.number, rule.legal));
    let of_products = product_rules::RULES.iter().map(|rule| (rule.problem, rule.number, rule.legal));
    // What an entry has in common with a submission is told by the rules of the latter.
    let of_paper = paper::rules::RULES
        .iter()
        .filter(|rule| paper::refusals::PROBLEMS.contains(&rule.problem))
        .map(|rule| (rule.problem, rule.number, rule.legal));
    of_content
        .chain(of_submission)
        .chain(of_paper)
        .chain(of_products)
        .chain(of_withdrawn)
        .filter(|(its, ..)| *its == problem)
        .map(|(_, number, legal_basis)| RuleView::of(number, legal_basis))
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use domain::demand::{DemandEvent, clocks};
    use serde_json::json;

    #[test]
    fn a_finding_names_the_rules_that_it_breaks() {
        let violation = Violation::new(FIELD_REQUIRED, "/content/patients/patient/address");
        let finding =
            serde_json::to_value(FindingView::of(DemandKind::Medicine, &violation, Language::English))
                .unwrap();
        assert_eq!(finding["rules"], json!([{"number": "DC-F17", "legalBasis": "PF art. 4ac(4)"}]));
        let listed = Violation::new(FIELD_FORBIDDEN, "/content/patients/patients/0/patient/address");
        let finding =
            serde_json::to_value(FindingView::of(DemandKind::Medicine, &listed, Language::Polish)).unwrap();
        assert_eq!(finding["rules"][0]["number"], "DC-14");
    }

    #[test]
    fn an_event_is_told_in_the_names_of_the_contract() {
        let event = DemandEvent::DemandSubmitted { to: StateName::AwaitingConsultant };
        let told = serde_json::to_value(&event).unwrap();
        let line = HistoryLine {
            kind: event.name().to_owned(),
            at: DateTime::default(),
            payload: json!({
                "state": "AWAITING_CONSULTANT", "revision": 2, "data": told["data"],
                "by": {"role": "PHYSICIAN", "organisation": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42"}
            }),
        };
        let view = serde_json::to_value(HistoryView::of(vec![line]).unwrap()).unwrap();
        let item = &view["items"][0];
        assert_eq!(item["data"], json!({"to": "AWAITING_CONSULTANT"}));
        assert_eq!(item["by"]["organisationId"], "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42");
    }

    #[test]
    fn a_reminder_says_which_term_ends_when() {
        for clock in clocks::ClockKind::ALL {
            let event = DemandEvent::TermReminder { clock, due_at: DateTime::default() };
            let told = serde_json::to_value(&event).unwrap();
            let by = json!({ "role": "SERVICE" });
            let payload = json!({ "state": "APPROVED", "revision": 2, "data": told["data"], "by": by });
            let line = HistoryLine { kind: event.name().to_owned(), at: DateTime::default(), payload };
            let view = serde_json::to_value(HistoryView::of(vec![line]).unwrap()).unwrap();
            let data = json!({ "clock": clock.name(), "dueAt": "1970-01-01T00:00:00Z" });
            assert_eq!(view["items"][0]["data"], data);
        }
    }
}
