//! The page of results, in Markdown.

use crate::load::Measured;
use crate::report::{Results, SERVICE, TRIAL, find, is_optimised};
use crate::settings::CONNECTIONS;
use crate::workload::{Cell, Operation};
use chrono::NaiveDate;
use std::fmt::Write as _;

pub(crate) fn page(results: &Results, day: NaiveDate) -> String {
    let mut page = format!("{}\n", results.commit.heading("Figures", day));
    if !results.scale.is_full || !is_optimised() {
        page.push_str(TRIAL);
        page.push('\n');
    }
    // Writing to a String cannot fail.
    let _ = writeln!(
        page,
        "{}. PostgreSQL {}; every commit waits for the disk on both databases. Load and servers share the machine. \
         `bench/README.md` says how to read this.\n",
        results.machine.sentence(),
        results.version
    );
    page.push_str(&figures(results));
    page.push_str(&ratios(results));
    page.push_str(&effort(results));
    page
}

fn figures(results: &Results) -> String {
    let mut rows = vec![
        [
            "operation",
            "connections",
            "SQLite /s",
            "p50 ms",
            "p99 ms",
            "PostgreSQL /s",
            "p50 ms",
            "p99 ms",
            "beside it",
            "/s",
            "p50 ms",
            "p99 ms",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for operation in SERVICE {
        let (name, other, cells) = results.yardstick(operation);
        for connections in CONNECTIONS {
            let mut row = vec![operation.name().to_owned(), connections.to_string()];
            row.extend(measured(find(&results.sqlite, operation, connections)));
            row.extend(measured(find(&results.postgres, operation, connections)));
            row.push(name.to_owned());
            row.extend(measured(find(cells, other, connections)));
            rows.push(row);
        }
    }
    format!("## Operations per second\n\n{}\n", table(&rows))
}

fn measured(cell: Option<&Cell>) -> [String; 3] {
    let tell = |number: Option<f64>, places: usize| {
        number.map_or_else(|| "–".to_owned(), |number| format!("{number:.places$}"))
    };
    let measured = cell.map(|cell| &cell.measured);
    [
        tell(measured.map(Measured::per_second), 0),
        tell(measured.map(|measured| measured.milliseconds_at(0.5)), 2),
        tell(measured.map(|measured| measured.milliseconds_at(0.99)), 2),
    ]
}

fn ratios(results: &Results) -> String {
    let mut head = vec!["ratio".to_owned()];
    head.extend(CONNECTIONS.map(|count| format!("at {count}")));
    let mut rows = vec![head];
    for ratio in results.ratios() {
        let mut row = vec![ratio.name];
        row.extend(ratio.values.iter().map(|value| part(*value)));
        rows.push(row);
    }
    format!("## Ratios within this run\n\n{}\n", table(&rows))
}

/// Two places, and three where the first two would say little.
fn part(value: f64) -> String {
    if value < 0.1 { format!("{value:.3}") } else { format!("{value:.2}") }
}

/// What an operation cost: where the machine is full, this is what has to become less.
fn effort(results: &Results) -> String {
    let mut rows = vec![
        ["operation", "connections", "SQLite µs", "machine busy", "PostgreSQL µs", "machine busy"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for operation in SERVICE {
        for connections in CONNECTIONS {
            let mut row = vec![operation.name().to_owned(), connections.to_string()];
            row.extend(spent(find(&results.sqlite, operation, connections)));
            row.extend(spent(find(&results.postgres, operation, connections)));
            rows.push(row);
        }
    }
    for connections in CONNECTIONS {
        let hello = spent(find(&results.hello, Operation::Hello, connections));
        let none = ["–", "–"].map(str::to_owned);
        rows.push(
            [vec!["hello".to_owned(), connections.to_string()], hello.to_vec(), none.to_vec()].concat(),
        );
    }
    format!(
        "## Processor time of the service's process for one operation\n\nOn PostgreSQL the database's own processes \
         come on top. The hello server stands in the first column.\n\n{}",
        table(&rows)
    )
}

fn spent(cell: Option<&Cell>) -> [String; 2] {
    let found = cell.and_then(|cell| Some((cell.spent?, u32::try_from(cell.measured.operations()).ok()?)));
    match found {
        Some((spent, operations)) if operations > 0 => {
            let each = spent.process * 1_000_000.0 / f64::from(operations);
            [format!("{each:.0}"), format!("{:.0} %", spent.machine * 100.0)]
        }
        Some(_) | None => ["–", "–"].map(str::to_owned),
    }
}

/// Aligned, so that it can be read without being rendered; figures to the right.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let is_figure = |column: usize| {
        rows.iter()
            .skip(1)
            .filter_map(|row| row.get(column))
            .all(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || c == '–'))
    };
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let padding = " ".repeat(width(column) - cell.chars().count());
            let padded =
                if is_figure(column) { format!("{padding}{cell}") } else { format!("{cell}{padding}") };
            text.push_str("| ");
            text.push_str(&padded);
            text.push(' ');
        }
        text.push_str("|\n");
        if number == 0 {
            for column in 0..columns {
                text.push('|');
                text.push_str(&"-".repeat(width(column) + 1));
                text.push(if is_figure(column) { ':' } else { '-' });
            }
            text.push_str("|\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_to_the_right() {
        let rows =
            [["ratio", "at 1"], ["read", "0.50"], ["ab", "–"]].map(|row| row.map(str::to_owned).to_vec());
        let expected = "| ratio | at 1 |\n|-------|-----:|\n| read  | 0.50 |\n| ab    |    – |\n";
        assert_eq!(table(&rows), expected);
    }
}
