//! The client of production asks the sandbox's register of the insured over a real connection, in every mood of it.

#![expect(clippy::expect_used, reason = "a test may stop where it fails")]

use app::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{end_of_day_warsaw, warsaw_date};
use domain::device_order::verification::Insurance;
use domain::values::Pesel;
use gateways::insurance::{
    Answer, EwusPace, EwusRegister, EwusState, InsuranceRegister, NoAnswer, Standing, insurance,
};
use sandbox::insurance::{InsuranceService, Mood, account, account_with};
use server::clock::SystemClock;
use std::sync::Arc;
use std::time::{Duration, Instant};

const INSURED: &str = "90010100108";
const PAUSE: Duration = Duration::from_millis(400);

fn service() -> InsuranceService {
    InsuranceService::start(Arc::new(SystemClock)).expect("a service")
}

fn pace() -> EwusPace {
    // Sessions are lost here more often than codes of the second factor change.
    EwusPace { failures: 2, pause: PAUSE, code: Duration::ZERO, ..EwusPace::within(Duration::from_secs(2)) }
}

fn paced(service: &InsuranceService, pace: &EwusPace) -> EwusRegister {
    let account = account().expect("an account");
    EwusRegister::new(service.base_url(), account, &[7; 32], pace).expect("a client")
}

fn register(service: &InsuranceService) -> EwusRegister {
    paced(service, &pace())
}

fn now() -> DateTime<Utc> {
    SystemClock.real_now()
}

async fn ask(register: &EwusRegister, pesel: &str) -> Result<Answer, NoAnswer> {
    register.ask(&Pesel::parse(pesel).expect("a PESEL"), now()).await
}

/// A PESEL of its own for each number, none of which is a special one.
fn pesel(number: usize) -> String {
    let digits: Vec<usize> =
        format!("900101{number:03}0").bytes().map(|digit| usize::from(digit - b'0')).collect();
    let sum: usize =
        digits.iter().zip([1, 3, 7, 9, 1, 3, 7, 9, 1, 3]).map(|(digit, weight)| digit * weight).sum();
    format!("900101{number:03}0{}", (10 - sum % 10) % 10)
}

#[tokio::test]
async fn each_answer_is_told_apart() {
    let service = service();
    let register = register(&service);
    let answers = [
        (INSURED, Standing::Insured { mark: None }),
        ("90010199708", Standing::NotInsured),
        ("90010199807", Standing::NotKnown),
        ("90010199906", Standing::PeselOutdated),
    ];
    for (pesel, standing) in answers {
        let answer = ask(&register, pesel).await.expect("an answer");
        assert_eq!((answer.standing, answer.valid_on), (standing, warsaw_date(now())), "{pesel}");
        assert_eq!(answer.operation.as_str(), "L1712M01200000001");
    }
    assert_eq!((service.logins(), service.questions()), (1, 4), "one session for all");
    assert_eq!(register.state(), EwusState::Answers);
    register.leave().await;
    assert_eq!(service.sessions(), 0, "it logs out");
    assert!(ask(&register, &pesel(2)).await.is_ok());
    assert_eq!(service.logins(), 2);
}

