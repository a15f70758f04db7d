//! The officer who has the case puts an error of typing right, before anything is prepared.

use super::judge::look_up;
use super::{AuthorisationPaperEntry, Kept};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::entry::Work;
use crate::failure::{Failure, Refused};
use crate::paper::in_the_entry;
use crate::signature::DocumentToSign;
use crate::temporary_authorisation::change::{AuthorisationTarget, Change, Changed};
use crate::temporary_authorisation::view::AuthorisationView;
use crate::{App, register};
use domain::temporary_authorisation::paper::entry::AskedCorrection;
use domain::temporary_authorisation::paper::{self, Entry};
use domain::temporary_authorisation::{Authorisation, Command, payload};
use domain::values::Text;
use store::sealing::DataKey;
use store::temporary_authorisation::paper::EnteredVersion;

#[derive(Clone, Debug)]
pub struct CorrectAuthorisationPaperEntry {
    pub entry: AuthorisationPaperEntry,
    pub reason: Text<2000>,
}

impl App {
    #[tracing::instrument(name = "correct_authorisation_from_paper", skip_all)]
    pub async fn correct_authorisation_from_paper(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: CorrectAuthorisationPaperEntry,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::PaperCorrection, "correct_authorisation_from_paper");
        let entry = asked.entry.clone();
        let corrected = self
            .change_authorisation(caller, change, target, write, render, move |work, found, key| {
                correct(work, found, key, &asked)
            })
            .await;
        self.named_if_known(caller, &entry, Some(target.id), corrected).await
    }
}

fn correct(
    work: &mut Work<'_, '_>,
    authorisation: Authorisation,
    key: &DataKey,
    asked: &CorrectAuthorisationPaperEntry,
) -> Changed {
    let CorrectAuthorisationPaperEntry { entry, reason } = asked;
    let by = register::officer(work.tx, work.caller)?;
    let space = &work.caller.space;
    let own = Some((authorisation.id, authorisation.wholesaler));
    let found = look_up(work.tx, work.parts, space, entry, own, work.now)?;
    let next = paper::next_version(&authorisation, entry.content.clone());
    let document = DocumentToSign::of(&payload::submission(&next))?;
    let correction = AskedCorrection {
        entry: Entry { asked: found.asked, facts: found.facts, by, submission_sha256: document.digest() },
        content: entry.content.clone(),
        reason: reason.clone(),
    };
    let decided = paper::correct(authorisation, correction, work.now)
        .map_err(|broken| Failure::Refused(Refused::all(broken.into_iter().map(in_the_entry).collect())))?;
    let version = EnteredVersion {
        content_version: decided.document.content_version,
        entered_at: work.now,
        payload: document.payload,
    };
    Kept { known: found.known, version }.write(work.tx, &decided.document, key)?;
    Ok(decided)
}
