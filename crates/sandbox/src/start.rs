//! Starting a sandbox: its folder and keys, the service with the sandbox's own wiring, and the personas.

use crate::clock::SandboxClock;
use crate::insurance::{self, InsuranceService};
use crate::keys::{KeysFault, SandboxKeys};
use crate::personas::default_space;
use crate::pki::PkiError;
use crate::products;
use crate::routes::routes;
use crate::state::{FillFault, Published, Sandbox};
use crate::tokens::{self, AUDIENCE};
use crate::validation::ValidationService;
use actix_web::web::Data;
use app::App;
use app::clock::Clock;
use app::trusted::{Patience, TrustedSignatures};
use domain::demand::treated::USUAL_DAYS;
use domain::device_order::access::CODES;
use domain::device_order::take_up::Settings;
use domain::outage::Grace;
use domain::redacted::Redacted;
use domain::values::OrderPrefix;
use gateways::SetUpFault;
use gateways::insurance::{AccountFault, EwusPace, EwusRegister};
use gateways::jwks::StaticKeys;
use gateways::validation::{DssPace, DssValidator};
use http::limits::Bucket;
use server::clock::SystemClock;
use server::config::production::SANDBOX_ISSUER;
use server::config::{
    AttachmentsConfig, Config, DatabaseConfig, HttpConfig, InsuranceConfig, IssuersConfig, KeysConfig,
    LogFormat, Mode, PatientListDays, SilenceIsOutage, TelemetryConfig, TrustConfig, ValidationConfig,
};
use server::service::{Routes, Running, Service, SpacePolicy, StartFault, TrustedIssuer, Wiring};
use signing::keys::KeySet;
use signing::xades::Seals;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The sandbox's own services answer at once.
const VALIDATION: Duration = Duration::from_secs(5);
const INSURANCE: Duration = Duration::from_secs(5);

/// Where and on what a sandbox runs.
pub struct Options {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Holds the keys and, unless another database is named, the SQLite file; made when it is not there.
    pub directory: PathBuf,
    /// `postgres://…` or `sqlite://…`.
    pub database_url: Option<String>,
    /// Real time, from which spaces are moved forward.
    pub clock: Arc<dyn Clock>,
    pub limits: Vec<Bucket>,
    /// Threads that answer requests; one for each processor when left out.
    pub workers: Option<usize>,
}

impl Options {
    /// A sandbox on a free port with everything in this folder.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            directory: directory.into(),
            database_url: None,
            clock: Arc::new(SystemClock),
            limits: http::limits::production(),
            workers: None,
        }
    }
}

