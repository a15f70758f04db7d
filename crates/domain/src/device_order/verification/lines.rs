//! What the payer bears of an order: one line for each code, tier and side, with its limit and the payer's share.

use super::{Facts, Insurance};
use crate::calendar::age_on;
use crate::device_group::refusals::FIGURES_UNKNOWN;
use crate::device_group::{Band, DeviceGroup, DeviceUnit, LensBand, LimitBasis, Tier};
use crate::device_order::content::{
    AdditionalCode, Content, Device, Dioptres, Lens, OrderedSupply, OtherDevice, Sides,
};
use crate::device_order::model::{ConfirmedLine, Side};
use crate::device_order::money::{LimitKind, Terms};
use crate::device_order::quantity::{Measure, admitted, is_lifted};
use crate::device_order::refusals::QUANTITY_EXCEEDED;
use crate::problem::Violation;
use crate::values::{DeviceCode, Grosze, Percent, Pieces};
use chrono::NaiveDate;

/// The figures of a code are not known here: they stay unknown, never zero.
pub type Unknown = Violation;

/// The lines of an order, `Err(None)` where the content or the list lacks what a line needs, which a rule says itself.
pub fn confirm(content: &Content, facts: &Facts) -> Result<Vec<ConfirmedLine>, Option<Unknown>> {
    let wanted = wanted(content, facts).ok_or(None)?;
    let patient = Bearer::of(content, facts).ok_or(None)?;
    let measure = facts.measure(content);
    let cap = Cap::of(&measure, facts);
    let lines = wanted.iter().flat_map(|one| {
        one.tiers.iter().map(|tier| patient.line(tier, one, cap.of_line(&measure, one, tier)))
    });
    let lines: Option<Vec<ConfirmedLine>> = lines.collect();
    lines.filter(|lines| !lines.is_empty()).ok_or_else(|| Some(unknown()))
}

/// How far the list bounds what is confirmed.
#[derive(Clone, Copy)]
enum Cap {
    /// An entitlement or an officer lifts the list's quantity.
    Lifted,
    /// A tier has no more than its own bound, though another one may have all that is ordered.
    Tier,
    /// At take-up the order gets what the list still admits, as age and entitlement are then (DO-34).
    Whole,
}

impl Cap {
    fn of(measure: &Measure, facts: &Facts) -> Self {
        // What exceeds the list at the first look is negative; accepted by an officer it is confirmed as ordered.
        let is_accepted = if facts.is_first { measure.exceeds() } else { facts.waives(QUANTITY_EXCEEDED) };
        match (is_lifted(measure.content) || is_accepted, facts.is_first) {
            (true, _) => Self::Lifted,
            (false, true) => Self::Tier,
            (false, false) => Self::Whole,
        }
    }

    fn of_line(self, measure: &Measure, wanted: &Wanted, tier: &Tier) -> Pieces {
        match self {
            Self::Lifted => wanted.pieces,
            Self::Tier => measure.capped(wanted.group, tier, wanted.pieces, false),
            Self::Whole => measure.capped(wanted.group, tier, wanted.pieces, true),
        }
    }
}

/// The same where nothing is known but the list of the day.
pub fn figures_known_on(content: &Content, groups: &[DeviceGroup], on: NaiveDate) -> Vec<Violation> {
    let insurance = Insurance::NotAsked { is_outage: false };
    let none = Facts {
        on,
        groups,
        insurance,
        supplied: &[],
        others: &[],
        is_incomplete: false,
        specialties: None,
        earlier: &[],
        waived: &[],
        is_first: true,
    };
    figures_known(content, &none)
}

/// Refused before anything is signed: an order for a code whose figures nobody has entered (CG-13).
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
    let tiers = admitted(device, group);
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
    fn line(&self, tier: &Tier, wanted: &Wanted, pieces: Pieces) -> Option<ConfirmedLine> {
        let band = tier.band(self.age, self.is_pregnant)?;
        Some(ConfirmedLine {
            code: wanted.group.code.clone(),
            tier: tier.number,
            side: wanted.side,
            pieces,
            ages: band.ages,
            terms: Terms {
                kind: kind(band)?,
                limit: self.limit(band, tier, wanted)?,
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
    fn limit(&self, band: &Band, tier: &Tier, wanted: &Wanted) -> Option<Grosze> {
        let limit = band.limit?;
        if limit.basis != LimitBasis::PerMonthTotal {
            return Some(limit.amount);
        }
        let lifts = self.entitlement.is_some_and(AdditionalCode::lifts_quantity_and_period);
        let (ordered, of) = multiple(wanted, tier);
        // Whether it grows decides about the patient's money: unknown is neither (CG-13).
        let grows = lifts && ordered > of && wanted.group.multiplied?;
        let (ordered, of) = if grows { (ordered, of) } else { (1, 1) };
        let amount = i128::from(limit.amount.get()) * ordered * i128::from(wanted.times) / of;
        i64::try_from(amount).ok().and_then(|amount| Grosze::new(amount).ok())
    }
}

/// How many times the month's amount is ordered, as a fraction: that is what the pieces of a monthly amount are, and of pieces it
/// is how often they go into what the list has.
fn multiple(wanted: &Wanted, tier: &Tier) -> (i128, i128) {
    match (wanted.group.unit, tier.largest.or(wanted.group.largest)) {
        (DeviceUnit::MonthlyAmount, _) => (wanted.pieces.to_hundredths().into(), 100),
        (_, Some(largest)) => {
            let ordered = wanted.pieces.times(largest.months).into();
            (ordered, i128::from(largest.pieces.to_hundredths().max(1)))
        }
        (_, None) => (1, 1),
    }
}

fn kind(band: &Band) -> Option<LimitKind> {
    Some(match band.limit?.basis {
        LimitBasis::PerPiece | LimitBasis::PerItem => LimitKind::PerPiece,
        LimitBasis::PerMonthTotal | LimitBasis::PerUsagePeriod => LimitKind::ForQuantity,
    })
}
