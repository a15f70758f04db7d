//! The cells of a row under their headings: an empty cell is unknown, and a cell that cannot be read is a fault.

use crate::device_group::model::{Issuer, Profession};
use crate::device_group::refusals::{TABLE_CELL, TABLE_CELL_MISSING, TABLE_COLUMNS, TABLE_ROW};
use crate::device_group::table::Row;
use crate::problem::{ProblemType, Violation};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};
use std::str::FromStr;

/// The same in every row of a version.
pub(super) const GROUP_COLUMNS: [&str; 18] = [
    "code",
    "validFrom",
    "validTo",
    "name",
    "supply",
    "unit",
    "sided",
    "stoma",
    "lens",
    "issuersFirst",
    "issuersContinuation",
    "issuersWords",
    "criteria",
    "sharedLimit",
    "shortenable",
    "multiplied",
    "largestPieces",
    "largestMonths",
];

/// The same in every row of a tier.
pub(super) const TIER_COLUMNS: [&str; 10] = [
    "tier",
    "payerCode",
    "tierName",
    "sphereFrom",
    "cylinderFrom",
    "tierLargestPieces",
    "tierLargestMonths",
    "repairLimit",
    "source",
    "confidence",
];

/// All columns; every table has each of them once, in any order.
pub(super) const COLUMNS: [&str; 37] = [
    "code",
    "validFrom",
    "validTo",
    "name",
    "supply",
    "unit",
    "sided",
    "stoma",
    "lens",
    "issuersFirst",
    "issuersContinuation",
    "issuersWords",
    "criteria",
    "sharedLimit",
    "shortenable",
    "multiplied",
    "largestPieces",
    "largestMonths",
    "tier",
    "payerCode",
    "tierName",
    "sphereFrom",
    "cylinderFrom",
    "tierLargestPieces",
    "tierLargestMonths",
    "repairLimit",
    "ageFrom",
    "ageBelow",
    "pregnant",
    "limit",
    "limitBasis",
    "copay",
    "usage",
    "usageWords",
    "source",
    "confidence",
    "note",
];

/// What the reading of a cell may say.
type Taken<T> = Result<T, &'static ProblemType>;

/// A row, read column by column.
pub(super) struct Cells<'t> {
    headings: Vec<&'t str>,
    row: &'t Row,
    pub faults: Vec<Violation>,
}

/// Headings and the rows below them.
pub(super) fn under_headings(rows: &[Row]) -> Result<(Vec<&str>, &[Row]), Vec<Violation>> {
    let Some((first, rows)) = rows.split_first() else {
        return Err(vec![Violation::new(TABLE_COLUMNS, place(1, "code"))]);
    };
    let headings: Vec<&str> = first.cells.iter().map(String::as_str).collect();
    let count = |column: &str| headings.iter().filter(|heading| **heading == column).count();
    let missing = COLUMNS.into_iter().filter(|column| count(column) != 1);
    let unknown = headings.iter().copied().filter(|heading| !COLUMNS.contains(heading));
    let faults: Vec<Violation> = missing
        .chain(unknown)
        .map(|column| Violation::new(TABLE_COLUMNS, place(first.line, column)))
        .collect();
    if faults.is_empty() { Ok((headings, rows)) } else { Err(faults) }
}

impl<'t> Cells<'t> {
    pub(super) fn of(headings: &[&'t str], row: &'t Row, faults: &mut Vec<Violation>) -> Option<Self> {
        if row.cells.len() != headings.len() {
            faults.push(Violation::new(TABLE_ROW, place(row.line, "")));
            return None;
        }
        Some(Self { headings: headings.to_vec(), row, faults: Vec::new() })
    }

    /// The cell as it stands; `None` where it is empty.
    pub(super) fn text(&self, column: &str) -> Option<&'t str> {
        let at = self.headings.iter().position(|heading| *heading == column)?;
        self.row.cells.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    pub(super) fn fault(&self, column: &str, problem: &'static ProblemType) -> Violation {
        Violation::new(problem, place(self.row.line, column))
    }

    /// A cell that may be unknown.
    pub(super) fn optional<T>(&mut self, column: &'static str, read: impl Fn(&str) -> Taken<T>) -> Option<T> {
        match read(self.text(column)?) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.faults.push(self.fault(column, problem));
                None
            }
        }
    }

    /// A cell that may not.
    pub(super) fn needed<T>(&mut self, column: &'static str, read: impl Fn(&str) -> Taken<T>) -> Option<T> {
        if self.text(column).is_none() {
            self.faults.push(self.fault(column, TABLE_CELL_MISSING));
            return None;
        }
        self.optional(column, read)
    }
}

/// Where a fault stands, for the reader of a report.
fn place(line: usize, column: &str) -> String {
    if column.is_empty() { format!("line {line}") } else { format!("line {line}, column {column}") }
}

/// The line of such a place, by which faults are put in order.
pub(super) fn line_of(place: &str) -> usize {
    let digits = place.trim_start_matches("line ").split(',').next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

pub(super) fn words(text: &str) -> Taken<String> {
    if text.trim() == text { Ok(text.to_owned()) } else { Err(TABLE_CELL) }
}

pub(super) fn day(text: &str) -> Taken<NaiveDate> {
    text.parse().map_err(|_| TABLE_CELL)
}

pub(super) fn number<T: FromStr>(text: &str) -> Taken<T> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().map_err(|_| TABLE_CELL)
    } else {
        Err(TABLE_CELL)
    }
}

pub(super) fn yes_or_no(text: &str) -> Taken<bool> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(TABLE_CELL),
    }
}

/// A word in capitals, as the type is written elsewhere.
pub(super) fn word<T: DeserializeOwned>(text: &str) -> Taken<T> {
    let written: StrDeserializer<'_, Error> = text.into_deserializer();
    T::deserialize(written).map_err(|_| TABLE_CELL)
}

/// `PHYSICIAN:urolog,neurolog;NURSE`.
pub(super) fn issuers(text: &str) -> Taken<Vec<Issuer>> {
    text.split(';').map(issuer).collect()
}

fn issuer(text: &str) -> Taken<Issuer> {
    let (profession, specialties) = match text.split_once(':') {
        Some((profession, specialties)) => (profession, specialties.split(',').collect()),
        None => (text, Vec::new()),
    };
    let is_legal = |word: &&str| !word.is_empty() && word.trim() == *word && word.to_lowercase() == **word;
    if !specialties.iter().all(is_legal) {
        return Err(TABLE_CELL);
    }
    let profession: Profession = word(profession)?;
    Ok(Issuer { profession, specialties: specialties.into_iter().map(str::to_owned).collect() })
}
