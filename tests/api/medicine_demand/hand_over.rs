//! `POST …/handover` and `…/handover-return`.

use crate::support::{is_out_of_place, needs_the_present_revision, once_per_key};
use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

on_both! {
    async fn a_wholesaler_must_be_one(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        let to = |key| json!({ "wholesalerId": app.organisation(key) });
        let refused = case.command(case.pharmacist(), "handover", &to("pharmacy")).await;
        refused.refused_at(422, "demand.wholesaler_unknown", "/wholesalerId");
        let body = json!({ "wholesalerId": app.organisation("wholesaler"), "pharmacyId": app.organisation("hospital") });
        let refused = case.command(case.pharmacist(), "handover", &body).await;
        refused.refused_at(422, "demand.pharmacy_unknown", "/pharmacyId");
    }

    async fn the_receiving_pharmacy_may_be_another(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Retrieved).await;
        let body = json!({
            "wholesalerId": app.organisation("wholesaler"), "pharmacyId": app.organisation("hospital-pharmacy"),
        });
        let handed = case.command(case.pharmacist(), "handover", &body).await.is(200);
        assert_eq!(handed.at("/handover/pharmacy/id"), json!(app.organisation("hospital-pharmacy")));
        app.as_persona("hospital-pharmacist").find(&case.id).await.is(200);
    }

    async fn a_hand_over_is_declined_or_recalled_while_nothing_is_drawn(app: TestApp) {
        for party in ["wholesaler", "hospital-pharmacist"] {
            let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
            let (body, other) = (json!({ "reason": "Nie sprowadzamy." }), json!({ "reason": "Inaczej." }));
            needs_the_present_revision(&case, party, "handover-return", &body).await;
            let returned = once_per_key(&case, party, "handover-return", &body, &other).await.is(200);
            assert_eq!(returned.text_at("/state"), "APPROVED");
            assert_eq!(case.seen().await["handoverReturned"]["reason"], "Nie sprowadzamy.");
            let next = json!({ "wholesalerId": app.organisation("wholesaler-second") });
            case.command(case.pharmacist(), "handover", &next).await.is(200);
            app.as_persona("wholesaler").find(&case.id).await.refused(404, "request.not_found");
            app.as_persona("wholesaler-second").find(&case.id).await.is(200);
        }
    }

    async fn a_pharmacy_with_the_same_numbers_does_not_recall_anothers_hand_over(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.retrieve("pharmacist").await.is(200);
        let reason = json!({ "reason": "Inna hurtownia." });
        case.command("pharmacist", "handover-return", &reason).await.refused(403, "demand.handover_of_another");
        case.command(case.pharmacist(), "handover-return", &reason).await.is(200);
    }

    async fn a_hand_over_with_entries_is_not_returned(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.import(1).await.is(201);
        let refused = case.command("wholesaler", "handover-return", &json!({ "reason": "Za późno." })).await;
        refused.refused(409, "demand.already_drawn");
    }

    async fn a_demand_is_handed_over_once(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let body = json!({ "wholesalerId": app.organisation("wholesaler-second") });
        is_out_of_place(&case, case.pharmacist(), "handover", &body).await;
    }

    async fn the_state_comes_before_unknown_parties(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let nobody = json!({ "wholesalerId": app.organisation("hospital"), "pharmacyId": app.organisation("hospital") });
        let refused = case.command(case.pharmacist(), "handover", &nobody).await;
        let refused = refused.refused(409, "demand.wrong_state");
        assert_eq!(refused.at("/allowedActions"), json!(["handover-return", "realisations", "reversal"]));
    }

    async fn every_unknown_party_is_named_at_once(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        let nobody = json!({ "wholesalerId": app.organisation("hospital"), "pharmacyId": app.organisation("hospital") });
        let faults = case.command(case.pharmacist(), "handover", &nobody).await.is(422).faults();
        let named = |code: &str, pointer: &str| faults.contains(&(code.to_owned(), pointer.to_owned()));
        assert!(named("demand.wholesaler_unknown", "/wholesalerId"), "{faults:?}");
        assert!(named("demand.pharmacy_unknown", "/pharmacyId"), "{faults:?}");
    }

    async fn a_pharmacy_that_did_not_retrieve_it_knows_nothing_of_it(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        let body = json!({ "wholesalerId": app.organisation("wholesaler") });
        case.command("pharmacist", "handover", &body).await.refused(404, "request.not_found");
    }
}
