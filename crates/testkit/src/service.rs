//! The service of one test: the real one, wired as in the sandbox, with a clock that the test moves.

use crate::client::Session;
use crate::database::{Backend, Database, Held};
use crate::keys::TestKeys;
use crate::logs;
use crate::tokens::{AUDIENCE, Token};
use crate::wiring::wiring;
use crate::{insured, trusted};
use app::caller::Role;
use app::clock::Clock;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::{end_of_day_warsaw, start_of_day_warsaw, warsaw_date};
use domain::demand::treated::USUAL_DAYS;
use domain::device_order::take_up::Settings;
use domain::ids::SpaceId;
use domain::outage::Grace;
use domain::redacted::Redacted;
use domain::values::OrderPrefix;
use gateways::crl::PreloadedLists;
use http::limits::Bucket;
use sandbox::clock::SandboxClock;
use sandbox::insurance::InsuranceService;
use sandbox::personas::{self, Persona};
use sandbox::pki::{KINDS, SignerKey};
use sandbox::validation::ValidationService;
use server::clock::SystemClock;
use server::config::{
    AttachmentsConfig, Config, DatabaseConfig, HttpConfig, InsuranceConfig, IssuersConfig, KeysConfig,
    LogFormat, Mode, PatientListDays, SilenceIsOutage, TelemetryConfig, TrustConfig, ValidationConfig,
};
use server::service::{Running, Service};
use signing::SignatureKind;
use signing::keys::KeySet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use store::audit::Report;
use store::sealing::KeyRing;
use store::sequencer::Sequencer;
use tempfile::TempDir;

/// For requests that still run when a test is over.
pub(crate) const GRACE: Duration = Duration::from_secs(5);
/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
const ELSEWHERE: &str = "elsewhere";

/// What a test speaks to; clones speak to the same service.
#[derive(Clone)]
pub struct TestApp {
    pub(crate) parts: Arc<Parts>,
    pub(crate) address: SocketAddr,
    client: reqwest::Client,
}

pub(crate) struct Parts {
    pub(crate) backend: Backend,
    pub(crate) app: app::App,
    pub(crate) space: SpaceId,
    pub(crate) clock: Arc<SandboxClock>,
    pub(crate) lists: Arc<PreloadedLists>,
    pub(crate) database: Database,
    pub(crate) validation: ValidationService,
    pub(crate) insurance: InsuranceService,
    pub(crate) config: Config,
    /// Where the bytes of attachments are.
    pub(crate) files: TempDir,
}

pub(crate) async fn start(backend: Backend, database: Database, limits: Vec<Bucket>) -> (TestApp, Running) {
    let space = personas::default_space();
    let clock = Arc::new(SandboxClock::new(Arc::new(SystemClock)));
    let now = SystemClock.real_now();
    let lists = Arc::new(PreloadedLists::new(TestKeys::get().all.pki.crls(now).expect("revocation lists")));
    let validation = trusted::service();
    let insurance = insured::service();
    let files = tempfile::Builder::new().prefix("soid-files-").tempdir().expect("a folder");
    let config = config(&database, &space, files.path());
    let wiring = wiring(&clock, &lists, (&validation, &insurance), limits);
    let running = Service::start(config.clone(), wiring).await.expect("a service");
    let app = running.app().clone();
    for space in [&space, &elsewhere()] {
        let file = personas::directory_file(space).expect("the personas as a file");
        app.import_directory(space.clone(), file).await.expect("the personas");
        sandbox::contracts::import_sample(&app, space).await.expect("their contracts");
    }
    for persona in personas::all(&space) {
        let spec = persona.spec;
        logs::seeded([spec.pesel, spec.given_names, spec.family_name]);
    }
    let address = running.address();
    let parts = Parts { backend, app, space, clock, lists, database, validation, insurance, config, files };
    (TestApp { parts: Arc::new(parts), address, client: client() }, running)
}

fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).timeout(PATIENCE);
    client.build().expect("a client")
}

/// A second space with people of the same names and other ids.
fn elsewhere() -> SpaceId {
    SpaceId::parse(ELSEWHERE).expect("a space")
}

