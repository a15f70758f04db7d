//! `GET /providers`: by day, code, branch and town, page by page.

use super::{PROVIDERS, organisation, sample};
use app::device_group::ImportMode;
use serde_json::json;
use testkit::{Response, TestApp, on_both};

fn names(page: &Response) -> Vec<String> {
    let items = page.at("/items").as_array().cloned().unwrap();
    let mut names: Vec<_> = items.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

const SHOP: &str = "Sklep Medyczny „Próbka”";
const SECOND: &str = "Zaopatrzenie Medyczne „Wzorek”";
const FORMER: &str = "Sklep Ortopedyczny „Dawny”";

on_both! {
    async fn providers_are_found_by_day_code_branch_and_town(app: TestApp) {
        let who = app.as_persona("patient");
        for (query, expected) in [
            ("on=2026-11-26", vec![SHOP, SECOND]),
            ("on=2025-12-31", vec![FORMER, SHOP, SECOND]),
            ("on=2026-01-01", vec![SHOP, SECOND]),
            ("on=2024-12-31", vec![FORMER, SHOP]),
            ("on=2036-01-01", vec![]),
            ("on=2026-11-26&code=Y.06.01", vec![SHOP, SECOND]),
            ("on=2026-11-26&code=O", vec![SHOP]),
            ("on=2026-11-26&code=P.084", vec![]),
            ("on=2025-06-01&branch=12", vec![FORMER]),
            ("on=2026-11-26&branch=07&city=WZORCOWICE", vec![SECOND]),
            ("on=2026-11-26&city=probowo", vec![SHOP]),
            ("on=2025-06-01&city=Pr%C3%B3bowo&code=S.15.01", vec![FORMER, SHOP]),
            ("on=2025-06-01&city=Pr%C3%B3bowo&code=Y&branch=12", vec![]),
        ] {
            let found = who.get(&format!("{PROVIDERS}?{query}")).await.is(200);
            let mut expected = expected;
            expected.sort_unstable();
            assert_eq!(names(&found), expected, "{query}");
        }
    }

    async fn a_part_of_a_covered_letter_and_a_letter_of_a_covered_part_are_found(app: TestApp) {
        let mut file = sample(&app);
        file["contracts"][0]["covers"] = json!(["S.15", "Y.06.01"]);
        app.import_contracts(&file.to_string(), ImportMode::Import).await.unwrap();
        let who = app.as_persona("patient");
        for (code, is_found) in [("S", true), ("S.15", true), ("S.15.01", true), ("S.14.01", false), ("Y.06", true), ("Y.07", false)] {
            let found = who.get(&format!("{PROVIDERS}?on=2026-11-26&code={code}")).await.is(200);
            assert_eq!(names(&found).contains(&SECOND.to_owned()), is_found, "{code}");
        }
    }

    async fn a_subcontractor_is_shown_under_its_holders_contract(app: TestApp) {
        let found = app.as_persona("device-prescriber").get(&format!("{PROVIDERS}?on=2026-11-26&city=Wzorcowice")).await.is(200);
        assert_eq!(found.at("/items/0/id"), json!(organisation(&app, "device-shop-second")));
        assert_eq!(found.at("/items/0/contracts/0"), json!({
            "number": "PIASKOWNICA/07/0001", "branch": "07", "validFrom": "2025-01-01", "validTo": "2035-12-31",
            "covers": ["R", "S", "U", "W", "Y", "Z"],
            "actsFor": { "id": organisation(&app, "device-shop"), "name": SHOP },
            "places": [{ "code": "M-2", "name": SECOND, "address":
                { "streetLine": "ul. Wzorcowa 22", "postalCode": "00-913", "city": "Wzorcowice" } }],
        }));
        let holder = app.as_persona("patient").get(&format!("{PROVIDERS}?on=2026-11-26&code=O")).await.is(200);
        assert_eq!(holder.at("/items/0/contracts").as_array().unwrap().len(), 2, "all that are in force");
        assert_eq!(holder.at("/items/0/contracts/0/actsFor"), json!(null));
    }

    async fn pages_follow_each_other_and_known_ones_are_not_sent_again(app: TestApp) {
        let who = app.as_persona("nfz-officer");
        let first = who.get(&format!("{PROVIDERS}?on=2025-06-01&limit=2")).await.is(200);
        assert_eq!(names(&first).len(), 2);
        let cursor = first.text_at("/nextCursor");
        assert!(first.header("link").is_some());
        let second = who.get(&format!("{PROVIDERS}?on=2025-06-01&limit=2&cursor={cursor}")).await.is(200);
        let mut all = [names(&first), names(&second)].concat();
        all.sort();
        assert_eq!(all, [SHOP, FORMER, SECOND]);
        assert_eq!(second.at("/nextCursor"), json!(null));
        who.get(&format!("{PROVIDERS}?on=2025-06-02&limit=2&cursor={cursor}")).await.refused(400, "request.cursor");
        let path = format!("{PROVIDERS}?on=2025-06-01");
        let etag = who.get(&path).await.is(200).etag();
        who.get_unless(&path, &etag).await.is(304);
        app.import_contracts(&sample(&app).to_string().replace("M-2", "M-9"), ImportMode::Import).await.unwrap();
        who.get_unless(&path, &etag).await.is(200);
    }

    async fn what_cannot_be_looked_for_is_refused(app: TestApp) {
        let who = app.as_persona("patient");
        for (query, code, parameter) in [
            ("code=y.6", "device_provider.coverage", "code"),
            ("branch=17", "value.branch_code", "branch"),
            ("branch=00", "value.branch_code", "branch"),
            ("city=%20", "value.text_empty", "city"),
        ] {
            let refused = who.get(&format!("{PROVIDERS}?{query}")).await.refused(422, code);
            assert_eq!(refused.at("/errors/0/parameter"), parameter);
        }
    }
}
