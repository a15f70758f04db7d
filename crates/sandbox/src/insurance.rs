//! The payer's register of the insured (eWUŚ) on the loopback interface: its SOAP, its sessions and its faults.
//!
//! Everybody is insured, unless the seventh to ninth digit of the PESEL say otherwise: `997` is not insured, `998` is not
//! known to the register, and `999` has another PESEL by now.

mod envelopes;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use app::clock::Clock;
use domain::calendar::warsaw_date;
use domain::redacted::Redacted;
use envelopes::{Asked, fault};
use gateways::insurance::{AccountFault, EwusAccount, Operator, TotpSecret};
use std::collections::HashMap;
use std::io;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const BASE: &str = "/ws-broker-server-ewus/";
const BRANCH: u8 = 1;
const PROVIDER: &str = "123456789";
const LOGIN: &str = "TEST_MFA";
const PASSWORD: &str = "hasło<&>piaskownicy";
const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/// As the payer's own.
const SESSION: Duration = Duration::from_mins(14);

/// How it behaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Answers,
    /// Answers that it cannot answer.
    IsDown,
    /// Does everything after so long.
    Delays(Duration),
    /// Refuses every login with this class of fault.
    RefusesLogin(&'static str),
    /// Refuses every question with this class of fault.
    RefusesQuestion(&'static str),
    /// Lets in, and says with this code that the password expires.
    Warns(&'static str),
    /// Answers every question with these bytes.
    Says(Vec<u8>),
}

/// What all its workers share.
struct Service {
    clock: Arc<dyn Clock>,
    mood: Mutex<Mood>,
    /// Tokens by session, and since when.
    sessions: Mutex<HashMap<String, (String, Instant)>>,
    logins: AtomicUsize,
    questions: AtomicUsize,
}

/// One that runs until it is stopped.
pub struct InsuranceService {
    service: Arc<Service>,
    handle: ServerHandle,
    base_url: String,
}

/// The only account that the service lets in.
pub fn account() -> Result<EwusAccount, AccountFault> {
    account_with(PASSWORD)
}

/// The same with another password.
pub fn account_with(password: &str) -> Result<EwusAccount, AccountFault> {
    let provider = Operator::Provider(PROVIDER.to_owned());
    let password = Redacted::new(password.to_owned());
    EwusAccount::new(BRANCH, Some(provider), LOGIN.to_owned(), password, TotpSecret::parse(TOTP).ok())
}

impl InsuranceService {
    /// Starts on a free port.
    pub fn start(clock: Arc<dyn Clock>) -> io::Result<Self> {
        let service = Arc::new(Service {
            clock,
            mood: Mutex::default(),
            sessions: Mutex::default(),
            logins: AtomicUsize::new(0),
            questions: AtomicUsize::new(0),
        });
        let shared = web::Data::from(Arc::clone(&service));
        let server = HttpServer::new(move || {
            App::new().app_data(shared.clone()).service(
                web::scope(BASE.trim_end_matches('/'))
                    .route("/services/Auth", web::post().to(authenticate))
                    .route("/services/ServiceBroker", web::post().to(check)),
            )
        })
        .workers(1)
        .disable_signals()
        .bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = server.addrs().first().copied().ok_or(io::ErrorKind::AddrNotAvailable)?;
        let running = server.run();
        let handle = running.handle();
        tokio::spawn(running);
        Ok(Self { service, handle, base_url: format!("http://{address}{BASE}") })
    }

    /// What `SOID_EWUS_URL` would name.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    pub fn set_mood(&self, mood: Mood) {
        *locked(&self.service.mood) = mood;
    }

    /// Forgets who is logged in, as the payer's test system does.
    pub fn lose_sessions(&self) {
        locked(&self.service.sessions).clear();
    }

    /// How many are logged in.
    pub fn sessions(&self) -> usize {
        locked(&self.service.sessions).len()
    }

    /// How often somebody tried to log in.
    pub fn logins(&self) -> usize {
        self.service.logins.load(Ordering::SeqCst)
    }

    /// How often it was asked about a PESEL.
    pub fn questions(&self) -> usize {
        self.service.questions.load(Ordering::SeqCst)
    }

    pub async fn stop(&self) {
        self.handle.stop(false).await;
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Service {
    /// The mood, after the delay that belongs to it; an answer where it gives none.
    async fn mood(&self) -> Result<Mood, HttpResponse> {
        let mood = locked(&self.mood).clone();
        match mood {
            Mood::IsDown => return Err(HttpResponse::ServiceUnavailable().finish()),
            Mood::Delays(delay) => tokio::time::sleep(delay).await,
            _ => {}
        }
        Ok(mood)
    }

    fn lets_in(&self, asked: &Asked) -> bool {
        let code = TotpSecret::parse(TOTP).map(|secret| secret.code(self.clock.real_now()).into_inner());
        let expected = [
            ("domain", format!("{BRANCH:02}")),
            ("type", "SWD".to_owned()),
            ("idntSwd", PROVIDER.to_owned()),
            ("login", LOGIN.to_owned()),
            ("mfaTotp", code.unwrap_or_default()),
        ];
        expected.iter().all(|(name, value)| asked.item(name).as_deref() == Some(value.as_str()))
            && asked.text("password").as_deref() == Some(PASSWORD)
    }

    fn open_session(&self) -> (String, String) {
        let number = self.logins.load(Ordering::SeqCst);
        let (session, token) = (format!("SESJA{number:027}"), format!("BS\"&{number:018}"));
        locked(&self.sessions).insert(session.clone(), (token.clone(), Instant::now()));
        (session, token)
    }

    /// The class of the fault with which somebody is sent away who is not logged in.
    fn admits(&self, asked: &Asked) -> Result<(), &'static str> {
        let sessions = locked(&self.sessions);
        let known = asked.identified("session").and_then(|id| sessions.get(&id));
        match known {
            Some((_, since)) if since.elapsed() >= SESSION => Err("SessionException"),
            Some((token, _)) if asked.identified("authToken").as_ref() == Some(token) => Ok(()),
            Some(_) => Err("AuthTokenException"),
            None => Err("SessionException"),
        }
    }
}

async fn authenticate(service: web::Data<Service>, asked: String) -> HttpResponse {
    let mood = match service.mood().await {
        Ok(mood) => mood,
        Err(answer) => return answer,
    };
    let asked = Asked(asked);
    if asked.names("logout") {
        let session = asked.identified("session").unwrap_or_default();
        locked(&service.sessions).remove(&session);
        return xml(envelopes::logged_out());
    }
    service.logins.fetch_add(1, Ordering::SeqCst);
    match mood {
        Mood::RefusesLogin(class) => refused(class),
        _ if !service.lets_in(&asked) => refused("AuthenticationException"),
        mood => {
            let (session, token) = service.open_session();
            let code = if let Mood::Warns(code) = mood { code } else { "[000]" };
            xml(envelopes::logged_in(&session, &token, code))
        }
    }
}

async fn check(service: web::Data<Service>, asked: String) -> HttpResponse {
    service.questions.fetch_add(1, Ordering::SeqCst);
    let mood = match service.mood().await {
        Ok(mood) => mood,
        Err(answer) => return answer,
    };
    let asked = Asked(asked);
    let pesel = asked.text("numer_pesel");
    match (mood, service.admits(&asked), pesel) {
        (Mood::RefusesQuestion(class), ..) | (_, Err(class), _) => refused(class),
        (Mood::Says(bytes), ..) => xml(bytes),
        (_, Ok(()), None) => refused("InputException"),
        (_, Ok(()), Some(pesel)) => xml(envelopes::checked(&pesel, warsaw_date(service.clock.real_now()))),
    }
}

fn xml(body: impl Into<Vec<u8>>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/xml; charset=utf-8").body(body.into())
}

fn refused(class: &str) -> HttpResponse {
    HttpResponse::InternalServerError().content_type("text/xml; charset=utf-8").body(fault(class))
}
