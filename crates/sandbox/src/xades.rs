//! Trusted signatures of personas: XAdES baseline B, written in canonical form from the start, so that the very text is
//! what is digested and signed (exclusive XML canonicalisation: each element declares the prefixes that it uses, attributes
//! in order, no empty-element tags).

use crate::personas::Persona;
use crate::pki::{PkiError, Seal, SignerKey, TrustedSeals, foreign_seal};
use crate::signatures::Defect;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use signing::{Algorithm, canonical};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const PPZP: &str = "http://crd.gov.pl/xml/schematy/ppzp/";
const PERSON: &str = "http://crd.gov.pl/xml/schematy/osoba/2009/03/06/";

/// Where the content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packaging {
    /// Outside, under a name.
    Detached,
    /// Inside, in base64.
    Enveloping,
}

/// What is signed with whose trusted profile, and how.
#[derive(Clone, Copy, Debug)]
pub struct TrustedRequest<'a> {
    pub persona: &'a Persona,
    pub payload: &'a [u8],
    pub packaging: Packaging,
    pub defect: Option<Defect>,
    /// Real time.
    pub now: DateTime<Utc>,
}

impl TrustedRequest<'_> {
    /// XAdES in base64. A trusted profile has no certificate of its own, so that defects of certificates are those of the
    /// seal; `ALGORITHM_NONE` is a canonical form that nobody knows.
    pub fn sign(&self, seals: &TrustedSeals) -> Result<String, PkiError> {
        let (spec, defect) = (self.persona.spec, self.defect);
        let mut content = self.payload.to_vec();
        if defect == Some(Defect::TamperedPayload) {
            content.push(b' ');
        }
        let (given_names, family_name, pesel) = match defect {
            Some(Defect::WrongSigner) => ("Obcy", "Zmyślony", "44051401458"),
            _ => (spec.given_names, spec.family_name, spec.pesel),
        };
        let early =
            if defect == Some(Defect::SignedTooEarly) { TimeDelta::days(2) } else { TimeDelta::zero() };
        let signature = TrustedSignature {
            given_names,
            family_name,
            pesel,
            content: &content,
            packaging: self.packaging,
            signed_at: self.now - early,
            is_bound: defect != Some(Defect::UnboundCertificate),
        };
        let xml = match defect {
            Some(Defect::ForeignRoot) => signature.seal(&foreign_seal(self.now)?)?,
            Some(Defect::RevokedCertificate) => signature.seal(seals.key(Seal::Revoked)?)?,
            Some(Defect::ExpiredCertificate) => signature.seal(seals.key(Seal::Expired)?)?,
            Some(Defect::WrongKeyUsage) => signature.seal(seals.key(Seal::ForEncryption)?)?,
            _ => signature.seal(seals.key(Seal::Valid)?)?,
        };
        let unknown = || xml.replacen("xml-exc-c14n#\"></ds:Canon", "xml-exc-c14n#none\"></ds:Canon", 1);
        let xml = if defect == Some(Defect::AlgorithmNone) { unknown() } else { xml };
        Ok(STANDARD.encode(xml))
    }
}

/// Who signs what with a trusted profile.
pub struct TrustedSignature<'a> {
    pub given_names: &'a str,
    pub family_name: &'a str,
    pub pesel: &'a str,
    pub content: &'a [u8],
    pub packaging: Packaging,
    pub signed_at: DateTime<Utc>,
    /// Whether the signed properties bind the seal's certificate.
    pub is_bound: bool,
}

