//! The catalogue that comes with the service; `data/device-groups/README.md` says where it is from.

use super::edition;
use super::listed::Listed;
use std::sync::LazyLock;

/// The name under which it is kept.
pub const NAME: &str = "built-in 2026-11";
/// As it can be imported.
pub const TEXT: &str = include_str!("../../../../data/device-groups/groups.csv");

/// A test proves that it can be read and contradicts nothing.
static GROUPS: LazyLock<Vec<Listed>> = LazyLock::new(|| edition::read(TEXT).unwrap_or_default());

pub fn groups() -> &'static [Listed] {
    &GROUPS
}
