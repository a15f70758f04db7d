//! A reader that gives up on an event that does not end, so that no file can fill the memory.

use std::io::{self, BufRead, Read};

/// Passes bytes on until the share of one event is used up.
pub(super) struct Bounded<R> {
    inner: R,
    share: u64,
    left: u64,
    is_at_end: bool,
}

impl<R> Bounded<R> {
    pub(super) fn new(inner: R, share: u64) -> Self {
        Self { inner, share, left: share, is_at_end: false }
    }

    /// A new event begins.
    pub(super) fn renew(&mut self) {
        self.left = self.share;
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.is_at_end
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(format!("one tag or text is longer than {} bytes", self.share)));
        }
        let found = self.inner.fill_buf()?;
        self.is_at_end = found.is_empty();
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(found.len());
        Ok(found.get(..most).unwrap_or(found))
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(u64::try_from(amount).unwrap_or(u64::MAX));
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}
