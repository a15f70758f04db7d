//! A pharmacy or a wholesaler retrieves an approved demand with two of three numbers, or a consent with both of its.

use super::numbers::{Given, both_numbers, limit_both, limit_documents};
use crate::answer;
use crate::asked::Looked;
use crate::demand::content::PatientIdentifier;
use crate::demand::examples::answers;
use crate::demand::view::DemandShown;
use crate::edge::Edge;
use crate::even_time::evenly;
use crate::limits::RETRIEVALS_OF_ONE_DOCUMENT;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::temporary_authorisation::view::TemporaryAuthorisationView;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use app::supply::Numbers;
use app::temporary_authorisation::AuthorisationNumbers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// Of a demand at least two of demand number, resolution number and patient; of a temporary authorisation both numbers
/// and nothing else.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"demandNumber": "ZPL-2026-7K3M9QXT-B", "resolutionNumber": "ROZ-2026-7K3M9QXT-S"}))]
pub(crate) struct RetrievalRequest {
    #[schema(max_length = 40, example = "ZPL-2026-7K3M9QXT-B")]
    demand_number: Option<String>,
    /// Of a temporary authorisation.
    #[schema(max_length = 40, example = "ZCD-2026-7K3M9QXT-Z")]
    authorisation_number: Option<String>,
    #[schema(max_length = 40, example = "ROZ-2026-7K3M9QXT-S")]
    resolution_number: Option<String>,
    #[validate(nested)]
    patient: Option<PatientIdentifier>,
}

/// What the numbers of a request are for.
enum Wanted {
    Demand(Numbers),
    Consent(AuthorisationNumbers),
}

impl RetrievalRequest {
    fn parse(&self) -> Result<Wanted, Failure> {
        let mut faults = Faults::new();
        let given = Given {
            demand: self.demand_number.as_deref(),
            resolution: self.resolution_number.as_deref(),
            patient: self.patient.as_ref(),
            rpwdl: None,
        };
        let wanted = match &self.authorisation_number {
            Some(number) => both_numbers(&mut faults, number, &given).map(Wanted::Consent),
            None => given.read(&mut faults).map(Wanted::Demand),
        };
        faults.finish_with(wanted)
    }
}

/// What the numbers opened.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = RetrievedDocument, example = answers::demand)]
#[expect(clippy::large_enum_variant, reason = "made once and written out at once")]
pub(crate) enum RetrievedView {
    Demand(DemandShown),
    Consent(TemporaryAuthorisationView),
}

/// Retrieve an approved demand or a consent
///
/// For a pharmacy or a wholesaler, with two of: demand number, resolution number, patient's identifier. The demand
/// can be read from then on, and the patient sees who retrieved it. A temporary authorisation is opened by both its
/// numbers and nothing else, to a pharmacy and to the wholesaler that notified. There is one answer, in one time, for
/// what does not exist, is not approved, or has another other number: 404 `supply.retrieval_none`.
#[utoipa::path(tag = "supply", request_body = RetrievalRequest,
    responses((status = 200, description = "The document as this caller may see it", body = RetrievedView),
              (status = 404, description = "Nothing approved has these numbers", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/supply/retrievals")]
pub(crate) async fn retrieve_demand(
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Looked<RetrievalRequest>,
) -> Result<HttpResponse, Problem> {
    let bucket = RETRIEVALS_OF_ONE_DOCUMENT;
    let retrieved = match asked.body.parse()? {
        Wanted::Demand(numbers) => {
            limit_documents(&edge, bucket, &numbers)?;
            let found =
                evenly(Box::pin(app.retrieve_demand(&asked.caller, numbers, &asked.trace_id))).await?;
            RetrievedView::Demand(DemandShown::of(&found))
        }
        Wanted::Consent(numbers) => {
            limit_both(&edge, bucket, &numbers)?;
            let found =
                evenly(Box::pin(app.retrieve_consent(&asked.caller, numbers, &asked.trace_id))).await?;
            RetrievedView::Consent(TemporaryAuthorisationView::of(&found))
        }
    };
    answer::plain(&retrieved)
}
