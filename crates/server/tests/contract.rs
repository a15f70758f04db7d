//! The contract of production, compared byte for byte with the file that is checked in.

use std::path::Path;

#[test]
fn the_golden_contract_is_the_one_that_the_code_serves() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/openapi.json");
    #[expect(clippy::disallowed_methods, reason = "a tester renews the golden file with BLESS=1")]
    let bless = std::env::var_os("BLESS").is_some();
    let written = http::openapi_json();
    if bless {
        std::fs::write(&file, &written).expect("the golden file can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == written, "{} is not what the code serves; renew it with make bless", file.display());
}
