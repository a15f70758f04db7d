//! What each party sees of an order: one table relation × group of fields. Whoever supplies is shown what they must
//! dispense, and no reason for it (RODO art. 5(1)(c)).

use super::access::Relation;
use domain::device_order::DeviceOrderEvent;

/// A group of fields that is shown or hidden as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Number, state, entity, terms.
    Head,
    /// Code, sides, lenses, stoma, quantity and months.
    Device,
    /// Place of issue, name and licence of the prescriber.
    Prescriber,
    /// Names, identifier, date of birth and sex.
    Patient,
    /// The patient's address.
    Contact,
    /// What proves the right to benefits, and the additional entitlement.
    Entitlement,
    /// Diagnosis, criteria, justification, ground for shortening.
    Grounds,
    /// The number of the primary order, and what was found of the patient's other orders.
    OtherOrders,
    /// Who signed, when, and for whom.
    Issue,
    /// What was found, confirmed and borne.
    Verification,
    /// Why an order was accepted or cancelled, and by whom.
    Decisions,
    /// The four digits, and whether the print is obligatory.
    AccessData,
    /// What is left of each month, and until when somebody holds it.
    Periods,
    /// Who took what up, on which terms, what became of it, and at which price; a provider sees its own alone.
    TakeUps,
    /// Who took the goods in the patient's place.
    Receiver,
    ClientReference,
}

impl Group {
    pub const ALL: [Group; 16] = [
        Self::Head,
        Self::Device,
        Self::Prescriber,
        Self::Patient,
        Self::Contact,
        Self::Entitlement,
        Self::Grounds,
        Self::OtherOrders,
        Self::Issue,
        Self::Verification,
        Self::Decisions,
        Self::AccessData,
        Self::Periods,
        Self::TakeUps,
        Self::Receiver,
        Self::ClientReference,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Device => "device",
            Self::Prescriber => "prescriber",
            Self::Patient => "patient",
            Self::Contact => "contact",
            Self::Entitlement => "entitlement",
            Self::Grounds => "grounds",
            Self::OtherOrders => "other orders",
            Self::Issue => "issue",
            Self::Verification => "verification",
            Self::Decisions => "decisions",
            Self::AccessData => "access data",
            Self::Periods => "periods",
            Self::TakeUps => "take-ups",
            Self::Receiver => "receiver",
            Self::ClientReference => "client reference",
        }
    }
}

/// Whether this party sees this group.
pub fn sees(relation: Relation, group: Group) -> bool {
    match relation {
        // Who went to the shop for the patient is none of the issuer's business.
        Relation::Prescriber | Relation::Assistant => group != Group::Receiver,
        Relation::Patient => group != Group::ClientReference,
        // Number, device, entity, state, months, and what was found: enough to know the case and to act on it.
        Relation::NfzStaff => match group {
            Group::Head
            | Group::Device
            | Group::Prescriber
            | Group::OtherOrders
            | Group::Issue
            | Group::Verification
            | Group::Decisions
            | Group::Periods => true,
            Group::Patient
            | Group::Contact
            | Group::Entitlement
            | Group::Grounds
            | Group::AccessData
            | Group::TakeUps
            | Group::Receiver
            | Group::ClientReference => false,
        },
        // An officer takes nothing up.
        Relation::NfzOfficer => !matches!(group, Group::ClientReference | Group::AccessData),
        Relation::Provider => match group {
            Group::Head
            | Group::Device
            | Group::Prescriber
            | Group::Patient
            | Group::Entitlement
            | Group::Verification
            | Group::Decisions
            | Group::Periods
            | Group::TakeUps
            | Group::Receiver => true,
            Group::Contact
            | Group::Grounds
            | Group::OtherOrders
            | Group::Issue
            | Group::AccessData
            | Group::ClientReference => false,
        },
        // What became of its own hold, and why, without the patient.
        Relation::FormerProvider => matches!(group, Group::Head | Group::Device | Group::TakeUps),
    }
}

/// The group that an event belongs to: whoever does not see the group does not hear of the event either.
pub fn group_of(event: &DeviceOrderEvent) -> Group {
    match event {
        DeviceOrderEvent::SignatureReceived { .. }
        | DeviceOrderEvent::SignatureRefused { .. }
        | DeviceOrderEvent::OrderRegistered {}
        | DeviceOrderEvent::OrderEnteredFromPaper { .. }
        | DeviceOrderEvent::PaperAnswered {} => Group::Issue,
        DeviceOrderEvent::AccessCodeRenewed {} => Group::AccessData,
        DeviceOrderEvent::OrderVerified { .. } | DeviceOrderEvent::OrderAccepted {} => Group::Verification,
        DeviceOrderEvent::MonthsTakenUp { .. }
        | DeviceOrderEvent::TakeUpRefused { .. }
        | DeviceOrderEvent::TakeUpWithdrawn { .. }
        | DeviceOrderEvent::TakeUpLapsed { .. }
        | DeviceOrderEvent::ReleaseRequested { .. }
        | DeviceOrderEvent::GoodsIssued { .. }
        | DeviceOrderEvent::ReceiptConfirmed { .. }
        | DeviceOrderEvent::RealisationWithdrawn { .. } => Group::Periods,
        DeviceOrderEvent::OrderCancelled {}
        | DeviceOrderEvent::OrderTailCancelled {}
        | DeviceOrderEvent::MonthsLost {}
        | DeviceOrderEvent::OrderRealised {}
        | DeviceOrderEvent::OrderExpired {} => Group::Head,
    }
}

/// The printed table relation × group.
pub fn table() -> String {
    let row = |first: &str, cells: &dyn Fn(Relation) -> String| {
        let cells: Vec<String> = Relation::ALL.into_iter().map(cells).collect();
        format!("| {first} | {} |\n", cells.join(" | "))
    };
    let mark = |group| move |relation| if sees(relation, group) { "●" } else { "–" }.to_owned();
    let mut out = row("Group", &|relation| relation.name().to_owned());
    out.push_str(&row("---", &|_| "---".to_owned()));
    out.extend(Group::ALL.into_iter().map(|group| row(group.name(), &mark(group))));
    out
}
