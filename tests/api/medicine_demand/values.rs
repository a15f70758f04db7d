//! Every value has one door: what does not pass is named at its place, with the code of the value.

use serde_json::{Value, json};
use testkit::{Case, DEMANDS, Stage, TestApp, on_both, outside_facility, with};

/// A draft with one illegal value is refused with its code at its place, and so is the dry run.
async fn is_refused_at(app: &TestApp, body: &Value, code: &str, pointer: &str) {
    let who = app.as_persona("clinic-physician");
    let drafted = who.post(DEMANDS, body).send().await;
    drafted.refused(422, code).refused_at(422, code, pointer);
    let judged = who.look(&format!("{DEMANDS}/validations"), body).await;
    judged.refused(422, code).refused_at(422, code, pointer);
}

fn draft(app: &TestApp) -> Value {
    json!({ "clientReference": "HIS-1", "content": outside_facility(app) })
}

on_both! {
    async fn each_illegal_value_is_named_at_its_place(app: TestApp) {
        for (pointer, value, code) in [
            ("/clientReference", json!("dwa słowa"), "value.client_reference"),
            ("/content/entity/name", json!("x".repeat(301)), "value.text_too_long"),
            ("/content/entity/nip", json!("1230011115"), "value.nip"),
            ("/content/entity/rpwdlNumber", json!("900002"), "value.rpwdl_number"),
            ("/content/entity/unitCode", json!("000000900002-1"), "value.unit_code"),
            ("/content/entity/address/streetLine", json!(""), "value.street_line"),
            ("/content/entity/address/postalCode", json!("00902"), "value.postal_code"),
            ("/content/entity/address/city", json!("\n"), "value.city"),
            ("/content/entity/address/country", json!("XX"), "value.country"),
            ("/content/physician/npwz", json!("2900101"), "value.npwz"),
            ("/content/patients/patient/givenNames", json!("4n1a"), "value.person_name"),
            ("/content/product/tradeName", json!(" "), "value.text_empty"),
            ("/content/product/atc", json!("g04bx"), "value.atc"),
            ("/content/product/gtin", json!("05909991452064"), "value.gtin"),
            ("/content/quantity/amount", json!("0"), "value.quantity"),
            ("/content/treatmentDays", json!(3651), "value.days"),
            ("/content/diagnosis/icd10", json!("E720"), "value.icd10"),
            ("/content/justification", json!("Dwa\u{7}dzwonki"), "value.text_characters"),
            ("/content/outcomeEmail/address", json!("pacjentka"), "value.email"),
        ] {
            is_refused_at(&app, &with(draft(&app), pointer, value), code, pointer).await;
        }
    }

    async fn each_illegal_identifier_is_named_at_its_place(app: TestApp) {
        let at = "/content/patients/patient/identifier";
        for (identifier, member, code) in [
            (json!({ "kind": "PESEL", "number": "85051512385" }), "number", "value.pesel"),
            (json!({ "kind": "PESEL", "number": "85135112383" }), "number", "value.pesel_date"),
            (json!({ "kind": "ID_CARD", "number": "ABA300001" }), "number", "value.id_card"),
            (json!({ "kind": "PASSPORT", "number": "ZS0000178" }), "number", "value.passport"),
            (
                json!({ "kind": "FOREIGN_PASSPORT", "number": "<A1>", "country": "UA" }),
                "number",
                "value.foreign_document",
            ),
            (
                json!({ "kind": "FOREIGN_PASSPORT", "number": "ZS0000177", "country": "PL" }),
                "number",
                "value.foreign_document_polish",
            ),
            (
                json!({ "kind": "FOREIGN_PASSPORT", "number": "FE123456" }),
                "country",
                "value.patient_identifier_country",
            ),
            (
                json!({ "kind": "PASSPORT", "number": "ZS0000177", "country": "DE" }),
                "country",
                "value.patient_identifier_country",
            ),
        ] {
            is_refused_at(&app, &with(draft(&app), at, identifier), code, &format!("{at}/{member}")).await;
        }
    }

    async fn a_choice_that_is_not_on_the_list_is_no_value(app: TestApp) {
        for pointer in ["/content/quantity/unit", "/content/patients/patient/identifier/kind"] {
            let body = with(draft(&app), pointer, json!("BOX"));
            let refused = app.as_persona("clinic-physician").post(DEMANDS, &body).send().await;
            refused.refused(400, "request.unknown_choice").refused_at(400, "request.unknown_choice", pointer);
        }
    }

    async fn an_unknown_field_of_medicine_is_named(app: TestApp) {
        let case = Case::outside(&app).await;
        let fields = with(app.consultant("consultant-nephrology"), "/field", json!("9999"));
        let refused = case.command(case.physician(), "submission", &fields).await;
        refused.refused(422, "value.field_of_medicine").refused_at(422, "value.field_of_medicine", "/field");
        let listed = case.as_physician().get("/api/v1/consultants?field=9999").await;
        listed.refused(422, "value.field_of_medicine");
    }

    async fn a_number_that_was_copied_wrongly_is_named(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let numbers = case.numbers().await;
        for (pointer, code) in
            [("/demandNumber", "value.demand_number"), ("/resolutionNumber", "value.resolution_number")]
        {
            let mut number = numbers.pointer(pointer).unwrap().as_str().unwrap().to_owned();
            let check = number.pop().unwrap();
            number.push(if check == 'A' { 'B' } else { 'A' });
            let wrong = with(numbers.clone(), pointer, json!(number));
            let refused = app.as_persona("pharmacist").look("/api/v1/supply/retrievals", &wrong).await;
            refused.refused(422, code).refused_at(422, code, pointer);
        }
    }
}
