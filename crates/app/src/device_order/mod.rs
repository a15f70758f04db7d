//! Use cases of orders for medical devices (refund act art. 38), one file per operation.

mod accept_device_order;
mod access;
mod access_data;
mod actions;
mod announce;
mod cancel_device_order;
mod create_device_order;
mod edit_device_order;
mod elapse;
mod history;
mod list_device_orders;
mod list_take_ups;
mod look_again;
mod look_up_device_order;
mod paper;
mod quote_device_order;
mod read;
mod release_look_ups;
mod signed;
mod submit_device_order;
mod take_up_device_order;
mod throttle;
mod validate_device_order;
mod verify;
mod versions;
pub mod view;
pub mod visibility;
mod withdraw_take_up;
mod write;

pub use access::Relation;
pub use access_data::OrderAccessData;
pub use actions::{OrderActionLine, OrderActions};
pub use create_device_order::CreateDeviceOrder;
pub use edit_device_order::EditDeviceOrder;
pub use history::OrderHistoryLine;
pub use list_device_orders::DeviceOrderFilter;
pub use paper::{BatchLine, BatchReport, KeptScan, LineOutcome, PaperOrder};
pub use quote_device_order::{
    OrderQuote, Price, Quotable, QuoteDeviceOrder, QuotedChoice, QuotedItem, QuotedProduct,
};
pub use release_look_ups::LookUpsReleased;
pub use store::device_order::{DeviceOrderLine, TakeUpLine};
pub use take_up_device_order::TakeUpDeviceOrder;
pub use validate_device_order::OrderValidation;
pub use versions::OrderVersion;
pub use view::DeviceOrderView;
pub use write::OrderTarget;

pub(crate) use elapse::elapse_in;
pub(crate) use read::OrderReading;

use crate::authorize::Action;
use crate::caller::Role::{self, DevicePrescriber, DeviceProvider, MedicalAssistant, NfzOfficer};
use domain::device_order::Command;

/// What an operation does that has an answer under its key.
pub(crate) fn action_of_operation(operation: &str) -> Option<Action> {
    Some(Action::DeviceOrder(match operation {
        "create_device_order" => return Some(Action::CreateDeviceOrder),
        "edit_device_order" => Command::Edit,
        "submit_device_order" => Command::Submission,
        "correct_device_order" => Command::Correction,
        "accept_device_order" => Command::Acceptance,
        "cancel_device_order" => Command::Cancellation,
        "reply_to_paper_order" => Command::Reply,
        "confirm_paper_order" | "confirm_paper_orders" => return Some(Action::ConfirmPaperOrder),
        "add_paper_order_scan" => return Some(Action::AddPaperOrderScan),
        "release_look_ups" => return Some(Action::ReleaseLookUps),
        "take_up_device_order" => Command::TakeUp,
        "withdraw_take_up" => Command::TakeUpWithdrawal,
        _ => return None,
    }))
}

/// The roles that may try a command; whether this order admits it is asked next.
pub(crate) fn command_roles(command: Command) -> &'static [Role] {
    match command {
        Command::Edit | Command::Submission | Command::Correction => &[DevicePrescriber, MedicalAssistant],
        Command::Cancellation => &[DevicePrescriber, MedicalAssistant, NfzOfficer],
        Command::Acceptance | Command::Reply => &[NfzOfficer],
        Command::TakeUp | Command::Realisation | Command::Receipt => &[DeviceProvider],
        Command::TakeUpWithdrawal | Command::RealisationWithdrawal => &[DeviceProvider, NfzOfficer],
        // The payer itself looks, and time passes by itself.
        Command::Verification | Command::VerificationResult | Command::TakeUpResult | Command::Elapse => &[],
    }
}
