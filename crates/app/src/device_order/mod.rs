//! Use cases of orders for medical devices (refund act art. 38), one file per operation.

mod accept_device_order;
mod access;
mod access_data;
mod actions;
mod announce;
mod break_glass;
mod cancel_device_order;
mod codes;
mod confirm_receipt;
mod create_device_order;
mod edit_device_order;
mod elapse;
mod find_take_up;
mod history;
mod list_device_orders;
mod list_patient_orders;
mod list_take_ups;
mod look_again;
mod look_up_device_order;
mod names;
mod paper;
mod pending_step;
mod periods_of_use;
pub(crate) mod print;
mod quote_device_order;
mod read;
mod realise_take_up;
mod refuse_pending_step;
mod release_look_ups;
mod renew_access_code;
mod request_release;
mod settlement;
mod signed;
mod submit_device_order;
mod take_up_device_order;
mod throttle;
mod validate_device_order;
mod verify;
mod versions;
pub mod view;
pub mod visibility;
mod withdraw_realisation;
mod withdraw_take_up;
mod write;

pub use access::Relation;
pub use access_data::OrderAccessData;
pub use actions::{OrderActionLine, OrderActions};
pub use break_glass::BrokenGlass;
pub use confirm_receipt::{ConfirmReceipt, FIRST_RECEIPT};
pub use create_device_order::CreateDeviceOrder;
pub use edit_device_order::EditDeviceOrder;
pub use history::OrderHistoryLine;
pub use list_device_orders::{DeviceOrderFilter, PageOfDay};
pub use list_patient_orders::{OwnDeviceOrder, OwnDeviceOrders, OwnPeriod, TakenBy};
pub use paper::{BatchLine, BatchReport, KeptScan, LineOutcome, PaperOrder};
pub use quote_device_order::{
    OrderQuote, Price, Quotable, QuoteDeviceOrder, QuotedChoice, QuotedItem, QuotedProduct,
};
pub use realise_take_up::{NamedItem, RealiseTakeUp};
pub use release_look_ups::LookUpsReleased;
pub use settlement::{ReadSettlement, Settlement, SettlementPart};
pub use store::device_order::{
    CodeSum, DeviceOrderLine, ProviderSum, SettlementEntry, Sum, TakeUpLine, TakenUpBy,
};
pub use take_up_device_order::TakeUpDeviceOrder;
pub use validate_device_order::OrderValidation;
pub use versions::OrderVersion;
pub use view::DeviceOrderView;
pub use write::OrderTarget;

pub(crate) use access::{Facts, facts, on_record};
pub(crate) use create_device_order::{is_taken, prescriber};
pub(crate) use elapse::{elapse_in, elapsed_page};
pub(crate) use names::Names;
pub(crate) use pending_step::{SignedCommand, refuse_step};
pub(crate) use periods_of_use::periods_of_use;
pub(crate) use read::{OrderReading, Subject};
pub(crate) use request_release::requester;
pub(crate) use settlement::book_entries;
pub(crate) use submit_device_order::number;
pub(crate) use verify::{AT_ONCE, ATTEMPTS, MOST_TRIES, groups_of, lease, orders_of, times};
pub(crate) use write::with_not_before;

use crate::authorize::Action;
use crate::caller::Role::{self, DevicePrescriber, DeviceProvider, MedicalAssistant, NfzOfficer, Patient};
use domain::device_order::Command;

/// What an operation does that has an answer under its key.
pub(crate) fn action_of_operation(operation: &str) -> Option<Action> {
    Some(Action::DeviceOrder(match operation {
        "create_device_order" => return Some(Action::CreateDeviceOrder),
        "edit_device_order" => Command::Edit,
        "submit_device_order" => Command::Submission,
        "correct_device_order" => Command::Correction,
        "refuse_device_order_pending_step" => Command::PendingStepRefusal,
        "accept_device_order" => Command::Acceptance,
        "cancel_device_order" => Command::Cancellation,
        "reply_to_paper_order" => Command::Reply,
        "confirm_paper_order" | "confirm_paper_orders" => return Some(Action::ConfirmPaperOrder),
        "add_paper_order_scan" => return Some(Action::AddPaperOrderScan),
        "break_device_order_glass" => return Some(Action::BreakGlass),
        "renew_access_code" => Command::CodeRenewal,
        "release_look_ups" => return Some(Action::ReleaseLookUps),
        "take_up_device_order" => Command::TakeUp,
        "withdraw_take_up" => Command::TakeUpWithdrawal,
        "request_release" => Command::ReleaseRequest,
        "realise_take_up" => Command::Realisation,
        "withdraw_realisation" => Command::RealisationWithdrawal,
        "confirm_receipt" => Command::Receipt,
        _ => return None,
    }))
}

/// The roles that may try a command; whether this order admits it is asked next.
pub(crate) fn command_roles(command: Command) -> &'static [Role] {
    match command {
        Command::Edit | Command::Submission | Command::Correction => &[DevicePrescriber, MedicalAssistant],
        Command::Cancellation | Command::PendingStepRefusal => {
            &[DevicePrescriber, MedicalAssistant, NfzOfficer]
        }
        Command::Acceptance | Command::Reply => &[NfzOfficer],
        Command::CodeRenewal => &[DevicePrescriber, MedicalAssistant, Patient, NfzOfficer],
        Command::TakeUp | Command::Realisation => &[DeviceProvider],
        Command::ReleaseRequest => &[DeviceProvider, Patient],
        Command::TakeUpWithdrawal | Command::RealisationWithdrawal | Command::Receipt => {
            &[DeviceProvider, NfzOfficer]
        }
        // The payer itself looks, and time passes by itself.
        Command::Verification | Command::VerificationResult | Command::TakeUpResult | Command::Elapse => &[],
    }
}
