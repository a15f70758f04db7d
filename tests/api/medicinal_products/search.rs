//! `GET /medicinal-products`: filters, pages, faults, revalidation.

use super::{PRODUCTS, names, register, sample};
use serde_json::json;
use testkit::{TestApp, on_both};

on_both! {
    async fn a_product_is_found_by_what_is_known_of_it(app: TestApp) {
        app.import_products(sample()).await;
        let who = app.as_persona("pharmacist");
        for (query, expected) in [
            ("name=milury", vec!["Milurytest", "Milurytest"]),
            ("name=pr%C3%B3bny%20ALLO", vec!["Allopurynol Próbny"]),
            ("substance=allopurynol&strength=0,3%20g", vec!["Milurytest", "Allopurynol Próbny"]),
            ("substance=amoxicillin", vec!["Klavotest"]),
            ("substance=kwas%20klawulanowy%2Bamoksycylina", vec!["Klavotest"]),
            ("substance=amoxicillin%2Ballopurinol", vec![]),
            ("gtin=05909999000112", vec!["Milurytest"]),
            ("gtin=5909999000112", vec!["Milurytest"]),
            ("form=tabl.&strength=100%20mg", vec!["Milurytest"]),
            ("strength=10%20mg/g", vec!["Metotrest", "Hydrokortest"]),
            ("strength=1%25&form=krem", vec!["Hydrokortest"]),
            ("substance=lewotyroksyna&strength=0,0625%20mg", vec!["Lewotyrest"]),
            ("name=prazitest", vec!["Prazitest dla psów"]),
            ("name=usuni%C4%99ty", vec![]),
        ] {
            let found = who.get(&format!("{PRODUCTS}?{query}")).await.is(200);
            assert_eq!(names(&found), expected, "{query}");
        }
    }

    async fn a_product_is_shown_as_the_register_has_it(app: TestApp) {
        app.import_products(sample()).await;
        let found = app.as_persona("clinic-physician").get(&format!("{PRODUCTS}?name=klavotest")).await.is(200);
        assert_eq!(found.at("/registerAsOf"), "2026-11-02");
        let product = found.at("/items/0");
        assert_eq!(product["registerId"], "900000021");
        assert_eq!(product["kind"], "ludzki");
        assert_eq!(product["permitValidity"], "Bezterminowe");
        assert_eq!(product["atc"], json!(["J01CR02"]));
        assert_eq!(product["substances"][1]["name"], "Kalii clavulanas");
        assert_eq!(product["packs"], json!([{"gtin": "05909999000211", "availability": "Rp", "deleted": false}]));
    }

    async fn pages_follow_each_other_without_a_gap(app: TestApp) {
        app.import_products(sample()).await;
        let who = app.as_persona("wholesaler");
        let whole = names(&who.get(PRODUCTS).await.is(200));
        assert_eq!(whole.len(), 11);
        let (mut paged, mut path) = (Vec::new(), format!("{PRODUCTS}?limit=4"));
        loop {
            let page = who.get(&path).await.is(200);
            paged.extend(names(&page));
            let Some(cursor) = page.at("/nextCursor").as_str().map(str::to_owned) else { break };
            assert!(page.header("link").is_some_and(|link| link.contains(&cursor)), "{}", page.text());
            path = format!("{PRODUCTS}?limit=4&cursor={cursor}");
        }
        assert_eq!(paged, whole);
        let other = path.replace("limit=4", "limit=4&name=milury");
        who.get(&other).await.refused(400, "request.cursor");
        app.as_persona("pharmacist").get(&path).await.refused(400, "request.cursor");
    }

    async fn what_cannot_be_searched_for_is_named(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        for (query, status, code, place) in [
            ("name=al", 422, "product.search_too_short", "name"),
            ("substance=a", 422, "product.search_too_short", "substance"),
            ("strength=-", 422, "value.text_empty", "strength"),
            ("gtin=123", 422, "value.gtin", "gtin"),
            ("limit=201", 400, "request.limit", "limit"),
            ("colour=blue", 400, "request.unknown_parameter", "colour"),
        ] {
            let refused = who.get(&format!("{PRODUCTS}?{query}")).await.refused(status, code);
            assert_eq!(refused.at("/errors/0/parameter"), place, "{}", refused.text());
        }
        let both = who.get(&format!("{PRODUCTS}?name=al&gtin=1")).await.refused(422, "request.several_faults");
        assert_eq!(both.faults().len(), 2, "{}", both.text());
    }

    async fn an_edition_that_is_known_is_not_sent_again(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let empty = who.get(PRODUCTS).await.is(200);
        assert_eq!((empty.at("/items"), empty.at("/registerAsOf")), (json!([]), json!(null)));
        app.import_products(sample()).await;
        let path = format!("{PRODUCTS}?substance=allopurinolum");
        let first = who.get_unless(&path, &empty.etag()).await.is(200);
        assert!(first.etag().starts_with("W/\""), "{}", first.etag());
        assert_eq!(who.get_unless(&path, &first.etag()).await.is(304).etag(), first.etag());
        app.import_products(&register("2026-11-09", "Allopurinolum", "300 mg", "Tabletki")).await;
        let next = who.get_unless(&path, &first.etag()).await.is(200);
        assert_eq!(names(&next), ["Próbny"]);
        assert_ne!(next.etag(), first.etag());
    }
}
