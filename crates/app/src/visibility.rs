//! What each party sees of a demand: one table relation × group of fields.
//!
//! Everybody gets what their task needs and no more (RODO art. 5(1)(c)). PF art. 4ad(5) lets a pharmacy fetch
//! «the demand»; that it shows no diagnosis there is a reading that stays visible here.

use crate::authorize::Relation;
use domain::demand::DemandEvent;
use domain::demand::clarification::Addressee;
use domain::demand::clocks::ClockKind;
use domain::demand::lifecycle::Command;
use domain::pending::AwaitedStep;
use std::collections::BTreeSet;

/// A group of fields that is shown or hidden as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Number, state, ground of the import, clocks, entity, whether it is urgent.
    Head,
    /// Trade and international name, form, strength, holder, source country.
    Product,
    /// Demanded quantity and days of treatment.
    Quantity,
    /// Name and licence number of the physician.
    Physician,
    /// Names and identifiers of patients, the guardian's too.
    Patient,
    /// Addresses, e-mail for the outcome.
    Contact,
    Diagnosis,
    /// Justification, threat and guards of PF art. 4(9), reason of urgency, justification of an ad-hoc need.
    Justification,
    Representative,
    /// Consultant, opinion, returns and who signed what.
    Examination,
    /// Assignment, drafts and why they were sent back.
    MinistryFile,
    /// Resolution number, outcome, dates, approved quantity, decision token.
    Ruling,
    /// Grounds of resolution, revocation and withdrawal.
    Grounds,
    /// The pharmacy that will receive the product.
    Receiver,
    /// Who holds it, when and how it was passed on, why that was taken back.
    Handover,
    /// What was brought in and dispensed.
    Ledger,
    /// Who was treated from an ad-hoc need, with what; when the treatment ended, and the term of the list.
    TreatedPatients,
    /// The client's own reference.
    ClientReference,
}

impl Group {
    pub const ALL: [Group; 18] = [
        Self::Head,
        Self::Product,
        Self::Quantity,
        Self::Physician,
        Self::Patient,
        Self::Contact,
        Self::Diagnosis,
        Self::Justification,
        Self::Representative,
        Self::Examination,
        Self::MinistryFile,
        Self::Ruling,
        Self::Grounds,
        Self::Receiver,
        Self::Handover,
        Self::Ledger,
        Self::TreatedPatients,
        Self::ClientReference,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Product => "product",
            Self::Quantity => "quantity",
            Self::Physician => "physician",
            Self::Patient => "patient",
            Self::Contact => "contact",
            Self::Diagnosis => "diagnosis",
            Self::Justification => "justification",
            Self::Representative => "representative",
            Self::Examination => "examination",
            Self::MinistryFile => "ministry file",
            Self::Ruling => "ruling",
            Self::Grounds => "grounds",
            Self::Receiver => "receiving pharmacy",
            Self::Handover => "hand-over",
            Self::Ledger => "ledger",
            Self::TreatedPatients => "treated patients",
            Self::ClientReference => "client reference",
        }
    }
}

/// Whether this party sees this group.
pub fn sees(relation: Relation, group: Group) -> bool {
    use Group::{
        ClientReference, Contact, Diagnosis, Examination, Grounds, Handover, Head, Justification, Ledger,
        MinistryFile, Patient, Physician, Product, Quantity, Receiver, Representative, Ruling,
        TreatedPatients,
    };
    match relation {
        Relation::IssuingPhysician => group != MinistryFile,
        Relation::Colleague => false,
        Relation::Representative | Relation::Patient => !matches!(group, MinistryFile | ClientReference),
        // Whoever gives an opinion does so before anybody is treated.
        Relation::AssignedConsultant => !matches!(group, MinistryFile | TreatedPatients | ClientReference),
        Relation::AssignedPreparer | Relation::Decider => group != ClientReference,
        Relation::OtherPreparer | Relation::MinistryStaff => matches!(group, Head | Product),
        // Nobody revokes what they have not read; of the patient that takes nothing.
        Relation::RevocationPreparer => matches!(group, Head | Product | Ruling | Grounds | MinistryFile),
        Relation::Inspectorate => matches!(group, Head | Product | Quantity | Ruling),
        // The indication is what an office is asked about.
        Relation::AskedOffice(_) => matches!(group, Head | Product | Quantity | Diagnosis),
        // What another pharmacy brings in and dispenses is not its affair.
        Relation::GrantedPharmacy => {
            matches!(group, Head | Product | Quantity | Physician | Patient | Ruling | Receiver | Handover)
        }
        // Nobody is handed anything any more.
        Relation::FormerPharmacy => {
            sees(Relation::GrantedPharmacy, group) && !matches!(group, Physician | Patient)
        }
        Relation::ReceivingPharmacy => sees(Relation::GrantedPharmacy, group) || group == Ledger,
        // Wholesalers compete: who does not hold it learns neither who does nor what that one brought in.
        Relation::GrantedWholesaler => matches!(group, Head | Product | Quantity | Ruling | Receiver),
        Relation::HoldingWholesaler => match group {
            Head | Product | Quantity | Ruling | Receiver | Handover | Ledger => true,
            Physician | Patient | Contact | Diagnosis | Justification | Representative | Examination
            | MinistryFile | Grounds | TreatedPatients | ClientReference => false,
        },
    }
}

