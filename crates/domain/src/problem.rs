//! What can go wrong, said once: a stable code, its kind, and a sentence in Polish and in English.

use std::fmt;

/// How a fault concerns the caller; the HTTP layer turns each into one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The request cannot be read (400).
    Malformed,
    /// No or no valid credentials (401).
    Unauthenticated,
    /// This caller may not do this (403).
    Forbidden,
    /// Unknown, or not the caller's to know of (404).
    NotFound,
    /// The method does not fit the resource (405).
    MethodNotAllowed,
    /// The document's present state does not admit this (409).
    Conflict,
    /// The document moved on since the caller read it (412).
    Stale,
    /// The body is too large (413).
    TooLarge,
    /// The body is of a media type that is not read here (415).
    UnsupportedMedia,
    /// Readable, but illegal values or broken rules (422).
    Unprocessable,
    /// A precondition header is missing (428).
    PreconditionRequired,
    /// Too many requests (429).
    TooManyRequests,
    /// Our own fault (500).
    Bug,
    /// Something that is needed does not answer at present (503).
    Unavailable,
    /// The request took too long to arrive (408).
    TimedOut,
    /// The part that is asked for lies beyond the whole (416).
    RangeNotSatisfiable,
}

/// One sentence in both languages of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub pl: &'static str,
    pub en: &'static str,
}

/// An entry of the problem catalogue. The code never changes its meaning.
#[derive(Clone, Copy, Debug)]
pub struct ProblemType {
    /// Dotted and stable, e.g. `demand.opinion_needs_justification`.
    pub code: &'static str,
    pub kind: Kind,
    /// What is wrong.
    pub says: Sentence,
    /// What the caller can do about it.
    pub fix: Sentence,
    /// Whether the very same request may succeed later.
    pub retryable: bool,
}

impl PartialEq for ProblemType {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for ProblemType {}

impl fmt::Display for ProblemType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// One fault at one place of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub problem: &'static ProblemType,
    /// RFC 6901 pointer into the request body; empty for the whole of it.
    pub pointer: String,
}

impl Violation {
    pub fn new(problem: &'static ProblemType, pointer: impl Into<String>) -> Self {
        Self { problem, pointer: pointer.into() }
    }

    /// A fault of the whole request or of the document's present situation.
    pub fn whole(problem: &'static ProblemType) -> Self {
        Self::new(problem, "")
    }
}

/// Declares problem types as constants together with the list of all of them, so that no code can
/// be missing from the catalogue.
#[macro_export]
macro_rules! problems {
    ($list:ident: $($name:ident = $code:literal, $kind:ident $(, retryable: $retryable:literal)?,
        pl: $pl:literal, en: $en:literal, fix_pl: $fix_pl:literal, fix_en: $fix_en:literal;)+) => {
        $(pub const $name: &$crate::problem::ProblemType = &$crate::problem::ProblemType {
            code: $code,
            kind: $crate::problem::Kind::$kind,
            says: $crate::problem::Sentence { pl: $pl, en: $en },
            fix: $crate::problem::Sentence { pl: $fix_pl, en: $fix_en },
            retryable: false $(|| $retryable)?,
        };)+
        /// Every problem type that this module declares.
        pub const $list: &[&$crate::problem::ProblemType] = &[$($name),+];
    };
}
