//! Who may do what: one table role × action; what a caller is to a demand decides in a file of its own.

use crate::caller::{Caller, Role};
use domain::demand::lifecycle::Command;
use domain::problem::ProblemType;
use domain::{device_order, device_repair_order, temporary_authorisation};

mod relation;
mod table;

pub use relation::{Facts, Relation, Standing, authorize, relation};
pub(crate) use relation::{office_of, person_number};
pub use table::table;

/// Everything that the API lets somebody do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    CreateDemand,
    CopyDemand,
    ReadDemand,
    SearchDemands,
    ValidateDemand,
    /// Enter a demand from paper (PF art. 4ad(8)).
    EnterPaper,
    Demand(Command),
    /// Write messages, mark them as read, and add attachments.
    Correspond,
    RetrieveDemand,
    ReadSupplyFeed,
    SearchBatches,
    ReadDirectory,
    ReadProducts,
    ReadProductMatches,
    ReadDeviceGroups,
    EnterDeviceFigures,
    ReadProviderProducts,
    KeepProviderProducts,
    DiagnoseSignature,
    AskOperation,
    ReadAccessLog,
    KeepConsents,
    ReadOutages,
    KeepOutages,
    KeepAbsences,
    CreateAuthorisation,
    ReadAuthorisation,
    ValidateAuthorisation,
    /// Enter a notification from paper (PF art. 4ad(8)).
    EnterAuthorisationPaper,
    /// The same as on demands.
    CorrespondOnAuthorisation,
    Authorisation(temporary_authorisation::Command),
    CreateDeviceOrder,
    ReadDeviceOrder,
    /// By patient.
    SearchDeviceOrders,
    ValidateDeviceOrder,
    /// Enter orders from paper and confirm them (refund act art. 38(4c)).
    ConfirmPaperOrder,
    AddPaperOrderScan,
    /// With the data that open an order to a provider.
    LookUpDeviceOrder,
    /// End the delays of look-ups for a patient.
    ReleaseLookUps,
    /// See an order whole for an hour, with a reason that its patient sees.
    BreakGlass,
    QuoteDeviceOrder,
    ReadTakeUps,
    /// What is due from the payer.
    ReadSettlements,
    DeviceOrder(device_order::Command),
    CreateRepairOrder,
    ReadRepairOrder,
    ValidateRepairOrder,
    /// See a repair order whole for an hour, with a reason that its patient sees.
    BreakRepairGlass,
    RepairOrder(device_repair_order::Command),
}

use Role::{
    AgricultureMinistry, AssessmentAgency, Consultant, DevicePrescriber, DeviceProvider,
    EntityRepresentative, MedicalAssistant, MinistryDecider, MinistryPreparer, NfzOfficer, Patient, Pharmacy,
    Physician, ProductOffice, ResponsiblePerson, SanitaryInspectorate, Wholesaler,
};

const EVERYONE: &[Role] = &Role::ALL;

impl Action {
    /// All actions in the order of the printed table.
    pub fn all() -> Vec<Self> {
        let commands =
            Command::ALL.into_iter().filter(|command| *command != Command::Elapse).map(Self::Demand);
        let first = [Self::CreateDemand, Self::CopyDemand, Self::ReadDemand, Self::SearchDemands];
        first
            .into_iter()
            .chain([Self::ValidateDemand, Self::EnterPaper])
            .chain(commands)
            .chain([
                Self::Correspond,
                Self::RetrieveDemand,
                Self::ReadSupplyFeed,
                Self::SearchBatches,
                Self::ReadDirectory,
                Self::ReadProducts,
                Self::ReadProductMatches,
                Self::ReadDeviceGroups,
                Self::EnterDeviceFigures,
                Self::ReadProviderProducts,
                Self::KeepProviderProducts,
                Self::DiagnoseSignature,
                Self::AskOperation,
                Self::ReadAccessLog,
                Self::KeepConsents,
                Self::ReadOutages,
                Self::KeepOutages,
                Self::KeepAbsences,
                Self::CreateAuthorisation,
                Self::ReadAuthorisation,
                Self::ValidateAuthorisation,
                Self::EnterAuthorisationPaper,
                Self::CorrespondOnAuthorisation,
            ])
            .chain(
                temporary_authorisation::Command::ALL
                    .into_iter()
                    .filter(|command| *command != temporary_authorisation::Command::Elapse)
                    .map(Self::Authorisation),
            )
            .chain([
                Self::CreateDeviceOrder,
                Self::ReadDeviceOrder,
                Self::SearchDeviceOrders,
                Self::ValidateDeviceOrder,
                Self::ConfirmPaperOrder,
                Self::AddPaperOrderScan,
                Self::LookUpDeviceOrder,
                Self::ReleaseLookUps,
                Self::BreakGlass,
                Self::QuoteDeviceOrder,
                Self::ReadTakeUps,
                Self::ReadSettlements,
            ])
            .chain(
                device_order::Command::ALL
                    .into_iter()
                    .map(Self::DeviceOrder)
                    .filter(|action| !action.roles().is_empty()),
            )
            .chain([
                Self::CreateRepairOrder,
                Self::ReadRepairOrder,
                Self::ValidateRepairOrder,
                Self::BreakRepairGlass,
            ])
            .chain(
                device_repair_order::Command::ALL
                    .into_iter()
                    .map(Self::RepairOrder)
                    .filter(|action| !action.roles().is_empty()),
            )
            .collect()
    }

