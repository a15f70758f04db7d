//! Signatures and tokens: bytes in, verdict out, with neither I/O nor a clock of its own.

pub mod access_token;
pub mod algorithm;
pub mod canonical;
pub mod certificates;
pub mod chain;
pub mod decision_token;
pub mod diagnosis;
pub mod faults;
mod header;
pub mod jws;
pub mod keys;
pub mod revocation;
pub mod verify;
pub mod xades;

pub use algorithm::Algorithm;
pub use certificates::SignerIdentity;
pub use chain::{Anchors, FoundPath, SignatureKind};
pub use diagnosis::{Check, Diagnosis, Fault, Outcome};
pub use faults::PROBLEMS;
pub use revocation::Publishers;
pub use verify::{CHECKS, ExpectedSigner, Level, Policy, Presented, Refusal, Verified, diagnose, verify};
