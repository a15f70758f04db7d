//! Starting: the store and its schema, the use cases, the tasks, the listener; in this order.

use super::authenticator::Tokens;
use super::keys::{decision_key_set, key_ring, signing_key};
use super::readiness::Database;
use super::running::Running;
use super::tasks::{Own, Serving, Tasks};
use super::wiring::{Routes, Wiring};
use crate::config::{AttachmentsConfig, Config, DatabaseConfig, TrustConfig};
use actix_web::HttpServer;
use actix_web::web::Data;
use app::clock::Clock;
use app::device_group::CatalogueFault;
use app::entropy::Entropy;
use app::failure::Failure;
use app::{App, Parts};
use gateways::attachment_store::{AttachmentStore, AttachmentStoreFault, Objects};
use http::address::Proxies;
use http::limits::Limits;
use http::paging::CursorKey;
use http::{Catalogue, Contract, Dependency, Edge};
use signing::keys::KeyError;
use signing::{Anchors, Policy, SignatureKind};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use store::audit::AuditBatch;
use store::sealing::KeyRingError;
use store::{Store, StoreError, StoreOptions};
use utoipa_actix_web::service_config::ServiceConfig;

/// Longer than reverse proxies keep idle connections, so that they close them and not we under a request.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// [`Running::stop`] has a limit of its own; this one only has to be longer.
const LONGEST_DRAIN_SECONDS: u64 = 3600;

