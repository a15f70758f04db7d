//! Messages and attachments of a demand over HTTP.

mod list_messages;
mod mark_message_read;
mod messages;
mod send_message;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(send_message::send_medicine_demand_message)
        .service(list_messages::list_medicine_demand_messages)
        .service(mark_message_read::mark_medicine_demand_message_read);
}
