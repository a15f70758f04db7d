//! Accepted signatures: exact bytes, chain and revocation data, sealed under the document's key.

use crate::schema::{revocation_lists, signatures};
use crate::sealing::{DataKey, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const TABLE: &str = "signatures";

/// The constraint that makes a signature single use.
pub const SINGLE_USE: &str = "signatures_certificate_sha256_payload_sha256_key";

/// A signature with what proves it.
#[derive(Clone)]
pub struct StoredSignature {
    pub id: Uuid,
    pub document_id: String,
    pub step: String,
    pub content_version: i32,
    pub kind: String,
    pub level: String,
    pub person_id: String,
    pub certificate_sha256: [u8; 32],
    pub payload_sha256: [u8; 32],
    pub received_at: DateTime<Utc>,
    pub evidence: Evidence,
}

/// The sealed part: certificates hold the signer's PESEL, the payload the patient's.
#[derive(Clone, Serialize, Deserialize)]
pub struct Evidence {
    /// Compact JWS, or XAdES in base64, as it was received.
    pub jws: String,
    /// DER in base64, from the signer's certificate to the anchor.
    pub chain: Vec<String>,
    /// SHA-256 of the revocation lists, which are kept apart.
    pub crls: Vec<String>,
    /// The signed bytes in base64, where the signature does not hold them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// What a validation service said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validation: Option<ValidationReports>,
}

impl Evidence {
    /// Of an attached signature, which holds what it is over.
    pub fn attached(jws: String, chain: Vec<String>, crls: Vec<String>) -> Self {
        Self { jws, chain, crls, payload: None, validation: None }
    }
}

/// The reports of a validation service as they came.
#[derive(Clone, Serialize, Deserialize)]
pub struct ValidationReports {
    /// JSON.
    pub simple: String,
    /// ETSI TS 119 102-2, in base64.
    pub etsi: Option<String>,
}

#[derive(Queryable)]
struct Row {
    id: String,
    document_id: String,
    step: String,
    content_version: i32,
    kind: String,
    level: String,
    person_id: String,
    certificate_sha256: Vec<u8>,
    payload_sha256: Vec<u8>,
    received_at: NaiveDateTime,
    sealed: Vec<u8>,
}

/// Stores the signature; used before, it is a unique violation of [`SINGLE_USE`].
pub fn insert(tx: &mut Tx<'_>, key: &DataKey, signature: &StoredSignature) -> Result<(), StoreError> {
    let id = signature.id.to_string();
    let evidence = serde_json::to_vec(&signature.evidence).map_err(|_| StoreError::corrupt(TABLE, &id))?;
    let row = (
        signatures::id.eq(&id),
        signatures::document_id.eq(&signature.document_id),
        signatures::step.eq(&signature.step),
        signatures::content_version.eq(signature.content_version),
        signatures::kind.eq(&signature.kind),
        signatures::level.eq(&signature.level),
        signatures::person_id.eq(&signature.person_id),
        signatures::certificate_sha256.eq(&signature.certificate_sha256[..]),
        signatures::payload_sha256.eq(&signature.payload_sha256[..]),
        signatures::received_at.eq(timestamp::column(signature.received_at)),
        signatures::sealed.eq(key.seal(Place::new(TABLE, "sealed", &id), &evidence)?),
    );
    on_backend!(tx, |conn| diesel::insert_into(signatures::table).values(row).execute(conn))?;
    Ok(())
}

/// Whether this certificate's signature over these bytes was accepted before.
pub fn is_used(
    tx: &mut Tx<'_>,
    certificate_sha256: &[u8; 32],
    payload_sha256: &[u8; 32],
) -> Result<bool, StoreError> {
    let found: i64 = on_backend!(tx, |conn| signatures::table
        .filter(signatures::certificate_sha256.eq(&certificate_sha256[..]))
        .filter(signatures::payload_sha256.eq(&payload_sha256[..]))
        .count()
        .get_result(conn))?;
    Ok(found > 0)
}

/// The signatures of a document in the order in which they were received.
pub fn list(tx: &mut Tx<'_>, key: &DataKey, document_id: &str) -> Result<Vec<StoredSignature>, StoreError> {
    let rows: Vec<Row> = on_backend!(tx, |conn| signatures::table
        .filter(signatures::document_id.eq(document_id))
        .order(signatures::id)
        .load(conn))?;
    rows.into_iter().map(|row| row.open(key)).collect()
}

impl Row {
    fn open(self, key: &DataKey) -> Result<StoredSignature, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &self.id);
        let evidence = key.open(Place::new(TABLE, "sealed", &self.id), &self.sealed)?;
        Ok(StoredSignature {
            id: Uuid::parse_str(&self.id).map_err(|_| corrupt())?,
            certificate_sha256: self.certificate_sha256.as_slice().try_into().map_err(|_| corrupt())?,
            payload_sha256: self.payload_sha256.as_slice().try_into().map_err(|_| corrupt())?,
            evidence: serde_json::from_slice(&evidence).map_err(|_| corrupt())?,
            document_id: self.document_id,
            step: self.step,
            content_version: self.content_version,
            kind: self.kind,
            level: self.level,
            person_id: self.person_id,
            received_at: timestamp::instant(self.received_at),
        })
    }
}

/// Keeps revocation lists, each once. A list serves many signatures and may be megabytes long: those that are known are
/// not sent again.
pub fn keep_revocation_lists(tx: &mut Tx<'_>, lists: &[([u8; 32], &[u8])]) -> Result<(), StoreError> {
    let digests: Vec<&[u8]> = lists.iter().map(|(sha256, _)| &sha256[..]).collect();
    let known: Vec<Vec<u8>> = on_backend!(tx, |conn| revocation_lists::table
        .filter(revocation_lists::sha256.eq_any(&digests))
        .select(revocation_lists::sha256)
        .load(conn))?;
    let rows: Vec<_> = lists
        .iter()
        .filter(|(sha256, _)| !known.iter().any(|known| known == sha256))
        .map(|(sha256, der)| (revocation_lists::sha256.eq(&sha256[..]), revocation_lists::der.eq(*der)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    on_backend!(tx, |conn| diesel::insert_into(revocation_lists::table)
        .values(&rows)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}
