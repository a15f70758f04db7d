//! Importing contracts: a new file takes the place of the former in one step, or every fault is told.

use super::{PROVIDERS, organisation, sample};
use app::device_group::ImportMode;
use app::device_provider::ContractsFault;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

const FILES: &str = "SELECT count(*) AS number FROM device_contract_files";

async fn told(app: &TestApp, file: &Value) -> Vec<(String, String)> {
    let outcome = app.import_contracts(&file.to_string(), ImportMode::Import).await;
    let Err(ContractsFault::Refused(faults)) = outcome else { panic!("refused: {outcome:?}") };
    faults.into_iter().map(|it| (it.problem.code.to_owned(), it.pointer)).collect()
}

fn one(code: &str, place: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), place.to_owned())]
}

on_both! {
    async fn a_change_is_told_and_seen_at_once(app: TestApp) {
        let before = app.count(FILES).await;
        let mut file = sample(&app);
        file["contracts"][1]["validTo"] = json!("2030-12-31");
        file["contracts"][1]["covers"] = json!(["O"]);
        let dry = app.import_contracts(&file.to_string(), ImportMode::DryRun).await.unwrap();
        assert_eq!(app.count(FILES).await, before, "a dry run keeps nothing");
        let made = app.import_contracts(&file.to_string(), ImportMode::Import).await.unwrap();
        assert_eq!(made, dry);
        assert_eq!((made.before.as_deref(), made.contracts), (Some("piaskownica.json"), 3));
        let told: Vec<String> = made.changes.iter().map(ToString::to_string).collect();
        assert_eq!(told, [
            "ends: PIASKOWNICA/07/0002, on 2030-12-31",
            "changed: PIASKOWNICA/07/0002, covers: A, B, C, D, E, F, G, H, I, J, K, L, M, N, O → O",
        ]);
        let found = app.as_persona("patient").get(&format!("{PROVIDERS}?on=2026-11-26&code=A")).await.is(200);
        assert_eq!(found.at("/items"), json!([]));
        assert_eq!(app.count(FILES).await, before + 1, "the former stays on record");
    }

    async fn another_tester_s_contracts_stay(app: TestApp) {
        let mut file = sample(&app);
        file["contracts"][1]["covers"] = json!(["O"]);
        app.import_contracts(&file.to_string(), ImportMode::Import).await.unwrap();
        let path = format!("{PROVIDERS}?on=2026-11-26&code=A");
        let found = app.elsewhere("patient").get(&path).await.is(200);
        assert_eq!(found.at("/items").as_array().unwrap().len(), 1);
    }

    async fn a_file_that_contradicts_itself_or_drops_a_contract_is_refused_whole(app: TestApp) {
        let before = app.count(FILES).await;
        let (number, sub) = ("PIASKOWNICA/07/0001", "/contracts/0/subcontractors/0");
        let stranger = organisation(&app, "pharmacy");
        let mut repeated = sample(&app);
        let again = repeated["contracts"][2].clone();
        repeated["contracts"].as_array_mut().unwrap().push(again);
        assert_eq!(told(&app, &repeated).await, one("device_provider.contract_repeated", "PIASKOWNICA/12/0003"));
        for (pointer, value, code, place) in [
            ("/contracts/0/validTo".to_owned(), json!("2030-01-01"), "device_provider.contract_days", number.to_owned()),
            (format!("{sub}/organisation"), json!(stranger), "device_provider.organisation_unfit", format!("{number}, {stranger}")),
            (format!("{sub}/places"), json!([]), "device_provider.places", number.to_owned()),
            (format!("{sub}/organisation"), json!(organisation(&app, "device-shop")), "device_provider.subcontractor", number.to_owned()),
            ("/contracts/0/covers".to_owned(), json!(["Y", "Y.06"]), "device_provider.coverage_repeated", number.to_owned()),
            ("/contracts/0/number".to_owned(), json!("X"), "device_provider.contract_dropped", number.to_owned()),
            ("/contracts/0/branch".to_owned(), json!("08"), "device_provider.contract_dropped", number.to_owned()),
            ("/branches".to_owned(), json!([{ "code": "07", "servicePoints": [] }, { "code": "07", "servicePoints": [] }]),
                "device_provider.branch_repeated", "branch 07".to_owned()),
        ] {
            let mut file = sample(&app);
            *file.pointer_mut(&pointer).unwrap() = value;
            let told = told(&app, &file).await;
            assert!(told.contains(&(code.to_owned(), place)), "{pointer}: {told:?}");
        }
        assert_eq!(app.count(FILES).await, before);
    }

    async fn a_file_takes_back_no_part_of_a_contract_that_has_been_in_force(app: TestApp) {
        let before = app.count(FILES).await;
        let number = "PIASKOWNICA/07/0001";
        let second = organisation(&app, "device-shop-second");
        let gone = format!("{number}, subcontractor {second} from 2025-01-01");
        for (pointer, value, place) in [
            ("/contracts/0/subcontractors", json!([]), gone.clone()),
            ("/contracts/0/subcontractors/0/validFrom", json!("2025-02-01"), gone.clone()),
            ("/contracts/0/subcontractors/0/validTo", json!("2025-12-31"), gone),
            ("/contracts/0/places/0/code", json!("M-3"), String::new()),
            ("/contracts/1/validTo", json!("2025-12-31"), "PIASKOWNICA/07/0002, last day".to_owned()),
        ] {
            let mut file = sample(&app);
            *file.pointer_mut(pointer).unwrap() = value;
            if place.is_empty() {
                app.import_contracts(&file.to_string(), ImportMode::DryRun).await.expect("a new place");
            } else {
                assert_eq!(told(&app, &file).await, one("device_provider.part_dropped", &place), "{pointer}");
            }
        }
        let mut file = sample(&app);
        file["contracts"][0]["places"][0]["code"] = json!("M-2");
        file["contracts"][0]["subcontractors"][0]["places"][0]["code"] = json!("M-1");
        let moved = ["M-1", "M-2"].map(|code| {
            ("device_provider.part_dropped".to_owned(), format!("{number}, place {code}"))
        });
        assert_eq!(told(&app, &file).await, moved, "the places have changed hands under their codes");
        assert_eq!(app.count(FILES).await, before);
    }

    async fn every_value_that_cannot_be_read_is_told_with_its_place(app: TestApp) {
        let mut file = sample(&app);
        file["contracts"][0]["branch"] = json!("17");
        file["contracts"][0]["covers"] = json!(["Y", "y"]);
        file["contracts"][0]["subcontractors"][0]["places"][0]["address"]["postalCode"] = json!("00913");
        file["branches"][0]["code"] = json!("00");
        let expected = [
            ("value.branch_code", "/contracts/0/branch"),
            ("device_provider.coverage", "/contracts/0/covers/1"),
            ("value.postal_code", "/contracts/0/subcontractors/0/places/0/address/postalCode"),
            ("value.branch_code", "/branches/0/code"),
        ];
        let expected: Vec<_> = expected.map(|(code, place)| (code.to_owned(), place.to_owned())).to_vec();
        assert_eq!(told(&app, &file).await, expected);
        file["contracts"][0]["price"] = json!(1);
        let outcome = app.import_contracts(&file.to_string(), ImportMode::Import).await;
        assert!(matches!(outcome, Err(ContractsFault::Unreadable(_))), "{outcome:?}");
    }
}
