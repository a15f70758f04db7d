//! A file as it arrives: cut into segments, counted and hashed, and never held whole.

use crate::failure::{Failure, Refused};
use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use domain::correspondence::attachment::LARGEST;
use domain::correspondence::refusals::TOO_LARGE;
use domain::problem::ProblemType;
use gateways::attachment_store::{ObjectWriter, StorageFault};
use store::sealing::DataKey;
use store::sealing::segments::{SEGMENT, Segment};

/// The body of an upload.
pub trait Upload {
    /// The next bytes; `None` at the end.
    fn next(&mut self) -> impl Future<Output = Option<Result<Bytes, &'static ProblemType>>>;
}

/// What is known of a file when its last byte is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    pub size: u64,
    pub sha256: [u8; 32],
}

/// A segment of the plain file.
pub(crate) struct Plain {
    pub bytes: Vec<u8>,
    pub is_last: bool,
}

/// Cuts an upload into segments; the last one is known by nothing coming after it.
pub(crate) struct Segments<U> {
    upload: U,
    gathered: Vec<u8>,
    has_ended: bool,
    size: u64,
    digest: Context,
}

impl<U: Upload> Segments<U> {
    pub(crate) fn of(upload: U) -> Self {
        Self { upload, gathered: Vec::new(), has_ended: false, size: 0, digest: Context::new(&SHA256) }
    }

    /// `None` after the last one; an empty file has none.
    pub(crate) async fn next(&mut self) -> Result<Option<Plain>, Failure> {
        while self.gathered.len() <= SEGMENT && !self.has_ended {
            self.gather().await?;
        }
        if self.gathered.is_empty() {
            return Ok(None);
        }
        let rest = self.gathered.split_off(self.gathered.len().min(SEGMENT));
        let bytes = std::mem::replace(&mut self.gathered, rest);
        Ok(Some(Plain { bytes, is_last: self.gathered.is_empty() }))
    }

    async fn gather(&mut self) -> Result<(), Failure> {
        match self.upload.next().await {
            None => self.has_ended = true,
            Some(Err(problem)) => return Err(Refused::one(problem).into()),
            Some(Ok(bytes)) => {
                self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                if self.size > LARGEST {
                    return Err(Refused::one(TOO_LARGE).into());
                }
                self.digest.update(&bytes);
                self.gathered.extend_from_slice(&bytes);
            }
        }
        Ok(())
    }

    /// Reads what is left, to know what it was.
    pub(crate) async fn drain(mut self) -> Result<Received, Failure> {
        while self.next().await?.is_some() {}
        Ok(self.received())
    }

    fn received(self) -> Received {
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(self.digest.finish().as_ref());
        Received { size: self.size, sha256 }
    }

    /// Seals the first segment and those after it into the object.
    pub(crate) async fn seal_into(
        mut self,
        writer: &mut dyn ObjectWriter,
        key: &DataKey,
        object: &str,
        first: Plain,
    ) -> Result<Received, Failure> {
        let (mut next, mut index) = (Some(first), 0);
        while let Some(Plain { bytes, is_last }) = next {
            let sealed = Segment { object, index, is_last }.seal(key, &bytes)?;
            writer.write(sealed).await.map_err(unavailable)?;
            index += 1;
            next = if is_last { None } else { self.next().await? };
        }
        Ok(self.received())
    }
}

/// The store of attachments does not answer; the same request may succeed later.
#[expect(clippy::needless_pass_by_value, reason = "handed over by map_err")]
pub(crate) fn unavailable(fault: StorageFault) -> Failure {
    tracing::warn!(attachments.fault = %fault, "the attachment store does not answer");
    Failure::Unavailable { problem: crate::faults::ATTACHMENTS_UNAVAILABLE, retry_after: 30 }
}

#[cfg(test)]
mod tests;
