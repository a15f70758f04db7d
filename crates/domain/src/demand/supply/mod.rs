//! Passing an approved demand on to a wholesaler, and drawing it down (PF art. 4ad(5)–(7)).

mod drawing;
mod handover;

pub use drawing::{AskedRealisation, LedgerDecision, REALISATION_RULES, REVERSAL_RULES, realise, reverse};
pub use handover::{
    AskedHandover, HANDOVER_RETURN_RULES, HANDOVER_RULES, hand_over, handover_faults, receive_on_paper,
    return_handover,
};

#[cfg(test)]
mod tests;