/// Whether this party sees a question to that addressee, and its answer.
pub fn sees_question(relation: Relation, addressee: Addressee) -> bool {
    match relation {
        Relation::AssignedPreparer | Relation::Decider => true,
        Relation::IssuingPhysician => addressee == Addressee::Physician,
        Relation::AssignedConsultant => addressee == Addressee::Consultant,
        Relation::AskedOffice(office) => addressee.office() == Some(office),
        Relation::Colleague
        | Relation::Representative
        | Relation::OtherPreparer
        | Relation::RevocationPreparer
        | Relation::MinistryStaff
        | Relation::Patient
        | Relation::GrantedPharmacy
        | Relation::FormerPharmacy
        | Relation::ReceivingPharmacy
        | Relation::GrantedWholesaler
        | Relation::HoldingWholesaler
        | Relation::Inspectorate => false,
    }
}

/// The group that an event belongs to: whoever does not see the group does not hear of the event either.
pub fn group_of(event: &DemandEvent) -> Group {
    match event {
        DemandEvent::SignatureReceived { action } | DemandEvent::SignatureRefused { action, .. } => {
            group_of_step(*action)
        }
        DemandEvent::DemandSubmitted { .. }
        | DemandEvent::RepresentativeApproved {}
        | DemandEvent::DemandReturned { .. }
        | DemandEvent::OpinionConfirmed {}
        | DemandEvent::DemandEnteredFromPaper {}
        | DemandEvent::PaperEntryCorrected {}
        | DemandEvent::ClarificationAsked { .. }
        | DemandEvent::ClarificationAnswered { .. }
        | DemandEvent::ClarificationUnanswered { .. }
        | DemandEvent::ClarificationClosed { .. } => Group::Examination,
        DemandEvent::CaseAssigned {}
        | DemandEvent::ResolutionPrepared {}
        | DemandEvent::ResolutionDraftReturned {}
        | DemandEvent::RevocationPrepared {} => Group::MinistryFile,
        DemandEvent::DemandApproved {} | DemandEvent::DemandRejected {} => Group::Ruling,
        DemandEvent::DemandHandedOver { .. } | DemandEvent::HandoverReturned { .. } => Group::Handover,
        DemandEvent::RealisationRecorded { .. }
        | DemandEvent::RealisationReversed { .. }
        | DemandEvent::DemandRealised {}
        | DemandEvent::DemandReopened {} => Group::Ledger,
        DemandEvent::TreatedPatientsReported {}
        | DemandEvent::TreatedPatientTakenBack { .. }
        | DemandEvent::TreatmentEnded { .. }
        | DemandEvent::PatientListClosed {}
        | DemandEvent::PatientListReopened {}
        | DemandEvent::PatientListOverdue {} => Group::TreatedPatients,
        DemandEvent::TermReminder { clock, .. } => group_of_reminder(*clock),
        DemandEvent::DemandWithdrawn {}
        | DemandEvent::DemandTakenOver {}
        | DemandEvent::DemandRevoked {}
        | DemandEvent::DemandExpired { .. }
        // It goes to whoever heard of the expiry, and says nothing of the hand-over that is proved with it.
        | DemandEvent::ExpiryLifted {} => Group::Head,
    }
}

/// Whoever sees a demand sees its terms; that one of the examination nears its end tells what was asked of whom (ADR 24,
/// 27), and so is for those who know of the steps themselves.
fn group_of_reminder(clock: ClockKind) -> Group {
    match clock {
        ClockKind::Handover => Group::Head,
        ClockKind::PatientList => Group::TreatedPatients,
        ClockKind::RepresentativeApproval
        | ClockKind::Opinion
        | ClockKind::SubmissionToMinister
        | ClockKind::Clarification => Group::Examination,
    }
}

/// Whether this party may know of a term. That of the list begins when the treatment of everybody on it has ended, which
/// is no affair of one of them.
pub fn sees_clock(relation: Relation, clock: ClockKind) -> bool {
    sees(relation, group_of_clock(clock)) && (clock, relation) != (ClockKind::PatientList, Relation::Patient)
}

/// The group that a term belongs to.
fn group_of_clock(clock: ClockKind) -> Group {
    match clock {
        ClockKind::PatientList => Group::TreatedPatients,
        ClockKind::RepresentativeApproval
        | ClockKind::Opinion
        | ClockKind::SubmissionToMinister
        | ClockKind::Handover
        | ClockKind::Clarification => Group::Head,
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

/// Everything that this party sees.
pub fn groups(relation: Relation) -> BTreeSet<Group> {
    Group::ALL.into_iter().filter(|group| sees(relation, *group)).collect()
}

/// Whether a read by this party touches what names a patient, and so is on record for the patient.
pub fn touches_patient(relation: Relation) -> bool {
    [Group::Patient, Group::Contact, Group::Diagnosis, Group::Justification]
        .into_iter()
        .any(|g| sees(relation, g))
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
