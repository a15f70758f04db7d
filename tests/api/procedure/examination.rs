//! Rows 1 to 9: the physician, the representative and the consultant.

use super::{Walker, ends};
use serde_json::json;
use testkit::{Case, Stage, with, without};

/// What a demand because of a disaster states beyond others (PF art. 4(9)).
const GUARDS: [(&str, &str); 5] = [
    ("/disaster/threat", "demand.disaster_threat"),
    ("/disaster/authorisation", "demand.disaster_authorisation"),
    ("/disaster/sourceCountryAuthorisation", "demand.disaster_source_authorisation"),
    ("/disaster/unavailability", "demand.disaster_unavailability"),
    ("/disaster/noEquivalent", "demand.disaster_equivalent"),
];

impl Walker<'_> {
    pub(super) async fn signed_by_the_physician(&self) -> String {
        let case = self.case(Stage::Drafted).await;
        let incomplete = without(case.seen().await["content"].clone(), "/justification");
        let physician = case.as_physician();
        let put = physician.put(&case.path(), &json!({ "content": incomplete })).if_match(case.revision());
        case.follow(&put.send().await.is(200));
        case.submit().await.refused(422, "demand.field_required");
        if self.column.of_disaster {
            self.refused_without_a_guard().await;
        }
        let case = self.case(Stage::Submitted).await;
        ends(&case.seen().await, "SUBMISSION_TO_MINISTER", 60);
        case.state().await
    }

    /// What PF art. 4(9) asks for must stand in it, and each guard is missed by itself.
    async fn refused_without_a_guard(&self) {
        for (pointer, code) in GUARDS {
            let case = Case::of(self.app, &without(self.content(), pointer)).await;
            case.submit().await.refused_at(422, code, &format!("/content{pointer}"));
            assert_eq!(case.state().await, "DRAFT");
        }
    }

    /// Nobody moves for so many days: at the end of the last one it is returned, and not before.
    pub(super) async fn silent(&self, stage: Stage, days: i64, reason: &str) -> String {
        let case = self.case(stage).await;
        let waiting = case.state().await;
        self.pass(days).await;
        assert_eq!(case.state().await, waiting, "day {days} is not over");
        self.pass(1).await;
        let seen = case.seen().await;
        assert_eq!(seen["examination"]["returned"]["reason"], reason);
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn refused_by_the_consultant(&self) -> String {
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

    pub(super) async fn late_while_returned(&self) -> String {
        let case = self.returned().await;
        self.pass(60).await;
        assert_eq!(case.state().await, "RETURNED");
        self.pass(1).await;
        self.final_state(&case, "NOT_SUBMITTED").await
    }

    pub(super) async fn late_while_awaited(&self) -> String {
        let case = self.returned().await;
        self.pass(58).await;
        let other = self.app.consultant("consultant-paediatrics");
        case.command(case.physician(), "submission", &other).await.is(200);
        self.pass(3).await;
        self.final_state(&case, "NOT_SUBMITTED").await
    }

    /// The sixty days count from the first issue, whatever is signed again and whoever has days left.
    pub(super) async fn late_before_the_representative(&self) -> String {
        let case = self.case(Stage::Submitted).await;
        let reason = json!({ "reason": "Brak środków." });
        case.command("director", "representative-refusal", &reason).await.is(200);
        self.pass(58).await;
        assert_eq!(case.state().await, "RETURNED");
        let again = self.app.consultant("consultant-nephrology");
        case.command(case.physician(), "submission", &again).await.is(200);
        let seen = case.seen().await;
        assert_eq!(seen["state"], "AWAITING_REPRESENTATIVE");
        ends(&seen, "REPRESENTATIVE_APPROVAL", 3);
        self.pass(3).await;
        self.final_state(&case, "NOT_SUBMITTED").await
    }

    /// Expired for that reason, and nobody of the clinic moves it any more.
    pub(super) async fn final_state(&self, case: &Case, reason: &str) -> String {
        let seen = case.seen().await;
        assert_eq!(seen["expiry"], reason);
        assert_eq!(seen["clocks"], json!([]));
        case.withdraw().await.refused(409, "demand.wrong_state");
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn corrected(&self) -> String {
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

    pub(super) async fn with_another_consultant(&self) -> String {
        let case = self.returned().await;
        self.pass(10).await;
        let other = self.app.consultant("consultant-paediatrics");
        case.command(case.physician(), "submission", &other).await.is(200);
        let seen = case.seen().await;
        ends(&seen, "SUBMISSION_TO_MINISTER", 60);
        ends(&seen, "OPINION", 7);
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn given_up(&self) -> String {
        let case = self.returned().await;
        case.withdraw().await.is(200).text_at("/state")
    }
}
