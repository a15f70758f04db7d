//! `GET /supply/batches`: where the packs of a batch went.

use serde_json::{Value, json};
use testkit::{Case, Response, Stage, TestApp, on_both, with};

async fn batch(app: &TestApp, persona: &'static str, batch: &str) -> Response {
    app.as_persona(persona).get(&format!("/api/v1/supply/batches?batch={batch}")).await
}

fn kinds(answer: &Response) -> Vec<String> {
    let kind = |item: &Value| item["kind"].as_str().unwrap().to_owned();
    let mut kinds: Vec<String> = answer.at("/items").as_array().unwrap().iter().map(kind).collect();
    kinds.sort();
    kinds
}

on_both! {
    async fn an_organisation_finds_its_own_entries_and_the_ministry_all(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.import(5).await.is(201);
        case.dispense(2).await.is(201);
        let other = with(app.entry("IMPORTED", 1), "/batch", json!("OTHER-1"));
        case.command("wholesaler", "realisations", &other).await.is(201);
        let of = async |persona| kinds(&batch(&app, persona, "L25B117").await.is(200));
        assert_eq!(of("wholesaler").await, ["IMPORTED"]);
        assert_eq!(of("hospital-pharmacist").await, ["DISPENSED"]);
        assert_eq!(of("preparer").await, ["DISPENSED", "IMPORTED"]);
        assert_eq!(of("wholesaler-second").await, [""; 0]);
        batch(&app, "clinic-physician", "L25B117").await.refused(403, "auth.role");
    }

    async fn a_reversed_entry_is_found_and_says_so(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let entry = case.import(5).await.is(201).text_at("/ledger/entries/0/id");
        let path = case.path_of(&format!("realisations/{entry}/reversal"));
        let reason = json!({ "reason": "Pomyłka." });
        let reversed = app.as_persona("wholesaler").post(&path, &reason).send().await;
        assert!(reversed.status < 300, "{}", reversed.text());
        let found = batch(&app, "wholesaler", "L25B117").await.is(200);
        assert_eq!(found.at("/items/0/reversed"), true);
        assert_eq!(found.at("/items/0/demandId"), json!(case.id));
    }

    async fn a_batch_must_be_named(app: TestApp) {
        app.as_persona("wholesaler").get("/api/v1/supply/batches").await.refused(400, "request.missing_parameter");
    }
}
