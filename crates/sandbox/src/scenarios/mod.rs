//! The demands of `data/scenarios`: real products, fictitious patients, and how each case ends.

mod filled;

pub use filled::content;

use domain::demand::model::{DemandKind, Outcome};
use domain::values::{CountryCode, Quantity, Text};
use serde::Deserialize;
use serde_json::{Map, Value};

/// One demand with its expected end.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    pub name: String,
    pub title: String,
    pub description: String,
    /// What is commonly known of this product's import.
    pub publicly_typical: String,
    /// Without entity, physician and representative, which [`content`] fills in.
    content: Map<String, Value>,
    pub field_of_medicine: String,
    pub expects: Outcome,
    pub approved_quantity: Option<Quantity>,
    pub grounds: Option<Text<8000>>,
    pub realisations: Realisations,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Realisations {
    pub imported: Vec<Imported>,
    pub dispensed: Vec<Dispensed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Imported {
    pub batch: Text<60>,
    /// Counted from the entry.
    pub expires_in_months: u32,
    pub packs: u32,
    pub pack_size: Quantity,
    pub source_country: CountryCode,
    pub days_after_handover: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Dispensed {
    pub batch: Text<60>,
    pub packs: u32,
    pub days_after_handover: u32,
}

impl Scenario {
    /// What its product is.
    pub fn kind(&self) -> DemandKind {
        let product = self.content.get("product");
        let is_food = product.is_some_and(|product| product.get("composition").is_some());
        if is_food { DemandKind::Food } else { DemandKind::Medicine }
    }

    pub fn is_in_facility(&self) -> bool {
        self.content.get("use").and_then(Value::as_str) == Some("IN_FACILITY")
    }
}

macro_rules! files {
    ($($name:literal)+) => {
        &[$(include_str!(concat!("../../../../data/scenarios/", $name, ".json"))),+]
    };
}

const FILES: &[&str] = files! {
    "allopurinol-refused"
    "clofazimine-mdr-tuberculosis-list"
    "dapsone-dermatitis-herpetiformis"
    "diazoxide-hyperinsulinism-infant"
    "ethosuximide-minor-without-pesel"
    "isoprenaline-emergency-stock"
    "lomustine-oligodendroglioma"
    "meglumine-antimoniate-leishmaniasis"
    "metyrosine-phaeochromocytoma"
    "monogen-fatty-acid-oxidation"
    "paromomycin-amoebiasis-foreigner"
    "physostigmine-antidote-stock"
    "praziquantel-schistosomiasis"
    "procarbazine-hodgkin"
    "pyrimethamine-newborn"
    "sultiame-eses-child"
    "tetracosactide-diagnostic-stock"
    "tiopronin-cystinuria"
    "triclabendazole-fascioliasis"
};

/// Every scenario by name.
pub fn all() -> Result<Vec<Scenario>, serde_json::Error> {
    FILES.iter().map(|text| serde_json::from_str(text)).collect()
}

/// The scenario of this name.
pub fn find(name: &str) -> Result<Option<Scenario>, serde_json::Error> {
    Ok(all()?.into_iter().find(|scenario| scenario.name == name))
}

#[cfg(test)]
mod tests;