/// Why a sandbox could not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxFault {
    #[error(transparent)]
    Keys(#[from] KeysFault),
    #[error(transparent)]
    Pki(#[from] PkiError),
    #[error("the issuer's key set: {0}")]
    KeySet(#[source] serde_json::Error),
    #[error("the folder's path is not UTF-8")]
    Path,
    #[error("the validation service: {0}")]
    Validation(#[source] io::Error),
    #[error("the register of the insured: {0}")]
    Insurance(#[source] io::Error),
    #[error("the account at the register of the insured {0}")]
    Account(#[from] AccountFault),
    #[error(transparent)]
    Gateway(#[from] SetUpFault),
    #[error("{0}")]
    Start(Box<StartFault>),
    #[error(transparent)]
    Personas(#[from] FillFault),
}

impl From<StartFault> for SandboxFault {
    fn from(fault: StartFault) -> Self {
        Self::Start(Box::new(fault))
    }
}

/// A sandbox that answers until [`RunningSandbox::stop`].
pub struct RunningSandbox {
    running: Running,
    sandbox: Data<Sandbox>,
    /// Validates trusted signatures, on a port of its own.
    validation: ValidationService,
    /// Says who is insured, on a port of its own.
    insurance: InsuranceService,
    base_url: String,
}

/// Starts a sandbox; the default space is filled when this returns.
pub async fn start(options: Options) -> Result<RunningSandbox, SandboxFault> {
    let keys = SandboxKeys::open(&options.directory, options.clock.real_now())?;
    let key_set = tokens::key_set(&keys.issuer).map_err(SandboxFault::KeySet)?;
    let clocks = options.directory.join("clocks.json");
    let clock = SandboxClock::kept_in(Arc::clone(&options.clock), clocks);
    let clock = Arc::new(clock.map_err(|fault| KeysFault::File("clocks.json", fault))?);
    let service_keys =
        KeysConfig { ring: keys.ring, decision: keys.decision, former_decisions: KeySet::default() };
    let seals = keys.seals;
    let validation = ValidationService::start(Arc::clone(&seals), Arc::clone(&options.clock));
    let validation = validation.map_err(SandboxFault::Validation)?;
    let trusted = TrustedSignatures {
        seals: Seals::new(seals.certificates()),
        validator: Arc::new(DssValidator::new(validation.base_url(), &DssPace::within(VALIDATION))?),
        patience: Patience::default(),
    };
    let insurance = InsuranceService::start(Arc::clone(&options.clock)).map_err(SandboxFault::Insurance)?;
    let register = register(&insurance, &service_keys)?;
    let (sandbox, published) = Sandbox::new(Arc::clone(&clock), keys.issuer, keys.pki, seals);
    let sandbox = Data::new(sandbox);
    let config = config(&options, service_keys, &published)?;
    let wiring = Wiring {
        clock,
        key_source: Arc::new(StaticKeys::new().with(SANDBOX_ISSUER, key_set)),
        issuers: vec![TrustedIssuer {
            issuer: SANDBOX_ISSUER.to_owned(),
            audience: AUDIENCE.to_owned(),
            roles: None,
        }],
        revocation: published.lists,
        trusted: Some(trusted),
        insurance: Some(Arc::new(register)),
        spaces: SpacePolicy::FromClaim,
        access_codes: CODES,
        limits: options.limits,
        dependencies: Vec::new(),
        extra_routes: Some(own_routes(&sandbox)),
    };
    let running = Service::start(config, wiring).await?;
    let base_url = format!("http://{}", running.address());
    let started = RunningSandbox { running, sandbox, validation, insurance, base_url };
    match fill(&started).await {
        Ok(()) => Ok(started),
        Err(fault) => {
            started.stop().await;
            Err(fault.into())
        }
    }
}

fn register(service: &InsuranceService, keys: &KeysConfig) -> Result<EwusRegister, SandboxFault> {
    let key = keys.ring.derived("insurance answers");
    let pace = EwusPace::within(INSURANCE);
    Ok(EwusRegister::new(service.base_url(), insurance::account()?, key.reveal(), &pace)?)
}

/// The default space, and the register of medicinal products that all spaces share.
async fn fill(started: &RunningSandbox) -> Result<(), FillFault> {
    started.sandbox.fill(started.app(), &default_space()).await?;
    products::import_sample(started.app()).await
}

/// The sandbox's operations for a service that was started otherwise, over its clock.
pub fn operations(clock: Arc<SandboxClock>, keys: SandboxKeys) -> Routes {
    let (sandbox, _) = Sandbox::new(clock, keys.issuer, keys.pki, keys.seals);
    own_routes(&Data::new(sandbox))
}

fn own_routes(sandbox: &Data<Sandbox>) -> Routes {
    let sandbox = sandbox.clone();
    Arc::new(move |cfg| {
        cfg.app_data(sandbox.clone());
        routes(cfg);
    })
}

impl RunningSandbox {
    /// `http://127.0.0.1:8080`
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// Tokens, signatures, spaces and the clock.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    pub fn app(&self) -> &App {
        self.running.app()
    }

    /// Resolves when the listener ends by itself.
    pub async fn failed(&mut self) -> io::Error {
        self.running.failed().await
    }

    /// Lets running requests end, and closes the database.
    pub async fn stop(self) {
        self.running.stop(Duration::from_secs(10)).await;
        self.validation.stop().await;
        self.insurance.stop().await;
    }
}

fn config(options: &Options, keys: KeysConfig, published: &Published) -> Result<Config, SandboxFault> {
    let database_url = match &options.database_url {
        Some(url) => url.clone(),
        None => sqlite_in(&options.directory)?,
    };
    let public_url = match options.listen.port() {
        0 => SANDBOX_ISSUER.to_owned(),
        _ => format!("http://{}", options.listen),
    };
    let anchor = |kind| Ok::<_, PkiError>(vec![published.pki.authority(kind)?.root_certificate().to_vec()]);
    Ok(Config {
        mode: Mode::Sandbox,
        space: default_space(),
        http: HttpConfig {
            listen: options.listen,
            public_url,
            trusted_proxies: Vec::new(),
            body_timeout: Duration::from_secs(10),
            drain: Duration::from_secs(10),
            workers: options.workers,
        },
        database: DatabaseConfig {
            url: Redacted::new(database_url),
            read_connections: 8,
            write_connections: 8,
            pool_wait: Duration::from_secs(3),
            lock_wait: Duration::from_secs(5),
            migrate_on_start: true,
        },
        // Their keys are handed in: nothing is fetched.
        issuers: IssuersConfig { issuers: Vec::new(), jwks_max_age: Duration::from_mins(5) },
        keys,
        trust: TrustConfig {
            qualified: anchor(signing::SignatureKind::Qualified)?,
            personal: anchor(signing::SignatureKind::Personal)?,
            zus: anchor(signing::SignatureKind::Zus)?,
            crl_hosts: Vec::new(),
        },
        // Handed in, too.
        validation: ValidationConfig::none(),
        insurance: InsuranceConfig(None),
        telemetry: telemetry("info"),
        attachments: AttachmentsConfig::Folder(options.directory.join("attachments")),
        worker: true,
        outage_grace: Grace::Days(1),
        silence_is_outage: SilenceIsOutage(None),
        patient_list_days: PatientListDays(Some(USUAL_DAYS)),
        order_numbers: OrderPrefix::Test,
        take_ups: Settings::default(),
    })
}

/// Lines that a tester can read, from this level on.
pub fn telemetry(level: &str) -> TelemetryConfig {
    TelemetryConfig { format: LogFormat::Text, filter: level.to_owned() }
}

fn sqlite_in(folder: &Path) -> Result<String, SandboxFault> {
    let file = folder.join("soid.sqlite");
    // SQLite gives the files beside it the same permissions.
    crate::folder::claim(&file).map_err(|fault| KeysFault::File("soid.sqlite", fault))?;
    Ok(format!("sqlite://{}", file.to_str().ok_or(SandboxFault::Path)?))
}
