//! What a decision returns: the document as it is afterwards and what happened, or every rule that it breaks.

use crate::problem::{Kind, Violation};

/// A document that a command or a term has moved on.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided<D, E> {
    pub document: D,
    pub events: Vec<E>,
}

/// Outcome of a command: moved on, or refused for all the named reasons.
pub type Decision<D, E> = Result<Decided<D, E>, Vec<Violation>>;

/// `Ok` when nothing was found, else everything that was.
pub fn admit(violations: Vec<Violation>) -> Result<(), Vec<Violation>> {
    if violations.is_empty() { Ok(()) } else { Err(violations) }
}

/// The kind that a caller is told first when several rules are broken: who they are, then the state of the
/// document, then the rules.
pub fn leading_kind(violations: &[Violation]) -> Option<Kind> {
    let rank = |kind: Kind| match kind {
        Kind::Forbidden => 0,
        Kind::Conflict => 1,
        Kind::Unprocessable => 2,
        Kind::Malformed
        | Kind::Unauthenticated
        | Kind::NotFound
        | Kind::MethodNotAllowed
        | Kind::Stale
        | Kind::TooLarge
        | Kind::UnsupportedMedia
        | Kind::PreconditionRequired
        | Kind::TooManyRequests
        | Kind::Bug
        | Kind::Unavailable
        | Kind::TimedOut
        | Kind::RangeNotSatisfiable => 3,
    };
    violations.iter().map(|violation| violation.problem.kind).min_by_key(|kind| rank(*kind))
}
