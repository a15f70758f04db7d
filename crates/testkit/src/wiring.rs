//! The parts of a test's service that are made outside of it.

use crate::keys::TestKeys;
use crate::service::{GRACE, TestApp};
use crate::tokens::{AUDIENCE, ISSUER, key_set};
use crate::{insured, trusted};
use domain::device_order::access::CODES;
use gateways::crl::PreloadedLists;
use gateways::jwks::StaticKeys;
use http::limits::Bucket;
use sandbox::clock::SandboxClock;
use sandbox::insurance::InsuranceService;
use sandbox::validation::ValidationService;
use server::service::{Service, SpacePolicy, TrustedIssuer, Wiring};
use std::num::NonZeroU32;
use std::sync::Arc;

pub(crate) fn wiring(
    clock: &Arc<SandboxClock>,
    lists: &Arc<PreloadedLists>,
    (validation, insurance): (&ValidationService, &InsuranceService),
    limits: Vec<Bucket>,
) -> Wiring {
    let issuer = TrustedIssuer { issuer: ISSUER.to_owned(), audience: AUDIENCE.to_owned(), roles: None };
    Wiring {
        clock: clock.clone(),
        key_source: Arc::new(StaticKeys::new().with(ISSUER, key_set())),
        issuers: vec![issuer],
        revocation: lists.clone(),
        trusted: Some(trusted::signatures(validation)),
        insurance: Some(insured::register(insurance)),
        spaces: SpacePolicy::FromClaim,
        access_codes: CODES,
        limits,
        dependencies: Vec::new(),
        extra_routes: None,
    }
}

impl TestApp {
    /// The use cases of a service that knows nothing but what is stored.
    pub async fn another_node(&self) -> app::App {
        let parts = &self.parts;
        let wiring = wiring(&parts.clock, &parts.lists, (&parts.validation, &parts.insurance), Vec::new());
        server::service::application(self.store(), &parts.config, &wiring).await.expect("another node")
    }

    /// The same data behind a service that takes no trusted signatures, played until its end.
    pub async fn without_validation<F: Future<Output = ()>>(&self, play: impl FnOnce(Self) -> F) {
        self.behind(|wiring| Wiring { trusted: None, ..wiring }, play).await;
    }

    /// The same data behind a service that draws from so few access codes, played until its end.
    pub async fn with_few_codes<F: Future<Output = ()>>(
        &self,
        access_codes: NonZeroU32,
        play: impl FnOnce(Self) -> F,
    ) {
        self.behind(|wiring| Wiring { access_codes, ..wiring }, play).await;
    }

    /// The same data behind a service that has the sandbox's operations too, played until its end.
    pub async fn as_a_sandbox<F: Future<Output = ()>>(&self, play: impl FnOnce(Self) -> F) {
        let operations = sandbox::operations(Arc::clone(&self.parts.clock), TestKeys::again());
        self.behind(|wiring| Wiring { extra_routes: Some(operations), ..wiring }, play).await;
    }

    async fn behind<F: Future<Output = ()>>(
        &self,
        changed: impl FnOnce(Wiring) -> Wiring,
        play: impl FnOnce(Self) -> F,
    ) {
        let parts = &self.parts;
        let services = (&parts.validation, &parts.insurance);
        let wiring = changed(wiring(&parts.clock, &parts.lists, services, crate::generous()));
        let running = Service::start(parts.config.clone(), wiring).await.expect("a second service");
        let mut second = self.on_a_connection_of_its_own();
        second.address = running.address();
        play(second).await;
        running.stop(GRACE).await;
    }
}
