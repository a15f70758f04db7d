//! Trusted signatures: the service that validates them, and the seals that they may bear.

use super::reader::Reader;
use super::trust::anchors;
use super::variable::{Variable, variables};
use app::trusted::Patience;
use chrono::TimeDelta;
use std::time::Duration;
use url::Url;

variables! {
    DSS_URL = "SOID_DSS_URL", optional "https://dss.przyklad.pl/",
        "Base address of an EU DSS that validates trusted signatures (podpis zaufany); without it none is accepted.";
    SEALS = "SOID_TRUSTED_SEALS_FILE", optional "/etc/soid/anchors/trusted-seals.pem",
        "File with the certificates of the seal of trusted signatures, PEM; needed with SOID_DSS_URL.";
    DSS_TIMEOUT = "SOID_DSS_TIMEOUT_SECONDS", default "20",
        "How long one validation may take, in seconds.";
    PATIENCE = "SOID_VALIDATION_PATIENCE_HOURS", default "48",
        "After how many hours a signature is refused on which the validation service keeps failing; that it is away does not count.";
    REFUSAL_AFTER = "SOID_PENDING_REFUSAL_AFTER_HOURS", default "24",
        "After how many hours an officer of the ministry may end the wait for the validation of a signature.";
}

/// How trusted signatures are validated.
#[derive(Clone, Debug)]
pub struct ValidationConfig {
    /// `SOID_DSS_URL`; `None` where no trusted signature is accepted.
    pub dss_url: Option<Url>,
    /// `SOID_TRUSTED_SEALS_FILE`, certificates as DER
    pub seals: Vec<Vec<u8>>,
    /// `SOID_DSS_TIMEOUT_SECONDS`
    pub timeout: Duration,
    /// `SOID_VALIDATION_PATIENCE_HOURS`
    pub patience: Patience,
    /// `SOID_PENDING_REFUSAL_AFTER_HOURS`
    pub refusal_after: TimeDelta,
}

impl ValidationConfig {
    /// No trusted signature is accepted.
    pub fn none() -> Self {
        Self {
            dss_url: None,
            seals: Vec::new(),
            timeout: Duration::from_secs(20),
            patience: Patience::default(),
            refusal_after: TimeDelta::hours(24),
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<ValidationConfig> {
    let is_named = reader.text(&DSS_URL).is_some();
    let dss_url = if is_named { Some(reader.parsed(&DSS_URL, address)?) } else { None };
    let seals = anchors(reader, &SEALS)?;
    let timeout = reader.seconds(&DSS_TIMEOUT, 1, 120)?;
    let lasts = TimeDelta::hours(reader.number(&PATIENCE, 1, 720)?);
    let patience = Patience { lasts, ..Patience::default() };
    let refusal_after = TimeDelta::hours(reader.number(&REFUSAL_AFTER, 1, 720)?);
    let needed = |with: &Variable| format!("must be set where {} is", with.name);
    match (&dss_url, seals.is_empty()) {
        (Some(_), true) => reader.refuse(&SEALS, needed(&DSS_URL)),
        (None, false) => reader.refuse(&DSS_URL, needed(&SEALS)),
        _ => return Some(ValidationConfig { dss_url, seals, timeout, patience, refusal_after }),
    }
    None
}

pub(super) fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|fault| fault.to_string())?;
    let plain = matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none();
    if plain { Ok(url) } else { Err("must be an http or https address without ? and #".to_owned()) }
}
