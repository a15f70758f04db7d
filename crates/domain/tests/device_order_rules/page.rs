//! The page as people read it.

use crate::row::Row;
use crate::sources::{Found, Sources};
use crate::{number_of, rows};
use domain::device_order::rulebook;
use std::collections::BTreeSet;

const HEAD: &str = "# Rules of orders for medical devices, and what proves them

Every rule that was found in the law, the payer's description of its interface (eZWM v2.1.6) and what the payer tells
patients and providers, by its number. The table is written by a test, which also looks whether what it names is there;
[docs/rules/device_order.md](rules/device_order.md) has the parts of a rule (`DO-36b`) with their words and refusals.
A rule with nothing in the last column is held as a whole. What is open says why.

";

const HEADINGS: [&str; 6] = ["Rule", "What it says", "Legal unit", "Where it is held", "Proved by", "Open"];

pub(crate) fn page(sources: &Sources) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head = line(&HEADINGS.map(str::to_owned));
    let rule = format!("|{}\n", "---|".repeat(HEADINGS.len()));
    let rows: String = rows::all().map(|row| line(&cells(row, sources))).collect();
    format!("{HEAD}{}\n\n{head}{rule}{rows}", counted())
}

/// How many are held as a whole, in part, and not at all.
fn counted() -> String {
    let count = |of: fn(&Row) -> bool| rows::all().filter(|row| of(row)).count();
    let whole = count(|row| row.open.is_none());
    let part = count(|row| row.open.is_some() && !row.code.is_empty());
    let none = count(|row| row.code.is_empty());
    format!("{whole} are held as a whole, {part} with something open, {none} not at all.")
}

fn cells(row: &Row, sources: &Sources) -> [String; 6] {
    let all = |found: Vec<Result<Found, String>>| {
        let links = found.into_iter().flatten().map(|it| it.link());
        links.collect::<Vec<_>>().join(", ")
    };
    let legal = if row.legal.is_empty() { legal_of_the_book(row.number) } else { row.legal.to_owned() };
    [
        format!("DO-{}{}", row.number, parts(row.number)),
        row.says.to_owned(),
        legal,
        all(row.code.iter().map(|unit| sources.unit(unit)).collect()),
        all(row.tests.iter().map(|test| sources.test(test)).collect()),
        row.open.unwrap_or_default().to_owned(),
    ]
}

/// The letters under which the rule book has the number.
fn parts(number: u8) -> String {
    let entries = rulebook::entries();
    let own = entries.iter().filter(|entry| number_of(entry.number) == number);
    let letters: BTreeSet<&str> =
        own.map(|entry| entry.number.trim_start_matches(|sign: char| !sign.is_ascii_lowercase())).collect();
    let letters: Vec<&str> = letters.into_iter().filter(|letter| !letter.is_empty()).collect();
    if letters.is_empty() { String::new() } else { format!(" ({})", letters.join(", ")) }
}

/// The units that the rule book gives for the number, each once.
pub(crate) fn legal_of_the_book(number: u8) -> String {
    let entries = rulebook::entries();
    let own = entries.iter().filter(|entry| number_of(entry.number) == number);
    let mut units: Vec<&str> = Vec::new();
    for unit in own.flat_map(|entry| entry.legal.split("; ")) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units.join("; ")
}
