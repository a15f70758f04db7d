//! A party adds a file for others: noted, sealed into the store as it comes, then added to the case.
//!
//! The note is there before the first byte. Whatever ends the upload before the attachment is committed, the object is
//! removed, at once or by [`App::remove_abandoned_uploads`].

use super::case::{Added, Asking, CaseTarget, CaseWork, OfCase, Operation};
use super::correspondent::Correspondent;
use super::hear;
use super::upload::{Plain, Received, Segments, Upload, unavailable};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::authorize_role;
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::faults::UPLOAD_GIVEN_UP;
use aws_lc_rs::digest::{SHA256, digest};
use domain::correspondence::attachment::{MOST, admit_file, readers};
use domain::correspondence::refusals::TOO_MANY;
use domain::correspondence::{Attachment, CaseId, CaseParty, CorrespondenceEvent, MediaType, NewAttachment};
use domain::demand::model::DemandKind;
use domain::ids::AttachmentId;
use domain::values::Text;
use store::correspondence::{claim_upload, count_attachments, insert_attachment, insert_upload};
use store::sealing::DataKey;

const OPERATION: Operation =
    Operation { on_demand: "add_attachment", on_authorisation: "add_authorisation_attachment" };

#[derive(Clone, Debug)]
pub struct AddAttachment {
    pub recipients: Vec<CaseParty>,
    pub title: Text<200>,
    /// As the request declares it.
    pub media_type: MediaType,
}

/// A new attachment, and the kind of demand under whose address it is found, where it is of one.
#[derive(Clone, Debug)]
pub struct AddedAttachment {
    pub attachment: Attachment,
    pub kind: Option<DemandKind>,
}

impl OfCase for AddedAttachment {
    fn case(&self) -> CaseId {
        self.attachment.case
    }
}

impl App {
    /// The fingerprint in `write` is of everything but the file; the file's digest is added to it here.
    #[tracing::instrument(name = "add_attachment", skip_all)]
    pub async fn add_attachment<U: Upload>(
        &self,
        caller: &Caller,
        case: CaseTarget,
        asked: AddAttachment,
        write: Write,
        upload: U,
        render: Render<AddedAttachment>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, case.writing()).map_err(Failure::Denied)?;
        let _place = self.uploads.take(&caller.client_id)?;
        let _turn = self.turn(caller, &write).await?;
        let segments = Segments::of(upload);
        if self.is_known_key(caller, &write).await? {
            let whole = with_digest(&write, segments.drain().await?);
            if let Some(earlier) = self.earlier_answer(caller, &whole).await? {
                return Ok(Answer::Replayed(earlier));
            }
            return Err(Failure::Unavailable { problem: crate::faults::BUSY, retry_after: 1 });
        }
        let asking = Asking { caller, case, operation: OPERATION, trace_id: &write.trace_id };
        let key = self.key_for_upload(asking, &asked).await?;
        let id = AttachmentId(self.inner.entropy.id(self.inner.clock.real_now()));
        match self.take_in(segments, asked.media_type, id, &key).await {
            Ok(received) => {
                let whole = with_digest(&write, received);
                let added = self
                    .insert_into_case(asking, whole, render, move |work| add(work, id, &asked, received))
                    .await;
                match &added {
                    Ok(Answer::Fresh(_)) => {}
                    Err(Failure::Unavailable { problem, .. }) if problem.code == UPLOAD_GIVEN_UP.code => {
                        self.discard_upload(&id.to_string()).await;
                    }
                    Ok(Answer::Replayed(_)) | Err(_) => self.abandon_upload(&id.to_string()).await,
                }
                added
            }
            Err(failure) => {
                self.abandon_upload(&id.to_string()).await;
                self.record_refused_in_case(asking, &failure).await?;
                Err(failure)
            }
        }
    }

    /// Whether something was answered under this key before, whatever was asked.
    pub(crate) async fn is_known_key(&self, caller: &Caller, write: &Write) -> Result<bool, Failure> {
        let Some(key) = write.key.clone() else { return Ok(false) };
        let (parts, scope) = (self.inner.clone(), crate::idempotent::scope(&self.inner.ring, caller));
        let look = move |tx: &mut store::Tx<'_>| {
            Ok::<_, Failure>(store::idempotency::look_up(tx, &parts.ring, &scope, &key)?.is_some())
        };
        self.inner.store.read(look).await
    }

    /// The key that seals the file, once everything but the file itself is in order.
    async fn key_for_upload(&self, asking: Asking<'_>, asked: &AddAttachment) -> Result<DataKey, Failure> {
        let recipients = asked.recipients.clone();
        let looked = self.look_at_case(asking, move |tx, sight| {
            let own = Correspondent::writing(sight.own.as_ref(), &sight.case)?;
            let new = NewAttachment { sender: own.reader, recipients: recipients.clone() };
            readers(&sight.case, &new)?;
            has_room(tx, sight.case.id)?;
            Ok(sight.key.duplicate()?)
        });
        // Nothing was shown, so that there is nothing to record.
        Ok(looked.await?.told)
    }

    /// Notes the object, and seals the file into it as it comes.
    pub(crate) async fn take_in<U: Upload>(
        &self,
        mut segments: Segments<U>,
        declared: MediaType,
        id: AttachmentId,
        key: &DataKey,
    ) -> Result<Received, Failure> {
        let first = segments.next().await?;
        let leading = first.as_ref().map_or(&[][..], |first| &first.bytes);
        admit_file(declared, leading).map_err(Refused::one)?;
        let first = first.unwrap_or(Plain { bytes: Vec::new(), is_last: true });
        let object = id.to_string();
        let (noted, at) = (object.clone(), self.inner.clock.real_now());
        let note = move |tx: &mut store::Tx<'_>| Ok::<_, Failure>(insert_upload(tx, &noted, at)?);
        self.inner.store.transaction(note).await?;
        let mut writer = self.inner.attachments.create(&object).await.map_err(unavailable)?;
        let sealed = segments.seal_into(writer.as_mut(), key, &object, first).await;
        let ended = match sealed {
            Ok(_) => writer.finish().await,
            Err(_) => writer.abort().await,
        };
        let received = sealed?;
        ended.map_err(unavailable)?;
        Ok(received)
    }
}

