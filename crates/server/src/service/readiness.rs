//! What `/health/ready` asks: the database, and whether any token could be believed at all.

use app::clock::Clock;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use gateways::insurance::{EwusRegister, EwusState};
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

/// Up unless the last question got no answer, or the account is no longer accepted. Without it patients state their right
/// to benefits themselves (DO-28), and everything else goes on.
pub(super) struct Insurance(Arc<EwusRegister>);

impl Insurance {
    pub(super) fn new(register: Arc<EwusRegister>) -> Self {
        Self(register)
    }
}

impl Dependency for Insurance {
    fn name(&self) -> &'static str {
        "insurance-register"
    }

    fn is_up(&self) -> BoxFuture<'_, bool> {
        std::future::ready(self.0.state() == EwusState::Answers).boxed()
    }

    fn is_required(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use domain::redacted::Redacted;
    use domain::values::Pesel;
    use gateways::insurance::{EwusAccount, EwusPace, InsuranceRegister};
    use std::time::Duration;

    #[tokio::test]
    async fn the_register_of_the_insured_is_down_after_a_question_without_an_answer_and_stops_nothing() {
        let password = Redacted::new("hasło".to_owned());
        let account = EwusAccount::new(7, None, "soid".to_owned(), password, None).unwrap();
        let pace = EwusPace::within(Duration::from_secs(2));
        // Port 0 takes no connection.
        let register = Arc::new(EwusRegister::new("http://127.0.0.1:0/", account, &[7; 32], &pace).unwrap());
        let dependency = Insurance::new(Arc::clone(&register));
        assert_eq!((dependency.name(), dependency.is_required()), ("insurance-register", false));
        assert!(dependency.is_up().await, "nobody has asked yet");
        let now = chrono::DateTime::UNIX_EPOCH;
        assert!(register.ask(&Pesel::parse("44051401458").unwrap(), now).await.is_err());
        assert!(!dependency.is_up().await);
    }
}
