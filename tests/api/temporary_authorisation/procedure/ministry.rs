//! The rows that are the minister's, and those that end a notification.

use super::{Walker, refused_by};
use crate::support::{bare_answer, days_left, question};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{Term, end_of_day_warsaw};
use serde_json::json;
use testkit::{Notification, PROOF, REQUEST, Reached, consent, paper_notification, refusal, with, without};

impl Walker<'_> {
    pub(super) async fn prepared(&self) -> String {
        let free = self.notification(Reached::WithMinister).await;
        refused_by(&free.prepare(&consent(self.app, "10")).await, "resolution-draft", "TA-14");
        self.notification(Reached::Prepared).await.state().await
    }

    /// On paper in an outage, and entered three months after that; a batch that had expired when it was sent is refused.
    pub(super) async fn on_paper(&self) -> String {
        let content = self.content();
        let (outage, issued_on) = (self.app.outage_today().await, self.app.today());
        self.pass(90).await;
        let title = format!("{:?}", self.column);
        let entry = paper_notification(&content, &outage, issued_on, &title);
        let expired =
            with(entry.clone(), "/content/batches/0/expiresOn", json!(issued_on + TimeDelta::days(2)));
        refused_by(&self.app.enter_paper_notification(&expired).await, "paper-entries", "PE-23");
        let it = Notification::created(self.app, &self.app.enter_paper_notification(&entry).await.is(201));
        let state = it.state().await;
        refused_by(&it.prepare(&consent(self.app, "10")).await, "resolution-draft", "PE-31");
        it.add_scan(&title).await.is(201);
        refused_by(&it.prepare(&consent(self.app, "10")).await, "resolution-draft", "PE-32");
        it.add_named_file(PROOF).await.is(201);
        if content["purpose"] == "VETERINARY" {
            let refused = it.prepare(&consent(self.app, "10")).await;
            let place = "/content/attachments/agricultureMinisterRequest/sha256";
            refused.refused_at(409, "paper_entry.file_missing", place);
            it.add_named_file(REQUEST).await.is(201);
        }
        it.prepare(&consent(self.app, "10")).await.is(200);
        it.resolve().await.is(200);
        assert_eq!(it.state().await, "CONSENTED");
        state
    }

    pub(super) async fn taken_back(&self) -> String {
        let notification = self.notification(Reached::Prepared).await;
        let reason = json!({ "reason": "Za długi okres." });
        notification.command("decider", "resolution-draft/return", &reason).await.is(200).text_at("/state")
    }

    pub(super) async fn asked(&self) -> Notification {
        let notification = self.notification(Reached::Assigned).await;
        let of_another =
            notification.command("preparer-second", "clarifications", &question("WHOLESALER")).await;
        refused_by(&of_another, "clarifications", "TA-54");
        let hasty = with(question("WHOLESALER"), "/days", json!(6));
        refused_by(
            &notification.command("preparer", "clarifications", &hasty).await,
            "clarifications",
            "TA-55",
        );
        let week = with(question("WHOLESALER"), "/days", json!(7));
        notification.command("preparer", "clarifications", &week).await.is(201);
        let seen = notification.seen().await;
        assert_eq!(seen["clocks"][0]["kind"], "CLARIFICATION");
        let instant =
            |member: &str| seen["clocks"][0][member].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
        assert_eq!(instant("dueAt"), Term::kpa(7).due(instant("startedAt")));
        notification
    }

    pub(super) async fn step_of_question(notification: &Notification, step: &str) -> String {
        let seen = notification.seen().await;
        format!("clarifications/{}/{step}", seen["clarifications"][0]["id"].as_str().unwrap())
    }

    pub(super) async fn answered(&self, persona: &'static str) -> String {
        let notification = self.asked().await;
        let step = Self::step_of_question(&notification, "answer").await;
        refused_by(&notification.command("preparer", &step, &bare_answer()).await, "answer", "TA-57");
        notification.command(persona, &step, &bare_answer()).await.is(200).text_at("/state")
    }

    pub(super) async fn unanswered(&self) -> String {
        let notification = self.asked().await;
        self.pass(days_left(&notification.seen().await, self.app.now())).await;
        assert_eq!(notification.state().await, "CLARIFICATION", "the last day is not over");
        self.pass(1).await;
        let seen = notification.seen().await;
        assert_eq!(seen["clarifications"][0]["state"], "UNANSWERED");
        let late = Self::step_of_question(&notification, "answer").await;
        let late = notification.command("responsible-person", &late, &bare_answer()).await;
        late.refused(409, "demand.clarification_ended");
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn closed(&self) -> String {
        let notification = self.asked().await;
        let step = Self::step_of_question(&notification, "closure").await;
        let reason = json!({ "reason": "Odpowiedź jest w aktach." });
        refused_by(&notification.command("preparer-second", &step, &reason).await, "closure", "TA-60");
        notification.command("preparer", &step, &reason).await.is(200).text_at("/state")
    }

    pub(super) async fn consented(&self) -> String {
        let notification = self.notification(Reached::Assigned).await;
        let endless = without(without(consent(self.app, "10"), "/validFrom"), "/validUntil");
        refused_by(&notification.prepare(&endless).await, "resolution-draft", "TA-19");
        let more = with(consent(self.app, "10"), "/approvedQuantity/amount", json!("11"));
        refused_by(&notification.prepare(&more).await, "resolution-draft", "TA-18");
        notification.prepare(&consent(self.app, "10")).await.is(200);
        notification.resolve().await.is(200);
        let seen = notification.seen().await;
        assert!(seen["ruling"]["resolutionNumber"].as_str().unwrap().starts_with("ROZ-"));
        let last_day = self.app.today() + TimeDelta::days(90);
        assert_eq!(seen["clocks"][0]["kind"], "CONSENT_PERIOD");
        let due_at = seen["clocks"][0]["dueAt"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
        assert_eq!(due_at, end_of_day_warsaw(last_day));
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn refused(&self) -> String {
        let notification = self.notification(Reached::Assigned).await;
        let bare = json!({ "outcome": "REFUSED" });
        refused_by(&notification.prepare(&bare).await, "resolution-draft", "TA-23");
        notification.prepare(&refusal()).await.is(200);
        notification.resolve().await.is(200);
        notification.prepare(&consent(self.app, "10")).await.refused(409, "authorisation.wrong_state");
        notification.state().await
    }

    pub(super) async fn withdrawn(&self) -> Vec<String> {
        let reason = json!({ "reason": "Zagrożenie ustało." });
        let mut states = Vec::new();
        for reached in [Reached::Drafted, Reached::Submitted, Reached::WithMinister, Reached::Prepared] {
            let notification = self.notification(reached).await;
            states.push(notification.command("responsible-person", "withdrawal", &reason).await.is(200));
        }
        let waiting = self.asked().await;
        states.push(waiting.command("responsible-person", "withdrawal", &reason).await.is(200));
        let consented = self.notification(Reached::Consented).await;
        consented.seen().await;
        let late = consented.command("responsible-person", "withdrawal", &reason).await;
        late.refused(409, "authorisation.wrong_state");
        states.iter().map(|answer| answer.text_at("/state")).collect()
    }

    pub(super) async fn lapsed(&self) -> String {
        let notification = self.notification(Reached::Consented).await;
        self.pass(90).await;
        assert_eq!(notification.state().await, "CONSENTED", "the last day counts");
        self.pass(1).await;
        let seen = notification.seen().await;
        assert_eq!((&seen["lapsedAt"], &seen["clocks"]), (&seen["changedAt"], &json!([])));
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn revoked(&self) -> String {
        let notification = self.notification(Reached::Consented).await;
        let unprepared = json!({ "draftSha256": "0".repeat(64) });
        refused_by(&notification.command("decider", "revocation", &unprepared).await, "revocation", "TA-30");
        let draft = json!({ "grounds": "Zagrożenie ustało.", "legalBasis": "art. 4 ust. 8 PF" });
        notification.seen().await;
        let prepared = notification.command("preparer", "revocation-draft", &draft).await.is(200);
        refused_by(&notification.command("decider", "revocation", &unprepared).await, "revocation", "TA-32");
        let seen = json!({ "draftSha256": prepared.at("/ministryFile/revocationDraft/sha256") });
        notification.command("decider", "revocation", &seen).await.is(200).text_at("/state")
    }
}
