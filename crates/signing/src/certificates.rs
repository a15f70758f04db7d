//! What a signing certificate says: its key, what the key may be used for, and who the person is.

use crate::algorithm::{KeyFamily, PublicKey};
use crate::diagnosis::Fault;
use crate::faults;
use domain::redacted::Redacted;
use x509_parser::certificate::X509Certificate;
use x509_parser::der_parser::asn1_rs::{Oid, oid};
use x509_parser::extensions::{DistributionPointName, GeneralName, ParsedExtension};
use x509_parser::oid_registry::{
    OID_EC_P256, OID_KEY_TYPE_EC_PUBLIC_KEY, OID_NIST_EC_P384, OID_PKCS1_RSAENCRYPTION, OID_X509_GIVEN_NAME,
    OID_X509_SERIALNUMBER, OID_X509_SURNAME,
};
use x509_parser::prelude::FromDer;
use x509_parser::x509::SubjectPublicKeyInfo;

/// Keys below this are not admitted (ETSI TS 119 312).
const SMALLEST_RSA_BITS: usize = 2048;
const GREATEST_RSA_BITS: usize = 8192;

/// A natural person by the Polish population number (ETSI EN 319 412-1 §5.1.3).
const POLISH_PERSON: &str = "PNOPL-";

/// The signer's certificate; the first of `x5c`.
const SIGNER: &str = "header.x5c[0]";

/// Who signed, as the certificate names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignerIdentity {
    pub given_name: Redacted<String>,
    pub surname: Redacted<String>,
    pub pesel: Redacted<String>,
}

/// Reads the signer's certificate; that of an authority signs certificates, not documents.
pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, Fault> {
    let unreadable = || Fault::new(faults::CERTIFICATE, SIGNER);
    let (rest, certificate) = X509Certificate::from_der(der).map_err(|_| unreadable())?;
    if !rest.is_empty() {
        return Err(unreadable());
    }
    let constraints = certificate.basic_constraints().map_err(|_| unreadable())?;
    if constraints.is_some_and(|constraints| constraints.value.ca) {
        return Err(Fault::new(faults::CERTIFICATE, format!("{SIGNER}.basicConstraints")));
    }
    Ok(certificate)
}

/// RFC 5280 §4.2.1.3. Absent means anything to some readers, so it is refused here. A key that commits its holder to
/// content says so (contentCommitment, once nonRepudiation; ETSI EN 319 412-2 §4.3.2): one with digitalSignature alone
/// answers challenges at a log-in, and a document could be slipped in as a challenge.
pub(crate) fn key_usage(certificate: &X509Certificate<'_>, must_commit: bool) -> Result<(), Fault> {
    let signs = certificate.key_usage().ok().flatten().is_some_and(|usage| {
        usage.value.non_repudiation() || (!must_commit && usage.value.digital_signature())
    });
    if signs { Ok(()) } else { Err(Fault::new(faults::KEY_USAGE, format!("{SIGNER}.keyUsage"))) }
}

pub(crate) fn public_key(certificate: &X509Certificate<'_>) -> Result<PublicKey, Fault> {
    let info = certificate.public_key();
    let family =
        family(info).ok_or_else(|| Fault::new(faults::WEAK_KEY, format!("{SIGNER}.subjectPublicKeyInfo")))?;
    Ok(PublicKey { family, bytes: info.subject_public_key.data.to_vec() })
}

fn family(info: &SubjectPublicKeyInfo<'_>) -> Option<KeyFamily> {
    if info.algorithm.algorithm == OID_PKCS1_RSAENCRYPTION {
        return rsa_is_strong(info).then_some(KeyFamily::Rsa);
    }
    if info.algorithm.algorithm != OID_KEY_TYPE_EC_PUBLIC_KEY {
        return None;
    }
    let curve: Oid<'_> = info.algorithm.parameters.as_ref()?.as_oid().ok()?;
    if curve == OID_EC_P256 {
        Some(KeyFamily::P256)
    } else if curve == OID_NIST_EC_P384 {
        Some(KeyFamily::P384)
    } else {
        None
    }
}

