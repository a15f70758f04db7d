//! Access tokens: JWT of the type `at+jwt` (RFC 9068) from a configured issuer.

use crate::faults;
use crate::keys::{KeyError, SigningKey};
use chrono::{DateTime, TimeDelta, Utc};
use domain::problem::ProblemType;
use domain::redacted::Redacted;
use jsonwebtoken::crypto::aws_lc;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use std::sync::Once;

/// A token that lives longer is refused whoever issued it.
pub const LONGEST_LIFE: TimeDelta = TimeDelta::minutes(5);

/// The `typ` of the header; the long form `application/at+jwt` means the same (RFC 9068 §2.1).
const TYPE: &str = "at+jwt";

/// How far the clocks of an issuer and of the service may differ.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(30);

/// A configured issuer with the keys that it publishes at present.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// Compared with `iss` byte by byte (RFC 9068 §4).
    pub issuer: String,
    /// What `aud` has to contain.
    pub audience: String,
    pub keys: JwkSet,
}

/// What an accepted token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    pub iss: String,
    pub sub: Redacted<String>,
    #[serde(rename = "client_id")]
    pub client_id: String,
    pub jti: String,
    pub exp: i64,
    pub iat: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// Space-separated (RFC 8693 §4.2).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<Org>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// The patient's own number, in tokens of patients only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pesel: Option<Redacted<String>>,
    /// The number of the patient for whom the holder of the token acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub represents: Option<Redacted<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<String>,
}

impl Claims {
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_ascii_whitespace()
    }
}

/// The organisation on whose behalf the token was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    pub id: String,
    pub kind: String,
}

/// The person who is logged in, as the issuer identifies them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub id_system: String,
    pub id: Redacted<String>,
    pub role: String,
}

/// Why a token was refused: for the log, while the caller learns one of two codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("not a JWT")]
    Malformed,
    #[error("typ is not at+jwt")]
    Type,
    #[error("the header has a crit member")]
    Critical,
    #[error("the header names no key")]
    NoKeyId,
    #[error("iss is not a configured issuer")]
    UnknownIssuer,
    #[error("the issuer publishes no usable key of this kid")]
    UnknownKey,
    #[error("alg is not the algorithm of the registered key")]
    Algorithm,
    #[error("the signature does not fit")]
    Signature,
    #[error("aud does not contain this service")]
    Audience,
    #[error("a required claim is missing or unreadable")]
    Claims,
    #[error("expired")]
    Expired,
    #[error("not valid yet")]
    NotYetValid,
    #[error("lives longer than five minutes")]
    TooLongLived,
}

impl Reason {
    pub fn problem(self) -> &'static ProblemType {
        match self {
            Self::Expired => faults::TOKEN_EXPIRED,
            _ => faults::TOKEN_INVALID,
        }
    }
}

/// Issues a token of the service's own endpoint.
pub fn issue(key: &SigningKey, claims: &Claims, audience: &str) -> Result<String, KeyError> {
    let mut claims = serde_json::to_value(claims).map_err(|_| KeyError::Refused)?;
    let members = claims.as_object_mut().ok_or(KeyError::Refused)?;
    members.insert("aud".to_owned(), audience.into());
    key.sign(TYPE, claims.to_string().as_bytes())
}

/// What a token claims about its origin before anything is verified: enough to fetch the right keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub issuer: String,
    pub kid: String,
}

#[derive(Deserialize)]
struct OriginClaims {
    iss: String,
}

/// Reads the unverified origin.
pub fn origin(token: &str) -> Result<Origin, Reason> {
    let kid = checked_header(token)?.1;
    let claims: OriginClaims =
        jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|_| Reason::Malformed)?;
    Ok(Origin { issuer: claims.iss, kid })
}

/// Whether the issuer publishes the key; if not, its keys may have to be fetched again.
pub fn knows_key(keys: &JwkSet, kid: &str) -> bool {
    registered_key(keys, kid).is_some()
}

