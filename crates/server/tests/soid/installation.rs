//! Everything that an operator prepares before the first start: keys, roots, variables.

use crate::database::Database;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub(crate) const ISSUERS: &str = r#"[{"issuer":"https://login.przyklad.pl","jwksUrl":"https://login.przyklad.pl/jwks","audience":"soid"}]"#;

/// A folder of keys and the variables that point to them.
pub(crate) struct Installation {
    pub(crate) folder: TempDir,
    pub(crate) variables: BTreeMap<String, String>,
}

fn soid(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soid"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// Beside the logs of all other tests, where the last level of `make test` searches them for personal data.
fn keep(log: &str) {
    append(&format!("soid-{}.log", std::process::id()), log);
}

/// Values that no log may repeat.
pub(crate) fn seeded(values: &[&str]) {
    append("seeded.txt", &values.iter().flat_map(|value| [*value, "\n"]).collect::<String>());
}

fn append(name: &str, text: &str) {
    #[expect(clippy::disallowed_methods, reason = "tests are told by the environment where logs are wanted")]
    let Some(folder) = std::env::var_os("SOID_TEST_LOGS").filter(|folder| !folder.is_empty()) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let mut file = OpenOptions::new().create(true).append(true).open(Path::new(&folder).join(name)).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// What a key command prints.
pub(crate) fn printed(arguments: &[&str]) -> String {
    let output = soid(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A self-signed authority with this common name, as PEM.
pub(crate) fn root(common_name: &str) -> String {
    let mut params = rcgen::CertificateParams::default();
    params.distinguished_name.push(rcgen::DnType::CommonName, common_name);
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().pem()
}

impl Installation {
    pub(crate) fn on(database: &Database) -> Self {
        let folder = TempDir::new().unwrap();
        let mut new = Self { folder, variables: BTreeMap::new() };
        let files = [
            ("SOID_KEY_RING_FILE", "ring.json", printed(&["keys", "ring"])),
            ("SOID_DECISION_KEY_FILE", "decision.pem", printed(&["keys", "decision"])),
            ("SOID_ANCHORS_QUALIFIED_FILE", "qualified.pem", root("Korzeń Przykładowy")),
        ];
        for (variable, name, content) in files {
            let place = new.file(name, &content);
            new.set(variable, &place);
        }
        let attachments = format!("file://{}/attachments", new.folder.path().display());
        let plain = [
            ("SOID_ATTACHMENTS", attachments.as_str()),
            ("DATABASE_URL", database.url.as_str()),
            ("SOID_PUBLIC_URL", "https://soid.przyklad.pl"),
            ("SOID_LISTEN", "127.0.0.1:0"),
            ("SOID_ISSUERS", ISSUERS),
            ("SOID_CRL_HOSTS", "crl.przyklad.pl"),
            ("SOID_WORKERS", "2"),
        ];
        for (variable, value) in plain {
            new.set(variable, value);
        }
        new
    }

    /// Writes a file into the folder and tells where.
    pub(crate) fn file(&self, name: &str, content: &str) -> String {
        let place: PathBuf = self.folder.path().join(name);
        std::fs::write(&place, content).unwrap();
        place.to_str().unwrap().to_owned()
    }

    pub(crate) fn set(&mut self, variable: &str, value: &str) {
        self.variables.insert(variable.to_owned(), value.to_owned());
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let output = soid(arguments).envs(&self.variables).output().unwrap();
        keep(&String::from_utf8_lossy(&output.stderr));
        output
    }

    /// Runs a command that has to succeed, and gives what it printed.
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{output:?}");
        text(&output.stdout)
    }

    /// Starts `soid serve` and waits until it listens.
    pub(crate) fn serve(&self) -> Serving {
        let (mut serving, line) = self.start("serve", r#""http.address":""#);
        let (_, rest) = line.split_once(r#""http.address":""#).unwrap();
        serving.address = rest.split('"').next().unwrap().parse().unwrap();
        serving
    }

    /// Starts `soid worker` and waits until it works; it listens nowhere.
    pub(crate) fn work(&self) -> Serving {
        self.start("worker", "worker started").0
    }

    /// A process that runs until it is told to end, and the line with which it said that it has started.
    fn start(&self, command: &str, started: &str) -> (Serving, String) {
        let mut asked = soid(&[command]);
        asked.envs(&self.variables).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut serving = Serving::of(asked.spawn().unwrap());
        let line = serving.tells(started);
        (serving, line)
    }
}

/// A process that serves; killed if a test forgets it.
pub(crate) struct Serving {
    process: Child,
    pub(crate) address: SocketAddr,
    log: BufReader<ChildStderr>,
    /// What was read of the log so far.
    seen: String,
}

impl Serving {
    fn of(mut process: Child) -> Self {
        let log = BufReader::new(process.stderr.take().unwrap());
        Self { process, address: SocketAddr::from(([0, 0, 0, 0], 0)), log, seen: String::new() }
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
    }

    /// The first line of its log in which this stands, as soon as it is written; what its tasks do comes in no order.
    pub(crate) fn tells(&mut self, text: &str) -> String {
        if let Some(line) = self.seen.lines().find(|line| line.contains(text)) {
            return line.to_owned();
        }
        loop {
            let mut line = String::new();
            let read = self.log.read_line(&mut line).unwrap();
            assert!(read > 0, "it ended: {}{:?}", self.seen, self.process.wait());
            keep(&line);
            self.seen.push_str(&line);
            if line.contains(text) {
                return line;
            }
        }
    }

    /// How it ended and what it logged since it was last asked; it must end within this time.
    pub(crate) fn end(mut self, within: Duration) -> (ExitStatus, String) {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < within, "it still runs");
            std::thread::sleep(Duration::from_millis(20));
        };
        (status, self.rest())
    }

    /// What it logged since it was last asked; the end of the log once it has ended.
    fn rest(&mut self) -> String {
        let mut log = String::new();
        self.log.read_to_string(&mut log).unwrap();
        keep(&log);
        log
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It has usually ended by now.
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.rest();
    }
}

/// A connection that a test writes to by hand.
pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Status and body of a GET.
pub(crate) fn get(address: SocketAddr, path: &str, headers: &str) -> (u16, String) {
    let mut stream = connect(address);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: soid\r\nConnection: close\r\n{headers}\r\n").unwrap();
    answer(&mut stream)
}

/// Reads an answer until the connection ends.
pub(crate) fn answer(stream: &mut TcpStream) -> (u16, String) {
    let mut whole = Vec::new();
    stream.read_to_end(&mut whole).unwrap();
    let whole = String::from_utf8_lossy(&whole);
    let (head, body) = whole.split_once("\r\n\r\n").unwrap_or((&whole, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or_else(|| panic!("no answer: {whole}")), body.to_owned())
}
