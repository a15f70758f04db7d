//! One set of operations serves the demands of every kind; the contract tells the kinds apart.
//!
//! Handlers and views say «demand». Here each kind gets operations, schemas and examples under names of its own, so
//! that a generated client is told which product it sends and which it is shown. What is answered elsewhere, e.g. by a
//! retrieval, is a demand of either kind.

use crate::demand::examples;
use domain::demand::content::Ground;
use domain::demand::model::DemandKind;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use utoipa::openapi::OpenApi;

const SCHEMAS: &str = "#/components/schemas/";
/// What tells the kinds apart, and so everything that holds one.
const PRODUCT: &str = "DemandProduct";
const DEMAND: &str = "Demand";
const KIND: &str = "DemandKind";
const GROUND: &str = "DemandGround";

/// The document with operations and schemas of each kind. One that cannot be told apart stays as it is, and differs from
/// the contract that is checked in.
pub(super) fn told_apart(document: OpenApi) -> OpenApi {
    let told = serde_json::to_value(&document).and_then(|mut told| {
        tell_apart(&mut told);
        serde_json::from_value(told)
    });
    told.unwrap_or(document)
}

fn tell_apart(told: &mut Value) {
    let schemas = told.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    let apart = holders_of_a_product(&schemas);
    for kind in DemandKind::ALL {
        let paths = told.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
        for (_, item) in paths.filter(|(path, _)| kind_at(path) == Some(kind)) {
            tell(kind, &apart, item);
        }
    }
    if let Some(all) = told.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        for name in &apart {
            let Some(neutral) = all.remove(name).filter(|_| *name != PRODUCT) else { continue };
            for kind in DemandKind::ALL {
                let mut own = neutral.clone();
                tell(kind, &apart, &mut own);
                all.insert(name_of(kind, name), own);
            }
        }
        if apart.contains(DEMAND) {
            all.insert(DEMAND.to_owned(), either());
        }
        all.remove(KIND);
    }
}

/// Of which kind the demands at this path are.
fn kind_at(path: &str) -> Option<DemandKind> {
    let rest = path.strip_prefix("/api/v1/")?;
    DemandKind::ALL.into_iter().find(|kind| rest.starts_with(kind.collection()))
}

/// The id of an operation at this path as the contract tells it: of demands, with their kind.
pub(super) fn operation_id(path: &str, registered: &str) -> String {
    match kind_at(path) {
        Some(kind) => id_of(kind, registered),
        None => registered.to_owned(),
    }
}

fn id_of(kind: DemandKind, registered: &str) -> String {
    registered.replacen("demand", &format!("{}_demand", word(kind)), 1)
}

/// The schemas of demands that hold a product, directly or through others.
fn holders_of_a_product(schemas: &Map<String, Value>) -> BTreeSet<String> {
    let mut found = BTreeSet::from([PRODUCT.to_owned()]);
    loop {
        let more: Vec<String> = schemas
            .iter()
            .filter(|(name, schema)| {
                name.starts_with(DEMAND) && !found.contains(*name) && refers_to_any(schema, &found)
            })
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

fn refers_to_any(schema: &Value, names: &BTreeSet<String>) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(name, value)| {
            (name == "$ref" && referred(value).is_some_and(|its| names.contains(its)))
                || refers_to_any(value, names)
        }),
        Value::Array(items) => items.iter().any(|item| refers_to_any(item, names)),
        _ => false,
    }
}

fn referred(reference: &Value) -> Option<&str> {
    reference.as_str()?.strip_prefix(SCHEMAS)
}

/// `MedicineProduct`, `FoodDemand`, …
fn name_of(kind: DemandKind, name: &str) -> String {
    let kind = match kind {
        DemandKind::Medicine => "Medicine",
        DemandKind::Food => "Food",
    };
    let rest = if name == PRODUCT { name.trim_start_matches(DEMAND) } else { name };
    format!("{kind}{rest}")
}

