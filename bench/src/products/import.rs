//! One import by the release binary, watched from outside.

use crate::Outcome;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::Command;
use tokio::time::sleep;

/// How often the memory is looked at; its peak is the kernel's own and falls to nothing at the end.
const LOOK: Duration = Duration::from_millis(20);

pub(super) struct Imported {
    pub(super) elapsed: Duration,
    /// `VmHWM` in KiB.
    pub(super) peak: u64,
}

fn soid(binaries: &Path, database: &str, arguments: &[&str]) -> Outcome<Command> {
    let program = binaries.join("soid");
    if !program.is_file() {
        return Err("soid is not built: cargo build --release --workspace --bins".into());
    }
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("DATABASE_URL", database).stdin(Stdio::null()).kill_on_drop(true);
    Ok(command)
}

pub(super) async fn migrate(binaries: &Path, database: &str) -> Outcome<()> {
    let done = soid(binaries, database, &["migrate"])?.output().await?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into()) }
}

pub(super) async fn run(binaries: &Path, database: &str, file: &Path) -> Outcome<Imported> {
    let file = file.to_str().ok_or("a path that is not UTF-8")?;
    let mut command = soid(binaries, database, &["import", "products", file])?;
    let began = Instant::now();
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let process = child.id().ok_or("the import ended at once")?;
    let mut peak = 0;
    let mut ended = std::pin::pin!(child.wait_with_output());
    let output = loop {
        tokio::select! {
            output = &mut ended => break output?,
            () = sleep(LOOK) => peak = peak.max(peak_of(process).unwrap_or_default()),
        }
    };
    if output.status.success() {
        return Ok(Imported { elapsed: began.elapsed(), peak });
    }
    Err(String::from_utf8_lossy(&output.stderr).into())
}

fn peak_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
