//! The choices of the domain as the contract lists them; a new one in the domain does not compile until it is here.

use app::caller;
use domain::correspondence;
use domain::demand::content;
use domain::demand::lifecycle::{Command, StateName};
use domain::demand::{clarification, events, ledger, model};
use domain::food_demand;
use domain::values::{self, PatientIdentifierKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident of $domain:ty { $($variant:ident = $code:tt),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
        pub enum $name {
            $(#[serde(rename = $code)] $variant,)+
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                match value { $(<$domain>::$variant => Self::$variant,)+ }
            }
        }

        impl From<$name> for $domain {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => Self::$variant,)+ }
            }
        }
    )+};
}

pub(crate) use choices;

choices! {
    /// What the demand is for.
    DemandKind of model::DemandKind { Medicine = "MEDICINE", Food = "FOOD" }

    /// On which ground the product is brought in: as a target import (PF art. 4(1)), or because of a disaster or threat (PF
    /// art. 4(9)).
    DemandGround of content::Ground { TargetImport = "TARGET_IMPORT", Disaster = "DISASTER" }

    /// Who granted an authorisation that counts in Poland.
    AuthorisationGrantor of content::AuthorisationGrantor {
        Poland = "POLAND",
        EuropeanUnion = "EUROPEAN_UNION",
    }

    /// The groups of foods that may be brought in (UBZZ art. 29a(1), art. 24(2)(1) and (4)).
    FoodGroup of food_demand::FoodGroup {
        InfantFormula = "INFANT_FORMULA",
        SpecialMedicalPurposes = "SPECIAL_MEDICAL_PURPOSES",
    }

    /// Where the product will be used (PF art. 4(2), UBZZ art. 29a(2)).
    Use of content::Use { InFacility = "IN_FACILITY", OutsideFacility = "OUTSIDE_FACILITY" }

    /// Where a demand stands.
    DemandState of StateName {
        Draft = "DRAFT",
        AwaitingRepresentative = "AWAITING_REPRESENTATIVE",
        AwaitingConsultant = "AWAITING_CONSULTANT",
        Returned = "RETURNED",
        WithMinister = "WITH_MINISTER",
        Clarification = "CLARIFICATION",
        ResolutionPrepared = "RESOLUTION_PREPARED",
        Approved = "APPROVED",
        Rejected = "REJECTED",
        WithWholesaler = "WITH_WHOLESALER",
        Realised = "REALISED",
        Expired = "EXPIRED",
        Withdrawn = "WITHDRAWN",
        Revoked = "REVOKED",
    }

    /// An action on a demand, as `allowedActions` of a problem and the paths name it.
    DemandAction of Command {
        Edit = "edit",
        Submission = "submission",
        RepresentativeApproval = "representative-approval",
        RepresentativeRefusal = "representative-refusal",
        Opinion = "opinion",
        Assignment = "assignment",
        PaperCorrection = "paper-correction",
        Clarification = "clarifications",
        ClarificationAnswer = "answer",
        ClarificationClosure = "closure",
        ResolutionDraft = "resolution-draft",
        ResolutionDraftReturn = "resolution-draft/return",
        Resolution = "resolution",
        PendingStepRefusal = "pending-step/refusal",
        Withdrawal = "withdrawal",
        Takeover = "takeover",
        RevocationDraft = "revocation-draft",
        Revocation = "revocation",
        Handover = "handover",
        PaperReceipt = "paper-receipts",
        HandoverReturn = "handover-return",
        Realisation = "realisations",
        RealisationReversal = "reversal",
        TreatedPatients = "treated-patients",
        TreatedPatientReversal = "treated-patients/reversal",
        PatientListReopening = "treated-patients/reopening",
        Elapse = "elapse",
    }

    /// A group of those who take part in a case.
    CaseParty of correspondence::CaseParty {
        Physician = "PHYSICIAN",
        ResponsiblePerson = "RESPONSIBLE_PERSON",
        Representative = "REPRESENTATIVE",
        Consultant = "CONSULTANT",
        Patient = "PATIENT",
        Ministry = "MINISTRY",
        Pharmacy = "PHARMACY",
        Wholesaler = "WHOLESALER",
        SanitaryInspectorate = "SANITARY_INSPECTORATE",
        ProductOffice = "PRODUCT_OFFICE",
        AssessmentAgency = "ASSESSMENT_AGENCY",
        AgricultureMinistry = "AGRICULTURE_MINISTRY",
    }

    /// What a person acts as.
    Role of caller::Role {
        Physician = "PHYSICIAN",
        EntityRepresentative = "ENTITY_REPRESENTATIVE",
        Consultant = "CONSULTANT",
        MinistryPreparer = "MINISTRY_PREPARER",
        MinistryDecider = "MINISTRY_DECIDER",
        SanitaryInspectorate = "SANITARY_INSPECTORATE",
        ProductOffice = "PRODUCT_OFFICE",
        AssessmentAgency = "ASSESSMENT_AGENCY",
        AgricultureMinistry = "AGRICULTURE_MINISTRY",
        Pharmacy = "PHARMACY",
        Wholesaler = "WHOLESALER",
        ResponsiblePerson = "RESPONSIBLE_PERSON",
        DevicePrescriber = "DEVICE_PRESCRIBER",
        MedicalAssistant = "MEDICAL_ASSISTANT",
        DeviceProvider = "DEVICE_PROVIDER",
        NfzOfficer = "NFZ_OFFICER",
        Patient = "PATIENT",
        Auditor = "AUDITOR",
        Admin = "ADMIN",
    }

    /// The kinds of electronic signature that a demand's steps admit (PF art. 4ac(1)).
    SignatureKind of model::SignatureKind {
        Qualified = "QUALIFIED",
        Personal = "PERSONAL",
        Zus = "ZUS",
        Trusted = "TRUSTED",
    }

    /// Whether a consultant serves the whole country or one voivodeship.
    ConsultantKind of model::ConsultantKind { National = "NATIONAL", Voivodeship = "VOIVODESHIP" }

    /// What the consultant answers; `NOT_MY_FIELD` and `CONFLICT_OF_INTEREST` return the demand without a judgement
    /// and unsigned.
    Verdict of model::Verdict {
        Confirmed = "CONFIRMED",
        Refused = "REFUSED",
        NotMyField = "NOT_MY_FIELD",
        ConflictOfInterest = "CONFLICT_OF_INTEREST",
    }

    /// Whom the minister asks about a demand.
    Addressee of clarification::Addressee {
        Physician = "PHYSICIAN",
        Consultant = "CONSULTANT",
        ProductOffice = "PRODUCT_OFFICE",
        AssessmentAgency = "ASSESSMENT_AGENCY",
        AgricultureMinistry = "AGRICULTURE_MINISTRY",
        SanitaryInspectorate = "SANITARY_INSPECTORATE",
    }

    /// What the ministry resolves.
    Outcome of model::Outcome { Approved = "APPROVED", Rejected = "REJECTED" }

    /// Why a demand went back to its physician.
    ReturnReason of events::ReturnReason {
        RepresentativeRefused = "REPRESENTATIVE_REFUSED",
        RepresentativeSilent = "REPRESENTATIVE_SILENT",
        ConsultantRefused = "CONSULTANT_REFUSED",
        ConsultantSilent = "CONSULTANT_SILENT",
        NotMyField = "NOT_MY_FIELD",
        ConflictOfInterest = "CONFLICT_OF_INTEREST",
    }

    /// Which term of 60 days ran out: to the minister (PF art. 4ad(3)) or to a wholesaler (PF art. 4ad(7)).
    ExpiryReason of events::ExpiryReason { NotSubmitted = "NOT_SUBMITTED", NotRealised = "NOT_REALISED" }

    /// Brought into Poland by the wholesaler, or handed out by the pharmacy.
    RealisationKind of ledger::RealisationKind { Imported = "IMPORTED", Dispensed = "DISPENSED" }

    /// Whose address the outcome is sent to (PF art. 4ad(4)).
    AddressOwner of content::AddressOwner { Entity = "ENTITY", Patient = "PATIENT", Other = "OTHER" }

    /// The kind of number that identifies a person.
    IdentifierKind of PatientIdentifierKind {
        Pesel = "PESEL",
        IdCard = "ID_CARD",
        Passport = "PASSPORT",
        ForeignIdCard = "FOREIGN_ID_CARD",
        ForeignPassport = "FOREIGN_PASSPORT",
        ForeignOther = "FOREIGN_OTHER",
    }

    /// The unit of a quantity.
    QuantityUnit of values::QuantityUnit {
        Pack = "PACK",
        Tablet = "TABLET",
        Capsule = "CAPSULE",
        Ampoule = "AMPOULE",
        Vial = "VIAL",
        PrefilledSyringe = "PREFILLED_SYRINGE",
        PrefilledPen = "PREFILLED_PEN",
        Cartridge = "CARTRIDGE",
        InfusionBag = "INFUSION_BAG",
        Sachet = "SACHET",
        Suppository = "SUPPOSITORY",
        Pessary = "PESSARY",
        Patch = "PATCH",
        Bottle = "BOTTLE",
        Tube = "TUBE",
        Can = "CAN",
        Inhaler = "INHALER",
        Implant = "IMPLANT",
        Kit = "KIT",
        Dose = "DOSE",
        Litre = "L",
        Millilitre = "ML",
        Kilogram = "KG",
        Gram = "G",
        Milligram = "MG",
        Microgram = "UG",
        InternationalUnit = "IU",
        Unit = "UNIT",
        Megabecquerel = "MBQ",
        OtherPiece = "OTHER_PIECE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(value: impl Serialize) -> String {
        serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
    }

    #[test]
    fn every_choice_is_called_as_the_domain_calls_it() {
        for state in StateName::ALL {
            assert_eq!(code(DemandState::from(state)), state.name());
        }
        for command in Command::ALL {
            assert_eq!(code(DemandAction::from(command)), command.name());
        }
        for role in caller::Role::ALL {
            assert_eq!(code(Role::from(role)), role.name());
        }
        for kind in model::SignatureKind::ALL {
            assert_eq!(code(SignatureKind::from(kind)), kind.name());
        }
        for verdict in model::Verdict::ALL {
            assert_eq!(code(Verdict::from(verdict)), verdict.name());
        }
        for kind in PatientIdentifierKind::ALL {
            assert_eq!(code(IdentifierKind::from(kind)), kind.as_str());
        }
        for unit in values::QuantityUnit::ALL {
            assert_eq!(code(QuantityUnit::from(*unit)), unit.as_str());
        }
    }
}
