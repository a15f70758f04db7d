//! Services outside on which this one relies: each is set as a whole or not at all.

use super::{only_fault, with};
use std::time::Duration;

#[test]
fn trusted_signatures_need_a_service_and_its_seals() {
    let (url, seals) = (("SOID_DSS_URL", "https://dss.przyklad.pl"), ("SOID_TRUSTED_SEALS_FILE", "/anchors"));
    assert!(with(&[]).unwrap().validation.dss_url.is_none());
    let patience = ("SOID_VALIDATION_PATIENCE_HOURS", "3");
    let read = with(&[url, seals, ("SOID_DSS_TIMEOUT_SECONDS", "7"), patience]).unwrap().validation;
    assert_eq!(read.patience.lasts, chrono::TimeDelta::hours(3));
    assert_eq!(read.refusal_after, chrono::TimeDelta::hours(24));
    let refusal = with(&[("SOID_PENDING_REFUSAL_AFTER_HOURS", "5")]).unwrap().validation.refusal_after;
    assert_eq!(refusal, chrono::TimeDelta::hours(5), "also where no signature is taken any more");
    assert_eq!(read.dss_url.unwrap().as_str(), "https://dss.przyklad.pl/");
    assert_eq!((read.seals.len(), read.timeout), (2, Duration::from_secs(7)));
    assert_eq!(only_fault(&[url]), "SOID_TRUSTED_SEALS_FILE: must be set where SOID_DSS_URL is");
    assert_eq!(only_fault(&[seals]), "SOID_DSS_URL: must be set where SOID_TRUSTED_SEALS_FILE is");
}

#[test]
fn the_register_of_the_insured_needs_its_whole_account() {
    let url = ("SOID_EWUS_URL", "https://ewus.przyklad.pl/broker");
    let (branch, login) = (("SOID_EWUS_BRANCH", "07"), ("SOID_EWUS_LOGIN", "soid"));
    let (password, totp) =
        (("SOID_EWUS_PASSWORD_FILE", "/s3-secret"), ("SOID_EWUS_TOTP_SECRET_FILE", "/totp"));
    assert!(with(&[]).unwrap().insurance.0.is_none());
    let read = with(&[url, branch, login, password, totp, ("SOID_EWUS_TIMEOUT_SECONDS", "7")]).unwrap();
    let read = read.insurance.0.unwrap();
    assert_eq!(
        (read.url.as_str(), read.timeout),
        ("https://ewus.przyklad.pl/broker", Duration::from_secs(7))
    );
    assert!(read.account.has_second_factor() && !format!("{read:?}").contains("GEZDG"));
    assert!(!with(&[url, branch, login, password]).unwrap().insurance.0.unwrap().account.has_second_factor());
    let (kind, id) = (("SOID_EWUS_OPERATOR_TYPE", "LEK"), ("SOID_EWUS_OPERATOR_ID", "77"));
    let warsaw = ("SOID_EWUS_BRANCH", "01");
    assert!(with(&[url, warsaw, login, password, kind, id]).is_ok());
    let wrong: [(&[(&str, &str)], &str); 9] = [
        (&[branch], "SOID_EWUS_URL: must be set where SOID_EWUS_BRANCH is"),
        (&[url, login, password], "SOID_EWUS_BRANCH: must be set where SOID_EWUS_URL is"),
        (&[url, branch, login], "SOID_EWUS_PASSWORD_FILE: must be set where SOID_EWUS_URL is"),
        (&[url, warsaw, login, password], "SOID_EWUS_OPERATOR_TYPE: must be set in the branch 01"),
        (
            &[url, branch, login, password, kind],
            "SOID_EWUS_OPERATOR_ID: must be set beside SOID_EWUS_OPERATOR_TYPE",
        ),
        (
            &[url, branch, login, password, id],
            "SOID_EWUS_OPERATOR_TYPE: must be set beside SOID_EWUS_OPERATOR_ID",
        ),
        (
            &[url, branch, login, password, ("SOID_EWUS_OPERATOR_TYPE", "X"), id],
            "SOID_EWUS_OPERATOR_TYPE: must be LEK or SWD",
        ),
        (
            &[url, branch, login, ("SOID_EWUS_PASSWORD_FILE", "/empty")],
            "SOID_EWUS_PASSWORD_FILE: the file holds no line of text",
        ),
        (
            &[url, branch, login, password, ("SOID_EWUS_TOTP_SECRET_FILE", "/s3-secret")],
            "SOID_EWUS_TOTP_SECRET_FILE: is shorter than 128 bits",
        ),
    ];
    for (set, fault) in wrong {
        assert_eq!(only_fault(set), fault);
    }
}
