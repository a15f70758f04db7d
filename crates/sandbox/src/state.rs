//! What the sandbox's operations work with, beside the service itself.

use crate::clock::SandboxClock;
use crate::contracts;
use crate::personas::{self, Persona};
use crate::pki::{CurrentLists, PkiError, TestPki, TrustedSeals};
use crate::signatures::{Signatory, SignatureRequest};
use crate::tokens::{self, TokenRequest};
use crate::xades::TrustedRequest;
use app::App;
use app::clock::Clock;
use app::device_provider::ContractsFault;
use app::directory::ImportFault;
use app::entropy::Entropy;
use app::medicinal_product::ProductImportFault;
use domain::ids::SpaceId;
use signing::keys::{KeyError, SigningKey};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};
use store::StoreError;

/// One sandbox; shared by every worker.
pub struct Sandbox {
    pub clock: Arc<SandboxClock>,
    issuer: SigningKey,
    signatory: Signatory,
    seals: Arc<TrustedSeals>,
    /// Spaces that are known to be filled.
    filled: RwLock<BTreeSet<SpaceId>>,
}

/// Why a space could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum FillFault {
    #[error("the personas are no directory: {0}")]
    Personas(#[from] serde_json::Error),
    #[error(transparent)]
    Import(#[from] ImportFault),
    #[error("the sample of the register: {0}")]
    Products(#[from] ProductImportFault),
    #[error("the sample of contracts: {0}")]
    Contracts(#[from] ContractsFault),
}

/// What of the keys goes to the service.
pub(crate) struct Published {
    pub pki: Arc<TestPki>,
    pub lists: Arc<CurrentLists>,
}

impl Sandbox {
    pub(crate) fn new(
        clock: Arc<SandboxClock>,
        issuer: SigningKey,
        pki: TestPki,
        seals: Arc<TrustedSeals>,
    ) -> (Self, Published) {
        let pki = Arc::new(pki);
        let lists = Arc::new(CurrentLists::new(Arc::clone(&pki)));
        let signatory = Signatory::new(Arc::clone(&pki), Arc::clone(&lists));
        let sandbox = Self { clock, issuer, signatory, seals, filled: RwLock::default() };
        (sandbox, Published { pki, lists })
    }

    /// An access token of the persona, good for five minutes.
    pub fn token(
        &self,
        space: &SpaceId,
        persona: &Persona,
        client_id: Option<String>,
    ) -> Result<String, KeyError> {
        let now = self.clock.real_now();
        let jti = Entropy.id(now);
        tokens::issue(&self.issuer, &TokenRequest { space, persona, client_id, now, jti })
    }

    /// A signature of the persona, made now.
    pub fn sign(&self, asked: &SignatureRequest<'_>) -> Result<String, PkiError> {
        self.signatory.sign(asked)
    }

    /// A trusted signature of the persona in base64, made now or as the defect says.
    pub fn sign_trusted(&self, asked: &TrustedRequest<'_>) -> Result<String, PkiError> {
        asked.sign(&self.seals)
    }

    /// Puts all organisations, personas and contracts into the space.
    pub async fn fill(&self, app: &App, space: &SpaceId) -> Result<(), FillFault> {
        app.import_directory(space.clone(), personas::directory_file(space)?).await?;
        contracts::import_sample(app, space).await?;
        self.remember(space);
        Ok(())
    }

    /// Whether the space has been made, be it before the last start.
    pub async fn knows(&self, app: &App, space: &SpaceId) -> Result<bool, StoreError> {
        if self.filled.read().unwrap_or_else(PoisonError::into_inner).contains(space) {
            return Ok(true);
        }
        let Some(hospital) = personas::find_organisation(space, "hospital") else { return Ok(false) };
        let asked = space.clone();
        let found =
            app.store().read(move |tx| store::directory::find_organisation(tx, &asked, hospital.id)).await?;
        if found.is_some() {
            self.remember(space);
        }
        Ok(found.is_some())
    }

    fn remember(&self, space: &SpaceId) {
        self.filled.write().unwrap_or_else(PoisonError::into_inner).insert(space.clone());
    }
}
