//! Every body of the contract is shown by an example, and every example is what its schema describes.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use chrono::{DateTime, NaiveDate};
use serde_json::Value;
use uuid::Uuid;

fn contract() -> Value {
    serde_json::from_str(&sandbox::openapi_json()).expect("JSON")
}

/// What an example is held against; patterns are the linter's affair.
struct Schemas<'a>(&'a Value);

impl<'a> Schemas<'a> {
    fn named(&self, reference: &str) -> &'a Value {
        self.0.pointer(reference.trim_start_matches('#')).expect("a schema")
    }

    /// Every place at which the value is not what the schema says.
    fn faults(&self, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.faults(self.named(reference), value, place, found);
        }
        if let Some(variants) = schema["oneOf"].as_array() {
            let fits = |variant: &&Value| {
                let mut of_variant = Vec::new();
                self.faults(variant, value, place, &mut of_variant);
                of_variant.is_empty()
            };
            if variants.iter().filter(fits).count() != 1 {
                found.push(format!("{place}: not one variant fits"));
            }
            return;
        }
        let mut tell = |what: &str| found.push(format!("{place}: {what}: {value}"));
        if !is_of_type(&schema["type"], value) {
            return tell(&format!("not of the type {}", schema["type"]));
        }
        if schema["enum"].as_array().is_some_and(|choices| !choices.contains(value)) {
            tell("none of the choices");
        }
        if !has_format(schema["format"].as_str().unwrap_or_default(), value) {
            tell("not of its format");
        }
        if !is_within(schema, value) {
            tell("beyond its bounds");
        }
        match value {
            Value::Object(_) => self.faults_of_members(schema, value, place, found),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.faults(&schema["items"], item, &format!("{place}/{index}"), found);
                }
            }
            _ => {}
        }
    }

    fn faults_of_members(&self, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
        // An object about which nothing is said may hold anything.
        let Some(known) = schema["properties"].as_object() else { return };
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if value.get(name).is_none() {
                found.push(format!("{place}: {name} is missing"));
            }
        }
        for (name, member) in value.as_object().into_iter().flatten() {
            match known.get(name) {
                Some(schema) => self.faults(schema, member, &format!("{place}/{name}"), found),
                None => found.push(format!("{place}: {name} is in no schema")),
            }
        }
    }
}

fn is_of_type(kind: &Value, value: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| is_of_type(kind, value)),
        Value::String(kind) => match kind.as_str() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            _ => value.is_null(),
        },
        _ => true,
    }
}

fn has_format(format: &str, value: &Value) -> bool {
    let Some(text) = value.as_str() else { return true };
    match format {
        "uuid" => Uuid::parse_str(text).is_ok(),
        "date" => text.parse::<NaiveDate>().is_ok(),
        "date-time" => DateTime::parse_from_rfc3339(text).is_ok(),
        "email" => text.split('@').count() == 2,
        "uri-reference" => text.starts_with('/'),
        _ => true,
    }
}

fn is_within(schema: &Value, value: &Value) -> bool {
    let size = match value {
        Value::String(text) => i64::try_from(text.chars().count()).ok(),
        other => other.as_i64(),
    };
    let bound = |name: &str| schema[name].as_i64();
    let (least, most) = match value {
        Value::String(_) => (bound("minLength"), bound("maxLength")),
        _ => (bound("minimum"), bound("maximum")),
    };
    size.is_none_or(|size| least.is_none_or(|least| size >= least) && most.is_none_or(|most| size <= most))
}

/// Each JSON body of requests and of successful answers, with where it stands.
fn bodies(contract: &Value) -> Vec<(String, &Value)> {
    let mut all = Vec::new();
    for (path, item) in contract["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            let place = |what: &str| format!("{method} {path} {what}");
            all.push((place("request"), &operation["requestBody"]["content"]["application/json"]));
            for (status, answer) in operation["responses"].as_object().expect("answers") {
                if status.starts_with('2') {
                    all.push((place(status), &answer["content"]["application/json"]));
                }
            }
        }
    }
    all.retain(|(_, body)| body.is_object());
    all
}

/// The examples that Swagger UI shows of a body.
fn shown<'a>(schemas: &Schemas<'a>, body: &'a Value) -> Vec<&'a Value> {
    let own = body.get("example").into_iter();
    let several = body["examples"].as_object().into_iter().flatten().filter_map(|(_, it)| it.get("value"));
    let of_schema =
        body["schema"]["$ref"].as_str().and_then(|reference| schemas.named(reference).get("example"));
    own.chain(several).chain(of_schema).collect()
}

#[test]
fn every_request_and_every_successful_answer_has_an_example() {
    let contract = contract();
    let schemas = Schemas(&contract);
    let bodies = bodies(&contract);
    assert!(bodies.len() > 80, "{}", bodies.len());
    let bare: Vec<&str> = bodies
        .iter()
        .filter(|(_, body)| shown(&schemas, body).is_empty())
        .map(|(it, _)| it.as_str())
        .collect();
    assert!(bare.is_empty(), "{bare:#?}");
}

#[test]
fn every_example_is_what_its_schema_describes() {
    let contract = contract();
    let schemas = Schemas(&contract);
    let mut found = Vec::new();
    for (place, body) in bodies(&contract) {
        for example in shown(&schemas, body) {
            schemas.faults(&body["schema"], example, &place, &mut found);
        }
    }
    for (name, schema) in contract["components"]["schemas"].as_object().expect("schemas") {
        if let Some(example) = schema.get("example") {
            schemas.faults(schema, example, name, &mut found);
        }
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_draft_that_conflicts_is_about_its_reference() {
    let contract = contract();
    for path in ["/api/v1/medicine-demands", "/api/v1/medicine-demands/{id}/copies"] {
        let answer = &contract["paths"][path]["post"]["responses"]["409"];
        let example = &answer["content"]["application/problem+json"]["example"];
        assert_eq!(example["code"], "demand.client_reference_taken", "{path}");
        assert!(example["existing"]["href"].is_string() && example.get("currentState").is_none(), "{path}");
    }
}

#[test]
fn a_fault_is_found_where_it_is() {
    let contract = contract();
    let schemas = Schemas(&contract);
    let reference = "#/components/schemas/Wholesalers";
    let mut example = schemas.named(reference)["example"].clone();
    example["items"][0]["id"] = "no id".into();
    example["items"][1]["colour"] = "blue".into();
    let mut found = Vec::new();
    schemas.faults(schemas.named(reference), &example, "", &mut found);
    assert_eq!(found, ["/items/0/id: not of its format: \"no id\"", "/items/1: colour is in no schema"]);
}
