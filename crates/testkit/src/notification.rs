//! One notification for a temporary authorisation and everybody who plays a part in it.

use crate::client::{Request, Session};
use crate::content;
use crate::response::Response;
use crate::service::TestApp;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use signing::SignatureKind;
use std::sync::atomic::{AtomicI64, Ordering};

pub const AUTHORISATIONS: &str = "/api/v1/temporary-authorisations";

/// The file of the proof that the signatories may act for the wholesaler.
pub const PROOF: &[u8] = b"%PDF-1.7\n% Odpis z rejestru\n";

/// The agriculture minister's request, where a test names one.
pub const REQUEST: &[u8] = b"%PDF-1.7\n% Wniosek ministra rolnictwa\n";

/// The authorisation by the responsible person, where a test names one.
pub const AUTHORISATION: &[u8] = b"%PDF-1.7\n% Upowaznienie do podpisywania zgloszen\n";

/// What a content names a file by.
pub fn digest_of(file: &[u8]) -> String {
    hex::encode(signing::canonical::sha256(file))
}

/// How far a notification has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    Drafted,
    Submitted,
    WithMinister,
    Assigned,
    Prepared,
    Consented,
    /// Retrieved and handed over by the pharmacy.
    HandedOver,
}

/// A notification as the test follows it.
pub struct Notification {
    pub app: TestApp,
    pub id: String,
    pub number: String,
    revision: AtomicI64,
}

impl Notification {
    pub async fn drafted(app: &TestApp) -> Self {
        Self::of(app, &Self::content(app)).await
    }

    pub async fn of(app: &TestApp, content: &Value) -> Self {
        let body = json!({ "content": content });
        Self::created(
            app,
            &app.as_persona("responsible-person").post(AUTHORISATIONS, &body).send().await.is(201),
        )
    }

    /// The notification that this answer opened.
    pub fn created(app: &TestApp, created: &Response) -> Self {
        Self {
            app: app.clone(),
            id: created.text_at("/id"),
            number: created.text_at("/number"),
            revision: AtomicI64::new(created.at("/revision").as_i64().expect("a revision")),
        }
    }

