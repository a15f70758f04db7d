//! `soid verify-audit`, as an operator runs it: with the database and the published keys, and nothing else.

use crate::database::Home;
use crate::settings;
use crate::tester::Tester;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The published keys, kept for the time when the service does not answer.
pub(crate) struct Keys(PathBuf);

/// How the verification ended, and what it said.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) exit_code: Option<i32>,
    pub(crate) said: String,
}

impl Keys {
    pub(crate) async fn fetch(tester: &Tester, home: &Home) -> Self {
        let keys = tester.get("/.well-known/jwks.json").await.expect("an answer");
        assert_eq!(keys.status, 200, "{}", keys.text());
        let file = home.folder().join("jwks.json");
        fs::write(&file, &keys.body).expect("a file");
        Self(file)
    }

    pub(crate) fn verify(&self, home: &Home) -> Verdict {
        let ended = Command::new(settings::program("soid"))
            .args(["verify-audit", "--keys"])
            .arg(&self.0)
            .env_clear()
            .env("DATABASE_URL", home.url())
            .output()
            .expect("soid");
        let said = [ended.stdout, ended.stderr].concat();
        Verdict { exit_code: ended.status.code(), said: String::from_utf8_lossy(&said).into_owned() }
    }

    /// The audit is sound, and it is not empty.
    pub(crate) fn verify_sound(&self, home: &Home) {
        let verdict = self.verify(home);
        assert_eq!(verdict.exit_code, Some(0), "{}", verdict.said);
        assert!(!verdict.said.contains("entries with a number: 0\n"), "{}", verdict.said);
        assert!(!verdict.said.contains("fault"), "{}", verdict.said);
    }
}
