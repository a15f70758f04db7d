//! The decision token: a ruling that verifies itself offline, small enough for a QR code.

use crate::algorithm::Algorithm;
use crate::canonical;
use crate::header::Header;
use crate::jws;
use crate::keys::{KeyError, KeySet, SigningKey};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What fits a QR code that an ordinary printer and camera can handle.
pub const GREATEST_LENGTH: usize = 900;

/// The `typ` of the header.
pub const TYPE: &str = "decision+jwt";

/// What the token says: nothing of a patient, a diagnosis or a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionClaims {
    pub iss: String,
    /// Of the demand and, where there is one, of the ruling.
    pub number: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling_number: Option<String>,
    pub kind: String,
    pub outcome: String,
    pub issued_on: NaiveDate,
    pub decided_on: NaiveDate,
    /// Cut with `…` where the token would otherwise be too long.
    pub product: String,
    pub quantity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// SHA-256 of the signed resolution, in lower-case hexadecimal digits.
    pub resolution_sha256: String,
}

/// Why a token could not be issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    #[error("the token is longer than {GREATEST_LENGTH} bytes even with the shortest product name")]
    TooLong,
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("the claims have no canonical form")]
    NotCanonical,
}

/// Why a token is not accepted; to the public it is one problem, `signature.decision_token`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    #[error("not a compact JWS of this kind")]
    Malformed,
    #[error("signed with a key that is not in the set")]
    UnknownKey,
    #[error("changed after signing")]
    WrongSignature,
}

pub fn issue(key: &SigningKey, claims: &DecisionClaims) -> Result<String, IssueError> {
    let whole = sign(key, claims)?;
    if whole.len() <= GREATEST_LENGTH {
        return Ok(whole);
    }
    // Base64 writes three bytes as four characters; cutting a little too much is harmless.
    let too_much = (whole.len() - GREATEST_LENGTH).div_ceil(4) * 3 + '…'.len_utf8();
    let kept =
        claims.product.len().checked_sub(too_much).filter(|kept| *kept > 0).ok_or(IssueError::TooLong)?;
    let shortened = DecisionClaims { product: shorten(&claims.product, kept), ..claims.clone() };
    let token = sign(key, &shortened)?;
    if token.len() <= GREATEST_LENGTH { Ok(token) } else { Err(IssueError::TooLong) }
}

/// Checks the signature by the `kid` of the header against the published keys.
pub fn verify(token: &str, keys: &KeySet) -> Result<DecisionClaims, TokenFault> {
    if token.len() > GREATEST_LENGTH {
        return Err(TokenFault::Malformed);
    }
    let parts = jws::split(token).map_err(|_| TokenFault::Malformed)?;
    let header = Header::read(&parts.header).map_err(|_| TokenFault::Malformed)?;
    let known = header.text("typ") == Some(TYPE)
        && header.algorithm().ok() == Some(Algorithm::ES256)
        && header.has_only(&["alg", "kid", "typ"]);
    if !known {
        return Err(TokenFault::Malformed);
    }
    let key = header.text("kid").and_then(|kid| keys.find(kid)).ok_or(TokenFault::UnknownKey)?;
    key.verify(Algorithm::ES256, parts.signing_input, &parts.signature)
        .map_err(|_| TokenFault::WrongSignature)?;
    canonical::read(&parts.payload)
        .ok()
        .and_then(|claims| serde_json::from_value(claims).ok())
        .ok_or(TokenFault::Malformed)
}

fn sign(key: &SigningKey, claims: &DecisionClaims) -> Result<String, IssueError> {
    let value: Value = serde_json::to_value(claims).map_err(|_| IssueError::NotCanonical)?;
    let bytes = canonical::canonical_value(&value).map_err(|_| IssueError::NotCanonical)?;
    Ok(key.sign(TYPE, &bytes)?)
}

