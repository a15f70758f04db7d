//! Passing a consent on to its wholesaler, and drawing it down (PF art. 4(8), 4ad(5)).

mod drawing;
mod handover;

pub use drawing::{AskedRealisation, LedgerDecision, REALISATION_RULES, REVERSAL_RULES, realise, reverse};
pub use handover::{
    AskedHandover, AskedReturn, HANDOVER_RETURN_RULES, HANDOVER_RULES, hand_over, return_handover,
};