    /// The name that the table and the audit use.
    pub fn name(self) -> String {
        match self {
            Self::CreateDemand => "create_demand".to_owned(),
            Self::CopyDemand => "copy_demand".to_owned(),
            Self::ReadDemand => "read_demand".to_owned(),
            Self::SearchDemands => "search_demands".to_owned(),
            Self::ValidateDemand => "validate_demand".to_owned(),
            Self::EnterPaper => "enter_demand_from_paper".to_owned(),
            Self::Demand(command) => format!("demand.{}", command.name()),
            Self::Correspond => "correspond".to_owned(),
            Self::RetrieveDemand => "retrieve_demand".to_owned(),
            Self::ReadSupplyFeed => "read_supply_feed".to_owned(),
            Self::SearchBatches => "search_batches".to_owned(),
            Self::ReadDirectory => "read_directory".to_owned(),
            Self::ReadProducts => "read_products".to_owned(),
            Self::ReadProductMatches => "read_product_matches".to_owned(),
            Self::ReadDeviceGroups => "read_device_groups".to_owned(),
            Self::EnterDeviceFigures => "enter_device_figures".to_owned(),
            Self::ReadProviderProducts => "read_provider_products".to_owned(),
            Self::KeepProviderProducts => "keep_provider_products".to_owned(),
            Self::DiagnoseSignature => "diagnose_signature".to_owned(),
            Self::AskOperation => "ask_operation".to_owned(),
            Self::ReadAccessLog => "read_access_log".to_owned(),
            Self::KeepConsents => "keep_consents".to_owned(),
            Self::ReadOutages => "read_outages".to_owned(),
            Self::KeepOutages => "keep_outages".to_owned(),
            Self::KeepAbsences => "keep_absences".to_owned(),
            Self::CreateAuthorisation => "create_temporary_authorisation".to_owned(),
            Self::ReadAuthorisation => "read_temporary_authorisation".to_owned(),
            Self::ValidateAuthorisation => "validate_temporary_authorisation".to_owned(),
            Self::EnterAuthorisationPaper => "enter_temporary_authorisation_from_paper".to_owned(),
            Self::CorrespondOnAuthorisation => "correspond_on_temporary_authorisation".to_owned(),
            Self::Authorisation(command) => format!("temporary_authorisation.{}", command.name()),
            Self::CreateDeviceOrder => "create_device_order".to_owned(),
            Self::ReadDeviceOrder => "read_device_order".to_owned(),
            Self::SearchDeviceOrders => "search_device_orders".to_owned(),
            Self::ValidateDeviceOrder => "validate_device_order".to_owned(),
            Self::ConfirmPaperOrder => "confirm_paper_order".to_owned(),
            Self::AddPaperOrderScan => "add_paper_order_scan".to_owned(),
            Self::LookUpDeviceOrder => "look_up_device_order".to_owned(),
            Self::ReleaseLookUps => "release_look_ups".to_owned(),
            Self::BreakGlass => "break_glass".to_owned(),
            Self::QuoteDeviceOrder => "quote_device_order".to_owned(),
            Self::ReadTakeUps => "read_take_ups".to_owned(),
            Self::ReadSettlements => "read_settlements".to_owned(),
            Self::DeviceOrder(command) => format!("device_order.{}", command.name()),
            Self::CreateRepairOrder => "create_device_repair_order".to_owned(),
            Self::ReadRepairOrder => "read_device_repair_order".to_owned(),
            Self::ValidateRepairOrder => "validate_device_repair_order".to_owned(),
            Self::BreakRepairGlass => "break_repair_glass".to_owned(),
            Self::RepairOrder(command) => format!("device_repair_order.{}", command.name()),
        }
    }

