//! A test person's key with its certificate, and the signatures made with it.

use super::{PkiError, pem};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
    RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_RSA_SHA256, RsaKeySize};
use serde_json::{Map, Value, json};
use signing::{Algorithm, jws};
use std::fs;
use std::path::Path;

enum Material {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

/// A private key and the chain from its certificate to the intermediate authority.
pub struct SignerKey {
    algorithm: Algorithm,
    chain: Vec<Vec<u8>>,
    pkcs8: Vec<u8>,
    material: Material,
}

pub(super) fn generate(algorithm: Algorithm) -> Result<KeyPair, PkiError> {
    Ok(match algorithm {
        Algorithm::ES256 => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?,
        Algorithm::ES384 => KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?,
        Algorithm::PS256 | Algorithm::RS256 => {
            KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?
        }
    })
}

impl SignerKey {
    pub(super) fn new(algorithm: Algorithm, chain: Vec<Vec<u8>>, pkcs8: &[u8]) -> Result<Self, PkiError> {
        let material = match algorithm {
            Algorithm::ES256 => {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map(Material::Ec)
            }
            Algorithm::ES384 => {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, pkcs8).map(Material::Ec)
            }
            Algorithm::PS256 | Algorithm::RS256 => RsaKeyPair::from_pkcs8(pkcs8).map(Material::Rsa),
        };
        let material = material.map_err(|_| PkiError::Key)?;
        Ok(Self { algorithm, chain, pkcs8: pkcs8.to_vec(), material })
    }

    /// Reads what [`SignerKey::save`] wrote.
    pub fn load(file: &Path, algorithm: Algorithm) -> Result<Self, PkiError> {
        let text = fs::read_to_string(file)?;
        let key = pem::decode_one("PRIVATE KEY", &text)?;
        Self::new(algorithm, pem::decode("CERTIFICATE", &text)?, &key)
    }

    /// Writes key and certificates into one PEM file.
    pub fn save(&self, file: &Path) -> Result<(), PkiError> {
        let certificates = self.chain.iter().map(|der| pem::encode("CERTIFICATE", der));
        let text: String =
            std::iter::once(pem::encode("PRIVATE KEY", &self.pkcs8)).chain(certificates).collect();
        Ok(crate::folder::write(file, text.as_bytes())?)
    }

    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// DER, the certificate of the key first.
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    pub fn public_key(&self) -> &[u8] {
        match &self.material {
            Material::Ec(pair) => pair.public_key().as_ref(),
            Material::Rsa(pair) => pair.public_key().as_ref(),
        }
    }

    /// The same key signing with another algorithm that fits it, as PS256 and RS256 both fit an RSA key.
    pub fn with_algorithm(&self, algorithm: Algorithm) -> Result<Self, PkiError> {
        Self::new(algorithm, self.chain.clone(), &self.pkcs8)
    }

    /// A JAdES baseline-B signature of the payload.
    pub fn sign(&self, payload: &[u8], iat: DateTime<Utc>) -> Result<String, PkiError> {
        self.sign_under(&header(self.algorithm, &self.chain, iat), payload)
    }

    /// Signs under a header made elsewhere, however wrong it may be.
    pub fn sign_under(&self, header: &Map<String, Value>, payload: &[u8]) -> Result<String, PkiError> {
        self.sign_bytes(Value::Object(header.clone()).to_string().as_bytes(), payload)
    }

    /// Signs under header bytes, which need not even be a legal JSON text.
    pub fn sign_bytes(&self, header: &[u8], payload: &[u8]) -> Result<String, PkiError> {
        let input = jws::signing_input(header, payload);
        let signature = self.signature(input.as_bytes())?;
        Ok(jws::join(&input, &signature))
    }

    /// The bare signature of a message.
    pub(crate) fn signature(&self, message: &[u8]) -> Result<Vec<u8>, PkiError> {
        let random = SystemRandom::new();
        match &self.material {
            Material::Ec(pair) => {
                Ok(pair.sign(&random, message).map_err(|_| PkiError::Key)?.as_ref().to_vec())
            }
            Material::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let padding: &dyn aws_lc_rs::signature::RsaEncoding =
                    if self.algorithm == Algorithm::PS256 { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
                pair.sign(padding, &random, message, &mut signature).map_err(|_| PkiError::Key)?;
                Ok(signature)
            }
        }
    }
}

/// The protected header that binds a signature to its certificate and time (ETSI TS 119 182-1 §5).
pub fn header(algorithm: Algorithm, chain: &[Vec<u8>], iat: DateTime<Utc>) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("alg".to_owned(), json!(algorithm.as_str()));
    members.insert("iat".to_owned(), json!(iat.timestamp()));
    members.insert("x5c".to_owned(), chain.iter().map(|der| json!(STANDARD.encode(der))).collect());
    let thumbprint = chain.first().map(|der| URL_SAFE_NO_PAD.encode(signing::canonical::sha256(der)));
    members.insert("x5t#S256".to_owned(), json!(thumbprint));
    members
}
