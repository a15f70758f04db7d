//! The minister's consent for a food: at once with the sanitary inspectorate (UBZZ art. 29a(5)), and with anybody who
//! holds its numbers.

use crate::support::printed;
use serde_json::{Value, json};
use testkit::{
    Case, DEMANDS, FOOD_DEMANDS, Stage, TestApp, food, in_facility, on_both, outside_facility, rejection,
};

async fn listed_by_the_inspector(app: &TestApp, collection: &str) -> Vec<Value> {
    let page = app.as_persona("inspector").get(collection).await.is(200).json();
    page["items"].as_array().unwrap().clone()
}

on_both! {
    async fn the_inspectorate_sees_a_consent_at_once_and_nothing_of_the_patient(app: TestApp) {
        let inspector = app.as_persona("inspector");
        let case = Case::of(&app, &food(outside_facility(&app))).await.until(Stage::Prepared).await;
        inspector.get(&case.path()).await.refused(404, "request.not_found");
        assert!(listed_by_the_inspector(&app, FOOD_DEMANDS).await.is_empty());
        case.resolve().await.is(200);

        let seen = inspector.get(&case.path()).await.is(200);
        assert_eq!(seen.text_at("/ruling/outcome"), "APPROVED");
        assert_eq!(seen.text_at("/content/product/producer"), "Beispiel Nutrition GmbH");
        assert_eq!(seen.at("/ruling/grounds"), Value::Null);
        for member in ["patients", "diagnosis", "justification", "outcomeEmail", "physician"] {
            assert_eq!(seen.at(&format!("/content/{member}")), Value::Null, "{member}");
        }
        for member in ["examination", "ministryFile", "handover", "ledger"] {
            assert_eq!(seen.at(&format!("/{member}")), Value::Null, "{member}");
        }
        let pesel = app.persona("patient").spec.pesel;
        assert!(!seen.text().contains(pesel));
        let items = listed_by_the_inspector(&app, FOOD_DEMANDS).await;
        assert_eq!(items.len(), 1);
        assert_eq!(items[0]["product"]["name"], "Przykładowa mieszanka aminokwasów");
        assert_eq!(items[0]["product"]["producer"], "Beispiel Nutrition GmbH");
        let history = inspector.get(&case.path_of("history")).await.is(200).json();
        let events: Vec<&str> =
            history["items"].as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap()).collect();
        assert!(events.contains(&"DemandApproved"), "{events:?}");
        assert!(!events.contains(&"OpinionConfirmed"), "{events:?}");
        inspector.get(&case.path_of("versions")).await.refused(403, "auth.not_yours");
    }

    async fn the_inspectorate_sees_neither_medicines_nor_refusals_and_commands_nothing(app: TestApp) {
        let inspector = app.as_persona("inspector");
        let medicine = Case::outside(&app).await.until(Stage::Approved).await;
        inspector.get(&medicine.path()).await.refused(404, "request.not_found");
        assert!(listed_by_the_inspector(&app, DEMANDS).await.is_empty());
        let refused = Case::of(&app, &food(in_facility(&app))).await.until(Stage::Assigned).await;
        refused.prepare(&rejection()).await.is(200);
        refused.resolve().await.is(200);
        inspector.get(&refused.path()).await.refused(404, "request.not_found");
        assert!(listed_by_the_inspector(&app, FOOD_DEMANDS).await.is_empty());
        let body = json!({ "reason": "Nie moje." });
        refused.ask(&inspector, "withdrawal", &body).send().await.refused(403, "auth.role");
    }

    async fn a_term_of_a_food_has_a_basis_of_its_own(app: TestApp) {
        let case = Case::of(&app, &food(outside_facility(&app))).await.until(Stage::Submitted).await;
        let seen = case.seen().await;
        let bases: Vec<&str> =
            seen["clocks"].as_array().unwrap().iter().map(|clock| clock["legalBasis"].as_str().unwrap()).collect();
        assert_eq!(bases, ["UBZZ art. 29a(2f) with PF art. 4ad(1)", "UBZZ art. 29a(2f) with PF art. 4ad(3)"]);
        let terms = app.anyone().get("/api/v1/lifecycles/food-demands").await.is(200);
        assert!(!terms.at("/clocks").to_string().contains("KPA art."), "{}", terms.text());
    }

    async fn a_consent_that_was_revoked_stays_with_the_inspectorate(app: TestApp) {
        let case = Case::of(&app, &food(outside_facility(&app))).await.until(Stage::Approved).await;
        let grounds = json!({ "grounds": "Decyzja Głównego Inspektora Sanitarnego.", "legalBasis": "UBZZ art. 29a(4)" });
        case.command("preparer", "revocation-draft", &grounds).await.is(200);
        let decider = app.as_persona("decider").get(&case.path()).await.is(200);
        let seen = json!({ "draftSha256": decider.text_at("/ministryFile/revocationDraft/sha256") });
        case.command("decider", "revocation", &seen).await.is(200);
        let inspector = app.as_persona("inspector").get(&case.path()).await.is(200);
        assert_eq!(inspector.text_at("/state"), "REVOKED");
        let print = printed(&case.as_physician().get(&case.path_of("print")).await.is(200));
        assert!(print.contains("Dokument nie obowiązuje Zgodę cofnięto – "), "{print}");
        assert_eq!(listed_by_the_inspector(&app, FOOD_DEMANDS).await.len(), 1);
    }

    async fn a_consent_is_retrieved_checked_printed_and_told_to_the_patient(app: TestApp) {
        let case = Case::of(&app, &food(outside_facility(&app))).await.until(Stage::HandedOver).await;
        let retrieved = case.retrieve("pharmacist").await.is(200);
        assert_eq!(retrieved.text_at("/kind"), "FOOD");
        assert_eq!(retrieved.text_at("/content/product/composition"), "L-aminokwasy bez fenyloalaniny, witaminy, sole mineralne");
        let mut numbers = case.numbers().await;
        numbers["kind"] = json!("OUTSIDE_FACILITY");
        let checked = app.anyone().look("/api/v1/public/checks", &numbers).await.is(200);
        assert_eq!(checked.text_at("/decision/kind"), "FOOD");
        assert_eq!(checked.text_at("/decision/product"), "Przykładowa mieszanka aminokwasów");
        let text = printed(&case.as_physician().get(&case.path_of("print")).await.is(200));
        for part in ["środka spożywczego", "Skład", "L-aminokwasy", "Beispiel Nutrition", "Zgoda", "Udzielona"] {
            assert!(text.contains(part), "`{part}` is missing from {text}");
        }
        for part in ["Rozstrzygnięcie", "ozstrzygający", "Wydruk dokumentu elektronicznego"] {
            assert!(!text.contains(part), "`{part}` is a word of KPA, in {text}");
        }
        let cases = app.as_persona("patient").get("/api/v1/patient/cases").await.is(200);
        assert_eq!(cases.text_at("/items/0/href"), case.path());
        assert_eq!(cases.text_at("/items/0/product"), "Przykładowa mieszanka aminokwasów");
        app.settle().await;
        let feed = app.as_persona("wholesaler").get("/api/v1/supply/demands").await.is(200).json();
        let last = feed["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["demand"]["content"]["product"]["producer"], "Beispiel Nutrition GmbH");
    }
}
