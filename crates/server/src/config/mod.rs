//! Everything that the operator decides, read once from the environment and from the files it names.

mod attachments;
mod database;
mod example;
mod fault;
mod http;
mod insurance;
mod issuers;
mod keys;
mod mode;
pub mod production;
mod reader;
mod telemetry;
mod trust;
mod validation;
mod variable;
mod worker;

pub use attachments::AttachmentsConfig;
pub use database::DatabaseConfig;
pub use example::example_file;
pub use fault::ConfigFault;
pub use http::HttpConfig;
pub use insurance::{EwusConfig, InsuranceConfig};
pub use issuers::{IssuerConfig, IssuersConfig};
pub use keys::{DecisionKey, KeyRingConfig, KeysConfig, SealingKey};
pub use mode::Mode;
pub use telemetry::{LogFormat, TelemetryConfig};
pub use trust::TrustConfig;
pub use validation::ValidationConfig;
pub use variable::{Absent, Variable};
pub use worker::{PatientListDays, SilenceIsOutage, grace};

use domain::device_order::take_up;
use domain::ids::SpaceId;
use domain::outage::Grace;
use domain::values::OrderPrefix;
use reader::Reader;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The whole configuration. The sandbox makes its own in code; production reads the environment.
#[derive(Clone, Debug)]
pub struct Config {
    /// `SOID_MODE`
    pub mode: Mode,
    /// The space of everything that outside issuers' tokens touch; no variable feeds it.
    pub space: SpaceId,
    pub http: HttpConfig,
    pub database: DatabaseConfig,
    pub issuers: IssuersConfig,
    pub keys: KeysConfig,
    pub trust: TrustConfig,
    pub validation: ValidationConfig,
    pub insurance: InsuranceConfig,
    pub telemetry: TelemetryConfig,
    pub attachments: AttachmentsConfig,
    /// `SOID_WORKER`
    pub worker: bool,
    /// `SOID_OUTAGE_GRACE`
    pub outage_grace: Grace,
    /// `SOID_SILENCE_IS_OUTAGE_MINUTES`
    pub silence_is_outage: SilenceIsOutage,
    /// `SOID_PATIENT_LIST_DAYS`
    pub patient_list_days: PatientListDays,
    /// `SOID_DEVICE_ORDER_NUMBERS`
    pub order_numbers: OrderPrefix,
    /// `SOID_TAKE_UP_HOLD_DAYS`, `SOID_TAKE_UP_CONFIRMATION_DAYS`, `SOID_REALISATION_WITHDRAWAL_DAYS`,
    /// `SOID_RECEIPT_CORRECTION_DAYS`, `SOID_REFUND_ROUNDING`
    pub take_ups: take_up::Settings,
}

/// A heading of `.env.example` and the variables below it.
pub struct Section {
    pub title: &'static str,
    pub variables: &'static [&'static Variable],
}

/// Every variable that is read, in the order of `.env.example`; another one cannot be read.
pub const SECTIONS: &[Section] = &[
    Section { title: "Mode", variables: mode::VARIABLES },
    Section { title: "Listening", variables: http::VARIABLES },
    Section { title: "Database", variables: database::VARIABLES },
    Section { title: "Token issuers", variables: issuers::VARIABLES },
    Section { title: "Keys", variables: keys::VARIABLES },
    Section { title: "Trust in signatures", variables: trust::VARIABLES },
    Section { title: "Trusted signatures", variables: validation::VARIABLES },
    Section { title: "Insurance of patients", variables: insurance::VARIABLES },
    Section { title: "Logs", variables: telemetry::VARIABLES },
    Section { title: "Attachments", variables: attachments::VARIABLES },
    Section { title: "Deadlines", variables: worker::VARIABLES },
];

impl Config {
    /// From the environment of this process.
    pub fn from_env() -> Result<Self, Vec<ConfigFault>> {
        Self::from_env_map(&environment())
    }

    /// The database alone, for commands that need nothing else.
    pub fn database_from_env() -> Result<DatabaseConfig, Vec<ConfigFault>> {
        let map = environment();
        let mut reader = Reader::new(&map, &|path| std::fs::read(path));
        let database = database::read(&mut reader);
        reader.finish(database)
    }

    /// From these variables and the files that they name; all faults at once.
    pub fn from_env_map(map: &BTreeMap<String, String>) -> Result<Self, Vec<ConfigFault>> {
        Self::from_env_and_files(map, &|path| std::fs::read(path))
    }

    fn from_env_and_files(
        map: &BTreeMap<String, String>,
        files: &dyn Fn(&Path) -> io::Result<Vec<u8>>,
    ) -> Result<Self, Vec<ConfigFault>> {
        let mut reader = Reader::new(map, files);
        let mode = mode::read(&mut reader);
        let http = http::read(&mut reader);
        let database = database::read(&mut reader);
        let issuers = issuers::read(&mut reader);
        let keys = keys::read(&mut reader);
        let trust = trust::read(&mut reader);
        let validation = validation::read(&mut reader);
        let insurance = insurance::read(&mut reader);
        let telemetry = telemetry::read(&mut reader);
        let attachments = attachments::read(&mut reader);
        let worker = worker::read(&mut reader);
        let outage_grace = worker::read_grace(&mut reader);
        let silence_is_outage = worker::read_silence(&mut reader);
        let patient_list_days = worker::read_patient_list_days(&mut reader);
        let order_numbers = worker::read_order_numbers(&mut reader);
        let take_ups = worker::read_take_ups(&mut reader);
        let config = || {
            Some(Self {
                mode: mode?,
                space: SpaceId::production(),
                http: http?,
                database: database?,
                issuers: issuers?,
                keys: keys?,
                trust: trust?,
                validation: validation?,
                insurance: insurance?,
                telemetry: telemetry?,
                attachments: attachments?,
                worker: worker?,
                outage_grace: outage_grace?,
                silence_is_outage: silence_is_outage?,
                patient_list_days: patient_list_days?,
                order_numbers: order_numbers?,
                take_ups: take_ups?,
            })
        };
        reader.finish(config())
    }
}

fn environment() -> BTreeMap<String, String> {
    // A variable whose name or value is no UTF-8 is none of ours, or shows up as missing.
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    std::env::vars_os().filter_map(text).collect()
}

#[cfg(test)]
mod tests;
