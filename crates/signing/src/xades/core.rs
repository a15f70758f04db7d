//! Core validation (XMLDSig §3.2): what the references cover, and whether the seal's key signed them.

use super::Detached;
use super::document::{DS, XADES, Xades, at, base64, only, structure, text};
use crate::certificates;
use crate::diagnosis::Fault;
use crate::faults;
use aws_lc_rs::digest;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
};
use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::NodeSet;
use serde::{Deserialize, Serialize};
use uppsala::NodeId;

const BASE64_TRANSFORM: &str = "http://www.w3.org/2000/09/xmldsig#base64";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// The digests that are still strong (ETSI TS 119 312 §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DigestAlgorithm {
    Sha256,
    Sha384,
    Sha512,
}

impl DigestAlgorithm {
    fn parse(uri: &str) -> Option<Self> {
        match uri {
            "http://www.w3.org/2001/04/xmlenc#sha256" => Some(Self::Sha256),
            "http://www.w3.org/2001/04/xmldsig-more#sha384" => Some(Self::Sha384),
            "http://www.w3.org/2001/04/xmlenc#sha512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// As EU DSS names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
        }
    }

    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        digest::digest(algorithm, bytes).as_ref().to_vec()
    }
}

fn verification(uri: &str) -> Option<&'static dyn VerificationAlgorithm> {
    match uri {
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" => Some(&RSA_PKCS1_2048_8192_SHA256),
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => Some(&RSA_PKCS1_2048_8192_SHA384),
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => Some(&RSA_PKCS1_2048_8192_SHA512),
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" => Some(&ECDSA_P256_SHA256_FIXED),
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384" => Some(&ECDSA_P384_SHA384_FIXED),
        _ => None,
    }
}

fn algorithm<'x>(xades: &'x Xades<'_>, node: NodeId) -> &'x str {
    xades.document.get_attribute(node, "Algorithm").unwrap_or_default()
}

fn reference_digest(xades: &Xades<'_>, reference: NodeId) -> Result<(DigestAlgorithm, Vec<u8>), Fault> {
    let method = only(&xades.document, reference, DS, "DigestMethod")?;
    let admitted = DigestAlgorithm::parse(algorithm(xades, method));
    let admitted = admitted.ok_or_else(|| Fault::new(faults::XADES_ALGORITHM, "ds:DigestMethod"))?;
    let value = only(&xades.document, reference, DS, "DigestValue")?;
    let value =
        base64(&xades.document.text_content_deep(value)).ok_or_else(|| structure("ds:DigestValue"))?;
    Ok((admitted, value))
}

fn transforms(xades: &Xades<'_>, reference: NodeId) -> Result<Vec<NodeId>, Fault> {
    let document = &xades.document;
    match document.child_elements_by_name_ns(reference, DS, "Transforms").as_slice() {
        [] => Ok(Vec::new()),
        [all] => Ok(document.child_elements_by_name_ns(*all, DS, "Transform")),
        _ => Err(structure("ds:Transforms")),
    }
}

/// The canonical bytes of an element under the algorithm that this node names. Comments are never part of them, for what
/// a reader sees of a text does not show where one stands.
fn canonical(xades: &Xades<'_>, element: NodeId, named_by: Option<NodeId>) -> Result<Vec<u8>, Fault> {
    let refused = || Fault::new(faults::XADES_ALGORITHM, "ds:CanonicalizationMethod");
    let mode = match named_by {
        None => C14nMode::Inclusive,
        Some(node) => C14nMode::from_uri(algorithm(xades, node)).ok_or_else(refused)?,
    };
    if mode.with_comments() {
        return Err(refused());
    }
    let prefixes: Vec<String> = named_by
        .into_iter()
        .flat_map(|node| xades.document.child_elements_by_name_ns(node, EXCLUSIVE, "InclusiveNamespaces"))
        .filter_map(|list| xades.document.get_attribute(list, "PrefixList"))
        .flat_map(|list| list.split_ascii_whitespace().map(str::to_owned))
        .collect();
    let subtree = NodeSet::tree_without_comments(element, &xades.document);
    canonicalize_doc(&xades.document, mode, Some(&subtree), &prefixes).map_err(|_| refused())
}

