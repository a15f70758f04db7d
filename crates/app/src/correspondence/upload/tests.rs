//! However large a file is, a few segments of it are held at a time.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use gateways::Asked;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::sealing::KeyRing;
use store::sealing::segments::SEALED_SEGMENT;

const CHUNK: usize = 32 * 1024;

/// Bytes that came in and have not gone out yet, and the most there were.
#[derive(Default)]
struct InFlight {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// Sends so many bytes, each the place of its chunk.
struct Source {
    left: usize,
    sent: u8,
    held: Arc<InFlight>,
}

impl Upload for Source {
    async fn next(&mut self) -> Option<Result<Bytes, &'static ProblemType>> {
        let length = self.left.min(CHUNK);
        self.left -= length;
        self.sent = self.sent.wrapping_add(1);
        let now = self.held.now.fetch_add(length, Ordering::SeqCst) + length;
        self.held.most.fetch_max(now, Ordering::SeqCst);
        (length > 0).then(|| Ok(Bytes::from(vec![self.sent; length])))
    }
}

/// Takes segments and keeps their sizes only.
struct Sink {
    sizes: Vec<usize>,
    held: Arc<InFlight>,
}

impl ObjectWriter for Sink {
    fn write(&mut self, bytes: Vec<u8>) -> Asked<'_, Result<(), StorageFault>> {
        self.sizes.push(bytes.len());
        let plain = bytes.len() - (SEALED_SEGMENT - SEGMENT);
        self.held.now.fetch_sub(plain, Ordering::SeqCst);
        Box::pin(async { Ok(()) })
    }

    fn finish(self: Box<Self>) -> Asked<'static, Result<(), StorageFault>> {
        Box::pin(async { Ok(()) })
    }

    fn abort(self: Box<Self>) -> Asked<'static, Result<(), StorageFault>> {
        Box::pin(async { Ok(()) })
    }
}

fn key() -> DataKey {
    let part = |last: &str| "A".repeat(42) + last;
    let text = format!(r#"{{"current":1,"keys":{{"1":"{}"}},"index":"{}"}}"#, part("E="), part("I="));
    KeyRing::parse(&text).unwrap().new_data_key().unwrap()
}

async fn sealed(size: usize) -> (Result<Received, Failure>, Sink) {
    let held = Arc::new(InFlight::default());
    let mut segments = Segments::of(Source { left: size, sent: 0, held: held.clone() });
    let mut sink = Sink { sizes: Vec::new(), held };
    let first = segments.next().await.unwrap().unwrap();
    let received = segments.seal_into(&mut sink, &key(), "object", first).await;
    (received, sink)
}

#[tokio::test]
async fn the_largest_file_is_sealed_with_two_segments_in_memory_at_most() {
    let largest = usize::try_from(LARGEST).unwrap();
    let (received, sink) = sealed(largest).await;
    assert_eq!(received.unwrap().size, LARGEST);
    assert_eq!(sink.sizes, vec![SEALED_SEGMENT; largest / SEGMENT]);
    assert_eq!(sink.held.now.load(Ordering::SeqCst), 0);
    let most = sink.held.most.load(Ordering::SeqCst);
    assert!((SEGMENT..=2 * SEGMENT).contains(&most), "{most}");
}

#[tokio::test]
async fn one_byte_more_is_too_large() {
    let (received, _) = sealed(usize::try_from(LARGEST).unwrap() + 1).await;
    let Err(Failure::Refused(refused)) = received else { unreachable!("it was taken") };
    assert_eq!(refused.violations.first().unwrap().problem.code, "attachment.too_large");
}

#[tokio::test]
async fn only_the_last_segment_is_short() {
    let (received, sink) = sealed(SEGMENT + 1).await;
    assert_eq!(sink.sizes, [SEALED_SEGMENT, SEALED_SEGMENT - SEGMENT + 1]);
    let mut plain = vec![1; CHUNK];
    plain.extend(vec![2; CHUNK]);
    plain.push(3);
    let mut expected = Context::new(&SHA256);
    expected.update(&plain);
    assert_eq!(received.unwrap().sha256, expected.finish().as_ref());
    assert_eq!(sealed(SEGMENT).await.1.sizes, [SEALED_SEGMENT]);
}

#[tokio::test]
async fn an_empty_file_has_no_segment() {
    let mut segments = Segments::of(Source { left: 0, sent: 0, held: Arc::default() });
    assert!(segments.next().await.unwrap().is_none());
}
