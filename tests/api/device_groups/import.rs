//! Importing: a new edition takes the place of the former in one step, and what officers entered goes on to hold.

use super::{GROUPS, UNKNOWN, band, codes, enter, share};
use app::device_group::{CatalogueFault, ImportMode};
use domain::device_group::built_in;
use serde_json::json;
use testkit::{TestApp, on_both};

async fn import(app: &TestApp, text: &str, mode: ImportMode) -> Result<Vec<String>, CatalogueFault> {
    let imported = app.import_catalogue("next.csv", text, mode).await?;
    Ok(imported.changes.iter().map(ToString::to_string).collect())
}

/// The built-in catalogue with another limit of wheelchairs for children.
fn next() -> String {
    built_in::TEXT
        .replace(",600,PER_ITEM,,,,https://ortoprotetyka.pl", ",650,PER_ITEM,,,,https://ortoprotetyka.pl")
}

on_both! {
    async fn a_change_is_seen_at_once_and_entries_go_on_to_hold(app: TestApp) {
        enter(&app, &share(10, &json!({}))).await.is(201);
        assert_eq!(band(&app, "S.14.01", "2026-11-26").await["limit"]["amount"], "600.00");
        let told = import(&app, &next(), ImportMode::Import).await.unwrap();
        assert_eq!(told, [
            "changed: S.14.01 from 2024-01-01, tier 1, below 18, limit: 600.00 PerItem → 650.00 PerItem",
            "kept as entered: S.15.01 from 2024-01-01, tier 1, from 18, from 2024-01-01",
        ]);
        assert_eq!(band(&app, "S.14.01", "2026-11-26").await["limit"]["amount"], "650.00");
        assert_eq!(band(&app, UNKNOWN, "2026-11-26").await["copayPercent"], json!(10));
        let page = app.as_persona("patient").get(&format!("{GROUPS}?on=2026-11-26&code={UNKNOWN}")).await.is(200);
        assert_eq!((page.at("/edition"), codes(&page)), (json!("next.csv"), vec![UNKNOWN.to_owned()]));
    }

    async fn a_dry_run_tells_everything_and_changes_nothing(app: TestApp) {
        assert_eq!(import(&app, &next(), ImportMode::DryRun).await.unwrap().len(), 1);
        assert_eq!(band(&app, "S.14.01", "2026-11-26").await["limit"]["amount"], "600.00");
        assert_eq!(app.count("SELECT count(*) AS number FROM device_group_editions").await, 1);
    }

    async fn a_catalogue_that_contradicts_itself_or_drops_a_version_is_refused_whole(app: TestApp) {
        let without = built_in::TEXT.lines().filter(|line| !line.starts_with("S.14.01")).collect::<Vec<_>>().join("\n");
        let contradicting = without.replace("650,PER_ITEM,0,60", "650,PER_MONTH_TOTAL,0,60");
        let Err(CatalogueFault::Refused(faults)) = import(&app, &contradicting, ImportMode::Import).await else {
            panic!("refused");
        };
        let told: Vec<_> = faults.iter().map(|fault| (fault.problem.code, fault.pointer.as_str())).collect();
        assert_eq!(told, [
            ("device_group.limit_basis", "S.12.01 from 2024-01-01, tier 1, from 18"),
            ("device_group.version_dropped", "S.14.01 from 2024-01-01"),
        ]);
        assert_eq!(band(&app, "S.14.01", "2026-11-26").await["limit"]["amount"], "600.00");
        assert_eq!(app.count("SELECT count(*) AS number FROM device_group_editions").await, 1);
    }
}
