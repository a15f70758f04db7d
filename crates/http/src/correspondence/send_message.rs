//! A party writes to others.

use super::messages::{MessageRequest, MessageSent, sent};
use crate::medicine_demand::step::{DemandPath, demand_id};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Send a message
///
/// To parties of the case, who hear of it by an event. The demand's revision stays; an `If-Match` is ignored.
#[utoipa::path(tag = "medicine-demands", params(DemandPath), request_body = MessageRequest, responses(MessageSent))]
#[post("/api/v1/medicine-demands/{id}/messages")]
pub(crate) async fn send_medicine_demand_message(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<MessageRequest>,
) -> Result<HttpResponse, Problem> {
    let message = asked.body.parse()?;
    answer::send(app.send_message(&asked.caller, demand_id(&id)?, message, asked.write, sent).await?)
}
