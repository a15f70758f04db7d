//! However large a file is, and whatever is wanted of it, two segments of it are held at most.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use bytes::Bytes;
use domain::correspondence::Attachment;
use domain::correspondence::attachment::LARGEST;
use domain::correspondence::{CaseId, CaseParty, MediaType, Reader};
use domain::ids::{AttachmentId, DemandId};
use domain::values::Text;
use gateways::Asked;
use gateways::attachment_store::ObjectWriter;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::sealing::KeyRing;
use store::sealing::segments::SEGMENT;
use uuid::Uuid;

/// As a connection brings them: neither a segment nor a part of one.
const CHUNK: usize = 24_007;

/// Bytes that came from the store and have not gone out yet, and the most there were.
#[derive(Default)]
struct InFlight {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// One object, which is told in chunks.
struct OneObject {
    sealed: Arc<Vec<u8>>,
    held: Arc<InFlight>,
}

impl AttachmentStore for OneObject {
    fn create<'a>(&'a self, _: &'a str) -> Asked<'a, Result<Box<dyn ObjectWriter>, StorageFault>> {
        Box::pin(async { Err(StorageFault::Missing) })
    }

    fn open<'a>(
        &'a self,
        _: &'a str,
        bytes: Range<u64>,
    ) -> Asked<'a, Result<Box<dyn ObjectReader>, StorageFault>> {
        let place = |at: u64| usize::try_from(at).unwrap();
        let left = place(bytes.start)..place(bytes.end);
        let chunks = Chunks { sealed: self.sealed.clone(), left, held: self.held.clone() };
        Box::pin(async move { Ok(Box::new(chunks) as Box<dyn ObjectReader>) })
    }

    fn remove<'a>(&'a self, _: &'a str) -> Asked<'a, Result<(), StorageFault>> {
        Box::pin(async { Ok(()) })
    }
}

struct Chunks {
    sealed: Arc<Vec<u8>>,
    left: Range<usize>,
    held: Arc<InFlight>,
}

impl ObjectReader for Chunks {
    fn next(&mut self) -> Asked<'_, Result<Option<Bytes>, StorageFault>> {
        let end = self.left.end.min(self.left.start + CHUNK);
        let chunk = Bytes::copy_from_slice(self.sealed.get(self.left.start..end).unwrap());
        self.left.start = end;
        let now = self.held.now.fetch_add(chunk.len(), Ordering::SeqCst) + chunk.len();
        self.held.most.fetch_max(now, Ordering::SeqCst);
        Box::pin(async move { Ok((!chunk.is_empty()).then_some(chunk)) })
    }
}

fn key() -> DataKey {
    let part = |last: &str| "A".repeat(42) + last;
    let text = format!(r#"{{"current":1,"keys":{{"1":"{}"}},"index":"{}"}}"#, part("E="), part("I="));
    KeyRing::parse(&text).unwrap().new_data_key().unwrap()
}

fn attachment(size: u64) -> Attachment {
    let whole = |party| Reader { party, only: None };
    Attachment {
        id: AttachmentId(Uuid::from_u128(1)),
        case: CaseId::Demand(DemandId(Uuid::from_u128(2))),
        added_at: chrono::DateTime::UNIX_EPOCH,
        sender: whole(CaseParty::Physician),
        organisation: None,
        recipients: vec![whole(CaseParty::Ministry)],
        title: Text::parse("Karta informacyjna").unwrap(),
        media_type: MediaType::Pdf,
        size,
        sha256: [0; 32],
    }
}

/// A byte of the file that tells its segment and its place in it.
fn byte(at: u64) -> u8 {
    u8::try_from((at / segments::PLAIN * 31 + at) % 251).unwrap()
}

fn sealed(attachment: &Attachment, key: &DataKey) -> Vec<u8> {
    let (count, object) = (segments::count(attachment.size), attachment.id.to_string());
    let segment = |index: u64| {
        let end = attachment.size.min((index + 1) * segments::PLAIN);
        let plain: Vec<u8> = (index * segments::PLAIN..end).map(byte).collect();
        Segment { object: &object, index, is_last: index + 1 == count }.seal(key, &plain).unwrap()
    };
    (0..count).flat_map(segment).collect()
}

/// Reads what is wanted of a file of the largest size; the most that was held, in bytes, and the sizes of the parts.
async fn read(wanted: Range<u64>) -> (usize, Vec<usize>) {
    let (file, key) = (attachment(LARGEST), key());
    let held = Arc::new(InFlight::default());
    let store = OneObject { sealed: Arc::new(sealed(&file, &key)), held: held.clone() };
    let mut content = FileContent::open(&store, (file.id, file.size), key, wanted.clone()).await.unwrap();
    let (mut at, mut sizes) = (wanted.start, Vec::new());
    while let Some(part) = content.next().await.unwrap() {
        assert!(part.iter().zip(at..).all(|(found, at)| *found == byte(at)), "behind {at}");
        at += u64::try_from(part.len()).unwrap();
        sizes.push(part.len());
        // Whoever has the part does not ask for the next one before it is sent; of its segment nothing is kept.
        held.now.fetch_sub(held.now.load(Ordering::SeqCst).min(SEALED_SEGMENT), Ordering::SeqCst);
    }
    assert_eq!(at, wanted.end);
    assert_eq!(held.now.load(Ordering::SeqCst), 0, "every byte was used");
    (held.most.load(Ordering::SeqCst), sizes)
}

#[tokio::test]
async fn the_largest_file_is_told_with_two_segments_in_memory_at_most() {
    let (most, sizes) = read(0..LARGEST).await;
    assert_eq!(sizes, vec![SEGMENT; usize::try_from(LARGEST).unwrap() / SEGMENT]);
    assert!((SEALED_SEGMENT..=2 * SEALED_SEGMENT).contains(&most), "{most}");
}

#[tokio::test]
async fn of_a_part_of_it_no_more_is_held_and_nothing_else_is_read() {
    let begins = 5 * segments::PLAIN - 7;
    let (most, sizes) = read(begins..begins + 2 * segments::PLAIN).await;
    assert_eq!(sizes, [7, SEGMENT, SEGMENT - 7]);
    assert!((SEALED_SEGMENT..=2 * SEALED_SEGMENT).contains(&most), "{most}");
    assert_eq!(read(LARGEST - 1..LARGEST).await.1, [1]);
}
