//! A temporary authorisation: notified, co-signed, asked about, consented to, handed over, drawn down, and lapsed.

use super::api::{Answer, Api};
use super::fault::same;
use super::report::{Line, Report, drawn};
use super::setbacks::move_clock;
use super::timeline::Timeline;
use super::{DemoFault, persona};
use crate::personas::Persona;
use serde_json::{Value, json};

/// How long the consent holds, the first day counted.
const DAYS: i64 = 30;
/// The proof of the power to represent, as short as a document can be.
const PROOF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
/// Past the midnight that ends the last of them.
const PAST_THE_PERIOD: u16 = 31;

pub(super) struct Notification<'a, 'r> {
    api: &'a Api,
    report: &'a mut Report<'r>,
    timeline: Timeline,
    id: String,
    number: String,
    resolution_number: String,
    etag: String,
}

impl<'a, 'r> Notification<'a, 'r> {
    pub(super) fn new(api: &'a Api, report: &'a mut Report<'r>, timeline: Timeline) -> Self {
        let empty = String::new;
        Self {
            api,
            report,
            timeline,
            id: empty(),
            number: empty(),
            resolution_number: empty(),
            etag: empty(),
        }
    }

    pub(super) async fn play(mut self) -> Result<(), DemoFault> {
        let title = "Radiogardase · temporary authorisation";
        let about =
            "A wholesaler notifies for an antidote in a threat to people; a pharmacy passes the consent on.";
        self.report.chapter(title, about, self.api.space())?;
        self.notify().await?;
        self.resolve().await?;
        self.check_publicly("CONSENTED").await?;
        self.pass_on().await?;
        self.draw("wholesaler", "IMPORTED", 30).await?;
        self.draw("pharmacist", "DISPENSED", 12).await?;
        self.lapse().await?;
        self.check_publicly("LAPSED").await
    }

    fn persona(&self, key: &'static str) -> Result<Persona, DemoFault> {
        persona(self.api.space(), key)
    }

    fn path(&self, step: &str) -> String {
        format!("temporary-authorisations/{}{step}", self.id)
    }

    /// Takes the notification that a step answered, and compares its state with what had to come of it.
    fn took(&mut self, who: &Persona, step: &str, answer: &Answer, state: &str) -> Result<(), DemoFault> {
        same(step, "the state", &state.to_owned(), &answer.text("/state"))?;
        self.etag = answer.etag.clone().unwrap_or_default();
        let revision = answer.text("/revision");
        // After a dot it tells that a file has arrived, which is no revision.
        let told = self.etag.trim_matches('"').split('.').next().unwrap_or_default();
        same(step, "the ETag's revision", &revision, &told.to_owned())?;
        let (day, more) = (self.timeline.today().to_string(), drawn(&answer.body));
        self.report.step(&Line { day: &day, actor: who.key(), step, state, revision: &revision, more: &more })
    }

    async fn command(
        &mut self,
        key: &'static str,
        step: &str,
        body: &Value,
        state: &str,
    ) -> Result<Answer, DemoFault> {
        let who = self.persona(key)?;
        let answer = self.api.write(&self.path(step), &who, Some(&self.etag), body).await?;
        self.took(&who, step.trim_start_matches('/'), &answer, state)?;
        Ok(answer)
    }

    /// A signed step: the exact bytes, the signature over them, the step itself.
    async fn signed(
        &mut self,
        key: &'static str,
        step: &str,
        mut own: Value,
        state: &str,
    ) -> Result<Answer, DemoFault> {
        let who = self.persona(key)?;
        let signature = self.api.signature(&self.path(step), &who, &own).await?;
        if let Some(members) = own.as_object_mut() {
            members.insert("signature".to_owned(), signature);
        }
        let answer = self.api.write(&self.path(step), &who, Some(&self.etag), &own).await?;
        self.took(&who, &format!("{}, signed", step.trim_start_matches('/')), &answer, state)?;
        Ok(answer)
    }

