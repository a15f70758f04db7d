//! `GET /device-groups`, one group on a day, and former numbers.

use super::{GROUPS, UNKNOWN, band, codes};
use serde_json::json;
use testkit::{TestApp, on_both};

const MAPPINGS: &str = "/api/v1/dictionaries/device-code-mapping";

on_both! {
    async fn groups_are_found_by_day_code_letter_supply_and_words(app: TestApp) {
        let who = app.as_persona("device-prescriber");
        for (query, expected) in [
            ("on=2026-11-26&code=Y.06.01", vec!["Y.06.01"]),
            ("on=2023-12-31&code=Y.06.01", vec![]),
            ("on=2023-12-31&code=P.100", vec!["P.100"]),
            ("on=2024-01-01&code=P.100", vec![]),
            ("on=2026-11-26&letter=U", vec!["U.01.01", "U.02.01", "U.02.02", "U.03.02"]),
            ("on=2026-11-26&letter=U&supply=MONTHLY", vec!["U.01.01"]),
            ("on=2022-06-01&letter=%C5%81", vec!["Ł.054", "Ł.055", "Ł.056"]),
            ("on=2026-11-26&q=WOZEK%20akty", vec!["S.15.01", "S.15.02"]),
            ("on=2026-11-26&q=majtki%20chlonne", vec!["Y.06.01"]),
            ("on=2026-08-31&code=R.03.03", vec![]),
            ("on=2026-09-01&code=R.03.03", vec!["R.03.03"]),
        ] {
            let found = who.get(&format!("{GROUPS}?{query}")).await.is(200);
            assert_eq!(codes(&found), expected, "{query}");
            assert_eq!(found.at("/edition"), "built-in 2026-11");
        }
    }

    async fn what_is_not_known_is_left_out_and_named_and_never_zero(app: TestApp) {
        let unknown = band(&app, UNKNOWN, "2026-11-26").await;
        assert_eq!(unknown["limit"], json!({ "amount": "2000.00", "basis": "PER_ITEM" }));
        assert_eq!(unknown["copayPercent"], json!(null));
        assert_eq!(unknown["notKnownHere"], json!(["copayPercent", "usage"]));
        assert_eq!(unknown["orderable"], json!(false));
        let known = band(&app, "W.01.01.U", "2026-11-26").await;
        assert_eq!(known["copayPercent"], json!(0), "known to be nothing");
        assert_eq!((&known["orderable"], &known["notKnownHere"]), (&json!(true), &json!([])));
        let group = app.as_persona("patient").get(&format!("{GROUPS}/R.01.01?on=2026-11-26")).await.is(200);
        assert_eq!(group.at("/notKnownHere"), json!(["sided", "shortenable"]));
        assert_eq!(group.at("/tiers/1/largest"), json!({ "pieces": "26", "months": 6 }));
        let bands = group.at("/tiers/0/bands");
        let told: Vec<_> = bands.as_array().unwrap().iter().map(|it| (it["ages"].clone(), it["pregnant"].clone(), it["copayPercent"].clone())).collect();
        assert_eq!(told, [
            (json!({ "below": 26 }), json!(null), json!(0)),
            (json!({ "from": 26 }), json!(false), json!(30)),
            (json!({ "from": 26 }), json!(true), json!(0)),
        ]);
    }

    async fn a_lens_is_told_by_its_power(app: TestApp) {
        let lens = app.as_persona("device-provider").get(&format!("{GROUPS}/O.01.02?on=2026-11-26")).await.is(200);
        assert_eq!(lens.at("/lens"), "FAR");
        assert_eq!(lens.at("/tiers/1/lens"), json!({ "sphereFrom": 25, "cylinderFrom": 9 }));
        assert_eq!(lens.at("/tiers/2/lens"), json!({ "sphereFrom": 40 }));
    }

    async fn a_group_that_is_not_valid_on_the_day_does_not_exist(app: TestApp) {
        let who = app.as_persona("auditor");
        for path in ["P.100", "Y.06.01?on=2023-12-31", "Y.99.99", "y", "Z.01.%3F"] {
            who.get(&format!("{GROUPS}/{path}")).await.refused(404, "request.not_found");
        }
        who.get(&format!("{GROUPS}/Y.06.01?on=tomorrow")).await.refused(400, "request.parameter");
    }

    async fn pages_follow_each_other_without_a_gap(app: TestApp) {
        let who = app.as_persona("device-provider");
        let whole = codes(&who.get(&format!("{GROUPS}?on=2026-11-26&limit=200")).await.is(200));
        assert!(whole.len() > 100 && whole.is_sorted(), "{}", whole.len());
        let (mut paged, mut path) = (Vec::new(), format!("{GROUPS}?on=2026-11-26&limit=60"));
        loop {
            let page = who.get(&path).await.is(200);
            paged.extend(codes(&page));
            let Some(cursor) = page.at("/nextCursor").as_str().map(str::to_owned) else { break };
            path = format!("{GROUPS}?on=2026-11-26&limit=60&cursor={cursor}");
        }
        assert_eq!(paged, whole);
        who.get(&path.replace("limit=60", "limit=60&letter=S")).await.refused(400, "request.cursor");
    }

    async fn what_a_client_has_already_is_not_sent_again(app: TestApp) {
        let who = app.as_persona("medical-assistant");
        for path in [format!("{GROUPS}?on=2026-11-26"), format!("{GROUPS}/Y.06.01?on=2026-11-26"), MAPPINGS.to_owned()] {
            let etag = who.get(&path).await.is(200).etag();
            assert!(etag.starts_with("W/"), "{etag}");
            who.get_unless(&path, &etag).await.is(304);
        }
    }

    async fn what_cannot_be_looked_for_is_refused(app: TestApp) {
        let who = app.as_persona("device-prescriber");
        for (query, code, parameter) in [
            ("code=y.6", "value.device_code", "code"),
            ("letter=YY", "value.device_code", "letter"),
            ("q=ab", "product.search_too_short", "q"),
        ] {
            let refused = who.get(&format!("{GROUPS}?{query}")).await.refused(422, code);
            assert_eq!(refused.at("/errors/0/parameter"), parameter);
        }
    }

    async fn a_former_number_leads_to_its_code(app: TestApp) {
        let who = app.as_persona("device-provider");
        for (from, to) in [("P.099", vec!["W.01.01"]), ("99", vec!["W.01.01"]), ("099A", vec!["W.01.02"]), ("P.084", vec![])] {
            let found = who.get(&format!("{MAPPINGS}?from={from}")).await.is(200);
            let items = found.at("/items").as_array().cloned().unwrap_or_default();
            let told: Vec<_> = items.iter().map(|it| it["to"].as_str().unwrap_or_default()).collect();
            assert_eq!(told, to, "{from}");
        }
        assert!(who.get(MAPPINGS).await.is(200).at("/items").as_array().unwrap().len() > 50);
        who.get(&format!("{MAPPINGS}?from=Y.06.01")).await.refused(422, "device_group.mapping_from");
    }
}
