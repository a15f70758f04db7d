//! `POST /device-groups/{code}/figures`: what an officer of the payer enters, and what it keeps.

use super::{GROUPS, OFFICER, UNKNOWN, band, enter, figures_path, share};
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;
use testkit::{TestApp, on_both};

on_both! {
    async fn unknown_figures_become_known_with_a_source_from_their_day_on(app: TestApp) {
        let listed = format!("{GROUPS}?on=2026-11-26&code={UNKNOWN}");
        let before = app.as_persona("device-prescriber").get(&listed).await.is(200).etag();
        let usage = json!({ "usage": { "kind": "MONTHS", "months": 60 }, "repairLimit": "300.00", "holdsFrom": "2025-03-01" });
        let entered = enter(&app, &share(10, &usage)).await.is(201);
        assert_eq!(entered.header("location"), Some("/api/v1/device-groups/S.15.01?on=2025-03-01"));
        assert_eq!(entered.at("/copayPercent"), json!(10));
        let known = band(&app, UNKNOWN, "2025-03-01").await;
        assert_eq!((&known["orderable"], &known["copayPercent"]), (&json!(true), &json!(10)));
        assert_eq!(known["usage"], json!({ "kind": "MONTHS", "months": 60 }));
        assert_eq!(band(&app, UNKNOWN, "2025-02-28").await["orderable"], json!(false));
        let group = app.as_persona("patient").get(&format!("{GROUPS}/{UNKNOWN}?on=2026-11-26")).await.is(200);
        assert_eq!((group.at("/validFrom"), group.at("/tiers/0/repairLimit")), (json!("2025-03-01"), json!("300.00")));
        assert_eq!(group.at("/entered/0/source"), "Dz.U. 2025 poz. 1038, załącznik");
        let after = app.as_persona("device-prescriber").get_unless(&listed, &before).await.is(200);
        assert_eq!(after.at("/items/0/tiers/0/bands/0/copayPercent"), json!(10), "nothing stale is served");
        let audited = "SELECT count(*) AS number FROM audit WHERE refusal IS NULL AND action = 'enter_device_figures' \
                       AND document_id = 'S.15.01'";
        assert_eq!(app.count(audited).await, 1);
        assert_eq!(app.count("SELECT count(*) AS number FROM events").await, 0);
    }

    async fn what_tier_and_group_lack_is_entered_with_a_source_too(app: TestApp) {
        let asked = json!({ "tier": 1, "ages": { "from": 18 }, "holdsFrom": "2026-11-01", "source": "Dz.U. 2025 poz. 1038, załącznik",
            "shortenable": true, "sided": false, "largest": { "pieces": "1", "months": 1 }, "groupLargest": { "pieces": "2", "months": 60 } });
        let entered = enter(&app, &asked).await.is(201);
        assert_eq!((entered.at("/shortenable"), entered.at("/groupLargest/months")), (json!(true), json!(60)));
        let group = app.as_persona("patient").get(&format!("{GROUPS}/{UNKNOWN}?on=2026-11-26")).await.is(200);
        assert_eq!((group.at("/shortenable"), group.at("/sided")), (json!(true), json!(false)));
        assert_eq!((group.at("/largest/pieces"), group.at("/tiers/0/largest/pieces")), (json!("2"), json!("1")));
        let unknown = group.at("/notKnownHere");
        assert!(!unknown.as_array().unwrap().contains(&json!("shortenable")), "{unknown}");
        let other = json!({ "shortenable": false, "holdsFrom": app.today() });
        enter(&app, &share(10, &other)).await.refused_at(422, "device_group.reason_missing", "/reason");
        for (more, code, pointer) in [
            (json!({ "largest": { "pieces": "0", "months": 1 } }), "value.pieces", "/largest/pieces"),
            (json!({ "largest": { "pieces": "1", "months": 0 } }), "device_group.periods", "/largest/months"),
            (json!({ "groupLargest": { "pieces": "1", "months": 0 } }), "device_group.periods", "/groupLargest/months"),
        ] {
            enter(&app, &share(10, &more)).await.refused_at(422, code, pointer);
        }
    }

    async fn another_tester_does_not_see_what_was_entered(app: TestApp) {
        enter(&app, &share(10, &json!({}))).await.is(201);
        let other = app.elsewhere("device-prescriber").get(&format!("{GROUPS}/{UNKNOWN}?on=2026-11-26")).await.is(200);
        assert_eq!((other.at("/tiers/0/bands/0/orderable"), other.at("/entered")), (json!(false), json!([])));
    }

    async fn known_figures_change_only_with_a_reason_and_from_today_on(app: TestApp) {
        enter(&app, &share(10, &json!({}))).await.is(201);
        let again = enter(&app, &share(20, &json!({}))).await.is(422);
        let told: Vec<_> = again.faults();
        assert_eq!(told, [
            ("device_group.reason_missing".to_owned(), "/reason".to_owned()),
            ("device_group.correction_past".to_owned(), "/holdsFrom".to_owned()),
        ]);
        let reason = json!({ "reason": "Pomyłka w poprzednim wpisie.", "holdsFrom": app.today() });
        enter(&app, &share(20, &reason)).await.is(201);
        assert_eq!(band(&app, UNKNOWN, &app.today().to_string()).await["copayPercent"], json!(20));
        let yesterday = (app.today() - TimeDelta::days(1)).to_string();
        assert_eq!(band(&app, UNKNOWN, &yesterday).await["copayPercent"], json!(10));
    }

    async fn an_entry_that_does_not_fit_is_refused(app: TestApp) {
        for (more, code, pointer) in [
            (json!({ "tier": 3 }), "device_group.band_unknown", "/tier"),
            (json!({ "ages": { "from": 19 } }), "device_group.band_unknown", "/tier"),
            (json!({ "holdsFrom": "2023-12-31" }), "device_group.band_unknown", "/holdsFrom"),
            (json!({ "copayPercent": null }), "device_group.nothing_new", ""),
            (json!({ "copayPercent": 101 }), "value.percent", "/copayPercent"),
            (json!({ "limit": { "amount": "1,5", "basis": "PER_ITEM" } }), "value.money", "/limit/amount"),
            (json!({ "usage": { "kind": "MONTHS" } }), "device_group.periods", "/usage/months"),
            (json!({ "source": " " }), "value.text_empty", "/source"),
            (json!({ "limit": { "amount": "2000.00", "basis": "PER_MONTH_TOTAL" }, "reason": "Zmiana wykazu.",
                "holdsFrom": app.today() }), "device_group.limit_basis", "/limit/basis"),
        ] {
            enter(&app, &share(10, &more)).await.refused_at(422, code, pointer);
        }
        assert_eq!(app.count("SELECT count(*) AS number FROM device_group_figures").await, 0);
        app.as_persona(OFFICER).post(&figures_path("Y.99.99"), &share(10, &json!({}))).send().await
            .refused(404, "request.not_found");
    }

    async fn only_officers_of_the_payer_enter_figures(app: TestApp) {
        for who in ["device-prescriber", "device-provider", "medical-assistant", "admin"] {
            app.as_persona(who).post(&figures_path(UNKNOWN), &share(10, &json!({}))).send().await
                .refused(403, "auth.role");
        }
        let bare = app.as_persona(OFFICER).post(&figures_path(UNKNOWN), &share(10, &json!({})));
        bare.without_key().send().await.refused(400, "request.idempotency_key_missing");
    }

    async fn an_entry_that_is_asked_for_twice_is_made_once(app: TestApp) {
        let ask = || app.as_persona(OFFICER).post(&figures_path(UNKNOWN), &share(10, &json!({}))).key("figures-of-wheelchairs");
        let first = ask().send().await.is(201);
        let second = ask().send().await.is(201);
        assert!(second.is_replayed());
        assert_eq!(first.text(), second.text());
        assert_eq!(app.count("SELECT count(*) AS number FROM device_group_figures").await, 1);
    }

    async fn of_many_entries_at_once_none_overwrites_another_silently(app: TestApp) {
        let bodies: Vec<_> = (1..=8).map(|percent| share(percent, &json!({}))).collect();
        let asked = bodies.iter().map(|body| enter(&app, body));
        let answers = join_all(asked).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [201, 422, 503].contains(status)), "{statuses:?}");
        assert_eq!(app.count("SELECT count(*) AS number FROM device_group_figures").await, 1);
    }
}