/// The certificate that the signed properties bind, if it is one of the pinned seals. Whoever holds another certificate
/// could claim any person in the properties.
pub(super) fn bound_seal(xades: &Xades<'_>, seals: &[Vec<u8>]) -> Result<Vec<u8>, Fault> {
    let document = &xades.document;
    let properties = at(document, xades.signed_properties, &[(XADES, "SignedSignatureProperties")])?;
    let unbound = || Fault::new(faults::XADES_SEAL, "xades:SigningCertificateV2");
    let binding = ["SigningCertificateV2", "SigningCertificate"]
        .into_iter()
        .find_map(|name| only(document, properties, XADES, name).ok())
        .ok_or_else(unbound)?;
    // The first one is the signer's; others may be those of its issuers.
    let first = document.first_child_element_by_name_ns(binding, XADES, "Cert").ok_or_else(unbound)?;
    let digest = at(document, first, &[(XADES, "CertDigest")])?;
    let (algorithm, value) = reference_digest(xades, digest)?;
    let seal = seals.iter().find(|seal| algorithm.of(seal) == value);
    seal.cloned().ok_or_else(|| Fault::new(faults::XADES_SEAL, "xades:SigningCertificateV2"))
}

/// The seal's key signed the references, and one of them covers the properties in which the person stands.
pub(super) fn value(xades: &Xades<'_>, seal: &[u8]) -> Result<(), Fault> {
    let document = &xades.document;
    let info = xades.signed_info;
    let canonicalization = only(document, info, DS, "CanonicalizationMethod")?;
    let method = only(document, info, DS, "SignatureMethod")?;
    let admitted = verification(algorithm(xades, method));
    let admitted = admitted.ok_or_else(|| Fault::new(faults::XADES_ALGORITHM, "ds:SignatureMethod"))?;
    let signed = canonical(xades, info, Some(canonicalization))?;
    let value = only(document, xades.signature, DS, "SignatureValue")?;
    let value = base64(&document.text_content_deep(value)).ok_or_else(|| structure("ds:SignatureValue"))?;
    let certificate = certificates::parse(seal)?;
    let key = certificates::public_key(&certificate)?;
    UnparsedPublicKey::new(admitted, &key.bytes)
        .verify(&signed, &value)
        .map_err(|_| Fault::new(faults::VALUE, "ds:SignatureValue"))?;
    let transforms = transforms(xades, xades.over_properties)?;
    let bytes = match transforms.as_slice() {
        [] => canonical(xades, xades.signed_properties, None)?,
        [only] => canonical(xades, xades.signed_properties, Some(*only))?,
        _ => return Err(structure("ds:Transforms")),
    };
    let (digest, stated) = reference_digest(xades, xades.over_properties)?;
    if digest.of(&bytes) == stated {
        Ok(())
    } else {
        Err(Fault::new(faults::VALUE, "xades:SignedProperties"))
    }
}

/// What the reference over the content covers: bytes that stand elsewhere, or base64 inside the signature. Nothing else is
/// admitted, for a transform could make other bytes of them than those that were shown.
pub(super) fn content(xades: &Xades<'_>, expected: &[u8]) -> Result<Option<Detached>, Fault> {
    let document = &xades.document;
    let (algorithm_of_digest, stated) = reference_digest(xades, xades.over_content)?;
    if algorithm_of_digest.of(expected) != stated {
        return Err(Fault::new(faults::PAYLOAD_DIFFERS, "ds:Reference"));
    }
    let uri = document.get_attribute(xades.over_content, "URI").unwrap_or_default();
    let transforms = transforms(xades, xades.over_content)?;
    let Some(id) = uri.strip_prefix('#') else {
        if !transforms.is_empty() {
            return Err(structure("ds:Transforms"));
        }
        let name = (!uri.is_empty()).then(|| uri.to_owned());
        return Ok(Some(Detached { name, digest: algorithm_of_digest }));
    };
    let is_base64 = matches!(transforms.as_slice(), [only] if algorithm(xades, *only) == BASE64_TRANSFORM);
    let inside = document
        .child_elements_by_name_ns(xades.signature, DS, "Object")
        .into_iter()
        .find(|object| document.get_attribute(*object, "Id") == Some(id));
    let inside = inside.filter(|_| is_base64).ok_or_else(|| structure("ds:Object"))?;
    match base64(&text(document, inside)) {
        Some(bytes) if bytes == expected => Ok(None),
        _ => Err(Fault::new(faults::PAYLOAD_DIFFERS, "ds:Object")),
    }
}
