//! Notifications on paper, which an officer of the ministry enters (PF art. 4ad(8)).

mod correct;
mod enter;
mod judge;
mod validate;

pub use correct::CorrectAuthorisationPaperEntry;
pub use validate::PaperJudgement;

use crate::answer::Answer;
use crate::caller::Caller;
use crate::demand::existing_paper as existing_demand;
use crate::failure::{Existing, Failure, Refused};
use crate::{App, Parts};
use domain::ids::{AuthorisationId, SpaceId};
use domain::paper::refusals::DUPLICATE;
use domain::paper::{Hindrance, Scan};
use domain::temporary_authorisation::paper::{Dates, has_scan};
use domain::temporary_authorisation::{Authorisation, Content};
use domain::values::AuthorisationNumber;
use judge::known_by;
use store::Tx;
use store::sealing::DataKey;
use store::temporary_authorisation::paper::{self, EnteredVersion, KnownBy};

/// What an officer types from the paper.
#[derive(Clone, Debug)]
pub struct AuthorisationPaperEntry {
    pub content: Content,
    /// Of an addition: the number of the notification to whose consent it adds.
    pub adds_to: Option<AuthorisationNumber>,
    pub grounds: Hindrance,
    pub dates: Dates,
    pub scan: Scan,
}

/// What is kept of a paper beside the notification.
struct Kept {
    known: KnownBy,
    version: EnteredVersion,
}

impl Kept {
    /// Whoever is overtaken by another entry of the same paper is refused as if it had been there.
    fn write(&self, tx: &mut Tx<'_>, authorisation: &Authorisation, key: &DataKey) -> Result<(), Failure> {
        let remembered = paper::remember(tx, &authorisation.space, authorisation.id, &self.known);
        remembered.map_err(|error| {
            if paper::is_entered_twice(&error) {
                Failure::Refused(Refused::one(DUPLICATE))
            } else {
                error.into()
            }
        })?;
        Ok(paper::keep_version(tx, key, authorisation.id, &self.version)?)
    }
}

/// Whether the scan that the entry named is in the case; of what did not come on paper there is none.
pub(super) fn is_scanned(
    tx: &mut Tx<'_>,
    key: &DataKey,
    authorisation: &Authorisation,
) -> Result<bool, Failure> {
    if authorisation.paper.is_none() {
        return Ok(false);
    }
    Ok(has_scan(authorisation, &store::correspondence::list_files(tx, key, authorisation.id)?))
}

impl App {
    /// Names the notification as which the paper is known, or the demand with the same scan, when its entry was refused for
    /// that.
    async fn named_if_known(
        &self,
        caller: &Caller,
        entry: &AuthorisationPaperEntry,
        own: Option<AuthorisationId>,
        done: Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let is_known = |refused: &Refused| refused.violations.iter().any(|it| it.problem == DUPLICATE);
        let refused = match done {
            Err(Failure::Refused(refused)) if is_known(&refused) => refused,
            done => return done,
        };
        let (space, known) = (caller.space.clone(), known_by(&self.inner.ring, entry));
        let parts = self.inner.clone();
        let existing = self.inner.store.read(move |tx| existing(tx, &parts, &space, &known, own)).await?;
        Err(Failure::Refused(Refused { existing, ..refused }))
    }
}

fn existing(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
    known: &KnownBy,
    own: Option<AuthorisationId>,
) -> Result<Option<Existing>, Failure> {
    let known_as = paper::entered_as(tx, space, known)?;
    if let Some(other) = known_as.into_iter().find(|id| Some(*id) != own) {
        return Ok(Some(existing_at(other)));
    }
    match store::demand::paper::scanned_as(tx, space, known)? {
        Some(demand) => existing_demand(tx, parts, demand),
        None => Ok(None),
    }
}

/// A notification by its address.
pub(crate) fn existing_at(id: AuthorisationId) -> Existing {
    Existing { id: id.to_string(), href: format!("/api/v1/temporary-authorisations/{id}") }
}
