//! How often one client, or one address, may try what could be guessed or costs much.

use http::limits::Bucket;
use std::num::NonZeroU32;

/// Whoever knows two numbers of a demand may retrieve it, so numbers must not be tried out.
const RETRIEVALS: &[&str] = &["POST /api/v1/supply/retrievals", "POST /api/v1/supply/paper-receipts"];
/// In a facility the document number alone is the secret: an RPWDL number is public.
const PUBLIC_CHECKS: &[&str] = &["POST /api/v1/public/checks"];
const DECISION_VERIFICATIONS: &[&str] = &["POST /api/v1/public/decision-verifications"];
/// A diagnosis may fetch revocation lists.
const DIAGNOSES: &[&str] = &["POST /api/v1/signatures/diagnoses"];

/// The limits of production.
pub fn usual() -> Vec<Bucket> {
    let all = [
        bucket("retrievals", RETRIEVALS, 30, 10),
        bucket("public-checks", PUBLIC_CHECKS, 10, 5),
        bucket("decision-verifications", DECISION_VERIFICATIONS, 60, 20),
        bucket("diagnoses", DIAGNOSES, 60, 20),
    ];
    all.into_iter().flatten().collect()
}

/// `None` for a bucket that would let nobody through.
fn bucket(
    name: &'static str,
    operations: &'static [&'static str],
    per_minute: u32,
    burst: u32,
) -> Option<Bucket> {
    let (per_minute, burst) = (NonZeroU32::new(per_minute)?, NonZeroU32::new(burst)?);
    Some(Bucket { name, operations, per_minute, burst })
}
