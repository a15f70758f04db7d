//! What is kept of a run: the figures, what they were measured on, and how they stand to each other.

use crate::Outcome;
use crate::machine::Machine;
use crate::settings::{CONNECTIONS, Scale};
use crate::tables;
use crate::workload::{Cell, Operation};
use chrono::{NaiveDate, Utc};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// The source that was measured.
#[derive(Clone, Debug)]
pub(crate) struct Commit {
    pub(crate) short: String,
    /// Whether the source was exactly that commit.
    pub(crate) is_clean: bool,
}

impl Commit {
    /// The title of a page: which source was measured, and when.
    pub(crate) fn heading(&self, what: &str, day: NaiveDate) -> String {
        let source = if self.is_clean { "" } else { " with changes that are not committed" };
        format!("# {what} of {day}, commit {}{source}\n", self.short)
    }

    pub(crate) fn find() -> Outcome<Self> {
        let short = git(&["rev-parse", "--short", "HEAD"])?;
        let is_clean = git(&["status", "--porcelain", "--untracked-files=no"])?.is_empty();
        Ok(Self { short, is_clean })
    }
}

fn git(arguments: &[&str]) -> Outcome<String> {
    let output = Command::new("git").args(["-C", env!("CARGO_MANIFEST_DIR")]).args(arguments).output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    } else {
        Err("git says no commit".into())
    }
}

/// All cells of one run.
pub(crate) struct Results {
    pub(crate) commit: Commit,
    pub(crate) machine: Machine,
    /// Of PostgreSQL.
    pub(crate) version: String,
    pub(crate) scale: Scale,
    pub(crate) hello: Vec<Cell>,
    pub(crate) sqlite: Vec<Cell>,
    pub(crate) postgres: Vec<Cell>,
    pub(crate) pgbench: Vec<Cell>,
}

/// How fast one thing is, measured by another of the same run.
#[derive(Clone, Debug)]
pub(crate) struct Ratio {
    pub(crate) name: String,
    /// At each number of [`CONNECTIONS`].
    pub(crate) values: Vec<f64>,
}

/// The operations of the service, in the order of the tables.
pub(crate) const SERVICE: [Operation; 4] =
    [Operation::Create, Operation::Submit, Operation::Read, Operation::List];

impl Results {
    /// What an operation is compared with, and its name: rows that must be written, or an answer that must be sent.
    pub(crate) fn yardstick(&self, operation: Operation) -> (&'static str, Operation, &[Cell]) {
        match operation {
            Operation::Create | Operation::Submit | Operation::Insert => {
                ("pgbench", Operation::Insert, &self.pgbench)
            }
            Operation::Read | Operation::List | Operation::Hello => ("hello", Operation::Hello, &self.hello),
        }
    }

    pub(crate) fn ratios(&self) -> Vec<Ratio> {
        let mut all = Vec::new();
        for operation in SERVICE {
            let (yardstick, other, cells) = self.yardstick(operation);
            let name = operation.name();
            let both = [("SQLite", &self.sqlite), ("PostgreSQL", &self.postgres)];
            for (database, own) in both {
                all.push(ratio(
                    format!("{name}: {database} ÷ {yardstick}"),
                    (own, operation),
                    (cells, other),
                ));
            }
            let (sqlite, postgres) = ((&*self.sqlite, operation), (&*self.postgres, operation));
            all.push(ratio(format!("{name}: SQLite ÷ PostgreSQL"), sqlite, postgres));
        }
        all
    }

    pub(crate) fn print(&self) -> Outcome<()> {
        Ok(write!(std::io::stdout(), "{}", tables::page(self, today()))?)
    }

    /// As a page and as data, named by day and commit.
    pub(crate) fn keep(&self, directory: &Path) -> Outcome<()> {
        std::fs::create_dir_all(directory)?;
        let name = format!("{}-{}", today(), self.commit.short);
        std::fs::write(directory.join(format!("{name}.md")), tables::page(self, today()))?;
        std::fs::write(directory.join(format!("{name}.json")), format!("{:#}\n", self.json()))?;
        Ok(())
    }

    fn json(&self) -> Value {
        let runners = [
            ("sqlite", &self.sqlite),
            ("postgresql", &self.postgres),
            ("hello", &self.hello),
            ("pgbench", &self.pgbench),
        ];
        let cells: Vec<Value> = runners
            .iter()
            .flat_map(|(runner, cells)| cells.iter().map(|cell| cell_json(runner, cell)))
            .collect();
        let ratios: Vec<Value> =
            self.ratios().iter().map(|ratio| json!({ "name": ratio.name, "values": ratio.values })).collect();
        json!({
            "date": today().to_string(), "commit": self.commit.short, "isClean": self.commit.is_clean,
            "isFull": self.scale.is_full && is_optimised(), "machine": self.machine.json(),
            "postgresVersion": self.version, "connections": CONNECTIONS, "cells": cells, "ratios": ratios,
        })
    }
}

/// Said on every page that is for looking, not for keeping.
pub(crate) const TRIAL: &str = "**A trial of the harness, not a measurement.**\n";

pub(crate) fn is_optimised() -> bool {
    !cfg!(debug_assertions)
}

pub(crate) fn find(cells: &[Cell], operation: Operation, connections: usize) -> Option<&Cell> {
    cells.iter().find(|cell| cell.operation == operation && cell.connections == connections)
}

fn ratio(name: String, above: (&[Cell], Operation), below: (&[Cell], Operation)) -> Ratio {
    let rate = |(cells, operation): (&[Cell], Operation), connections| {
        find(cells, operation, connections).map_or(f64::NAN, |cell| cell.measured.per_second())
    };
    let values = CONNECTIONS.iter().map(|count| rate(above, *count) / rate(below, *count)).collect();
    Ratio { name, values }
}

fn cell_json(runner: &str, cell: &Cell) -> Value {
    json!({
        "runner": runner, "operation": cell.operation.name(), "connections": cell.connections,
        "operations": cell.measured.operations(), "seconds": cell.measured.elapsed.as_secs_f64(),
        "perSecond": cell.measured.per_second(), "p50Milliseconds": cell.measured.milliseconds_at(0.5),
        "p99Milliseconds": cell.measured.milliseconds_at(0.99),
        "processSeconds": cell.spent.map(|spent| spent.process), "machineBusy": cell.spent.map(|spent| spent.machine),
    })
}

#[expect(clippy::disallowed_methods, reason = "the day of the run; nothing is decided by it")]
pub(crate) fn today() -> NaiveDate {
    Utc::now().date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_which_commit_was_measured_and_when() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap_or_default();
        let commit = |is_clean| Commit { short: "e7a73ca".to_owned(), is_clean };
        assert_eq!(commit(true).heading("Figures", day), "# Figures of 2026-11-27, commit e7a73ca\n");
        let changed = "# Figures of 2026-11-27, commit e7a73ca with changes that are not committed\n";
        assert_eq!(commit(false).heading("Figures", day), changed);
    }
}
