//! A server as a child process: started, found by the address that it prints, and ended in any case.

use crate::client::{Call, Connection};
use crate::{Fault, Outcome};
use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

const LONGEST_START: Duration = Duration::from_mins(1);
const LONGEST_END: Duration = Duration::from_secs(15);
/// Lines of the log that a failed start shows.
const LAST_LINES: usize = 12;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) process: u32,
    child: Child,
}

impl Server {
    /// The sandbox's binary, which is the service with a test issuer and test certificates. Without an address of a
    /// database it uses SQLite in the directory.
    pub(crate) async fn sandbox(binaries: &Path, directory: &Path, database: Option<&str>) -> Outcome<Self> {
        let program = binaries.join("soid-sandbox");
        if !program.is_file() {
            return Err("soid-sandbox is not built: cargo build --release --workspace --bins".into());
        }
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--directory"]).arg(directory.join("sandbox"));
        if let Some(url) = database {
            command.args(["--database-url", url]);
        }
        let log = directory.join("log");
        let server = Self::start(command, &log).await?;
        match server.ready().await {
            Ok(()) => Ok(server),
            Err(fault) => Err(with_log(&fault, &log)),
        }
    }

    /// This program again, as the bare server.
    pub(crate) async fn hello(directory: &Path) -> Outcome<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("hello");
        Self::start(command, &directory.join("log")).await
    }

    async fn start(mut command: Command, log: &PathBuf) -> Outcome<Self> {
        // Logs go to a file, as a service's logs go somewhere.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(File::create(log)?).kill_on_drop(true);
        let mut child = command.spawn()?;
        let process = child.id().ok_or("the server ended at once")?;
        let printed = child.stdout.take().ok_or("the server has no output")?;
        let found = timeout(LONGEST_START, async {
            let mut lines = BufReader::new(printed).lines();
            while let Some(line) = lines.next_line().await? {
                if let Some(address) = address_in(&line) {
                    return Ok((address, lines));
                }
            }
            Err(Fault::from("the server ended before it said where it listens"))
        });
        match found.await? {
            Ok((address, mut rest)) => {
                // Read on, so that the server never waits for a reader.
                tokio::spawn(async move { while let Ok(Some(_)) = rest.next_line().await {} });
                Ok(Self { address, process, child })
            }
            Err(fault) => Err(with_log(&fault, log)),
        }
    }

    async fn ready(&self) -> Outcome<()> {
        let began = Instant::now();
        loop {
            let asked = async { Connection::open(self.address).await?.ask(Call::get("/health/ready")).await };
            match asked.await {
                Ok(_) => return Ok(()),
                Err(fault) if began.elapsed() > LONGEST_START => return Err(fault),
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Ends it as an operator would, and by force when that takes too long.
    pub(crate) async fn end(mut self) -> Outcome<()> {
        drop(self.child.stdin.take());
        Command::new("kill").args(["-TERM", &self.process.to_string()]).status().await?;
        if let Ok(ended) = timeout(LONGEST_END, self.child.wait()).await {
            ended?;
            return Ok(());
        }
        Ok(self.child.kill().await?)
    }
}

/// The address in the first loopback URL of the line.
fn address_in(line: &str) -> Option<SocketAddr> {
    let rest = line.split_once("http://")?.1;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':').unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

pub(crate) fn with_log(fault: &Fault, log: &Path) -> Fault {
    let written = std::fs::read_to_string(log).unwrap_or_default();
    let mut last: Vec<&str> = written.lines().rev().take(LAST_LINES).collect();
    last.reverse();
    format!("{fault}\n{}", last.join("\n")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_among_words() {
        let found = address_in("SOID sandbox: http://127.0.0.1:40123/swagger-ui/");
        assert_eq!(found, Some(SocketAddr::from(([127, 0, 0, 1], 40123))));
        assert_eq!(address_in("http://127.0.0.1:7"), Some(SocketAddr::from(([127, 0, 0, 1], 7))));
        assert_eq!(address_in("nothing here"), None);
    }
}