/// Why a service could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    #[error("the database: {0}")]
    Store(#[source] StoreError),
    #[error("the schema is behind this program by {}: run soid migrate", .0.join(", "))]
    Pending(Vec<String>),
    #[error("{0}")]
    KeyRing(#[source] KeyRingError),
    #[error("the decision key: {0}")]
    DecisionKey(#[source] KeyError),
    #[error("a root for {} signatures is no certificate of an authority", .0.as_str())]
    Anchor(SignatureKind),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    #[error("SQLite is for one process: there soid serve fires what is due")]
    OneProcess,
    #[error("the attachment store: {0}")]
    Attachments(#[source] AttachmentStoreFault),
    #[error("terms without deadlines: {0:?}")]
    Deadlines(Failure),
    #[error("the catalogue of device groups: {0}")]
    Catalogue(#[source] CatalogueFault),
}

/// The service as a whole.
pub struct Service;

impl Service {
    /// Starts everything. On a fault nothing goes on running.
    pub async fn start(config: Config, wiring: Wiring) -> Result<Running, StartFault> {
        let listener = listen(config.http.listen)?;
        let address = listener.local_addr().map_err(|fault| StartFault::Listen(config.http.listen, fault))?;
        let store = open_store(&config.database).await?;
        let started = Self::on(&store, &config, wiring, listener).await;
        match started {
            Ok((app, server, tasks)) => {
                tracing::info!(http.address = %address, "listening");
                let handle = server.handle();
                Ok(Running { address, app, server: handle, serving: tokio::spawn(server), tasks })
            }
            Err(fault) => {
                store.close().await;
                Err(fault)
            }
        }
    }

    async fn on(
        store: &Store,
        config: &Config,
        wiring: Wiring,
        listener: TcpListener,
    ) -> Result<(App, actix_web::dev::Server, Tasks), StartFault> {
        let app = application(store, config, &wiring).await?;
        complete_deadlines(&app).await?;
        app.import_built_in_catalogue().await.map_err(StartFault::Catalogue)?;
        let clock = Arc::clone(&wiring.clock);
        let dependencies = dependencies(&wiring, &app);
        let server = serve(config, wiring, app.clone(), listener)?;
        // What ended while nobody served is held until this process can say that it does (OU-08).
        let serving = Serving { app: app.clone(), dependencies };
        let own = Own { firing: config.worker.then(|| app.clone()), serving: Some(serving) };
        Ok((app, server, tasks(store, config, &clock, own)?))
    }
}

/// Starts what a process does by itself, under a name of its own.
pub(super) fn tasks(
    store: &Store,
    config: &Config,
    clock: &Arc<dyn Clock>,
    own: Own,
) -> Result<Tasks, StartFault> {
    let holder = Entropy.id(clock.real_now()).to_string();
    Ok(Tasks::start(store, clock, signing_key(&config.keys)?, holder, own))
}

/// Terms that began before deadlines were rows get theirs; where there are none this costs one read.
pub(super) async fn complete_deadlines(app: &App) -> Result<(), StartFault> {
    let completed = app.complete_deadlines().await.map_err(StartFault::Deadlines)?;
    if completed > 0 {
        tracing::info!(deadlines.completed = completed, "deadlines completed");
    }
    Ok(())
}

/// Opens the store of this configuration; its schema is not looked at.
pub async fn open_store(config: &DatabaseConfig) -> Result<Store, StartFault> {
    let options = StoreOptions {
        url: config.url.reveal().clone(),
        read_pool_size: config.read_connections,
        write_pool_size: config.write_connections,
        lock_wait: config.lock_wait,
        pool_wait: config.pool_wait,
    };
    Store::open(options).await.map_err(StartFault::Store)
}

/// The use cases alone, without listener and tasks, on a store whose schema is brought up to date.
pub async fn application(store: &Store, config: &Config, wiring: &Wiring) -> Result<App, StartFault> {
    bring_up_to_date(store, config.database.migrate_on_start).await?;
    Ok(App::new(Parts {
        store: store.clone(),
        ring: key_ring(&config.keys)?,
        audit: AuditBatch::spawn(store.clone()),
        clock: Arc::clone(&wiring.clock),
        entropy: Entropy,
        access_codes: wiring.access_codes,
        signatures: Policy::new(anchors(&config.trust)?),
        revocation: Arc::clone(&wiring.revocation),
        trusted: wiring.trusted.clone(),
        insurance: wiring.insurance.clone(),
        pending_refusal_after: config.validation.refusal_after,
        attachments: attachment_store(&config.attachments)?,
        decision_key: signing_key(&config.keys)?,
        decision_keys: decision_key_set(&config.keys)?,
        outage_grace: config.outage_grace,
        silence_is_outage: config.silence_is_outage.0,
        patient_list_days: config.patient_list_days.0,
        order_numbers: config.order_numbers,
        take_ups: config.take_ups,
        issuer: config.http.public_url.clone(),
    }))
}

fn attachment_store(config: &AttachmentsConfig) -> Result<Arc<dyn AttachmentStore>, StartFault> {
    let store = match config {
        AttachmentsConfig::Folder(folder) => Objects::in_folder(folder),
        AttachmentsConfig::Bucket(bucket) => Objects::in_bucket(bucket),
    };
    Ok(Arc::new(store.map_err(StartFault::Attachments)?))
}

async fn bring_up_to_date(store: &Store, may_migrate: bool) -> Result<(), StartFault> {
    if may_migrate {
        let applied = store.migrate().await.map_err(StartFault::Store)?;
        if !applied.is_empty() {
            tracing::info!(schema.applied = applied.join(", "), "schema brought up to date");
        }
        return Ok(());
    }
    let pending = store.pending_migrations().await.map_err(StartFault::Store)?;
    if pending.is_empty() { Ok(()) } else { Err(StartFault::Pending(pending)) }
}

fn anchors(trust: &TrustConfig) -> Result<Anchors, StartFault> {
    let kinds = [
        (SignatureKind::Qualified, &trust.qualified),
        (SignatureKind::Personal, &trust.personal),
        (SignatureKind::Zus, &trust.zus),
    ];
    let mut anchors = Anchors::default();
    for (kind, certificates) in kinds {
        for der in certificates {
            anchors.add(kind, der.clone()).map_err(|_| StartFault::Anchor(kind))?;
        }
    }
    Ok(anchors)
}

/// Before anything else, so that a second service on the same address does not touch the database.
fn listen(address: SocketAddr) -> Result<TcpListener, StartFault> {
    TcpListener::bind(address).map_err(|fault| StartFault::Listen(address, fault))
}

fn serve(
    config: &Config,
    wiring: Wiring,
    app: App,
    listener: TcpListener,
) -> Result<actix_web::dev::Server, StartFault> {
    let address = config.http.listen;
    let routes = wiring.extra_routes.clone();
    let edge = Data::new(edge(config, wiring, &app));
    let app = Data::new(app);
    let mut server = HttpServer::new(move || {
        let (app, routes) = (app.clone(), routes.clone());
        http::application(&edge, move |cfg: &mut ServiceConfig<'_>| {
            cfg.app_data(app);
            add(routes.as_ref(), cfg);
        })
    })
    .disable_signals()
    .keep_alive(KEEP_ALIVE)
    .tcp_nodelay(true)
    .shutdown_timeout(LONGEST_DRAIN_SECONDS);
    if let Some(workers) = config.http.workers {
        server = server.workers(workers);
    }
    Ok(server.listen(listener).map_err(|fault| StartFault::Listen(address, fault))?.run())
}

/// The database, and what the wiring adds to it.
fn dependencies(wiring: &Wiring, app: &App) -> Vec<Arc<dyn Dependency>> {
    let database: Arc<dyn Dependency> = Arc::new(Database(app.store().clone()));
    std::iter::once(database).chain(wiring.dependencies.iter().cloned()).collect()
}

fn edge(config: &Config, wiring: Wiring, app: &App) -> Edge {
    let dependencies = dependencies(&wiring, app);
    let authenticator = Arc::new(Tokens::of(&wiring));
    Edge {
        authenticator,
        dependencies,
        limits: Limits::new(wiring.limits),
        cursors: CursorKey::new(config.keys.ring.derived("cursors").reveal()),
        catalogue: Catalogue::whole(),
        contract: Contract::default(),
        body_timeout: config.http.body_timeout,
        proxies: Proxies::new(config.http.trusted_proxies.clone()),
    }
}

fn add(routes: Option<&Routes>, cfg: &mut ServiceConfig<'_>) {
    if let Some(routes) = routes {
        routes(cfg);
    }
}
