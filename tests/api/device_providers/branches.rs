//! `GET /nfz-branches`: sixteen branches, with the service points that the payer's file tells.

use super::sample;
use app::device_group::ImportMode;
use serde_json::json;
use testkit::{TestApp, on_both};

const BRANCHES: &str = "/api/v1/nfz-branches";

on_both! {
    async fn every_client_reads_all_branches_with_name_and_seat(app: TestApp) {
        for who in ["patient", "device-prescriber", "nfz-officer", "pharmacist"] {
            let found = app.as_persona(who).get(&format!("{BRANCHES}?on=2026-11-26")).await.is(200);
            let items = found.at("/items").as_array().cloned().unwrap();
            let codes: Vec<_> = items.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect();
            let expected: Vec<_> = (1..=16).map(|number| format!("{number:02}")).collect();
            assert_eq!(codes, expected, "00 and 17 are no branches");
            assert_eq!(found.at("/items/0/name"), "Dolnośląski Oddział Wojewódzki Narodowego Funduszu Zdrowia");
            assert_eq!((found.at("/items/2/seat"), found.at("/items/15/seat")), (json!("Lublin"), json!("Szczecin")));
        }
    }

    async fn service_points_that_nobody_told_are_unknown_and_not_none(app: TestApp) {
        let found = app.as_persona("patient").get(BRANCHES).await.is(200);
        assert_eq!(found.at("/on"), json!(app.today()));
        assert_eq!(found.at("/items/0/servicePoints"), json!(null));
        assert_eq!(found.at("/items/0/notKnownHere"), json!(["servicePoints"]));
        assert_eq!(found.at("/items/6/servicePoints/0/address/city"), "Wzorcowice");
        assert_eq!(found.at("/items/6/notKnownHere"), json!([]));
        let mut file = sample(&app);
        file["branches"] = json!([{ "code": "01", "servicePoints": [] }]);
        app.import_contracts(&file.to_string(), ImportMode::Import).await.unwrap();
        let found = app.as_persona("patient").get(BRANCHES).await.is(200);
        assert_eq!((found.at("/items/0/servicePoints"), found.at("/items/0/notKnownHere")), (json!([]), json!([])));
        assert_eq!(found.at("/items/6/notKnownHere"), json!(["servicePoints"]));
    }

    async fn what_a_client_has_already_is_not_sent_again(app: TestApp) {
        let who = app.as_persona("device-provider");
        let path = format!("{BRANCHES}?on=2026-11-26");
        let etag = who.get(&path).await.is(200).etag();
        assert!(etag.starts_with("W/"), "{etag}");
        who.get_unless(&path, &etag).await.is(304);
        who.get(&format!("{BRANCHES}?on=soon")).await.refused(400, "request.parameter");
    }
}
