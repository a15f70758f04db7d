//! EU DSS (Digital Signature Service of the European Commission, version 6) over its REST interface.

use super::wire::{DataToValidate, read};
use super::{NoVerdict, SignatureValidator, ToValidate, Verdict};
use crate::breaker::Breaker;
use crate::fetch::{FetchFault, FetchLimits, Fetcher};
use crate::{Asked, SetUpFault};
use reqwest::Url;
use std::time::{Duration, Instant};

/// Below the base address of the service, of which `dss-demo-webapp` is one.
const VALIDATE: &str = "services/rest/validation/validateSignature";

/// How long and how often the service is asked.
#[derive(Clone, Debug)]
pub struct DssPace {
    pub limits: FetchLimits,
    /// Failures in a row after which it is left alone…
    pub failures: u32,
    /// …for so long.
    pub pause: Duration,
}

impl DssPace {
    /// A validation may fetch revocation lists itself, and its reports repeat every certificate.
    pub fn within(whole: Duration) -> Self {
        Self {
            limits: FetchLimits { connect: Duration::from_secs(3), whole, bytes: 16 * 1024 * 1024 },
            failures: 5,
            pause: Duration::from_secs(30),
        }
    }
}

/// Validates through one DSS.
#[derive(Debug)]
pub struct DssValidator {
    url: Url,
    fetcher: Fetcher,
    breaker: Breaker,
}

/// What the readiness page says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DssState {
    Answers,
    /// The last question got no verdict.
    Fails,
}

impl DssValidator {
    /// `base` as in `https://dss.example/`.
    pub fn new(base: &str, pace: &DssPace) -> Result<Self, SetUpFault> {
        let mut base: Url =
            base.parse().map_err(|_| SetUpFault("no address of a validation service".to_owned()))?;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let url = base.join(VALIDATE).map_err(|fault| SetUpFault(fault.to_string()))?;
        Ok(Self {
            url,
            fetcher: Fetcher::new(&pace.limits)?,
            breaker: Breaker::new(pace.failures, pace.pause),
        })
    }

    pub fn state(&self) -> DssState {
        if self.breaker.last_failed() { DssState::Fails } else { DssState::Answers }
    }

    async fn ask(&self, asked: &ToValidate) -> Result<Verdict, NoVerdict> {
        if !self.breaker.admits(Instant::now()) {
            return Err(NoVerdict::Later("it did not answer before".to_owned()));
        }
        let verdict = match self.fetcher.post(self.url.clone(), &DataToValidate::of(asked)).await {
            Ok(body) => read(&body),
            Err(fault) => Err(no_verdict(&fault)),
        };
        match &verdict {
            // One signature on which it fails must not keep it from all others.
            Ok(_) | Err(NoVerdict::Never(_) | NoVerdict::Undecided(_) | NoVerdict::Failing(_)) => {
                self.breaker.answered();
            }
            Err(NoVerdict::Later(_)) => self.breaker.failed(Instant::now()),
        }
        verdict
    }
}

fn no_verdict(fault: &FetchFault) -> NoVerdict {
    match fault {
        FetchFault::Status(status)
            if (400..500).contains(status) && ![401, 403, 404, 408, 429].contains(status) =>
        {
            NoVerdict::Never(fault.to_string())
        }
        // A wrong address or missing rights are the operator's to mend; a gateway before the service speaks of its absence.
        FetchFault::Status(401 | 403 | 404 | 408 | 429 | 502..=504)
        | FetchFault::TimedOut
        | FetchFault::Unreachable(_) => NoVerdict::Later(fault.to_string()),
        FetchFault::Status(500..) | FetchFault::TooLarge(_) | FetchFault::Unusable(_) => {
            NoVerdict::Failing(fault.to_string())
        }
        FetchFault::Status(_) => NoVerdict::Later(fault.to_string()),
    }
}

impl SignatureValidator for DssValidator {
    fn validate<'a>(&'a self, asked: &'a ToValidate) -> Asked<'a, Result<Verdict, NoVerdict>> {
        Box::pin(self.ask(asked))
    }
}
