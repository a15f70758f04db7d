//! Whoever supplies is asked inside the transaction: contract, place and holder, or the named refusal (DO-35).

use super::sample;
use app::device_group::ImportMode;
use app::device_provider::{Supplying, supplier};
use app::failure::Failure;
use domain::values::{DeviceCode, Text};
use serde_json::json;
use testkit::{TestApp, on_both};

/// The contract, with a sign where the provider acts for another, or the code of the refusal.
async fn asked(app: &TestApp, who: &str, what: [&str; 3]) -> Result<String, String> {
    let space = app.space().clone();
    let organisation = sandbox::personas::find_organisation(&space, who).unwrap().id;
    let [code, day, place] = what;
    let code = DeviceCode::parse(code).unwrap();
    let (day, place) = (day.parse().unwrap(), Text::parse(place).unwrap());
    let job = move |tx: &mut store::Tx<'_>| {
        supplier(tx, &space, &Supplying { organisation, code: &code, day, place: &place })
    };
    match app.store().transaction(job).await {
        Ok(found) => {
            assert_eq!(found.id, organisation);
            let acts = if found.acts_for.is_some() { " for its holder" } else { "" };
            Ok(format!("{} at {}{acts}", found.contract.as_str(), found.place.as_str()))
        }
        Err(Failure::Refused(refused)) => Err(refused.violations.first().unwrap().problem.code.to_owned()),
        Err(other) => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_provider_acts_under_its_own_or_its_holders_contract(app: TestApp) {
        for (who, what, expected) in [
            ("device-shop", ["Y.06.01", "2026-11-26", "M-1"], Ok("PIASKOWNICA/07/0001 at M-1")),
            ("device-shop", ["O.01.01", "2026-11-26", "M-1"], Ok("PIASKOWNICA/07/0002 at M-1")),
            ("device-shop-second", ["Y.06.01", "2026-11-26", "M-2"], Ok("PIASKOWNICA/07/0001 at M-2 for its holder")),
            ("device-shop-second", ["Y.06.01", "2024-12-31", "M-2"], Err("device_provider.contract_not_in_force")),
            ("device-shop-second", ["Y.06.01", "2026-11-26", "M-1"], Err("device_provider.place_unknown")),
            ("device-shop-second", ["O.01.01", "2026-11-26", "M-2"], Err("device_provider.code_not_covered")),
            ("device-shop-former", ["S.15.01", "2025-12-31", "M-1"], Ok("PIASKOWNICA/12/0003 at M-1")),
            ("device-shop-former", ["S.15.01", "2026-01-01", "M-1"], Err("device_provider.contract_not_in_force")),
            ("pharmacy", ["S.15.01", "2026-01-01", "M-1"], Err("device_provider.not_contracted")),
        ] {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(asked(&app, who, what).await, expected, "{who} {what:?}");
        }
    }

    async fn what_the_payer_takes_away_counts_no_more(app: TestApp) {
        let mut file = sample(&app);
        let (yesterday, today) = ((app.today() - chrono::Days::new(1)).to_string(), app.today().to_string());
        file["contracts"][0]["subcontractors"][0]["validTo"] = json!(yesterday);
        app.import_contracts(&file.to_string(), ImportMode::Import).await.unwrap();
        let found = asked(&app, "device-shop-second", ["Y.06.01", &today, "M-2"]).await;
        assert_eq!(found, Err("device_provider.contract_not_in_force".to_owned()));
    }
}
