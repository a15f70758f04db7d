//! What is logged and in which form.

use super::reader::Reader;
use super::variable::variables;
use tracing_subscriber::EnvFilter;

variables! {
    LOG_FORMAT = "SOID_LOG_FORMAT", default "json",
        "Form of the log lines: json or text.";
    LOG_FILTER = "SOID_LOG_FILTER", default "info",
        "What is logged: a level, or levels by module, for example info,store=debug.";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Json,
    Text,
}

#[derive(Clone, Debug)]
pub struct TelemetryConfig {
    /// `SOID_LOG_FORMAT`
    pub format: LogFormat,
    /// `SOID_LOG_FILTER`
    pub filter: String,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<TelemetryConfig> {
    let format = reader.parsed(&LOG_FORMAT, |text| match text {
        "json" => Ok(LogFormat::Json),
        "text" => Ok(LogFormat::Text),
        other => Err(format!("must be json or text, not {other:?}")),
    });
    let filter = reader.parsed(&LOG_FILTER, |text| {
        EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(|_| format!("is no log filter: {text:?}"))
    });
    Some(TelemetryConfig { format: format?, filter: filter? })
}
