//! A pharmacy or a wholesaler retrieves an approved demand with two of three numbers.

use super::numbers::{Given, limit_documents};
use crate::answer;
use crate::asked::Looked;
use crate::demand::content::PatientIdentifier;
use crate::demand::view::DemandShown;
use crate::edge::Edge;
use crate::even_time::evenly;
use crate::limits::RETRIEVALS_OF_ONE_DOCUMENT;
use crate::parsing::Faults;
use crate::problem::Problem;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use app::supply::Numbers;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// At least two of the three.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"demandNumber": "ZPL-2026-7K3M9QXT-B", "resolutionNumber": "ROZ-2026-7K3M9QXT-S"}))]
pub(crate) struct RetrievalRequest {
    #[schema(max_length = 40, example = "ZPL-2026-7K3M9QXT-B")]
    demand_number: Option<String>,
    #[schema(max_length = 40, example = "ROZ-2026-7K3M9QXT-S")]
    resolution_number: Option<String>,
    #[validate(nested)]
    patient: Option<PatientIdentifier>,
}

impl RetrievalRequest {
    fn parse(&self) -> Result<Numbers, Failure> {
        let mut faults = Faults::new();
        let given = Given {
            demand: self.demand_number.as_deref(),
            resolution: self.resolution_number.as_deref(),
            patient: self.patient.as_ref(),
            rpwdl: None,
        };
        let numbers = given.read(&mut faults);
        faults.finish_with(numbers)
    }
}

/// Retrieve an approved demand
///
/// For a pharmacy or a wholesaler, with two of: demand number, resolution number, patient's identifier. The demand
/// can be read from then on, and the patient sees who retrieved it. There is one answer, in one time, for a demand that
/// does not exist, one that is not approved and one whose other number is wrong: 404 `supply.retrieval_none`.
#[utoipa::path(tag = "supply", request_body = RetrievalRequest,
    responses((status = 200, description = "The demand as this caller may see it", body = DemandShown),
              (status = 404, description = "Nothing approved has these numbers", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/supply/retrievals")]
pub(crate) async fn retrieve_demand(
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Looked<RetrievalRequest>,
) -> Result<HttpResponse, Problem> {
    let numbers = asked.body.parse()?;
    limit_documents(&edge, RETRIEVALS_OF_ONE_DOCUMENT, &numbers)?;
    let found = evenly(Box::pin(app.retrieve_demand(&asked.caller, numbers, &asked.trace_id))).await?;
    answer::plain(&DemandShown::of(&found))
}
