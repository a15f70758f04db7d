//! Cases that meet silence: one is returned, signed again and comes to a good end; two expire, before the minister and after.

use super::DemoFault;
use super::api::Api;
use super::case::{Case, Expected};
use super::fault::{differs, same};
use super::timeline::SUBMISSION_TO_MINISTER;
use crate::scenarios;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// The seven days of the consultant, the day of the event not counted, and the midnight that ends them.
const PAST_THE_OPINION: u16 = 8;
/// The same of the sixty days for sending it to the minister, and of those for passing it on.
const PAST_SIXTY_DAYS: u16 = 61;

impl Case<'_, '_> {
    /// Returned by silence, corrected and signed again: what follows is a case like any other.
    pub(super) async fn play_signed_again(mut self) -> Result<(), DemoFault> {
        self.draft().await?;
        self.submit().await?;
        let returned = Expected { state: "RETURNED", clocks: &[SUBMISSION_TO_MINISTER] };
        self.wait("a week without an opinion", PAST_THE_OPINION, returned).await?;
        self.correct(returned).await?;
        self.submit().await?;
        self.give_opinion().await?;
        self.prepare().await?;
        self.resolve().await?;
        self.pass_on().await?;
        self.draw_down().await?;
        self.check_publicly("REALISED").await
    }

    /// Returned, and left lying: it expires before it reaches the minister, and its copy is a demand of its own.
    pub(super) async fn play_never_submitted(mut self) -> Result<(), DemoFault> {
        self.draft().await?;
        self.submit().await?;
        self.send_back().await?;
        self.expire("sixty days since the issue", "NOT_SUBMITTED").await?;
        self.copy().await
    }

    /// Approved, and passed on by nobody.
    pub(super) async fn play_never_passed_on(mut self) -> Result<(), DemoFault> {
        self.draft().await?;
        self.submit().await?;
        self.give_opinion().await?;
        self.prepare().await?;
        self.resolve().await?;
        self.expire("sixty days without hand-over", "NOT_REALISED").await?;
        self.check_publicly("EXPIRED").await
    }

    /// The consultant whom it names is of another field.
    async fn send_back(&mut self) -> Result<(), DemoFault> {
        let who = self.consultant()?;
        let body = json!({ "verdict": "NOT_MY_FIELD" });
        let answer = self.api.write(&self.path("/opinion"), &who, Some(self.etag()), &body).await?;
        let returned = Expected { state: "RETURNED", clocks: &[SUBMISSION_TO_MINISTER] };
        self.took(&who, "opinion NOT_MY_FIELD", &answer, returned)
    }

    async fn expire(&mut self, step: &str, reason: &str) -> Result<(), DemoFault> {
        self.wait(step, PAST_SIXTY_DAYS, Expected { state: "EXPIRED", clocks: &[] }).await?;
        let who = self.physician;
        let seen = self.api.get(&self.path(""), Some(&who)).await?;
        same(step, "why it expired", &reason.to_owned(), &seen.text("/expiry"))?;
        self.told(who.key(), "reads why it expired", "EXPIRED", reason)
    }

    async fn copy(&mut self) -> Result<(), DemoFault> {
        let who = self.physician;
        let copied = self.api.write(&self.path("/copies"), &who, None, &json!({})).await?;
        same("copy", "what it is based on", &self.id, &copied.text("/basedOn"))?;
        let step = format!("copy {}", copied.text("/number"));
        self.told(who.key(), &step, &copied.text("/state"), "a demand of its own")
    }

    /// Lets the days pass; what falls due fires by itself.
    async fn wait(&mut self, step: &str, days: u16, expected: Expected) -> Result<(), DemoFault> {
        let (moved, now) = move_clock(self.api, days).await?;
        same(step, "whether anything fell due", &false, &(moved == "0"))?;
        self.timeline.has_come_to(now);
        let who = self.physician;
        let seen = self.api.get(&self.path(""), Some(&who)).await?;
        self.took(&who, step, &seen, expected)
    }

    /// The physician says more in the justification, which is another content to sign.
    async fn correct(&mut self, expected: Expected) -> Result<(), DemoFault> {
        let who = self.physician;
        let mut content = scenarios::content(self.scenario, self.api.space(), &who);
        if let Some(Value::String(said)) = content.pointer_mut("/justification") {
            said.push_str(" Uzupełniono po zwrocie: leczenia nie można odroczyć.");
        }
        let body = json!({ "clientReference": "DEMO-1", "content": content });
        let answer = self.api.replace(&self.path(""), &who, self.etag(), &body).await?;
        self.took(&who, "corrected", &answer, expected)
    }
}

/// How many terms and reminders fired, and what the space takes the time to be.
pub(super) async fn move_clock(api: &Api, days: u16) -> Result<(String, DateTime<Utc>), DemoFault> {
    let step = "sandbox/clock";
    let moved = api.look(step, "tester", None, &json!({ "space": api.space(), "days": days })).await?;
    let now = moved.text("/now");
    let read = now.parse().map_err(|_| differs(step, "the time", "an instant", now))?;
    Ok((moved.text("/fired"), read))
}
