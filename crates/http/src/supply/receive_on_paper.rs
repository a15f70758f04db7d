//! A wholesaler records a hand-over that came on paper.

use super::numbers::{Given, limit_documents};
use crate::answer;
use crate::asked::Asked;
use crate::demand::content::PatientIdentifier;
use crate::demand::place::collection;
use crate::demand::view::DemandShown;
use crate::edge::Edge;
use crate::even_time::evenly;
use crate::limits::RETRIEVALS_OF_ONE_DOCUMENT;
use crate::parsing::Faults;
use crate::problem::Problem;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::answer::StoredAnswer;
use app::demand::{DemandView, ReceiveOnPaper};
use app::failure::Failure;
use chrono::NaiveDate;
use domain::ids::OrganisationId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// At least two of the three numbers, and what stands on the paper.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"demandNumber": "ZPL-2026-7K3M9QXT-B", "resolutionNumber": "ROZ-2026-7K3M9QXT-S",
    "pharmacyId": "01980f2a-6c00-7000-8000-000000000021", "passedOn": "2026-03-02"}))]
pub(crate) struct PaperReceiptRequest {
    #[schema(max_length = 40, example = "ZPL-2026-7K3M9QXT-B")]
    demand_number: Option<String>,
    #[schema(max_length = 40, example = "ROZ-2026-7K3M9QXT-S")]
    resolution_number: Option<String>,
    #[validate(nested)]
    patient: Option<PatientIdentifier>,
    /// The pharmacy that will receive the medicine.
    pharmacy_id: Uuid,
    /// The day on which the pharmacy passed the demand on.
    passed_on: NaiveDate,
}

impl PaperReceiptRequest {
    fn parse(&self) -> Result<ReceiveOnPaper, Failure> {
        let mut faults = Faults::new();
        let given = Given {
            demand: self.demand_number.as_deref(),
            resolution: self.resolution_number.as_deref(),
            patient: self.patient.as_ref(),
            rpwdl: None,
        };
        let numbers = given.read(&mut faults);
        let numbers = faults.finish_with(numbers)?;
        Ok(ReceiveOnPaper { numbers, pharmacy: OrganisationId(self.pharmacy_id), passed_on: self.passed_on })
    }
}

/// Record a hand-over on paper
///
/// For a wholesaler, with two of: demand number, resolution number, patient's identifier. An expiry is lifted when the
/// day of passing on lies within the 60 days (PF art. 4ad(7)).
#[utoipa::path(tag = "supply", request_body = PaperReceiptRequest,
    responses((status = 201, description = "With this wholesaler now", body = DemandShown,
               headers(("ETag" = String, description = "Revision of the demand"),
                       ("Location" = String, description = "Address of the demand"))),
              (status = 404, description = "Nothing approved has these numbers", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/supply/paper-receipts")]
pub(crate) async fn receive_on_paper(
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Asked<PaperReceiptRequest>,
) -> Result<HttpResponse, Problem> {
    let receipt = asked.body.parse()?;
    limit_documents(&edge, RETRIEVALS_OF_ONE_DOCUMENT, &receipt.numbers)?;
    let received = Box::pin(app.receive_on_paper(&asked.caller, receipt, asked.write, recorded));
    answer::send(evenly(received).await?)
}

fn recorded(demand: &DemandView) -> StoredAnswer {
    let location = format!("{}/{}", collection(demand.kind), demand.id);
    let revision = u64::try_from(demand.revision).ok();
    answer::written(StatusCode::CREATED, revision, Some(&location), &DemandShown::of(demand))
}
