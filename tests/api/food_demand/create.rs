//! `POST /food-demands`: members of a food, and addresses of its own.

use serde_json::{Value, json};
use testkit::{
    Case, DEMANDS, FOOD_DEMANDS, TestApp, food, in_facility, on_both, outside_facility, with, without,
};

on_both! {
    async fn a_draft_of_either_group_is_shown_with_the_members_of_a_food_and_submitted(app: TestApp) {
        for group in ["INFANT_FORMULA", "SPECIAL_MEDICAL_PURPOSES"] {
            let content = with(food(outside_facility(&app)), "/product/group", json!(group));
            let created = app.as_persona("clinic-physician").create(&content).await.is(201);
            let address = format!("{FOOD_DEMANDS}/{}", created.text_at("/id"));
            assert_eq!(created.header("location"), Some(address.as_str()));
            assert_eq!(created.text_at("/kind"), "FOOD");
            assert!(created.text_at("/number").starts_with("ZSS-"), "{}", created.text());
            assert_eq!(created.at("/content"), content);
            let submitted = Case::created(&app, &created).submit().await.is(200);
            assert_eq!(submitted.text_at("/state"), "AWAITING_CONSULTANT", "{group}");
            assert_eq!(submitted.text_at("/content/product/group"), group);
        }
    }

    async fn a_food_is_demanded_without_a_prescription(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let of_food = food(outside_facility(&app));
        let prescribed = with(of_food.clone(), "/prescription", json!({ "number": "0000-1111-2222" }));
        who.create(&prescribed).await.refused_at(400, "request.unknown_member", "/content/prescription");
        let drawn = with(of_food, "/product/prescriptionNumber", json!("0000-1111-2222"));
        who.create(&drawn).await.refused_at(400, "request.unknown_member", "/content/product/prescriptionNumber");
        assert_eq!(app.count("SELECT count(*) AS number FROM demands").await, 0);
    }

    async fn a_kind_has_its_own_members_and_no_others(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let of_food = food(outside_facility(&app));
        let mixed = with(of_food.clone(), "/product/strength", json!("100 mg"));
        let refused = who.create(&mixed).await;
        refused.refused_at(400, "request.unknown_member", "/content/product/strength");
        let strange = with(of_food.clone(), "/product/group", json!("BREAD"));
        who.create(&strange).await.refused(400, "request.unknown_choice");
        let body = json!({ "content": of_food });
        let refused = who.post(DEMANDS, &body).send().await;
        let faults: Vec<String> = refused.faults().into_iter().map(|(_, pointer)| pointer).collect();
        let product = ["name", "group", "composition", "producer"].map(|it| format!("/content/product/{it}"));
        assert_eq!(faults, product, "{}", refused.text());
        let medicine = json!({ "content": outside_facility(&app) });
        who.post(FOOD_DEMANDS, &medicine).send().await.refused(400, "request.unknown_member");
    }

    async fn a_food_is_not_found_among_medicines_nor_a_medicine_among_foods(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let of_food = who.create(&food(outside_facility(&app))).await.is(201).text_at("/id");
        let of_medicine = who.create(&outside_facility(&app)).await.is(201).text_at("/id");
        for (collection, own, other) in
            [(FOOD_DEMANDS, &of_food, &of_medicine), (DEMANDS, &of_medicine, &of_food)]
        {
            who.get(&format!("{collection}/{own}")).await.is(200);
            for below in ["", "/actions", "/history", "/versions", "/print"] {
                who.get(&format!("{collection}/{other}{below}")).await.refused(404, "request.not_found");
            }
            let withdrawal = format!("{collection}/{other}/withdrawal");
            let body = json!({ "reason": "Pomyłka." });
            who.post(&withdrawal, &body).if_match(1).send().await.refused(404, "request.not_found");
            let copy = format!("{collection}/{other}/copies");
            who.post(&copy, &json!({})).send().await.refused(404, "request.not_found");
            let listed = who.get(collection).await.is(200);
            assert_eq!(ids(&listed.json()), std::slice::from_ref(own), "{collection}");
            let patient = json!({ "patient": { "kind": "PESEL", "number": app.persona("patient").spec.pesel } });
            let found = who.look(&format!("{collection}/searches"), &patient).await.is(200);
            assert_eq!(ids(&found.json()), std::slice::from_ref(own), "{collection}");
        }
        let matches = format!("{FOOD_DEMANDS}/{of_food}/product-matches");
        who.get(&matches).await.refused(404, "request.unknown_path");
    }

    async fn an_action_is_carried_out_under_the_address_of_its_kind(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let id = who.create(&food(outside_facility(&app))).await.is(201).text_at("/id");
        let address = format!("{FOOD_DEMANDS}/{id}");
        let actions = who.get(&format!("{address}/actions")).await.is(200).json();
        let paths = actions["items"].as_array().unwrap().iter().map(|line| line["path"].as_str().unwrap());
        assert!(paths.clone().all(|path| path.starts_with(&address)), "{actions}");
        let copy = who.post(&format!("{address}/copies"), &json!({})).send().await.is(201);
        assert_eq!(copy.text_at("/kind"), "FOOD");
        assert_eq!(copy.text_at("/basedOn"), id);
        assert!(copy.header("location").unwrap().starts_with(FOOD_DEMANDS));
    }

    async fn a_dry_run_names_the_rules_of_a_food(app: TestApp) {
        let content = without(without(food(in_facility(&app)), "/product/composition"), "/product/producer");
        let body = json!({ "content": content });
        let path = format!("{FOOD_DEMANDS}/validations");
        let told = app.as_persona("hospital-physician").look(&path, &body).await.is(200).json();
        let broken: Vec<(&str, &str)> = told["problems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| (it["pointer"].as_str().unwrap(), it["rules"][0]["legalBasis"].as_str().unwrap()))
            .collect();
        let legal = "UBZZ art. 29a(2d)-(2e)";
        assert_eq!(
            broken,
            [("/content/product/composition", legal), ("/content/product/producer", legal)],
            "{told}"
        );
        assert_eq!(told["warnings"], json!([]), "the register of medicinal products says nothing of foods");
    }
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}
