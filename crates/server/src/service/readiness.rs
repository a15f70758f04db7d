//! What `/health/ready` asks: the database, and whether any token could be believed at all.

use app::clock::Clock;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use gateways::jwks::JwksCache;
use gateways::validation::{DssState, DssValidator};
use http::Dependency;
use std::sync::Arc;
use store::Store;

pub(super) struct Database(pub(super) Store);

impl Dependency for Database {
    fn name(&self) -> &'static str {
        "database"
    }

    fn is_up(&self) -> BoxFuture<'_, bool> {
        self.0.answers().boxed()
    }
}

/// Up once the keys of one issuer at least have been fetched; each question tries again.
pub(super) struct IssuersKnown {
    keys: Arc<JwksCache>,
    clock: Arc<dyn Clock>,
}

impl IssuersKnown {
    pub(super) fn new(keys: Arc<JwksCache>, clock: Arc<dyn Clock>) -> Self {
        Self { keys, clock }
    }

    fn any(&self) -> bool {
        self.keys.states().iter().any(|state| state.fetched_at.is_some())
    }
}

impl Dependency for IssuersKnown {
    fn name(&self) -> &'static str {
        "token-issuers"
    }

    fn is_up(&self) -> BoxFuture<'_, bool> {
        async {
            if !self.any() {
                self.keys.warm_up(self.clock.real_now()).await;
            }
            self.any()
        }
        .boxed()
    }
}

/// Up unless the last question got no verdict. Without it trusted signatures wait, and everything else goes on.
pub(super) struct Validation(Arc<DssValidator>);

impl Validation {
    pub(super) fn new(validator: Arc<DssValidator>) -> Self {
        Self(validator)
    }
}

impl Dependency for Validation {
    fn name(&self) -> &'static str {
        "signature-validation"
    }

    fn is_up(&self) -> BoxFuture<'_, bool> {
        std::future::ready(self.0.state() == DssState::Answers).boxed()
    }

    fn is_required(&self) -> bool {
        false
    }
}
