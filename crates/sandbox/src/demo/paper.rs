//! A demand of a prison's hospital: on paper without any outage, and judged by the dates that it bears (PF art. 4ad(8)).

use super::DemoFault;
use super::case::{Case, Expected};
use super::fault::same;
use super::setbacks::move_clock;
use crate::scenarios;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// When the officer comes to it, every term of an electronic demand would be over.
const DAYS_UNTIL_ENTERED: u16 = 70;
/// The picture of the paper, as short as a document can be.
const SCAN: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n% Skan\n";

impl Case<'_, '_> {
    pub(super) async fn play_paper(mut self) -> Result<(), DemoFault> {
        self.physician = self.persona("prison-physician")?;
        let issued_on = self.timeline.today();
        self.told("prison-physician", "signs on paper", "", "and so do its director and the consultant")?;
        let (fired, now) = move_clock(self.api, DAYS_UNTIL_ENTERED).await?;
        same("seventy days later", "what fell due", &"0".to_owned(), &fired)?;
        self.timeline.has_come_to(now);
        self.enter(issued_on).await?;
        self.draft_resolution().await?;
        self.resolve().await?;
        self.its_people_read_it().await?;
        self.check_publicly("APPROVED").await
    }

    /// What stands on the paper: all of it was in time.
    fn entry(&self, issued_on: NaiveDate) -> Result<Value, DemoFault> {
        let chosen = self.consultant()?.person_id.map(|id| id.to_string());
        Ok(json!({
            "content": scenarios::content(self.scenario, self.api.space(), &self.physician),
            "consultantId": chosen, "field": self.scenario.field_of_medicine,
            "grounds": { "kind": "PRISON_ENTITY" },
            "issuedOn": issued_on, "representativeSignedOn": issued_on,
            "opinion": {
                "verdict": "CONFIRMED", "receivedOn": issued_on, "givenOn": issued_on,
                "justification": "Leczenie jest zgodne z wytycznymi.",
            },
            "sentOn": issued_on, "receivedOn": issued_on,
            "scan": { "title": "Zapotrzebowanie na papierze", "sha256": hex::encode(signing::canonical::sha256(SCAN)) },
        }))
    }

    async fn enter(&mut self, issued_on: NaiveDate) -> Result<(), DemoFault> {
        let (who, entry) = (self.persona("preparer")?, self.entry(issued_on)?);
        let entries = format!("{}/paper-entries", self.collection());
        let dry = self.api.look(&format!("{entries}/validations"), who.key(), Some(&who), &entry).await?;
        same("paper-entries/validations", "whether it is in time", &"true".to_owned(), &dry.text("/valid"))?;
        let answer = self.api.write(&entries, &who, None, &entry).await?;
        (self.id, self.number) = (answer.text("/id"), answer.text("/number"));
        same("paper-entries", "the day of issue", &issued_on.to_string(), &answer.text("/issuedOn"))?;
        let step = format!("paper entry {}", self.number);
        self.took(&who, &step, &answer, Expected { state: "WITH_MINISTER", clocks: &[] })?;
        let about = ("PHYSICIAN", "Zapotrzebowanie%20na%20papierze");
        self.api.upload(&self.path("/attachments"), &who, about, SCAN).await?;
        self.told(who.key(), "scan of the paper, attached", "WITH_MINISTER", "for its physician to read")
    }

    async fn its_people_read_it(&mut self) -> Result<(), DemoFault> {
        for key in ["prison-physician", "prison-director"] {
            let who = self.persona(key)?;
            let seen = self.api.get(&self.path(""), Some(&who)).await?;
            let grounds = seen.text("/paper/grounds/kind");
            same("reads the demand", "why it is on paper", &"PRISON_ENTITY".to_owned(), &grounds)?;
            self.told(key, "reads the demand", &seen.text("/state"), "on paper: PRISON_ENTITY")?;
        }
        Ok(())
    }
}
