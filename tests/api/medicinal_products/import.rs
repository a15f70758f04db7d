//! Importing: a new edition is served whole, a bad file leaves the former one.

use super::{PRODUCTS, names, register, sample};
use app::medicinal_product::ProductImportFault;
use std::io::{Cursor, Read};
use testkit::{TestApp, on_both};

const ROWS: &str =
    "SELECT (SELECT count(*) FROM medicinal_products) + (SELECT count(*) FROM product_editions) AS number";

on_both! {
    async fn an_edition_takes_the_place_of_the_one_before_and_nothing_of_that_is_left(app: TestApp) {
        let first = app.import_products(sample()).await;
        assert_eq!((first.loaded, first.removed, first.faulty, first.before), (11, 1, 0, None));
        let next = app.import_products(&register("2026-11-09", "Dapsonum", "50 mg", "tabletki")).await;
        assert_eq!((next.loaded, next.before), (1, Some(first.as_of)));
        assert_eq!(names(&app.as_persona("wholesaler").get(PRODUCTS).await.is(200)), ["Próbny"]);
        assert_eq!(app.count(ROWS).await, 2);
        assert_eq!(app.count("SELECT count(*) AS number FROM medicinal_product_terms WHERE register_id <> 77").await, 0);
    }

    async fn bad_records_are_told_and_the_good_ones_are_served(app: TestApp) {
        let again = "<produktLeczniczy id='900000011' nazwaProduktu='Drugi raz'/><produktLeczniczy id='x'/>";
        let file = sample().replace("</produktyLecznicze>", &format!("{again}</produktyLecznicze>"));
        let imported = app.import_products(&file).await;
        assert_eq!((imported.read(), imported.loaded, imported.faulty), (14, 11, 2));
        let reasons: Vec<&str> = imported.faults.iter().map(|fault| fault.reason.as_str()).collect();
        assert_eq!(reasons[0], "stands in the file a second time");
        assert!(reasons[1].starts_with("id is not"), "{reasons:?}");
        let found = names(&app.as_persona("wholesaler").get(PRODUCTS).await.is(200));
        assert!(found.len() == 11 && !found.contains(&"Drugi raz".to_owned()), "{found:?}");
    }

    async fn a_file_that_cannot_be_read_to_its_end_leaves_the_former_edition(app: TestApp) {
        app.import_products(sample()).await;
        let rows = app.count(ROWS).await;
        let cut = &sample()[..sample().find("Insutest").unwrap()];
        for (bad, expected) in [
            (cut.to_owned(), "ends in the middle"),
            (sample().replace("v6.0.0", "v7.0.0"), "not the register of version 6.0.0"),
            (register("2026-11-09", "", "", "").replace("id='77'", ""), "no product that can be taken"),
        ] {
            let fault = app.try_import_products(Cursor::new(bad)).await.unwrap_err();
            assert!(fault.to_string().contains(expected), "{fault}");
            assert_eq!(names(&app.as_persona("wholesaler").get(PRODUCTS).await.is(200)).len(), 11);
            assert_eq!(app.count(ROWS).await, rows, "nothing half-loaded is left: {fault}");
        }
    }

    async fn records_that_cannot_be_kept_are_told_and_the_others_are_served(app: TestApp) {
        let long = "x".repeat(2001);
        let bad = format!(
            "<produktLeczniczy id='1' nazwaProduktu='Długi {long}'/>\
             <produktLeczniczy id='2' nazwaProduktu='Próbny' nazwaPowszechnieStosowana='{long}'/>\
             <produktLeczniczy id='3' nazwaProduktu='Próbny'><kodyATC><kodATC>A\u{0}B</kodATC></kodyATC></produktLeczniczy>\
             </produktyLecznicze>"
        );
        let imported = app.import_products(&sample().replace("</produktyLecznicze>", &bad)).await;
        assert_eq!((imported.loaded, imported.faulty), (11, 3));
        let reasons: Vec<&str> = imported.faults.iter().map(|fault| fault.reason.as_str()).collect();
        assert!(reasons.iter().filter(|it| it.contains("too long to be searched for")).count() == 2, "{reasons:?}");
        assert!(reasons.contains(&"kodATC has control characters"), "{reasons:?}");
        assert_eq!(names(&app.as_persona("wholesaler").get(PRODUCTS).await.is(200)).len(), 11);
    }

    async fn a_stretch_of_products_with_all_the_packs_they_may_have_is_loaded(app: TestApp) {
        let pack = |number| format!("<opakowanie kodGTIN='{}'/>", gtin(number));
        let record = |id: u32| {
            let packs: Vec<String> = (id * 2000..(id + 1) * 2000).map(pack).collect();
            let packs = packs.concat();
            format!("<produktLeczniczy id='{id}' nazwaProduktu='Obfity'><opakowania>{packs}</opakowania></produktLeczniczy>")
        };
        let text = (1000..1012).map(record).collect::<Vec<_>>().concat();
        let imported = app.import_products(&sample().replace("</produktyLecznicze>", &format!("{text}</produktyLecznicze>"))).await;
        assert_eq!((imported.loaded, imported.faulty), (23, 0));
        let last = gtin(1011 * 2000 + 1999);
        let found = app.as_persona("wholesaler").get(&format!("{PRODUCTS}?gtin={last}")).await.is(200);
        assert_eq!(names(&found), ["Obfity"]);
    }

    async fn an_older_or_a_much_smaller_register_is_taken_only_where_that_is_meant(app: TestApp) {
        app.import_products(sample()).await;
        let older = sample().replace("2026-11-02", "2026-11-01");
        let smaller = register("2026-11-09", "Dapsonum", "50 mg", "tabletki");
        for (file, expected) in [(&older, "which is newer"), (&smaller, "less than half of the 11")] {
            let fault = app.try_import_products(Cursor::new(file.clone())).await.unwrap_err();
            assert!(fault.to_string().contains(expected) && fault.to_string().contains("zostanie mimo to przyjęty"), "{fault}");
            assert_eq!(names(&app.as_persona("wholesaler").get(PRODUCTS).await.is(200)).len(), 11);
            assert_eq!(app.count("SELECT count(*) AS number FROM product_editions").await, 1);
        }
        app.try_import_products(Cursor::new(sample())).await.unwrap();
        assert_eq!(app.import_products(&older).await.loaded, 11);
        assert_eq!(app.import_products(&smaller).await.loaded, 1);
    }

    async fn an_import_that_has_lost_its_lease_does_not_change_over(app: TestApp) {
        app.import_products(sample()).await;
        let lose = |_| {
            app.execute("UPDATE leases SET holder = 'another', until = '2999-01-01 00:00:00' WHERE name = 'product-import'");
        };
        let lost = app.try_import_products_watched(Cursor::new(sample()), lose).await;
        assert!(matches!(lost, Err(ProductImportFault::Running)), "{lost:?}");
        assert_eq!(app.count("SELECT count(*) AS number FROM product_editions WHERE state = 'LOADING'").await, 1);
        assert_eq!(names(&app.as_persona("wholesaler").get(PRODUCTS).await.is(200)).len(), 11);
    }

    async fn one_import_runs_at_a_time_and_readers_see_the_former_edition_meanwhile(app: TestApp) {
        app.import_products(sample()).await;
        let (gate, waiting) = std::sync::mpsc::channel::<()>();
        let slow = Gated { begun: Cursor::new(sample().as_bytes()), gate: waiting };
        let (first, ()) = tokio::join!(app.try_import_products(slow), async {
            // The other one holds its lease as soon as it has begun.
            while app.count("SELECT count(*) AS number FROM product_editions").await < 2 {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            let second = app.try_import_products(Cursor::new(sample())).await;
            assert!(matches!(second, Err(ProductImportFault::Running)), "{second:?}");
            let found = app.as_persona("wholesaler").get(PRODUCTS).await.is(200);
            assert_eq!(names(&found).len(), 11);
            drop(gate);
        });
        assert_eq!(first.unwrap().loaded, 11);
        assert_eq!(app.count("SELECT count(*) AS number FROM product_editions").await, 1);
    }
}

/// Fourteen digits with the check digit of GS1.
fn gtin(number: u32) -> String {
    let body = format!("05909{number:08}");
    let digits = body.chars().filter_map(|c| c.to_digit(10)).enumerate();
    let sum: u32 = digits.map(|(at, digit)| digit * if at % 2 == 0 { 3 } else { 1 }).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// A file whose second half comes when its gate is dropped.
struct Gated {
    begun: Cursor<&'static [u8]>,
    gate: std::sync::mpsc::Receiver<()>,
}

impl Read for Gated {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let half = u64::try_from(self.begun.get_ref().len() / 2).unwrap();
        if self.begun.position() >= half {
            let _dropped = self.gate.recv();
            return self.begun.read(into);
        }
        let most = usize::try_from(half - self.begun.position()).unwrap().min(into.len());
        self.begun.read(&mut into[..most])
    }
}
