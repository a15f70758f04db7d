//! Logs: one line per event, as JSON or as text, on the standard error stream.

use crate::config::{LogFormat, TelemetryConfig};
use std::io::IsTerminal as _;
use std::panic::PanicHookInfo;
use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};

/// Why logging could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryFault {
    #[error("the log filter cannot be read: {0}")]
    Filter(#[from] ParseError),
    #[error("logging was started before: {0}")]
    Started(#[from] TryInitError),
}

/// Starts logging for the whole process; once.
pub fn start(config: &TelemetryConfig) -> Result<(), TelemetryFault> {
    subscriber(config, std::io::stderr, std::io::stderr().is_terminal())?.try_init()?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// The subscriber alone, for whoever collects the lines elsewhere.
pub fn subscriber<W>(
    config: &TelemetryConfig,
    writer: W,
    colours: bool,
) -> Result<Box<dyn Subscriber + Send + Sync>, TelemetryFault>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(&config.filter)?)
        .with_writer(writer)
        .with_ansi(colours);
    Ok(match config.format {
        LogFormat::Json => Box::new(lines.json().flatten_event(true).with_span_list(false).finish()),
        LogFormat::Text => Box::new(lines.finish()),
    })
}

/// Only the place and a literal message: a formatted one could hold what somebody wrote into a document.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let message = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("…");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(panic.place = place, panic.message = message, "panicked");
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat, filter: &str) -> String {
        let lines = Lines::default();
        let writer = {
            let lines = lines.clone();
            move || lines.clone()
        };
        let config = TelemetryConfig { format, filter: filter.to_owned() };
        tracing::subscriber::with_default(subscriber(&config, writer, false).unwrap(), || {
            let span = tracing::info_span!("submit_medicine_demand", demand.id = "d1");
            span.in_scope(|| tracing::info!(demand.revision = 3, "saved"));
            tracing::debug!("quiet");
        });
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_json_line_has_its_fields_and_its_span() {
        let line: serde_json::Value = serde_json::from_str(&logged(LogFormat::Json, "info")).unwrap();
        assert_eq!(line.pointer("/message").unwrap(), "saved");
        assert_eq!(line.pointer("/demand.revision").unwrap(), 3);
        assert_eq!(line.pointer("/span/name").unwrap(), "submit_medicine_demand");
        assert_eq!(line.pointer("/span/demand.id").unwrap(), "d1");
    }

    #[test]
    fn a_text_line_is_plain() {
        let text = logged(LogFormat::Text, "info");
        assert!(text.contains("saved demand.revision=3"), "{text}");
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn the_filter_decides_what_is_logged() {
        assert_eq!(logged(LogFormat::Text, "debug").lines().count(), 2);
        assert_eq!(logged(LogFormat::Text, "info").lines().count(), 1);
        assert_eq!(logged(LogFormat::Text, "warn"), "");
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_a_fault() {
        let config = TelemetryConfig { format: LogFormat::Text, filter: "=====".to_owned() };
        assert!(subscriber(&config, std::io::sink, false).is_err());
    }
}
