//! Ids and randomness, made in this one place and handed to everything else as arguments.

use chrono::{DateTime, Utc};
use rand::RngCore;
use uuid::{NoContext, Timestamp, Uuid};

/// Makes ids that sort by time, and random parts of numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entropy;

impl Entropy {
    /// A UUIDv7 (RFC 9562) of this instant.
    pub fn id(self, at: DateTime<Utc>) -> Uuid {
        let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, at.timestamp_subsec_nanos()))
    }

    /// The part of a document number that nobody can guess.
    #[expect(clippy::disallowed_methods, reason = "the one place where randomness comes from")]
    pub fn random(self) -> [u8; 8] {
        let mut bytes = [0; 8];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}
