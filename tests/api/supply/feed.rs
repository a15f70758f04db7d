//! `GET /supply/demands`: what concerns a wholesaler, in order and without gaps.

use serde_json::{Value, json};
use testkit::{Case, Stage, TestApp, on_both};

const FEED: &str = "/api/v1/supply/demands";

fn types(page: &Value) -> Vec<(String, String)> {
    let text = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (text(item, "type"), text(item, "demandId")))
        .collect()
}

on_both! {
    async fn the_feed_tells_a_wholesaler_what_was_handed_to_it(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        app.settle().await;
        let page = app.as_persona("wholesaler").get(FEED).await.is(200).json();
        assert_eq!(types(&page), [("DemandHandedOver".to_owned(), case.id.clone())]);
        assert_eq!(page["items"][0]["demand"]["state"], "WITH_WHOLESALER");
        let other = app.as_persona("wholesaler-second").get(FEED).await.is(200).json();
        assert_eq!(other["items"], json!([]));
        assert_eq!(other["hasMore"], false);
    }

    async fn the_feed_goes_on_where_it_ended(app: TestApp) {
        for _ in 0..5 {
            Case::in_facility(&app).await.until(Stage::HandedOver).await;
        }
        app.settle().await;
        let who = app.as_persona("wholesaler");
        let (mut after, mut seen) = (json!(0), Vec::new());
        loop {
            let page = who.get(&format!("{FEED}?limit=2&after={after}")).await.is(200).json();
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["seq"].as_i64().unwrap()));
            after = page["nextAfter"].clone();
            if page["hasMore"] == false {
                break;
            }
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.is_sorted_by(|one, next| one < next), "{seen:?}");
        let end = who.get(&format!("{FEED}?after={after}")).await.is(200).json();
        assert_eq!((end["items"].clone(), end["nextAfter"].clone()), (json!([]), after));
    }

    async fn what_is_taken_back_stands_in_the_feed_without_the_demand(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.command("hospital-pharmacist", "handover-return", &json!({ "reason": "Inna hurtownia." })).await.is(200);
        app.settle().await;
        let page = app.as_persona("wholesaler").get(FEED).await.is(200).json();
        let kinds: Vec<String> = types(&page).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["DemandHandedOver", "HandoverReturned"]);
        assert!(page["items"][1].get("demand").is_none_or(Value::is_null), "{page}");
    }

    async fn a_withdrawal_reaches_the_wholesaler(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.withdraw().await.is(200);
        app.settle().await;
        let page = app.as_persona("wholesaler").get(FEED).await.is(200).json();
        let kinds: Vec<String> = types(&page).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["DemandHandedOver", "DemandWithdrawn"]);
    }

    async fn a_wrong_position_is_refused(app: TestApp) {
        let who = app.as_persona("wholesaler");
        for (query, code) in [
            ("after=-1", "request.parameter"),
            ("after=x", "request.parameter"),
            ("limit=0", "request.limit"),
            ("limit=900", "request.limit"),
        ] {
            who.get(&format!("{FEED}?{query}")).await.refused(400, code);
        }
    }

    async fn a_page_of_the_feed_is_one_entry_and_no_refused_attempt(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let held = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.command("hospital-pharmacist", "handover-return", &json!({ "reason": "Inna hurtownia." })).await.is(200);
        app.settle().await;
        let (who, all) = (app.as_persona("wholesaler"), "SELECT count(*) AS number FROM audit");
        let before = app.count(all).await;
        let page = who.get(FEED).await.is(200);
        assert_eq!(page.at("/items").as_array().unwrap().len(), 3, "{}", page.text());
        assert!(page.text().contains(&held.id));
        let read = format!("{all} WHERE action = 'list_supply_demands' AND refusal IS NULL");
        assert_eq!((app.count(all).await, app.count_of(read).await), (before + 1, 1));
        who.get_unless(FEED, &page.etag()).await.is(304);
        who.get(&format!("{FEED}?after={}", page.at("/nextAfter"))).await.is(200);
        assert_eq!(app.count(all).await, before + 1, "what tells nothing leaves no entry");
    }
}
