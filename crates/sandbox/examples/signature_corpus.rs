//! Writes the corpus of good and bad signatures with fresh keys: `cargo run -p sandbox --example signature_corpus`.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use sandbox::pki::{Authority, PkiError, Right, SignerKey, Subject, Usage, header};
use serde_json::{Map, Value, json};
use signing::{Algorithm, SignatureKind};
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
    corpus.faulty()?;
    corpus.kinds()?;
    corpus.revocation()?;
    corpus.times()
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

    fn faulty(&self) -> Done {
        let right = Right {
            authority: &self.authority,
            signer: &subject(self.now),
            other: &other_subject(self.now),
            payload: PAYLOAD.as_bytes(),
            now: self.now,
        };
        right.faulty()?.into_iter().try_for_each(|it| self.write(it.name, it.jws, Some(it.code)))
    }

    fn kinds(&self) -> Done {
        let log_in = self.authority.issue(&subject(self.now).with_usage(Usage::DigitalSignature))?;
        let any_kind = self.case(log_in.sign(PAYLOAD.as_bytes(), self.now)?)?;
        let qualified = Case { admitted: &[SignatureKind::Qualified], ..self.case(any_kind.jws.clone())? };
        self.write_case("authentication_only", &qualified, Some("signature.key_usage"))?;
        self.write_case(
            "authentication_only_where_any_kind_will_do",
            &any_kind,
            Some("signature.key_usage"),
        )?;
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
        // A forged list is the latest of all and must not displace the one that counts.
        let mut crls = namesake.crls(self.now, self.now + hour, &[])?;
        crls.extend(self.authority.crls(self.now - hour, self.now + hour, &[])?);
        let case = Case { crls, ..self.case(jws.clone())? };
        self.write_case("forged_crl_beside_the_good_one", &case, None)?;
        let mut crls = self.authority.crls(self.now - hour, self.now + hour, &[&self.key])?;
        crls.extend(self.authority.crls(self.now - hour * 2, self.now + hour, &[])?);
        crls.reverse();
        let case = Case { crls, ..self.case(jws)? };
        self.write_case("revoked_in_the_later_of_two_lists", &case, Some("signature.revoked"))
    }

    fn times(&self) -> Done {
        let beyond = TimeDelta::minutes(10) + TimeDelta::seconds(1);
        for (name, at) in
            [("signed_too_early", self.now - beyond), ("signed_in_the_future", self.now + beyond)]
        {
            self.write(name, self.key.sign(PAYLOAD.as_bytes(), at)?, Some("signature.time_window"))?;
        }
        let mut members = self.header();
        members.remove("iat");
        let timeless = self.key.sign_under(&members, PAYLOAD.as_bytes())?;
        self.write("no_signing_time", timeless, Some("signature.time_window"))
    }

    fn header(&self) -> Map<String, Value> {
        header(Algorithm::ES256, self.key.chain(), self.now)
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
