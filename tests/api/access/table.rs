//! Which action of the role table stands behind each operation of the contract.

use app::authorize::Action;
use app::caller::Role;
use domain::demand::lifecycle::Command;
use domain::device_order::Command as Ordered;
use domain::device_repair_order::Command as Repaired;
use domain::temporary_authorisation::Command as Notified;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Without a token.
    Public,
    /// With a role of this action.
    Roles(Action),
}

use Access::{Public, Roles};

const fn command(command: Command) -> Access {
    Roles(Action::Demand(command))
}

const fn notification(command: Notified) -> Access {
    Roles(Action::Authorisation(command))
}

const fn ordered(command: Ordered) -> Access {
    Roles(Action::DeviceOrder(command))
}

const fn repaired(command: Repaired) -> Access {
    Roles(Action::RepairOrder(command))
}

const TABLE: &[(&str, Access)] = &[
    ("create_demand", Roles(Action::CreateDemand)),
    ("edit_demand", command(Command::Edit)),
    ("find_demand", Roles(Action::ReadDemand)),
    ("list_demands", Roles(Action::ReadDemand)),
    ("search_demands", Roles(Action::SearchDemands)),
    ("copy_demand", Roles(Action::CopyDemand)),
    ("validate_demand", Roles(Action::ValidateDemand)),
    ("submit_demand", command(Command::Submission)),
    ("get_demand_submission_document", command(Command::Submission)),
    ("approve_demand", command(Command::RepresentativeApproval)),
    ("get_demand_approval_document", command(Command::RepresentativeApproval)),
    ("refuse_demand", command(Command::RepresentativeRefusal)),
    ("give_demand_opinion", command(Command::Opinion)),
    ("get_demand_opinion_document", command(Command::Opinion)),
    ("assign_demand", command(Command::Assignment)),
    ("ask_demand_clarification", command(Command::Clarification)),
    ("answer_demand_clarification", command(Command::ClarificationAnswer)),
    ("close_demand_clarification", command(Command::ClarificationClosure)),
    ("prepare_demand_resolution", command(Command::ResolutionDraft)),
    ("return_demand_resolution_draft", command(Command::ResolutionDraftReturn)),
    ("resolve_demand", command(Command::Resolution)),
    ("get_demand_resolution_document", command(Command::Resolution)),
    ("refuse_demand_pending_step", command(Command::PendingStepRefusal)),
    ("withdraw_demand", command(Command::Withdrawal)),
    ("take_over_demand", command(Command::Takeover)),
    ("prepare_demand_revocation", command(Command::RevocationDraft)),
    ("revoke_demand", command(Command::Revocation)),
    ("hand_over_demand", command(Command::Handover)),
    ("return_demand_handover", command(Command::HandoverReturn)),
    ("realise_demand", command(Command::Realisation)),
    ("reverse_demand_realisation", command(Command::RealisationReversal)),
    ("report_demand_treated_patients", command(Command::TreatedPatients)),
    ("list_demand_treated_patients", Roles(Action::ReadDemand)),
    ("take_back_demand_treated_patient", command(Command::TreatedPatientReversal)),
    ("reopen_demand_patient_list", command(Command::PatientListReopening)),
    ("list_demand_actions", Roles(Action::ReadDemand)),
    ("read_demand_history", Roles(Action::ReadDemand)),
    ("list_demand_versions", Roles(Action::ReadDemand)),
    ("enter_demand_from_paper", Roles(Action::EnterPaper)),
    ("validate_demand_from_paper", Roles(Action::EnterPaper)),
    ("correct_demand_from_paper", command(Command::PaperCorrection)),
    ("print_demand", Roles(Action::ReadDemand)),
    ("send_demand_message", Roles(Action::Correspond)),
    ("mark_demand_message_read", Roles(Action::Correspond)),
    ("list_demand_messages", Roles(Action::ReadDemand)),
    ("add_demand_attachment", Roles(Action::Correspond)),
    ("list_demand_attachments", Roles(Action::ReadDemand)),
    ("download_demand_attachment", Roles(Action::ReadDemand)),
    ("retrieve_demand", Roles(Action::RetrieveDemand)),
    ("receive_on_paper", command(Command::PaperReceipt)),
    ("list_supply_demands", Roles(Action::ReadSupplyFeed)),
    ("list_supply_authorisations", Roles(Action::ReadSupplyFeed)),
    ("list_batch", Roles(Action::SearchBatches)),
    ("list_accesses", Roles(Action::ReadAccessLog)),
    ("list_cases", Roles(Action::ReadAccessLog)),
    ("list_patient_device_orders", Roles(Action::ReadAccessLog)),
    ("read_patient_consents", Roles(Action::ReadAccessLog)),
    ("change_patient_consents", Roles(Action::KeepConsents)),
    ("diagnose_signature", Roles(Action::DiagnoseSignature)),
    ("list_consultants", Roles(Action::ReadDirectory)),
    ("list_wholesalers", Roles(Action::ReadDirectory)),
    ("list_medicinal_products", Roles(Action::ReadProducts)),
    ("list_device_groups", Roles(Action::ReadDeviceGroups)),
    ("find_device_group", Roles(Action::ReadDeviceGroups)),
    ("list_device_code_mappings", Roles(Action::ReadDeviceGroups)),
    ("enter_device_figures", Roles(Action::EnterDeviceFigures)),
    ("list_nfz_branches", Roles(Action::ReadDirectory)),
    ("list_providers", Roles(Action::ReadDirectory)),
    ("create_provider_product", Roles(Action::KeepProviderProducts)),
    ("change_provider_product", Roles(Action::KeepProviderProducts)),
    ("withdraw_provider_product", Roles(Action::KeepProviderProducts)),
    ("replace_provider_products", Roles(Action::KeepProviderProducts)),
    ("find_provider_product", Roles(Action::ReadProviderProducts)),
    ("list_provider_products", Roles(Action::ReadProviderProducts)),
    ("list_demand_product_matches", Roles(Action::ReadProductMatches)),
    ("record_absence", Roles(Action::KeepAbsences)),
    ("end_absence", Roles(Action::KeepAbsences)),
    ("record_outage", Roles(Action::KeepOutages)),
    ("end_outage", Roles(Action::KeepOutages)),
    ("release_outage", Roles(Action::KeepOutages)),
    ("list_outages", Roles(Action::ReadOutages)),
    ("find_outage", Roles(Action::ReadOutages)),
    ("find_operation", Roles(Action::AskOperation)),
    ("create_temporary_authorisation", Roles(Action::CreateAuthorisation)),
    ("validate_temporary_authorisation", Roles(Action::ValidateAuthorisation)),
    ("enter_temporary_authorisation_from_paper", Roles(Action::EnterAuthorisationPaper)),
    ("validate_temporary_authorisation_from_paper", Roles(Action::EnterAuthorisationPaper)),
    ("correct_temporary_authorisation_from_paper", notification(Notified::PaperCorrection)),
    ("list_temporary_authorisations", Roles(Action::ReadAuthorisation)),
    ("find_temporary_authorisation", Roles(Action::ReadAuthorisation)),
    ("list_temporary_authorisation_actions", Roles(Action::ReadAuthorisation)),
    ("read_temporary_authorisation_history", Roles(Action::ReadAuthorisation)),
    ("print_temporary_authorisation", Roles(Action::ReadAuthorisation)),
    ("list_temporary_authorisation_versions", Roles(Action::ReadAuthorisation)),
    ("send_temporary_authorisation_message", Roles(Action::CorrespondOnAuthorisation)),
    ("mark_temporary_authorisation_message_read", Roles(Action::CorrespondOnAuthorisation)),
    ("list_temporary_authorisation_messages", Roles(Action::ReadAuthorisation)),
    ("add_temporary_authorisation_attachment", Roles(Action::CorrespondOnAuthorisation)),
    ("list_temporary_authorisation_attachments", Roles(Action::ReadAuthorisation)),
    ("download_temporary_authorisation_attachment", Roles(Action::ReadAuthorisation)),
    ("edit_temporary_authorisation", notification(Notified::Edit)),
    ("open_temporary_authorisation_addition", notification(Notified::Addition)),
    ("refuse_temporary_authorisation_pending_step", notification(Notified::PendingStepRefusal)),
    ("withdraw_temporary_authorisation", notification(Notified::Withdrawal)),
    ("get_temporary_authorisation_submission_document", notification(Notified::Submission)),
    ("submit_temporary_authorisation", notification(Notified::Submission)),
    ("get_temporary_authorisation_approval_document", notification(Notified::RepresentativeApproval)),
    ("approve_temporary_authorisation", notification(Notified::RepresentativeApproval)),
    ("refuse_temporary_authorisation", notification(Notified::RepresentativeRefusal)),
    ("assign_temporary_authorisation", notification(Notified::Assignment)),
    ("ask_temporary_authorisation_clarification", notification(Notified::Clarification)),
    ("answer_temporary_authorisation_clarification", notification(Notified::ClarificationAnswer)),
    ("close_temporary_authorisation_clarification", notification(Notified::ClarificationClosure)),
    ("prepare_temporary_authorisation_resolution", notification(Notified::ResolutionDraft)),
    ("return_temporary_authorisation_resolution_draft", notification(Notified::ResolutionDraftReturn)),
    ("get_temporary_authorisation_resolution_document", notification(Notified::Resolution)),
    ("resolve_temporary_authorisation", notification(Notified::Resolution)),
    ("prepare_temporary_authorisation_revocation", notification(Notified::RevocationDraft)),
    ("revoke_temporary_authorisation", notification(Notified::Revocation)),
    ("hand_over_temporary_authorisation", notification(Notified::Handover)),
    ("return_temporary_authorisation_handover", notification(Notified::HandoverReturn)),
    ("draw_temporary_authorisation", notification(Notified::Realisation)),
    ("reverse_temporary_authorisation_realisation", notification(Notified::RealisationReversal)),
    ("create_device_order", Roles(Action::CreateDeviceOrder)),
    ("validate_device_order", Roles(Action::ValidateDeviceOrder)),
    ("list_device_orders", Roles(Action::ReadDeviceOrder)),
    ("search_device_orders", Roles(Action::SearchDeviceOrders)),
    ("find_device_order", Roles(Action::ReadDeviceOrder)),
    ("read_device_order_access_data", Roles(Action::ReadDeviceOrder)),
    ("renew_device_order_access_code", ordered(Ordered::CodeRenewal)),
    ("print_device_order", Roles(Action::ReadDeviceOrder)),
    ("print_device_order_information", Roles(Action::ReadDeviceOrder)),
    ("print_take_up", Roles(Action::ReadDeviceOrder)),
    ("list_device_order_actions", Roles(Action::ReadDeviceOrder)),
    ("read_device_order_history", Roles(Action::ReadDeviceOrder)),
    ("list_device_order_versions", Roles(Action::ReadDeviceOrder)),
    ("edit_device_order", ordered(Ordered::Edit)),
    ("get_device_order_submission_document", ordered(Ordered::Submission)),
    ("submit_device_order", ordered(Ordered::Submission)),
    ("get_device_order_correction_document", ordered(Ordered::Correction)),
    ("correct_device_order", ordered(Ordered::Correction)),
    ("refuse_device_order_pending_step", ordered(Ordered::PendingStepRefusal)),
    ("cancel_device_order", ordered(Ordered::Cancellation)),
    ("accept_device_order", ordered(Ordered::Acceptance)),
    ("confirm_paper_order", Roles(Action::ConfirmPaperOrder)),
    ("confirm_paper_orders", Roles(Action::ConfirmPaperOrder)),
    ("reply_to_paper_order", ordered(Ordered::Reply)),
    ("add_paper_order_scan", Roles(Action::AddPaperOrderScan)),
    ("download_paper_order_scan", Roles(Action::ReadDeviceOrder)),
    ("look_up_device_order", Roles(Action::LookUpDeviceOrder)),
    ("break_device_order_glass", Roles(Action::BreakGlass)),
    ("list_patient_device_repair_orders", Roles(Action::ReadAccessLog)),
    ("create_device_repair_order", Roles(Action::CreateRepairOrder)),
    ("list_device_repair_orders", Roles(Action::ReadRepairOrder)),
    ("validate_device_repair_order", Roles(Action::ValidateRepairOrder)),
    ("edit_device_repair_order", repaired(Repaired::Edit)),
    ("find_device_repair_order", Roles(Action::ReadRepairOrder)),
    ("get_device_repair_order_submission_document", repaired(Repaired::Submission)),
    ("submit_device_repair_order", repaired(Repaired::Submission)),
    ("refuse_device_repair_order_pending_step", repaired(Repaired::PendingStepRefusal)),
    ("get_device_repair_order_correction_document", repaired(Repaired::Correction)),
    ("correct_device_repair_order", repaired(Repaired::Correction)),
    ("cancel_device_repair_order", repaired(Repaired::Cancellation)),
    ("break_device_repair_order_glass", Roles(Action::BreakRepairGlass)),
    ("list_device_repair_order_actions", Roles(Action::ReadRepairOrder)),
    ("read_device_repair_order_history", Roles(Action::ReadRepairOrder)),
    ("list_device_repair_order_versions", Roles(Action::ReadRepairOrder)),
    ("release_look_ups", Roles(Action::ReleaseLookUps)),
    ("quote_device_order", Roles(Action::QuoteDeviceOrder)),
    ("take_up_device_order", ordered(Ordered::TakeUp)),
    ("withdraw_take_up", ordered(Ordered::TakeUpWithdrawal)),
    ("request_device_order_release", ordered(Ordered::ReleaseRequest)),
    ("look_up_device_repair_order", Roles(Action::LookUpDeviceOrder)),
    ("quote_device_repair_order", Roles(Action::QuoteDeviceOrder)),
    ("take_up_device_repair_order", repaired(Repaired::TakeUp)),
    ("withdraw_device_repair_take_up", repaired(Repaired::TakeUpWithdrawal)),
    ("request_device_repair_order_release", repaired(Repaired::ReleaseRequest)),
    ("realise_device_repair_order", repaired(Repaired::Realisation)),
    ("withdraw_device_repair_realisation", repaired(Repaired::RealisationWithdrawal)),
    ("print_device_repair_order", Roles(Action::ReadRepairOrder)),
    ("list_take_ups", Roles(Action::ReadTakeUps)),
    ("find_take_up", Roles(Action::ReadDeviceOrder)),
    ("realise_take_up", ordered(Ordered::Realisation)),
    ("withdraw_realisation", ordered(Ordered::RealisationWithdrawal)),
    ("confirm_receipt", ordered(Ordered::Receipt)),
    ("read_settlement_report", Roles(Action::ReadSettlements)),
    ("read_lifecycle", Public),
    ("check_decision", Public),
    ("verify_decision", Public),
    ("read_decision_keys", Public),
    ("list_problems", Public),
    ("read_problem", Public),
    ("report_liveness", Public),
    ("report_readiness", Public),
];