fn config(database: &Database, space: &SpaceId, files: &Path) -> Config {
    let keys = &TestKeys::get().all;
    let roots = |kind: SignatureKind| {
        vec![keys.pki.authority(kind).expect("an authority").root_certificate().to_vec()]
    };
    Config {
        mode: Mode::Sandbox,
        space: space.clone(),
        http: HttpConfig {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            public_url: AUDIENCE.to_owned(),
            // A test says in `X-Forwarded-For` from where it asks.
            trusted_proxies: vec![Ipv4Addr::LOCALHOST.into()],
            body_timeout: Duration::from_secs(2),
            drain: GRACE,
            workers: Some(1),
        },
        database: DatabaseConfig {
            url: Redacted::new(database.url().to_owned()),
            read_connections: 3,
            write_connections: 4,
            pool_wait: Duration::from_secs(20),
            lock_wait: Duration::from_secs(10),
            migrate_on_start: true,
        },
        issuers: IssuersConfig { issuers: Vec::new(), jwks_max_age: Duration::from_mins(5) },
        keys: KeysConfig {
            ring: keys.ring.clone(),
            decision: keys.decision.clone(),
            former_decisions: KeySet::default(),
        },
        trust: TrustConfig {
            qualified: roots(SignatureKind::Qualified),
            personal: roots(SignatureKind::Personal),
            zus: roots(SignatureKind::Zus),
            crl_hosts: Vec::new(),
        },
        validation: ValidationConfig::none(),
        insurance: InsuranceConfig(None),
        telemetry: TelemetryConfig { format: LogFormat::Json, filter: "info".to_owned() },
        attachments: AttachmentsConfig::Folder(files.to_owned()),
        // A test that moves the clock says itself when deadlines are fired.
        worker: false,
        outage_grace: Grace::Days(1),
        silence_is_outage: SilenceIsOutage(None),
        patient_list_days: PatientListDays(Some(USUAL_DAYS)),
        order_numbers: OrderPrefix::Test,
        take_ups: Settings::default(),
    }
}

impl TestApp {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn backend(&self) -> Backend {
        self.parts.backend
    }

    pub fn space(&self) -> &SpaceId {
        &self.parts.space
    }

    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// The same service over connections that nobody else uses.
    #[must_use]
    pub fn on_a_connection_of_its_own(&self) -> Self {
        Self { parts: Arc::clone(&self.parts), client: client(), address: self.address }
    }

    /// Fires what is due in the space, as whoever moves its clock does, who waits for other workers so long at most.
    pub async fn fire_all_due(&self, holder: &str, longest: Duration) -> usize {
        let fired = self.parts.app.fire_all_due_in(&self.parts.space, holder, longest).await;
        fired.expect("deadlines are fired")
    }

    /// Fires what is due, as the worker of this name, until nothing is left; how many rows that were.
    pub async fn fire_due(&self, worker: &str) -> usize {
        let mut fired = 0;
        loop {
            match self.parts.app.fire_due(worker).await.expect("deadlines are fired") {
                0 => return fired,
                some => fired += some,
            }
        }
    }

    /// The folder in which the attachment store keeps its objects.
    pub fn files(&self) -> &Path {
        self.parts.files.path()
    }

    /// Removes the objects of abandoned uploads, as the worker of this name; how many those were.
    pub async fn remove_abandoned_uploads(&self, worker: &str) -> usize {
        self.parts.app.remove_abandoned_uploads(worker).await.expect("abandoned uploads are removed")
    }

    /// Gives terms that have no deadlines theirs, as a start does; on how many demands that was.
    pub async fn complete_deadlines(&self) -> usize {
        self.parts.app.complete_deadlines().await.expect("deadlines are completed")
    }

    /// What opens what is sealed.
    pub(crate) fn key_ring(&self) -> KeyRing {
        KeyRing::parse(self.parts.config.keys.ring.text()).expect("a key ring")
    }

    pub fn store(&self) -> &Store {
        self.parts.app.store()
    }

    /// The service that validates trusted signatures.
    pub fn validation(&self) -> &ValidationService {
        &self.parts.validation
    }

    pub(crate) fn use_cases(&self) -> &app::App {
        &self.parts.app
    }

    pub fn persona(&self, key: &str) -> Persona {
        personas::find(&self.parts.space, key).unwrap_or_else(|| panic!("no persona {key}"))
    }

    /// Somebody of the sandbox, with a token made for each request.
    pub fn as_persona(&self, key: &'static str) -> Session {
        let persona = self.persona(key);
        Session::new(self.clone(), Token::of(&persona, &self.parts.space))
    }

    /// The person of the same name in another tester's space.
    pub fn elsewhere(&self, key: &'static str) -> Session {
        let persona = personas::find(&elsewhere(), key).expect("the same personas in every space");
        Session::new(self.clone(), Token::of(&persona, &elsewhere()))
    }

    /// Somebody in this role of an organisation that takes no part.
    pub fn stranger(&self, role: Role) -> Session {
        Session::new(self.clone(), Token::stranger(role, &self.parts.space))
    }

