//! A signature that was received and awaits a validation service outside: what is kept of the step, in whichever document.

use crate::demand::model::SignatureKind;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The steps that are signed, in the words of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwaitedStep {
    Submission,
    RepresentativeApproval,
    Opinion,
    Resolution,
}

impl AwaitedStep {
    pub const ALL: [AwaitedStep; 4] =
        [Self::Submission, Self::RepresentativeApproval, Self::Opinion, Self::Resolution];
}

/// A step that will be taken when its signature has been validated, or will not. No state: the document stands where it
/// stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PendingStep {
    pub step: AwaitedStep,
    pub kind: SignatureKind,
    /// When the service received the signature; the step is judged, and terms count, as of then.
    pub received_at: DateTime<Utc>,
}
