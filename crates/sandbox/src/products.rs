//! The register of medicinal products as a tester finds it: a few made-up products.

use crate::state::FillFault;
use app::App;
use app::medicinal_product::{ProductImportFault, StepBack};
use chrono::NaiveDate;

/// The published file's shape with made-up content; its scenario is `allopurinol-refused`.
pub const SAMPLE: &[u8] = include_bytes!("../../../data/medicinal-products/sample.xml");

/// Puts the sample in where no register is, or an older one.
pub(crate) async fn import_sample(app: &App) -> Result<(), FillFault> {
    let served =
        app.store().read(store::medicinal_product::current).await.map_err(ProductImportFault::from)?;
    if served.is_some_and(|edition| Some(edition.as_of) >= sample_day()) {
        return Ok(());
    }
    // Smaller than a real one that a tester has imported.
    match app.import_products(SAMPLE, StepBack::Allowed, |_| {}).await {
        // Another sandbox on the same database does it.
        Err(ProductImportFault::Running) => {
            tracing::warn!("the sample of the register was not imported: another import is running");
            Ok(())
        }
        imported => Ok(imported.map(drop)?),
    }
}

fn sample_day() -> Option<NaiveDate> {
    let register = gateways::product_register::ProductRegister::open(SAMPLE).ok()?;
    Some(register.as_of())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;
    use crate::personas::{default_space, issuer};
    use crate::scenarios;
    use domain::demand::model::DemandKind;
    use domain::medicinal_product::{Match, RegisteredProduct, Wanted};
    use domain::medicine_demand::model::Product;
    use gateways::product_register::{ProductRegister, Record};

    fn products() -> Vec<RegisteredProduct> {
        let mut register = ProductRegister::open(SAMPLE).unwrap();
        let mut all = Vec::new();
        while let Some(record) = register.next_record().unwrap() {
            match record {
                Record::Product(product) => all.push(*product),
                Record::Removed => {}
                Record::Faulty(fault) => panic!("{fault:?}"),
            }
        }
        all
    }

    #[test]
    fn one_scenario_finds_equivalents_and_the_others_find_none() {
        let day = sample_day().unwrap();
        let mut warned = Vec::new();
        let medicines = scenarios::all().unwrap().into_iter().filter(|it| it.kind() == DemandKind::Medicine);
        for scenario in medicines {
            let physician = issuer(&default_space(), scenario.is_in_facility()).unwrap();
            let mut content = scenarios::content(&scenario, &default_space(), &physician);
            let product: Product = serde_json::from_value(content["product"].take()).unwrap();
            let found = Wanted::of(&product).unwrap().matches(products(), day);
            if found.iter().any(Match::is_equivalent) {
                warned.push((scenario.name, found.iter().filter(|it| it.is_equivalent()).count()));
            }
        }
        assert_eq!(warned, [("allopurinol-refused".to_owned(), 2)]);
    }
}
