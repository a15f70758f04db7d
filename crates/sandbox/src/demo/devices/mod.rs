//! Orders for medical devices: pads by the month at two shops, a wheelchair while another one is in use, a stoma, lenses,
//! pads on paper, and a repair.

mod content;
mod lenses;
mod pads;
mod paper;
mod repair;
mod stoma;
mod supply;
mod wheelchair;

use super::api::{Answer, Api};
use super::fault::same;
use super::report::{Line, Report, clocks};
use super::setbacks::move_clock;
use super::timeline::Timeline;
use super::{DemoFault, persona};
use crate::personas::Persona;
use serde_json::{Value, json};

const ORDERS: &str = "device-orders";
const PRESCRIBER: &str = "device-prescriber";
const SHOP: &str = "device-provider";
/// Acts under the contract of the first.
const SECOND_SHOP: &str = "device-provider-second";
const OFFICER: &str = "nfz-officer";

/// How an order goes.
#[derive(Clone, Copy)]
pub(super) enum Plot {
    Pads,
    Wheelchair,
    Stoma,
    Lenses,
    Paper,
    Repair,
}

impl Plot {
    pub(super) const ALL: [Plot; 6] =
        [Self::Pads, Self::Wheelchair, Self::Stoma, Self::Lenses, Self::Paper, Self::Repair];
}

pub(super) struct Order<'a, 'r> {
    api: &'a Api,
    report: &'a mut Report<'r>,
    timeline: Timeline,
    id: String,
    number: String,
    /// None of a patient without a PESEL.
    code: String,
    etag: String,
}

impl<'a, 'r> Order<'a, 'r> {
    pub(super) fn new(api: &'a Api, report: &'a mut Report<'r>, timeline: Timeline) -> Self {
        let empty = String::new;
        Self { api, report, timeline, id: empty(), number: empty(), code: empty(), etag: empty() }
    }

    pub(super) async fn play(self, plot: Plot) -> Result<(), DemoFault> {
        match plot {
            Plot::Pads => self.play_pads().await,
            Plot::Wheelchair => self.play_wheelchair().await,
            Plot::Stoma => self.play_stoma().await,
            Plot::Lenses => self.play_lenses().await,
            Plot::Paper => self.play_paper().await,
            Plot::Repair => self.play_repair().await,
        }
    }

    fn persona(&self, key: &'static str) -> Result<Persona, DemoFault> {
        persona(self.api.space(), key)
    }

    fn path(&self, step: &str) -> String {
        format!("{ORDERS}/{}{step}", self.id)
    }

    fn chapter(&mut self, title: &str, about: &str) -> Result<(), DemoFault> {
        self.report.chapter(&format!("{title} · medical device"), about, self.api.space())
    }

    /// Tells a step of the order, or one beside it, which has no revision.
    fn told(
        &mut self,
        actor: &str,
        step: &str,
        answer: &Answer,
        state: &str,
        more: &str,
    ) -> Result<(), DemoFault> {
        same(step, "the state", &state.to_owned(), &answer.text("/state"))?;
        let (day, revision) = (self.timeline.today().to_string(), answer.text("/revision"));
        self.report.step(&Line { day: &day, actor, step, state, revision: &revision, more })
    }

    /// Tells what was only looked at.
    fn said(&mut self, actor: &str, step: &str, more: &str) -> Result<(), DemoFault> {
        let day = self.timeline.today().to_string();
        self.report.step(&Line { day: &day, actor, step, state: "", revision: "", more })
    }

    async fn draft(&mut self, content: &Value) -> Result<(), DemoFault> {
        let who = self.persona(PRESCRIBER)?;
        let body = json!({ "content": content });
        let answer = self.api.write(ORDERS, &who, None, &body).await?;
        self.id = answer.text("/id");
        self.etag = answer.etag.clone().unwrap_or_default();
        self.told(who.key(), "draft", &answer, "DRAFT", "")
    }

    /// Signed, numbered, and looked at by the payer at once; with what it found, where that stands in the way.
    async fn submit(&mut self, state: &str, problem: &str) -> Result<(), DemoFault> {
        self.sign("submission", json!({}), state, problem).await
    }

    async fn sign(
        &mut self,
        action: &str,
        mut body: Value,
        state: &str,
        problem: &str,
    ) -> Result<(), DemoFault> {
        let (who, path) = (self.persona(PRESCRIBER)?, self.path(&format!("/{action}")));
        let signature = self.api.signature(&path, &who, &body).await?;
        if let Some(members) = body.as_object_mut() {
            members.insert("signature".to_owned(), signature);
        }
        let answer = self.api.write(&path, &who, Some(&self.etag), &body).await?;
        same(action, "what was found", &problem.to_owned(), &answer.text("/verification/problems/0/code"))?;
        self.etag = answer.etag.clone().unwrap_or_default();
        (self.number, self.code) = (answer.text("/number"), answer.text("/access/code"));
        let more = if problem.is_empty() { clocks(&answer.body) } else { problem.to_owned() };
        self.told(who.key(), &format!("{action}, signed"), &answer, state, &more)
    }

    /// Lets the days pass; what falls due fires by itself.
    async fn wait(&mut self, days: i64) -> Result<(), DemoFault> {
        let (_, now) = move_clock(self.api, u16::try_from(days).unwrap_or_default()).await?;
        self.timeline.has_come_to(now);
        Ok(())
    }

    /// The months of the order, or its one supply, as the prescriber sees them.
    async fn stands_at(&mut self, step: &str, state: &str, expected: &[&str]) -> Result<(), DemoFault> {
        let who = self.persona(PRESCRIBER)?;
        let seen = self.api.get(&self.path(""), Some(&who)).await?;
        let periods = seen.body.get("periods").and_then(Value::as_array).cloned().unwrap_or_default();
        let states: Vec<String> = periods.iter().map(|it| super::api::text(it, "/state")).collect();
        let first = states.get(..expected.len()).unwrap_or_default().join(", ");
        same(step, "what became of the months", &expected.join(", "), &first)?;
        self.etag = seen.etag.clone().unwrap_or_default();
        self.told(who.key(), step, &seen, state, &first)
    }
}
