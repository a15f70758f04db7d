//! What the form refuses, code by code, as the dry run and the submission tell it.

use super::validation::validated;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{DeviceOrder, TestApp, absorbents, on_both, wheelchair, with};

fn codes(answer: &testkit::Response, list: &str) -> Vec<String> {
    let items = answer.at(list).as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["code"].as_str().unwrap_or_default().to_owned()).collect()
}

fn monthly(app: &TestApp, member: &str, value: Value) -> Value {
    with(absorbents(app), &format!("/supply/{member}"), value)
}

fn entitled(app: &TestApp, entitlement: Value) -> Value {
    with(absorbents(app), "/additionalEntitlement", entitlement)
}

fn lenses(app: &TestApp, lenses: &Value) -> Value {
    with(wheelchair(app), "/device", json!({ "kind": "LENSES", "lenses": lenses }))
}

/// Each with the content that it is refused for.
fn refused(app: &TestApp) -> Vec<(&'static str, Value)> {
    let lens = |more: Value| {
        let mut lens = json!({ "code": "O.01.02", "lensUse": "FAR", "eye": "LEFT" });
        more.as_object().into_iter().flatten().for_each(|(name, value)| lens[name] = value.clone());
        lens
    };
    vec![
        ("device_order.field_required", with(absorbents(app), "/place", json!({}))),
        ("device_order.group_unknown", with(wheelchair(app), "/device/code", json!("Z.99.99"))),
        (
            "device_order.supply_differs",
            with(absorbents(app), "/supply", json!({ "kind": "ONE_OFF", "pieces": 1 })),
        ),
        (
            "device_order.short_form_needs_primary",
            with(monthly(app, "form", json!("SHORT")), "/supply/ordination", json!("CONTINUATION")),
        ),
        ("device_order.short_form_is_continuation", monthly(app, "form", json!("SHORT"))),
        ("device_order.too_many_months", monthly(app, "months", json!(13))),
        ("device_order.month_past", monthly(app, "from", json!("2020-01"))),
        ("device_order.criterion_required", with(absorbents(app), "/grounds/criteria", json!([]))),
        ("device_order.stoma_differs", with(absorbents(app), "/device/code", json!("W.01.01.I"))),
        (
            "device_order.stoma_count",
            with(
                with(absorbents(app), "/device", json!({ "kind": "OTHER", "code": "W.01.01.I" })),
                "/device/stoma",
                json!({ "kind": "ILEOSTOMY", "count": 0 }),
            ),
        ),
        ("device_order.lenses_count", lenses(app, &json!([]))),
        ("device_order.lens_power_required", lenses(app, &json!([lens(json!({}))]))),
        (
            "device_order.lens_use",
            lenses(app, &json!([lens(json!({ "sphere": "1.00", "lensUse": "NEAR" }))])),
        ),
        ("device_order.tier_unknown", with(absorbents(app), "/device/tier", json!(99))),
        ("device_order.prism", lenses(app, &json!([lens(json!({ "sphere": "1.00", "prism": "-1.00" }))]))),
    ]
}

/// The same of what is told of people and their papers beyond any reason.
fn refused_of_details(app: &TestApp) -> Vec<(&'static str, Value)> {
    let tomorrow = app.today() + TimeDelta::days(1);
    let passport = json!({ "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" });
    let foreigner = with(absorbents(app), "/patient/identifier", passport);
    let man = with(absorbents(app), "/patient/identifier/number", json!("44051401458"));
    vec![
        ("device_order.birth_date", with(foreigner, "/patient/birthDate", json!("1800-01-01"))),
        ("device_order.pregnancy_sex", with(man, "/patient/pregnant", json!(true))),
        ("device_order.name_length", with(absorbents(app), "/patient/givenNames", json!("A".repeat(33)))),
        (
            "device_order.document_future",
            with(
                absorbents(app),
                "/right",
                json!({ "kind": "STATEMENT", "madeOn": tomorrow, "madeBy": "PATIENT" }),
            ),
        ),
    ]
}

/// The same of who it is for.
fn refused_of_people(app: &TestApp) -> Vec<(&'static str, Value)> {
    let passport = json!({ "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" });
    let ruling = json!({ "kind": "DISABILITY_RULING", "number": "1", "issuedOn": "2025-06-01" });
    let indefinite =
        json!({ "kind": "DISABILITY_RULING", "issuedOn": "2020-01-01", "until": { "kind": "INDEFINITE" } });
    vec![
        ("device_order.birth_date_and_sex", with(absorbents(app), "/patient/identifier", passport.clone())),
        ("device_order.right_proof_required", with(absorbents(app), "/patient/identifier", passport)),
        ("device_order.entitlement_document", entitled(app, json!({ "code": "47ZN", "document": ruling }))),
        ("device_order.certifier_required", entitled(app, json!({ "code": "47DN", "document": indefinite }))),
        (
            "device_order.larger_quantity_justification",
            with(
                entitled(app, json!({ "code": "47ZN", "document": indefinite })),
                "/supply/piecesAMonth",
                json!("130"),
            ),
        ),
        (
            "device_order.shortening_ground",
            with(
                wheelchair(app),
                "/shortening",
                json!({ "ground": "CHILD_GROWTH", "justification": "Wzrost." }),
            ),
        ),
    ]
}

on_both! {
    async fn the_form_refuses_by_name_and_place(app: TestApp) {
        let people = refused_of_people(&app).into_iter().chain(refused_of_details(&app));
        for (code, content) in refused(&app).into_iter().chain(people) {
            let told = validated(&app, &content).await;
            let found = codes(&told, "/problems");
            assert!(found.iter().any(|its| its == code), "not {code}: {}", told.text());
        }
        let order = DeviceOrder::drafted(&app, &monthly(&app, "months", json!(13))).await;
        order.submit().await.refused_at(422, "device_order.too_many_months", "/content/supply/months");
    }

    async fn what_the_payer_would_find_is_told_before(app: TestApp) {
        let short = with(monthly(&app, "form", json!("SHORT")), "/supply/ordination", json!("CONTINUATION"));
        let short = with(short, "/supply/primaryOrder", json!("T5-22222222-22222222"));
        let told = validated(&app, &short).await;
        assert!(codes(&told, "/outcome/problems").contains(&"device_order.primary_order_unknown".to_owned()), "{}", told.text());
        let first_stoma = with(absorbents(&app), "/device", json!({
            "kind": "OTHER", "code": "W.01.02.K", "stoma": { "kind": "COLOSTOMY", "count": 1 },
        }));
        let first_stoma = with(first_stoma, "/supply/piecesAMonth", json!("1"));
        let told = validated(&app, &first_stoma).await;
        assert!(codes(&told, "/problems").contains(&"device_order.one_month_only".to_owned()), "{}", told.text());
    }
}
