//! The payer's register of the insured in tests: on a real port, asked by the client of production.

use crate::service::TestApp;
use gateways::insurance::{EwusPace, EwusRegister, InsuranceRegister};
use sandbox::insurance::{InsuranceService, account};
use server::clock::SystemClock;
use std::sync::Arc;
use std::time::Duration;

/// How long the service waits for an answer: longer than one takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn service() -> InsuranceService {
    InsuranceService::start(Arc::new(SystemClock)).expect("a register of the insured")
}

pub(crate) fn register(service: &InsuranceService) -> Arc<dyn InsuranceRegister> {
    let pace =
        EwusPace { pause: Duration::from_millis(200), code: Duration::ZERO, ..EwusPace::within(PATIENCE) };
    let account = account().expect("an account");
    Arc::new(EwusRegister::new(service.base_url(), account, &[7; 32], &pace).expect("a client"))
}

impl TestApp {
    /// The payer's register of the insured.
    pub fn insurance(&self) -> &InsuranceService {
        &self.parts.insurance
    }
}
