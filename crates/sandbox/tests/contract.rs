//! The sandbox's contract: production's, and five operations more.

#![expect(clippy::expect_used, reason = "a test may stop where it fails")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn operations(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().expect("paths");
    let of = |(path, item): (&String, &Value)| {
        let methods = item.as_object().expect("an item").keys().map(|method| format!("{method} {path}"));
        methods.collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

#[test]
fn it_is_productions_and_five_operations_more() {
    let ours: Value = serde_json::from_str(&sandbox::openapi_json()).expect("JSON");
    let theirs: Value = serde_json::from_str(&http::contract::openapi_json()).expect("JSON");
    let more: BTreeSet<_> = operations(&ours).difference(&operations(&theirs)).cloned().collect();
    let expected = [
        "get /api/v1/sandbox/personas",
        "post /api/v1/sandbox/clock",
        "post /api/v1/sandbox/signatures",
        "post /api/v1/sandbox/spaces",
        "post /api/v1/sandbox/tokens",
    ];
    assert_eq!(more, expected.map(str::to_owned).into());
    for (name, schema) in theirs["components"]["schemas"].as_object().expect("schemas") {
        assert_eq!(&ours["components"]["schemas"][name], schema, "{name}");
    }
}

#[test]
fn no_operation_of_the_sandbox_asks_for_an_account_or_a_key() {
    let ours: Value = serde_json::from_str(&sandbox::openapi_json()).expect("JSON");
    for (path, item) in ours["paths"].as_object().expect("paths") {
        for operation in item.as_object().expect("an item").values().filter(|_| path.contains("/sandbox/")) {
            assert_eq!(operation["security"], serde_json::json!([{}]), "{path}");
            assert!(!operation.to_string().contains("Idempotency-Key"), "{path}");
            assert!(operation["summary"].is_string() && operation["description"].is_string(), "{path}");
        }
    }
}

#[test]
fn the_golden_contract_is_the_one_that_the_code_serves() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/sandbox.json");
    #[expect(clippy::disallowed_methods, reason = "a tester renews the golden file with BLESS=1")]
    let bless = std::env::var_os("BLESS").is_some();
    let written = sandbox::openapi_json();
    if bless {
        std::fs::write(&file, &written).expect("the golden file can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == written, "{} is not what the code serves; renew it with make bless", file.display());
}
