//! What the test authorities issue is accepted, and survives being written and read.

use super::*;
use signing::{Algorithm, ExpectedSigner, Policy, Presented};

const PESEL: &str = "44051401458";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_445_600, 0).expect("2026-03-02T10:00:00Z")
}

fn subject() -> Subject {
    Subject::new("Anna", "Testowa", PESEL, now())
}

fn verdict(pki: &TestPki, jws: &str, payload: &[u8]) -> Result<SignatureKind, String> {
    verdict_among(pki, jws, payload, &KINDS)
}

fn verdict_among(
    pki: &TestPki,
    jws: &str,
    payload: &[u8],
    admitted: &[SignatureKind],
) -> Result<SignatureKind, String> {
    let policy = Policy::new(pki.anchors().expect("anchors"));
    let crls = pki.crls(now()).expect("lists");
    let presented = Presented {
        jws,
        expected_payload: Some(payload),
        signer: Some(ExpectedSigner { is_pesel: &|pesel| pesel == PESEL, name: Some(("Anna", "Testowa")) }),
        admitted,
        crls: &crls,
        path: None,
        now: now(),
    };
    signing::verify(&presented, &policy)
        .map(|verified| verified.kind)
        .map_err(|refusal| format!("{} {} {}", refusal.check, refusal.problem, refusal.element))
}

#[test]
fn every_kind_signs_with_every_algorithm() {
    let pki = TestPki::generate(now(), "http://crl.test").expect("keys");
    let payload = br#"{"id":"1","type":"demand"}"#;
    for kind in KINDS {
        for algorithm in Algorithm::ALL {
            let key = pki.issue(kind, &subject().with_algorithm(algorithm)).expect("a certificate");
            let jws = key.sign(payload, now()).expect("a signature");
            assert_eq!(verdict(&pki, &jws, payload), Ok(kind), "{algorithm:?}");
        }
    }
}

#[test]
fn a_saved_pki_is_the_same_after_loading() {
    let folder = std::env::temp_dir().join(format!("sandbox-pki-{}", std::process::id()));
    let made = TestPki::open(&folder, now(), "http://crl.test").expect("keys");
    let key = made.issue(SignatureKind::Zus, &subject()).expect("a certificate");
    let file = folder.join("anna.pem");
    key.save(&file).expect("a file");
    let loaded = TestPki::open(&folder, now(), "http://crl.test").expect("a folder");
    let key = SignerKey::load(&file, Algorithm::ES256).expect("a file");
    let payload = br#"{"id":"1","type":"demand"}"#;
    let jws = key.sign(payload, now()).expect("a signature");
    assert_eq!(verdict(&loaded, &jws, payload), Ok(SignatureKind::Zus));
    let policy = Policy::new(loaded.anchors().expect("anchors"));
    let found = signing::FoundPath::of(&jws, &[SignatureKind::Zus], &policy.anchors, now());
    let publishers = found.expect("certificates").publishers();
    assert_eq!(publishers.urls(), ["http://crl.test/zus/ca.crl", "http://crl.test/zus/root.crl"]);
    std::fs::remove_dir_all(&folder).expect("a folder");
}

#[test]
fn a_certificate_that_does_not_call_itself_qualified_is_not_taken_for_one() {
    let pki = TestPki::generate(now(), "http://crl.test").expect("keys");
    let key = pki.issue(SignatureKind::Qualified, &subject().not_qualified()).expect("a certificate");
    let payload = br#"{"id":"1","type":"demand"}"#;
    let jws = key.sign(payload, now()).expect("a signature");
    let refused = "kind_admitted signature.kind_not_admitted header.x5c[0].qcStatements";
    assert_eq!(verdict(&pki, &jws, payload), Err(refused.to_owned()));
}

#[test]
fn a_certificate_for_log_ins_signs_nothing_but_a_document_of_zus() {
    let pki = TestPki::generate(now(), "http://crl.test").expect("keys");
    let payload = br#"{"id":"1","type":"demand"}"#;
    for kind in KINDS {
        let key = pki.issue(kind, &subject().with_usage(Usage::DigitalSignature)).expect("a certificate");
        let jws = key.sign(payload, now()).expect("a signature");
        let verdict = verdict_among(&pki, &jws, payload, &[kind]);
        match kind {
            SignatureKind::Zus => assert_eq!(verdict, Ok(kind)),
            _ => assert_eq!(
                verdict,
                Err("key_usage signature.key_usage header.x5c[0].keyUsage".to_owned()),
                "{kind:?}"
            ),
        }
    }
}
