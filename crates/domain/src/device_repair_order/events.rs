//! What happened to a repair order: past tense, versioned, ids and codes only.

use crate::device_order::pending::SignedStep;
use crate::ids::OrganisationId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all_fields = "camelCase")]
pub enum RepairOrderEvent {
    /// It awaits validation outside.
    SignatureReceived {
        action: SignedStep,
    },
    /// It was not confirmed, or its step could not be taken; `code` says why.
    SignatureRefused {
        action: SignedStep,
        code: String,
    },
    RepairOrdered {},
    RepairVerified {
        positive: bool,
    },
    RepairOrderCancelled {},
    RepairTakenUp {
        provider: OrganisationId,
    },
    RepairGivenBack {
        provider: OrganisationId,
    },
    /// Nothing was given out while it was held.
    RepairHoldLapsed {
        provider: OrganisationId,
    },
    /// The holder is asked to give it back.
    RepairReleaseRequested {
        provider: OrganisationId,
    },
    DeviceRepaired {
        provider: OrganisationId,
    },
    RepairWithdrawn {
        provider: OrganisationId,
    },
    RepairOrderExpired {},
}

impl RepairOrderEvent {
    pub const VERSION: i32 = 1;

    /// The provider whose doing it is about.
    pub fn of_provider(&self) -> Option<OrganisationId> {
        match self {
            Self::RepairTakenUp { provider }
            | Self::RepairGivenBack { provider }
            | Self::RepairHoldLapsed { provider }
            | Self::RepairReleaseRequested { provider }
            | Self::DeviceRepaired { provider }
            | Self::RepairWithdrawn { provider } => Some(*provider),
            Self::SignatureReceived { .. }
            | Self::SignatureRefused { .. }
            | Self::RepairOrdered {}
            | Self::RepairVerified { .. }
            | Self::RepairOrderCancelled {}
            | Self::RepairOrderExpired {} => None,
        }
    }

    /// The word under which it stands in feeds.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SignatureReceived { .. } => "SignatureReceived",
            Self::SignatureRefused { .. } => "SignatureRefused",
            Self::RepairOrdered {} => "RepairOrdered",
            Self::RepairVerified { .. } => "RepairVerified",
            Self::RepairOrderCancelled {} => "RepairOrderCancelled",
            Self::RepairTakenUp { .. } => "RepairTakenUp",
            Self::RepairGivenBack { .. } => "RepairGivenBack",
            Self::RepairHoldLapsed { .. } => "RepairHoldLapsed",
            Self::RepairReleaseRequested { .. } => "RepairReleaseRequested",
            Self::DeviceRepaired { .. } => "DeviceRepaired",
            Self::RepairWithdrawn { .. } => "RepairWithdrawn",
            Self::RepairOrderExpired {} => "RepairOrderExpired",
        }
    }
}
