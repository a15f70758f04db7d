//! A case that meets silence: returned after a week, corrected and signed again, approved, and passed on by nobody.

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
/// The same of the sixty days for passing it on.
const PAST_THE_HANDOVER: u16 = 61;

impl Case<'_, '_> {
    pub(super) async fn play_setbacks(mut self) -> Result<(), DemoFault> {
        self.draft().await?;
        self.submit().await?;
        let returned = Expected { state: "RETURNED", clocks: &[SUBMISSION_TO_MINISTER] };
        self.wait("a week without an opinion", PAST_THE_OPINION, returned).await?;
        self.correct(returned).await?;
        self.submit().await?;
        self.give_opinion().await?;
        self.prepare().await?;
        self.resolve().await?;
        let expired = Expected { state: "EXPIRED", clocks: &[] };
        self.wait("sixty days without hand-over", PAST_THE_HANDOVER, expired).await?;
        self.check_publicly("EXPIRED").await
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
