//! The rows of supply, and of new batches.

use super::{Walker, refused_by};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{Notification, Reached, consent, with, without};

impl Walker<'_> {
    pub(super) async fn retrieved(&self) -> String {
        let notification = self.notification(Reached::Consented).await;
        let who = self.app.as_persona("pharmacist");
        for number in ["authorisationNumber", "resolutionNumber"] {
            let one = without(notification.numbers().await, &format!("/{number}"));
            let refused = who.look("/api/v1/supply/retrievals", &one).await;
            assert_eq!(refused.status, 422, "both numbers, not one: {}", refused.text());
        }
        notification.retrieve("pharmacist").await.is(200).text_at("/state")
    }

    pub(super) async fn handed_over(&self) -> String {
        let late = self.notification(Reached::Consented).await;
        late.retrieve("pharmacist").await.is(200);
        self.pass(91).await;
        assert_eq!(late.state().await, "LAPSED");
        late.hand_over("pharmacist").await.refused(409, "authorisation.wrong_state");
        let notification = self.notification(Reached::HandedOver).await;
        refused_by(&notification.hand_over("pharmacist").await, "handover", "TA-38");
        notification.retrieve("hospital-pharmacist").await.is(200);
        notification.hand_over("hospital-pharmacist").await.is(200);
        let seen = notification.seen().await;
        assert_eq!(seen["passedOn"].as_array().unwrap().len(), 2);
        seen["state"].as_str().unwrap().to_owned()
    }

    pub(super) async fn drawn_down(&self) -> String {
        let notification = self.notification(Reached::HandedOver).await;
        refused_by(
            &notification.draw("wholesaler", &notification.entry("IMPORTED", 11)).await,
            "realisations",
            "TA-43",
        );
        let other = with(notification.entry("IMPORTED", 1), "/batch", json!("L26A009"));
        refused_by(&notification.draw("wholesaler", &other).await, "realisations", "TA-49");
        let beyond = notification.draw("wholesaler", &notification.entry("IMPORTED", 7)).await;
        refused_by(&beyond, "realisations", "TA-85");
        notification.draw("wholesaler", &notification.entry("IMPORTED", 6)).await.is(201);
        notification.draw("pharmacist", &notification.entry("DISPENSED", 6)).await.is(201).text_at("/state")
    }

    pub(super) async fn added(&self) -> String {
        let base = self.notification(Reached::Consented).await;
        let batch = |number: &str| {
            let expires_on = self.app.today() + TimeDelta::days(400);
            json!({
                "quantity": { "amount": "5", "unit": "PACK" },
                "batches": [{
                    "number": number, "expiresOn": expires_on, "quantity": { "amount": "5", "unit": "PACK" },
                }],
            })
        };
        let open = async |body: Value| {
            let who = self.app.as_persona("responsible-person");
            let opened = who.post(&base.path_of("additions"), &body).send().await.is(201);
            Notification::created(self.app, &opened)
        };
        let known = open(batch("L26A001")).await;
        refused_by(&known.submit().await, "submission of an addition", "TA-35");
        let addition = open(batch("L26B003")).await.until(Reached::Assigned).await;
        refused_by(&addition.prepare(&consent(self.app, "5")).await, "resolution-draft", "TA-20");
        addition
            .prepare(&without(without(consent(self.app, "5"), "/validFrom"), "/validUntil"))
            .await
            .is(200);
        addition.resolve().await.is(200);
        let whole = base.seen().await;
        assert_eq!(whole["ruling"]["totalQuantity"]["amount"], "15");
        assert_eq!(addition.seen().await["ruling"]["validUntil"], whole["ruling"]["validUntil"]);
        addition.state().await
    }
}