    /// The claims of a persona, to be changed before they are signed.
    pub fn token(&self, key: &str) -> Token {
        Token::of(&self.persona(key), &self.parts.space)
    }

    pub fn with_token(&self, token: Token) -> Session {
        Session::new(self.clone(), token)
    }

    /// Nobody in particular.
    pub fn anyone(&self) -> Session {
        Session::anonymous(self.clone())
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.parts.clock.now(&self.parts.space)
    }

    pub fn real_now(&self) -> DateTime<Utc> {
        self.parts.clock.real_now()
    }

    /// The legal date.
    pub fn today(&self) -> NaiveDate {
        warsaw_date(self.now())
    }

    /// So many calendar days later at the same time of day in Warsaw, so that no change of the clocks moves the date.
    pub fn advance_days(&self, days: i64) {
        let (now, today) = (self.now(), self.today());
        let then = today + TimeDelta::days(days);
        let same_time = start_of_day_warsaw(then) + (now - start_of_day_warsaw(today));
        // A day of 23 hours has no last hour.
        let last = end_of_day_warsaw(then) - TimeDelta::seconds(1);
        self.parts.clock.advance(&self.parts.space, same_time.min(last) - now).expect("forward");
    }

    pub fn advance_minutes(&self, minutes: i64) {
        self.parts.clock.advance(&self.parts.space, TimeDelta::minutes(minutes)).expect("forward");
    }

    /// Moves the clock of the other tester's space alone.
    pub fn advance_days_elsewhere(&self, days: i64) {
        self.parts.clock.advance(&elsewhere(), TimeDelta::days(days)).expect("forward");
    }

    /// From now on nobody can say whether a certificate was revoked.
    pub fn lose_revocation_lists(&self) {
        self.parts.lists.replace([]);
    }

    pub fn find_revocation_lists(&self) {
        let pki = &TestKeys::get().all.pki;
        self.parts.lists.replace(pki.crls(self.real_now()).expect("revocation lists"));
    }

    pub fn revoke(&self, kind: SignatureKind, key: &Arc<SignerKey>) {
        let revoked = [(kind, Arc::clone(key))];
        let pki = &TestKeys::get().all.pki;
        self.parts.lists.replace(pki.crls_with(self.real_now(), &revoked).expect("revocation lists"));
    }

    /// Every kind of signature that a step may carry.
    pub fn signature_kinds(&self) -> [SignatureKind; 3] {
        KINDS
    }

    /// Gives everything that is committed its number, instead of waiting for the sequencer.
    pub async fn settle(&self) {
        let now = self.real_now();
        let sequencer = Sequencer::new("test");
        for _ in 0..200 {
            let report = self.verify_audit().await;
            if report.unsequenced == 0 && self.events_are_numbered().await {
                return;
            }
            // The service's own sequencer holds the lease; this one steps in only where it can.
            let own = sequencer.clone();
            let _ = self.store().transaction(move |tx| own.run_once(tx, now)).await;
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the sequencer does not come to an end");
    }

    async fn events_are_numbered(&self) -> bool {
        self.count("SELECT count(*) AS number FROM events WHERE seq IS NULL").await == 0
    }

    /// Checks the whole audit.
    pub async fn verify_audit(&self) -> Report {
        let keys = KeySet::of([&server::service::signing_key(&Self::keys()).expect("the signing key")]);
        server::service::verify_audit(self.store(), keys, self.real_now(), Vec::new())
            .await
            .expect("a report")
    }

    pub(crate) fn keys() -> KeysConfig {
        let keys = &TestKeys::get().all;
        KeysConfig {
            ring: keys.ring.clone(),
            decision: keys.decision.clone(),
            former_decisions: KeySet::default(),
        }
    }

    /// Runs statements behind the back of the service.
    pub fn execute(&self, sql: &str) {
        self.parts.database.execute(sql);
    }

    /// The same where it may fail.
    pub fn try_execute(&self, sql: &str) -> Result<(), String> {
        self.parts.database.try_execute(sql)
    }

    /// Carries statements out on PostgreSQL and leaves their transaction open until the answer is dropped.
    pub fn hold(&self, sql: &str) -> Held {
        self.parts.database.hold(sql)
    }

    /// The `number` of a query's only row.
    pub async fn count(&self, sql: &'static str) -> i64 {
        crate::database::count(self.store(), sql.to_owned()).await
    }

    pub async fn count_of(&self, sql: String) -> i64 {
        crate::database::count(self.store(), sql).await
    }
}