/// Verifies a token against the configured issuers.
pub fn verify(token: &str, issuers: &[Issuer], now: DateTime<Utc>) -> Result<Claims, Reason> {
    install_provider();
    let origin = origin(token)?;
    let issuer = issuers.iter().find(|issuer| issuer.issuer == origin.issuer).ok_or(Reason::UnknownIssuer)?;
    let (algorithm, key) = registered_key(&issuer.keys, &origin.kid).ok_or(Reason::UnknownKey)?;
    if checked_header(token)?.0 != algorithm {
        return Err(Reason::Algorithm);
    }
    let key = DecodingKey::from_jwk(key).map_err(|_| Reason::UnknownKey)?;
    let data = jsonwebtoken::decode::<Claims>(token, &key, &validation(algorithm, issuer)).map_err(reason)?;
    check_times(&data.claims, now)?;
    if data.claims.jti.is_empty() || data.claims.client_id.is_empty() {
        return Err(Reason::Claims);
    }
    Ok(data.claims)
}

/// Issuer and audience are left to the library; times are compared with `now`, since the library would read
/// the clock of the machine.
fn validation(algorithm: Algorithm, issuer: &Issuer) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[&issuer.issuer]);
    validation.set_audience(&[&issuer.audience]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

fn checked_header(token: &str) -> Result<(Algorithm, String), Reason> {
    // An algorithm that the library does not know, such as none, is already unreadable to it.
    let header = jsonwebtoken::decode_header(token).map_err(|_| Reason::Malformed)?;
    let typ = header.typ.unwrap_or_default().to_ascii_lowercase();
    if typ != TYPE && typ != "application/at+jwt" {
        return Err(Reason::Type);
    }
    if header.crit.is_some() {
        return Err(Reason::Critical);
    }
    let kid = header.kid.filter(|kid| !kid.is_empty()).ok_or(Reason::NoKeyId)?;
    Ok((header.alg, kid))
}

/// The key decides the algorithm: P-256 means ES256 and RSA means PS256. Symmetric keys are passed over.
fn registered_key<'k>(keys: &'k JwkSet, kid: &str) -> Option<(Algorithm, &'k Jwk)> {
    let key = keys.find(kid)?;
    if !matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
        return None;
    }
    let (algorithm, name) = match &key.algorithm {
        AlgorithmParameters::EllipticCurve(parameters) if parameters.curve == EllipticCurve::P256 => {
            (Algorithm::ES256, KeyAlgorithm::ES256)
        }
        AlgorithmParameters::RSA(_) => (Algorithm::PS256, KeyAlgorithm::PS256),
        _ => return None,
    };
    key.common.key_algorithm.is_none_or(|of| of == name).then_some((algorithm, key))
}

fn check_times(claims: &Claims, now: DateTime<Utc>) -> Result<(), Reason> {
    let time = |seconds: i64| DateTime::from_timestamp(seconds, 0).ok_or(Reason::Claims);
    let (expires, issued) = (time(claims.exp)?, time(claims.iat)?);
    let not_before = claims.nbf.map(time).transpose()?.unwrap_or(issued);
    // The leeway is taken from our own time: adding it to what a token says could overflow.
    if now - LEEWAY >= expires {
        return Err(Reason::Expired);
    }
    if issued > now + LEEWAY || not_before > now + LEEWAY {
        return Err(Reason::NotYetValid);
    }
    if expires - issued > LONGEST_LIFE {
        return Err(Reason::TooLongLived);
    }
    Ok(())
}

fn reason(error: jsonwebtoken::errors::Error) -> Reason {
    use jsonwebtoken::errors::ErrorKind;
    match error.into_kind() {
        ErrorKind::InvalidSignature => Reason::Signature,
        ErrorKind::InvalidAudience => Reason::Audience,
        ErrorKind::InvalidIssuer => Reason::UnknownIssuer,
        ErrorKind::InvalidAlgorithm => Reason::Algorithm,
        ErrorKind::MissingRequiredClaim(_) | ErrorKind::Json(_) => Reason::Claims,
        _ => Reason::Malformed,
    }
}

/// The library panics when it has to guess between two backends, so it is told. Whoever came first wins.
fn install_provider() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let _already_installed = aws_lc::DEFAULT_PROVIDER.install_default().is_err();
    });
}
