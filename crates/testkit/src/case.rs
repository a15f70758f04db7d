//! One demand and everybody who plays a part in it, from draft to realisation.

use crate::client::{Request, Session};
use crate::content;
use crate::keys::TestKeys;
use crate::response::Response;
use crate::service::TestApp;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use signing::SignatureKind;
use std::sync::atomic::{AtomicI64, Ordering};

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Drafted,
    /// With the representative in a facility, with the consultant outside.
    Submitted,
    WithConsultant,
    WithMinister,
    Assigned,
    Prepared,
    Approved,
    /// The pharmacy outside a facility has retrieved it.
    Retrieved,
    HandedOver,
}

/// A demand as the test follows it.
pub struct Case {
    pub app: TestApp,
    pub id: String,
    pub number: String,
    pub in_facility: bool,
    path: String,
    revision: AtomicI64,
}

impl Case {
    /// A draft of the clinic's physician.
    pub async fn outside(app: &TestApp) -> Self {
        Self::of(app, &content::outside_facility(app)).await
    }

    /// A draft of the hospital's physician.
    pub async fn in_facility(app: &TestApp) -> Self {
        Self::of(app, &content::in_facility(app)).await
    }

    pub async fn of(app: &TestApp, content: &Value) -> Self {
        let in_facility = content["use"] == "IN_FACILITY";
        let physician = if in_facility { "hospital-physician" } else { "clinic-physician" };
        Self::created(app, &app.as_persona(physician).create(content).await.is(201))
    }

    /// The demand that this answer opened.
    pub fn created(app: &TestApp, created: &Response) -> Self {
        Self {
            app: app.clone(),
            id: created.text_at("/id"),
            number: created.text_at("/number"),
            in_facility: created.at("/content/use") == "IN_FACILITY",
            path: created.header("location").expect("an address").to_owned(),
            revision: AtomicI64::new(created.at("/revision").as_i64().expect("a revision")),
        }
    }

    /// Plays the usual steps, each of which has to succeed.
    pub async fn until(self, stage: Stage) -> Self {
        let steps = [
            (Stage::Submitted, "submit"),
            (Stage::WithConsultant, "approve"),
            (Stage::WithMinister, "opinion"),
            (Stage::Assigned, "assign"),
            (Stage::Prepared, "prepare"),
            (Stage::Approved, "resolve"),
            (Stage::Retrieved, "retrieve"),
            (Stage::HandedOver, "hand over"),
        ];
        for (_, step) in steps.into_iter().filter(|(reached, _)| *reached <= stage) {
            let answer = match step {
                "submit" => self.submit().await,
                "approve" if self.in_facility => self.approve().await,
                "opinion" => self.confirm().await,
                "assign" => self.assign("preparer").await,
                "prepare" => self.prepare(&approval("10")).await,
                "resolve" => self.resolve().await,
                "retrieve" if !self.in_facility => self.retrieve("pharmacist").await,
                "hand over" => self.hand_over().await,
                _ => continue,
            };
            assert!((200..300).contains(&answer.status), "{step}: {}", answer.text());
        }
        self
    }

    pub fn path(&self) -> String {
        self.path.clone()
    }

    pub fn path_of(&self, action: &str) -> String {
        format!("{}/{action}", self.path)
    }

    pub fn revision(&self) -> i64 {
        self.revision.load(Ordering::SeqCst)
    }

