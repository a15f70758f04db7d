//! Reading a catalogue from its table: every fault of every row is told with its line and column, and nothing is
//! taken of a table that has one.

mod cells;

use super::listed::{BandPlace, BandWords, Listed};
use super::model::{
    AgeRange, Band, DeviceGroup, Issuers, Largest, LensBand, Limit, LimitBasis, Tier, UsagePeriod,
};
use super::refusals::{LIMIT_BASIS, ROWS_DISAGREE};
use super::table;
use crate::problem::Violation;
use crate::values::{DeviceCode, Grosze, PayerCode, Percent};
use cells::{COLUMNS, Cells, GROUP_COLUMNS, TIER_COLUMNS};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A row with its code and first day, by which rows are put together.
struct Read<'t> {
    code: DeviceCode,
    valid_from: NaiveDate,
    cells: Cells<'t>,
}

/// The groups of a table in the order of their codes and days, or every fault of it.
pub fn read(text: &str) -> Result<Vec<Listed>, Vec<Violation>> {
    let rows = table::rows(text);
    let (headings, rows) = cells::under_headings(&rows)?;
    let mut faults = Vec::new();
    let mut versions: BTreeMap<(DeviceCode, NaiveDate), Vec<Read<'_>>> = BTreeMap::new();
    for row in rows {
        let Some(mut cells) = Cells::of(&headings, row, &mut faults) else { continue };
        let code = cells.needed("code", DeviceCode::parse);
        let valid_from = cells.needed("validFrom", cells::day);
        faults.append(&mut cells.faults);
        if let (Some(code), Some(valid_from)) = (code, valid_from) {
            versions.entry((code.clone(), valid_from)).or_default().push(Read { code, valid_from, cells });
        }
    }
    let mut groups = Vec::new();
    for mut rows in versions.into_values() {
        disagreements(&rows, &mut faults);
        groups.extend(version(&mut rows));
        for row in &mut rows {
            faults.append(&mut row.cells.faults);
        }
    }
    faults.sort_by_key(|fault| cells::line_of(&fault.pointer));
    faults.dedup();
    if faults.is_empty() { Ok(groups) } else { Err(faults) }
}

