//! The document in which parties write to each other, and who they are at present.

use super::party::{CaseParty, Reader};
use crate::ids::{AuthorisationId, DemandId};
use std::fmt;

/// Which document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseId {
    Demand(DemandId),
    Authorisation(AuthorisationId),
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demand(id) => id.fmt(f),
            Self::Authorisation(id) => id.fmt(f),
        }
    }
}

/// A case as its correspondence sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: CaseId,
    /// Those who take part now.
    pub present: Vec<Reader>,
    /// Those who will take part before anything is decided: a file may be for them already.
    pub awaited: Vec<Reader>,
}

impl Case {
    /// The party as it takes part in the case now; `None` where it does not.
    pub fn taking_part(&self, party: CaseParty) -> Option<Reader> {
        self.present.iter().copied().find(|reader| reader.party == party)
    }

    /// The party as a file may be added for it.
    pub fn reading_files(&self, party: CaseParty) -> Option<Reader> {
        let awaited = || self.awaited.iter().copied().find(|reader| reader.party == party);
        self.taking_part(party).or_else(awaited)
    }
}
