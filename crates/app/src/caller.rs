//! Who is calling: what a verified access token says of client, organisation, person and role.

use domain::ids::{OrganisationId, SpaceId};
use domain::redacted::Redacted;
use domain::values::Pesel;
use serde::{Deserialize, Serialize};

/// What a person acts as. A token carries exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    Physician,
    EntityRepresentative,
    Consultant,
    MinistryPreparer,
    MinistryDecider,
    SanitaryInspectorate,
    ProductOffice,
    AssessmentAgency,
    AgricultureMinistry,
    Pharmacy,
    Wholesaler,
    ResponsiblePerson,
    DevicePrescriber,
    MedicalAssistant,
    DeviceProvider,
    NfzOfficer,
    Patient,
    Auditor,
    Admin,
}

impl Role {
    pub const ALL: [Role; 19] = [
        Self::Physician,
        Self::EntityRepresentative,
        Self::Consultant,
        Self::MinistryPreparer,
        Self::MinistryDecider,
        Self::SanitaryInspectorate,
        Self::ProductOffice,
        Self::AssessmentAgency,
        Self::AgricultureMinistry,
        Self::Pharmacy,
        Self::Wholesaler,
        Self::ResponsiblePerson,
        Self::DevicePrescriber,
        Self::MedicalAssistant,
        Self::DeviceProvider,
        Self::NfzOfficer,
        Self::Patient,
        Self::Auditor,
        Self::Admin,
    ];

    /// The name that tokens, tables and audit entries use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Physician => "PHYSICIAN",
            Self::EntityRepresentative => "ENTITY_REPRESENTATIVE",
            Self::Consultant => "CONSULTANT",
            Self::MinistryPreparer => "MINISTRY_PREPARER",
            Self::MinistryDecider => "MINISTRY_DECIDER",
            Self::SanitaryInspectorate => "SANITARY_INSPECTORATE",
            Self::ProductOffice => "PRODUCT_OFFICE",
            Self::AssessmentAgency => "ASSESSMENT_AGENCY",
            Self::AgricultureMinistry => "AGRICULTURE_MINISTRY",
            Self::Pharmacy => "PHARMACY",
            Self::Wholesaler => "WHOLESALER",
            Self::ResponsiblePerson => "RESPONSIBLE_PERSON",
            Self::DevicePrescriber => "DEVICE_PRESCRIBER",
            Self::MedicalAssistant => "MEDICAL_ASSISTANT",
            Self::DeviceProvider => "DEVICE_PROVIDER",
            Self::NfzOfficer => "NFZ_OFFICER",
            Self::Patient => "PATIENT",
            Self::Auditor => "AUDITOR",
            Self::Admin => "ADMIN",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The kinds of organisation in which somebody can have this role; none for patients, who have no organisation.
    pub fn organisations(self) -> &'static [OrganisationKind] {
        use OrganisationKind::{
            DeviceProvider, HospitalPharmacy, Inspectorate, MedicalEntity, Ministry, NfzBranch, Office,
            Pharmacy, Wholesaler,
        };
        match self {
            Self::Physician | Self::Consultant | Self::DevicePrescriber | Self::MedicalAssistant => {
                &[MedicalEntity]
            }
            // Of a wholesaler, too: it co-signs notifications (PF art. 4ac(1)).
            Self::EntityRepresentative => &[MedicalEntity, Wholesaler],
            Self::MinistryPreparer | Self::MinistryDecider | Self::AgricultureMinistry => &[Ministry],
            Self::SanitaryInspectorate => &[Inspectorate],
            Self::ProductOffice | Self::AssessmentAgency => &[Office],
            Self::NfzOfficer => &[NfzBranch],
            Self::Pharmacy => &[Pharmacy, HospitalPharmacy],
            Self::Wholesaler | Self::ResponsiblePerson => &[Wholesaler],
            // Pharmacies have contracts for medical devices, too.
            Self::DeviceProvider => &[DeviceProvider, Pharmacy],
            Self::Auditor | Self::Admin => &[Ministry, Office],
            Self::Patient => &[],
        }
    }
}

/// The printed table role × kind of organisation.
pub fn table() -> String {
    let lines = Role::ALL.into_iter().map(|role| {
        let kinds: Vec<&str> = role.organisations().iter().map(|kind| kind.name()).collect();
        let kinds = if kinds.is_empty() { "none".to_owned() } else { kinds.join(", ") };
        format!("| {} | {kinds} |\n", role.name())
    });
    format!("| Role | Kinds of organisation |\n|---|---|\n{}", lines.collect::<String>())
}

/// What an organisation is; the directory and the token must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrganisationKind {
    MedicalEntity,
    /// A hospital pharmacy or the pharmacy department of an entity; `parent` names the entity.
    HospitalPharmacy,
    Pharmacy,
    Wholesaler,
    Ministry,
    Inspectorate,
    Office,
    /// A regional branch of the payer (NFZ).
    NfzBranch,
    /// A shop for medical devices or an optician with a contract of the payer.
    DeviceProvider,
}

impl OrganisationKind {
    pub const ALL: [OrganisationKind; 9] = [
        Self::MedicalEntity,
        Self::HospitalPharmacy,
        Self::Pharmacy,
        Self::Wholesaler,
        Self::Ministry,
        Self::Inspectorate,
        Self::Office,
        Self::NfzBranch,
        Self::DeviceProvider,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::MedicalEntity => "MEDICAL_ENTITY",
            Self::HospitalPharmacy => "HOSPITAL_PHARMACY",
            Self::Pharmacy => "PHARMACY",
            Self::Wholesaler => "WHOLESALER",
            Self::Ministry => "MINISTRY",
            Self::Inspectorate => "INSPECTORATE",
            Self::Office => "OFFICE",
            Self::NfzBranch => "NFZ_BRANCH",
            Self::DeviceProvider => "DEVICE_PROVIDER",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The register that names a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IdSystem {
    /// Licence number of a physician or dentist.
    Npwz,
    /// Licence number of another profession that orders medical devices.
    Licence,
    /// Staff number within the caller's own organisation.
    Staff,
    /// The service's own directory id of a person.
    Person,
}

impl IdSystem {
    pub fn name(self) -> &'static str {
        match self {
            Self::Npwz => "NPWZ",
            Self::Licence => "LICENCE",
            Self::Staff => "STAFF",
            Self::Person => "PERSON",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Npwz, Self::Licence, Self::Staff, Self::Person]
            .into_iter()
            .find(|system| system.name() == name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Org {
    pub id: OrganisationId,
    pub kind: OrganisationKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id_system: IdSystem,
    pub id: String,
}

/// A caller whose token has been verified.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The software that calls.
    pub client_id: String,
    /// Absent for patients.
    pub org: Option<Org>,
    /// Absent for software that acts for an organisation without a person (supply feeds).
    pub person: Option<Person>,
    pub role: Role,
    /// Present for patients: whose documents the token opens.
    pub patient: Option<Redacted<Pesel>>,
    /// Who acts for that patient, where it is not the patient.
    pub representative: Option<Redacted<Pesel>>,
    pub space: SpaceId,
}

impl Caller {
    /// The person in one text, as audit entries and idempotency scopes name it: `NPWZ:5425740`.
    pub fn person_key(&self) -> String {
        match &self.person {
            Some(person) => format!("{}:{}", person.id_system.name(), person.id),
            None => format!("ROLE:{}", self.role.name()),
        }
    }

    pub fn org_id(&self) -> Option<OrganisationId> {
        self.org.as_ref().map(|org| org.id)
    }
}
