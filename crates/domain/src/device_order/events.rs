//! What happened to an order: past tense, versioned, ids and codes only.

use super::paper::ChannelName;
use super::pending::SignedStep;
use crate::ids::{OrganisationId, TakeUpId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all_fields = "camelCase")]
pub enum DeviceOrderEvent {
    /// It awaits validation outside.
    SignatureReceived {
        action: SignedStep,
    },
    /// It was not confirmed, or its step could not be taken; `code` says why.
    SignatureRefused {
        action: SignedStep,
        code: String,
    },
    OrderRegistered {},
    /// By an officer of the payer; what is found goes back the way it came.
    OrderEnteredFromPaper {
        answer_by: ChannelName,
    },
    /// The number of a paper order was sent back.
    PaperAnswered {},
    OrderVerified {
        positive: bool,
    },
    OrderAccepted {},
    OrderCancelled {},
    /// The months that were left are no longer to be had.
    OrderTailCancelled {},
    /// Another code opens it; which one stands in no event.
    AccessCodeRenewed {},
    MonthsTakenUp {
        take_up: TakeUpId,
        provider: OrganisationId,
    },
    TakeUpRefused {
        take_up: TakeUpId,
        provider: OrganisationId,
    },
    TakeUpWithdrawn {
        take_up: TakeUpId,
        provider: OrganisationId,
    },
    /// Nothing was issued while it was held.
    TakeUpLapsed {
        take_up: TakeUpId,
        provider: OrganisationId,
    },
    /// The holder is asked to give it back.
    ReleaseRequested {
        take_up: TakeUpId,
        provider: OrganisationId,
    },
    GoodsIssued {
        take_up: TakeUpId,
        provider: OrganisationId,
    },
    ReceiptConfirmed {
        take_up: TakeUpId,
        provider: OrganisationId,
    },
    RealisationWithdrawn {
        take_up: TakeUpId,
        provider: OrganisationId,
    },
    /// A month, or the year of a one-off order, passed without goods.
    MonthsLost {},
    OrderRealised {},
    OrderExpired {},
}

impl DeviceOrderEvent {
    pub const VERSION: i32 = 1;

    /// The provider whose doing it is about.
    pub fn of_provider(&self) -> Option<OrganisationId> {
        match self {
            Self::MonthsTakenUp { provider, .. }
            | Self::TakeUpRefused { provider, .. }
            | Self::TakeUpWithdrawn { provider, .. }
            | Self::TakeUpLapsed { provider, .. }
            | Self::ReleaseRequested { provider, .. }
            | Self::GoodsIssued { provider, .. }
            | Self::ReceiptConfirmed { provider, .. }
            | Self::RealisationWithdrawn { provider, .. } => Some(*provider),
            Self::SignatureReceived { .. }
            | Self::SignatureRefused { .. }
            | Self::OrderRegistered {}
            | Self::OrderEnteredFromPaper { .. }
            | Self::PaperAnswered {}
            | Self::OrderVerified { .. }
            | Self::OrderAccepted {}
            | Self::OrderCancelled {}
            | Self::OrderTailCancelled {}
            | Self::AccessCodeRenewed {}
            | Self::MonthsLost {}
            | Self::OrderRealised {}
            | Self::OrderExpired {} => None,
        }
    }

    /// The word under which it stands in feeds.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SignatureReceived { .. } => "SignatureReceived",
            Self::SignatureRefused { .. } => "SignatureRefused",
            Self::OrderRegistered {} => "OrderRegistered",
            Self::OrderEnteredFromPaper { .. } => "OrderEnteredFromPaper",
            Self::PaperAnswered {} => "PaperAnswered",
            Self::OrderVerified { .. } => "OrderVerified",
            Self::OrderAccepted {} => "OrderAccepted",
            Self::OrderCancelled {} => "OrderCancelled",
            Self::OrderTailCancelled {} => "OrderTailCancelled",
            Self::AccessCodeRenewed {} => "AccessCodeRenewed",
            Self::MonthsTakenUp { .. } => "MonthsTakenUp",
            Self::TakeUpRefused { .. } => "TakeUpRefused",
            Self::TakeUpWithdrawn { .. } => "TakeUpWithdrawn",
            Self::TakeUpLapsed { .. } => "TakeUpLapsed",
            Self::ReleaseRequested { .. } => "ReleaseRequested",
            Self::GoodsIssued { .. } => "GoodsIssued",
            Self::ReceiptConfirmed { .. } => "ReceiptConfirmed",
            Self::RealisationWithdrawn { .. } => "RealisationWithdrawn",
            Self::MonthsLost {} => "MonthsLost",
            Self::OrderRealised {} => "OrderRealised",
            Self::OrderExpired {} => "OrderExpired",
        }
    }
}
