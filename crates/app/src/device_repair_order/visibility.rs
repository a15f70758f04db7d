//! What each party sees of a repair order: one table relation × group of fields. Whoever repairs is shown what they must repair,
//! and no reason for it, nor the patient's other orders (RODO art. 5(1)(c)).

use super::access::Relation;
use domain::device_repair_order::RepairOrderEvent;

/// A group of fields that is shown or hidden as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Number, state, entity, terms.
    Head,
    /// Code, tier, side, maker, model, name and serial number.
    Device,
    /// By which order it was supplied, or why that is not known.
    Original,
    /// Place of issue, name and licence of the prescriber; the branch that issues it.
    Prescriber,
    /// Names, identifier, date of birth and sex.
    Patient,
    /// The patient's address.
    Contact,
    /// What proves the right to benefits, and the additional entitlement.
    Entitlement,
    /// Why it has to be repaired.
    Grounds,
    /// Who signed, when, and for whom.
    Issue,
    /// What was found, confirmed and borne.
    Verification,
    /// Why it was cancelled, and by whom.
    Decisions,
    /// Who has the repair, until when, and who gave it back; a provider sees its own alone.
    Hold,
    /// What was done, and at which price.
    Repair,
    /// Who took the device in the patient's place.
    Receiver,
    ClientReference,
}

impl Group {
    pub const ALL: [Group; 15] = [
        Self::Head,
        Self::Device,
        Self::Original,
        Self::Prescriber,
        Self::Patient,
        Self::Contact,
        Self::Entitlement,
        Self::Grounds,
        Self::Issue,
        Self::Verification,
        Self::Decisions,
        Self::Hold,
        Self::Repair,
        Self::Receiver,
        Self::ClientReference,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Device => "device",
            Self::Original => "original order",
            Self::Prescriber => "prescriber",
            Self::Patient => "patient",
            Self::Contact => "contact",
            Self::Entitlement => "entitlement",
            Self::Grounds => "grounds",
            Self::Issue => "issue",
            Self::Verification => "verification",
            Self::Decisions => "decisions",
            Self::Hold => "hold",
            Self::Repair => "repair",
            Self::Receiver => "receiver",
            Self::ClientReference => "client reference",
        }
    }
}

/// Whether this party sees this group.
pub fn sees(relation: Relation, group: Group) -> bool {
    match relation {
        // Who fetched the device for the patient is none of the issuer's business.
        Relation::Prescriber | Relation::Assistant => group != Group::Receiver,
        Relation::Branch => true,
        Relation::Patient | Relation::NfzOfficer => group != Group::ClientReference,
        // Enough to know the case and to act on it.
        Relation::NfzStaff => match group {
            Group::Head
            | Group::Device
            | Group::Original
            | Group::Prescriber
            | Group::Issue
            | Group::Verification
            | Group::Decisions
            | Group::Hold => true,
            Group::Patient
            | Group::Contact
            | Group::Entitlement
            | Group::Grounds
            | Group::Repair
            | Group::Receiver
            | Group::ClientReference => false,
        },
        Relation::Provider => match group {
            Group::Head
            | Group::Device
            | Group::Prescriber
            | Group::Patient
            | Group::Entitlement
            | Group::Verification
            | Group::Decisions
            | Group::Hold
            | Group::Repair
            | Group::Receiver => true,
            Group::Original | Group::Contact | Group::Grounds | Group::Issue | Group::ClientReference => {
                false
            }
        },
        // What became of its own hold, and why, without the patient.
        Relation::FormerProvider => matches!(group, Group::Head | Group::Device | Group::Hold),
    }
}

/// The group that an event belongs to: whoever does not see the group does not hear of the event either.
pub fn group_of(event: &RepairOrderEvent) -> Group {
    match event {
        RepairOrderEvent::SignatureReceived { .. }
        | RepairOrderEvent::SignatureRefused { .. }
        | RepairOrderEvent::RepairOrdered {} => Group::Issue,
        RepairOrderEvent::RepairVerified { .. } => Group::Verification,
        RepairOrderEvent::RepairTakenUp { .. }
        | RepairOrderEvent::RepairGivenBack { .. }
        | RepairOrderEvent::RepairHoldLapsed { .. }
        | RepairOrderEvent::RepairReleaseRequested { .. }
        | RepairOrderEvent::DeviceRepaired { .. }
        | RepairOrderEvent::RepairWithdrawn { .. } => Group::Hold,
        RepairOrderEvent::RepairOrderCancelled {} | RepairOrderEvent::RepairOrderExpired {} => Group::Head,
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
