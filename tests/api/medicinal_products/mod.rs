//! The register of medicinal products: searched, imported anew, and compared with demands.

mod import;
mod matches;
mod progress;
mod search;
mod warnings;

pub(crate) const PRODUCTS: &str = "/api/v1/medicinal-products";

/// The file that the sandbox imports.
pub(crate) fn sample() -> &'static str {
    std::str::from_utf8(sandbox::products::SAMPLE).unwrap()
}

/// A register of one product of this strength and form.
pub(crate) fn register(day: &str, name: &str, strength: &str, form: &str) -> String {
    format!(
        "<produktyLecznicze xmlns='{}' stanNaDzien='{day}'><produktLeczniczy id='77' nazwaProduktu='Próbny' \
         rodzajPreparatu='ludzki' nazwaPowszechnieStosowana='{name}' moc='{strength}' \
         nazwaPostaciFarmaceutycznej='{form}'/></produktyLecznicze>",
        gateways::product_register::NAMESPACE
    )
}

/// The names of a page, in its order.
pub(crate) fn names(page: &testkit::Response) -> Vec<String> {
    let items = page.at("/items").as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["name"].as_str().unwrap_or_default().to_owned()).collect()
}
