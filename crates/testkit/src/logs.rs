//! The logs of the servers under test, and beside them everything personal that must not stand there.

use crate::settings;
use serde_json::Value;
use server::config::{LogFormat, TelemetryConfig};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::{Arc, Once};

static STARTED: Once = Once::new();

/// Everything that the service would say at its most talkative.
const FILTER: &str = "info,app=debug,domain=debug,gateways=debug,http=debug,print=debug,sandbox=debug,\
                      server=debug,signing=debug,store=debug";

/// Starts logging into a file of this process; once, and only where logs are wanted.
pub(crate) fn start() {
    STARTED.call_once(|| {
        let Some(folder) = settings::logs() else { return };
        std::fs::create_dir_all(&folder).expect("a folder for logs");
        let name = format!("server-{}.log", std::process::id());
        let file = Arc::new(File::create(folder.join(name)).expect("a log file"));
        let config = TelemetryConfig { format: LogFormat::Json, filter: FILTER.to_owned() };
        let subscriber = server::telemetry::subscriber(&config, file, false).expect("a log filter");
        tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");
    });
}

/// Remembers values that no log may repeat.
pub(crate) fn seeded<'v>(values: impl IntoIterator<Item = &'v str>) {
    let Some(folder) = settings::logs() else { return };
    std::fs::create_dir_all(&folder).expect("a folder for logs");
    let lines = values.into_iter().flat_map(|value| [value, "\n"]).collect::<String>();
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("seeded.txt"))
        .expect("the list of seeded values");
    // One write, so that lines of several processes do not mix.
    file.write_all(lines.as_bytes()).expect("the list of seeded values");
}

/// The members of a demand's content that name somebody.
const PERSONAL: [&str; 10] = [
    "givenNames",
    "familyName",
    "number",
    "streetLine",
    "birthDate",
    "email",
    "sms",
    "physicianEmail",
    "hospitalPharmacyEmail",
    // Of `outcomeEmail`; a postal address is an object and is looked into.
    "address",
];

/// Remembers everything personal in a body that is about to be sent.
pub(crate) fn seeded_in(body: &Value) {
    let mut found = Vec::new();
    collect(body, &mut found);
    if !found.is_empty() {
        seeded(found);
    }
}

fn collect<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if PERSONAL.contains(&name.as_str()) => found.push(text),
                    other => collect(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