impl TrustedSignature<'_> {
    /// The XML under this seal.
    pub fn seal(&self, seal: &SignerKey) -> Result<String, PkiError> {
        let certificate = seal.chain().first().ok_or(PkiError::Key)?;
        let properties = self.properties(certificate);
        let info = self.signed_info(seal.algorithm(), &properties)?;
        let value = STANDARD.encode(seal.signature(info.as_bytes())?);
        let certificate = STANDARD.encode(certificate);
        let content = match self.packaging {
            Packaging::Detached => String::new(),
            Packaging::Enveloping => {
                format!(r#"<ds:Object Id="content">{}</ds:Object>"#, STANDARD.encode(self.content))
            }
        };
        Ok(format!(
            r##"<ds:Signature xmlns:ds="{DS}" Id="signature">{info}<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>{content}<ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" Target="#signature">{properties}</xades:QualifyingProperties></ds:Object></ds:Signature>"##
        ))
    }

    fn properties(&self, certificate: &[u8]) -> String {
        let binding = if self.is_bound {
            format!(
                "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>{}</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>",
                digest(certificate)
            )
        } else {
            String::new()
        };
        let time = self.signed_at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let (given, family) = (escaped(self.given_names), escaped(self.family_name));
        format!(
            r#"<xades:SignedProperties xmlns:xades="{XADES}" Id="properties"><xades:SignedSignatureProperties><xades:SigningTime>{time}</xades:SigningTime>{binding}<xades:SignerRoleV2><xades:ClaimedRoles><xades:ClaimedRole><ppZP:PodpisZP xmlns:ppZP="{PPZP}"><ppZP:DaneZP><ppZP:DaneZPOsobyFizycznej><os:Nazwisko xmlns:os="{PERSON}" rodzajCzlonu="pierwszy">{family}</os:Nazwisko><os:Imie xmlns:os="{PERSON}">{given}</os:Imie><os:PESEL xmlns:os="{PERSON}">{pesel}</os:PESEL></ppZP:DaneZPOsobyFizycznej></ppZP:DaneZP></ppZP:PodpisZP></xades:ClaimedRole></xades:ClaimedRoles></xades:SignerRoleV2></xades:SignedSignatureProperties></xades:SignedProperties>"#,
            pesel = self.pesel,
        )
    }

    fn signed_info(&self, algorithm: Algorithm, properties: &str) -> Result<String, PkiError> {
        let method = match algorithm {
            Algorithm::RS256 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            Algorithm::ES256 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            Algorithm::ES384 | Algorithm::PS256 => return Err(PkiError::Key),
        };
        let content = match self.packaging {
            Packaging::Detached => {
                format!(r#"<ds:Reference URI="document.json">{}</ds:Reference>"#, bare_digest(self.content))
            }
            Packaging::Enveloping => format!(
                r##"<ds:Reference URI="#content"><ds:Transforms><ds:Transform Algorithm="{DS}base64"></ds:Transform></ds:Transforms>{}</ds:Reference>"##,
                bare_digest(self.content)
            ),
        };
        let properties = bare_digest(properties.as_bytes());
        Ok(format!(
            r##"<ds:SignedInfo xmlns:ds="{DS}"><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="{method}"></ds:SignatureMethod>{content}<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#properties"><ds:Transforms><ds:Transform Algorithm="{EXCLUSIVE}"></ds:Transform></ds:Transforms>{properties}</ds:Reference></ds:SignedInfo>"##
        ))
    }
}

fn bare_digest(bytes: &[u8]) -> String {
    let value = STANDARD.encode(canonical::sha256(bytes));
    format!(
        r#"<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod><ds:DigestValue>{value}</ds:DigestValue>"#
    )
}

/// The same where no element above has declared the prefix.
fn digest(bytes: &[u8]) -> String {
    let value = STANDARD.encode(canonical::sha256(bytes));
    format!(
        r#"<ds:DigestMethod xmlns:ds="{DS}" Algorithm="{SHA256}"></ds:DigestMethod><ds:DigestValue xmlns:ds="{DS}">{value}</ds:DigestValue>"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personas::{default_space, find};
    use signing::xades::{PresentedXades, Seals, verify};
    use signing::{ExpectedSigner, Fault};

    const CONTENT: &[u8] = br#"{"id":"1","type":"demand"}"#;
    const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

    fn seals() -> TrustedSeals {
        let folder = tempfile::tempdir().expect("a folder");
        TrustedSeals::open(folder.path(), now()).expect("seals")
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_445_600, 0).expect("an instant")
    }

    fn judged(value: &str, seals: &TrustedSeals) -> Result<signing::xades::Sealed, Fault> {
        let persona = find(&default_space(), "clinic-physician").expect("a persona");
        let spec = persona.spec;
        verify(&PresentedXades {
            value,
            expected_payload: Some(CONTENT),
            signer: Some(ExpectedSigner {
                is_pesel: &|pesel| pesel == spec.pesel,
                name: Some((spec.given_names, spec.family_name)),
            }),
            seals: &Seals::new(seals.certificates()),
            now: now(),
        })
    }

    fn signed(seals: &TrustedSeals, packaging: Packaging, defect: Option<Defect>) -> String {
        let persona = find(&default_space(), "clinic-physician").expect("a persona");
        let asked = TrustedRequest { persona: &persona, payload: CONTENT, packaging, defect, now: now() };
        asked.sign(seals).expect("a signature")
    }

    /// Under inclusive canonicalisation an element shows every prefix that is declared above it, used or not.
    fn signed_inclusively(seals: &TrustedSeals) -> String {
        let persona = find(&default_space(), "clinic-physician").expect("a persona");
        let spec = persona.spec;
        let seal = seals.key(Seal::Valid).expect("a seal");
        let signature = TrustedSignature {
            given_names: spec.given_names,
            family_name: spec.family_name,
            pesel: spec.pesel,
            content: CONTENT,
            packaging: Packaging::Detached,
            signed_at: now(),
            is_bound: true,
        };
        let written = signature.properties(seal.chain().first().expect("a certificate"));
        let declared = format!(r#" xmlns:ds="{DS}""#);
        let bare = written.replace(&declared, "");
        let canonical = bare.replacen(" xmlns:xades", &format!("{declared} xmlns:xades"), 1);
        let info = signature.signed_info(seal.algorithm(), &canonical).expect("an admitted key");
        let info = info.replace(EXCLUSIVE, INCLUSIVE);
        let value = STANDARD.encode(seal.signature(info.as_bytes()).expect("a signature"));
        // What is written is not what is digested: declarations stand above, a comment between, quotes differ.
        let loose = bare.replace(r#" Id="properties""#, " Id='properties'");
        let xml = format!(
            r##"<?xml version="1.0" encoding="UTF-8"?><ds:Signature xmlns:ds="{DS}" Id="signature">{info}<ds:SignatureValue>{value}</ds:SignatureValue><ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" Target="#signature">{loose}</xades:QualifyingProperties></ds:Object></ds:Signature>"##,
            info = info.replacen(
                &format!("<ds:SignedInfo xmlns:ds=\"{DS}\">"),
                "<ds:SignedInfo><!-- a comment -->",
                1
            ),
        );
        STANDARD.encode(xml)
    }

    #[test]
    fn what_the_sandbox_signs_holds_however_it_is_packed() {
        let seals = seals();
        for packaging in [Packaging::Detached, Packaging::Enveloping] {
            let sealed = judged(&signed(&seals, packaging, None), &seals).expect("a signature that holds");
            assert_eq!(sealed.detached.is_some(), packaging == Packaging::Detached);
            assert_eq!(sealed.payload_sha256, canonical::sha256(CONTENT));
            assert_eq!(sealed.signed_at, now());
        }
    }

    #[test]
    fn nothing_may_be_added_beside_what_the_seal_covers() {
        let seals = seals();
        let value = signed(&seals, Packaging::Enveloping, None);
        let xml = String::from_utf8(STANDARD.decode(&value).expect("base64")).expect("text");
        let end = "</xades:SignedProperties></xades:QualifyingProperties>";
        let unsigned = "</xades:SignedProperties><xades:UnsignedProperties></xades:UnsignedProperties></xades:QualifyingProperties>";
        let certificate = "<ds:X509Certificate>AA==</ds:X509Certificate>";
        let key_value = |modulus: &str| {
            format!(
                "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>{modulus}</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>"
            )
        };
        let insert = |before: &str, added: &str| xml.replacen(before, &format!("{added}{before}"), 1);
        for (changed, element) in [
            (xml.replacen(end, unsigned, 1), "xades:UnsignedProperties"),
            (insert("</ds:Signature>", "<ds:Object>AAAA</ds:Object>"), "ds:Object"),
            (insert("</ds:Signature>", "<other></other>"), "ds:Signature"),
            (insert("</ds:Signature>", "text"), "ds:Signature"),
            (insert("</ds:KeyInfo>", "<other></other>"), "ds:KeyInfo"),
            (insert("</ds:X509Data>", "<ds:X509CRL></ds:X509CRL>"), "ds:X509Data"),
            (insert("</ds:X509Data>", &certificate.repeat(10)), "ds:X509Data"),
            (insert("</ds:X509Certificate>", "<other></other>"), "ds:X509Certificate"),
            (insert("</ds:SignatureValue>", "<other></other>"), "ds:SignatureValue"),
            (insert("</ds:KeyInfo>", "<ds:KeyName>whatever one likes</ds:KeyName>"), "ds:KeyInfo"),
            (insert("</ds:KeyInfo>", "<ds:KeyValue><other></other></ds:KeyValue>"), "ds:KeyValue"),
            (insert("</ds:KeyInfo>", "<ds:KeyValue>text</ds:KeyValue>"), "ds:KeyValue"),
            (insert("</ds:KeyInfo>", &key_value("<other></other>")), "ds:Modulus"),
            (insert("</ds:KeyInfo>", &key_value("AQAB").repeat(20)), "ds:KeyInfo"),
            (
                insert("</ds:X509Data>", "<ds:X509IssuerSerial><other></other></ds:X509IssuerSerial>"),
                "ds:X509IssuerSerial",
            ),
            (insert("</xades:QualifyingProperties>", "text"), "xades:UnsignedProperties"),
            (format!("<a>{xml}<b></b></a>"), "ds:Signature"),
            (format!("<a>text{xml}</a>"), "ds:Signature"),
        ] {
            assert_ne!(changed, xml);
            let fault = judged(&STANDARD.encode(&changed), &seals).expect_err(element);
            assert_eq!(
                (fault.problem.code, fault.element.as_str()),
                ("signature.xades_unsigned", element),
                "{changed}"
            );
        }
        for harmless in [
            format!("<a>\n{xml}\n</a>"),
            insert("</ds:X509Data>", certificate),
            insert("</ds:KeyInfo>", &key_value("AQAB")),
        ] {
            judged(&STANDARD.encode(&harmless), &seals).expect("a signature that holds");
        }
    }

    #[test]
    fn inclusive_canonical_form_is_understood_and_covers_every_byte() {
        let seals = seals();
        let value = signed_inclusively(&seals);
        judged(&value, &seals).expect("a signature that holds");
        let xml = String::from_utf8(STANDARD.decode(&value).expect("base64")).expect("text");
        let moved = STANDARD.encode(xml.replacen("2026-03-02T10", "2026-03-02T09", 1));
        let fault = judged(&moved, &seals).expect_err("a changed property");
        assert_eq!(
            (fault.problem.code, fault.element.as_str()),
            ("signature.value", "xades:SignedProperties")
        );
    }

    #[test]
    fn every_defect_is_found_here_or_left_to_the_validation_service() {
        let seals = seals();
        let codes = Defect::ALL.map(|defect| {
            judged(&signed(&seals, Packaging::Enveloping, Some(defect)), &seals)
                .err()
                .map(|it| it.problem.code)
        });
        assert_eq!(
            codes,
            [
                Some("signature.payload_differs"),
                Some("signature.wrong_signer"),
                None,
                None,
                Some("signature.xades_seal"),
                None,
                Some("signature.xades_algorithm"),
                Some("signature.xades_time"),
                Some("signature.xades_seal"),
            ]
        );
    }
}
