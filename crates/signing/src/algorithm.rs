//! The four signature algorithms that are admitted, and the keys that fit them (RFC 7518 §3).

use crate::diagnosis::Fault;
use crate::faults;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
};

/// What the `alg` member may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Algorithm {
    ES256,
    ES384,
    PS256,
    RS256,
}

impl Algorithm {
    pub const ALL: [Self; 4] = [Self::ES256, Self::ES384, Self::PS256, Self::RS256];

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == text)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::PS256 => "PS256",
            Self::RS256 => "RS256",
        }
    }

    fn verification(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::ES256 => &ECDSA_P256_SHA256_FIXED,
            Self::ES384 => &ECDSA_P384_SHA384_FIXED,
            Self::PS256 => &RSA_PSS_2048_8192_SHA256,
            Self::RS256 => &RSA_PKCS1_2048_8192_SHA256,
        }
    }
}

/// A public key as it stands in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub family: KeyFamily,
    /// The uncompressed point, or the DER of `RSAPublicKey`.
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFamily {
    P256,
    P384,
    Rsa,
}

impl PublicKey {
    /// The key decides which algorithms may be used with it, never the header.
    pub fn fits(&self, algorithm: Algorithm) -> Result<(), Fault> {
        let fits = match self.family {
            KeyFamily::P256 => algorithm == Algorithm::ES256,
            KeyFamily::P384 => algorithm == Algorithm::ES384,
            KeyFamily::Rsa => matches!(algorithm, Algorithm::PS256 | Algorithm::RS256),
        };
        if fits { Ok(()) } else { Err(Fault::new(faults::ALGORITHM_KEY_MISMATCH, "header.alg")) }
    }

    pub fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> Result<(), Fault> {
        self.fits(algorithm)?;
        UnparsedPublicKey::new(algorithm.verification(), &self.bytes)
            .verify(message, signature)
            .map_err(|_| Fault::new(faults::VALUE, "signature"))
    }
}