/// One case does not fill the store.
fn has_room(tx: &mut store::Tx<'_>, case: CaseId) -> Result<(), Failure> {
    if count_attachments(tx, case)? < MOST { Ok(()) } else { Err(Refused::one(TOO_MANY).into()) }
}

fn add(
    work: &mut CaseWork<'_, '_>,
    id: AttachmentId,
    asked: &AddAttachment,
    received: Received,
) -> Result<Added<AddedAttachment>, Failure> {
    let own = Correspondent::writing(work.sight.own.as_ref(), &work.sight.case)?;
    let new = NewAttachment { sender: own.reader, recipients: asked.recipients.clone() };
    let recipients = readers(&work.sight.case, &new)?;
    has_room(work.tx, work.sight.case.id)?;
    if !claim_upload(work.tx, &id.to_string())? {
        return Err(Failure::Unavailable { problem: UPLOAD_GIVEN_UP, retry_after: 1 });
    }
    let attachment = Attachment {
        id,
        case: work.sight.case.id,
        added_at: work.now,
        sender: own.reader,
        organisation: own.organisation,
        recipients,
        title: asked.title.clone(),
        media_type: asked.media_type,
        size: received.size,
        sha256: received.sha256,
    };
    insert_attachment(work.tx, work.sight.key, &attachment)?;
    let added = CorrespondenceEvent::AttachmentAdded {
        attachment: id,
        sender: own.reader.party,
        recipients: asked.recipients.clone(),
    };
    let event = hear::event(work, &added, &attachment.recipients)?;
    let kind = work.document.demand_kind();
    Ok(Added { child: AddedAttachment { attachment, kind }, events: vec![event] })
}

/// Equal requests have equal files too.
pub(crate) fn with_digest(write: &Write, received: Received) -> Write {
    let both = [write.fingerprint, received.sha256].concat();
    let mut fingerprint = [0; 32];
    fingerprint.copy_from_slice(digest(&SHA256, &both).as_ref());
    Write { fingerprint, ..write.clone() }
}
