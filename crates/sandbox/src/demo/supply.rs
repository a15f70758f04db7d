//! The second half of a case: the pharmacy passes the approval on, the wholesaler imports, the pharmacy dispenses.

use super::DemoFault;
use super::api::{Answer, text};
use super::case::{Case, Expected};
use super::fault::same;
use crate::personas::Persona;
use serde_json::{Value, json};
use std::time::Duration;

/// The sequencer needs a moment; a feed that is silent for longer has lost something.
const FEED_TRIES: usize = 100;
const FEED_PAUSE: Duration = Duration::from_millis(100);

impl Case<'_, '_> {
    fn pharmacist(&self) -> Result<Persona, DemoFault> {
        self.persona(if self.scenario.is_in_facility() { "hospital-pharmacist" } else { "pharmacist" })
    }

    /// A pharmacy with two numbers, or the hospital's own without any, reads it and hands it to a wholesaler.
    pub(super) async fn pass_on(&mut self) -> Result<(), DemoFault> {
        let who = self.pharmacist()?;
        if self.scenario.is_in_facility() {
            let seen = self.api.get(&self.path(""), Some(&who)).await?;
            self.pharmacy_sees(&who, "reads without numbers", &seen)?;
        } else {
            self.refuse_one_wrong_number(&who).await?;
        }
        let numbers = json!({ "demandNumber": self.number, "resolutionNumber": self.resolution_number });
        let seen = self.api.look("supply/retrievals", who.key(), Some(&who), &numbers).await?;
        self.pharmacy_sees(&who, "retrieval with two numbers", &seen)?;
        let wholesaler = self.persona("wholesaler")?;
        let found = self.api.get("wholesalers", Some(&who)).await?;
        let id = wholesaler.organisation.map(|known| known.id.to_string()).unwrap_or_default();
        let listed = items(&found).iter().any(|item| text(item, "/id") == id);
        same("wholesalers", "whether the wholesaler is listed", &true, &listed)?;
        let body = json!({ "wholesalerId": id });
        let answer = self.api.write(&self.path("/handover"), &who, Some(self.etag()), &body).await?;
        self.took(&who, "handover", &answer, Expected { state: "WITH_WHOLESALER", clocks: &[] })
    }

    async fn refuse_one_wrong_number(&mut self, who: &Persona) -> Result<(), DemoFault> {
        let answer = self.api.try_get(&self.path(""), Some(who)).await?;
        same("reads without numbers", "the status", &404, &answer.status)?;
        self.told(who.key(), "reads without numbers", "", "404: not theirs to know of")
    }

    fn pharmacy_sees(&mut self, who: &Persona, step: &str, seen: &Answer) -> Result<(), DemoFault> {
        same(step, "the demand", &self.id, &seen.text("/id"))?;
        let hidden = ["/content/diagnosis", "/content/justification", "/examination"];
        for pointer in hidden {
            same(step, "what a pharmacy sees of it", &String::new(), &seen.text(pointer))?;
        }
        let name = seen.text("/content/patients/patient/familyName");
        same(step, "the patient's name", &self.patient.spec.family_name.to_owned(), &name)?;
        self.told(who.key(), step, &seen.text("/state"), "patient and product, no diagnosis")
    }

    /// The wholesaler pulls its feed until the demand is there.
    async fn pull(&mut self, who: &Persona) -> Result<(), DemoFault> {
        let mut after = String::from("0");
        for _ in 0..FEED_TRIES {
            let page = self.api.get(&format!("supply/demands?after={after}&limit=50"), Some(who)).await?;
            after = page.text("/nextAfter");
            let found = items(&page).into_iter().find(|item| text(item, "/demandId") == self.id);
            if let Some(item) = found {
                return self.wholesaler_sees(who, &item);
            }
            tokio::time::sleep(FEED_PAUSE).await;
        }
        same("supply/demands", "whether the demand is told", &true, &false)
    }

    fn wholesaler_sees(&mut self, who: &Persona, item: &Value) -> Result<(), DemoFault> {
        let step = "supply feed";
        same(step, "the event", &"DemandHandedOver".to_owned(), &text(item, "/type"))?;
        same(step, "the number", &self.number, &text(item, "/demand/number"))?;
        for pointer in
            ["/demand/content/patients", "/demand/content/diagnosis", "/demand/content/justification"]
        {
            same(step, "what a wholesaler sees of it", &String::new(), &text(item, pointer))?;
        }
        let more = format!("{} at seq {}, nothing of the patient", text(item, "/type"), text(item, "/seq"));
        self.told(who.key(), step, &text(item, "/demand/state"), &more)
    }

    /// Imports and dispenses as the scenario says, on its days where time can be moved.
    pub(super) async fn draw_down(&mut self) -> Result<(), DemoFault> {
        let (wholesaler, pharmacist) = (self.persona("wholesaler")?, self.pharmacist()?);
        self.pull(&wholesaler).await?;
        self.another_wholesaler_gets_nothing().await?;
        let handed_over = self.timeline.now();
        let plan = self.scenario.realisations.clone();
        for entry in &plan.imported {
            self.timeline.reach(handed_over, entry.days_after_handover)?;
            let body = json!({
                "kind": "IMPORTED", "batch": entry.batch, "packs": entry.packs, "packSize": entry.pack_size,
                "expiresOn": self.timeline.in_months(entry.expires_in_months),
                "sourceCountry": entry.source_country, "doneOn": self.timeline.today(),
            });
            self.record(&wholesaler, &body, "WITH_WHOLESALER").await?;
        }
        let last = plan.dispensed.len().saturating_sub(1);
        for (place, entry) in plan.dispensed.iter().enumerate() {
            let Some(source) = plan.imported.iter().find(|imported| imported.batch == entry.batch) else {
                continue;
            };
            self.timeline.reach(handed_over, entry.days_after_handover)?;
            let body = json!({
                "kind": "DISPENSED", "batch": entry.batch, "packs": entry.packs, "packSize": source.pack_size,
                "expiresOn": self.timeline.in_months(source.expires_in_months),
                "sourceCountry": source.source_country, "doneOn": self.timeline.today(),
            });
            self.record(&pharmacist, &body, if place == last { "REALISED" } else { "WITH_WHOLESALER" })
                .await?;
        }
        Ok(())
    }

    async fn record(&mut self, who: &Persona, body: &Value, state: &'static str) -> Result<(), DemoFault> {
        let answer = self.api.write(&self.path("/realisations"), who, None, body).await?;
        let step = format!("{} {} x {}", text(body, "/kind"), text(body, "/packs"), pack(body));
        self.took(who, &step, &answer, Expected { state, clocks: &[] })?;
        let entries = answer.body.pointer("/ledger/entries").and_then(Value::as_array).map_or(0, Vec::len);
        self.entries += 1;
        same(&step, "how many entries the ledger has", &self.entries, &entries)
    }

    async fn another_wholesaler_gets_nothing(&mut self) -> Result<(), DemoFault> {
        let other = self.persona("wholesaler-second")?;
        let page = self.api.get("supply/demands", Some(&other)).await?;
        same("supply feed", "what another wholesaler is told", &0, &items(&page).len())?;
        self.told(other.key(), "supply feed", "", "empty: it was handed to somebody else")
    }
}

pub(super) fn items(answer: &Answer) -> Vec<Value> {
    answer.body.get("items").and_then(Value::as_array).cloned().unwrap_or_default()
}

fn pack(body: &Value) -> String {
    format!("{} {}", text(body, "/packSize/amount"), text(body, "/packSize/unit"))
}
