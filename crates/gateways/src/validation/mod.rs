//! Validation of signatures by a service outside, behind a trait.

mod dss;
mod wire;

pub use dss::{DssPace, DssState, DssValidator};

use crate::Asked;
use chrono::{DateTime, Utc};

/// A signature to be validated. Content that stands outside it is named by its digest alone: nothing of a patient leaves
/// with it.
#[derive(Clone, Debug)]
pub struct ToValidate {
    pub signed_document: Vec<u8>,
    /// `None` where the signature holds its content.
    pub original: Option<OriginalDigest>,
}

#[derive(Clone, Debug)]
pub struct OriginalDigest {
    /// As EU DSS names it: `SHA256`.
    pub algorithm: &'static str,
    pub digest: Vec<u8>,
    /// By which the signature refers to it.
    pub name: Option<String>,
}

/// What the service found (ETSI EN 319 102-1 §5.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Passed(Report),
    Failed(Report),
    /// Neither: what is missing will not come by waiting.
    Indeterminate(Report),
}

impl Verdict {
    pub fn report(&self) -> &Report {
        match self {
            Self::Passed(report) | Self::Failed(report) | Self::Indeterminate(report) => report,
        }
    }
}

/// What is kept of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Why it is no pass, e.g. `REVOKED`.
    pub sub_indication: Option<String>,
    /// The holder of the signing certificate.
    pub signed_by: Option<String>,
    /// `XAdES-BASELINE-B`
    pub format: Option<String>,
    /// `QESeal`
    pub level: Option<String>,
    pub signing_time: Option<DateTime<Utc>>,
    /// The simple report in JSON as it came.
    pub simple_report: String,
    /// The report of ETSI TS 119 102-2 in base64 as it came.
    pub etsi_report: Option<String>,
}

/// Why there is no verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoVerdict {
    /// To be asked again: the service is away or overloaded.
    #[error("no verdict at present: {0}")]
    Later(String),
    /// To be asked again, but not for ever: the service answers, and fails on this very signature.
    #[error("the service fails on it: {0}")]
    Failing(String),
    /// To be asked again, but not for ever: the service lacks something itself, of this name.
    #[error("the service cannot decide yet: {0}")]
    Undecided(String),
    /// The service refuses the question as such; asking it again changes nothing.
    #[error("the service does not take the question: {0}")]
    Never(String),
}

/// Who validates signatures.
pub trait SignatureValidator: Send + Sync {
    fn validate<'a>(&'a self, asked: &'a ToValidate) -> Asked<'a, Result<Verdict, NoVerdict>>;
}
