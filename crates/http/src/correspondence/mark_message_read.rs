//! Somebody says that they have read a message.

use super::messages::{MessageMarked, MessagePath, marked};
use crate::demand::place::Place;
use crate::demand::requests::NothingRequest;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use domain::ids::MessageId;

/// Mark a message as read
///
/// By a person of a party that received it; the sender's party sees who read it when. The first mark of a person counts.
#[utoipa::path(tag = "demands", params(MessagePath), request_body = NothingRequest,
    responses(MessageMarked))]
#[post("/{id}/messages/{messageId}/read")]
pub(crate) async fn mark_demand_message_read(
    app: web::Data<App>,
    at: Place,
    asked: Asked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let (case, message) = (at.case()?, at.child("messageId", MessageId::parse)?);
    answer::send(app.mark_message_read(&asked.caller, case, message, asked.write, marked).await?)
}
