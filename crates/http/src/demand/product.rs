//! What is demanded, as it travels: a medicine or a food, each with members of its own.

use super::choices::FoodGroup;
use crate::faults::UNKNOWN_MEMBER;
use crate::parsing::Faults;
use domain::demand::content as model;
use domain::demand::model::DemandKind;
use domain::values::{Atc, Gtin, Text};
use domain::{food_demand, medicine_demand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// How [`DemandProduct`] is read: strict in its members, so that a fault names its place.
#[derive(Default, Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trade_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub international_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<FoodGroup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub composition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketing_authorisation_holder: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub atc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
}

/// What is demanded; under the address of each kind there is one of them only.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum DemandProduct {
    Medicine(MedicineProduct),
    Food(FoodProduct),
}

/// The medicine as it is named abroad (PF art. 4ac(3)–(4)).
#[derive(ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "only describes the schema; Product is read instead")]
pub struct MedicineProduct {
    #[schema(max_length = 300, example = "Przykładomycyna")]
    trade_name: Option<String>,
    #[schema(max_length = 300, example = "exemplomycinum")]
    international_name: Option<String>,
    #[schema(max_length = 200, example = "tabletki powlekane")]
    form: Option<String>,
    #[schema(max_length = 200, example = "250 mg")]
    strength: Option<String>,
    #[schema(max_length = 300, example = "Beispiel Pharma GmbH")]
    marketing_authorisation_holder: Option<String>,
    #[schema(example = "J01XX")]
    atc: Option<String>,
    #[schema(example = "05909991452063")]
    gtin: Option<String>,
}

/// The food as it is named abroad (UBZZ art. 29a(2d)–(2e)).
#[derive(ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "only describes the schema; Product is read instead")]
pub struct FoodProduct {
    #[schema(max_length = 300, example = "Przykładowa mieszanka aminokwasów")]
    name: Option<String>,
    /// Only these two groups may be brought in (UBZZ art. 29a(1)).
    group: Option<FoodGroup>,
    /// What it is made of.
    #[schema(max_length = 4000, example = "L-aminokwasy bez fenyloalaniny, witaminy, składniki mineralne")]
    composition: Option<String>,
    #[schema(max_length = 200, example = "proszek")]
    form: Option<String>,
    #[schema(max_length = 300, example = "Beispiel Nutrition GmbH")]
    producer: Option<String>,
}

impl Product {
    /// A kind has its own members and no others.
    pub fn read(&self, kind: DemandKind, faults: &mut Faults) -> Option<model::Product> {
        let (medicine, food) = (kind == DemandKind::Medicine, kind == DemandKind::Food);
        for (member, sent, belongs) in [
            ("/tradeName", self.trade_name.is_some(), medicine),
            ("/internationalName", self.international_name.is_some(), medicine),
            ("/strength", self.strength.is_some(), medicine),
            ("/marketingAuthorisationHolder", self.marketing_authorisation_holder.is_some(), medicine),
            ("/atc", self.atc.is_some(), medicine),
            ("/gtin", self.gtin.is_some(), medicine),
            ("/name", self.name.is_some(), food),
            ("/group", self.group.is_some(), food),
            ("/composition", self.composition.is_some(), food),
            ("/producer", self.producer.is_some(), food),
        ] {
            if sent && !belongs {
                faults.add(member, UNKNOWN_MEMBER);
            }
        }
        match kind {
            DemandKind::Medicine => self.medicine(faults).map(model::Product::Medicine),
            DemandKind::Food => self.food(faults).map(model::Product::Food),
        }
    }

    /// Where only a medicine can be meant.
    pub fn read_medicine(&self, faults: &mut Faults) -> Option<medicine_demand::Product> {
        self.read(DemandKind::Medicine, faults)?.as_medicine().cloned()
    }

    fn medicine(&self, faults: &mut Faults) -> Option<medicine_demand::Product> {
        let trade_name = faults.optional("/tradeName", self.trade_name.as_deref(), Text::parse);
        let international_name =
            faults.optional("/internationalName", self.international_name.as_deref(), Text::parse);
        let form = faults.optional("/form", self.form.as_deref(), Text::parse);
        let strength = faults.optional("/strength", self.strength.as_deref(), Text::parse);
        let holder = faults.optional(
            "/marketingAuthorisationHolder",
            self.marketing_authorisation_holder.as_deref(),
            Text::parse,
        );
        let atc = faults.optional("/atc", self.atc.as_deref(), Atc::parse);
        let gtin = faults.optional("/gtin", self.gtin.as_deref(), Gtin::parse);
        Some(medicine_demand::Product {
            trade_name: trade_name?,
            international_name: international_name?,
            form: form?,
            strength: strength?,
            marketing_authorisation_holder: holder?,
            atc: atc?,
            gtin: gtin?,
        })
    }

    fn food(&self, faults: &mut Faults) -> Option<food_demand::Product> {
        let name = faults.optional("/name", self.name.as_deref(), Text::parse);
        let composition = faults.optional("/composition", self.composition.as_deref(), Text::parse);
        let form = faults.optional("/form", self.form.as_deref(), Text::parse);
        let producer = faults.optional("/producer", self.producer.as_deref(), Text::parse);
        Some(food_demand::Product {
            name: name?,
            group: self.group.map(Into::into),
            composition: composition?,
            form: form?,
            producer: producer?,
        })
    }

    pub fn of(product: &model::Product) -> Self {
        match product {
            model::Product::Medicine(it) => Self::of_medicine(it),
            model::Product::Food(it) => Self {
                name: text(it.name.as_ref()),
                group: it.group.map(Into::into),
                composition: text(it.composition.as_ref()),
                form: text(it.form.as_ref()),
                producer: text(it.producer.as_ref()),
                ..Self::default()
            },
        }
    }
}

impl Product {
    pub fn of_medicine(it: &medicine_demand::Product) -> Self {
        Self {
            trade_name: text(it.trade_name.as_ref()),
            international_name: text(it.international_name.as_ref()),
            form: text(it.form.as_ref()),
            strength: text(it.strength.as_ref()),
            marketing_authorisation_holder: text(it.marketing_authorisation_holder.as_ref()),
            atc: it.atc.as_ref().map(|atc| atc.as_str().to_owned()),
            gtin: it.gtin.as_ref().map(|gtin| gtin.as_str().to_owned()),
            ..Self::default()
        }
    }
}

fn text<const MAX: usize>(value: Option<&Text<MAX>>) -> Option<String> {
    value.map(|text| text.as_str().to_owned())
}