fn shorten(text: &str, bytes: usize) -> String {
    let end =
        text.char_indices().map(|(start, c)| start + c.len_utf8()).take_while(|end| *end <= bytes).last();
    let kept = text.get(..end.unwrap_or(0)).unwrap_or_default();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    fn key() -> SigningKey {
        let rng = aws_lc_rs::rand::SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &rng).unwrap();
        SigningKey::from_pkcs8_der(der.as_ref()).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn claims(product: &str) -> DecisionClaims {
        DecisionClaims {
            iss: "https://import.example".to_owned(),
            number: "ID-2026-000123-7".to_owned(),
            ruling_number: Some("PLD.4530.123.2026".to_owned()),
            kind: "INDIVIDUAL".to_owned(),
            outcome: "CONSENT".to_owned(),
            issued_on: day("2026-02-20"),
            decided_on: day("2026-03-02"),
            product: product.to_owned(),
            quantity: "12".to_owned(),
            valid_until: Some(day("2027-03-02")),
            resolution_sha256: hex::encode([7; 32]),
        }
    }

    #[test]
    fn an_issued_token_verifies_and_says_the_same() {
        let key = key();
        let token = issue(&key, &claims("Lek Testowy 5 mg")).unwrap();
        assert!(token.len() <= GREATEST_LENGTH);
        assert_eq!(verify(&token, &KeySet::of([&key])).unwrap(), claims("Lek Testowy 5 mg"));
    }

    #[test]
    fn the_header_says_only_algorithm_key_and_type() {
        let key = key();
        let token = issue(&key, &claims("Lek")).unwrap();
        let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        assert_eq!(header, serde_json::json!({"alg": "ES256", "kid": key.kid(), "typ": "decision+jwt"}));
    }

    #[test]
    fn a_long_product_name_is_shortened_until_the_token_fits() {
        let key = key();
        for length in 1..700 {
            let token = issue(&key, &claims(&"żół ".repeat(length))).unwrap();
            assert!(token.len() <= GREATEST_LENGTH, "{length}");
        }
        let token = issue(&key, &claims(&"żółć ".repeat(400))).unwrap();
        let product = verify(&token, &KeySet::of([&key])).unwrap().product;
        assert!(product.starts_with("żółć żółć") && product.ends_with('…'), "{product}");
        assert!(token.len() > GREATEST_LENGTH - 20);
    }

    #[test]
    fn what_shortening_cannot_help_is_refused() {
        let long = DecisionClaims { quantity: "9".repeat(900), ..claims("Lek") };
        assert_eq!(issue(&key(), &long), Err(IssueError::TooLong));
    }

    #[test]
    fn a_changed_token_and_a_foreign_key_are_refused() {
        let (ours, theirs) = (key(), key());
        let token = issue(&ours, &claims("Lek")).unwrap();
        let (head, signature) = token.rsplit_once('.').unwrap();
        let forged = claims("Inny lek");
        let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&forged).unwrap());
        let header = head.split_once('.').unwrap().0;
        let changed = format!("{header}.{payload}.{signature}");
        assert_eq!(verify(&changed, &KeySet::of([&ours])), Err(TokenFault::WrongSignature));
        assert_eq!(verify(&token, &KeySet::of([&theirs])), Err(TokenFault::UnknownKey));
    }

    #[test]
    fn a_token_of_another_type_or_algorithm_is_refused() {
        let key = key();
        let other = key.sign("at+jwt", b"{}").unwrap();
        assert_eq!(verify(&other, &KeySet::of([&key])), Err(TokenFault::Malformed));
        let header = serde_json::json!({"alg": "none", "kid": key.kid(), "typ": TYPE}).to_string();
        let unsigned = jws::join(&jws::signing_input(header.as_bytes(), b"{}"), b"x");
        assert_eq!(verify(&unsigned, &KeySet::of([&key])), Err(TokenFault::Malformed));
    }

    #[test]
    fn the_published_set_finds_the_key_again() {
        let (present, former) = (key(), key());
        let set = KeySet::from_jwk_set(&KeySet::of([&present, &former]).jwk_set());
        let token = issue(&former, &claims("Lek")).unwrap();
        assert!(verify(&token, &set).is_ok());
    }
}
