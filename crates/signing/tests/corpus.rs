//! Every signature of the corpus gets the verdict that its file expects.

#![expect(clippy::expect_used, reason = "the helpers of a test may stop at the first surprise")]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use signing::{
    Anchors, Diagnosis, ExpectedSigner, FoundPath, Level, Outcome, Policy, Presented, Publishers,
    SignatureKind,
};
use std::collections::BTreeMap;
use std::path::Path;

/// The cases that must be there, with their codes: neither a file nor an expectation can get lost.
const CASES: &[(&str, Option<&str>)] = &[
    ("alg_hs256", Some("signature.algorithm")),
    ("alg_none", Some("signature.algorithm")),
    ("algorithm_of_another_key", Some("signature.algorithm_key_mismatch")),
    ("authentication_only", Some("signature.key_usage")),
    ("authentication_only_where_any_kind_will_do", Some("signature.key_usage")),
    ("authority_certificate", Some("signature.certificate")),
    ("certificate_expired", Some("signature.certificate_expired")),
    ("certificate_not_yet_valid", Some("signature.certificate_not_yet_valid")),
    ("crl_of_the_future", Some("signature.revocation_unknown")),
    ("detached_payload", Some("signature.container")),
    ("foreign_root", Some("signature.chain")),
    ("foreign_root_of_the_same_name", Some("signature.chain")),
    ("forged_crl", Some("signature.revocation_unknown")),
    ("forged_crl_beside_the_good_one", None),
    ("header_duplicate_member", Some("signature.header_duplicate_member")),
    ("header_not_json", Some("signature.header")),
    ("kind_not_admitted", Some("signature.kind_not_admitted")),
    ("missing_crl", Some("signature.revocation_unknown")),
    ("missing_intermediate", Some("signature.chain")),
    ("no_certificate", Some("signature.certificate_unbound")),
    ("no_key_usage", Some("signature.key_usage")),
    ("no_signing_time", Some("signature.time_window")),
    ("not_called_qualified", Some("signature.kind_not_admitted")),
    ("not_in_a_signature_device", Some("signature.kind_not_admitted")),
    ("other_content", Some("signature.payload_differs")),
    ("other_document", Some("signature.other_document")),
    ("other_step", Some("signature.other_step")),
    ("payload_duplicate_member", Some("signature.duplicate_member")),
    ("payload_not_canonical", Some("signature.payload_not_canonical")),
    ("payload_not_json", Some("signature.payload_unreadable")),
    ("revoked", Some("signature.revoked")),
    ("revoked_in_the_later_of_two_lists", Some("signature.revoked")),
    ("signed_in_the_future", Some("signature.time_window")),
    ("signed_too_early", Some("signature.time_window")),
    ("stale_crl", Some("signature.revocation_unknown")),
    ("swapped_certificate", Some("signature.certificate_unbound")),
    ("swapped_certificate_and_thumbprint", Some("signature.value")),
    ("tampered_payload", Some("signature.value")),
    ("unbound_certificate", Some("signature.certificate_unbound")),
    ("unidentified_signer", Some("signature.signer_unidentified")),
    ("unknown_critical", Some("signature.unknown_critical")),
    ("unsafe_integer", Some("signature.unsafe_integer")),
    ("valid_critical_signing_time", None),
    ("valid_es256", None),
    ("valid_es384", None),
    ("valid_ps256", None),
    ("valid_rs256", None),
    ("weak_rsa", Some("signature.weak_key")),
    ("wrong_given_name", Some("signature.wrong_signer")),
    ("wrong_key_usage", Some("signature.key_usage")),
    ("wrong_signer", Some("signature.wrong_signer")),
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Case {
    name: String,
    expected_code: Option<String>,
    now: DateTime<Utc>,
    kind: SignatureKind,
    admitted: Vec<SignatureKind>,
    expected_signer: Person,
    expected_payload: String,
    anchors: Vec<String>,
    crls: Vec<String>,
    jws: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    given_name: String,
    surname: String,
    pesel: String,
}

impl Case {
    fn policy(&self) -> Policy {
        let mut anchors = Anchors::default();
        for anchor in &self.anchors {
            anchors.add(self.kind, STANDARD.decode(anchor).expect("base64")).expect("an anchor");
        }
        Policy::new(anchors)
    }

    fn with_presented<T>(&self, jws: &str, act: impl FnOnce(&Presented<'_>, &Policy) -> T) -> T {
        let payload = URL_SAFE_NO_PAD.decode(&self.expected_payload).expect("base64url");
        let crls: Vec<Vec<u8>> = self.crls.iter().map(|der| STANDARD.decode(der).expect("base64")).collect();
        let is_pesel = |pesel: &str| pesel == self.expected_signer.pesel;
        let name = Some((self.expected_signer.given_name.as_str(), self.expected_signer.surname.as_str()));
        let presented = Presented {
            jws,
            expected_payload: Some(&payload),
            signer: Some(ExpectedSigner { is_pesel: &is_pesel, name }),
            admitted: &self.admitted,
            crls: &crls,
            path: None,
            now: self.now,
        };
        act(&presented, &self.policy())
    }

    fn publishers(&self, jws: &str) -> Publishers {
        let found = FoundPath::of(jws, &self.admitted, &self.policy().anchors, self.now);
        found.map(|found| found.publishers()).unwrap_or_default()
    }

    fn diagnosis(&self) -> Diagnosis {
        self.with_presented(&self.jws, signing::diagnose)
    }
}

fn corpus() -> BTreeMap<String, Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/signature-corpus");
    let files = std::fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let case: Case = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("a case");
            assert_eq!(path.file_stem().and_then(|stem| stem.to_str()), Some(case.name.as_str()));
            (case.name.clone(), case)
        })
        .collect()
}

