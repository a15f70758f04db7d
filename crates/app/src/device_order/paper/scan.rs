//! The scan of a paper order: sealed into the attachment store as it comes, and read again by those who see the whole order.

use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::correspondence::{Received, Segments, StoredFile, Upload, with_digest};
use crate::device_order::access::load;
use crate::device_order::announce::{self, Saved};
use crate::device_order::read::OrderReading;
use crate::device_order::versions::may_see;
use crate::failure::{Failure, Refused};
use crate::faults::{BUSY, NOT_YOURS, UPLOAD_GIVEN_UP};
use crate::idempotent::{self, Done};
use crate::recorded::Read;
use crate::{App, Parts, register};
use domain::correspondence::MediaType;
use domain::device_order::DeviceOrder;
use domain::device_order::model::OnPaper;
use domain::device_order::paper::refusals::{NOT_ON_PAPER, SCAN_DIFFERS, SCAN_MISSING, SCAN_PRESENT};
use domain::ids::{AttachmentId, DeviceOrderId};
use store::Tx;
use store::correspondence::claim_upload;
use store::device_order::paper::{StoredScan, find_scan, insert_scan};
use store::sealing::DataKey;

const OPERATION: &str = "add_paper_order_scan";

/// A scan that is kept, of which order.
#[derive(Clone, Debug)]
pub struct KeptScan {
    pub order: DeviceOrderId,
    pub scan: StoredScan,
    /// In hexadecimal.
    pub sha256: String,
}

impl App {
    /// The fingerprint in `write` is of everything but the file; the file's digest is added to it here.
    #[tracing::instrument(name = "add_paper_order_scan", skip_all)]
    pub async fn add_paper_order_scan<U: Upload>(
        &self,
        caller: &Caller,
        (id, media_type): (DeviceOrderId, MediaType),
        write: Write,
        upload: U,
        render: Render<KeptScan>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::AddPaperOrderScan).map_err(Failure::Denied)?;
        let _place = self.uploads.take(&caller.client_id)?;
        let _turn = self.turn(caller, &write).await?;
        let segments = Segments::of(upload);
        if self.is_known_key(caller, &write).await? {
            let whole = with_digest(&write, segments.drain().await?);
            let earlier = self.earlier_answer(caller, &whole).await?;
            return earlier
                .map(Answer::Replayed)
                .ok_or(Failure::Unavailable { problem: BUSY, retry_after: 1 });
        }
        let object = AttachmentId(self.inner.entropy.id(self.inner.clock.real_now()));
        let taken = self.take_scan_in(caller, id, (segments, media_type), object).await;
        let kept = match taken {
            Ok(received) => {
                let whole = with_digest(&write, received);
                let file = (object, media_type, received);
                self.keep_scan(caller, id, whole, file, render).await
            }
            Err(failure) => Err(failure),
        };
        match &kept {
            Ok(Answer::Fresh(_)) => return kept,
            Err(Failure::Unavailable { problem, .. }) if *problem == UPLOAD_GIVEN_UP => {
                self.discard_upload(&object.to_string()).await;
            }
            Ok(Answer::Replayed(_)) | Err(_) => self.abandon_upload(&object.to_string()).await,
        }
        if let Err(failure) = &kept {
            let reading = OrderReading { caller, operation: OPERATION, trace_id: &write.trace_id };
            self.record_refused_on_order(reading, id, failure).await?;
        }
        kept
    }

    /// Seals the file under the order's key, once everything but the file itself is in order.
    async fn take_scan_in<U: Upload>(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        (segments, media_type): (Segments<U>, MediaType),
        object: AttachmentId,
    ) -> Result<Received, Failure> {
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let look = move |tx: &mut Tx<'_>| {
            register::in_post(tx, &asking)?;
            let seen = load(tx, &parts, &asking, id)?;
            wants_scan(tx, &seen.loaded.order)?;
            Ok::<DataKey, Failure>(seen.loaded.key)
        };
        let key = self.inner.store.read_snapshot(look).await?;
        self.take_in(segments, media_type, object, &key).await
    }

    async fn keep_scan(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        write: Write,
        file: (AttachmentId, MediaType, Received),
        render: Render<KeptScan>,
    ) -> Result<Answer, Failure> {
        let (parts, asking, trace_id) = (self.inner.clone(), caller.clone(), write.trace_id.clone());
        let job = move |tx: &mut Tx<'_>| {
            if let Some(earlier) = idempotent::claim(tx, &parts, &asking, &write, OPERATION)? {
                return Ok(Done::Before(earlier));
            }
            keep(tx, &parts, (&asking, &write), id, file, render).map(Done::Now)
        };
        let done = self.inner.store.transaction(job).await?;
        self.answered(caller, &trace_id, done).await
    }

    /// What is said of the scan; its bytes follow by [`App::open_attachment`].
    #[tracing::instrument(name = "read_paper_order_scan", skip_all)]
    pub async fn read_paper_order_scan(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        trace_id: &str,
    ) -> Result<Read<StoredFile>, Failure> {
        let reading = OrderReading { caller, operation: "read_paper_order_scan", trace_id };
        self.read_order(reading, id, move |sight| {
            if !may_see(sight.seen.relation) {
                return Err(Failure::Denied(NOT_YOURS));
            }
            let loaded = &sight.seen.loaded;
            let paper = on_paper(&loaded.order)?;
            let scan = find_scan(sight.tx, id)?.ok_or_else(|| Failure::from(Refused::one(SCAN_MISSING)))?;
            let object = AttachmentId::parse(&scan.object);
            Ok(StoredFile {
                id: object.ok_or_else(|| Failure::Bug("a scan without an object".into()))?,
                media_type: scan.media_type,
                size: scan.size,
                sha256: paper.scan.sha256.0.clone(),
                key: loaded.key.duplicate()?,
            })
        })
        .await
    }
}

