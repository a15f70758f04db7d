//! What happened to a repair order: past tense, versioned, ids and codes only.

use crate::ids::OrganisationId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all_fields = "camelCase")]
pub enum RepairOrderEvent {
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
    DeviceRepaired {
        provider: OrganisationId,
    },
    RepairWithdrawn {
        provider: OrganisationId,
    },
    RepairOrderExpired {},
}