fn valid() -> Case {
    corpus().remove("valid_es256").expect("a case")
}

#[test]
fn the_corpus_holds_exactly_the_listed_cases() {
    let found: Vec<(String, Option<String>)> =
        corpus().into_values().map(|case| (case.name, case.expected_code)).collect();
    let listed: Vec<(String, Option<String>)> =
        CASES.iter().map(|(name, code)| ((*name).to_owned(), code.map(str::to_owned))).collect();
    assert_eq!(found, listed);
}

#[test]
fn every_case_gets_its_own_verdict() {
    for (name, case) in corpus() {
        let diagnosis = case.diagnosis();
        let code = diagnosis.first_failure().map(|(_, fault)| fault.problem.code.to_owned());
        assert_eq!(code, case.expected_code, "{name}: {:#?}", diagnosis.checks());
        assert_eq!(diagnosis.verified().is_some(), case.expected_code.is_none(), "{name}");
    }
}

#[test]
fn the_verdict_is_the_diagnosis() {
    for (name, case) in corpus() {
        let diagnosis = case.diagnosis();
        let verdict = case.with_presented(&case.jws, signing::verify);
        let failure =
            diagnosis.first_failure().map(|(check, fault)| (check, fault.problem, fault.element.as_str()));
        let refusal =
            verdict.as_ref().err().map(|refusal| (refusal.check, refusal.problem, refusal.element.as_str()));
        assert_eq!(failure, refusal, "{name}");
        assert_eq!(diagnosis.verified(), verdict.as_ref().ok(), "{name}");
    }
}

#[test]
fn every_diagnosis_has_the_same_checks_in_the_same_order() {
    let names =
        |case: &Case| -> Vec<&str> { case.diagnosis().checks().iter().map(|check| check.name).collect() };
    for case in corpus().values() {
        assert_eq!(names(case), signing::CHECKS, "{}", case.name);
    }
}

#[test]
fn a_verified_signature_carries_what_has_to_be_kept() {
    let verified = valid().with_presented(&valid().jws, signing::verify).expect("a verdict");
    assert_eq!(verified.level, Level::BasicChecked);
    assert_eq!(verified.kind, SignatureKind::Qualified);
    assert_eq!(verified.signer.pesel.reveal(), "44051401458");
    assert_eq!(format!("{:?}", verified.signer).matches("Testowa").count(), 0);
    assert_eq!((verified.chain.len(), verified.crls.len()), (3, 2));
    assert_eq!(verified.certificate_sha256, signing::canonical::sha256(&verified.chain[0]));
    assert_eq!(verified.signed_at, valid().now);
}

#[test]
fn every_code_of_a_signature_is_provoked_by_a_case() {
    let elsewhere = ["signature.reused", "signature.decision_token"];
    let of_trusted =
        |code: &str| ["signature.xades_", "signature.validation_"].iter().any(|it| code.starts_with(it));
    let codes =
        signing::PROBLEMS.iter().filter(|it| it.code.starts_with("signature.") && !of_trusted(it.code));
    for problem in codes {
        let provoked = CASES.iter().any(|(_, code)| *code == Some(problem.code));
        assert!(provoked || elsewhere.contains(&problem.code), "{problem}");
    }
}

#[test]
fn no_changed_character_leaves_a_signature_valid() {
    let case = valid();
    for at in (0..case.jws.len()).step_by(17).chain([case.jws.len() - 1]) {
        let mut changed = case.jws.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("ASCII");
        let verdict = case.with_presented(&changed, signing::verify);
        assert!(verdict.is_err(), "character {at}");
    }
}