    /// What an operation does that has an answer under its key.
    pub fn of_operation(operation: &str) -> Option<Self> {
        Some(match operation {
            "create_demand" => Self::CreateDemand,
            "copy_demand" => Self::CopyDemand,
            "edit_demand" => Self::Demand(Command::Edit),
            "submit_demand" => Self::Demand(Command::Submission),
            "approve_demand" => Self::Demand(Command::RepresentativeApproval),
            "refuse_demand" => Self::Demand(Command::RepresentativeRefusal),
            "give_opinion" => Self::Demand(Command::Opinion),
            "enter_demand_from_paper" => Self::EnterPaper,
            "correct_demand_from_paper" => Self::Demand(Command::PaperCorrection),
            "assign_demand" => Self::Demand(Command::Assignment),
            "ask_clarification" => Self::Demand(Command::Clarification),
            "answer_clarification" => Self::Demand(Command::ClarificationAnswer),
            "close_clarification" => Self::Demand(Command::ClarificationClosure),
            "prepare_resolution" => Self::Demand(Command::ResolutionDraft),
            "return_resolution_draft" => Self::Demand(Command::ResolutionDraftReturn),
            "resolve_demand" => Self::Demand(Command::Resolution),
            "refuse_pending_step" => Self::Demand(Command::PendingStepRefusal),
            "withdraw_demand" => Self::Demand(Command::Withdrawal),
            "take_over_demand" => Self::Demand(Command::Takeover),
            "prepare_revocation" => Self::Demand(Command::RevocationDraft),
            "revoke_demand" => Self::Demand(Command::Revocation),
            "hand_over_demand" => Self::Demand(Command::Handover),
            "return_handover" => Self::Demand(Command::HandoverReturn),
            "receive_on_paper" => Self::Demand(Command::PaperReceipt),
            "realise_demand" => Self::Demand(Command::Realisation),
            "reverse_realisation" => Self::Demand(Command::RealisationReversal),
            "report_treated_patients" => Self::Demand(Command::TreatedPatients),
            "take_back_treated_patient" => Self::Demand(Command::TreatedPatientReversal),
            "reopen_patient_list" => Self::Demand(Command::PatientListReopening),
            "send_message" | "mark_message_read" | "add_attachment" => Self::Correspond,
            "record_outage" | "end_outage" | "release_outage" => Self::KeepOutages,
            "record_absence" | "end_absence" => Self::KeepAbsences,
            "change_patient_consents" => Self::KeepConsents,
            "enter_device_figures" => Self::EnterDeviceFigures,
            "create_provider_product"
            | "change_provider_product"
            | "withdraw_provider_product"
            | "replace_provider_products" => Self::KeepProviderProducts,
            _ => {
                return crate::temporary_authorisation::action_of_operation(operation)
                    .or_else(|| crate::device_order::action_of_operation(operation))
                    .or_else(|| crate::device_repair_order::action_of_operation(operation));
            }
        })
    }

