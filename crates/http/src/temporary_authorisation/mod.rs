//! Temporary authorisations over HTTP (PF art. 4(8)).

pub mod choices;
pub mod clarifications;
pub mod content;
mod draft;
pub(crate) mod examples;
pub mod lines;
mod ministry;
pub mod paper;
mod print_authorisation;
pub mod reports;
pub mod requests;
pub mod ruling;
mod signatures;
pub mod step;
mod supply;
pub mod view;

use utoipa_actix_web::service_config::ServiceConfig;

/// The address under which notifications are found.
pub(crate) const AUTHORISATIONS: &str = "/api/v1/temporary-authorisations";

/// The fixed paths come before those that an id could match.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(draft::create_temporary_authorisation)
        .service(draft::list_temporary_authorisations)
        .service(draft::validate_temporary_authorisation)
        .service(paper::enter_temporary_authorisation_from_paper)
        .service(paper::validate_temporary_authorisation_from_paper)
        .service(paper::correct_temporary_authorisation_from_paper)
        .service(draft::edit_temporary_authorisation)
        .service(draft::find_temporary_authorisation)
        .service(draft::open_temporary_authorisation_addition)
        .service(draft::withdraw_temporary_authorisation)
        .service(signatures::get_temporary_authorisation_submission_document)
        .service(signatures::submit_temporary_authorisation)
        .service(signatures::get_temporary_authorisation_approval_document)
        .service(signatures::approve_temporary_authorisation)
        .service(signatures::refuse_temporary_authorisation)
        .service(ministry::assign_temporary_authorisation)
        .service(clarifications::ask_temporary_authorisation_clarification)
        .service(clarifications::answer_temporary_authorisation_clarification)
        .service(clarifications::close_temporary_authorisation_clarification)
        .service(ministry::prepare_temporary_authorisation_resolution)
        .service(ministry::return_temporary_authorisation_resolution_draft)
        .service(ministry::refuse_temporary_authorisation_pending_step)
        .service(ministry::get_temporary_authorisation_resolution_document)
        .service(ministry::resolve_temporary_authorisation)
        .service(ministry::prepare_temporary_authorisation_revocation)
        .service(ministry::revoke_temporary_authorisation)
        .service(supply::hand_over_temporary_authorisation)
        .service(supply::return_temporary_authorisation_handover)
        .service(supply::draw_temporary_authorisation)
        .service(supply::reverse_temporary_authorisation_realisation)
        .service(reports::list_temporary_authorisation_actions)
        .service(reports::read_temporary_authorisation_history)
        .service(reports::list_temporary_authorisation_versions)
        .service(print_authorisation::print_temporary_authorisation)
        .configure(crate::correspondence::authorisation_routes);
}
