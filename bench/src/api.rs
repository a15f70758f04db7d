//! The calls of the service that are made here, and what is taken from their answers.

use crate::Outcome;
use crate::client::{Call, Connection, Reply, text};
use hyper::header::{AUTHORIZATION, ETAG, HeaderName, IF_MATCH};
use serde_json::{Value, json};
use std::net::SocketAddr;

const DEMANDS: &str = "/api/v1/medicine-demands";
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const PHYSICIAN: &str = "clinic-physician";
/// The scenario's field of medicine.
const FIELD: &str = "0752";

/// Who acts, and whom they may ask.
#[derive(Clone, Debug)]
pub(crate) struct People {
    pub(crate) entity: Value,
    pub(crate) physician: Value,
    pub(crate) consultant: String,
}

/// A draft as its creation answered.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) etag: String,
}

/// A draft with what came of it: the bytes to sign, base64url, and then the compact JWS over them.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) draft: Draft,
    pub(crate) text: String,
}

impl People {
    /// From the personas of the sandbox.
    pub(crate) async fn find(address: SocketAddr) -> Outcome<Self> {
        let told =
            Connection::open(address).await?.ask(Call::get("/api/v1/sandbox/personas")).await?.json()?;
        let list = |member: &str| told.get(member).and_then(Value::as_array).cloned().unwrap_or_default();
        let keyed = |all: &[Value], key: &str| all.iter().find(|each| text(each, "/key") == key).cloned();
        let personas = list("personas");
        let physician = keyed(&personas, PHYSICIAN).ok_or("the sandbox has no such physician")?;
        let entity = keyed(&list("organisations"), text(&physician, "/organisation"))
            .ok_or("the sandbox has no such entity")?;
        let consults = |persona: &&Value| {
            let fields = persona.get("fields").and_then(Value::as_array);
            fields.is_some_and(|fields| fields.iter().any(|field| field == FIELD))
        };
        let consultant =
            personas.iter().find(consults).ok_or("the sandbox has no consultant in the field")?;
        Ok(Self {
            entity: only(&entity, &["name", "nip", "rpwdlNumber", "address"]),
            physician: only(&physician, &["givenNames", "familyName", "npwz"]),
            consultant: text(consultant, "/personId").to_owned(),
        })
    }

    fn submission(&self) -> Value {
        json!({ "consultantId": self.consultant, "field": FIELD })
    }
}

fn only(value: &Value, members: &[&str]) -> Value {
    let kept = members.iter().filter_map(|name| Some(((*name).to_owned(), value.get(name)?.clone())));
    Value::Object(kept.collect())
}

/// A fresh token of the physician; good for five minutes.
pub(crate) async fn token(address: SocketAddr) -> Outcome<String> {
    let asked = Call::post("/api/v1/sandbox/tokens", json!({ "persona": PHYSICIAN }).to_string());
    let told = Connection::open(address).await?.ask(asked).await?.json()?;
    Ok(format!("Bearer {}", text(&told, "/accessToken")))
}

pub(crate) fn create(token: &str, key: String, body: Vec<u8>) -> Call {
    Call::post(DEMANDS, body).with(AUTHORIZATION, token).with(IDEMPOTENCY_KEY, key)
}

pub(crate) fn created(reply: &Reply) -> Outcome<Draft> {
    let id = text(&reply.json()?, "/id").to_owned();
    let etag = reply.header(&ETAG).ok_or("a draft without an ETag")?.to_owned();
    Ok(Draft { id, etag })
}

/// Asks for the bytes that the physician has to sign.
pub(crate) fn document(token: &str, people: &People, draft: &Draft) -> Call {
    let path = format!("{DEMANDS}/{}/submission/document", draft.id);
    Call::post(path, people.submission().to_string()).with(AUTHORIZATION, token)
}

pub(crate) fn payload(reply: &Reply) -> Outcome<String> {
    Ok(text(&reply.json()?, "/payload").to_owned())
}

pub(crate) fn sign(payload: &str) -> Call {
    let asked = json!({ "persona": PHYSICIAN, "kind": "QUALIFIED", "payload": payload });
    Call::post("/api/v1/sandbox/signatures", asked.to_string())
}

/// The compact JWS.
pub(crate) fn signature(reply: &Reply) -> Outcome<String> {
    Ok(text(&reply.json()?, "/value").to_owned())
}

pub(crate) fn submit(token: &str, key: String, people: &People, prepared: &Prepared) -> Call {
    let mut asked = people.submission();
    if let Some(members) = asked.as_object_mut() {
        members.insert("signature".to_owned(), json!({ "kind": "QUALIFIED", "value": prepared.text }));
    }
    Call::post(format!("{DEMANDS}/{}/submission", prepared.draft.id), asked.to_string())
        .with(AUTHORIZATION, token)
        .with(IDEMPOTENCY_KEY, key)
        .with(IF_MATCH, prepared.draft.etag.as_str())
}

pub(crate) fn read(token: &str, id: &str) -> Call {
    Call::get(format!("{DEMANDS}/{id}")).with(AUTHORIZATION, token)
}

pub(crate) fn list(token: &str) -> Call {
    Call::get(format!("{DEMANDS}?limit=50")).with(AUTHORIZATION, token)
}