    fn batches(&self) -> Value {
        let expires_on = self.timeline.in_months(30);
        json!([{ "number": "L26A001", "expiresOn": expires_on, "quantity": { "amount": "40", "unit": "PACK" } }])
    }

    async fn notify(&mut self) -> Result<(), DemoFault> {
        let who = self.persona("responsible-person")?;
        let digest = hex::encode(signing::canonical::sha256(PROOF));
        let content = json!({
            "purpose": "HUMAN",
            "wholesaler": {
                "name": "Hurtownia Farmaceutyczna Testpol", "nip": "1230044444", "identifier": "1000123",
                "address": {
                    "streetLine": "ul. Składowa 20", "postalCode": "00-905", "city": "Wzorcowice", "country": "PL",
                },
                "email": "import@testpol.example.org",
            },
            "responsiblePerson": {
                "givenNames": "Wiktoria", "familyName": "Przykładowa", "position": "osoba odpowiedzialna",
            },
            "representative": { "givenNames": "Ignacy", "familyName": "Wzorcowy", "position": "prezes zarządu" },
            "product": {
                "tradeName": "Radiogardase", "internationalName": "Ferri(III) hexacyanoferras(II)",
                "form": "kapsułki twarde", "strength": "500 mg",
                "marketingAuthorisationHolder": "Heyl GmbH & Co. KG",
            },
            "quantity": { "amount": "40", "unit": "PACK" },
            "batches": self.batches(),
            "threat": { "kind": "THREAT_TO_PEOPLE", "name": "Skażenie promieniotwórcze po awarii przemysłowej" },
            "justification": "Odtrutka nie jest dopuszczona do obrotu, a zapas szpitali nie wystarczy.",
            "attachments": { "powerOfRepresentation": {
                "title": "Odpis z rejestru przedsiębiorców", "dated": self.timeline.today(), "sha256": digest,
            } },
        });
        let body = json!({ "clientReference": "DEMO-1", "content": content });
        let dry = self.api.look("temporary-authorisations/validations", who.key(), Some(&who), &body).await?;
        same("validations", "whether it could be submitted", &"true".to_owned(), &dry.text("/valid"))?;
        let answer = self.api.write("temporary-authorisations", &who, None, &body).await?;
        (self.id, self.number) = (answer.text("/id"), answer.text("/number"));
        let step = format!("draft {}", self.number);
        self.took(&who, &step, &answer, "DRAFT")?;
        self.attach(&who).await?;
        self.signed("responsible-person", "/submission", json!({}), "AWAITING_REPRESENTATIVE").await?;
        self.signed("wholesaler-director", "/representative-approval", json!({}), "WITH_MINISTER").await?;
        Ok(())
    }

    /// The proof that the content names by its digest, for those who sign and examine.
    async fn attach(&mut self, who: &Persona) -> Result<(), DemoFault> {
        let about = ("REPRESENTATIVE,MINISTRY", "Odpis%20z%20rejestru");
        let added = self.api.upload(&self.path("/attachments"), who, about, PROOF).await?;
        let seen = self.api.get(&self.path(""), Some(who)).await?;
        let found = seen.text("/attachedFiles/powerOfRepresentation/attachmentId");
        same("attachments", "the named file", &added.text("/id"), &found)?;
        self.took(who, "proof of the power to represent, attached", &seen, "DRAFT")
    }

    async fn resolve(&mut self) -> Result<(), DemoFault> {
        self.command("preparer", "/assignment", &json!({}), "WITH_MINISTER").await?;
        self.clarify().await?;
        let today = self.timeline.today();
        let draft = json!({
            "outcome": "CONSENTED", "approvedQuantity": { "amount": "40", "unit": "PACK" }, "validFrom": today,
            "validUntil": today + chrono::TimeDelta::days(DAYS), "conditions": "Wydaje się tylko szpitalom.",
        });
        self.command("preparer", "/resolution-draft", &draft, "RESOLUTION_PREPARED").await?;
        let seen = self.api.get(&self.path(""), Some(&self.persona("decider")?)).await?;
        let own = json!({ "draftSha256": seen.text("/ministryFile/draft/sha256") });
        let answer = self.signed("decider", "/resolution", own, "CONSENTED").await?;
        self.resolution_number = answer.text("/ruling/resolutionNumber");
        Ok(())
    }

