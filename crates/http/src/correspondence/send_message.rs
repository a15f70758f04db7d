//! A party writes to others.

use super::messages::{MessageRequest, MessageSent, sent};
use crate::demand::place::Place;
use crate::demand::step::DemandPath;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Send a message
///
/// To parties of the case, who hear of it by an event. The demand's revision stays; an `If-Match` is ignored.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = MessageRequest, responses(MessageSent))]
#[post("/{id}/messages")]
pub(crate) async fn send_demand_message(
    app: web::Data<App>,
    at: Place,
    asked: Asked<MessageRequest>,
) -> Result<HttpResponse, Problem> {
    let message = asked.body.parse()?;
    answer::send(app.send_message(&asked.caller, at.case()?, message, asked.write, sent).await?)
}
