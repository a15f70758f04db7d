//! Writes the corpus of good and bad signatures with fresh keys: `cargo run -p sandbox --example signature_corpus`.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use sandbox::pki::{Authority, PkiError, SignerKey, Subject, Usage, header};
use serde_json::{Map, Value, json};
use signing::{Algorithm, SignatureKind, jws};
use std::fs;
use std::path::{Path, PathBuf};

const PESEL: &str = "44051401458";
const OTHER_PESEL: &str = "02261773497";
const PAYLOAD: &str = r#"{"content":{"product":"Lek Testowy","quantity":12},"id":"0197c9a1-5b7e-7000-8000-000000000001","type":"demand"}"#;

type Done = Result<(), PkiError>;

fn main() -> Done {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/signature-corpus");
    let folder = std::env::args().nth(1).map_or_else(default, PathBuf::from);
    fs::create_dir_all(&folder)?;
    let corpus = Corpus::new(folder)?;
    corpus.accepted()?;
    corpus.containers_and_headers()?;
    corpus.certificates()?;
    corpus.payloads()?;
    corpus.chains()?;
    corpus.revocation()?;
    corpus.time_and_signer()
}

struct Corpus {
    folder: PathBuf,
    now: DateTime<Utc>,
    authority: Authority,
    key: SignerKey,
}

/// What differs from a signature that would be accepted.
struct Case<'a> {
    jws: String,
    kind: SignatureKind,
    admitted: &'a [SignatureKind],
    crls: Vec<Vec<u8>>,
}

impl Corpus {
    fn new(folder: PathBuf) -> Result<Self, PkiError> {
        let now = DateTime::from_timestamp(1_772_445_600, 0).ok_or(PkiError::Time)?;
        let authority = Authority::generate("QUALIFIED", now, "http://crl.test")?;
        let key = authority.issue(&subject(now))?;
        Ok(Self { folder, now, authority, key })
    }

    fn accepted(&self) -> Done {
        for algorithm in Algorithm::ALL {
            let key = self.authority.issue(&subject(self.now).with_algorithm(algorithm))?;
            let name = format!("valid_{}", algorithm.as_str().to_lowercase());
            self.write(&name, key.sign(PAYLOAD.as_bytes(), self.now)?, None)?;
        }
        let mut members = self.header();
        members.insert("crit".to_owned(), json!(["sigT"]));
        members.insert("sigT".to_owned(), json!(self.now.to_rfc3339_opts(SecondsFormat::Secs, true)));
        self.write("valid_critical_signing_time", self.key.sign_under(&members, PAYLOAD.as_bytes())?, None)
    }

