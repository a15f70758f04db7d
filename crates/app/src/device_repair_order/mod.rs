//! Use cases of orders for repairs of medical devices (refund act art. 38), one file per operation.

mod access;
mod actions;
mod announce;
mod break_glass;
mod cancel_repair_order;
mod create_repair_order;
mod edit_repair_order;
mod elapse;
mod history;
mod list_patient_repair_orders;
mod list_repair_orders;
mod look_up_repair_order;
mod pending_step;
mod print_repair_order;
mod quote_repair_order;
mod read;
mod realise_repair_order;
mod refuse_pending_step;
mod request_repair_release;
mod signed;
mod submit_repair_order;
mod take_up_repair_order;
mod validate_repair_order;
mod verify;
mod versions;
pub mod view;
pub mod visibility;
mod withdraw_repair_realisation;
mod withdraw_repair_take_up;
mod write;

pub use access::Relation;
pub use actions::{RepairActionLine, RepairActions};
pub use break_glass::BrokenRepairGlass;
pub use create_repair_order::CreateRepairOrder;
pub use edit_repair_order::EditRepairOrder;
pub use history::RepairHistoryLine;
pub use list_patient_repair_orders::{OwnRepairOrder, OwnRepairOrders};
pub use list_repair_orders::RepairOrderFilter;
pub use quote_repair_order::RepairQuote;
pub use realise_repair_order::RealiseRepairOrder;
pub use store::device_repair_order::RepairOrderLine;
pub use validate_repair_order::RepairValidation;
pub use versions::RepairVersion;
pub use view::RepairOrderView;
pub use write::RepairTarget;

pub(crate) use elapse::elapse_in;
pub(crate) use pending_step::{SignedCommand, refuse_step};

use crate::authorize::Action;
use crate::caller::Role::{self, DevicePrescriber, DeviceProvider, MedicalAssistant, NfzOfficer, Patient};
use domain::device_repair_order::Command;

/// What an operation does that has an answer under its key.
pub(crate) fn action_of_operation(operation: &str) -> Option<Action> {
    Some(Action::RepairOrder(match operation {
        "create_device_repair_order" => return Some(Action::CreateRepairOrder),
        "break_device_repair_order_glass" => return Some(Action::BreakRepairGlass),
        "edit_device_repair_order" => Command::Edit,
        "submit_device_repair_order" => Command::Submission,
        "refuse_device_repair_order_pending_step" => Command::PendingStepRefusal,
        "correct_device_repair_order" => Command::Correction,
        "cancel_device_repair_order" => Command::Cancellation,
        "take_up_device_repair_order" => Command::TakeUp,
        "withdraw_device_repair_take_up" => Command::TakeUpWithdrawal,
        "request_device_repair_release" => Command::ReleaseRequest,
        "realise_device_repair_order" => Command::Realisation,
        "withdraw_device_repair_realisation" => Command::RealisationWithdrawal,
        _ => return None,
    }))
}

/// The roles that may try a command; whether this order admits it is asked next.
pub(crate) fn command_roles(command: Command) -> &'static [Role] {
    match command {
        Command::Edit
        | Command::Submission
        | Command::PendingStepRefusal
        | Command::Correction
        | Command::Cancellation => &[DevicePrescriber, MedicalAssistant, NfzOfficer],
        Command::TakeUp | Command::Realisation => &[DeviceProvider],
        Command::ReleaseRequest => &[DeviceProvider, Patient],
        Command::TakeUpWithdrawal | Command::RealisationWithdrawal => &[DeviceProvider, NfzOfficer],
        // The payer itself looks, and time passes by itself.
        Command::VerificationResult | Command::Elapse => &[],
    }
}
