//! The buckets of production.

use super::Bucket;
use std::num::NonZeroU32;

/// Public checks that name one document, whoever asks: with its number known, the other one must not be guessed.
pub const CHECKS_OF_ONE_DOCUMENT: &str = "public-checks-of-one-document";

/// Public checks in a facility by one network. RPWDL numbers are public, so there the document's number alone is the
/// secret. What a network asks beyond this share of its own draws from [`CHECKS_IN_FACILITIES`].
pub const CHECKS_IN_FACILITIES_OF_ONE_NETWORK: &str = "public-checks-in-facilities-of-one-network";

/// What all networks together may check in facilities beyond their own shares. So guessing stays bounded however many
/// addresses take part, and whoever empties this bucket takes from nobody else the share of their own.
pub const CHECKS_IN_FACILITIES: &str = "public-checks-in-facilities";

/// Retrievals and receipts on paper that name one document, whoever asks: with its number known, the patient's
/// identifier must not be tried out.
pub const RETRIEVALS_OF_ONE_DOCUMENT: &str = "retrievals-of-one-document";

/// Whoever knows two numbers of a demand may retrieve it, so numbers must not be tried out.
const RETRIEVALS: &[&str] = &["POST /api/v1/supply/retrievals", "POST /api/v1/supply/paper-receipts"];

/// Look-ups of orders for devices and for repairs; those by code and PESEL are slowed down by what the store counts, too.
const LOOK_UPS: &[&str] =
    &["POST /api/v1/device-orders/look-ups", "POST /api/v1/device-repair-orders/look-ups"];

/// A diagnosis may fetch revocation lists.
const DIAGNOSES: &[&str] = &["POST /api/v1/signatures/diagnoses"];

/// Everything else is unlimited: its callers have an account and are on record.
pub fn production() -> Vec<Bucket> {
    vec![
        per_minute("public-checks", &["POST /api/v1/public/checks"], 30),
        per_minute(CHECKS_OF_ONE_DOCUMENT, &[], 10),
        per_minute(CHECKS_IN_FACILITIES_OF_ONE_NETWORK, &[], 10),
        per_minute(CHECKS_IN_FACILITIES, &[], 600),
        per_minute("decision-verifications", &["POST /api/v1/public/decision-verifications"], 60),
        per_minute("retrievals", RETRIEVALS, 60),
        per_minute(RETRIEVALS_OF_ONE_DOCUMENT, &[], 10),
        per_minute("look-ups", LOOK_UPS, 240),
        per_minute("diagnoses", DIAGNOSES, 60),
    ]
}

/// Whether the operation may answer 429.
pub(crate) fn is_limited(method: &str, pattern: &str) -> bool {
    production().iter().any(|bucket| bucket.counts(method, pattern))
}

/// The whole minute's share may come at once.
fn per_minute(name: &'static str, operations: &'static [&'static str], number: u32) -> Bucket {
    let number = NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    Bucket { name, operations, per_minute: number, burst: number }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn every_limited_operation_stands_in_the_contract() {
        let document = serde_json::to_value(crate::openapi()).unwrap();
        for operation in production().iter().flat_map(|bucket| bucket.operations.iter()) {
            let (method, path) = operation.split_once(' ').unwrap();
            assert!(document["paths"][path][method.to_lowercase()].is_object(), "{operation}");
        }
    }

    #[test]
    fn the_contract_promises_429_where_a_bucket_is_and_nowhere_else() {
        let document = serde_json::to_value(crate::openapi()).unwrap();
        let mut promised = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                if operation["responses"]["429"].is_object() {
                    promised.push(format!("{} {path}", method.to_uppercase()));
                }
            }
        }
        let mut limited: Vec<String> =
            production().iter().flat_map(|it| it.operations.iter().map(|name| (*name).to_owned())).collect();
        promised.sort();
        limited.sort();
        assert_eq!(promised, limited);
    }

    #[test]
    fn one_document_is_checked_ten_times_a_minute() {
        let limits = Limits::new(production());
        assert!((0..10).all(|_| limits.check(CHECKS_OF_ONE_DOCUMENT, "ZPL-2026-7K3M9QXT-B").is_ok()));
        assert!(limits.check(CHECKS_OF_ONE_DOCUMENT, "ZPL-2026-7K3M9QXT-B").is_err());
        assert!(limits.check(CHECKS_OF_ONE_DOCUMENT, "ROZ-2026-7K3M9QXT-S").is_ok());
    }
}
