//! A file as it leaves: opened segment by segment, from any byte on.

use super::upload::unavailable;
use crate::failure::{Failure, Refused};
use crate::faults::ATTACHMENT_DAMAGED;
use domain::ids::AttachmentId;
use gateways::attachment_store::{AttachmentStore, ObjectReader, StorageFault};
use std::ops::Range;
use store::sealing::DataKey;
use store::sealing::segments::{self, SEALED_SEGMENT, Segment};

/// What is left to be told of a file. Its bytes are authentic as far as they have come; where one is not, they end.
pub struct FileContent {
    reader: Box<dyn ObjectReader>,
    key: DataKey,
    object: String,
    /// Sealed bytes that have come and are not opened yet.
    sealed: Vec<u8>,
    /// The segments to come.
    to_come: Range<u64>,
    segments: u64,
    /// Where the wanted bytes begin in the next segment.
    skip: usize,
    left: u64,
    /// Opened before anything is answered.
    first: Option<Vec<u8>>,
}

impl FileContent {
    /// Opens the first segment too, so that what cannot be read is refused as a whole.
    pub(super) async fn open(
        store: &dyn AttachmentStore,
        (id, size): (AttachmentId, u64),
        key: DataKey,
        wanted: Range<u64>,
    ) -> Result<Self, Failure> {
        let object = id.to_string();
        let to_come = segments::holding(&wanted);
        let bytes = segments::sealed_bytes(size, &to_come);
        let reader = store.open(&object, bytes).await.map_err(|fault| lost(&object, fault))?;
        let begins = to_come.start * segments::PLAIN;
        let mut content = Self {
            reader,
            key,
            object,
            sealed: Vec::new(),
            to_come,
            segments: segments::count(size),
            skip: usize::try_from(wanted.start - begins).unwrap_or(usize::MAX),
            left: wanted.end - wanted.start,
            first: None,
        };
        content.first = content.read().await?;
        Ok(content)
    }

    /// The next bytes; `None` when all that was wanted is told.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        match self.first.take() {
            Some(first) => Ok(Some(first)),
            None => self.read().await,
        }
    }

    async fn read(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let Some(index) = self.to_come.next() else { return Ok(None) };
        let is_last = index + 1 == self.segments;
        while self.sealed.len() < SEALED_SEGMENT {
            match self.reader.next().await.map_err(|fault| lost(&self.object, fault))? {
                Some(bytes) => self.sealed.extend_from_slice(&bytes),
                None => break,
            }
        }
        let rest = self.sealed.split_off(self.sealed.len().min(SEALED_SEGMENT));
        let sealed = std::mem::replace(&mut self.sealed, rest);
        let segment = Segment { object: &self.object, index, is_last };
        let mut plain = segment.open(&self.key, &sealed).map_err(|_| damaged(&self.object))?;
        plain.drain(..std::mem::take(&mut self.skip).min(plain.len()));
        plain.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= u64::try_from(plain.len()).unwrap_or(self.left).min(self.left);
        Ok(Some(plain))
    }
}

fn lost(object: &str, fault: StorageFault) -> Failure {
    match fault {
        StorageFault::Missing => damaged(object),
        StorageFault::Unavailable(_) => unavailable(fault),
    }
}

fn damaged(object: &str) -> Failure {
    tracing::error!(attachment.id = object, "the attachment is not what was stored");
    Failure::Refused(Refused::one(ATTACHMENT_DAMAGED))
}

#[cfg(test)]
mod tests;
