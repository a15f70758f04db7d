//! Roles and actions, as they are printed.

use super::Action;
use crate::caller::Role;

/// The printed table role × action.
pub fn table() -> String {
    let lines = Action::all().into_iter().map(|action| {
        let roles: Vec<&str> = action.roles().iter().map(|role| role.name()).collect();
        let line = if roles.len() == Role::ALL.len() { "everyone".to_owned() } else { roles.join(", ") };
        format!("| `{}` | {line} |\n", action.name())
    });
    format!("| Action | Roles |\n|---|---|\n{}", lines.collect::<String>())
}
