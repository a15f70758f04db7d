//! A validation service over a real connection: verdicts, standstills, and when it is left alone.

use crate::receiver::{Receiver, Reply};
use gateways::FetchLimits;
use gateways::validation::{
    DssPace, DssState, DssValidator, NoVerdict, OriginalDigest, SignatureValidator, ToValidate, Verdict,
};
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(400);

fn validator(receiver: &Receiver) -> DssValidator {
    let limits =
        FetchLimits { connect: Duration::from_secs(1), whole: Duration::from_millis(500), bytes: 4096 };
    let base = format!("http://{}/dss", receiver.host());
    DssValidator::new(&base, &DssPace { limits, failures: 2, pause: PAUSE }).unwrap()
}

fn asked() -> ToValidate {
    let original = OriginalDigest { algorithm: "SHA256", digest: vec![7; 32], name: None };
    ToValidate { signed_document: b"<a/>".to_vec(), original: Some(original) }
}

fn passed() -> Reply {
    Reply::ok(
        r#"{"DiagnosticData":{},"SimpleReport":{"signatureOrTimestampOrEvidenceRecord":[{"Signature":
        {"Indication":"TOTAL_PASSED","SignatureFormat":"XAdES-BASELINE-B"}}]},"DetailedReport":{}}"#,
    )
}

fn is_later(verdict: &Result<Verdict, NoVerdict>) -> bool {
    matches!(verdict, Err(NoVerdict::Later(_)))
}

#[tokio::test]
async fn a_verdict_comes_back_and_a_refused_question_is_not_asked_again() {
    let receiver = Receiver::start(passed()).await;
    let validator = validator(&receiver);
    assert!(matches!(validator.validate(&asked()).await, Ok(Verdict::Passed(_))));
    receiver.now_answers(Reply::refusal());
    assert!(matches!(validator.validate(&asked()).await, Err(NoVerdict::Never(_))));
    assert_eq!(validator.state(), DssState::Answers, "a refusal is an answer");
}

fn is_failing(verdict: &Result<Verdict, NoVerdict>) -> bool {
    matches!(verdict, Err(NoVerdict::Failing(_)))
}

#[tokio::test]
async fn a_slow_service_and_one_that_is_away_are_asked_again_later() {
    for reply in
        [passed().after(Duration::from_secs(5)), Reply::away(), Reply::redirect("http://127.0.0.1:1/")]
    {
        let receiver = Receiver::start(reply).await;
        let (validator, started) = (validator(&receiver), Instant::now());
        assert!(is_later(&validator.validate(&asked()).await));
        assert!(started.elapsed() < Duration::from_secs(3));
        assert_eq!(validator.state(), DssState::Fails);
    }
}

#[tokio::test]
async fn a_signature_on_which_the_service_fails_keeps_no_other_from_it() {
    for reply in [Reply::broken(), Reply::ok("{}"), Reply::ok(vec![b' '; 8192])] {
        let receiver = Receiver::start(reply).await;
        let validator = validator(&receiver);
        for _ in 0..5 {
            assert!(is_failing(&validator.validate(&asked()).await));
        }
        assert_eq!(receiver.asked(), 5, "it answers, so it is asked");
        assert_eq!(validator.state(), DssState::Answers);
        receiver.now_answers(passed());
        assert!(validator.validate(&asked()).await.is_ok());
    }
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_left_alone_and_tried_after_a_pause() {
    let receiver = Receiver::start(Reply::away()).await;
    let validator = validator(&receiver);
    for _ in 0..5 {
        assert!(is_later(&validator.validate(&asked()).await));
    }
    assert_eq!(receiver.asked(), 2, "after the second failure nothing is asked");
    receiver.now_answers(passed());
    assert!(is_later(&validator.validate(&asked()).await), "not before the pause is over");
    tokio::time::sleep(PAUSE).await;
    assert!(validator.validate(&asked()).await.is_ok());
    assert_eq!((receiver.asked(), validator.state()), (3, DssState::Answers));
}
