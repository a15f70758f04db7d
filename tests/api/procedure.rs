//! The whole procedure of a demand as the law has it (PF art. 4, 4ac, 4ad, UBZZ art. 29a), row by row, for medicines, foods
//! and medicines because of a disaster, each in both uses: from where, on what, to where. Time is let pass by moving the
//! clock, in a facility with the worker firing, outside without.

mod examination;
mod ruling;

use chrono::{DateTime, Utc};
use domain::calendar::Term;
use serde_json::Value;
use testkit::{Case, Stage, TestApp, because_of_disaster, food, on_both, outside_facility};

/// One row: what happens, and every state to which it may lead.
struct Row {
    number: u8,
    says: &'static str,
    to: &'static [&'static str],
    walked: Walked,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Walked {
    InBothUses,
    InFacility,
}

use Walked::{InBothUses, InFacility};

const fn row(number: u8, walked: Walked, says: &'static str, to: &'static [&'static str]) -> Row {
    Row { number, says, to, walked }
}

const AWAITING: &[&str] = &["AWAITING_REPRESENTATIVE", "AWAITING_CONSULTANT"];

const ROWS: [Row; 18] = [
    row(1, InBothUses, "a physician creates it", &["DRAFT"]),
    row(2, InBothUses, "the physician signs; the sixty days begin", AWAITING),
    row(3, InFacility, "the representative signs", &["AWAITING_CONSULTANT"]),
    row(4, InFacility, "no signature within three days", &["RETURNED"]),
    row(5, InBothUses, "the consultant confirms", &["WITH_MINISTER"]),
    row(6, InBothUses, "the consultant refuses, with a justification", &["RETURNED"]),
    row(7, InBothUses, "no answer within seven days", &["RETURNED"]),
    row(8, InBothUses, "sixty days since the issue, wherever it is before the minister", &["EXPIRED"]),
    row(
        9,
        InBothUses,
        "corrected and signed again, another consultant, or withdrawn",
        &["AWAITING_REPRESENTATIVE", "AWAITING_CONSULTANT", "WITHDRAWN"],
    ),
    row(10, InBothUses, "an officer prepares a resolution", &["RESOLUTION_PREPARED"]),
    row(11, InBothUses, "an officer asks, and goes on", &["CLARIFICATION", "WITH_MINISTER"]),
    row(12, InBothUses, "the decider signs a positive one; the second sixty days begin", &["APPROVED"]),
    row(13, InBothUses, "the decider signs a negative one", &["REJECTED"]),
    row(14, InBothUses, "a pharmacy retrieves it", &["APPROVED"]),
    row(15, InBothUses, "it is handed to a wholesaler", &["WITH_WHOLESALER"]),
    row(16, InBothUses, "sixty days without a hand-over", &["EXPIRED"]),
    row(17, InBothUses, "the product arrives and is dispensed", &["REALISED"]),
    row(18, InBothUses, "on paper in an outage, entered later", &["WITH_MINISTER"]),
];

/// What is demanded, and where it is used.
#[derive(Clone, Copy, Debug)]
struct Column {
    of_food: bool,
    in_facility: bool,
    of_disaster: bool,
}

const COLUMNS: [Column; 6] = [
    Column { of_food: false, in_facility: true, of_disaster: false },
    Column { of_food: false, in_facility: false, of_disaster: false },
    Column { of_food: true, in_facility: true, of_disaster: false },
    Column { of_food: true, in_facility: false, of_disaster: false },
    Column { of_food: false, in_facility: true, of_disaster: true },
    Column { of_food: false, in_facility: false, of_disaster: true },
];

/// Walks these rows and tells which they were.
async fn walk(app: &TestApp, numbers: std::ops::RangeInclusive<u8>) {
    for row in ROWS.iter().filter(|row| numbers.contains(&row.number)) {
        for column in COLUMNS.into_iter().filter(|column| column.in_facility || row.walked == InBothUses) {
            let walker = Walker { app, column };
            for state in walker.reached(row.number).await {
                assert!(row.to.contains(&state.as_str()), "row {}: {}: {state}", row.number, row.says);
                eprintln!("row {}: {} ({column:?}): {state}", row.number, row.says);
            }
        }
    }
}

struct Walker<'a> {
    app: &'a TestApp,
    column: Column,
}

