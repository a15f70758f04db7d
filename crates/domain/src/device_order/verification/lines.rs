//! What the payer bears of an order: one line for each code, tier and side, with its limit and the payer's share.

use super::Facts;
use crate::calendar::age_on;
use crate::device_group::refusals::FIGURES_UNKNOWN;
use crate::device_group::{Band, DeviceGroup, LensBand, LimitBasis, Tier};
use crate::device_order::content::{
    AdditionalCode, Content, Device, Dioptres, Lens, OrderedSupply, OtherDevice, Sides,
};
use crate::device_order::model::{ConfirmedLine, Side};
use crate::device_order::money::{LimitKind, Terms};
use crate::problem::Violation;
use crate::values::{DeviceCode, Grosze, Percent, Pieces};

/// The figures of a code are not known here: they stay unknown, never zero.
pub type Unknown = Violation;

/// The lines of an order, `Err(None)` where the content or the list lacks what a line needs, which a rule says itself.
pub fn confirm(content: &Content, facts: &Facts) -> Result<Vec<ConfirmedLine>, Option<Unknown>> {
    let wanted = wanted(content, facts).ok_or(None)?;
    let patient = Bearer::of(content, facts).ok_or(None)?;
    let lines = wanted.iter().flat_map(|one| one.tiers.iter().map(|tier| patient.line(tier, one)));
    let lines: Option<Vec<ConfirmedLine>> = lines.collect();
    lines.filter(|lines| !lines.is_empty()).ok_or_else(|| Some(unknown()))
}

/// Refused before anything is signed: an order for a code whose figures nobody has entered.
pub fn figures_known(content: &Content, facts: &Facts) -> Vec<Violation> {
    match confirm(content, facts) {
        Err(Some(unknown)) => vec![unknown],
        Ok(_) | Err(None) => Vec::new(),
    }
}

fn unknown() -> Unknown {
    Violation::new(FIGURES_UNKNOWN, "/content/device")
}

/// What is wanted of one code and side: so many pieces, of any of these tiers.
struct Wanted<'a> {
    group: &'a DeviceGroup,
    tiers: Vec<&'a Tier>,
    side: Option<Side>,
    pieces: Pieces,
    /// How many times the limit of a month counts: once for each stoma.
    times: u32,
}

/// `None` where a code is not in the list, which a rule says.
fn wanted<'a>(content: &Content, facts: &Facts<'a>) -> Option<Vec<Wanted<'a>>> {
    let group = |code: &DeviceCode| facts.groups.iter().find(|group| group.code == *code);
    let pieces = match content.supply.as_ref()? {
        OrderedSupply::Monthly { pieces_a_month, .. } => *pieces_a_month,
        OrderedSupply::OneOff { pieces } => Pieces::from_hundredths(i64::from(*pieces) * 100).ok()?,
    };
    match content.device.as_ref()? {
        Device::Other(device) => Some(of_other(device, group(&device.code)?, pieces)),
        Device::Lenses(ordered) => {
            ordered.lenses.iter().map(|lens| of_lens(lens, group(&lens.code)?)).collect()
        }
    }
}

fn of_other<'a>(device: &OtherDevice, group: &'a DeviceGroup, pieces: Pieces) -> Vec<Wanted<'a>> {
    let is_named = |tier: &&Tier| {
        let has_code = |code| tier.payer_code.as_ref().is_none_or(|it| it == code);
        device.tier.is_none_or(|number| number == tier.number)
            && device.payer_code.as_ref().is_none_or(has_code)
    };
    let tiers: Vec<&Tier> = group.tiers.iter().filter(is_named).collect();
    let times = device.stoma.map_or(1, |stoma| stoma.count);
    Sides::each(device.sides)
        .iter()
        .map(|side| Wanted { group, tiers: tiers.clone(), side: *side, pieces, times })
        .collect()
}

/// One piece of the tier whose bounds the lens reaches.
fn of_lens<'a>(lens: &Lens, group: &'a DeviceGroup) -> Option<Wanted<'a>> {
    let pieces = Pieces::from_hundredths(100).ok()?;
    let tiers = tier_of(lens, group).into_iter().collect();
    Some(Wanted { group, tiers, side: Some(lens.eye.side()), pieces, times: 1 })
}

/// The strongest tier that the lens reaches with its sphere or its cylinder.
fn tier_of<'a>(lens: &Lens, group: &'a DeviceGroup) -> Option<&'a Tier> {
    let sphere = lens.sphere.map_or(0, Dioptres::strength);
    let cylinder = lens.cylinder.map_or(0, Dioptres::strength);
    let reaches = |band: LensBand| {
        // A tier without a bound of its own in the cylinder is reached by the sphere alone.
        sphere >= band.sphere_from || (band.cylinder_from > 0 && cylinder >= band.cylinder_from)
    };
    group
        .tiers
        .iter()
        .filter(|tier| tier.lens.is_some_and(|band| band.sphere_from == 0 || reaches(band)))
        .max_by_key(|tier| tier.lens.map(|band| band.sphere_from))
}

/// The patient, as far as money depends on them.
struct Bearer {
    age: u8,
    is_pregnant: bool,
    entitlement: Option<AdditionalCode>,
}

impl Bearer {
    fn of(content: &Content, facts: &Facts) -> Option<Self> {
        let age = u8::try_from(age_on(content.patient.born()?, facts.on)).ok()?;
        let entitlement = content.additional_entitlement.as_ref().map(|entitlement| entitlement.code);
        Some(Self { age, is_pregnant: content.patient.pregnant, entitlement })
    }

    /// `None` where the figures are not known.
    fn line(&self, tier: &Tier, wanted: &Wanted) -> Option<ConfirmedLine> {
        let band = tier.band(self.age, self.is_pregnant)?;
        Some(ConfirmedLine {
            code: wanted.group.code.clone(),
            tier: tier.number,
            side: wanted.side,
            pieces: wanted.pieces,
            terms: Terms {
                kind: kind(band)?,
                limit: self.limit(band, wanted)?,
                refund: self.copay(band)?.rest(),
            },
        })
    }

    /// War invalids and those like them pay nothing within the limit (DO-55).
    fn copay(&self, band: &Band) -> Option<Percent> {
        let is_lifted = self.entitlement.is_some_and(AdditionalCode::lifts_copay);
        if is_lifted { Some(Percent::ZERO) } else { band.copay }
    }

    /// An amount by the month is borne for each stoma, and grows with the ordered quantity where the entitlement lifts
    /// the bounds and the list lets it grow (DO-53); what is borne by the piece stays (DO-52).
    fn limit(&self, band: &Band, wanted: &Wanted) -> Option<Grosze> {
        let limit = band.limit?;
        if limit.basis != LimitBasis::PerMonthTotal {
            return Some(limit.amount);
        }
        let lifts = self.entitlement.is_some_and(AdditionalCode::lifts_quantity_and_period);
        let hundredths = if lifts && wanted.group.multiplied != Some(false) {
            wanted.pieces.to_hundredths().max(100)
        } else {
            100
        };
        let amount = i128::from(limit.amount.get()) * i128::from(hundredths) * i128::from(wanted.times) / 100;
        i64::try_from(amount).ok().and_then(|amount| Grosze::new(amount).ok())
    }
}

fn kind(band: &Band) -> Option<LimitKind> {
    Some(match band.limit?.basis {
        LimitBasis::PerPiece | LimitBasis::PerItem => LimitKind::PerPiece,
        LimitBasis::PerMonthTotal | LimitBasis::PerUsagePeriod => LimitKind::ForQuantity,
    })
}
