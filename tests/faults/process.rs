//! The service as a process of its own, which can be killed, told to end, and started again on the same data.

use crate::database::Home;
use crate::settings;
use std::fs::{File, create_dir_all};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Keys are made at the first start, on a machine that may be busy.
const START: Duration = Duration::from_mins(1);

/// `soid-sandbox serve` on a free port of the loopback address; dies with this value.
pub(crate) struct Service {
    child: Child,
    url: String,
}

impl Service {
    /// Returns when it answers requests.
    pub(crate) fn start(home: &Home) -> Self {
        let log = log_file(home);
        let mut child = Command::new(settings::program("soid-sandbox"))
            .args(["serve", "--listen", "127.0.0.1:0", "--directory"])
            .arg(home.folder())
            .args(["--database-url", &home.url()])
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).expect("a log file"))
            .spawn()
            .expect("soid-sandbox");
        let greeting = child.stdout.take().expect("the greeting");
        let mut service = Self { child, url: String::new() };
        service.url = address_in(greeting).unwrap_or_else(|| panic!("no start; see {}", log.display()));
        service
    }

    /// `http://127.0.0.1:` and the port.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// SIGKILL: not a single instruction of the process is carried out after this.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("the end of a process");
    }

    /// SIGTERM. The standard library knows SIGKILL only.
    pub(crate) fn terminate(&self) {
        let kill = format!("kill -TERM {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &kill]).status().expect("a shell");
        assert!(sent.success(), "{kill}");
    }

    /// How the process ended by itself.
    pub(crate) async fn exited(mut self, within: Duration) -> ExitStatus {
        let until = Instant::now() + within;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("the state of a process") {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the service still runs after {within:?}")
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("the state of a process").is_none()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the greeting says that the service is; the rest of it is read, so that the process never waits for a reader.
fn address_in(greeting: ChildStdout) -> Option<String> {
    let (found, address) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(greeting).lines().map_while(Result::ok) {
            if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
                // Nobody listens any more after the first.
                let _ = found.send(format!("http://127.0.0.1:{port}"));
            }
        }
    });
    address.recv_timeout(START).ok()
}

/// Beside the logs of all other tests, where the last level of `make test` searches them for personal data.
pub(crate) fn log_file(home: &Home) -> PathBuf {
    static SERIAL: AtomicU64 = AtomicU64::new(1);
    let folder = settings::logs().unwrap_or_else(|| home.folder().join("logs"));
    create_dir_all(&folder).expect("a folder for logs");
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    folder.join(format!("faults-{}-{serial}.log", std::process::id()))
}
