//! The rules of repair orders, as the rule book prints them.

use super::{extension, form, settlement, supply, verification};
use crate::rule::RuleEntry;

/// Every rule that this type of document has.
pub fn entries() -> Vec<RuleEntry> {
    [form::entries(), verification::entries(), supply::entries(), extension::entries(), settlement::entries()]
        .concat()
}
