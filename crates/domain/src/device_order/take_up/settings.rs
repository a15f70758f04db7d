//! What an operator sets of take-ups, and what counts where nothing is set.

use crate::device_order::money::Rounding;

/// How long a hold lasts.
pub const HOLD_DAYS: u32 = 14;
/// How long after a hold a confirmation may follow.
pub const CONFIRMATION_DAYS: u32 = 7;
/// How long a provider may change what it confirmed: the payer's «time set in the system» is not published.
const CHANGE_DAYS: u32 = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many days the goods may take.
    pub hold_days: u32,
    /// How many days after that the confirmation of an issue may follow.
    pub confirmation_days: u32,
    /// How many days after its confirmation a provider may take an issue back.
    pub withdrawal_days: u32,
    /// The same of correcting its receipt.
    pub receipt_days: u32,
    /// Where half a grosz is rounded up.
    pub rounding: Rounding,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hold_days: HOLD_DAYS,
            confirmation_days: CONFIRMATION_DAYS,
            withdrawal_days: CHANGE_DAYS,
            receipt_days: CHANGE_DAYS,
            rounding: Rounding::default(),
        }
    }
}
