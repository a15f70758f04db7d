//! Rows 10 to 18: the minister, supply, and what came on paper.

use super::{Walker, ends, ends_with};
use crate::support::days_left;
use chrono::TimeDelta;
use domain::calendar::Term;
use serde_json::json;
use testkit::{Case, Stage, approval, rejection, with};

impl Walker<'_> {
    async fn asked_case(&self) -> Case {
        let case = self.case(Stage::Assigned).await;
        let question =
            json!({ "addressee": "PHYSICIAN", "question": "Dlaczego nie lek krajowy?", "days": 7 });
        case.command("preparer", "clarifications", &question).await.is(201);
        case
    }

    pub(super) async fn asked(&self) -> String {
        let case = self.asked_case().await;
        // KPA rolls over days off, and does not apply to foods.
        let term = if self.column.of_food { Term::calendar_days(7) } else { Term::kpa(7) };
        ends_with(&case.seen().await, "CLARIFICATION", term);
        case.prepare(&approval("10")).await.refused(409, "demand.wrong_state");
        case.state().await
    }

    pub(super) async fn answered(&self) -> String {
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

    pub(super) async fn unanswered(&self) -> String {
        let case = self.asked_case().await;
        self.pass(days_left(&case.seen().await, self.app.now())).await;
        assert_eq!(case.state().await, "CLARIFICATION", "the last day is not over");
        self.pass(1).await;
        let seen = case.seen().await;
        assert_eq!(seen["clarifications"][0]["state"], "UNANSWERED");
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn approved(&self) -> String {
        let case = self.case(Stage::Approved).await;
        let seen = case.seen().await;
        ends(&seen, "HANDOVER", 60);
        assert!(seen["ruling"]["resolutionNumber"].as_str().unwrap().starts_with("ROZ-"));
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn rejected(&self) -> String {
        let case = self.case(Stage::Assigned).await;
        let bare = json!({ "outcome": "REJECTED" });
        case.prepare(&bare).await.refused(422, "demand.grounds_required");
        case.prepare(&rejection()).await.is(200);
        case.resolve().await.is(200);
        case.withdraw().await.refused(409, "demand.wrong_state");
        assert_eq!(case.prepare(&approval("10")).await.status, 409, "it is final");
        case.state().await
    }

    pub(super) async fn retrieved(&self) -> String {
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

    pub(super) async fn not_passed_on(&self) -> String {
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
    pub(super) async fn on_paper(&self) -> String {
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

    pub(super) async fn realised(&self) -> String {
        let case = self.case(Stage::HandedOver).await;
        case.import(10).await.is(201);
        case.dispense(10).await.is(201).text_at("/state")
    }
}