    /// The officer asks the wholesaler, which answers; an office that is not asked knows nothing of the case.
    async fn clarify(&mut self) -> Result<(), DemoFault> {
        let question = "W jakim terminie serie będą w kraju?";
        let body = json!({ "addressee": "WHOLESALER", "question": question, "days": 14 });
        let asked = self.command("preparer", "/clarifications", &body, "CLARIFICATION").await?;
        let office = self.persona("product-officer")?;
        let hidden = self.api.try_get(&self.path(""), Some(&office)).await?;
        same("an office that is not asked", "the status", &404, &hidden.status)?;
        let who = self.persona("responsible-person")?;
        let path = self.path(&format!("/clarifications/{}/answer", asked.text("/clarifications/0/id")));
        let given = json!({ "answer": "W ciągu trzech dni od zgody." });
        let answer = self.api.write(&path, &who, None, &given).await?;
        self.took(&who, "answer", &answer, "WITH_MINISTER")
    }

    fn numbers(&self) -> Value {
        json!({ "authorisationNumber": self.number, "resolutionNumber": self.resolution_number })
    }

    /// Anyone with both numbers sees the decision and where it stands.
    async fn check_publicly(&mut self, state: &str) -> Result<(), DemoFault> {
        let mut body = self.numbers();
        if let Some(members) = body.as_object_mut() {
            members.insert("kind".to_owned(), json!("NOTIFICATION"));
        }
        let checked = self.api.look("public/checks", "anyone", None, &body).await?;
        same("public check", "the state", &state.to_owned(), &checked.text("/state"))?;
        same("public check", "the number", &self.number, &checked.text("/decision/number"))?;
        let day = self.timeline.today().to_string();
        let more = "with both numbers";
        self.report.step(&Line {
            day: &day,
            actor: "anyone",
            step: "public check",
            state,
            revision: "",
            more,
        })
    }

    async fn pass_on(&mut self) -> Result<(), DemoFault> {
        let who = self.persona("pharmacist")?;
        let hidden = self.api.try_get(&self.path(""), Some(&who)).await?;
        same("reads without numbers", "the status", &404, &hidden.status)?;
        let seen = self.api.look("supply/retrievals", who.key(), Some(&who), &self.numbers()).await?;
        same("retrieval", "the justification", &String::new(), &seen.text("/content/justification"))?;
        self.command("pharmacist", "/handover", &json!({}), "CONSENTED").await?;
        Ok(())
    }

    async fn draw(&mut self, key: &'static str, kind: &str, packs: u32) -> Result<(), DemoFault> {
        let who = self.persona(key)?;
        let body = json!({
            "kind": kind, "batch": "L26A001", "expiresOn": self.timeline.in_months(30), "packs": packs,
            "packSize": { "amount": "1", "unit": "PACK" }, "sourceCountry": "DE", "doneOn": self.timeline.today(),
        });
        let answer = self.api.write(&self.path("/realisations"), &who, None, &body).await?;
        self.took(&who, &format!("{kind} {packs} x 1 PACK"), &answer, "CONSENTED")
    }

    /// Lets the days pass; the end of the period fires by itself.
    async fn lapse(&mut self) -> Result<(), DemoFault> {
        let (fired, now) = move_clock(self.api, PAST_THE_PERIOD).await?;
        same("thirty days later", "whether anything fell due", &false, &(fired == "0"))?;
        self.timeline.has_come_to(now);
        let who = self.persona("responsible-person")?;
        let seen = self.api.get(&self.path(""), Some(&who)).await?;
        self.took(&who, "thirty days later", &seen, "LAPSED")
    }
}
