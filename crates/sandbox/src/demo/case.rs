//! One case: from the physician's draft to the signed resolution.

use super::api::{Answer, Api};
use super::fault::same;
use super::report::{Line, Report, clocks, clocks_due, drawn};
use super::timeline::{HANDOVER, OPINION, REPRESENTATIVE_APPROVAL, SUBMISSION_TO_MINISTER, Term, Timeline};
use super::{DemoFault, persona};
use crate::personas::{self, Persona};
use crate::scenarios::{self, Scenario};
use domain::demand::model::Outcome;
use serde_json::{Value, json};

/// What a step has to lead to.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    pub(super) state: &'static str,
    /// The terms that run, soonest first.
    pub(super) clocks: &'static [Term],
}

pub(super) struct Case<'a, 'r> {
    pub(super) api: &'a Api,
    pub(super) report: &'a mut Report<'r>,
    pub(super) scenario: &'a Scenario,
    pub(super) timeline: Timeline,
    pub(super) physician: Persona,
    pub(super) patient: Persona,
    pub(super) id: String,
    pub(super) number: String,
    pub(super) resolution_number: String,
    /// Of the ledger.
    pub(super) entries: usize,
    revision: u64,
    etag: String,
}

impl<'a, 'r> Case<'a, 'r> {
    pub(super) fn new(
        api: &'a Api,
        report: &'a mut Report<'r>,
        scenario: &'a Scenario,
        timeline: Timeline,
        patient: &'static str,
    ) -> Result<Self, DemoFault> {
        let physician = if scenario.is_in_facility() { "hospital-physician" } else { "clinic-physician" };
        Ok(Self {
            api,
            report,
            scenario,
            timeline,
            physician: persona(api.space(), physician)?,
            patient: persona(api.space(), patient)?,
            id: String::new(),
            number: String::new(),
            resolution_number: String::new(),
            entries: 0,
            revision: 0,
            etag: String::new(),
        })
    }

    pub(super) async fn play(mut self) -> Result<(), DemoFault> {
        self.draft().await?;
        self.submit().await?;
        if self.scenario.is_in_facility() {
            self.co_sign().await?;
        }
        self.give_opinion().await?;
        self.prepare().await?;
        self.resolve().await?;
        self.nobody_else_sees_it().await?;
        self.check_publicly("APPROVED").await?;
        self.pass_on().await?;
        self.draw_down().await?;
        self.check_publicly("REALISED").await?;
        self.ask_who_looked().await
    }

    /// A persona of the case's space.
    pub(super) fn persona(&self, key: &'static str) -> Result<Persona, DemoFault> {
        persona(self.api.space(), key)
    }

