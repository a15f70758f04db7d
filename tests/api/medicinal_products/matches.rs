//! `GET /medicine-demands/{id}/product-matches`: for the issuing physician and the ministry, and nobody else.

use super::{register, sample};
use serde_json::{Value, json};
use testkit::{Case, Stage, TestApp, in_facility, on_both, with};

const RECORDED: &str = "SELECT count(*) AS number FROM audit WHERE action LIKE '%product%'";

async fn allopurinol(app: &TestApp) -> Case {
    let content = with(in_facility(app), "/product/internationalName", json!("Allopurinolum"));
    let content = with(content, "/product/strength", json!("300 mg"));
    Case::of(app, &with(content, "/product/form", json!("tabletki"))).await
}

on_both! {
    async fn the_physician_and_the_officers_see_the_matching_products(app: TestApp) {
        app.import_products(sample()).await;
        let case = allopurinol(&app).await;
        let path = case.path_of("product-matches");
        let drafted = case.as_physician().get(&path).await.is(200);
        let told = |answer: &testkit::Response| -> Vec<(String, bool)> {
            let items = answer.at("/items").as_array().cloned().unwrap();
            let one = |item: &Value| {
                (item["product"]["registerId"].as_str().unwrap().to_owned(), item["equivalent"] == true)
            };
            items.iter().map(one).collect()
        };
        let expected = [("900000011", true), ("900000013", true), ("900000012", false)];
        assert_eq!(told(&drafted), expected.map(|(id, whole)| (id.to_owned(), whole)));
        assert_eq!(drafted.at("/items/2/agrees"), json!({"substances": true, "strength": false, "form": true}));
        assert_eq!((drafted.at("/registerAsOf"), drafted.at("/compared")), (json!("2026-11-02"), json!(true)));
        let case = case.until(Stage::Prepared).await;
        for officer in ["preparer", "decider"] {
            let seen = app.as_persona(officer).get(&path).await.is(200);
            assert_eq!(seen.body, drafted.body, "{officer}");
            app.as_persona(officer).get_unless(&path, &seen.etag()).await.is(304);
        }
        assert_eq!(case.seen().await["state"], "RESOLUTION_PREPARED", "a match decides nothing");
    }

    async fn nobody_else_sees_them(app: TestApp) {
        app.import_products(sample()).await;
        let case = allopurinol(&app).await.until(Stage::WithConsultant).await;
        let path = case.path_of("product-matches");
        for persona in ["director", "consultant-nephrology", "patient", "wholesaler", "hospital-pharmacist"] {
            app.as_persona(persona).get(&path).await.refused(403, "auth.role");
        }
        app.as_persona("preparer").get(&path).await.refused(404, "request.not_found");
        app.as_persona("hospital-physician-second").get(&path).await.refused(404, "request.not_found");
        app.as_persona("clinic-physician").get(&path).await.refused(404, "request.not_found");
        app.elsewhere("hospital-physician").get(&path).await.refused(404, "request.not_found");
        app.anyone().get(&path).await.refused(401, "auth.token_missing");
        case.confirm().await.is(200);
        case.assign("preparer").await.is(200);
        app.as_persona("preparer").get(&path).await.is(200);
        app.as_persona("preparer-second").get(&path).await.refused(403, "auth.not_yours");
        app.as_persona("decider").get(&path).await.refused(403, "auth.not_yours");
    }

    async fn they_follow_the_register_and_leave_no_entry_about_a_patient(app: TestApp) {
        let case = allopurinol(&app).await;
        let path = case.path_of("product-matches");
        let none = case.as_physician().get(&path).await.is(200);
        assert_eq!((none.at("/items"), none.at("/registerAsOf")), (json!([]), Value::Null));
        app.import_products(&register("2026-11-09", "allopurynol", "300mg", "tabletka")).await;
        let found = case.as_physician().get_unless(&path, &none.etag()).await.is(200);
        assert_eq!(found.at("/items/0/product/registerId"), "77");
        assert_eq!(app.count(RECORDED).await, 0);
    }

    async fn a_demand_that_names_no_substance_is_not_compared(app: TestApp) {
        app.import_products(sample()).await;
        let bare = app.as_persona("hospital-physician").create(&json!({ "use": "IN_FACILITY" })).await.is(201);
        let path = format!("{}/{}/product-matches", testkit::DEMANDS, bare.text_at("/id"));
        let found = app.as_persona("hospital-physician").get(&path).await.is(200);
        assert_eq!((found.at("/compared"), found.at("/items")), (json!(false), json!([])));
    }
}
