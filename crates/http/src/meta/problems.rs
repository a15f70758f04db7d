//! The problem catalogue: every code with cause, fix and whether asking again can help.

use crate::answer;
use crate::edge::Edge;
use crate::faults;
use crate::headers::IfNoneMatchHeader;
use crate::language::Language;
use crate::problem::{Problem, status_of, type_uri};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, get, web};
use domain::problem::ProblemType;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// All problem types of the program by code.
#[derive(Clone, Debug)]
pub struct Catalogue(BTreeMap<&'static str, &'static ProblemType>);

/// What the crates below declare.
const LISTS: &[&[&ProblemType]] = &[
    domain::values::PROBLEMS,
    domain::pending::PROBLEMS,
    domain::demand::refusals::PROBLEMS,
    domain::demand::content::refusals::PROBLEMS,
    domain::medicinal_product::refusals::PROBLEMS,
    domain::outage::refusals::PROBLEMS,
    domain::consultant::refusals::PROBLEMS,
    domain::correspondence::refusals::PROBLEMS,
    domain::demand::paper::refusals::PROBLEMS,
    domain::temporary_authorisation::refusals::PROBLEMS,
    domain::device_group::refusals::PROBLEMS,
    domain::device_order::paper::refusals::PROBLEMS,
    domain::device_order::refusals::OF_ISSUE,
    domain::device_order::refusals::OF_VERIFICATION,
    domain::device_order::refusals::OF_COUNTER,
    domain::device_repair_order::refusals::PROBLEMS,
    domain::device_provider::refusals::PROBLEMS,
    domain::provider_product::refusals::PROBLEMS,
    signing::PROBLEMS,
    app::faults::PROBLEMS,
];

impl Catalogue {
    /// Every problem of the program.
    pub fn whole() -> Self {
        Self::of(LISTS)
    }

    /// Joins the lists of the crates with this crate's own.
    pub fn of(lists: &[&[&'static ProblemType]]) -> Self {
        let all = lists.iter().chain(faults::LISTS).flat_map(|list| list.iter().copied());
        Self(all.map(|problem| (problem.code, problem)).collect())
    }

    pub fn find(&self, code: &str) -> Option<&'static ProblemType> {
        self.0.get(code).copied()
    }

    /// By code, ascending.
    pub fn iter(&self) -> impl Iterator<Item = &'static ProblemType> {
        self.0.values().copied()
    }
}

/// An entry of the problem catalogue.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemType, example = ProblemTypeView::example)]
pub struct ProblemTypeView {
    /// The `type` of the problem answers.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/api/v1/problems/request.if_match_missing")]
    kind: String,
    /// Stable; never changes its meaning.
    #[schema(example = "request.if_match_missing")]
    code: &'static str,
    /// Status of an answer with this problem.
    #[schema(example = 428)]
    status: u16,
    #[schema(example = "Brakuje nagłówka If-Match.")]
    cause: &'static str,
    #[schema(example = "Odczytaj dokument i prześlij jego ETag w If-Match.")]
    fix: &'static str,
    /// Whether the very same request may succeed later.
    #[schema(example = false)]
    retryable: bool,
}

impl ProblemTypeView {
    fn of(problem: &'static ProblemType, language: Language) -> Self {
        Self {
            kind: type_uri(problem),
            code: problem.code,
            status: status_of(problem.kind).as_u16(),
            cause: language.pick(&problem.says),
            fix: language.pick(&problem.fix),
            retryable: problem.retryable,
        }
    }
}

impl ProblemTypeView {
    fn example() -> Value {
        serde_json::to_value(Self::of(faults::PRECONDITION_REQUIRED, Language::Polish)).unwrap_or_default()
    }
}

impl ProblemTypesView {
    fn example() -> Value {
        json!({ "items": [ProblemTypeView::example()] })
    }
}

/// The problem catalogue.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemTypes, example = ProblemTypesView::example)]
pub struct ProblemTypesView {
    items: Vec<ProblemTypeView>,
}

/// List every problem that the service can answer
///
/// Codes are stable. Sentences follow `Accept-Language` (`pl` unless `en` is preferred).
#[utoipa::path(tag = "meta", security(()), params(IfNoneMatchHeader),
    responses((status = 200, description = "Every problem type by code", body = ProblemTypesView)))]
#[get("/api/v1/problems")]
pub(crate) async fn list_problems(
    request: HttpRequest,
    edge: web::Data<Edge>,
    language: Language,
) -> Result<HttpResponse, Problem> {
    let items = edge.catalogue.iter().map(|problem| ProblemTypeView::of(problem, language)).collect();
    Ok(public(answer::look(&request, &ProblemTypesView { items })?, language))
}

/// Explain one problem code
///
/// What a `code` of a problem answer means, what to do about it, and whether the same request can succeed later.
#[utoipa::path(tag = "meta", security(()),
    params(("code" = String, Path, description = "Code of the problem", example = "request.if_match_missing"), IfNoneMatchHeader),
    responses((status = 200, description = "Cause, fix and whether asking again can help", body = ProblemTypeView)))]
#[get("/api/v1/problems/{code}")]
pub(crate) async fn read_problem(
    request: HttpRequest,
    edge: web::Data<Edge>,
    code: web::Path<String>,
    language: Language,
) -> Result<HttpResponse, Problem> {
    let problem = edge.catalogue.find(&code).ok_or_else(|| Problem::new(faults::NOT_FOUND))?;
    Ok(public(answer::look(&request, &ProblemTypeView::of(problem, language))?, language))
}

/// The same for everybody, one version per language.
fn public(mut response: HttpResponse, language: Language) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_code_has_two_meanings() {
        let mut codes = HashSet::new();
        for problem in LISTS.iter().chain(faults::LISTS).copied().flatten() {
            assert!(codes.insert(problem.code), "{} is declared twice", problem.code);
        }
        assert_eq!(Catalogue::whole().iter().count(), codes.len());
    }

    #[test]
    fn every_code_is_dotted_lower_case_and_told_in_two_languages() {
        for problem in Catalogue::whole().iter() {
            let (area, name) = problem.code.split_once('.').unwrap_or_default();
            let legal =
                |part: &str| part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
            assert!(!area.is_empty() && !name.is_empty() && legal(area) && legal(name), "{}", problem.code);
            for sentence in [problem.says, problem.fix] {
                assert!(!sentence.pl.is_empty() && !sentence.en.is_empty(), "{}", problem.code);
                assert_ne!(sentence.pl, sentence.en, "{}", problem.code);
            }
        }
    }
}