impl Walker<'_> {
    fn content(&self) -> Value {
        let Column { of_food, in_facility, of_disaster } = self.column;
        let content = if in_facility { testkit::in_facility(self.app) } else { outside_facility(self.app) };
        match (of_food, of_disaster) {
            (true, _) => food(content),
            (false, true) => because_of_disaster(content),
            (false, false) => content,
        }
    }

    async fn case(&self, stage: Stage) -> Case {
        Case::of(self.app, &self.content()).await.until(stage).await
    }

    /// Lets days pass.
    async fn pass(&self, days: i64) {
        self.app.advance_days(days);
        if self.column.in_facility {
            self.app.fire_due("walker").await;
        }
    }

    /// Plays the row, with its guards, in every way that it has; the states that were reached.
    async fn reached(&self, number: u8) -> Vec<String> {
        match number {
            1 => vec![self.case(Stage::Drafted).await.state().await],
            2 => vec![self.signed_by_the_physician().await],
            3 => vec![self.case(Stage::WithConsultant).await.state().await],
            4 => vec![self.silent(Stage::Submitted, 3, "REPRESENTATIVE_SILENT").await],
            5 => vec![self.case(Stage::WithMinister).await.state().await],
            6 => vec![self.refused_by_the_consultant().await],
            7 => vec![self.silent(Stage::WithConsultant, 7, "CONSULTANT_SILENT").await],
            8 if self.column.in_facility => vec![
                self.late_while_returned().await,
                self.late_while_awaited().await,
                self.late_before_the_representative().await,
            ],
            8 => vec![self.late_while_returned().await, self.late_while_awaited().await],
            9 => vec![self.corrected().await, self.with_another_consultant().await, self.given_up().await],
            10 => vec![self.case(Stage::Prepared).await.state().await],
            11 => [self.asked().await, self.answered().await, self.unanswered().await].concat(),
            12 => vec![self.approved().await],
            13 => vec![self.rejected().await],
            14 => vec![self.retrieved().await],
            15 => vec![self.case(Stage::HandedOver).await.state().await],
            16 => vec![self.not_passed_on().await],
            17 => vec![self.realised().await],
            18 => vec![self.on_paper().await],
            _ => Vec::new(),
        }
    }
}

/// The term runs, and ends so many full days after it began.
fn ends(seen: &Value, kind: &str, days: u32) {
    ends_with(seen, kind, Term::calendar_days(days));
}

fn ends_with(seen: &Value, kind: &str, term: Term) {
    let clocks = seen["clocks"].as_array().unwrap();
    let clock = clocks.iter().find(|clock| clock["kind"] == kind).unwrap_or_else(|| panic!("{kind}: {seen}"));
    let instant = |member: &str| clock[member].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    assert_eq!(instant("dueAt"), term.due(instant("startedAt")), "{kind}");
}

#[test]
fn every_row_has_a_place() {
    let numbers: Vec<u8> = ROWS.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=18).collect::<Vec<u8>>());
}

on_both! {
    async fn rows_1_to_3_lead_to_the_consultant(app: TestApp) {
        walk(&app, 1..=3).await;
    }

    async fn rows_4_to_7_end_the_waiting(app: TestApp) {
        walk(&app, 4..=7).await;
    }

    async fn rows_8_and_9_end_or_resume_what_came_back(app: TestApp) {
        walk(&app, 8..=9).await;
    }

    async fn rows_10_to_13_are_the_ministers(app: TestApp) {
        walk(&app, 10..=13).await;
    }

    async fn rows_14_to_17_are_of_supply(app: TestApp) {
        walk(&app, 14..=17).await;
    }

    async fn row_18_is_paper(app: TestApp) {
        walk(&app, 18..=18).await;
    }
}