/// What rows of one version, and of one tier, repeat must be the same (CG-01).
fn disagreements(rows: &[Read<'_>], faults: &mut Vec<Violation>) {
    let Some((first, others)) = rows.split_first() else { return };
    for row in others {
        for column in GROUP_COLUMNS {
            if row.cells.text(column) != first.cells.text(column) {
                faults.push(row.cells.fault(column, ROWS_DISAGREE));
            }
        }
        let of_tier = rows.iter().find(|other| other.cells.text("tier") == row.cells.text("tier"));
        for column in TIER_COLUMNS {
            if of_tier.is_some_and(|same| row.cells.text(column) != same.cells.text(column)) {
                faults.push(row.cells.fault(column, ROWS_DISAGREE));
            }
        }
    }
}

fn version(rows: &mut [Read<'_>]) -> Option<Listed> {
    let mut tiers: Vec<Tier> = Vec::new();
    let (mut bands, mut notes) = (Vec::new(), Vec::new());
    for row in rows.iter_mut() {
        let Some((tier, words)) = tier(&mut row.cells) else { continue };
        bands.extend(words);
        notes.extend(row.cells.text("note").map(str::to_owned).filter(|note| !notes.contains(note)));
        match tiers.iter_mut().find(|other| other.number == tier.number) {
            Some(same) => same.bands.extend(tier.bands),
            None => tiers.push(tier),
        }
    }
    tiers.sort_by_key(|tier| tier.number);
    let first = rows.first_mut()?;
    let issuers = first.cells.text("issuersWords").map(str::to_owned);
    let group = group(first, tiers)?;
    Some(Listed { group, issuers, bands, notes, entered: Vec::new() })
}

fn group(row: &mut Read<'_>, tiers: Vec<Tier>) -> Option<DeviceGroup> {
    let cells = &mut row.cells;
    let (name, supply, unit) = (
        cells.needed("name", cells::words),
        cells.needed("supply", cells::word),
        cells.needed("unit", cells::word),
    );
    let issuers = Issuers {
        first: cells.optional("issuersFirst", cells::issuers),
        continuation: cells.optional("issuersContinuation", cells::issuers),
    };
    Some(DeviceGroup {
        code: row.code.clone(),
        name: name?,
        valid_from: row.valid_from,
        valid_to: cells.optional("validTo", cells::day),
        supply: supply?,
        unit: unit?,
        sided: cells.optional("sided", cells::yes_or_no),
        stoma: cells.optional("stoma", cells::word),
        lens: cells.optional("lens", cells::word),
        issuers,
        criteria: cells.text("criteria").map(str::to_owned),
        shared_limit: cells.text("sharedLimit").map(str::to_owned),
        shortenable: cells.optional("shortenable", cells::yes_or_no),
        multiplied: cells.optional("multiplied", cells::yes_or_no),
        largest: largest(cells, "largestPieces", "largestMonths"),
        tiers,
    })
}

/// The tier of a row with the row's band alone, and what is said of it in words.
fn tier(cells: &mut Cells<'_>) -> Option<(Tier, Option<BandWords>)> {
    let (number, name) = (cells.needed("tier", cells::number), cells.needed("tierName", cells::words));
    let (source, confidence) =
        (cells.needed("source", cells::words), cells.needed("confidence", cells::word));
    let payer_code = cells.optional("payerCode", PayerCode::parse);
    let (lens, repair_limit) = (lens(cells), cells.optional("repairLimit", Grosze::parse));
    let largest = largest(cells, "tierLargestPieces", "tierLargestMonths");
    let band = band(cells);
    let place = BandPlace { tier: number?, ages: band.ages, pregnant: band.pregnant };
    let words = cells.text("usageWords").map(|usage| BandWords { place, usage: usage.to_owned() });
    let tier = Tier {
        number: number?,
        payer_code,
        name: name?,
        lens,
        largest,
        repair_limit,
        bands: vec![band],
        source: source?,
        confidence: confidence?,
    };
    Some((tier, words))
}

fn band(cells: &mut Cells<'_>) -> Band {
    let from = cells.optional("ageFrom", cells::number);
    let below = cells.optional("ageBelow", cells::number);
    Band {
        ages: AgeRange { from, below },
        pregnant: cells.optional("pregnant", cells::yes_or_no),
        limit: limit(cells),
        copay: cells.optional("copay", |text| cells::number(text).and_then(Percent::new)),
        usage: cells.optional("usage", usage),
    }
}

/// An amount says nothing unless one knows what it is for (CG-05).
fn limit(cells: &mut Cells<'_>) -> Option<Limit> {
    let amount = cells.optional("limit", Grosze::parse);
    let basis: Option<LimitBasis> = cells.optional("limitBasis", cells::word);
    if cells.text("limit").is_some() != cells.text("limitBasis").is_some() {
        cells.faults.push(cells.fault("limitBasis", LIMIT_BASIS));
    }
    Some(Limit { amount: amount?, basis: basis? })
}

fn largest(cells: &mut Cells<'_>, pieces: &'static str, months: &'static str) -> Option<Largest> {
    if cells.text(pieces).is_none() && cells.text(months).is_none() {
        return None;
    }
    let (pieces, months) =
        (cells.needed(pieces, crate::values::Pieces::parse), cells.needed(months, cells::number));
    Some(Largest { pieces: pieces?, months: months? })
}

/// Bounds in quarters of a dioptre; a bound that is left empty is never reached.
fn lens(cells: &mut Cells<'_>) -> Option<LensBand> {
    let sphere_from: Option<u32> = cells.optional("sphereFrom", cells::number);
    let cylinder_from: Option<u32> = cells.optional("cylinderFrom", cells::number);
    if sphere_from.is_none() && cylinder_from.is_none() {
        return None;
    }
    let never = |bound: Option<u32>| bound.unwrap_or(u32::MAX);
    Some(LensBand { sphere_from: never(sphere_from), cylinder_from: never(cylinder_from) })
}

fn usage(text: &str) -> Result<UsagePeriod, &'static crate::problem::ProblemType> {
    match text {
        "ONCE" => Ok(UsagePeriod::Once),
        "AS_NEEDED" => Ok(UsagePeriod::AsNeeded),
        months => cells::number(months).map(UsagePeriod::Months),
    }
}

/// The columns of a table, for whoever writes one.
pub fn columns() -> &'static [&'static str] {
    &COLUMNS
}

#[cfg(test)]
mod tests;
