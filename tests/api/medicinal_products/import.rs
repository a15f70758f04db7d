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