    pub fn physician(&self) -> &'static str {
        if self.in_facility { "hospital-physician" } else { "clinic-physician" }
    }

    pub fn pharmacist(&self) -> &'static str {
        if self.in_facility { "hospital-pharmacist" } else { "pharmacist" }
    }

    pub fn as_physician(&self) -> Session {
        self.app.as_persona(self.physician())
    }

    /// What the physician sees.
    pub async fn seen(&self) -> Value {
        let found = self.as_physician().get(&self.path).await.is(200);
        self.follow(&found);
        found.json()
    }

    pub async fn state(&self) -> String {
        self.seen().await["state"].as_str().expect("a state").to_owned()
    }

    /// A command with the present revision, not sent yet.
    pub fn ask(&self, who: &Session, action: &str, body: &Value) -> Request {
        who.post(&self.path_of(action), body).if_match(self.revision())
    }

    /// A command by a persona.
    pub async fn command(&self, persona: &'static str, action: &str, body: &Value) -> Response {
        let answer = self.ask(&self.app.as_persona(persona), action, body).send().await;
        self.follow(&answer);
        answer
    }

    /// Takes the revision over from an answer.
    pub fn follow(&self, answer: &Response) {
        if (200..300).contains(&answer.status)
            && let Some(revision) = answer.at("/revision").as_i64()
        {
            self.revision.store(revision, Ordering::SeqCst);
        }
    }

    /// The exact bytes that this person has to sign.
    pub async fn document(&self, persona: &'static str, action: &str, fields: &Value) -> Vec<u8> {
        let path = self.path_of(&format!("{action}/document"));
        let answer = self.app.as_persona(persona).look(&path, fields).await.is(200);
        let payload = URL_SAFE_NO_PAD.decode(answer.text_at("/payload")).expect("base64url");
        let digest = hex::encode(signing::canonical::sha256(&payload));
        assert_eq!(answer.text_at("/sha256"), digest, "the digest is that of the payload");
        payload
    }

    /// The fields with the person's own signature over the document of the step.
    pub async fn signed(&self, persona: &'static str, action: &str, fields: Value) -> Value {
        let document = self.document(persona, action, &fields).await;
        content::with(fields, "/signature", self.app.sign(persona, SignatureKind::Qualified, &document))
    }

    async fn sign_and_send(&self, persona: &'static str, action: &str, fields: Value) -> Response {
        let body = self.signed(persona, action, fields).await;
        self.command(persona, action, &body).await
    }

    pub async fn submit(&self) -> Response {
        let fields = self.app.consultant("consultant-nephrology");
        self.sign_and_send(self.physician(), "submission", fields).await
    }

    pub async fn approve(&self) -> Response {
        self.sign_and_send("director", "representative-approval", json!({})).await
    }

    pub async fn confirm(&self) -> Response {
        let fields = json!({ "verdict": "CONFIRMED", "justification": "Zgodne z wiedzą medyczną." });
        self.sign_and_send("consultant-nephrology", "opinion", fields).await
    }

    pub async fn assign(&self, preparer: &'static str) -> Response {
        // Until somebody is assigned, nobody but the physician has seen the revision.
        self.command(preparer, "assignment", &json!({})).await
    }

    pub async fn prepare(&self, draft: &Value) -> Response {
        self.command("preparer", "resolution-draft", draft).await
    }

    /// The digest of the draft as the decider sees it.
    pub async fn draft_sha256(&self) -> String {
        let seen = self.app.as_persona("decider").get(&self.path).await.is(200);
        seen.text_at("/ministryFile/draft/sha256")
    }

    pub async fn resolve(&self) -> Response {
        let fields = json!({ "draftSha256": self.draft_sha256().await });
        self.sign_and_send("decider", "resolution", fields).await
    }

    pub async fn resolution_number(&self) -> String {
        self.seen().await["ruling"]["resolutionNumber"].as_str().expect("a resolution").to_owned()
    }

    pub async fn numbers(&self) -> Value {
        json!({ "demandNumber": self.number, "resolutionNumber": self.resolution_number().await })
    }

    pub async fn retrieve(&self, persona: &'static str) -> Response {
        let numbers = self.numbers().await;
        self.app.as_persona(persona).look("/api/v1/supply/retrievals", &numbers).await
    }

    pub async fn hand_over(&self) -> Response {
        let body = json!({ "wholesalerId": self.app.organisation("wholesaler") });
        self.command(self.pharmacist(), "handover", &body).await
    }

    pub async fn import(&self, packs: u32) -> Response {
        self.command("wholesaler", "realisations", &self.app.entry("IMPORTED", packs)).await
    }

    pub async fn dispense(&self, packs: u32) -> Response {
        self.command(self.pharmacist(), "realisations", &self.app.entry("DISPENSED", packs)).await
    }

    pub async fn withdraw(&self) -> Response {
        self.command(self.physician(), "withdrawal", &json!({ "reason": "Zmiana leczenia." })).await
    }

    /// The minister takes the approval back, as an officer has prepared it.
    pub async fn revoke(&self) {
        let draft = json!({ "grounds": "Produkt wycofano z obrotu.", "legalBasis": "art. 155 k.p.a." });
        self.command("preparer", "revocation-draft", &draft).await.is(200);
        let seen = self.app.as_persona("decider").get(&self.path()).await.is(200);
        let body = json!({ "draftSha256": seen.text_at("/ministryFile/revocationDraft/sha256") });
        self.command("decider", "revocation", &body).await.is(200);
    }
}

/// A draft that approves so many packs.
pub fn approval(amount: &str) -> Value {
    json!({ "outcome": "APPROVED", "approvedQuantity": { "amount": amount, "unit": "PACK" } })
}

/// A draft that rejects.
pub fn rejection() -> Value {
    json!({ "outcome": "REJECTED", "grounds": "Odpowiednik jest dostępny (art. 4 ust. 3 pkt 2 PF)." })
}

impl TestApp {
    /// A persona's signature with a test certificate, as a request carries it.
    pub fn sign(&self, persona: &'static str, kind: SignatureKind, document: &[u8]) -> Value {
        let key = TestKeys::get().signer(&self.persona(persona), kind);
        let value = key.sign(document, self.real_now()).expect("a signature");
        json!({ "kind": kind.as_str(), "value": value })
    }

    /// The fields of a submission that name this consultant.
    pub fn consultant(&self, key: &'static str) -> Value {
        let persona = self.persona(key);
        let field = persona.spec.consults.first().expect("a consultant").field;
        json!({ "consultantId": persona.person_id.expect("a person").to_string(), "field": field })
    }

    pub fn organisation(&self, key: &str) -> String {
        sandbox::personas::find_organisation(self.space(), key).expect("an organisation").id.to_string()
    }

    /// An entry of the ledger, done today.
    pub fn entry(&self, kind: &str, packs: u32) -> Value {
        json!({
            "kind": kind, "batch": "L25B117", "expiresOn": self.today() + TimeDelta::days(500),
            "packs": packs, "packSize": { "amount": "1", "unit": "PACK" }, "sourceCountry": "DE",
            "doneOn": self.today(),
        })
    }
}
