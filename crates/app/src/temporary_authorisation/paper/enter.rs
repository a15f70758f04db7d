//! An officer enters what a wholesaler notified on paper.

use super::judge::look_up;
use super::{AuthorisationPaperEntry, Kept};
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::entry::{EntryWrite, Work};
use crate::failure::{Failure, Refused};
use crate::signature::DocumentToSign;
use crate::temporary_authorisation::access::Relation;
use crate::temporary_authorisation::announce;
use crate::temporary_authorisation::change::taken;
use crate::temporary_authorisation::create_authorisation::number;
use crate::temporary_authorisation::view::{self, AuthorisationView};
use crate::{App, register};
use domain::decision::Decided;
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::paper::{self, Entry};
use domain::temporary_authorisation::submission::{self, NewAuthorisation};
use domain::temporary_authorisation::{Authorisation, AuthorisationEvent, KIND, payload};
use store::temporary_authorisation::AuthorisationKey;
use store::temporary_authorisation::paper::EnteredVersion;

impl App {
    #[tracing::instrument(name = "enter_authorisation_from_paper", skip_all)]
    pub async fn enter_authorisation_from_paper(
        &self,
        caller: &Caller,
        entry: AuthorisationPaperEntry,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let opening = EntryWrite {
            action: Action::EnterAuthorisationPaper,
            operation: "enter_authorisation_from_paper",
            document_kind: KIND,
            id_of: |view: &AuthorisationView| view.id.to_string(),
            id: None,
            write,
            render,
        };
        let asked = entry.clone();
        let entered = self
            .write_entry(caller, opening, move |work| {
                let (decided, kept) = enter(work, &asked)?;
                insert(work, &decided, &kept)
            })
            .await;
        self.named_if_known(caller, &entry, None, entered).await
    }
}

type Entered = (Decided<Authorisation, AuthorisationEvent>, Kept);

fn enter(work: &mut Work<'_, '_>, entry: &AuthorisationPaperEntry) -> Result<Entered, Failure> {
    let by = register::officer(work.tx, work.caller)?;
    let (caller, parts, now) = (work.caller, work.parts, work.now);
    let found = look_up(work.tx, parts, &caller.space, entry, None, now)?;
    let Some(wholesaler) = found.facts.wholesaler else {
        let broken = paper::faults(&entry.content, &found.asked, &found.facts);
        return Err(Failure::Refused(Refused::all(broken)));
    };
    let new = NewAuthorisation {
        id: AuthorisationId(parts.entropy.id(now)),
        number: number(parts, now),
        space: caller.space.clone(),
        wholesaler,
        client_id: caller.client_id.clone(),
        client_reference: None,
        content: entry.content.clone(),
    };
    let adds_to = found.facts.base.as_ref().map(|base| base.id);
    let draft = Authorisation { adds_to, ..submission::draft(new, now) };
    let document = DocumentToSign::of(&payload::submission(&draft))?;
    let judged = Entry { asked: found.asked, facts: found.facts, by, submission_sha256: document.digest() };
    let version =
        EnteredVersion { content_version: draft.content_version, entered_at: now, payload: document.payload };
    Ok((paper::enter(draft, judged, now)?, Kept { known: found.known, version }))
}

fn insert(
    work: &mut Work<'_, '_>,
    decided: &Decided<Authorisation, AuthorisationEvent>,
    kept: &Kept,
) -> Result<AuthorisationView, Failure> {
    let (Decided { document, events }, own) = (decided, work.caller.org_id());
    let key = AuthorisationKey::new(&work.parts.ring, &document.id.to_string())?;
    store::temporary_authorisation::insert(work.tx, document, &key).map_err(taken)?;
    kept.write(work.tx, document, key.data_key())?;
    announce::by_a_caller(work.tx, work.parts, work.caller, document, events)?;
    view::build(work.tx, work.parts, Relation::AssignedPreparer, own, document, key.data_key(), work.now)
}
