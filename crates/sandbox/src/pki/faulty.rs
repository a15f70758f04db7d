//! Signatures that are wrong in one place each, with the code of what is wrong with them.

use super::{Authority, PkiError, SignerKey, Subject, Usage, header};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use signing::{Algorithm, canonical, jws};

/// A signature and why it is refused.
#[derive(Clone, Debug)]
pub struct Faulty {
    pub name: &'static str,
    pub code: &'static str,
    pub jws: String,
}

/// What the signatures differ from: that of `signer` over `payload`, with a certificate of `authority`, made at `now`.
pub struct Right<'r> {
    pub authority: &'r Authority,
    pub signer: &'r Subject,
    /// Somebody else, with a certificate as good as the signer's.
    pub other: &'r Subject,
    /// Canonical bytes of an object with `id` and `type`.
    pub payload: &'r [u8],
    pub now: DateTime<Utc>,
}

type Made = Result<Vec<Faulty>, PkiError>;

impl Right<'_> {
    /// Every faulty signature that needs neither another kind or time nor other revocation lists.
    pub fn faulty(&self) -> Made {
        let key = self.authority.issue(self.signer)?;
        let groups = [
            self.containers(&key)?,
            self.headers(&key)?,
            self.certificates(&key)?,
            self.subjects()?,
            self.payloads(&key)?,
            self.chains(&key)?,
        ];
        Ok(groups.concat())
    }

    fn containers(&self, key: &SignerKey) -> Made {
        let valid = key.sign(self.payload, self.now)?;
        let (head, signature) = valid.rsplit_once('.').ok_or(PkiError::Key)?;
        let head = head.split('.').next().unwrap_or_default();
        let more = URL_SAFE_NO_PAD.encode(self.with_member("id", &json!("other"))?);
        Ok(vec![
            faulty("detached_payload", "signature.container", format!("{head}..{signature}")),
            faulty("tampered_payload", "signature.value", format!("{head}.{more}.{signature}")),
        ])
    }

    fn headers(&self, key: &SignerKey) -> Made {
        let twice = Value::Object(self.header(key)).to_string().replacen('{', r#"{"alg":"ES256","#, 1);
        let mut made = vec![
            faulty("header_not_json", "signature.header", key.sign_bytes(b"{", self.payload)?),
            faulty(
                "header_duplicate_member",
                "signature.header_duplicate_member",
                key.sign_bytes(twice.as_bytes(), self.payload)?,
            ),
        ];
        for (name, member, value, code) in [
            ("alg_none", "alg", json!("none"), "signature.algorithm"),
            ("alg_hs256", "alg", json!("HS256"), "signature.algorithm"),
            ("algorithm_of_another_key", "alg", json!("PS256"), "signature.algorithm_key_mismatch"),
            ("unknown_critical", "crit", json!(["b64"]), "signature.unknown_critical"),
        ] {
            let mut members = self.header(key);
            members.insert(member.to_owned(), value);
            made.push(faulty(name, code, key.sign_under(&members, self.payload)?));
        }
        Ok(made)
    }

    fn certificates(&self, key: &SignerKey) -> Made {
        let mut made = Vec::new();
        let other = self.authority.issue(self.other)?;
        let mut swapped = self.header(key);
        swapped
            .insert("x5c".to_owned(), other.chain().iter().map(|der| json!(STANDARD.encode(der))).collect());
        let stolen = header(Algorithm::ES256, other.chain(), self.now);
        let of_authority =
            [self.authority.intermediate_certificate().to_vec(), self.authority.root_certificate().to_vec()];
        let of_authority = header(Algorithm::ES256, &of_authority, self.now);
        let without = |member: &str| {
            let mut members = self.header(key);
            members.remove(member);
            members
        };
        for (name, code, members) in [
            ("swapped_certificate", "signature.certificate_unbound", swapped),
            ("swapped_certificate_and_thumbprint", "signature.value", stolen),
            ("unbound_certificate", "signature.certificate_unbound", without("x5t#S256")),
            ("no_certificate", "signature.certificate_unbound", without("x5c")),
            ("authority_certificate", "signature.certificate", of_authority),
        ] {
            made.push(faulty(name, code, key.sign_under(&members, self.payload)?));
        }
        let weak = self.authority.certify_weak_rsa(self.signer)?;
        let weak = Value::Object(header(Algorithm::PS256, &weak, self.now)).to_string();
        let weak = jws::join(&jws::signing_input(weak.as_bytes(), self.payload), &[1; 128]);
        made.push(faulty("weak_rsa", "signature.weak_key", weak));
        Ok(made)
    }

    /// Certificates that say something else than they should, each with a key of its own.
    fn subjects(&self) -> Made {
        let signer = || self.signer.clone();
        let day = TimeDelta::days(1);
        let named =
            |given: &str, pesel: &str| Subject::new(given, self.signer.surname.reveal(), pesel, self.now);
        let unidentified = named(self.signer.given_name.reveal(), "4405140145");
        [
            ("wrong_key_usage", "signature.key_usage", signer().with_usage(Usage::KeyEncipherment)),
            ("no_key_usage", "signature.key_usage", signer().with_usage(Usage::Unstated)),
            ("not_called_qualified", "signature.kind_not_admitted", signer().not_qualified()),
            ("not_in_a_signature_device", "signature.kind_not_admitted", signer().without_device()),
            (
                "certificate_expired",
                "signature.certificate_expired",
                signer().valid(self.now - day * 700, self.now - day),
            ),
            (
                "certificate_not_yet_valid",
                "signature.certificate_not_yet_valid",
                signer().valid(self.now + day, self.now + day * 700),
            ),
            ("wrong_signer", "signature.wrong_signer", self.other.clone()),
            ("wrong_given_name", "signature.wrong_signer", named("Zofia", self.signer.pesel.reveal())),
            ("unidentified_signer", "signature.signer_unidentified", unidentified),
        ]
        .into_iter()
        .map(|(name, code, subject)| {
            Ok(faulty(name, code, self.authority.issue(&subject)?.sign(self.payload, self.now)?))
        })
        .collect()
    }

    fn payloads(&self, key: &SignerKey) -> Made {
        let text = String::from_utf8_lossy(self.payload);
        let first = |member: &str| text.replacen('{', &format!("{{{member},"), 1).into_bytes();
        [
            ("other_content", "signature.payload_differs", self.with_member("added", &json!(1))?),
            (
                "other_document",
                "signature.other_document",
                self.with_member("id", &json!("0197c9a1-5b7e-7000-8000-00000000ffff"))?,
            ),
            ("other_step", "signature.other_step", self.with_member("type", &json!("another-step"))?),
            ("payload_not_json", "signature.payload_unreadable", b"demand".to_vec()),
            (
                "payload_not_canonical",
                "signature.payload_not_canonical",
                text.replacen(':', ": ", 1).into_bytes(),
            ),
            ("payload_duplicate_member", "signature.duplicate_member", first(r#""id":"other""#)),
            ("unsafe_integer", "signature.unsafe_integer", first(r#""added":9007199254740993"#)),
        ]
        .into_iter()
        .map(|(name, code, payload)| Ok(faulty(name, code, key.sign(&payload, self.now)?)))
        .collect()
    }

    fn chains(&self, key: &SignerKey) -> Made {
        let alone: Vec<Vec<u8>> = key.chain().iter().take(1).cloned().collect();
        let alone = key.sign_under(&header(Algorithm::ES256, &alone, self.now), self.payload)?;
        let mut made = vec![faulty("missing_intermediate", "signature.chain", alone)];
        for (name, authority) in [("foreign_root", "OBCY"), ("foreign_root_of_the_same_name", "QUALIFIED")] {
            let foreign = Authority::generate(authority, self.now, "http://crl.test")?.issue(self.signer)?;
            made.push(faulty(name, "signature.chain", foreign.sign(self.payload, self.now)?));
        }
        Ok(made)
    }

    fn header(&self, key: &SignerKey) -> Map<String, Value> {
        header(Algorithm::ES256, key.chain(), self.now)
    }

    /// The payload with another value of this member, canonical again.
    fn with_member(&self, member: &str, value: &Value) -> Result<Vec<u8>, PkiError> {
        let mut payload: Map<String, Value> =
            serde_json::from_slice(self.payload).map_err(|_| PkiError::Payload)?;
        payload.insert(member.to_owned(), value.clone());
        canonical::canonical_value(&Value::Object(payload)).map_err(|_| PkiError::Payload)
    }
}

fn faulty(name: &'static str, code: &'static str, jws: String) -> Faulty {
    Faulty { name, code, jws }
}
