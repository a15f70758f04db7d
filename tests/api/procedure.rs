//! The whole procedure of a demand as the law has it (PF art. 4, 4ac, 4ad, UBZZ art. 29a), row by row, for medicines and
//! foods in both uses: from where, on what, to where. Time is let pass by moving the clock, in a facility with the worker firing, outside without.

use crate::support::days_left;
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::Term;
use serde_json::{Value, json};
use testkit::{Case, Stage, TestApp, approval, food, on_both, outside_facility, rejection, with, without};

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
}

const COLUMNS: [Column; 4] = [
    Column { of_food: false, in_facility: true },
    Column { of_food: false, in_facility: false },
    Column { of_food: true, in_facility: true },
    Column { of_food: true, in_facility: false },
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
        let Column { of_food, in_facility } = self.column;
        let content = if in_facility { testkit::in_facility(self.app) } else { outside_facility(self.app) };
        if of_food { food(content) } else { content }
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
            8 => vec![self.late_while_returned().await, self.late_while_awaited().await],
            9 => vec![self.corrected().await, self.with_another_consultant().await, self.given_up().await],
            10 => vec![self.case(Stage::Prepared).await.state().await],
            11 => vec![self.asked().await, self.answered().await, self.unanswered().await],
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

    async fn signed_by_the_physician(&self) -> String {
        let case = self.case(Stage::Drafted).await;
        let incomplete = without(case.seen().await["content"].clone(), "/justification");
        let physician = case.as_physician();
        let put = physician.put(&case.path(), &json!({ "content": incomplete })).if_match(case.revision());
        case.follow(&put.send().await.is(200));
        case.submit().await.refused(422, "demand.field_required");
        let case = self.case(Stage::Submitted).await;
        ends(&case.seen().await, "SUBMISSION_TO_MINISTER", 60);
        case.state().await
    }

    /// Nobody moves for so many days: at the end of the last one it is returned, and not before.
    async fn silent(&self, stage: Stage, days: i64, reason: &str) -> String {
        let case = self.case(stage).await;
        let waiting = case.state().await;
        self.pass(days).await;
        assert_eq!(case.state().await, waiting, "day {days} is not over");
        self.pass(1).await;
        let seen = case.seen().await;
        assert_eq!(seen["examination"]["returned"]["reason"], reason);
        seen["state"].as_str().unwrap().to_owned()
    }

    async fn refused_by_the_consultant(&self) -> String {
        let case = self.case(Stage::WithConsultant).await;
        let bare = case.signed("consultant-nephrology", "opinion", json!({ "verdict": "REFUSED" })).await;
        let refused = case.command("consultant-nephrology", "opinion", &bare).await;
        refused.refused(422, "demand.opinion_needs_justification");
        let fields = json!({ "verdict": "REFUSED", "justification": "Są leki dostępne w kraju." });
        let body = case.signed("consultant-nephrology", "opinion", fields).await;
        case.command("consultant-nephrology", "opinion", &body).await.is(200).text_at("/state")
    }

    /// Back with the physician, who was told that it is another field.
    async fn returned(&self) -> Case {
        let case = self.case(Stage::WithConsultant).await;
        let answer = json!({ "verdict": "NOT_MY_FIELD" });
        case.command("consultant-nephrology", "opinion", &answer).await.is(200);
        case
    }

    async fn late_while_returned(&self) -> String {
        let case = self.returned().await;
        self.pass(60).await;
        assert_eq!(case.state().await, "RETURNED");
        self.pass(1).await;
        self.final_state(&case, "NOT_SUBMITTED").await
    }

    async fn late_while_awaited(&self) -> String {
        let case = self.returned().await;
        self.pass(58).await;
        let other = self.app.consultant("consultant-paediatrics");
        case.command(case.physician(), "submission", &other).await.is(200);
        self.pass(3).await;
        self.final_state(&case, "NOT_SUBMITTED").await
    }

    /// Expired for that reason, and nobody of the clinic moves it any more.
    async fn final_state(&self, case: &Case, reason: &str) -> String {
        let seen = case.seen().await;
        assert_eq!(seen["expiry"], reason);
        assert_eq!(seen["clocks"], json!([]));
        case.withdraw().await.refused(409, "demand.wrong_state");
        seen["state"].as_str().unwrap().to_owned()
    }

    async fn corrected(&self) -> String {
        let case = self.returned().await;
        let first = case.seen().await["firstIssuedOn"].clone();
        self.pass(10).await;
        let content = with(case.seen().await["content"].clone(), "/treatmentDays", json!(45));
        let put =
            case.as_physician().put(&case.path(), &json!({ "content": content })).if_match(case.revision());
        case.follow(&put.send().await.is(200));
        let unsigned = self.app.consultant("consultant-nephrology");
        case.command(case.physician(), "submission", &unsigned)
            .await
            .refused(422, "demand.signature_required");
        case.submit().await.is(200);
        let seen = case.seen().await;
        ends(&seen, "SUBMISSION_TO_MINISTER", 60);
        assert_eq!((&seen["firstIssuedOn"], seen["contentVersion"].as_i64()), (&first, Some(2)));
        seen["state"].as_str().unwrap().to_owned()
    }

    async fn with_another_consultant(&self) -> String {
        let case = self.returned().await;
        self.pass(10).await;
        let other = self.app.consultant("consultant-paediatrics");
        case.command(case.physician(), "submission", &other).await.is(200);
        let seen = case.seen().await;
        ends(&seen, "SUBMISSION_TO_MINISTER", 60);
        ends(&seen, "OPINION", 7);
        seen["state"].as_str().unwrap().to_owned()
    }

    async fn given_up(&self) -> String {
        let case = self.returned().await;
        case.withdraw().await.is(200).text_at("/state")
    }

    async fn asked_case(&self) -> Case {
        let case = self.case(Stage::Assigned).await;
        let question =
            json!({ "addressee": "PHYSICIAN", "question": "Dlaczego nie lek krajowy?", "days": 7 });
        case.command("preparer", "clarifications", &question).await.is(201);
        case
    }

    async fn asked(&self) -> String {
        let case = self.asked_case().await;
        // KPA rolls over days off, and does not apply to foods.
        let term = if self.column.of_food { Term::calendar_days(7) } else { Term::kpa(7) };
        ends_with(&case.seen().await, "CLARIFICATION", term);
        case.prepare(&approval("10")).await.refused(409, "demand.wrong_state");
        case.state().await
    }

    async fn answered(&self) -> String {
        let case = self.asked_case().await;
        let id = case.seen().await["clarifications"][0]["id"].as_str().unwrap().to_owned();
        let answer = json!({ "answer": "Był nieskuteczny." });
        let step = format!("clarifications/{id}/answer");
        case.command(case.physician(), &step, &answer).await.is(200);
        case.prepare(&approval("10")).await.is(200);
        case.command("preparer", "resolution-draft/return", &json!({ "reason": "Do poprawy." }))
            .await
            .is(200);
        case.state().await
    }

    async fn unanswered(&self) -> String {
        let case = self.asked_case().await;
        self.pass(days_left(&case.seen().await, self.app.now())).await;
        assert_eq!(case.state().await, "CLARIFICATION", "the last day is not over");
        self.pass(1).await;
        let seen = case.seen().await;
        assert_eq!(seen["clarifications"][0]["state"], "UNANSWERED");
        seen["state"].as_str().unwrap().to_owned()
    }

    async fn approved(&self) -> String {
        let case = self.case(Stage::Approved).await;
        let seen = case.seen().await;
        ends(&seen, "HANDOVER", 60);
        assert!(seen["ruling"]["resolutionNumber"].as_str().unwrap().starts_with("ROZ-"));
        seen["state"].as_str().unwrap().to_owned()
    }

    async fn rejected(&self) -> String {
        let case = self.case(Stage::Assigned).await;
        let bare = json!({ "outcome": "REJECTED" });
        case.prepare(&bare).await.refused(422, "demand.grounds_required");
        case.prepare(&rejection()).await.is(200);
        case.resolve().await.is(200);
        case.withdraw().await.refused(409, "demand.wrong_state");
        assert_eq!(case.prepare(&approval("10")).await.status, 409, "it is final");
        case.state().await
    }

    async fn retrieved(&self) -> String {
        let case = self.case(Stage::Approved).await;
        let one = json!({ "demandNumber": case.number });
        let pharmacist = self.app.as_persona("pharmacist");
        pharmacist.look("/api/v1/supply/retrievals", &one).await.refused(422, "supply.retrieval_pair");
        case.retrieve("pharmacist").await.is(200);
        let logged = format!(
            "SELECT count(*) AS number FROM audit WHERE action = 'retrieve_demand' AND document_id = '{}'",
            case.id,
        );
        assert_eq!(self.app.count_of(logged).await, 1, "the look-up is logged");
        case.state().await
    }

    async fn not_passed_on(&self) -> String {
        let case = self.case(Stage::Retrieved).await;
        let resolved = self.app.today();
        self.pass(60).await;
        assert_eq!(case.state().await, "APPROVED", "the sixtieth day is not over");
        self.pass(1).await;
        let state = self.final_state(&case, "NOT_REALISED").await;
        let mut receipt = case.numbers().await;
        receipt["pharmacyId"] = json!(self.app.organisation("pharmacy"));
        receipt["passedOn"] = json!(resolved + TimeDelta::days(60));
        let lifted =
            self.app.as_persona("wholesaler").post("/api/v1/supply/paper-receipts", &receipt).send().await;
        assert_eq!(
            lifted.is(201).text_at("/state"),
            "WITH_WHOLESALER",
            "a proof of timely passing on lifts it"
        );
        state
    }

    /// On paper in an outage, sent on the sixtieth day, and entered a month after that.
    async fn on_paper(&self) -> String {
        let (outage, issued_on) = (self.app.outage_today().await, self.app.today());
        self.pass(90).await;
        let title = format!("{:?}", self.column);
        let entry = testkit::paper_entry(self.app, self.content(), &outage, issued_on, &title);
        let late = with(entry.clone(), "/sentOn", json!(issued_on + TimeDelta::days(61)));
        self.app.enter_paper(&late).await.refused_at(422, "paper_entry.sent_late", "/sentOn");
        let case = Case::created(self.app, &self.app.enter_paper(&entry).await.is(201));
        let seen = case.seen().await;
        assert_eq!((&seen["issuedOn"], &seen["firstIssuedOn"]), (&json!(issued_on), &json!(issued_on)));
        assert_eq!(seen["clocks"], json!([]));
        self.pass(61).await;
        assert_eq!(case.state().await, "WITH_MINISTER", "what was sent in time does not expire");
        case.add_scan(&title).await.is(201);
        case.prepare(&approval("10")).await.is(200);
        case.command("preparer", "resolution-draft/return", &json!({ "reason": "Do poprawy." }))
            .await
            .is(200);
        case.state().await
    }

    async fn realised(&self) -> String {
        let case = self.case(Stage::HandedOver).await;
        case.import(10).await.is(201);
        case.dispense(10).await.is(201).text_at("/state")
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