#[test]
fn a_shortened_signature_is_refused_without_a_panic() {
    let case = valid();
    for end in (0..case.jws.len()).step_by(13) {
        assert!(case.with_presented(&case.jws[..end], signing::verify).is_err(), "{end}");
        let _publishers = case.publishers(&case.jws[..end]);
    }
}

#[test]
fn without_an_expectation_a_signature_is_diagnosed_but_never_verified() {
    let case = valid();
    case.with_presented(&case.jws, |presented, policy| {
        let alone = Presented { expected_payload: None, ..*presented };
        assert!(signing::diagnose(&alone, policy).first_failure().is_none());
        assert_eq!(signing::verify(&alone, policy).expect_err("a refusal").check, "payload_matches");
        let anybody = Presented { signer: None, ..*presented };
        assert_eq!(signing::verify(&anybody, policy).expect_err("a refusal").check, "signer");
    });
}

#[test]
fn the_doctor_reports_more_than_the_first_fault() {
    let case = corpus().remove("signed_too_early").expect("a case");
    let other = Case { crls: Vec::new(), ..case };
    let diagnosis = other.diagnosis();
    let failed: Vec<&str> = diagnosis
        .checks()
        .iter()
        .filter(|check| matches!(check.outcome, Outcome::Failed(_)))
        .map(|check| check.name)
        .collect();
    assert_eq!(failed, ["revocation", "time_window"]);
}

#[test]
fn the_revocation_lists_are_named_by_a_chain_that_ends_at_a_pinned_root() {
    assert_eq!(
        valid().publishers(&valid().jws).urls(),
        ["http://crl.test/qualified/ca.crl", "http://crl.test/qualified/root.crl"]
    );
    for name in
        ["foreign_root", "foreign_root_of_the_same_name", "missing_intermediate", "certificate_expired"]
    {
        let case = corpus().remove(name).expect("a case");
        assert_eq!(case.publishers(&case.jws), Publishers::default(), "{name}");
    }
}

#[test]
fn a_path_that_was_found_before_serves_its_own_certificates_only() {
    let (case, other) = (valid(), corpus().remove("foreign_root").expect("a case"));
    let found = |case: &Case| FoundPath::of(&case.jws, &case.admitted, &case.policy().anchors, case.now);
    let (own, foreign) = (found(&case).expect("a path"), found(&other).expect("certificates"));
    case.with_presented(&case.jws, |presented, policy| {
        for path in [&own, &foreign] {
            let presented = Presented { path: Some(path), ..*presented };
            assert!(signing::verify(&presented, policy).is_ok());
        }
    });
    other.with_presented(&other.jws, |presented, policy| {
        let presented = Presented { path: Some(&own), ..*presented };
        assert_eq!(signing::verify(&presented, policy).expect_err("a refusal").check, "chain");
    });
}

#[test]
fn a_forged_list_beside_a_good_one_says_nothing() {
    let (case, forged) = (valid(), corpus().remove("forged_crl").expect("a case"));
    for crls in [[&case.crls[..], &forged.crls[..]].concat(), [&forged.crls[..], &case.crls[..]].concat()] {
        let both = Case { crls, ..valid() };
        let verdict = both.with_presented(&both.jws, signing::verify).expect("a verdict");
        let good: Vec<Vec<u8>> = case.crls.iter().map(|der| STANDARD.decode(der).expect("base64")).collect();
        assert!(verdict.crls.iter().all(|der| good.contains(der)));
        assert_eq!(verdict.crls.len(), 2);
    }
}

#[test]
fn a_list_is_issued_by_whoever_is_named_in_it_and_has_signed_it() {
    let issued = |name: &str| -> Vec<bool> {
        let case = corpus().remove(name).expect("a case");
        let publishers = case.publishers(&case.jws);
        case.crls.iter().map(|der| publishers.have_issued(&STANDARD.decode(der).expect("base64"))).collect()
    };
    assert_eq!(issued("valid_es256"), [true, true]);
    assert_eq!(issued("stale_crl"), [true, true]);
    assert_eq!(issued("forged_crl"), [false, false]);
}

#[test]
fn a_root_that_is_pinned_for_two_kinds_serves_the_admitted_one() {
    let case = valid();
    let root = STANDARD.decode(&case.anchors[0]).expect("base64");
    let mut anchors = Anchors::default();
    for kind in [SignatureKind::Qualified, SignatureKind::Personal] {
        anchors.add(kind, root.clone()).expect("an anchor");
    }
    let policy = Policy::new(anchors);
    for kind in [SignatureKind::Qualified, SignatureKind::Personal] {
        let verdict = case.with_presented(&case.jws, |presented, _| {
            signing::verify(&Presented { admitted: &[kind], ..*presented }, &policy)
        });
        assert_eq!(verdict.map(|verified| verified.kind), Ok(kind));
    }
}
