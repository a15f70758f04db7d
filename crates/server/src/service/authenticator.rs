//! From a bearer token to a caller: origin, the issuer's key, verification, claims.

use super::caller::{self, ClaimFault};
use super::wiring::{SpacePolicy, TrustedIssuer, Wiring};
use app::caller::Caller;
use app::clock::Clock;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use gateways::jwks::{KeySource, NoKey};
use http::{AuthFault, Authenticator};
use jsonwebtoken::jwk::JwkSet;
use signing::access_token::{self, Issuer, Reason};
use std::sync::Arc;

pub(super) struct Tokens {
    clock: Arc<dyn Clock>,
    keys: Arc<dyn KeySource>,
    issuers: Vec<TrustedIssuer>,
    spaces: SpacePolicy,
}

impl Tokens {
    pub(super) fn of(wiring: &Wiring) -> Self {
        Self {
            clock: Arc::clone(&wiring.clock),
            keys: Arc::clone(&wiring.key_source),
            issuers: wiring.issuers.clone(),
            spaces: wiring.spaces.clone(),
        }
    }

    async fn caller(&self, token: &str) -> Result<Caller, AuthFault> {
        // A space cannot move the time by which tokens are judged.
        let now = self.clock.real_now();
        let origin = access_token::origin(token).map_err(refused)?;
        let trusted = self
            .issuers
            .iter()
            .find(|trusted| trusted.issuer == origin.issuer)
            .ok_or_else(|| refused(Reason::UnknownIssuer))?;
        let key = self.keys.key(&origin.issuer, &origin.kid, now).await.map_err(without_key)?;
        let issuer = Issuer {
            issuer: trusted.issuer.clone(),
            audience: trusted.audience.clone(),
            keys: JwkSet { keys: vec![key] },
        };
        let claims = access_token::verify(token, std::slice::from_ref(&issuer), now).map_err(refused)?;
        caller::read(&claims, &self.spaces)
            .and_then(|caller| caller::admit(caller, trusted.roles.as_ref()))
            .map_err(unfit)
    }
}

/// The log learns more than the caller.
fn refused(reason: Reason) -> AuthFault {
    tracing::info!(token.refusal = %reason, "token refused");
    AuthFault::Refused(reason.problem())
}

fn unfit(fault: ClaimFault) -> AuthFault {
    tracing::info!(token.refusal = %fault, "token refused");
    AuthFault::Refused(fault.problem())
}

fn without_key(fault: NoKey) -> AuthFault {
    match fault {
        NoKey::UnknownIssuer => refused(Reason::UnknownIssuer),
        NoKey::UnknownKey => refused(Reason::UnknownKey),
        NoKey::Unavailable { retry_after } => AuthFault::KeysUnavailable { retry_after },
    }
}

impl Authenticator for Tokens {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Caller, AuthFault>> {
        self.caller(token).boxed()
    }
}
