//! The rules of repair orders, as the rule book prints them.

use super::{extension, form, issue, pending, printing, release, settlement, supply, verification};
use crate::rule::RuleEntry;

/// Every rule that this type of document has.
pub fn entries() -> Vec<RuleEntry> {
    [
        issue::entries(),
        form::entries(),
        verification::entries(),
        pending::entries(),
        supply::entries(),
        release::entries(),
        extension::entries(),
        printing::entries(),
        settlement::entries(),
    ]
    .concat()
}