#[tokio::test]
async fn a_patient_is_asked_about_once_a_day_and_again_after_no_answer() {
    let service = service();
    let register = register(&service);
    service.set_mood(Mood::RefusesQuestion("ServiceException"));
    assert!(ask(&register, INSURED).await.is_err());
    service.set_mood(Mood::Answers);
    for _ in 0..3 {
        assert!(ask(&register, INSURED).await.is_ok());
    }
    assert_eq!(service.questions(), 2);
    service.set_mood(Mood::IsDown);
    assert!(ask(&register, INSURED).await.is_ok(), "what is known is told without the service");
    assert!(ask(&register, &pesel(2)).await.is_err(), "of somebody else nothing is known");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_ask_at_once_share_one_login() {
    let service = service();
    let register = Arc::new(paced(&service, &EwusPace::within(Duration::from_secs(20))));
    service.set_mood(Mood::Delays(Duration::from_millis(50)));
    let many = (0..32).map(|number| {
        let register = Arc::clone(&register);
        tokio::spawn(async move { ask(&register, &pesel(number)).await })
    });
    for asked in many.collect::<Vec<_>>() {
        assert!(asked.await.expect("a task").is_ok());
    }
    assert_eq!((service.logins(), service.questions()), (1, 32));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_wait_share_a_login_that_is_refused() {
    let service = service();
    let register = Arc::new(paced(&service, &EwusPace::within(Duration::from_secs(20))));
    service.set_mood(Mood::RefusesLogin("AuthenticationException"));
    let many = (0..32).map(|number| {
        let register = Arc::clone(&register);
        tokio::spawn(async move { ask(&register, &pesel(number)).await })
    });
    for asked in many.collect::<Vec<_>>() {
        assert_eq!(asked.await.expect("a task"), Err(NoAnswer::AccountRefused));
    }
    assert_eq!((service.logins(), service.questions()), (1, 0), "an account is not tried until it is locked");
}

#[tokio::test]
async fn a_lost_session_is_replaced_once_and_the_question_asked_again() {
    let service = service();
    let register = register(&service);
    assert!(ask(&register, &pesel(1)).await.is_ok());
    service.lose_sessions();
    assert!(ask(&register, &pesel(2)).await.is_ok());
    assert_eq!((service.logins(), service.questions()), (2, 3));
    for class in ["SessionException", "AuthTokenException"] {
        let (logins, questions) = (service.logins(), service.questions());
        service.set_mood(Mood::RefusesQuestion(class));
        assert!(matches!(ask(&register, &pesel(3)).await, Err(NoAnswer::Later(_))));
        assert_eq!(
            (service.logins(), service.questions()),
            (logins + 1, questions + 2),
            "once, and not for ever"
        );
    }
}

#[tokio::test]
async fn no_code_of_the_second_factor_is_sent_twice() {
    let service = service();
    let register = paced(&service, &EwusPace { code: Duration::from_millis(700), ..pace() });
    // At the beginning of a step of thirty seconds, so that the second login falls into the same.
    let seconds = now().timestamp().rem_euclid(30);
    if seconds > 20 {
        tokio::time::sleep(Duration::from_secs((31 - seconds).unsigned_abs())).await;
    }
    assert!(ask(&register, &pesel(1)).await.is_ok());
    service.lose_sessions();
    let begun = Instant::now();
    assert!(ask(&register, &pesel(2)).await.is_ok());
    assert_eq!(service.logins(), 2);
    assert!(begun.elapsed() >= Duration::from_millis(700), "it waited for the next one");
}

#[tokio::test]
async fn a_login_outlives_the_question_that_began_it() {
    let service = service();
    let short = EwusPace { code: Duration::from_millis(900), ..EwusPace::within(Duration::from_millis(500)) };
    let register = paced(&service, &short);
    let seconds = now().timestamp().rem_euclid(30);
    if seconds > 20 {
        tokio::time::sleep(Duration::from_secs((31 - seconds).unsigned_abs())).await;
    }
    assert!(ask(&register, &pesel(1)).await.is_ok());
    service.lose_sessions();
    assert!(matches!(ask(&register, &pesel(2)).await, Err(NoAnswer::Later(_))), "the login takes longer");
    tokio::time::sleep(Duration::from_millis(900)).await;
    assert_eq!(service.logins(), 2, "and is taken to its end");
    assert!(ask(&register, &pesel(2)).await.is_ok());
    assert_eq!(service.logins(), 2, "whose session is there for the next question");
}

#[tokio::test]
async fn what_is_asked_before_midnight_and_answered_after_it_is_asked_about_the_new_day() {
    let service = service();
    let register = register(&service);
    assert!(ask(&register, &pesel(1)).await.is_ok());
    let midnight = end_of_day_warsaw(warsaw_date(now()).pred_opt().expect("a day before"));
    service.set_mood(Mood::Delays(Duration::from_millis(100)));
    let before = midnight - TimeDelta::milliseconds(50);
    let (questions, patient) = (service.questions(), Pesel::parse(INSURED).expect("a PESEL"));
    let answer = register.ask(&patient, before).await.expect("an answer");
    assert_eq!((answer.valid_on, service.questions()), (warsaw_date(now()), questions + 2));
    let long_before = midnight - TimeDelta::hours(1);
    let old = register.ask(&Pesel::parse(&pesel(3)).expect("a PESEL"), long_before).await;
    assert!(matches!(old, Err(NoAnswer::Unusable(_))), "no other day is asked about");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_lose_one_session_replace_it_once() {
    let service = service();
    let patient = EwusPace { code: Duration::ZERO, ..EwusPace::within(Duration::from_secs(20)) };
    let register = Arc::new(paced(&service, &patient));
    assert!(ask(&register, INSURED).await.is_ok());
    service.lose_sessions();
    let many = (100..132).map(|number| {
        let register = Arc::clone(&register);
        tokio::spawn(async move { ask(&register, &pesel(number)).await })
    });
    for asked in many.collect::<Vec<_>>() {
        assert!(asked.await.expect("a task").is_ok());
    }
    assert_eq!(service.logins(), 2);
}

#[tokio::test]
async fn a_session_is_renewed_before_the_service_ends_it() {
    assert_eq!(
        EwusPace::within(PAUSE).session,
        Duration::from_mins(13),
        "the service ends it after 14 minutes"
    );
    let service = service();
    let register = paced(&service, &EwusPace { session: Duration::from_millis(200), ..pace() });
    assert!(ask(&register, &pesel(1)).await.is_ok());
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert!(ask(&register, &pesel(2)).await.is_ok());
    assert_eq!((service.logins(), service.questions()), (2, 2), "no question was lost to an old session");
}

#[tokio::test]
async fn a_refused_account_has_its_own_reason_and_is_not_tried_again_soon() {
    for (class, reason) in [
        ("AuthenticationException", NoAnswer::AccountRefused),
        ("passExpiredException", NoAnswer::PasswordExpired),
        ("AuthorizationException", NoAnswer::NotAllowed),
    ] {
        let service = service();
        let register = register(&service);
        service.set_mood(Mood::RefusesLogin(class));
        for _ in 0..3 {
            let asked = ask(&register, INSURED).await;
            assert_eq!(asked, Err(reason.clone()));
            assert_eq!(insurance(asked), Insurance::NotAsked { is_outage: true });
        }
        assert_eq!((service.logins(), service.questions()), (1, 0), "{class}");
        assert_eq!(register.state(), EwusState::Locked);
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_by_the_service_itself() {
    let service = service();
    let account = account_with("inne").expect("an account");
    let register = EwusRegister::new(service.base_url(), account, &[7; 32], &pace()).expect("a client");
    assert_eq!(ask(&register, INSURED).await, Err(NoAnswer::AccountRefused));
    let no_code = DateTime::from_timestamp(0, 0).expect("an instant");
    let late = paced(&service, &pace()).ask(&Pesel::parse(INSURED).expect("a PESEL"), no_code).await;
    assert_eq!(late, Err(NoAnswer::AccountRefused), "the second factor of another time");
}

#[tokio::test]
async fn a_password_that_will_expire_still_opens() {
    for code in ["[001]", "[002]", "[003]"] {
        let service = service();
        service.set_mood(Mood::Warns(code));
        assert!(ask(&register(&service), INSURED).await.is_ok(), "{code}");
    }
    let service = service();
    service.set_mood(Mood::Warns("[999]"));
    assert!(matches!(ask(&register(&service), INSURED).await, Err(NoAnswer::Unusable(_))));
}

#[tokio::test]
async fn faults_of_a_question_are_told_apart() {
    for (class, reason, state) in [
        ("InputException", NoAnswer::Never, EwusState::Answers),
        ("AuthorizationException", NoAnswer::NotAllowed, EwusState::Locked),
        ("ServiceException", NoAnswer::Later("it reports a ServiceException".to_owned()), EwusState::Fails),
        ("ServerException", NoAnswer::Later("it reports a ServerException".to_owned()), EwusState::Fails),
        ("OtherException", NoAnswer::Later("it reports a fault".to_owned()), EwusState::Fails),
    ] {
        let service = service();
        let register = register(&service);
        service.set_mood(Mood::RefusesQuestion(class));
        assert_eq!(ask(&register, INSURED).await, Err(reason));
        assert_eq!(register.state(), state, "{class}");
        service.set_mood(Mood::Answers);
        assert!(ask(&register, INSURED).await.is_ok());
        assert_eq!(register.state(), EwusState::Answers);
    }
}

#[tokio::test]
async fn a_slow_service_does_not_hold_the_question_up() {
    let service = service();
    let register = paced(&service, &EwusPace { failures: 2, ..EwusPace::within(Duration::from_millis(300)) });
    // Each of the two calls is in time; the question as a whole is not.
    service.set_mood(Mood::Delays(Duration::from_millis(200)));
    let begun = Instant::now();
    assert_eq!(ask(&register, INSURED).await, Err(NoAnswer::Later("no complete answer in time".to_owned())));
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!((service.logins(), register.state()), (1, EwusState::Fails));
}

fn left_alone() -> Result<Answer, NoAnswer> {
    Err(NoAnswer::Later("it did not answer before".to_owned()))
}

/// As often as one client bears; from then on it would answer.
async fn fails_twice(service: &InsuranceService, register: &EwusRegister) {
    service.set_mood(Mood::IsDown);
    for _ in 0..2 {
        let asked = ask(register, INSURED).await;
        assert_eq!(asked, Err(NoAnswer::Later("answered with status 503".to_owned())));
    }
    service.set_mood(Mood::Answers);
}

#[tokio::test]
async fn a_service_that_is_down_is_left_alone_and_tried_after_a_pause() {
    let service = service();
    // However long this machine takes, no question ends for that.
    let within = EwusPace::within(Duration::from_mins(1));
    let pace = |pause| EwusPace { failures: 2, pause, code: Duration::ZERO, ..within.clone() };
    let patient = paced(&service, &pace(Duration::from_hours(1)));
    fails_twice(&service, &patient).await;
    assert_eq!(ask(&patient, INSURED).await, left_alone());
    assert_eq!(service.logins(), 0, "nobody asked it");
    let (eager, begun) = (paced(&service, &pace(PAUSE)), Instant::now());
    fails_twice(&service, &eager).await;
    // It is answered once the pause is over, however long this machine takes to ask.
    let answered = loop {
        match ask(&eager, INSURED).await {
            Err(fault) => assert_eq!(Err(fault), left_alone()),
            answer => break answer,
        }
        assert!(begun.elapsed() < Duration::from_mins(2), "it is never tried again");
        tokio::time::sleep(PAUSE / 20).await;
    };
    assert!(answered.is_ok() && begun.elapsed() >= PAUSE, "{:?}", begun.elapsed());
    let hasty = register(&service);
    service.stop().await;
    assert!(matches!(ask(&hasty, &pesel(2)).await, Err(NoAnswer::Later(_))));
}

#[tokio::test]
async fn hostile_answers_are_read_as_none() {
    let service = service();
    let register = register(&service);
    let envelope = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'>";
    let laughs = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>";
    let reaching = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
    let hostile = [
        Vec::new(),
        b"\xff\xfe\x00".to_vec(),
        b"{\"insured\":true}".to_vec(),
        format!("{laughs}{envelope}<e:Body>&b;</e:Body></e:Envelope>").into_bytes(),
        format!("{reaching}{envelope}<e:Body>&x;</e:Body></e:Envelope>").into_bytes(),
        format!("{envelope}<e:Body/><e:Body/></e:Envelope>").into_bytes(),
        format!("{envelope}{}", "<a>".repeat(50_000)).into_bytes(),
        format!("{envelope}<e:Body>{}</e:Body></e:Envelope>", " ".repeat(300 * 1024)).into_bytes(),
    ];
    for body in hostile {
        service.set_mood(Mood::Says(body.clone()));
        let asked = ask(&register, INSURED).await;
        assert!(matches!(asked, Err(NoAnswer::Unusable(_))), "{asked:?} to {:?}", body.get(..80));
    }
    service.set_mood(Mood::Answers);
    assert!(ask(&register, INSURED).await.is_ok(), "the next is asked all the same");
}

#[tokio::test]
async fn no_reason_repeats_the_question() {
    let service = service();
    let register = register(&service);
    let moods = [
        Mood::Says(format!("<a>{INSURED}</a>").into_bytes()),
        Mood::RefusesQuestion("InputException"),
        Mood::RefusesQuestion(INSURED),
        Mood::IsDown,
    ];
    for mood in moods {
        service.set_mood(mood.clone());
        let fault = ask(&register, INSURED).await.expect_err("no answer");
        assert!(!format!("{fault} {fault:?}").contains(INSURED), "{mood:?}");
    }
}
