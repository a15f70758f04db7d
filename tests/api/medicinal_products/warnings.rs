//! `POST /medicine-demands/validations`: an equivalent product warns and refuses nothing.

use super::{register, sample};
use serde_json::{Value, json};
use testkit::{Case, Stage, TestApp, on_both, outside_facility, with, without};

const VALIDATIONS: &str = "/api/v1/medicine-demands/validations";

fn asking(app: &TestApp, name: &str, strength: &str, form: &str) -> Value {
    let content = with(outside_facility(app), "/product/internationalName", json!(name));
    let content = with(content, "/product/strength", json!(strength));
    with(content, "/product/form", json!(form))
}

on_both! {
    async fn an_equivalent_product_warns_in_a_dry_run_and_stands_in_nobody_s_way(app: TestApp) {
        app.import_products(sample()).await;
        let who = app.as_persona("clinic-physician");
        let content = asking(&app, "allopurynol", "0,3 g", "tabl.");
        let found = who.look(VALIDATIONS, &json!({ "content": content })).await.is(200);
        assert_eq!(found.at("/valid"), true, "{}", found.text());
        assert_eq!(found.at("/problems"), json!([]));
        assert_eq!(found.at("/registerAsOf"), "2026-11-02");
        let warning = found.at("/warnings/0");
        assert_eq!(warning["code"], "product.equivalent_registered");
        assert_eq!(warning["pointer"], "/content/product");
        assert_eq!(warning["rules"], json!([{"number": "PR-01", "legalBasis": "PF art. 4(3)(2)"}]));
        let products: Vec<&str> = warning["products"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["product"]["registerId"].as_str().unwrap())
            .collect();
        assert_eq!(products, ["900000011", "900000013"]);
        assert_eq!(warning["products"][0]["agrees"], json!({"substances": true, "strength": true, "form": true}));
        assert_eq!(found.at("/warnings/1"), Value::Null);
    }

    async fn a_demand_for_an_equivalent_is_submitted_all_the_same(app: TestApp) {
        app.import_products(&register("2026-11-02", "Tioproninum", "100 mg", "tabletki powlekane")).await;
        let content = outside_facility(&app);
        let found = app.as_persona("clinic-physician").look(VALIDATIONS, &json!({ "content": content })).await.is(200);
        assert_eq!(found.at("/warnings/0/code"), "product.equivalent_registered", "{}", found.text());
        let case = Case::of(&app, &content).await.until(Stage::Submitted).await;
        assert_eq!(case.state().await, "AWAITING_CONSULTANT");
    }

    async fn another_strength_another_form_or_no_substance_does_not_warn(app: TestApp) {
        app.import_products(sample()).await;
        let who = app.as_persona("clinic-physician");
        for content in [
            asking(&app, "Allopurinolum", "600 mg", "tabletki"),
            asking(&app, "Allopurinolum", "300 mg", "zawiesina doustna"),
            asking(&app, "Praziquantelum", "600 mg", "tabletki"),
            asking(&app, "Diazoxidum", "25 mg", "kapsułki"),
            with(outside_facility(&app), "/product/tradeName", json!("Milurytest")),
            without(asking(&app, "Allopurinolum", "300 mg", "tabletki"), "/product/internationalName"),
            without(asking(&app, "Allopurinolum", "300 mg", "tabletki"), "/product/strength"),
        ] {
            let found = who.look(VALIDATIONS, &json!({ "content": content })).await.is(200);
            assert_eq!(found.at("/warnings"), json!([]), "{}", found.text());
        }
    }

    async fn without_a_register_nothing_is_said_of_it(app: TestApp) {
        let content = asking(&app, "Allopurinolum", "300 mg", "tabletki");
        let found = app.as_persona("clinic-physician").look(VALIDATIONS, &json!({ "content": content })).await.is(200);
        assert_eq!((found.at("/warnings"), found.at("/registerAsOf")), (json!([]), Value::Null));
    }

    async fn the_warning_is_said_in_both_languages(app: TestApp) {
        app.import_products(sample()).await;
        let body = json!({ "content": asking(&app, "Allopurinolum", "300 mg", "tabletki") });
        let who = app.as_persona("clinic-physician");
        for (language, word) in [("pl", "ostrzeżenie"), ("en", "warns")] {
            let asked = who.request(reqwest::Method::POST, VALIDATIONS).json(&body).in_language(language);
            let found = asked.send().await.is(200);
            assert!(found.text_at("/warnings/0/detail").contains(word), "{}", found.text());
        }
    }
}
