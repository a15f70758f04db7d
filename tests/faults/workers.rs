//! `soid worker` as an operator starts it, next to others on the same database.

use crate::database::Home;
use crate::process::log_file;
use crate::settings;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A certificate of an authority for which nobody can sign.
const ROOT: &str = include_str!("root.pem");
const ISSUERS: &str = r#"[{"issuer":"https://login.przyklad.pl","jwksUrl":"https://login.przyklad.pl/jwks","audience":"soid"}]"#;

/// What an operator prepares: the keys, and a schema that is up to date.
pub(crate) struct Installation {
    ring: String,
    folder: PathBuf,
    database_url: String,
}

impl Installation {
    /// The ring lies where the sandbox looks for its own.
    pub(crate) fn of(home: &Home) -> Self {
        let ring = printed(&["keys", "ring"]);
        let folder = home.folder().to_owned();
        let decision = printed(&["keys", "decision"]);
        for (name, content) in
            [("key-ring.json", ring.as_str()), ("decision-key.pem", &decision), ("root.pem", ROOT)]
        {
            fs::write(folder.join(name), content).expect("a file");
        }
        let migrated = soid(&["migrate"]).env("DATABASE_URL", home.url()).output().expect("soid");
        assert!(migrated.status.success(), "{migrated:?}");
        Self { ring, folder, database_url: home.url() }
    }

    pub(crate) fn ring(&self) -> &str {
        &self.ring
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A new worker, which begins to work by itself.
    pub(crate) fn work(&self, home: &Home) -> Worker {
        let child = soid(&["worker"])
            .env("DATABASE_URL", &self.database_url)
            .env("SOID_PUBLIC_URL", "https://soid.przyklad.pl")
            .env("SOID_ISSUERS", ISSUERS)
            .env("SOID_CRL_HOSTS", "crl.przyklad.pl")
            .env("SOID_ATTACHMENTS", format!("file://{}", self.file("attachments").display()))
            .env("SOID_KEY_RING_FILE", self.file("key-ring.json"))
            .env("SOID_DECISION_KEY_FILE", self.file("decision-key.pem"))
            .env("SOID_ANCHORS_QUALIFIED_FILE", self.file("root.pem"))
            .stdout(Stdio::null())
            .stderr(File::create(log_file(home)).expect("a log file"))
            .spawn()
            .expect("soid");
        Worker(child)
    }
}

/// Dies with this value.
pub(crate) struct Worker(Child);

impl Worker {
    /// SIGKILL: not a single instruction of the process is carried out after this.
    pub(crate) fn kill(mut self) {
        self.0.kill().expect("a process to kill");
        self.0.wait().expect("the end of a process");
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.0.try_wait().expect("the state of a process").is_none()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn soid(arguments: &[&str]) -> Command {
    let mut command = Command::new(settings::program("soid"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

fn printed(arguments: &[&str]) -> String {
    let output = soid(arguments).output().expect("soid");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}
