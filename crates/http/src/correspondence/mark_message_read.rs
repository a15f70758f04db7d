//! Somebody says that they have read a message.

use super::messages::{MessageMarked, MessagePath, marked};
use crate::answer::path_id;
use crate::medicine_demand::requests::NothingRequest;
use crate::medicine_demand::step::demand_id;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use domain::ids::MessageId;

/// Mark a message as read
///
/// By a person of a party that received it; the sender's party sees who read it when. The first mark of a person counts.
#[utoipa::path(tag = "medicine-demands", params(MessagePath), request_body = NothingRequest,
    responses(MessageMarked))]
#[post("/api/v1/medicine-demands/{id}/messages/{messageId}/read")]
pub(crate) async fn mark_medicine_demand_message_read(
    app: web::Data<App>,
    ids: web::Path<(String, String)>,
    asked: Asked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let (demand, message) = (demand_id(&ids.0)?, path_id(&ids.1, MessageId::parse)?);
    answer::send(app.mark_message_read(&asked.caller, demand, message, asked.write, marked).await?)
}
