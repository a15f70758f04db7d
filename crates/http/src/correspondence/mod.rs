//! Messages and attachments of a case over HTTP.

mod add_attachment;
pub(crate) mod attachments;
pub(crate) mod download_attachment;
mod list_attachments;
mod list_messages;
mod mark_message_read;
mod messages;
mod of_authorisations;
mod range;
mod send_message;
pub(crate) mod upload;

use utoipa_actix_web::service_config::ServiceConfig;

/// Of demands, in the scope of each kind.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(send_message::send_demand_message)
        .service(list_messages::list_demand_messages)
        .service(mark_message_read::mark_demand_message_read)
        .service(add_attachment::add_demand_attachment)
        .service(list_attachments::list_demand_attachments)
        .service(download_attachment::download_demand_attachment);
}

/// Of temporary authorisations.
pub(crate) fn authorisation_routes(cfg: &mut ServiceConfig) {
    cfg.service(of_authorisations::send_temporary_authorisation_message)
        .service(of_authorisations::list_temporary_authorisation_messages)
        .service(of_authorisations::mark_temporary_authorisation_message_read)
        .service(of_authorisations::add_temporary_authorisation_attachment)
        .service(of_authorisations::list_temporary_authorisation_attachments)
        .service(of_authorisations::download_temporary_authorisation_attachment);
}
