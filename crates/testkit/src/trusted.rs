//! Trusted signatures in tests: a validation service on a real port, and signatures that it judges.

use crate::keys::TestKeys;
use crate::service::TestApp;
use app::trusted::{Patience, TrustedSignatures};
use gateways::validation::{DssPace, DssValidator};
use sandbox::validation::ValidationService;
use sandbox::xades::TrustedRequest;
use serde_json::{Value, json};
use server::clock::SystemClock;
use signing::xades::Seals;
use std::sync::Arc;
use std::time::Duration;

pub use sandbox::signatures::Defect;
pub use sandbox::validation::Mood;
pub use sandbox::xades::Packaging;

/// How long the service waits for a verdict.
const PATIENCE: Duration = Duration::from_secs(1);

pub(crate) fn service() -> ValidationService {
    ValidationService::start(Arc::clone(&TestKeys::get().all.seals), Arc::new(SystemClock))
        .expect("a validation service")
}

pub(crate) fn signatures(service: &ValidationService) -> TrustedSignatures {
    let pace = DssPace { pause: Duration::from_millis(200), ..DssPace::within(PATIENCE) };
    TrustedSignatures {
        seals: Seals::new(TestKeys::get().all.seals.certificates()),
        validator: Arc::new(DssValidator::new(service.base_url(), &pace).expect("a validator")),
        patience: Patience::default(),
    }
}

impl TestApp {
    /// A persona's trusted signature, as a request carries it.
    pub fn sign_trusted(&self, persona: &'static str, document: &[u8]) -> Value {
        self.sign_trusted_as(persona, document, Packaging::Detached, None)
    }

    /// The same otherwise packed, or wrong in one way.
    pub fn sign_trusted_as(
        &self,
        persona: &'static str,
        document: &[u8],
        packaging: Packaging,
        defect: Option<Defect>,
    ) -> Value {
        let persona = self.persona(persona);
        let asked =
            TrustedRequest { persona: &persona, payload: document, packaging, defect, now: self.real_now() };
        let value = asked.sign(&TestKeys::get().all.seals).expect("a trusted signature");
        json!({ "kind": "TRUSTED", "value": value })
    }

    /// Asks the validation service about what awaits it, as the worker of this name; about how many steps that was.
    pub async fn validate_pending(&self, worker: &str) -> usize {
        self.use_cases().validate_pending(worker).await.expect("pending steps are looked at")
    }
}
