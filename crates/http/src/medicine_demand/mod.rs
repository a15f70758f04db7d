//! Medicine demands over HTTP: one file per operation, and what they read and show.

mod approval_document;
mod approve_demand;
mod assign_demand;
pub mod choices;
pub mod content;
mod copy_demand;
mod create_demand;
mod demand_actions;
mod demand_history;
mod demand_versions;
mod edit_demand;
pub(crate) mod examples;
mod find_demand;
mod give_opinion;
mod hand_over_demand;
pub mod lines;
mod list_demands;
mod opinion_document;
pub(crate) mod parse;
pub mod possible_actions;
mod prepare_resolution;
mod prepare_revocation;
pub(crate) mod print_demand;
mod product_matches;
mod realise_demand;
mod refuse_demand;
pub mod reports;
pub mod requests;
mod resolution_document;
mod resolve_demand;
mod return_handover;
mod return_resolution_draft;
mod reverse_realisation;
mod revoke_demand;
mod search_demands;
pub mod step;
mod submission_document;
mod submit_demand;
mod take_over_demand;
mod validate_demand;
pub mod view;
mod warnings;
mod withdraw_demand;

use utoipa_actix_web::service_config::ServiceConfig;

/// The fixed paths come before those that an id could match.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create_demand::create_medicine_demand)
        .service(edit_demand::edit_medicine_demand)
        .service(find_demand::find_medicine_demand)
        .service(list_demands::list_medicine_demands)
        .service(search_demands::search_medicine_demands)
        .service(copy_demand::copy_medicine_demand)
        .service(validate_demand::validate_medicine_demand)
        .service(submit_demand::submit_medicine_demand)
        .service(submission_document::get_medicine_demand_submission_document)
        .service(approve_demand::approve_medicine_demand)
        .service(approval_document::get_medicine_demand_approval_document)
        .service(refuse_demand::refuse_medicine_demand)
        .service(give_opinion::give_medicine_demand_opinion)
        .service(opinion_document::get_medicine_demand_opinion_document)
        .service(assign_demand::assign_medicine_demand)
        .service(prepare_resolution::prepare_medicine_demand_resolution)
        .service(return_resolution_draft::return_medicine_demand_resolution_draft)
        .service(resolve_demand::resolve_medicine_demand)
        .service(resolution_document::get_medicine_demand_resolution_document)
        .service(withdraw_demand::withdraw_medicine_demand)
        .service(take_over_demand::take_over_medicine_demand)
        .service(prepare_revocation::prepare_medicine_demand_revocation)
        .service(revoke_demand::revoke_medicine_demand)
        .service(hand_over_demand::hand_over_medicine_demand)
        .service(return_handover::return_medicine_demand_handover)
        .service(realise_demand::realise_medicine_demand)
        .service(reverse_realisation::reverse_medicine_demand_realisation)
        .service(demand_actions::list_medicine_demand_actions)
        .service(demand_history::read_medicine_demand_history)
        .service(demand_versions::list_medicine_demand_versions)
        .service(product_matches::list_medicine_demand_product_matches)
        .service(print_demand::print_medicine_demand);
}