    pub(super) fn collection(&self) -> &'static str {
        self.scenario.kind().collection()
    }

    pub(super) fn path(&self, step: &str) -> String {
        format!("{}/{}{step}", self.collection(), self.id)
    }

    pub(super) fn etag(&self) -> &str {
        &self.etag
    }

    /// Takes the demand that a step answered, and compares it with what had to come of it.
    pub(super) fn took(
        &mut self,
        who: &Persona,
        step: &str,
        answer: &Answer,
        expected: Expected,
    ) -> Result<(), DemoFault> {
        self.revision += 1;
        self.etag = format!("\"{}\"", self.revision);
        same(step, "the state", &expected.state.to_owned(), &answer.text("/state"))?;
        same(step, "the revision", &self.revision.to_string(), &answer.text("/revision"))?;
        same(step, "the ETag", &self.etag, &answer.etag.clone().unwrap_or_default())?;
        same(step, "what runs", &self.timeline.due(expected.clocks), &clocks_due(&answer.body))?;
        let (revision, state) = (self.revision.to_string(), expected.state);
        let more = [clocks(&answer.body), drawn(&answer.body)].concat();
        let day = self.timeline.today().to_string();
        self.report.step(&Line { day: &day, actor: who.key(), step, state, revision: &revision, more: &more })
    }

    /// Tells a step that changes nothing.
    pub(super) fn told(&mut self, actor: &str, step: &str, state: &str, more: &str) -> Result<(), DemoFault> {
        let day = self.timeline.today().to_string();
        self.report.step(&Line { day: &day, actor, step, state, revision: "", more })
    }

    pub(super) async fn draft(&mut self) -> Result<(), DemoFault> {
        let who = self.physician;
        let content = scenarios::content(self.scenario, self.api.space(), &who);
        let body = json!({ "clientReference": "DEMO-1", "content": content });
        let dry = format!("{}/validations", self.collection());
        let dry = self.api.look(&dry, who.key(), Some(&who), &body).await?;
        same("validations", "whether it could be submitted", &"true".to_owned(), &dry.text("/valid"))?;
        self.told(who.key(), "validations", "", "valid, nothing written")?;
        let answer = self.api.write(self.collection(), &who, None, &body).await?;
        (self.id, self.number) = (answer.text("/id"), answer.text("/number"));
        let step = format!("draft {}", self.number);
        self.took(&who, &step, &answer, Expected { state: "DRAFT", clocks: &[] })
    }

    /// A signed step: the exact bytes, the signature over them, the step itself.
    async fn signed(&self, who: &Persona, step: &str, own: Value) -> Result<Answer, DemoFault> {
        let path = self.path(step);
        let signature = self.api.signature(&path, who, &own).await?;
        let mut body = own;
        if let Some(members) = body.as_object_mut() {
            members.insert("signature".to_owned(), signature);
        }
        self.api.write(&path, who, Some(&self.etag), &body).await
    }

    pub(super) fn consultant(&self) -> Result<Persona, DemoFault> {
        personas::consultant_in(self.api.space(), &self.scenario.field_of_medicine)
            .ok_or(DemoFault::NoPersona("consultant"))
    }

    pub(super) async fn submit(&mut self) -> Result<(), DemoFault> {
        let (who, consultant) = (self.physician, self.consultant()?);
        let field = &self.scenario.field_of_medicine;
        let found = self.api.get(&format!("consultants?field={field}"), Some(&who)).await?;
        let chosen = consultant.person_id.map(|id| id.to_string()).unwrap_or_default();
        let items = found.body.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let listed = items.iter().any(|item| super::api::text(item, "/id") == chosen);
        same("consultants", "whether the consultant is listed", &true, &listed)?;
        let own = json!({ "consultantId": chosen, "field": field });
        self.timeline.issue();
        let answer = self.signed(&who, "/submission", own).await?;
        let expected = if self.scenario.is_in_facility() {
            Expected {
                state: "AWAITING_REPRESENTATIVE",
                clocks: &[REPRESENTATIVE_APPROVAL, SUBMISSION_TO_MINISTER],
            }
        } else {
            Expected { state: "AWAITING_CONSULTANT", clocks: &[OPINION, SUBMISSION_TO_MINISTER] }
        };
        self.took(&who, "submission, signed", &answer, expected)
    }

    async fn co_sign(&mut self) -> Result<(), DemoFault> {
        let who = self.persona("director")?;
        self.timeline.reach(self.timeline.now(), 1)?;
        let answer = self.signed(&who, "/representative-approval", json!({})).await?;
        let expected = Expected { state: "AWAITING_CONSULTANT", clocks: &[OPINION, SUBMISSION_TO_MINISTER] };
        self.took(&who, "representative-approval, signed", &answer, expected)
    }

    pub(super) async fn give_opinion(&mut self) -> Result<(), DemoFault> {
        let who = self.consultant()?;
        self.timeline.reach(self.timeline.now(), 2)?;
        let own = json!({ "verdict": "CONFIRMED", "justification": "Leczenie jest zgodne z wytycznymi." });
        let answer = self.signed(&who, "/opinion", own).await?;
        self.took(
            &who,
            "opinion CONFIRMED, signed",
            &answer,
            Expected { state: "WITH_MINISTER", clocks: &[] },
        )
    }

    pub(super) async fn prepare(&mut self) -> Result<(), DemoFault> {
        let who = self.persona("preparer")?;
        let answer = self.api.write(&self.path("/assignment"), &who, Some(&self.etag), &json!({})).await?;
        self.took(&who, "assignment", &answer, Expected { state: "WITH_MINISTER", clocks: &[] })?;
        self.draft_resolution().await
    }

    /// By the officer who has the case.
    pub(super) async fn draft_resolution(&mut self) -> Result<(), DemoFault> {
        let who = self.persona("preparer")?;
        let mut draft = json!({ "outcome": self.scenario.expects });
        if let Some(members) = draft.as_object_mut() {
            let quantity = self.scenario.approved_quantity.map(|quantity| json!(quantity));
            let grounds = self.scenario.grounds.as_ref().map(|grounds| json!(grounds));
            members.extend(quantity.map(|it| ("approvedQuantity".to_owned(), it)));
            members.extend(grounds.map(|it| ("grounds".to_owned(), it)));
        }
        let answer = self.api.write(&self.path("/resolution-draft"), &who, Some(&self.etag), &draft).await?;
        let expected = Expected { state: "RESOLUTION_PREPARED", clocks: &[] };
        self.took(&who, "resolution-draft", &answer, expected)
    }

    /// Another officer signs the very draft that was seen.
    pub(super) async fn resolve(&mut self) -> Result<(), DemoFault> {
        let who = self.persona("decider")?;
        let seen = self.api.get(&self.path(""), Some(&who)).await?;
        let own = json!({ "draftSha256": seen.text("/ministryFile/draft/sha256") });
        let answer = self.signed(&who, "/resolution", own).await?;
        self.resolution_number = answer.text("/ruling/resolutionNumber");
        let step = format!("resolution {}", self.resolution_number);
        let expected = match self.scenario.expects {
            Outcome::Approved => Expected { state: "APPROVED", clocks: &[HANDOVER] },
            Outcome::Rejected => Expected { state: "REJECTED", clocks: &[] },
        };
        self.took(&who, &step, &answer, expected)
    }
}
