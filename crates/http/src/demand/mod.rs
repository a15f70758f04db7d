//! Demands over HTTP: one file per operation, and what they read and show. Each operation is served under the address
//! of every kind; [`crate::contract`] tells them apart.

mod answer_clarification;
mod approval_document;
mod approve_demand;
mod ask_clarification;
mod assign_demand;
pub mod choices;
mod close_clarification;
pub mod content;
mod copy_demand;
mod correct_paper;
mod create_demand;
mod demand_actions;
mod demand_history;
mod demand_versions;
pub mod disaster;
mod edit_demand;
mod enter_paper;
pub(crate) mod examples;
mod find_demand;
mod give_opinion;
mod hand_over_demand;
pub mod lines;
mod list_demands;
mod list_treated_patients;
mod opinion_document;
pub(crate) mod parse;
pub(crate) mod place;
pub mod possible_actions;
mod prepare_resolution;
mod prepare_revocation;
pub(crate) mod print_demand;
pub mod product;
mod product_matches;
mod realise_demand;
mod refuse_demand;
mod refuse_pending_step;
mod reopen_patient_list;
mod report_treated_patients;
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
mod take_back_treated_patient;
mod take_over_demand;
mod validate_demand;
mod validate_paper;
pub mod view;
mod warnings;
mod withdraw_demand;

use domain::demand::model::DemandKind;
use utoipa_actix_web::scope::scope;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    for kind in DemandKind::ALL {
        let operations = scope(place::collection(kind).as_str()).app_data(kind).configure(operations);
        cfg.service(match kind {
            DemandKind::Medicine => operations.service(product_matches::list_demand_product_matches),
            DemandKind::Food => operations,
        });
    }
}

/// The fixed paths come before those that an id could match.
fn operations(cfg: &mut ServiceConfig) {
    cfg.service(create_demand::create_demand)
        .service(edit_demand::edit_demand)
        .service(find_demand::find_demand)
        .service(list_demands::list_demands)
        .service(search_demands::search_demands)
        .service(copy_demand::copy_demand)
        .service(validate_demand::validate_demand)
        .service(enter_paper::enter_demand_from_paper)
        .service(validate_paper::validate_demand_from_paper)
        .service(correct_paper::correct_demand_from_paper)
        .service(submit_demand::submit_demand)
        .service(submission_document::get_demand_submission_document)
        .service(approve_demand::approve_demand)
        .service(approval_document::get_demand_approval_document)
        .service(refuse_demand::refuse_demand)
        .service(give_opinion::give_demand_opinion)
        .service(opinion_document::get_demand_opinion_document)
        .service(assign_demand::assign_demand)
        .service(ask_clarification::ask_demand_clarification)
        .service(answer_clarification::answer_demand_clarification)
        .service(close_clarification::close_demand_clarification)
        .service(prepare_resolution::prepare_demand_resolution)
        .service(return_resolution_draft::return_demand_resolution_draft)
        .service(resolve_demand::resolve_demand)
        .service(resolution_document::get_demand_resolution_document)
        .service(refuse_pending_step::refuse_demand_pending_step)
        .service(withdraw_demand::withdraw_demand)
        .service(take_over_demand::take_over_demand)
        .service(prepare_revocation::prepare_demand_revocation)
        .service(revoke_demand::revoke_demand)
        .service(hand_over_demand::hand_over_demand)
        .service(return_handover::return_demand_handover)
        .service(realise_demand::realise_demand)
        .service(reverse_realisation::reverse_demand_realisation)
        .service(report_treated_patients::report_demand_treated_patients)
        .service(list_treated_patients::list_demand_treated_patients)
        .service(take_back_treated_patient::take_back_demand_treated_patient)
        .service(reopen_patient_list::reopen_demand_patient_list)
        .service(demand_actions::list_demand_actions)
        .service(demand_history::read_demand_history)
        .service(demand_versions::list_demand_versions)
        .service(print_demand::print_demand);
    crate::correspondence::routes(cfg);
}