    /// The roles that may try; whether this document admits it is asked next.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::CreateDemand | Self::CopyDemand | Self::SearchDemands | Self::ValidateDemand => {
                &[Physician]
            }
            Self::EnterPaper | Self::EnterAuthorisationPaper => &[MinistryPreparer],
            Self::ReadDemand | Self::Correspond => &[
                Physician,
                EntityRepresentative,
                Consultant,
                MinistryPreparer,
                MinistryDecider,
                Pharmacy,
                Wholesaler,
                SanitaryInspectorate,
                ProductOffice,
                AssessmentAgency,
                AgricultureMinistry,
                Patient,
            ],
            Self::Demand(command) => command_roles(command),
            Self::RetrieveDemand => &[Pharmacy, Wholesaler],
            Self::ReadSupplyFeed => &[Wholesaler],
            Self::SearchBatches => &[Pharmacy, Wholesaler, MinistryPreparer, MinistryDecider],
            Self::ReadDirectory
            | Self::ReadProducts
            | Self::ReadDeviceGroups
            | Self::ReadOutages
            | Self::AskOperation => EVERYONE,
            Self::EnterDeviceFigures
            | Self::ReleaseLookUps
            | Self::BreakGlass
            | Self::BreakRepairGlass
            | Self::ConfirmPaperOrder
            | Self::AddPaperOrderScan => &[NfzOfficer],
            Self::ReadProviderProducts
            | Self::KeepProviderProducts
            | Self::LookUpDeviceOrder
            | Self::QuoteDeviceOrder
            | Self::ReadTakeUps => &[DeviceProvider],
            Self::ReadSettlements => &[DeviceProvider, NfzOfficer],
            Self::ReadProductMatches => &[Physician, MinistryPreparer, MinistryDecider],
            Self::DiagnoseSignature => &[
                Physician,
                EntityRepresentative,
                Consultant,
                ResponsiblePerson,
                DevicePrescriber,
                MedicalAssistant,
                NfzOfficer,
                MinistryPreparer,
                MinistryDecider,
            ],
            Self::ReadAccessLog | Self::KeepConsents => &[Patient],
            Self::KeepOutages => &[MinistryPreparer, MinistryDecider],
            Self::KeepAbsences => &[Consultant, MinistryPreparer, MinistryDecider],
            Self::CreateAuthorisation | Self::ValidateAuthorisation => &[ResponsiblePerson],
            Self::ReadAuthorisation | Self::CorrespondOnAuthorisation => &[
                ResponsiblePerson,
                EntityRepresentative,
                MinistryPreparer,
                MinistryDecider,
                Pharmacy,
                Wholesaler,
                ProductOffice,
                AssessmentAgency,
                AgricultureMinistry,
                SanitaryInspectorate,
            ],
            Self::Authorisation(command) => crate::temporary_authorisation::command_roles(command),
            Self::CreateDeviceOrder | Self::ValidateDeviceOrder => &[DevicePrescriber, MedicalAssistant],
            Self::ReadDeviceOrder | Self::ReadRepairOrder => {
                &[DevicePrescriber, MedicalAssistant, DeviceProvider, NfzOfficer, Patient]
            }
            Self::SearchDeviceOrders => &[DevicePrescriber, MedicalAssistant, NfzOfficer],
            Self::CreateRepairOrder | Self::ValidateRepairOrder => {
                &[DevicePrescriber, MedicalAssistant, NfzOfficer]
            }
            Self::DeviceOrder(command) => crate::device_order::command_roles(command),
            Self::RepairOrder(command) => crate::device_repair_order::command_roles(command),
        }
    }
}

fn command_roles(command: Command) -> &'static [Role] {
    match command {
        // Who was treated with what is the physician's to say: a pharmacy hands out to the ward and learns of nobody.
        Command::Edit
        | Command::Submission
        | Command::Withdrawal
        | Command::Takeover
        | Command::TreatedPatients
        | Command::TreatedPatientReversal
        | Command::PatientListReopening => &[Physician],
        Command::RepresentativeApproval | Command::RepresentativeRefusal => &[EntityRepresentative],
        Command::Opinion => &[Consultant],
        Command::Assignment
        | Command::PaperCorrection
        | Command::Clarification
        | Command::ClarificationClosure
        | Command::ResolutionDraft
        | Command::RevocationDraft => &[MinistryPreparer],
        Command::ClarificationAnswer => &[
            Physician,
            Consultant,
            MinistryPreparer,
            ProductOffice,
            AssessmentAgency,
            AgricultureMinistry,
            SanitaryInspectorate,
        ],
        // No merits: whoever records an outage (OU) may also end what one keeps waiting.
        Command::PendingStepRefusal | Command::ResolutionDraftReturn => &[MinistryPreparer, MinistryDecider],
        Command::Resolution | Command::Revocation => &[MinistryDecider],
        Command::Handover => &[Pharmacy],
        Command::HandoverReturn | Command::Realisation | Command::RealisationReversal => {
            &[Pharmacy, Wholesaler]
        }
        Command::PaperReceipt => &[Wholesaler],
        Command::Elapse => &[],
    }
}

/// Whether the caller's role may try this at all; asked before any document is looked at.
pub fn authorize_role(caller: &Caller, action: Action) -> Result<(), &'static ProblemType> {
    if action.roles().contains(&caller.role) { Ok(()) } else { Err(crate::faults::ROLE) }
}
