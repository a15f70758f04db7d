//! Rows 10 to 18: the minister, supply, and what came on paper.

use super::{Walker, ends, ends_with};
use crate::support::days_left;
use chrono::TimeDelta;
use domain::calendar::Term;
use domain::demand::clarification::Addressee;
use serde_json::json;
use testkit::{Case, Stage, approval, rejection, with};

/// Who answers for whom the minister asks.
fn answering(case: &Case, addressee: Addressee) -> &'static str {
    match addressee {
        Addressee::Physician => case.physician(),
        Addressee::Consultant => "consultant-nephrology",
        Addressee::ProductOffice => "product-officer",
        Addressee::AssessmentAgency => "agency-officer",
        Addressee::AgricultureMinistry => "agriculture-officer",
        Addressee::SanitaryInspectorate => "inspector",
    }
}

/// The officer asks, for a week; the steps of that question.
async fn ask(case: &Case, addressee: Addressee) -> String {
    let question =
        json!({ "addressee": addressee.name(), "question": "Dlaczego nie produkt krajowy?", "days": 7 });
    let asked = case.command("preparer", "clarifications", &question).await.is(201).at("/clarifications");
    let last = asked.as_array().unwrap().last().cloned().unwrap();
    assert_eq!((&last["addressee"], &last["state"]), (&json!(addressee.name()), &json!("OPEN")));
    format!("clarifications/{}", last["id"].as_str().unwrap())
}

impl Walker<'_> {
    pub(super) async fn asked(&self) -> Vec<String> {
        let case = self.case(Stage::Assigned).await;
        // KPA rolls over days off, and does not apply to foods.
        let term = if self.column.of_food { Term::calendar_days(7) } else { Term::kpa(7) };
        let mut states = Vec::new();
        for addressee in Addressee::ALL {
            let question = ask(&case, addressee).await;
            let seen = case.seen().await;
            ends_with(&seen, "CLARIFICATION", term);
            assert_eq!(seen["clocks"][0]["holder"], addressee.name());
            case.prepare(&approval("10")).await.refused(409, "demand.wrong_state");
            states.push(case.state().await);
            let reason = json!({ "reason": "Odpowiedź jest w aktach." });
            let closed = case.command("preparer", &format!("{question}/closure"), &reason).await.is(200);
            states.push(closed.text_at("/state"));
        }
        states
    }

    pub(super) async fn answered(&self) -> Vec<String> {
        let case = self.case(Stage::Assigned).await;
        let mut states = Vec::new();
        for addressee in Addressee::ALL {
            let step = format!("{}/answer", ask(&case, addressee).await);
            let answer = json!({ "answer": "Był nieskuteczny." });
            let answered = case.command(answering(&case, addressee), &step, &answer).await.is(200);
            states.push(answered.text_at("/state"));
        }
        case.prepare(&approval("10")).await.is(200);
        case.command("preparer", "resolution-draft/return", &json!({ "reason": "Do poprawy." }))
            .await
            .is(200);
        states.push(case.state().await);
        states
    }

    pub(super) async fn unanswered(&self) -> Vec<String> {
        let case = self.case(Stage::Assigned).await;
        let mut states = Vec::new();
        for addressee in Addressee::ALL {
            let question = ask(&case, addressee).await;
            self.pass(days_left(&case.seen().await, self.app.now())).await;
            assert_eq!(case.state().await, "CLARIFICATION", "the last day is not over");
            self.pass(1).await;
            let seen = self.app.as_persona("preparer").get(&case.path()).await.is(200);
            let last = seen.at("/clarifications").as_array().unwrap().last().cloned().unwrap();
            assert!(question.ends_with(last["id"].as_str().unwrap()));
            assert_eq!(
                (&last["state"], seen.text_at("/state").as_str()),
                (&json!("UNANSWERED"), "WITH_MINISTER")
            );
            states.push(case.state().await);
            let late = format!("{question}/answer");
            let late =
                case.command(answering(&case, addressee), &late, &json!({ "answer": "Za późno." })).await;
            assert!((400..500).contains(&late.status), "{addressee:?}: {}", late.text());
        }
        states
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
