//! Which demand a command is for, and a failure that knows which one it was about.

use super::access::Named;
use super::change::Target;
use crate::Parts;
use crate::caller::Caller;
use crate::failure::Failure;
use domain::ids::DemandId;
use store::audit::Entry;
use store::{JobError, StoreError, Tx};

/// Which demand a command is for.
pub(crate) enum Aim {
    At(Target),
    /// What the caller holds leads to it, in the transaction of the change.
    By(Finder),
}

pub(crate) type Finder =
    Box<dyn Fn(&mut Tx<'_>, &Parts, &Caller) -> Result<DemandId, Box<Failed>> + Send + Sync + 'static>;

impl From<Target> for Aim {
    fn from(target: Target) -> Self {
        Self::At(target)
    }
}

impl Aim {
    pub(super) fn find(&self, tx: &mut Tx<'_>, parts: &Parts, caller: &Caller) -> Result<Named, Box<Failed>> {
        match self {
            Self::At(target) => Ok(target.demand),
            Self::By(find) => find(tx, parts, caller).map(Named::from),
        }
    }

    pub(super) fn if_match(&self) -> Option<u64> {
        match self {
            Self::At(target) => target.if_match,
            Self::By(_) => None,
        }
    }
}

/// A failure with the demand that it was about, so that a refused attempt is on record.
pub(crate) struct Failed {
    pub(super) failure: Failure,
    pub(super) about: Option<DemandId>,
    /// Of a demand that was not found.
    pub(super) entries: Vec<Entry>,
    /// A term ran out that has to be applied first.
    pub(super) elapsed: bool,
}

impl From<StoreError> for Box<Failed> {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl From<Failure> for Box<Failed> {
    fn from(failure: Failure) -> Self {
        Failed::missed(failure, Vec::new())
    }
}

impl Failed {
    /// No demand was found; the entries say what the attempt met.
    pub(super) fn missed(failure: Failure, entries: Vec<Entry>) -> Box<Self> {
        Box::new(Self { failure, about: None, entries, elapsed: false })
    }

    pub(super) fn about(failure: Failure, id: DemandId) -> Box<Self> {
        Box::new(Self { failure, about: Some(id), entries: Vec::new(), elapsed: false })
    }

    pub(super) fn into_failure(self) -> Failure {
        self.failure
    }
}

impl JobError for Box<Failed> {
    fn store_error(&self) -> Option<&StoreError> {
        self.failure.store_error()
    }
}
