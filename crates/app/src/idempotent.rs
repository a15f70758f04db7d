//! Once per key: a repeated request gets the first answer, byte for byte.

use crate::answer::{StoredAnswer, Write};
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::faults::{KEY_REUSED, STILL_RUNNING};
use crate::turns::Held;
use crate::{App, Parts};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use domain::problem::Violation;
use domain::redacted::Redacted;
use domain::values::Pesel;
use serde::{Deserialize, Serialize};
use store::idempotency::{self, Claim, KeyClaim, KeyRecord};
use store::sealing::KeyRing;
use store::{StoreError, Tx};

/// Client, organisation and acting person: two people or two pharmacies behind one client never share a key. A patient
/// is known by a blind index.
pub(crate) fn scope(ring: &KeyRing, caller: &Caller) -> String {
    let hashed = |pesel: &Redacted<Pesel>| {
        BASE64_STANDARD.encode(ring.blind_index("caller", pesel.reveal().reveal()).as_bytes())
    };
    let person = match (&caller.patient, &caller.representative) {
        (Some(patient), None) => format!("PATIENT:{}", hashed(patient)),
        (Some(patient), Some(acting)) => format!("PATIENT:{}:BY:{}", hashed(patient), hashed(acting)),
        (None, _) => caller.person_key(),
    };
    let organisation = caller.org_id().map(|id| id.to_string()).unwrap_or_default();
    format!("{}|{}|{organisation}|{person}", caller.space, caller.client_id)
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

/// An answer that was given before, and to what.
pub(crate) struct Earlier {
    pub operation: String,
    pub document_id: Option<String>,
    pub answer: StoredAnswer,
}

/// What became of a write in its transaction.
pub(crate) enum Done {
    Now(StoredAnswer),
    Before(Earlier),
}

impl Earlier {
    fn of(known: KeyRecord) -> Result<Self, Failure> {
        let answer = from_bytes(known.answer.status, &known.answer.bytes)?;
        Ok(Self { operation: known.operation, document_id: known.document_id, answer })
    }
}

impl App {
    /// Waits until no equal request runs in this process.
    pub(crate) async fn turn(&self, caller: &Caller, write: &Write) -> Result<Option<Held>, Failure> {
        let Some(key) = &write.key else { return Ok(None) };
        let name = format!("{} {key}", scope(&self.inner.ring, caller));
        let held = self.turns.take(name, self.inner.store.lock_wait()).await;
        held.map(Some).ok_or_else(still_running)
    }
}

/// Claims the key as the first insert of the transaction; `Some` is the answer that was given before.
pub(crate) fn claim(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    write: &Write,
    operation: &str,
) -> Result<Option<Earlier>, Failure> {
    let Some(key) = &write.key else { return Ok(None) };
    let scope = scope(&parts.ring, caller);
    let now = parts.clock.real_now();
    let asked = KeyClaim { scope: &scope, key, fingerprint: &write.fingerprint, operation, now };
    match idempotency::claim(tx, &parts.ring, &asked) {
        Ok(Claim::New) => Ok(None),
        Ok(Claim::Replay(known)) => Earlier::of(known).map(Some),
        Ok(Claim::OtherFingerprint) => Err(reused()),
        // The first one runs on another node, and longer than anybody waits.
        Err(StoreError::Busy) => Err(still_running()),
        Err(error) => Err(error.into()),
    }
}

/// The earlier answer, if there is one; claims nothing.
pub(crate) fn replay(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    caller: &Caller,
    write: &Write,
) -> Result<Option<Earlier>, Failure> {
    let Some(key) = &write.key else { return Ok(None) };
    match idempotency::look_up(tx, ring, &scope(ring, caller), key)? {
        None => Ok(None),
        Some(known) if known.fingerprint == write.fingerprint => Earlier::of(known).map(Some),
        Some(_) => Err(reused()),
    }
}

fn reused() -> Failure {
    Failure::Refused(Refused::all(vec![Violation::whole(KEY_REUSED)]))
}

fn still_running() -> Failure {
    Failure::Refused(Refused::one(STILL_RUNNING))
}
