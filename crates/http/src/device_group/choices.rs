//! The choices of the catalogue as the contract lists them.

use crate::demand::choices::choices;
use domain::device_group::model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

choices! {
    /// How an order of the group is supplied.
    DeviceSupply of model::Supply { Monthly = "MONTHLY", OneOff = "ONE_OFF" }

    /// What the list counts in; a `MONTHLY_AMOUNT` is whatever the month's amount buys.
    DeviceUnit of model::DeviceUnit {
        Piece = "PIECE",
        Lens = "LENS",
        Set = "SET",
        MonthlyAmount = "MONTHLY_AMOUNT",
    }

    /// The kinds of stoma that codes tell apart.
    StomaKind of model::StomaKind {
        Ileostomy = "ILEOSTOMY",
        Colostomy = "COLOSTOMY",
        Urostomy = "UROSTOMY",
        Nephrostomy = "NEPHROSTOMY",
        Salivary = "SALIVARY",
        Other = "OTHER",
    }

    /// What a spectacle lens is for.
    LensUse of model::LensUse { Near = "NEAR", Far = "FAR" }

    /// Who issues orders at all.
    IssuerProfession of model::Profession {
        Physician = "PHYSICIAN",
        Feldsher = "FELDSHER",
        Physiotherapist = "PHYSIOTHERAPIST",
        Nurse = "NURSE",
        Midwife = "MIDWIFE",
    }

    /// What a limit is for. `PER_ITEM` is one thing that is supplied once in its period of use.
    #[expect(clippy::enum_variant_names, reason = "the contract says what a limit is per")]
    DeviceLimitBasis of model::LimitBasis {
        PerPiece = "PER_PIECE",
        PerItem = "PER_ITEM",
        PerMonthTotal = "PER_MONTH_TOTAL",
        PerUsagePeriod = "PER_USAGE_PERIOD",
    }

    /// How sure the source is.
    SourceConfidence of model::Confidence { High = "HIGH", Medium = "MEDIUM", Low = "LOW" }
}

/// How soon the payer bears the next one: after months, never again, or as the prescriber finds it needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UsageKind {
    Months,
    Once,
    AsNeeded,
}

/// What a group may have and the catalogue does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) enum UnknownOfGroup {
    #[serde(rename = "sided")]
    Sided,
    #[serde(rename = "issuers.first")]
    IssuersFirst,
    #[serde(rename = "issuers.continuation")]
    IssuersContinuation,
    #[serde(rename = "criteria")]
    Criteria,
    #[serde(rename = "shortenable")]
    Shortenable,
    #[serde(rename = "multiplied")]
    Multiplied,
}

/// What a tier may have and the catalogue does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum UnknownOfTier {
    PayerCode,
    Largest,
    RepairLimit,
}

/// What a band has and the catalogue does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum UnknownOfBand {
    Limit,
    CopayPercent,
    Usage,
}
