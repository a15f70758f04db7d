//! Tiers and bands of a group as they are shown.

use super::choices::{DeviceLimitBasis, SourceConfidence, UnknownOfBand, UnknownOfTier, UsageKind};
use domain::device_group::{
    AgeRange, Band, BandPlace, DeviceGroup, Largest, LensBand, Limit, Listed, Supply, Tier, UsagePeriod,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A part of a group that has figures of its own.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceTier)]
pub(crate) struct TierView {
    /// Its place in the group, from 1.
    #[schema(minimum = 1, example = 1)]
    number: u32,
    #[schema(example = "Wózek inwalidzki aktywny o napędzie ręcznym składany do 16 kg, dla dorosłych")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 16, example = "O.01.02.00.D2")]
    payer_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    lens: Option<LensBandView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    largest: Option<LargestView>,
    /// In PLN.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = r"^[0-9]{1,9}\.[0-9]{2}$", example = "540.00")]
    repair_limit: Option<String>,
    /// By age and pregnancy; no two hold one patient. A patient whom none holds has no known figures.
    bands: Vec<BandView>,
    /// Where the figures come from.
    #[schema(example = "Dz.U. 2025 poz. 1038")]
    source: String,
    confidence: SourceConfidence,
    /// Members that are left out because they are not known here. Others that are left out do not apply.
    not_known_here: Vec<UnknownOfTier>,
}

/// What the payer bears for patients of an age.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceBand)]
pub(crate) struct BandView {
    ages: AgesView,
    /// Set where the band is for pregnant, or only for other, patients.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pregnant: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    limit: Option<DeviceLimit>,
    /// The patient's share.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, maximum = 100, example = 10)]
    copay_percent: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    usage: Option<DeviceUsage>,
    /// The period of use in the words of the source, which may say more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "raz na 5 lat (47ZN: wg potrzeby)")]
    usage_words: Option<String>,
    /// Whether limit and share are known; otherwise nothing can be ordered for these patients
    /// (`device_group.figures_unknown`).
    orderable: bool,
    /// Members that are left out because they are not known here: never zero.
    #[schema(example = json!(["copayPercent"]))]
    not_known_here: Vec<UnknownOfBand>,
}

/// Completed years of life; a bound that is left out does not bound.
#[derive(Clone, Copy, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceAges, example = json!({"from": 18}))]
pub(crate) struct AgesView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    from: Option<u8>,
    /// The first age that is no longer meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    below: Option<u8>,
}

/// What the payer bears at most.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"amount": "2000.00", "basis": "PER_ITEM"}))]
pub(crate) struct DeviceLimit {
    /// In PLN.
    #[schema(pattern = r"^[0-9]{1,9}(\.[0-9]{2})?$")]
    pub amount: String,
    pub basis: DeviceLimitBasis,
}

/// How soon the payer bears the next one.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"kind": "MONTHS", "months": 60}))]
pub(crate) struct DeviceUsage {
    pub kind: UsageKind,
    /// With `MONTHS` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1)]
    pub months: Option<u32>,
}

/// At most so many pieces in so many consecutive months; of what is supplied once, in one order.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceLargest)]
pub(crate) struct LargestView {
    #[schema(example = "90")]
    pub pieces: String,
    #[schema(example = 1)]
    pub months: u32,
}

/// The power of a lens: whoever reaches a lower bound and stays below those of the next tier.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceLensBand)]
pub(crate) struct LensBandView {
    /// In quarters of a dioptre, whatever its sign; absent where the sphere does not lead here.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 25)]
    sphere_from: Option<u32>,
    /// The same of the cylinder.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 9)]
    cylinder_from: Option<u32>,
}

impl TierView {
    pub(super) fn of(listed: &Listed, tier: &Tier) -> Self {
        Self {
            number: tier.number,
            name: tier.name.clone(),
            payer_code: tier.payer_code.as_ref().map(ToString::to_string),
            lens: tier.lens.map(LensBandView::of),
            largest: tier.largest.map(LargestView::of),
            repair_limit: tier.repair_limit.map(|limit| limit.to_string()),
            bands: tier.bands.iter().map(|band| BandView::of(listed, tier, band)).collect(),
            source: tier.source.clone(),
            confidence: tier.confidence.into(),
            not_known_here: unknown_of_tier(&listed.group, tier),
        }
    }
}

/// A largest quantity is of what is supplied by the month, and repairs are of what is used for longer.
fn unknown_of_tier(group: &DeviceGroup, tier: &Tier) -> Vec<UnknownOfTier> {
    let is_monthly = group.supply == Supply::Monthly;
    let candidates = [
        (UnknownOfTier::PayerCode, tier.payer_code.is_none()),
        (UnknownOfTier::Largest, is_monthly && tier.largest.or(group.largest).is_none()),
        (UnknownOfTier::RepairLimit, !is_monthly && tier.repair_limit.is_none()),
    ];
    candidates.into_iter().filter(|(_, is_unknown)| *is_unknown).map(|(which, _)| which).collect()
}

impl BandView {
    fn of(listed: &Listed, tier: &Tier, band: &Band) -> Self {
        let words = listed.usage_words(BandPlace::of(tier, band));
        let candidates = [
            (UnknownOfBand::Limit, band.limit.is_none()),
            (UnknownOfBand::CopayPercent, band.copay.is_none()),
            (UnknownOfBand::Usage, band.usage.is_none()),
        ];
        let unknown = candidates.into_iter().filter(|(_, is_unknown)| *is_unknown);
        Self {
            ages: AgesView::of(band.ages),
            pregnant: band.pregnant,
            limit: band.limit.map(DeviceLimit::of),
            copay_percent: band.copay.map(u8::from),
            usage: band.usage.map(DeviceUsage::of),
            usage_words: words.map(str::to_owned),
            orderable: band.is_known(),
            not_known_here: unknown.map(|(which, _)| which).collect(),
        }
    }
}

impl AgesView {
    pub(super) fn of(ages: AgeRange) -> Self {
        Self { from: ages.from, below: ages.below }
    }

    pub(super) fn range(self) -> AgeRange {
        AgeRange { from: self.from, below: self.below }
    }
}

impl DeviceLimit {
    pub(super) fn of(limit: Limit) -> Self {
        Self { amount: limit.amount.to_string(), basis: limit.basis.into() }
    }
}

impl DeviceUsage {
    pub(super) fn of(usage: UsagePeriod) -> Self {
        match usage {
            UsagePeriod::Months(months) => Self { kind: UsageKind::Months, months: Some(months) },
            UsagePeriod::Once => Self { kind: UsageKind::Once, months: None },
            UsagePeriod::AsNeeded => Self { kind: UsageKind::AsNeeded, months: None },
        }
    }
}

impl LargestView {
    pub(super) fn of(largest: Largest) -> Self {
        Self { pieces: largest.pieces.to_string(), months: largest.months }
    }
}

impl LensBandView {
    fn of(band: LensBand) -> Self {
        let bound = |from: u32| Some(from).filter(|from| *from < u32::MAX);
        Self { sphere_from: bound(band.sphere_from), cylinder_from: bound(band.cylinder_from) }
    }
}
