//! Demands on paper, which an officer of the ministry enters (PF art. 4ad(8)).

mod correct;
mod enter;
mod judge;
mod validate;

pub use correct::CorrectPaperEntry;
pub(crate) use judge::existing;

use crate::failure::Failure;
use domain::correspondence::{CaseId, CaseParty, Reader};
use domain::demand::content::Content;
use domain::demand::model::{Demand, Verdict};
use domain::demand::paper::{Dates, Grounds, Scan};
use domain::ids::PersonId;
use domain::values::{FieldOfMedicine, Text};
use store::Tx;
use store::correspondence::list_attachments;
use store::demand::paper::{self, EnteredVersion, KnownBy};
use store::sealing::DataKey;

/// What an officer types from the paper.
#[derive(Clone, Debug)]
pub struct PaperEntry {
    pub content: Content,
    pub consultant: PersonId,
    /// In which of the consultant's fields; their only one when left out.
    pub field: Option<FieldOfMedicine>,
    pub verdict: Verdict,
    pub justification: Option<Text<8000>>,
    pub grounds: Grounds,
    pub dates: Dates,
    pub scan: Scan,
}

/// What is kept of a paper beside the demand.
pub(super) struct Kept {
    pub known: KnownBy,
    pub version: EnteredVersion,
}

impl Kept {
    /// Whoever is overtaken by another entry of the same paper looks again, and then finds that one.
    pub(super) fn write(&self, tx: &mut Tx<'_>, demand: &Demand, key: &DataKey) -> Result<(), Failure> {
        let remembered = paper::remember(tx, &demand.space, demand.id, &self.known);
        remembered
            .map_err(|error| if paper::is_entered_twice(&error) { Failure::Stale } else { error.into() })?;
        Ok(paper::keep_version(tx, key, demand.id, &self.version)?)
    }
}

/// How many attachments are looked at together.
const AT_ONCE: i64 = 100;

/// Whether the file that the entry named is in the case, where the ministry sees it.
pub(super) fn has_scan(tx: &mut Tx<'_>, key: &DataKey, demand: &Demand) -> Result<bool, Failure> {
    let Some(named) = demand.paper.as_ref().map(|paper| paper.scan.sha256.0.as_str()) else {
        return Ok(false);
    };
    let reader = Reader { party: CaseParty::Ministry, only: None };
    let mut after = None;
    loop {
        let files = list_attachments(tx, key, CaseId::Demand(demand.id), reader, after, AT_ONCE)?;
        if files.iter().any(|file| hex::encode(file.sha256) == named) {
            return Ok(true);
        }
        match files.last() {
            Some(last) => after = Some(last.id),
            None => return Ok(false),
        }
    }
}