fn on_paper(order: &DeviceOrder) -> Result<&OnPaper, Failure> {
    let paper = order.state.issue().and_then(|issue| issue.paper.as_ref());
    paper.ok_or_else(|| Refused::one(NOT_ON_PAPER).into())
}

/// The paper whose scan is still to come.
fn wants_scan<'o>(tx: &mut Tx<'_>, order: &'o DeviceOrder) -> Result<&'o OnPaper, Failure> {
    let paper = on_paper(order)?;
    match find_scan(tx, order.id)? {
        None => Ok(paper),
        Some(_) => Err(Refused::one(SCAN_PRESENT).into()),
    }
}

/// Adds the file that was taken in, where it is the one whose digest the entry states.
fn keep(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (caller, write): (&Caller, &Write),
    id: DeviceOrderId,
    (object, media_type, received): (AttachmentId, MediaType, Received),
    render: Render<KeptScan>,
) -> Result<StoredAnswer, Failure> {
    // Of two files that come at once the second finds the first.
    store::device_order::hold(tx, id)?;
    register::in_post(tx, caller)?;
    let seen = load(tx, parts, caller, id)?;
    let order = &seen.loaded.order;
    let sha256 = hex::encode(received.sha256);
    if wants_scan(tx, order)?.scan.sha256.0 != sha256 {
        return Err(Refused::one(SCAN_DIFFERS).into());
    }
    if !claim_upload(tx, &object.to_string())? {
        return Err(Failure::Unavailable { problem: UPLOAD_GIVEN_UP, retry_after: 1 });
    }
    let added_at = parts.clock.now(&caller.space);
    let scan = StoredScan { object: object.to_string(), added_at, media_type, size: received.size };
    insert_scan(tx, id, &scan)?;
    let answer = render(&KeptScan { order: id, scan, sha256 });
    let patient = seen.loaded.patient;
    let saved = Saved { order, patient, concerned: &[patient], events: &[] };
    announce::by_a_caller(tx, parts, (caller, write, OPERATION), &saved, &answer)?;
    Ok(answer)
}
