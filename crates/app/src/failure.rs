//! How a use case fails: one type, turned into HTTP in one place.

use chrono::{DateTime, Utc};
use domain::problem::{ProblemType, Violation};
use std::error::Error;
use store::{JobError, StoreError};

/// A document that stands in the way, shown to its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Existing {
    pub id: String,
    pub href: String,
}

/// A named refusal: every rule that is broken, and what the caller may do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub violations: Vec<Violation>,
    pub current_state: Option<&'static str>,
    pub allowed_actions: Vec<&'static str>,
    pub existing: Option<Existing>,
    /// From when on the same may succeed.
    pub not_before: Option<Box<DateTime<Utc>>>,
}

impl Refused {
    pub fn one(problem: &'static ProblemType) -> Self {
        Self::all(vec![Violation::whole(problem)])
    }

    pub fn all(violations: Vec<Violation>) -> Self {
        Self {
            violations,
            current_state: None,
            allowed_actions: Vec::new(),
            existing: None,
            not_before: None,
        }
    }
}

#[derive(Debug)]
pub enum Failure {
    /// Unknown, or not this caller's to know of.
    NotFound,
    Denied(&'static ProblemType),
    /// `If-Match` is required here.
    PreconditionRequired,
    /// The document moved on since the caller read it.
    Stale,
    Refused(Refused),
    Limited {
        retry_after: u32,
    },
    Unavailable {
        problem: &'static ProblemType,
        retry_after: u32,
    },
    Bug(Box<dyn Error + Send + Sync>),
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Vec<Violation>> for Failure {
    fn from(violations: Vec<Violation>) -> Self {
        Self::Refused(Refused::all(violations))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Bug(Box::new(error))
    }
}

impl Failure {
    /// A store that is busy or away is no fault of the program: the caller is told to come back.
    #[must_use]
    pub fn settled(self) -> Self {
        match self {
            Self::Bug(error) => match error.downcast_ref::<StoreError>() {
                Some(StoreError::Busy | StoreError::Unavailable { .. }) => {
                    Self::Unavailable { problem: crate::faults::BUSY, retry_after: 2 }
                }
                _ => Self::Bug(error),
            },
            other => other,
        }
    }
}

impl JobError for Failure {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Bug(error) => error.downcast_ref(),
            Self::NotFound
            | Self::Denied(_)
            | Self::PreconditionRequired
            | Self::Stale
            | Self::Refused(_)
            | Self::Limited { .. }
            | Self::Unavailable { .. } => None,
        }
    }
}