    fn containers_and_headers(&self) -> Done {
        let valid = self.key.sign(PAYLOAD.as_bytes(), self.now)?;
        let (head, signature) = valid.rsplit_once('.').ok_or(PkiError::Key)?;
        let detached = format!("{}..{signature}", head.split('.').next().unwrap_or_default());
        self.write("detached_payload", detached, Some("signature.container"))?;
        let no_json = self.key.sign_bytes(b"{", PAYLOAD.as_bytes())?;
        self.write("header_not_json", no_json, Some("signature.header"))?;
        let twice = Value::Object(self.header()).to_string().replacen('{', r#"{"alg":"ES256","#, 1);
        let twice = self.key.sign_bytes(twice.as_bytes(), PAYLOAD.as_bytes())?;
        self.write("header_duplicate_member", twice, Some("signature.header_duplicate_member"))?;
        for (name, algorithm) in [("alg_none", "none"), ("alg_hs256", "HS256")] {
            self.with_member(name, "alg", &json!(algorithm), "signature.algorithm")?;
        }
        self.with_member("unknown_critical", "crit", &json!(["b64"]), "signature.unknown_critical")?;
        self.with_member(
            "algorithm_of_another_key",
            "alg",
            &json!("PS256"),
            "signature.algorithm_key_mismatch",
        )
    }

    fn certificates(&self) -> Done {
        let other = self.authority.issue(&other_subject(self.now))?;
        let chain: Value = other.chain().iter().map(|der| json!(STANDARD.encode(der))).collect();
        self.with_member("swapped_certificate", "x5c", &chain, "signature.certificate_unbound")?;
        let stolen =
            self.key.sign_under(&header(Algorithm::ES256, other.chain(), self.now), PAYLOAD.as_bytes())?;
        self.write("swapped_certificate_and_thumbprint", stolen, Some("signature.value"))?;
        for (name, member) in [("unbound_certificate", "x5t#S256"), ("no_certificate", "x5c")] {
            let mut members = self.header();
            members.remove(member);
            let unbound = self.key.sign_under(&members, PAYLOAD.as_bytes())?;
            self.write(name, unbound, Some("signature.certificate_unbound"))?;
        }
        let of_authority =
            [self.authority.intermediate_certificate().to_vec(), self.authority.root_certificate().to_vec()];
        let of_authority = header(Algorithm::ES256, &of_authority, self.now);
        let of_authority = self.key.sign_under(&of_authority, PAYLOAD.as_bytes())?;
        self.write("authority_certificate", of_authority, Some("signature.certificate"))?;
        for (name, usage) in [("wrong_key_usage", Usage::KeyEncipherment), ("no_key_usage", Usage::Unstated)]
        {
            self.of_subject(name, &subject(self.now).with_usage(usage), Some("signature.key_usage"))?;
        }
        let weak = self.authority.certify_weak_rsa(&subject(self.now))?;
        let weak = Value::Object(header(Algorithm::PS256, &weak, self.now)).to_string();
        let weak = jws::join(&jws::signing_input(weak.as_bytes(), PAYLOAD.as_bytes()), &[1; 128]);
        self.write("weak_rsa", weak, Some("signature.weak_key"))
    }

    fn payloads(&self) -> Done {
        let valid = self.key.sign(PAYLOAD.as_bytes(), self.now)?;
        let parts: Vec<&str> = valid.split('.').collect();
        let [head, _, signature] = parts.as_slice() else { return Err(PkiError::Key) };
        let more = URL_SAFE_NO_PAD.encode(PAYLOAD.replace("12", "99"));
        self.write("tampered_payload", format!("{head}.{more}.{signature}"), Some("signature.value"))?;
        let cases = [
            ("other_content", PAYLOAD.replace("12", "99"), "signature.payload_differs"),
            ("other_document", PAYLOAD.replace("000001", "000002"), "signature.other_document"),
            ("other_step", PAYLOAD.replace("demand", "opinion"), "signature.other_step"),
            ("payload_not_json", "demand".to_owned(), "signature.payload_unreadable"),
            ("payload_not_canonical", PAYLOAD.replace(':', ": "), "signature.payload_not_canonical"),
            (
                "payload_duplicate_member",
                PAYLOAD.replace("12", r#"12,"quantity":99"#),
                "signature.duplicate_member",
            ),
            ("unsafe_integer", PAYLOAD.replace("12", "9007199254740993"), "signature.unsafe_integer"),
        ];
        for (name, payload, code) in cases {
            self.write(name, self.key.sign(payload.as_bytes(), self.now)?, Some(code))?;
        }
        Ok(())
    }

    fn chains(&self) -> Done {
        let namesake = Authority::generate("QUALIFIED", self.now, "http://crl.test")?;
        let foreign = Authority::generate("OBCY", self.now, "http://crl.test")?;
        for (name, authority) in [("foreign_root", foreign), ("foreign_root_of_the_same_name", namesake)] {
            let key = authority.issue(&subject(self.now))?;
            self.write(name, key.sign(PAYLOAD.as_bytes(), self.now)?, Some("signature.chain"))?;
        }
        let alone: Vec<Vec<u8>> = self.key.chain().iter().take(1).cloned().collect();
        let alone = self.key.sign_under(&header(Algorithm::ES256, &alone, self.now), PAYLOAD.as_bytes())?;
        self.write("missing_intermediate", alone, Some("signature.chain"))?;
        let day = TimeDelta::days(1);
        let expired = subject(self.now).valid(self.now - day * 700, self.now - day);
        self.of_subject("certificate_expired", &expired, Some("signature.certificate_expired"))?;
        let early = subject(self.now).valid(self.now + day, self.now + day * 700);
        self.of_subject("certificate_not_yet_valid", &early, Some("signature.certificate_not_yet_valid"))?;
        let not_qualified = Some("signature.kind_not_admitted");
        self.of_subject("not_called_qualified", &subject(self.now).not_qualified(), not_qualified)?;
        let personal = Case {
            kind: SignatureKind::Personal,
            admitted: &[SignatureKind::Qualified, SignatureKind::Trusted, SignatureKind::Zus],
            ..self.case(self.key.sign(PAYLOAD.as_bytes(), self.now)?)?
        };
        self.write_case("kind_not_admitted", &personal, Some("signature.kind_not_admitted"))
    }

    fn revocation(&self) -> Done {
        let jws = self.key.sign(PAYLOAD.as_bytes(), self.now)?;
        let hour = TimeDelta::hours(1);
        let unknown = Some("signature.revocation_unknown");
        let revoked = self.authority.crls(self.now - hour, self.now + hour, &[&self.key])?;
        let case = Case { crls: revoked, ..self.case(jws.clone())? };
        self.write_case("revoked", &case, Some("signature.revoked"))?;
        let namesake = Authority::generate("QUALIFIED", self.now, "http://crl.test")?;
        let lists = [
            ("missing_crl", Vec::new()),
            ("stale_crl", self.authority.crls(self.now - hour * 24, self.now - hour, &[])?),
            ("crl_of_the_future", self.authority.crls(self.now + hour, self.now + hour * 24, &[])?),
            ("forged_crl", namesake.crls(self.now - hour, self.now + hour, &[])?),
        ];
        for (name, crls) in lists {
            self.write_case(name, &Case { crls, ..self.case(jws.clone())? }, unknown)?;
        }
        let mut crls = self.authority.crls(self.now - hour, self.now + hour, &[&self.key])?;
        crls.extend(self.authority.crls(self.now - hour * 2, self.now + hour, &[])?);
        crls.reverse();
        let case = Case { crls, ..self.case(jws)? };
        self.write_case("revoked_in_the_later_of_two_lists", &case, Some("signature.revoked"))
    }

    fn time_and_signer(&self) -> Done {
        let beyond = TimeDelta::minutes(10) + TimeDelta::seconds(1);
        for (name, at) in
            [("signed_too_early", self.now - beyond), ("signed_in_the_future", self.now + beyond)]
        {
            self.write(name, self.key.sign(PAYLOAD.as_bytes(), at)?, Some("signature.time_window"))?;
        }
        let mut members = self.header();
        members.remove("iat");
        let timeless = self.key.sign_under(&members, PAYLOAD.as_bytes())?;
        self.write("no_signing_time", timeless, Some("signature.time_window"))?;
        self.of_subject("wrong_signer", &other_subject(self.now), Some("signature.wrong_signer"))?;
        let namesake = Subject::new("Zofia", "Testowa", PESEL, self.now);
        self.of_subject("wrong_given_name", &namesake, Some("signature.wrong_signer"))?;
        let unidentified = Subject::new("Anna", "Testowa", "4405140145", self.now);
        self.of_subject("unidentified_signer", &unidentified, Some("signature.signer_unidentified"))
    }

    fn header(&self) -> Map<String, Value> {
        header(Algorithm::ES256, self.key.chain(), self.now)
    }

    fn with_member(&self, name: &str, member: &str, value: &Value, code: &str) -> Done {
        let mut members = self.header();
        members.insert(member.to_owned(), value.clone());
        self.write(name, self.key.sign_under(&members, PAYLOAD.as_bytes())?, Some(code))
    }

    fn of_subject(&self, name: &str, subject: &Subject, code: Option<&str>) -> Done {
        let key = self.authority.issue(subject)?;
        self.write(name, key.sign(PAYLOAD.as_bytes(), self.now)?, code)
    }

    fn case(&self, jws: String) -> Result<Case<'static>, PkiError> {
        let crls =
            self.authority.crls(self.now - TimeDelta::hours(1), self.now + TimeDelta::hours(23), &[])?;
        Ok(Case { jws, kind: SignatureKind::Qualified, admitted: &SignatureKind::ALL, crls })
    }

    fn write(&self, name: &str, jws: String, code: Option<&str>) -> Done {
        self.write_case(name, &self.case(jws)?, code)
    }

    fn write_case(&self, name: &str, case: &Case<'_>, code: Option<&str>) -> Done {
        let value = json!({
            "name": name,
            "expectedCode": code,
            "now": self.now.to_rfc3339_opts(SecondsFormat::Secs, true),
            "kind": case.kind.as_str(),
            "admitted": case.admitted.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
            "expectedSigner": { "givenName": "Anna", "surname": "Testowa", "pesel": PESEL },
            "expectedPayload": URL_SAFE_NO_PAD.encode(PAYLOAD),
            "anchors": [STANDARD.encode(self.authority.root_certificate())],
            "crls": case.crls.iter().map(|der| STANDARD.encode(der)).collect::<Vec<_>>(),
            "jws": case.jws,
        });
        Ok(fs::write(self.folder.join(format!("{name}.json")), format!("{value:#}\n"))?)
    }
}

fn subject(now: DateTime<Utc>) -> Subject {
    Subject::new("Anna", "Testowa", PESEL, now)
}

fn other_subject(now: DateTime<Utc>) -> Subject {
    Subject::new("Jan", "Przykładowy", OTHER_PESEL, now)
}
