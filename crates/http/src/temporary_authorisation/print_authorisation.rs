//! The notification, its resolution and the consent on paper.

use super::step::{AuthorisationPath, authorisation_id};
use crate::Authenticated;
use crate::demand::print_demand::{PdfFile, pdf};
use crate::problem::Problem;
use actix_web::{HttpResponse, get, web};
use app::App;

/// Print a notification
///
/// A PDF of what this caller may see, with the decision token as a QR code once it is resolved.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath),
    responses((status = 200, description = "The print", content_type = "application/pdf", body = PdfFile)))]
#[get("/api/v1/temporary-authorisations/{id}/print")]
pub(crate) async fn print_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let id = authorisation_id(&id)?;
    Ok(pdf(id, app.print_authorisation(&asked.caller, id).await?))
}
