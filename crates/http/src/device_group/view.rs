//! A group as it is shown.

use super::choices::{DeviceSupply, DeviceUnit, IssuerProfession, LensUse, StomaKind, UnknownOfGroup};
use super::entered::EnteredView;
use super::tiers::{LargestView, TierView};
use chrono::NaiveDate;
use domain::device_group::{DeviceGroup, Issuer, LimitBasis, Listed};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A group of medical devices on a day: what the payer bears, for whom, how often, and who may order it. What is not
/// known here is left out and named in `notKnownHere`: it is never zero, and nothing can be ordered on unknown figures.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceGroup, example = group_example)]
pub(crate) struct DeviceGroupView {
    #[schema(example = "S.15.01")]
    code: String,
    name: String,
    /// The first day on which it is as shown.
    valid_from: NaiveDate,
    /// The last day; absent while none is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    supply: DeviceSupply,
    unit: DeviceUnit,
    /// Whether left and right are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    sided: Option<bool>,
    /// Set where the code stands for one kind of stoma.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    stoma: Option<StomaKind>,
    /// Set where the group is spectacle lenses.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    lens: Option<LensUse>,
    issuers: IssuersView,
    /// When it is awarded, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    criteria: Option<String>,
    /// Groups of one name share their limit, and any of them may be issued for another.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    shared_limit: Option<String>,
    /// Whether the period of use may be cut short on a statutory ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    shortenable: Option<bool>,
    /// Whether a larger quantity multiplies the limit of a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    multiplied: Option<bool>,
    /// What all tiers come to together.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    largest: Option<LargestView>,
    tiers: Vec<TierView>,
    /// What officers entered, in the order in which it took effect.
    entered: Vec<EnteredView>,
    /// What the sources leave open, in words.
    notes: Vec<String>,
    /// Members that are left out because they are not known here. Others that are left out do not apply.
    not_known_here: Vec<UnknownOfGroup>,
}

/// Who may order the group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceIssuers)]
pub(crate) struct IssuersView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    first: Option<Vec<IssuerView>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    continuation: Option<Vec<IssuerView>>,
    /// In the words of the source, which may be cut off there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    words: Option<String>,
}

/// A profession, with the specialties that it needs.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceIssuer)]
pub(crate) struct IssuerView {
    profession: IssuerProfession,
    /// In the words of the source; empty admits everybody of the profession.
    #[schema(example = json!(["urolog", "neurolog"]))]
    specialties: Vec<String>,
}

pub(super) fn group_example() -> Value {
    json!({"code": "S.15.01", "name": "Wózek inwalidzki aktywny o napędzie ręcznym, dla dorosłych",
        "validFrom": "2024-01-01", "supply": "ONE_OFF", "unit": "PIECE",
        "issuers": {"words": "lekarz specjalista; specjalista w dziedzinie fizjoterapii"},
        "tiers": [{"number": 1, "name": "Wózek inwalidzki aktywny o napędzie ręcznym składany do 16 kg, dla dorosłych",
            "bands": [{"ages": {"from": 18}, "limit": {"amount": "2000.00", "basis": "PER_ITEM"}, "orderable": false,
                "notKnownHere": ["copayPercent", "usage"]}],
            "source": "https://ortoprotetyka.pl/nowe-zasady-refundacji-wyrobow-medycznych", "confidence": "MEDIUM",
            "notKnownHere": ["payerCode", "repairLimit"]}],
        "entered": [], "notes": [],
        "notKnownHere": ["sided", "issuers.first", "issuers.continuation", "criteria", "shortenable"]})
}

impl DeviceGroupView {
    pub(super) fn of(listed: &Listed) -> Self {
        let group = &listed.group;
        Self {
            code: group.code.to_string(),
            name: group.name.clone(),
            valid_from: group.valid_from,
            valid_to: group.valid_to,
            supply: group.supply.into(),
            unit: group.unit.into(),
            sided: group.sided,
            stoma: group.stoma.map(Into::into),
            lens: group.lens.map(Into::into),
            issuers: IssuersView {
                first: group.issuers.first.as_deref().map(issuers),
                continuation: group.issuers.continuation.as_deref().map(issuers),
                words: listed.issuers.clone(),
            },
            criteria: group.criteria.clone(),
            shared_limit: group.shared_limit.clone(),
            shortenable: group.shortenable,
            multiplied: group.multiplied,
            largest: group.largest.map(LargestView::of),
            tiers: group.tiers.iter().map(|tier| TierView::of(listed, tier)).collect(),
            entered: listed.entered.iter().map(EnteredView::of).collect(),
            notes: listed.notes.clone(),
            not_known_here: unknown(group),
        }
    }
}

fn issuers(all: &[Issuer]) -> Vec<IssuerView> {
    let view = |issuer: &Issuer| IssuerView {
        profession: issuer.profession.into(),
        specialties: issuer.specialties.clone(),
    };
    all.iter().map(view).collect()
}

/// Whether a quantity multiplies a limit is a question of limits by the month alone.
fn unknown(group: &DeviceGroup) -> Vec<UnknownOfGroup> {
    let limits = group.tiers.iter().flat_map(|tier| &tier.bands).filter_map(|band| band.limit);
    let is_by_month = limits.clone().any(|limit| limit.basis == LimitBasis::PerMonthTotal);
    let candidates = [
        (UnknownOfGroup::Sided, group.sided.is_none()),
        (UnknownOfGroup::IssuersFirst, group.issuers.first.is_none()),
        (UnknownOfGroup::IssuersContinuation, group.issuers.continuation.is_none()),
        (UnknownOfGroup::Criteria, group.criteria.is_none()),
        (UnknownOfGroup::Shortenable, group.shortenable.is_none()),
        (UnknownOfGroup::Multiplied, is_by_month && group.multiplied.is_none()),
    ];
    candidates.into_iter().filter(|(_, is_unknown)| *is_unknown).map(|(which, _)| which).collect()
}
