//! The demand and its resolution on paper.

use super::place::Place;
use super::step::DemandPath;
use crate::Authenticated;
use crate::problem::Problem;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use app::App;
use std::fmt::Display;

/// Declares the bytes of a PDF file.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct PdfFile(#[expect(dead_code, reason = "only describes the answer")] Vec<u8>);

/// Print a demand
///
/// A PDF of what this caller may see, with the decision token as a QR code once it is resolved.
#[utoipa::path(tag = "demands", params(DemandPath),
    responses((status = 200, description = "The print", content_type = "application/pdf", body = PdfFile)))]
#[get("/{id}/print")]
pub(crate) async fn print_demand(
    app: web::Data<App>,
    at: Place,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let demand = at.demand()?;
    Ok(pdf(demand.id, app.print_demand(&asked.caller, demand, &asked.trace_id).await?))
}

/// The number is one of the two that open a document: no file is named by it.
pub(crate) fn pdf(id: impl Display, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.pdf\"")))
        .body(bytes)
}
