//! Rules of the content that a submission names, at the place where each is broken.

use serde_json::{Value, json};
use testkit::{Case, TestApp, in_facility, listed, on_both, outside_facility, with, without};

async fn is_refused_at(app: &TestApp, content: &Value, code: &str, pointer: &str) {
    let case = Case::of(app, content).await;
    let refused = case.submit().await;
    let faults = refused.clone().is(422).faults();
    let named = faults.contains(&(code.to_owned(), pointer.to_owned()));
    assert!(named, "{code} at {pointer}: {faults:?}");
}

on_both! {
    async fn each_broken_rule_outside_a_facility_is_named_at_its_place(app: TestApp) {
        let good = outside_facility(&app);
        let address = good["patients"]["patient"]["address"].clone();
        let identifier = good["patients"]["patient"]["identifier"].clone();
        for (content, code, pointer) in [
            (without(good.clone(), "/treatmentDays"), "demand.field_required", "/content/treatmentDays"),
            (without(good.clone(), "/patients/patient/address"), "demand.field_required", "/content/patients/patient/address"),
            (with(good.clone(), "/outcomeEmail/belongsTo", json!("ENTITY")), "demand.outcome_address_owner", "/content/outcomeEmail/belongsTo"),
            (with(good.clone(), "/representative", json!({ "familyName": "Wzorcowa" })), "demand.field_forbidden", "/content/representative"),
            (
                with(good.clone(), "/patients", json!({ "kind": "AD_HOC", "justification": "Zapas." })),
                "demand.patients_kind",
                "/content/patients",
            ),
            (
                with(good.clone(), "/patients/patient/birthDate", json!("1985-05-16")),
                "demand.birth_date_differs",
                "/content/patients/patient/birthDate",
            ),
            (
                with(good.clone(), "/patients/patient/identifier", json!({ "kind": "PASSPORT", "number": "ZS0000177" })),
                "demand.birth_date_required",
                "/content/patients/patient/birthDate",
            ),
            (with(good.clone(), "/extras/sourceCountry", json!("PL")), "demand.source_country_poland", "/content/extras/sourceCountry"),
            (
                // Far ahead: what is sent is sought in the logs, where the days of the test's own clock stand by right.
                with(good.clone(), "/patients/patient/birthDate", json!("2999-12-31")),
                "demand.birth_date_future",
                "/content/patients/patient/birthDate",
            ),
            (
                with(good.clone(), "/patients/patient/guardian", json!({ "identifier": identifier })),
                "demand.guardian_not_admitted",
                "/content/patients/patient/guardian",
            ),
            (
                without(good.clone(), "/patients/patient/familyName"),
                "demand.patient_incomplete",
                "/content/patients/patient/familyName",
            ),
            (
                with(good.clone(), "/entity/unitCode", json!("000000900001-012")),
                "demand.unit_code_differs",
                "/content/entity/unitCode",
            ),
            (
                with(good.clone(), "/extras/hospitalPharmacyEmail", json!("apteka@example.org")),
                "demand.hospital_pharmacy_email_outside",
                "/content/extras/hospitalPharmacyEmail",
            ),
            (
                with(good.clone(), "/patients/patient", json!({
                    "givenNames": "Maja", "familyName": "Testowa", "birthDate": "2020-02-02", "address": address,
                })),
                "demand.guardian_required",
                "/content/patients/patient/guardian",
            ),
        ] {
            is_refused_at(&app, &content, code, pointer).await;
        }
    }

    async fn each_broken_rule_in_a_facility_is_named_at_its_place(app: TestApp) {
        let one = listed(&app)["patients"]["patients"][0].clone();
        let twice = json!({ "kind": "LIST", "patients": [one, one] });
        let alone = json!({ "kind": "LIST", "patients": [one] });
        for (content, code, pointer) in [
            (without(in_facility(&app), "/representative"), "demand.field_required", "/content/representative"),
            (without(in_facility(&app), "/patients"), "demand.field_required", "/content/patients"),
            (with(in_facility(&app), "/patients", alone), "demand.list_too_short", "/content/patients/patients"),
            (with(in_facility(&app), "/patients", twice), "demand.list_patient_repeated", "/content/patients/patients/1/patient/identifier"),
            (
                with(listed(&app), "/patients/patients/0/quantity/amount", json!("4")),
                "demand.list_quantity",
                "/content/patients/patients",
            ),
            (
                with(in_facility(&app), "/patients", json!({ "kind": "AD_HOC" })),
                "demand.ad_hoc_justification",
                "/content/patients/justification",
            ),
        ] {
            is_refused_at(&app, &content, code, pointer).await;
        }
    }

    async fn a_minor_without_a_number_is_known_by_the_guardian(app: TestApp) {
        let address = outside_facility(&app)["patients"]["patient"]["address"].clone();
        let patient = json!({
            "givenNames": "Maja", "familyName": "Testowa", "birthDate": "2020-02-02", "address": address,
            "guardian": { "identifier": { "kind": "PESEL", "number": app.persona("patient").spec.pesel } },
        });
        let case = Case::of(&app, &with(outside_facility(&app), "/patients/patient", patient)).await;
        case.submit().await.is(200);
    }
}