fn rsa_is_strong(info: &SubjectPublicKeyInfo<'_>) -> bool {
    let Ok(x509_parser::public_key::PublicKey::RSA(key)) = info.parsed() else { return false };
    let mut significant = key.modulus.iter().skip_while(|byte| **byte == 0);
    let Some(first) = significant.next() else { return false };
    let bits = significant.count() * 8 + (8 - first.leading_zeros() as usize);
    (SMALLEST_RSA_BITS..=GREATEST_RSA_BITS).contains(&bits)
}

pub(crate) fn identity(certificate: &X509Certificate<'_>) -> Result<SignerIdentity, Fault> {
    let pesel = subject(certificate, &OID_X509_SERIALNUMBER, "serialNumber")?;
    let pesel = pesel
        .strip_prefix(POLISH_PERSON)
        .filter(|number| number.len() == 11 && number.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(|| unidentified("serialNumber"))?;
    Ok(SignerIdentity {
        given_name: Redacted::new(subject(certificate, &OID_X509_GIVEN_NAME, "givenName")?),
        surname: Redacted::new(subject(certificate, &OID_X509_SURNAME, "surname")?),
        pesel: Redacted::new(pesel.to_owned()),
    })
}

/// An attribute that occurs twice identifies nobody.
fn subject(certificate: &X509Certificate<'_>, id: &Oid<'_>, name: &str) -> Result<String, Fault> {
    let mut attributes =
        certificate.subject().iter_attributes().filter(|attribute| attribute.attr_type() == id);
    let (Some(only), None) = (attributes.next(), attributes.next()) else {
        return Err(unidentified(name));
    };
    let text = only.as_str().ok().map(str::trim).filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| unidentified(name))
}

fn unidentified(name: &str) -> Fault {
    Fault::new(faults::SIGNER_UNIDENTIFIED, format!("{SIGNER}.subject.{name}"))
}

/// A qualified certificate says so itself, in the QCStatements extension (RFC 3739 §3.2.6): that it is one (eIDAS annex
/// I(a), ETSI EN 319 412-5 §4.2.1), and that the key lies in a qualified signature creation device (annex I(j), §4.2.2),
/// without which a signature is an advanced one only (eIDAS art. 3(12)).
pub(crate) fn declares_qualified(certificate: &X509Certificate<'_>) -> bool {
    const QC_STATEMENTS: Oid<'static> = oid!(1.3.6.1.5.5.7.1.3);
    const QC_COMPLIANCE: Oid<'static> = oid!(0.4.0.1862.1.1);
    const QC_SSCD: Oid<'static> = oid!(0.4.0.1862.1.4);
    let Ok(Some(extension)) = certificate.get_extension_unique(&QC_STATEMENTS) else { return false };
    statements(extension.value).is_some_and(|ids| ids.contains(&QC_COMPLIANCE) && ids.contains(&QC_SSCD))
}

/// `QCStatements ::= SEQUENCE OF SEQUENCE { statementId OBJECT IDENTIFIER, statementInfo ANY OPTIONAL }`
fn statements(value: &[u8]) -> Option<Vec<Oid<'_>>> {
    use x509_parser::der_parser::asn1_rs::Any;
    let (_, list) = Any::from_der(value).ok()?;
    let mut rest = list.data;
    let mut ids = Vec::new();
    while !rest.is_empty() {
        let (after, statement) = Any::from_der(rest).ok()?;
        let (_, id) = Oid::from_der(statement.data).ok()?;
        ids.push(id);
        rest = after;
    }
    Some(ids)
}

/// Where the revocation lists of a certificate are published (RFC 5280 §4.2.1.13).
pub(crate) fn crl_urls(der: &[u8]) -> Vec<String> {
    let Ok((_, certificate)) = X509Certificate::from_der(der) else { return Vec::new() };
    let points = certificate.extensions().iter().filter_map(|extension| match extension.parsed_extension() {
        ParsedExtension::CRLDistributionPoints(points) => Some(points.iter()),
        _ => None,
    });
    let names = points.flatten().filter_map(|point| match &point.distribution_point {
        Some(DistributionPointName::FullName(names)) => Some(names.iter()),
        _ => None,
    });
    let urls = names.flatten().filter_map(|name| match name {
        GeneralName::URI(url) => Some((*url).to_owned()),
        _ => None,
    });
    urls.collect()
}