/// Says of one kind what is said of demands.
fn tell(kind: DemandKind, apart: &BTreeSet<String>, said: &mut Value) {
    match said {
        Value::Object(members) => {
            if kind == DemandKind::Food {
                members.retain(|_, member| member.pointer("/value/content/disaster").is_none());
                examples::as_food(members);
            }
            if let Some(only) = members.get("$ref").and_then(referred).and_then(|its| only_value(kind, its)) {
                *members = Map::from_iter([
                    ("type".to_owned(), json!("string")),
                    ("enum".to_owned(), json!([only])),
                ]);
                return;
            }
            if kind == DemandKind::Food
                && let Some(Value::Object(properties)) = members.get_mut("properties")
            {
                properties.retain(|_, property| !refers_to_any(property, &of_medicines()));
            }
            for (name, value) in members.iter_mut() {
                match (name.as_str(), &*value) {
                    ("$ref", Value::String(_)) => {
                        let own = referred(value).filter(|its| apart.contains(*its));
                        if let Some(its) = own.map(|its| name_of(kind, its)) {
                            *value = format!("{SCHEMAS}{its}").into();
                        }
                    }
                    ("operationId", Value::String(id)) => {
                        *value = id_of(kind, id).into();
                    }
                    ("tags", Value::Array(_)) => *value = json!([kind.collection()]),
                    ("description" | "summary", Value::String(text)) if kind == DemandKind::Food => {
                        *value = without_kpa(&text.replace("medicine", "food")).into();
                    }
                    _ => tell(kind, apart, value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| tell(kind, apart, item)),
        Value::String(text) if kind == DemandKind::Food => *text = examples::text_of_food(text),
        _ => {}
    }
}

/// The one value of a choice that this kind leaves no choice of.
fn only_value(kind: DemandKind, choice: &str) -> Option<&'static str> {
    match (choice, kind) {
        (KIND, _) => Some(kind.name()),
        (GROUND, DemandKind::Food) => Some(Ground::TargetImport.name()),
        _ => None,
    }
}

/// What only a medicine's content holds: no food is brought in under PF art. 4(9).
fn of_medicines() -> BTreeSet<String> {
    BTreeSet::from(["DemandDisaster".to_owned()])
}

/// The text without the basis in KPA, which is excluded for foods (UBZZ art. 29a(5)).
fn without_kpa(text: &str) -> String {
    let Some((before, rest)) = text.split_once("(KPA ") else { return text.to_owned() };
    let after = rest.split_once(')').map_or("", |(_, after)| after);
    format!("{}{}", before.trim_end(), without_kpa(after))
}

fn word(kind: DemandKind) -> &'static str {
    match kind {
        DemandKind::Medicine => "medicine",
        DemandKind::Food => "food",
    }
}

/// A demand of either kind, where the address does not say which.
fn either() -> Value {
    let place = |kind| format!("{SCHEMAS}{}", name_of(kind, DEMAND));
    let all = DemandKind::ALL.map(|kind| json!({"$ref": place(kind)}));
    let mapping: Map<String, Value> =
        DemandKind::ALL.into_iter().map(|kind| (kind.name().to_owned(), place(kind).into())).collect();
    json!({
        "description": "A demand of either kind in the view of the caller.",
        "oneOf": all, "discriminator": {"propertyName": "kind", "mapping": mapping},
        "example": examples::answers::demand()
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;

    /// Every text under a value, with all schemas to which it refers.
    fn texts(document: &Value, said: &Value, seen: &mut BTreeSet<String>, found: &mut Vec<String>) {
        match said {
            Value::String(text) => {
                if text.starts_with('#') && seen.insert(text.clone()) {
                    texts(document, document.pointer(&text[1..]).unwrap(), seen, found);
                }
                found.push(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| texts(document, item, seen, found)),
            Value::Object(members) => members.values().for_each(|value| texts(document, value, seen, found)),
            _ => {}
        }
    }

    #[test]
    fn nothing_that_is_said_of_foods_stands_on_the_code_of_administrative_procedure() {
        let document: Value = serde_json::from_str(&crate::contract::openapi_json()).unwrap();
        let of = |kind: DemandKind| {
            let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
            let paths = document["paths"].as_object().unwrap().iter();
            for (_, item) in paths.filter(|(path, _)| path.contains(kind.collection())) {
                texts(&document, item, &mut seen, &mut found);
            }
            found.retain(|text| text.contains("KPA") || text.contains("postępowania administracyjnego"));
            found
        };
        assert_eq!(of(DemandKind::Food), [""; 0]);
        assert!(of(DemandKind::Medicine).iter().any(|text| text.contains("KPA art. 66a")));
    }

    #[test]
    fn a_disaster_is_of_medicines_only() {
        let document: Value = serde_json::from_str(&crate::contract::openapi_json()).unwrap();
        let of = |pointer: &str| document.pointer(&format!("/components/schemas/{pointer}")).cloned();
        assert!(of("MedicineDemandContent/properties/disaster").is_some());
        assert!(of("FoodDemandContent/properties").is_some());
        assert_eq!(of("FoodDemandContent/properties/disaster"), None);
        assert_eq!(of("FoodDemand/properties/ground/enum"), Some(json!(["TARGET_IMPORT"])));
        assert!(of("MedicineDemand/properties/ground/$ref").is_some());
    }

    #[test]
    fn what_is_cut_out_leaves_the_sentence_whole() {
        assert_eq!(without_kpa("Kept\n(KPA art. 66a). More (KPA art. 50)."), "Kept. More.");
        assert_eq!(without_kpa("Nothing."), "Nothing.");
    }
}
