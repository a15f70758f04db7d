//! Test keys: made once, kept in the target folder, and read by every later test.

use crate::settings;
use app::clock::Clock;
use sandbox::keys::SandboxKeys;
use sandbox::personas::Persona;
use sandbox::pki::{SignerKey, Subject};
use server::clock::SystemClock;
use signing::SignatureKind;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

/// Everything secret that a test service and its callers need.
pub struct TestKeys {
    pub all: SandboxKeys,
    signers: Mutex<HashMap<(String, SignatureKind), Arc<SignerKey>>>,
}

static KEYS: OnceLock<TestKeys> = OnceLock::new();

impl TestKeys {
    /// The keys of this machine's target folder.
    pub fn get() -> &'static Self {
        KEYS.get_or_init(|| {
            let folder = settings::target().join("test-keys");
            if !folder.exists() {
                make(&folder);
            }
            Self { all: open(&folder), signers: Mutex::default() }
        })
    }

    /// The same keys once more, for whoever takes them over.
    pub(crate) fn again() -> SandboxKeys {
        open(&settings::target().join("test-keys"))
    }

    /// The certificate of a persona, the same for the whole process.
    pub fn signer(&self, persona: &Persona, kind: SignatureKind) -> Arc<SignerKey> {
        let mut signers = self.signers.lock().expect("nobody panics under this lock");
        let made = signers
            .entry((persona.key().to_owned(), kind))
            .or_insert_with(|| self.certify(kind, &Self::subject(persona)));
        Arc::clone(made)
    }

    /// A certificate for anybody.
    pub fn certify(&self, kind: SignatureKind, subject: &Subject) -> Arc<SignerKey> {
        Arc::new(self.all.pki.issue(kind, subject).expect("a certificate"))
    }

    /// Whom a persona's certificate names.
    pub fn subject(persona: &Persona) -> Subject {
        let spec = persona.spec;
        Subject::new(spec.given_names, spec.family_name, spec.pesel, SystemClock.real_now())
    }
}

fn open(folder: &Path) -> SandboxKeys {
    SandboxKeys::open(folder, SystemClock.real_now()).expect("the test keys")
}

/// Beside the place first and then moved there whole; another process may have been faster.
fn make(folder: &Path) {
    let beside = folder.with_extension(std::process::id().to_string());
    drop(open(&beside));
    if fs::rename(&beside, folder).is_err() {
        assert!(folder.exists(), "the test keys cannot be kept in {}", folder.display());
        fs::remove_dir_all(&beside).expect("the keys that came second");
    }
}
