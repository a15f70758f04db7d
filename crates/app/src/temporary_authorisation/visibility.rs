//! What each party sees of a notification: one table relation × group of fields. Nothing in it is of a patient; what is
//! kept apart is the wholesaler's business, the ministry's file and what other pharmacies do.

use super::access::Relation;
use domain::pending::AwaitedStep;
use domain::temporary_authorisation::clarification::Addressee;
use domain::temporary_authorisation::{AuthorisationEvent, Command};

/// A group of fields that is shown or hidden as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Number, state, wholesaler by name, what it adds to.
    Head,
    /// Product, quantity, batches.
    Product,
    /// Who signs, addresses, identifiers of the wholesaler.
    Notifier,
    /// Threat, justification, attached documents.
    Justification,
    /// Who signed what, and why it was sent back.
    Examination,
    /// Assignment, drafts and why they were sent back.
    MinistryFile,
    /// Resolution number, outcome, dates, quantity, conditions, additions, decision token.
    Ruling,
    /// Grounds of resolution, revocation and withdrawal.
    Grounds,
    /// Which pharmacies passed it on; a pharmacy sees itself alone.
    PassedOn,
    /// What was brought in and dispensed; a pharmacy sees its own entries.
    Ledger,
    ClientReference,
}

impl Group {
    pub const ALL: [Group; 11] = [
        Self::Head,
        Self::Product,
        Self::Notifier,
        Self::Justification,
        Self::Examination,
        Self::MinistryFile,
        Self::Ruling,
        Self::Grounds,
        Self::PassedOn,
        Self::Ledger,
        Self::ClientReference,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Product => "product and batches",
            Self::Notifier => "notifier",
            Self::Justification => "justification",
            Self::Examination => "examination",
            Self::MinistryFile => "ministry file",
            Self::Ruling => "ruling",
            Self::Grounds => "grounds",
            Self::PassedOn => "hand-overs",
            Self::Ledger => "ledger",
            Self::ClientReference => "client reference",
        }
    }
}

/// Whether this party sees this group.
pub fn sees(relation: Relation, group: Group) -> bool {
    use Group::{
        ClientReference, Grounds, Head, Justification, Ledger, MinistryFile, PassedOn, Product, Ruling,
    };
    match relation {
        Relation::Notifier => group != MinistryFile,
        Relation::Representative => !matches!(group, MinistryFile | ClientReference),
        Relation::AssignedPreparer | Relation::Decider => group != ClientReference,
        Relation::OtherPreparer | Relation::MinistryStaff => matches!(group, Head | Product),
        // Nobody revokes what they have not read.
        Relation::RevocationPreparer => matches!(group, Head | Product | Ruling | Grounds | MinistryFile),
        Relation::Supplier | Relation::ReceivingPharmacy => {
            matches!(group, Head | Product | Ruling | PassedOn | Ledger)
        }
        Relation::GrantedPharmacy => matches!(group, Head | Product | Ruling),
        // The threat and why a consent is needed is what an office is asked about.
        Relation::AskedOffice(_) => matches!(group, Head | Product | Justification),
    }
}

/// Whether this party sees a question to that addressee, and its answer.
pub fn sees_question(relation: Relation, addressee: Addressee) -> bool {
    match relation {
        Relation::AssignedPreparer | Relation::Decider => true,
        Relation::Notifier | Relation::Representative => addressee == Addressee::Wholesaler,
        Relation::AskedOffice(office) => addressee == Addressee::Office(office),
        Relation::Supplier
        | Relation::OtherPreparer
        | Relation::RevocationPreparer
        | Relation::MinistryStaff
        | Relation::GrantedPharmacy
        | Relation::ReceivingPharmacy => false,
    }
}

/// The group that an event belongs to: whoever does not see the group does not hear of the event either.
pub fn group_of(event: &AuthorisationEvent) -> Group {
    match event {
        AuthorisationEvent::SignatureReceived { action }
        | AuthorisationEvent::SignatureRefused { action, .. } => group_of_step(*action),
        AuthorisationEvent::AuthorisationSubmitted { .. }
        | AuthorisationEvent::AuthorisationEnteredFromPaper {}
        | AuthorisationEvent::PaperEntryCorrected {}
        | AuthorisationEvent::RepresentativeApproved {}
        | AuthorisationEvent::AuthorisationSentBack {}
        | AuthorisationEvent::ClarificationAsked { .. }
        | AuthorisationEvent::ClarificationAnswered { .. }
        | AuthorisationEvent::ClarificationUnanswered { .. }
        | AuthorisationEvent::ClarificationClosed { .. }
        | AuthorisationEvent::ClarificationReminder { .. } => Group::Examination,
        AuthorisationEvent::CaseAssigned {}
        | AuthorisationEvent::ResolutionPrepared {}
        | AuthorisationEvent::ResolutionDraftReturned {}
        | AuthorisationEvent::RevocationPrepared {} => Group::MinistryFile,
        AuthorisationEvent::AuthorisationConsented {}
        | AuthorisationEvent::AuthorisationRefused {}
        | AuthorisationEvent::BatchesAdded { .. } => Group::Ruling,
        AuthorisationEvent::ConsentHandedOver { .. } | AuthorisationEvent::HandoverReturned { .. } => {
            Group::PassedOn
        }
        AuthorisationEvent::RealisationRecorded { .. } | AuthorisationEvent::RealisationReversed { .. } => {
            Group::Ledger
        }
        AuthorisationEvent::AuthorisationWithdrawn {}
        | AuthorisationEvent::ConsentRevoked {}
        | AuthorisationEvent::ConsentLapsed {}
        | AuthorisationEvent::PeriodReminder { .. } => Group::Head,
    }
}

/// The group that a signed step belongs to: that the decider has signed is the ministry's affair until it counts.
pub fn group_of_step(step: AwaitedStep) -> Group {
    match step {
        AwaitedStep::Submission | AwaitedStep::RepresentativeApproval | AwaitedStep::Opinion => {
            Group::Examination
        }
        AwaitedStep::Resolution => Group::MinistryFile,
    }
}

/// Whether this party sees that a signature under this step awaits validation: those who see the step, and whoever may end
/// the wait.
pub fn sees_wait(relation: Relation, step: AwaitedStep) -> bool {
    sees(relation, group_of_step(step)) || relation.may(Command::PendingStepRefusal)
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
