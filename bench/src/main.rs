//! Measures the release binary on both databases, beside what the machine can do without it.

mod api;
mod case;
mod client;
mod hello;
mod load;
mod machine;
mod pgbench;
mod postgres;
mod products;
mod report;
mod run;
mod service;
mod settings;
mod tables;
mod workload;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

pub(crate) type Fault = Box<dyn Error + Send + Sync>;
pub(crate) type Outcome<T> = Result<T, Fault>;

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let ended = match asked.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => within(run::everything()),
        ["products"] => within(products::measure(None)),
        ["products", mebibytes] => within(products::measure(Some(mebibytes))),
        ["products", mebibytes, file] => products::write(mebibytes, file),
        ["hello"] => hello::serve(),
        _ => Err(
            "usage: bench; bench products [MIB [FILE]]; bench hello, the bare server that it compares with"
                .into(),
        ),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            tell(&format!("bench: {fault}"));
            ExitCode::FAILURE
        }
    }
}

/// One thread: the load should take as little as it can from what is measured.
fn within(work: impl Future<Output = Outcome<()>>) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut interrupted = signal(SignalKind::interrupt())?;
        let mut terminated = signal(SignalKind::terminate())?;
        // Whichever ends first: dropping the run ends its children and takes its files away.
        tokio::select! {
            ended = work => ended,
            _ = interrupted.recv() => Err("interrupted".into()),
            _ = terminated.recv() => Err("terminated".into()),
        }
    })
}

/// Progress and faults; the figures themselves go to standard output.
pub(crate) fn tell(line: &str) {
    // Nobody can be told that nobody listens.
    let _ = writeln!(std::io::stderr(), "{line}");
}