pub(super) fn access(id: &str) -> Option<Access> {
    let id = of_any_kind(id);
    TABLE.iter().find(|(its, _)| *its == id).map(|(_, access)| *access)
}

/// Operations of every kind of demand stand in the table once.
pub(super) fn of_any_kind(id: &str) -> String {
    id.replacen("medicine_demand", "demand", 1).replacen("food_demand", "demand", 1)
}

pub(super) fn ids() -> Vec<&'static str> {
    TABLE.iter().map(|(id, _)| *id).collect()
}

/// A persona of the role, and nobody of a role that takes no part in a demand.
pub(super) fn somebody_in(role: Role) -> Option<&'static str> {
    match role {
        Role::Physician => Some("hospital-physician"),
        Role::EntityRepresentative => Some("director"),
        Role::Consultant => Some("consultant-nephrology"),
        Role::MinistryPreparer => Some("preparer"),
        Role::MinistryDecider => Some("decider"),
        Role::Pharmacy => Some("hospital-pharmacist"),
        Role::Wholesaler => Some("wholesaler"),
        Role::Patient => Some("patient"),
        Role::SanitaryInspectorate => Some("inspector"),
        Role::ProductOffice => Some("product-officer"),
        Role::AssessmentAgency => Some("agency-officer"),
        Role::AgricultureMinistry => Some("agriculture-officer"),
        _ => None,
    }
}

/// Another physician of the entity.
pub(super) const COLLEAGUE: &str = "hospital-physician-second";

/// People in roles that take part in such a case, who take no part in this one. The ministry has every case, the
/// inspectorate every consent for a food.
pub(super) const OUTSIDERS: [(Role, &str); 10] = [
    (Role::ProductOffice, "product-officer"),
    (Role::AssessmentAgency, "agency-officer"),
    (Role::AgricultureMinistry, "agriculture-officer"),
    (Role::Physician, "clinic-physician"),
    (Role::Physician, COLLEAGUE),
    (Role::EntityRepresentative, "clinic-director"),
    (Role::Consultant, "consultant-paediatrics"),
    (Role::Pharmacy, "pharmacist"),
    (Role::Wholesaler, "wholesaler-second"),
    (Role::Patient, "patient-second"),
];

/// Nobody is a stranger to a case in these roles.
pub(super) const WITHOUT_OUTSIDERS: [Role; 3] =
    [Role::MinistryPreparer, Role::MinistryDecider, Role::SanitaryInspectorate];
