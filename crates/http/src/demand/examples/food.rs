//! The same examples about a food: only what is demanded and why differs from a medicine.

use serde_json::{Map, Value, json};

const MEDICINE_NUMBER: &str = "ZPL-2026-7K3M9QXT-B";
const FOOD_NUMBER: &str = "ZSS-2026-7K3M9QXT-J";

/// Asks for a food where these members of an example ask for a medicine.
pub(crate) fn as_food(members: &mut Map<String, Value>) {
    let is_of_medicine = |product: &Value| product.get("tradeName").is_some_and(Value::is_string);
    if !members.get("product").is_some_and(is_of_medicine) {
        return;
    }
    let mut product = json!({
        "name": "Przykładowa mieszanka wysokobiałkowa", "form": "proszek", "producer": "Beispiel Nutrition GmbH"
    });
    let is_content = members.contains_key("use") && !members.contains_key("number");
    if is_content && let Some(product) = product.as_object_mut() {
        product.insert("group".to_owned(), json!("SPECIAL_MEDICAL_PURPOSES"));
        product.insert(
            "composition".to_owned(),
            json!("białka mleka, maltodekstryna, oleje, witaminy, sole mineralne"),
        );
    }
    members.insert("product".to_owned(), product);
    for (name, value) in [
        (
            "diagnosis",
            json!({"icd10": "Q81.2", "description": "Pęcherzowe oddzielanie się naskórka, postać dystroficzna"}),
        ),
        (
            "justification",
            json!(
                "Zwężenie przełyku i utrata białka przez skórę; preparaty dostępne w kraju są nietolerowane."
            ),
        ),
    ] {
        if members.contains_key(name) {
            members.insert(name.to_owned(), value);
        }
    }
    let unit = members.get_mut("quantity").and_then(|quantity| quantity.get_mut("unit"));
    if let Some(unit) = unit {
        *unit = json!("PACK");
    }
}

/// Numbers, addresses and the name of the kind.
pub(crate) fn text_of_food(text: &str) -> String {
    if text == "MEDICINE" {
        return "FOOD".to_owned();
    }
    text.replace(MEDICINE_NUMBER, FOOD_NUMBER).replace("/medicine-demands/", "/food-demands/")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use crate::demand::examples;
    use crate::demand::requests::{DemandPaperEntryRequest, DemandRequest};
    use domain::demand::model::DemandKind;
    use domain::values::DemandNumber;

    #[test]
    fn every_example_can_be_sent_about_a_food() {
        for mut example in [examples::outside_facility(), examples::in_facility(), examples::patient_list()] {
            as_food(example["content"].as_object_mut().unwrap());
            let sent: DemandRequest = serde_json::from_value(example).unwrap();
            sent.parse(DemandKind::Food).unwrap();
        }
        let mut paper = examples::on_paper();
        as_food(paper["content"].as_object_mut().unwrap());
        let sent: DemandPaperEntryRequest = serde_json::from_value(paper).unwrap();
        sent.parse(DemandKind::Food).unwrap();
    }

    #[test]
    fn the_numbers_of_the_examples_are_numbers() {
        DemandNumber::parse(MEDICINE_NUMBER).unwrap();
        DemandNumber::parse(FOOD_NUMBER).unwrap();
    }
}
