//! What the demo prints: one aligned line for every step.

use super::DemoFault;
use super::api::text;
use crate::scenarios::Scenario;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::ids::SpaceId;
use serde_json::Value;
use std::io::Write;

/// A step as it is told.
pub(super) struct Line<'a> {
    /// Today in Warsaw, as the space lives it.
    pub(super) day: &'a str,
    pub(super) actor: &'a str,
    pub(super) step: &'a str,
    pub(super) state: &'a str,
    /// Empty where the step has none.
    pub(super) revision: &'a str,
    pub(super) more: &'a str,
}

pub(super) struct Report<'a> {
    out: &'a mut (dyn Write + Send),
    steps: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send)) -> Self {
        Self { out, steps: 0 }
    }

    pub(super) fn title(&mut self, text: &str) -> Result<(), DemoFault> {
        Ok(writeln!(self.out, "{text}")?)
    }

    pub(super) fn case(&mut self, scenario: &Scenario, space: &SpaceId) -> Result<(), DemoFault> {
        let used = if scenario.is_in_facility() { "IN_FACILITY" } else { "OUTSIDE_FACILITY" };
        self.chapter(&format!("{} · {used}", scenario.title), &scenario.description, space)
    }

    /// What is played next, and the headings of its steps.
    pub(super) fn chapter(
        &mut self,
        title: &str,
        description: &str,
        space: &SpaceId,
    ) -> Result<(), DemoFault> {
        writeln!(self.out, "\n{title} · space {space}\n{description}\n")?;
        let head = Line {
            day: "day",
            actor: "actor",
            step: "step",
            state: "state",
            revision: "rev",
            more: "clocks, what else",
        };
        self.row("#", &head)
    }

    pub(super) fn step(&mut self, line: &Line<'_>) -> Result<(), DemoFault> {
        self.steps += 1;
        self.row(&self.steps.to_string(), line)
    }

    pub(super) fn end(&mut self) -> Result<(), DemoFault> {
        Ok(writeln!(self.out, "\nAll cases went as expected: {} steps.", self.steps)?)
    }

    fn row(&mut self, number: &str, line: &Line<'_>) -> Result<(), DemoFault> {
        let Line { day, actor, step, state, revision, more } = line;
        let text =
            format!("{number:>3}  {day:<10}  {actor:<30}  {step:<30}  {state:<23}  {revision:>3}  {more}");
        Ok(writeln!(self.out, "{}", text.trim_end())?)
    }
}

/// Each running clock with the last day on which it can be kept: `OPINION to 2026-12-01`.
pub(super) fn clocks(demand: &Value) -> String {
    let told = |clock: &Value| {
        let kind = clock.get("kind")?.as_str()?;
        let due: DateTime<Utc> = clock.get("dueAt")?.as_str()?.parse().ok()?;
        Some(format!("{kind} to {}", warsaw_date(due - TimeDelta::seconds(1))))
    };
    let all = demand.get("clocks").and_then(Value::as_array);
    all.into_iter().flatten().filter_map(told).collect::<Vec<_>>().join(", ")
}

/// What was drawn by now: `imported 800, dispensed 400 of 720 TABLET`; nothing before the first entry.
pub(super) fn drawn(demand: &Value) -> String {
    let (imported, dispensed) = (text(demand, "/ledger/imported"), text(demand, "/ledger/dispensed"));
    let approved = text(demand, "/ruling/approvedQuantity/amount");
    if matches!(imported.as_str(), "" | "0") {
        return String::new();
    }
    let unit = text(demand, "/ruling/approvedQuantity/unit");
    format!("imported {imported}, dispensed {dispensed} of {approved} {unit}")
}

/// When the running clocks run out, soonest first: `OPINION at 2026-12-08T23:00:00Z`.
pub(super) fn clocks_due(demand: &Value) -> String {
    let told = |clock: &Value| {
        let at: DateTime<Utc> = clock.get("dueAt")?.as_str()?.parse().ok()?;
        Some(due(clock.get("kind")?.as_str()?, at))
    };
    let all = demand.get("clocks").and_then(Value::as_array);
    all.into_iter()
        .flatten()
        .map(|clock| told(clock).unwrap_or_else(|| clock.to_string()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A clock of this kind runs out at that instant.
pub(super) fn due(kind: &str, at: DateTime<Utc>) -> String {
    format!("{kind} at {}", at.to_rfc3339_opts(SecondsFormat::Secs, true))
}
