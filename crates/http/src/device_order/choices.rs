//! The choices of an order as the contract lists them.

use crate::demand::choices::choices;
use domain::device_order::content::{self, AdditionalCode};
use domain::device_order::lifecycle::{Command, StateName};
use domain::device_order::{model, money, paper, settlement};
use domain::patient_consent;
use domain::values;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

choices! {
    /// Where an order stands.
    DeviceOrderState of StateName {
        Draft = "DRAFT",
        Registered = "REGISTERED",
        Verifying = "VERIFYING",
        Negative = "NEGATIVE",
        Positive = "POSITIVE",
        Realised = "REALISED",
        Expired = "EXPIRED",
        Cancelled = "CANCELLED",
    }

    /// What can be asked of an order, as its path says it.
    DeviceOrderAction of Command {
        Edit = "edit",
        Submission = "submission",
        Verification = "verification",
        VerificationResult = "verification-result",
        Correction = "correction",
        PendingStepRefusal = "pending-step/refusal",
        Acceptance = "acceptance",
        Cancellation = "cancellation",
        Reply = "reply",
        CodeRenewal = "access-data/renewal",
        TakeUp = "take-ups",
        TakeUpResult = "take-up-result",
        TakeUpWithdrawal = "withdrawal",
        ReleaseRequest = "release-requests",
        Realisation = "realisation",
        RealisationWithdrawal = "realisation-withdrawal",
        Receipt = "receipt",
        Elapse = "elapse",
    }

    /// How a paper order reached the branch; its number goes back the same way.
    PaperChannelKind of paper::ChannelName {
        Counter = "COUNTER",
        Post = "POST",
        EmailScan = "EMAIL_SCAN",
        PatientAccountScan = "PATIENT_ACCOUNT_SCAN",
    }

    /// Why a limit is another one at take-up than at the order's verification (DO-34).
    LimitChangeReason of model::LimitChange {
        Age = "AGE",
        Entitlement = "ENTITLEMENT",
        Regulation = "REGULATION",
        Code = "CODE",
        Other = "OTHER",
    }

    /// How access data may be sent to a patient who has agreed to it (DO-18).
    SendingChannel of patient_consent::Channel { Email = "EMAIL", Sms = "SMS" }

    /// Which sides of the body.
    DeviceSides of content::Sides { Left = "LEFT", Right = "RIGHT", Both = "BOTH" }

    /// Which side of the body.
    DeviceSide of model::Side { Left = "LEFT", Right = "RIGHT" }

    /// Which eye a lens is for.
    LensEye of content::Eye { Left = "LEFT", Right = "RIGHT" }

    /// Whether the order is the first for the device or continues one; who may issue it differs (DO-4).
    Ordination of content::Ordination { Primary = "PRIMARY", Continuation = "CONTINUATION" }

    /// A continuation may be short where its primary order is known (DO-5).
    OrderForm of content::Form { Full = "FULL", Short = "SHORT" }

    /// Why the next device is needed before the period of use has elapsed (DO-47).
    ShorteningGround of content::ShorteningGround {
        AdultChange = "ADULT_CHANGE",
        ChildTreatment = "CHILD_TREATMENT",
        ChildRehabilitation = "CHILD_REHABILITATION",
        ChildGrowth = "CHILD_GROWTH",
    }

    /// Who stated the right to benefits.
    StatementBy of content::StatementBy {
        Patient = "PATIENT",
        StatutoryRepresentative = "STATUTORY_REPRESENTATIVE",
        LegalGuardian = "LEGAL_GUARDIAN",
        ActualGuardian = "ACTUAL_GUARDIAN",
        Proxy = "PROXY",
    }

    /// What kind of document it is.
    EntitlementDocumentKind of content::DocumentKind {
        DisabilityRuling = "DISABILITY_RULING",
        LifeCertificate = "LIFE_CERTIFICATE",
        InvalidBook = "INVALID_BOOK",
        AuthorityDecision = "AUTHORITY_DECISION",
        InsuranceProof = "INSURANCE_PROOF",
        Other = "OTHER",
    }

    /// Entitlements beyond the right to benefits (benefits act art. 47).
    AdditionalEntitlementCode of AdditionalCode {
        ConsiderableDisability = "47ZN",
        DisabledChild = "47ZND",
        ForLifeChild = "47DN",
        WarInvalid = "47IB",
        MilitaryInvalid = "47IW",
        RepressedPerson = "47OR",
    }

    /// How goods come to the patient.
    IssueMethod of model::Method { InPerson = "IN_PERSON", Courier = "COURIER" }

    /// Why an entry was booked.
    SettlementEntryKind of settlement::EntryKind { Realised = "REALISED", Withdrawn = "WITHDRAWN" }

    /// What is settled: goods that were issued of an order for devices, or a repair.
    SettledDocumentKind of settlement::SettledKind {
        DeviceOrder = "DEVICE_ORDER",
        RepairOrder = "DEVICE_REPAIR_ORDER",
    }

    /// As what a provider reads: of what is under the contracts that it holds, whoever supplied, or of what it supplied itself.
    SupplyCapacity of settlement::Capacity { Holder = "HOLDER", Supplier = "SUPPLIER" }

    PatientSex of values::Sex { Female = "FEMALE", Male = "MALE" }

    /// What a confirmed limit is for: the confirmed quantity (of one month), or each piece.
    LimitKind of money::LimitKind { ForQuantity = "FOR_QUANTITY", PerPiece = "PER_PIECE" }
}

/// Why an order was not issued electronically (DO-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaperReasonKind {
    /// A recorded outage of the system, which lasted on the day of issue.
    Outage,
    /// The services could not be used on that day, and no outage is on record.
    ServicesUnavailable,
    /// The prescriber could not sign.
    SigningImpossible,
}

/// What became of a line of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaperLineOutcome {
    /// Entered; what the payer found is in the state.
    Created,
    /// Its scan, the paper itself or its client reference is known of another order.
    Known,
    Refused,
}

/// What is ordered: spectacle lenses, or anything else of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderedDeviceKind {
    Lenses,
    Other,
}

/// How much, and over which months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderedSupplyKind {
    Monthly,
    OneOff,
}

/// What proves the right to benefits where the payer does not confirm it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RightProofKind {
    Statement,
    Document,
    /// Of a person insured in another state of the Union.
    EuDocument,
}

/// How long a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UntilKind {
    Indefinite,
    Day,
}

/// What became of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PeriodStateView {
    Available,
    Verifying,
    Reserved,
    Confirming,
    Realised,
    /// Elapsed without goods.
    Lost,
    Cancelled,
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
            assert_eq!(code(DeviceOrderState::from(state)), state.name());
        }
        for command in Command::ALL {
            assert_eq!(code(DeviceOrderAction::from(command)), command.name());
        }
        for entitlement in AdditionalCode::ALL {
            assert_eq!(code(AdditionalEntitlementCode::from(entitlement)), entitlement.name());
        }
        for kind in [money::LimitKind::ForQuantity, money::LimitKind::PerPiece] {
            assert_eq!(code(LimitKind::from(kind)), kind.name());
        }
    }
}
