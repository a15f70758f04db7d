//! Once per key: a repeated request gets the first answer, byte for byte.

use crate::answer::{StoredAnswer, Write};
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::faults::KEY_REUSED;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use chrono::{DateTime, Utc};
use domain::problem::Violation;
use serde::{Deserialize, Serialize};
use store::idempotency::{self, Claim, KeyClaim};
use store::sealing::KeyRing;
use store::{StoreError, Tx};

/// Client and acting person: two people behind one client never share a key. A patient is known by a blind index.
pub(crate) fn scope(ring: &KeyRing, caller: &Caller) -> String {
    let person = match &caller.patient {
        Some(pesel) => {
            let index = ring.blind_index("caller", pesel.reveal().reveal());
            format!("PATIENT:{}", BASE64_STANDARD.encode(index.as_bytes()))
        }
        None => caller.person_key(),
    };
    format!("{}|{}|{person}", caller.space, caller.client_id)
}

#[derive(Serialize, Deserialize)]
struct Kept {
    headers: Vec<(String, String)>,
    body: String,
}

pub(crate) fn to_bytes(answer: &StoredAnswer) -> Result<Vec<u8>, Failure> {
    let body = String::from_utf8(answer.body.clone()).map_err(|error| Failure::Bug(error.into()))?;
    serde_json::to_vec(&Kept { headers: answer.headers.clone(), body })
        .map_err(|error| Failure::Bug(error.into()))
}

pub(crate) fn from_bytes(status: u16, bytes: &[u8]) -> Result<StoredAnswer, Failure> {
    let kept: Kept = serde_json::from_slice(bytes).map_err(|error| Failure::Bug(error.into()))?;
    Ok(StoredAnswer { status, headers: kept.headers, body: kept.body.into_bytes() })
}

/// Claims the key as the first insert of the transaction; `Some` is the answer that was given before.
pub(crate) fn claim(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    caller: &Caller,
    write: &Write,
    operation: &str,
    now: DateTime<Utc>,
) -> Result<Option<StoredAnswer>, Failure> {
    let scope = scope(ring, caller);
    let asked = KeyClaim { scope: &scope, key: &write.key, fingerprint: &write.fingerprint, operation, now };
    match idempotency::claim(tx, ring, &asked)? {
        Claim::New => Ok(None),
        Claim::Replay(kept) => from_bytes(kept.status, &kept.bytes).map(Some),
        Claim::OtherFingerprint => Err(reused()),
    }
}

/// The earlier answer, if there is one; claims nothing.
pub(crate) fn replay(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    caller: &Caller,
    write: &Write,
) -> Result<Option<StoredAnswer>, Failure> {
    match idempotency::look_up(tx, ring, &scope(ring, caller), &write.key) {
        Ok(None) => Ok(None),
        Ok(Some(known)) if known.fingerprint == write.fingerprint => {
            from_bytes(known.answer.status, &known.answer.bytes).map(Some)
        }
        Ok(Some(_)) => Err(reused()),
        Err(error) => Err(StoreError::into(error)),
    }
}

fn reused() -> Failure {
    Failure::Refused(Refused::all(vec![Violation::whole(KEY_REUSED)]))
}
