//! The check of a demand on the home page: two numbers show the decision, never the document.

use super::decision::DecisionView;
use crate::address::neighbourhood;
use crate::answer;
use crate::asked::Open;
use crate::demand::content::PatientIdentifier;
use crate::demand::examples::answers;
use crate::document_state::DocumentState;
use crate::edge::Edge;
use crate::even_time::evenly;
use crate::limits::{CHECKS_IN_FACILITIES, CHECKS_IN_FACILITIES_OF_ONE_NETWORK, CHECKS_OF_ONE_DOCUMENT};
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::supply::numbers::{Given, both_numbers, limit_both, limit_documents};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use app::faults::RETRIEVAL_BOTH;
use app::public::{CheckKind, CheckedDecision};
use app::supply::Numbers;
use app::temporary_authorisation::AuthorisationNumbers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// Where the medicine of a demand is used, or a wholesaler's notification.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = CheckKind)]
pub(crate) enum CheckKindRequest {
    OutsideFacility,
    InFacility,
    /// Both numbers and nothing else.
    Notification,
}

/// At least two numbers: demand number, resolution number, and the patient's identifier outside a facility or the
/// entity's RPWDL number in one.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"kind": "OUTSIDE_FACILITY", "demandNumber": "ZPL-2026-7K3M9QXT-B",
    "patient": {"kind": "PESEL", "number": "44051401359"}}))]
pub(crate) struct CheckRequest {
    kind: CheckKindRequest,
    #[schema(max_length = 40, example = "ZPL-2026-7K3M9QXT-B")]
    demand_number: Option<String>,
    /// Of a notification.
    #[schema(max_length = 40, example = "ZCD-2026-7K3M9QXT-Z")]
    authorisation_number: Option<String>,
    #[schema(max_length = 40, example = "ROZ-2026-7K3M9QXT-S")]
    resolution_number: Option<String>,
    /// Outside a facility only.
    #[validate(nested)]
    patient: Option<PatientIdentifier>,
    /// Number of the entity's register book, part I; in a facility only.
    #[schema(pattern = "^[0-9]{12}$", example = "000000018583")]
    rpwdl_number: Option<String>,
}

/// The decision and where the demand stands now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CheckedDecision, example = answers::checked_decision)]
pub(crate) struct CheckedDecisionView {
    state: DocumentState,
    decision: DecisionView,
    /// The decision token: a compact JWS that verifies offline with `/.well-known/jwks.json`.
    #[schema(
        example = "eyJhbGciOiJFUzI1NiIsImtpZCI6IkZ5dC4uLiIsInR5cCI6ImRlY2lzaW9uK2p3dCJ9.eyJkZWNpZGVkT24iOiIyMDI2LTAyLTE2In0.q1Zk"
    )]
    token: String,
}

/// What the numbers of a check are for.
enum Checked {
    Demand(CheckKind, Numbers),
    Notification(AuthorisationNumbers),
}

impl CheckRequest {
    fn parse(&self) -> Result<Checked, Failure> {
        let mut faults = Faults::new();
        let given = Given {
            demand: self.demand_number.as_deref(),
            resolution: self.resolution_number.as_deref(),
            patient: self.patient.as_ref(),
            rpwdl: self.rpwdl_number.as_deref(),
        };
        let kind = match self.kind {
            CheckKindRequest::OutsideFacility => CheckKind::OutsideFacility,
            CheckKindRequest::InFacility => CheckKind::InFacility,
            CheckKindRequest::Notification => {
                let number = self.authorisation_number.as_deref();
                let number = faults
                    .required("/authorisationNumber", number, RETRIEVAL_BOTH, |text| Ok(text.to_owned()));
                let both = number.and_then(|number| both_numbers(&mut faults, &number, &given));
                return faults.finish_with(both.map(Checked::Notification));
            }
        };
        if self.authorisation_number.is_some() {
            faults.add("/authorisationNumber", RETRIEVAL_BOTH);
        }
        let numbers = given.read(&mut faults);
        faults.finish_with(numbers.map(|numbers| Checked::Demand(kind, numbers)))
    }
}

impl CheckedDecisionView {
    fn of(checked: CheckedDecision) -> Self {
        let decision = DecisionView::of(checked.claims);
        Self { state: DocumentState::of(checked.state), decision, token: checked.token }
    }
}

/// Draws from the buckets that no address has for itself.
fn limited(edge: &Edge, kind: CheckKind, numbers: &Numbers, address: &str) -> Result<(), Failure> {
    limit_documents(edge, CHECKS_OF_ONE_DOCUMENT, numbers)?;
    let (own, common) = (CHECKS_IN_FACILITIES_OF_ONE_NETWORK, CHECKS_IN_FACILITIES);
    match kind {
        CheckKind::InFacility => Ok(edge.limits.check_own_or_common(own, &neighbourhood(address), common)?),
        CheckKind::OutsideFacility => Ok(()),
    }
}

/// Check a decision
///
/// For anyone with two of: demand number, resolution number and the patient's identifier; for use in a facility the
/// entity's RPWDL number stands in the place of the patient's, which is not taken there. A wholesaler's notification is
/// checked with both its numbers and nothing else. There is one answer, in one time, for a demand that does not exist, one
/// that is not resolved and one whose other number is wrong: 404 `supply.retrieval_none`.
#[utoipa::path(tag = "public", security(()), request_body = CheckRequest,
    responses((status = 200, description = "The decision and the present state", body = CheckedDecisionView),
              (status = 404, description = "Nothing resolved has these numbers", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/public/checks")]
pub(crate) async fn check_decision(
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Open<CheckRequest>,
) -> Result<HttpResponse, Problem> {
    let (address, trace_id) = (&asked.address, &asked.trace_id);
    let checked = match asked.body.parse()? {
        Checked::Demand(kind, numbers) => {
            limited(&edge, kind, &numbers, address)?;
            evenly(Box::pin(app.check_decision(kind, numbers, address, trace_id))).await?
        }
        Checked::Notification(numbers) => {
            limit_both(&edge, CHECKS_OF_ONE_DOCUMENT, &numbers)?;
            evenly(Box::pin(app.check_notification(numbers, address, trace_id))).await?
        }
    };
    answer::plain(&CheckedDecisionView::of(checked))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::json;

    #[test]
    fn every_wrong_number_of_a_check_is_named() {
        let request: CheckRequest = serde_json::from_value(json!({
            "kind": "IN_FACILITY", "demandNumber": "ZPL-1", "rpwdlNumber": "12"
        }))
        .unwrap();
        let Err(Failure::Refused(refused)) = request.parse() else { panic!("was read") };
        let places: Vec<&str> = refused.violations.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(places, ["/demandNumber", "/rpwdlNumber"]);
    }
}
