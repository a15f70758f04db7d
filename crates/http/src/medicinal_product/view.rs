//! A registered product as it is shown.

use domain::medicinal_product::{ActiveSubstance, Pack, RegisteredProduct};
use serde::Serialize;
use utoipa::ToSchema;

/// A product as the register of medicinal products publishes it. The register says what is authorised, not what can
/// be had.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MedicinalProduct, example = product_example)]
pub(crate) struct MedicinalProductView {
    /// The register's number, up to 19 digits.
    #[schema(pattern = "^[0-9]{1,19}$", example = "900000011")]
    register_id: String,
    /// The register's word for whom it is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "ludzki")]
    kind: Option<String>,
    #[schema(example = "Milurytest")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Allopurinolum")]
    common_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "300 mg")]
    strength: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Tabletki")]
    form: Option<String>,
    /// The marketing authorisation holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Przykład Pharma S.A.")]
    holder: Option<String>,
    /// NAR, MRP, DCP, CEN, IR.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "NAR")]
    procedure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T/0011")]
    permit_number: Option<String>,
    /// A day, or a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Bezterminowe")]
    permit_validity: Option<String>,
    /// ATC or ATCvet codes.
    #[schema(example = json!(["M04AA01"]))]
    atc: Vec<String>,
    substances: Vec<ActiveSubstanceView>,
    packs: Vec<MedicinalProductPackView>,
}

/// An active substance and its amount in a unit of the preparation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ActiveSubstance)]
pub(crate) struct ActiveSubstanceView {
    #[schema(example = "Allopurinolum")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "300")]
    amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "mg")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "1")]
    per_amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "tabl.")]
    per_unit: Option<String>,
    /// The amount where it is no number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "nie mniej niż 10 000 j.")]
    described: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MedicinalProductPack)]
pub(crate) struct MedicinalProductPackView {
    /// As it stands in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "05909999000112")]
    gtin: Option<String>,
    /// OTC, Rp, Rpw, Rpz, Lz.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Rp")]
    availability: Option<String>,
    /// Struck off.
    deleted: bool,
}

impl MedicinalProductView {
    pub(crate) fn of(product: RegisteredProduct) -> Self {
        Self {
            register_id: product.id.to_string(),
            kind: product.kind,
            name: product.name,
            common_name: product.common_name,
            strength: product.strength,
            form: product.form,
            holder: product.holder,
            procedure: product.procedure,
            permit_number: product.permit.number,
            permit_validity: product.permit.validity,
            atc: product.atc,
            substances: product.substances.into_iter().map(ActiveSubstanceView::of).collect(),
            packs: product.packs.into_iter().map(MedicinalProductPackView::of).collect(),
        }
    }
}

impl ActiveSubstanceView {
    fn of(substance: ActiveSubstance) -> Self {
        let ActiveSubstance { name, amount, unit, per_amount, per_unit, described } = substance;
        Self { name, amount, unit, per_amount, per_unit, described }
    }
}

impl MedicinalProductPackView {
    fn of(pack: Pack) -> Self {
        let Pack { gtin, availability, deleted } = pack;
        Self { gtin, availability, deleted }
    }
}

/// A product of the sandbox's sample.
pub(crate) fn product_example() -> serde_json::Value {
    serde_json::json!({"registerId": "900000011", "kind": "ludzki", "name": "Milurytest",
    "commonName": "Allopurinolum", "strength": "300 mg", "form": "Tabletki", "holder": "Przykład Pharma S.A.",
    "procedure": "NAR", "permitNumber": "T/0011", "permitValidity": "Bezterminowe", "atc": ["M04AA01"],
    "substances": [{"name": "Allopurinolum", "amount": "300", "unit": "mg", "perAmount": "1", "perUnit": "tabl."}],
    "packs": []})
}
