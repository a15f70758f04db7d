//! A negative order is corrected, or accepted by an officer of the payer.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, Kind, NOT_INSURED, PRESCRIBER, TestApp, absorbents, for_patient, found, on_both, pesel,
    statement, with,
};

fn uninsured(app: &TestApp) -> Value {
    for_patient(absorbents(app), &pesel(NOT_INSURED))
}

on_both! {
    async fn a_negative_order_is_corrected_and_keeps_its_number(app: TestApp) {
        let (order, negative) = DeviceOrder::submitted(&app, &uninsured(&app)).await;
        let corrected = order.correct(&with(uninsured(&app), "/right", statement(&app))).await.is(200);
        assert_eq!((corrected.at("/state"), corrected.at("/contentVersion")), (json!("POSITIVE"), json!(2)));
        assert_eq!(corrected.at("/number"), negative.at("/number"));
        assert_eq!(corrected.at("/issue/contentVersion"), 2);
        let versions = app.as_persona(PRESCRIBER).get(&order.path_of("versions")).await.is(200);
        assert_eq!(versions.at("/items").as_array().map(Vec::len), Some(2));
        assert_eq!(versions.at("/items/0/content/right"), Value::Null);
        assert_eq!(versions.at("/items/1/content/right/kind"), "STATEMENT");
        assert!(versions.at("/items/1/signature").is_string(), "the signer sees the signed document");
        order.opened_to("nfz-officer").await;
        let officer = app.as_persona("nfz-officer").get(&order.path_of("versions")).await.is(200);
        assert_eq!(officer.at("/items/1/signature"), Value::Null, "certificates name the signer's PESEL");
    }

    async fn whoever_an_order_is_corrected_to_sees_nothing_of_the_patient_before(app: TestApp) {
        let (order, _) = DeviceOrder::submitted(&app, &uninsured(&app)).await;
        order.correct(&for_patient(absorbents(&app), &pesel(14))).await.is(200);
        let reader = |middle| app.with_token(app.token("patient").with("pesel", json!(pesel(middle))));
        let own = reader(14).get(&order.path_of("versions")).await.is(200);
        assert_eq!(own.at("/items").as_array().map(Vec::len), Some(1), "{}", own.text());
        assert_eq!(own.at("/items/0/version"), 2);
        assert!(!own.text().contains(&pesel(NOT_INSURED)), "the former patient's version is not theirs");
        reader(NOT_INSURED).get(&order.path_of("versions")).await.refused(404, "request.not_found");
        order.opened_to("nfz-officer").await;
        app.as_persona("nfz-officer").get(&order.path_of("versions")).await.is(200);
        let shown = format!(
            "SELECT count(DISTINCT patient_id) AS number FROM audit WHERE action = 'device_order_versions' \
             AND role = 'NFZ_OFFICER' AND document_id = '{}'",
            order.id
        );
        assert_eq!(app.count_of(shown).await, 2, "whose versions are read, those find it in their log");
    }

    async fn a_correction_that_does_not_help_is_negative_again_and_one_of_the_form_is_refused(app: TestApp) {
        let (order, _) = DeviceOrder::submitted(&app, &uninsured(&app)).await;
        let fewer = with(uninsured(&app), "/supply/piecesAMonth", json!("60"));
        let again = order.correct(&fewer).await.is(200);
        assert_eq!((again.at("/state"), again.at("/contentVersion")), (json!("NEGATIVE"), json!(2)));
        let bare = with(uninsured(&app), "/grounds", json!({}));
        let refused = order.correct(&bare).await.refused(422, "request.several_faults");
        let refused = refused.refused_at(422, "device_order.field_required", "/content/grounds/diagnosis");
        refused.refused_at(422, "device_order.criterion_required", "/content/grounds/criteria");
    }

    async fn what_another_order_has_taken_since_is_not_accepted_too(app: TestApp) {
        let (order, _) = DeviceOrder::submitted(&app, &uninsured(&app)).await;
        let stated = with(uninsured(&app), "/right", statement(&app));
        let second = DeviceOrder::positive(&app, &stated).await;
        let reason = json!({ "reason": "Dokument okazano w oddziale." });
        order.seen_by("nfz-officer").await.is(200);
        let refused = order.command("nfz-officer", "acceptance", &reason).await.is(422);
        let codes: Vec<_> = refused.faults().into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["device_order.duplicate"], "{}", refused.text());
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "NEGATIVE");
        let cancelled = second.command(PRESCRIBER, "cancellation", &json!({ "reason": "Zostaje pierwsze." })).await;
        cancelled.is(200);
        assert_eq!(order.command("nfz-officer", "acceptance", &reason).await.is(200).at("/state"), "POSITIVE");
    }

    async fn only_a_negative_order_is_corrected(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let path = order.path_of("correction/document");
        let fields = json!({ "content": absorbents(&app) });
        app.as_persona(PRESCRIBER).look(&path, &fields).await.refused(409, "device_order.wrong_state");
        let body = with(fields, "/signature", app.sign(PRESCRIBER, Kind::Qualified, b"{}"));
        order.command(PRESCRIBER, "correction", &body).await.refused(409, "device_order.wrong_state");
    }

    async fn an_officer_accepts_with_a_reason_that_everybody_sees(app: TestApp) {
        let (order, _) = DeviceOrder::submitted(&app, &uninsured(&app)).await;
        order.seen_by("nfz-officer").await.is(200);
        order.command("nfz-officer", "acceptance", &json!({ "reason": "" })).await.refused(422, "value.text_empty");
        let reason = json!({ "reason": "Dokument okazano w oddziale." });
        let accepted = order.command("nfz-officer", "acceptance", &reason).await.is(200);
        assert_eq!((accepted.at("/state"), accepted.at("/access")), (json!("POSITIVE"), Value::Null));
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(seen.at("/acceptance/reason"), reason["reason"]);
        assert_eq!(found(&seen, "warnings"), ["device_order.right_not_confirmed"], "what was found stays to be seen");
        assert_eq!(seen.text_at("/access/code").len(), 4);
        order.command("nfz-officer", "acceptance", &reason).await.refused(409, "device_order.wrong_state");
    }
}