    /// A complete content: ten packs in two batches.
    pub fn content(app: &TestApp) -> Value {
        let expires_on = app.today() + TimeDelta::days(500);
        let batch = |number: &str, amount: &str| json!({ "number": number, "expiresOn": expires_on, "quantity": { "amount": amount, "unit": "PACK" } });
        json!({
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
                "tradeName": "Exemplar", "internationalName": "exemplarum", "form": "kapsułki", "strength": "500 mg",
                "marketingAuthorisationHolder": "Exemplar GmbH",
            },
            "quantity": { "amount": "10", "unit": "PACK" },
            "batches": [batch("L26A001", "6"), batch("L26A002", "4")],
            "threat": { "kind": "THREAT_TO_PEOPLE", "name": "Skażenie w dorzeczu Wzorcowej" },
            "justification": "Zapas szpitali nie wystarczy.",
            "attachments": {
                "powerOfRepresentation": {
                    "title": "Odpis z rejestru", "dated": "2026-01-12", "sha256": digest_of(PROOF),
                },
            },
        })
    }

    /// The same, signed by somebody whom the responsible person authorised.
    pub fn authorised_content(app: &TestApp) -> Value {
        let mut content = Self::content(app);
        content["signsAs"] = json!("AUTHORISED_PERSON");
        content["responsiblePerson"]["position"] = json!("kierownik działu importu");
        content["attachments"]["responsiblePersonAuthorisation"] = json!({
            "title": "Upoważnienie do podpisywania zgłoszeń", "dated": "2026-01-14", "sha256": digest_of(AUTHORISATION),
        });
        content
    }

    /// Plays the usual steps, each of which has to succeed.
    pub async fn until(self, reached: Reached) -> Self {
        let steps = [
            Reached::Submitted,
            Reached::WithMinister,
            Reached::Assigned,
            Reached::Prepared,
            Reached::Consented,
            Reached::HandedOver,
        ];
        for step in steps.into_iter().filter(|step| *step <= reached) {
            let answer = match step {
                Reached::Submitted => self.submit().await,
                Reached::WithMinister => self.approve().await,
                Reached::Assigned => self.command("preparer", "assignment", &json!({})).await,
                Reached::Prepared => self.prepare(&consent(&self.app, "10")).await,
                Reached::Consented => self.resolve().await,
                Reached::HandedOver => {
                    self.retrieve("pharmacist").await.is(200);
                    self.hand_over("pharmacist").await
                }
                Reached::Drafted => continue,
            };
            assert!((200..300).contains(&answer.status), "{step:?}: {}", answer.text());
        }
        self
    }

    pub fn path(&self) -> String {
        format!("{AUTHORISATIONS}/{}", self.id)
    }

    pub fn path_of(&self, action: &str) -> String {
        format!("{AUTHORISATIONS}/{}/{action}", self.id)
    }

    pub fn revision(&self) -> i64 {
        self.revision.load(Ordering::SeqCst)
    }

    /// What the responsible person sees.
    pub async fn seen(&self) -> Value {
        let found = self.app.as_persona("responsible-person").get(&self.path()).await.is(200);
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

    /// Takes the revision over from an answer about this notification.
    pub fn follow(&self, answer: &Response) {
        if (200..300).contains(&answer.status)
            && answer.at("/id") == self.id
            && let Some(revision) = answer.at("/revision").as_i64()
        {
            self.revision.store(revision, Ordering::SeqCst);
        }
    }

    /// The exact bytes that this person has to sign.
    pub async fn document(&self, persona: &'static str, action: &str, fields: &Value) -> Vec<u8> {
        let path = self.path_of(&format!("{action}/document"));
        let answer = self.app.as_persona(persona).look(&path, fields).await.is(200);
        URL_SAFE_NO_PAD.decode(answer.text_at("/payload")).expect("base64url")
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

    /// A file by a persona for these parties, not sent yet; the same file for the same parties is the same request.
    pub fn upload(&self, persona: &'static str, to: &str, file: &[u8]) -> Request {
        let path = format!("{}?recipients={to}", self.path_of("attachments"));
        let key = format!("file-{}-{}-{}", self.id, to.replace(',', "-"), &digest_of(file)[..16]);
        let request = self.app.as_persona(persona).request(Method::POST, &path).key(&key);
        request.header("Attachment-Title", "Odpis%20z%20rejestru").bytes("application/pdf", file.to_vec())
    }

    /// Adds the proof for those who sign and examine.
    pub async fn attach_proof(&self) -> Response {
        self.upload("responsible-person", "REPRESENTATIVE,MINISTRY", PROOF).send().await
    }

    /// Adds the files that the content names, signs and submits.
    pub async fn submit(&self) -> Response {
        self.attach_proof().await.is(201);
        let named = self.seen().await["content"]["attachments"].clone();
        let others =
            [("agricultureMinisterRequest", REQUEST), ("responsiblePersonAuthorisation", AUTHORISATION)];
        for (_, file) in others.into_iter().filter(|(member, _)| !named[member].is_null()) {
            self.upload("responsible-person", "REPRESENTATIVE,MINISTRY", file).send().await.is(201);
        }
        self.sign_and_send("responsible-person", "submission", json!({})).await
    }

    pub async fn approve(&self) -> Response {
        self.sign_and_send("wholesaler-director", "representative-approval", json!({})).await
    }

    pub async fn prepare(&self, draft: &Value) -> Response {
        self.command("preparer", "resolution-draft", draft).await
    }

    /// The digest of the draft as the decider sees it.
    pub async fn draft_sha256(&self) -> String {
        let seen = self.app.as_persona("decider").get(&self.path()).await.is(200);
        self.follow(&seen);
        seen.text_at("/ministryFile/draft/sha256")
    }

    pub async fn resolve(&self) -> Response {
        let fields = json!({ "draftSha256": self.draft_sha256().await });
        self.sign_and_send("decider", "resolution", fields).await
    }

    pub async fn numbers(&self) -> Value {
        let ruling = self.seen().await["ruling"]["resolutionNumber"].clone();
        json!({ "authorisationNumber": self.number, "resolutionNumber": ruling })
    }

    pub async fn retrieve(&self, persona: &'static str) -> Response {
        let numbers = self.numbers().await;
        self.app.as_persona(persona).look("/api/v1/supply/retrievals", &numbers).await
    }

    pub async fn hand_over(&self, persona: &'static str) -> Response {
        self.command(persona, "handover", &json!({})).await
    }

    /// An entry of the ledger for the first batch, done today.
    pub fn entry(&self, kind: &str, packs: u32) -> Value {
        json!({
            "kind": kind, "batch": "L26A001", "expiresOn": self.app.today() + TimeDelta::days(500), "packs": packs,
            "packSize": { "amount": "1", "unit": "PACK" }, "sourceCountry": "DE", "doneOn": self.app.today(),
        })
    }

    pub async fn draw(&self, persona: &'static str, entry: &Value) -> Response {
        self.command(persona, "realisations", entry).await
    }
}

/// A draft that consents to so many packs, for ninety days from today.
pub fn consent(app: &TestApp, amount: &str) -> Value {
    json!({
        "outcome": "CONSENTED", "approvedQuantity": { "amount": amount, "unit": "PACK" }, "validFrom": app.today(),
        "validUntil": app.today() + TimeDelta::days(90),
    })
}

/// A draft that refuses.
pub fn refusal() -> Value {
    json!({ "outcome": "REFUSED", "grounds": "Produkt o tym działaniu jest dopuszczony i dostępny." })
}
