//! Another officer puts the revocation draft that they saw into effect; what additions added ends with it.

use super::announce;
use super::change::{AuthorisationTarget, Change};
use super::view::{AuthorisationView, revocation_digest};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::entry::Work;
use crate::failure::Failure;
use crate::{App, register};
use domain::demand::model::Digest;
use domain::temporary_authorisation::revocation::{self, Decision};
use domain::temporary_authorisation::{Authorisation, Command, KIND, State};
use store::temporary_authorisation;

const OPERATION: &str = "revoke_authorisation";

impl App {
    #[tracing::instrument(name = "revoke_authorisation", skip_all)]
    pub async fn revoke_authorisation(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        seen: Digest,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Revocation, OPERATION);
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let actual = match revocation::draft_of(&found) {
                Some(draft) => Some(revocation_digest(&found, draft)?),
                None => None,
            };
            let officer = register::officer(work.tx, work.caller)?;
            let decision = Decision { decider: officer, seen: seen.clone(), actual };
            let decided = revocation::revoke(found, decision, work.now)?;
            revoke_additions(work, &decided.document)?;
            Ok(decided)
        })
        .await
    }
}

fn revoke_additions(work: &mut Work<'_, '_>, base: &Authorisation) -> Result<(), Failure> {
    let State::Revoked(revoked) = &base.state else { return Ok(()) };
    for loaded in temporary_authorisation::additions_in_force(work.tx, &work.parts.ring, base.id)? {
        let decided = revocation::follow(loaded.authorisation, revoked.revocation.clone())?;
        let present = work.parts.clock.now(&decided.document.space);
        let saved = temporary_authorisation::save(work.tx, decided.document, &loaded.key, present)?;
        let saved = saved.ok_or(Failure::Stale)?;
        work.record_further(OPERATION, KIND, saved.id.to_string())?;
        announce::by_a_caller(work.tx, work.parts, work.caller, &saved, &decided.events)?;
    }
    Ok(())
}
