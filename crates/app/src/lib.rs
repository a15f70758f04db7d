//! Use cases: who may do what, in one transaction, with everything that must happen together.

mod announce;
pub mod answer;
pub mod authorize;
pub mod caller;
pub mod clarification;
pub mod clock;
pub mod correspondence;
pub mod deadlines;
pub mod demand;
pub mod device_group;
pub mod device_order;
pub mod device_provider;
pub mod device_repair_order;
pub mod directory;
pub mod entropy;
mod entry;
pub mod failure;
pub mod faults;
mod idempotent;
pub mod medicinal_product;
pub mod operations;
pub mod outage;
mod overdue;
mod paper;
pub mod patient;
mod pending_step;
pub mod provider_product;
pub mod public;
pub mod recorded;
mod register;
pub mod signature;
pub mod supply;
pub mod temporary_authorisation;
pub mod trusted;
mod turns;
pub mod visibility;

pub use paper::entered_at;
pub use pending_step::EndWait;

use chrono::TimeDelta;
use clock::Clock;
use correspondence::UploadPlaces;
use domain::outage::Grace;
use domain::values::OrderPrefix;
use entropy::Entropy;
use gateways::attachment_store::AttachmentStore;
use gateways::crl::RevocationSource;
use gateways::insurance::InsuranceRegister;
use signing::Policy;
use signing::keys::{KeySet, SigningKey};
use std::num::NonZeroU32;
use std::sync::Arc;
use store::Store;
use store::audit::AuditBatch;
use store::sealing::KeyRing;
use trusted::TrustedSignatures;
use turns::Turns;

/// Everything that the use cases work with; clones share it.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Parts>,
    turns: Arc<Turns>,
    uploads: Arc<UploadPlaces>,
    pub(crate) catalogue: Arc<device_group::Snapshot>,
}

/// The parts of an [`App`], as the server wires them.
pub struct Parts {
    pub store: Store,
    pub ring: KeyRing,
    pub audit: AuditBatch,
    pub clock: Arc<dyn Clock>,
    pub entropy: Entropy,
    /// How many access codes there are to draw from; a test has fewer, so that they run out.
    pub access_codes: NonZeroU32,
    pub signatures: Policy,
    pub revocation: Arc<dyn RevocationSource>,
    /// `None` where trusted signatures are not taken.
    pub trusted: Option<TrustedSignatures>,
    /// `None` where nobody asks whether a patient is insured.
    pub insurance: Option<Arc<dyn InsuranceRegister>>,
    /// How long a signature awaits validation before an officer may end the wait.
    pub pending_refusal_after: TimeDelta,
    pub attachments: Arc<dyn AttachmentStore>,
    /// Signs decision tokens.
    pub decision_key: SigningKey,
    /// Every key that decision tokens may be signed with, older ones too.
    pub decision_keys: KeySet,
    /// How long terms wait after an outage in which they would have ended.
    pub outage_grace: Grace,
    /// A longer silence of all who serve, in which a term ended, is an outage (OU-07); `None` where it never is.
    pub silence_is_outage: Option<TimeDelta>,
    /// After how many days a list of treated patients is due; `None` where nobody is reminded.
    pub patient_list_days: Option<u32>,
    /// The series of numbers that orders for devices get.
    pub order_numbers: OrderPrefix,
    /// How long providers hold what they take up.
    pub take_ups: domain::device_order::take_up::Settings,
    /// `iss` of decision tokens: the public base address of this service.
    pub issuer: String,
}

impl App {
    pub fn new(parts: Parts) -> Self {
        let (turns, uploads, catalogue) = (Arc::default(), Arc::default(), Arc::default());
        Self { inner: Arc::new(parts), turns, uploads, catalogue }
    }

    /// The public keys under which decision tokens verify (RFC 7517).
    pub fn decision_jwk_set(&self) -> serde_json::Value {
        self.inner.decision_keys.jwk_set()
    }

    /// Ends the session with the register of the insured, before the process ends.
    pub async fn leave_register(&self) {
        if let Some(register) = &self.inner.insurance {
            register.leave().await;
        }
    }

    /// After how many days a list of treated patients is due; `None` where nobody is reminded.
    pub fn patient_list_days(&self) -> Option<u32> {
        self.inner.patient_list_days
    }

    pub fn store(&self) -> &Store {
        &self.inner.store
    }
}
