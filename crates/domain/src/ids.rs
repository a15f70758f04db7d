//! Ids: opaque to the outside, typed inside. All are UUIDv7 made outside the domain and handed in.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Reads the hyphenated form; `None` when the text is no UUID.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    )+};
}

ids! {
    /// A demand of either kind.
    DemandId;
    /// A wholesaler's notification for a temporary authorisation, or an addition to one.
    AuthorisationId;
    /// An order for a medical device.
    DeviceOrderId;
    /// An order for the repair of a medical device.
    RepairOrderId;
    /// A provider's hold on months of an order.
    TakeUpId;
    /// An entry of the ledger of what is due from the payer for devices.
    SettlementEntryId;
    /// An entity performing medical activity, a pharmacy, a wholesaler or an office.
    OrganisationId;
    /// An entry of the draw-down ledger.
    RealisationId;
    /// A line of the list of treated patients.
    TreatedPatientId;
    /// A patient, known only by this outside the sealed columns.
    PatientId;
    /// A person in the directory of those who sign and decide.
    PersonId;
    /// A change that concerned somebody.
    EventId;
    /// A time in which the system could not be used.
    OutageId;
    /// A question of the minister.
    ClarificationId;
    /// Figures of a device group that an officer entered.
    EnteredFiguresId;
    /// A trade product on a provider's list.
    ProviderProductId;
    /// Days on which a consultant does not answer.
    AbsenceId;
    /// What one party of a case wrote to others.
    MessageId;
    /// A file that a party added to a case.
    AttachmentId;
}

/// A tester's own world; production has the single space [`SpaceId::production`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpaceId(String);

impl SpaceId {
    /// The only space of a production system.
    pub fn production() -> Self {
        Self("main".to_owned())
    }

    /// Lower-case letters, digits and hyphens, 1–40 characters; `None` otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        ((1..=40).contains(&text.len()) && text.chars().all(legal)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SpaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
