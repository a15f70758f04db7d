//! Access codes of one patient's open orders: each is unlike the others, and what happens when none is left (DO-17).

use domain::values::YearMonth;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::num::NonZeroU32;
use testkit::{
    DeviceOrder, LOOK_UPS, PRESCRIBER, Response, SHOP, TestApp, absorbents, for_patient, on_both, with,
};

/// So few codes that they run out.
const CODES: NonZeroU32 = NonZeroU32::MIN.saturating_add(2);

/// The patient's order for this one month from the present one on.
async fn of_month(app: &TestApp, later: u32) -> (DeviceOrder, Response) {
    let month = YearMonth::of(app.today()).plus(later).to_string();
    let content = for_patient(absorbents(app), app.persona("patient").spec.pesel);
    let content = with(with(content, "/supply/from", json!(month)), "/supply/months", json!(1));
    let (order, answer) = DeviceOrder::submitted(app, &content).await;
    assert_eq!(answer.clone().is(200).at("/state"), "POSITIVE", "{}", answer.text());
    (order, answer)
}

fn code(answer: &Response) -> Value {
    answer.at("/access/code")
}

fn distinct(answers: &[(DeviceOrder, Response)]) -> BTreeSet<String> {
    answers.iter().map(|(_, answer)| answer.text_at("/access/code")).collect()
}

async fn orders_are_told_apart_until_codes_run_out(app: TestApp) {
    let patient = app.persona("patient").spec.pesel;
    let mut coded = Vec::new();
    for later in 0..CODES.get() {
        coded.push(of_month(&app, later).await);
    }
    let all: BTreeSet<String> = (0..CODES.get()).map(|code| format!("{code:04}")).collect();
    assert_eq!(distinct(&coded), all, "whatever was drawn, each got the one that was left");
    let shop = app.as_persona(SHOP);
    for (order, answer) in &coded {
        let opened = shop.look(LOOK_UPS, &json!({ "code": code(answer), "pesel": patient })).await.is(200);
        assert_eq!(opened.text_at("/id"), order.id);
    }
    let (without, answer) = of_month(&app, CODES.get()).await;
    assert_eq!(answer.at("/access"), json!({ "informationPrintObligatory": true }), "none is left");
    let by_number = json!({ "number": answer.at("/number"), "pesel": patient });
    assert_eq!(shop.look(LOOK_UPS, &by_number).await.is(200).text_at("/id"), without.id);
    let actions = app.as_persona(PRESCRIBER).get(&without.path_of("actions")).await.is(200);
    assert!(actions.text().contains("device_order.no_code"), "{}", actions.text());
}

async fn what_is_given_up_is_given_to_another(app: TestApp) {
    let mut coded = Vec::new();
    for later in 0..CODES.get() {
        coded.push(of_month(&app, later).await);
    }
    let (first, answer) = &coded[0];
    let renewed = first.command(PRESCRIBER, "access-data/renewal", &json!({})).await.is(200);
    assert_eq!(
        renewed.at("/access"),
        json!({ "informationPrintObligatory": true }),
        "its former one is none of them"
    );
    let (_, next) = of_month(&app, CODES.get()).await;
    assert_eq!(code(&next), code(answer), "the only one that nobody has");
    let (second, answer) = &coded[1];
    second.command(PRESCRIBER, "cancellation", &json!({ "reason": "Zlecono omyłkowo." })).await.is(200);
    let (_, next) = of_month(&app, CODES.get() + 1).await;
    assert_eq!(code(&next), code(answer));
}

async fn of_many_at_once_each_gets_its_own(app: TestApp) {
    let asked = (0..CODES.get()).map(|later| of_month(&app, later));
    let coded = futures_util::future::join_all(asked).await;
    assert_eq!(distinct(&coded).len(), coded.len());
}

on_both! {
    async fn open_orders_of_a_patient_have_unlike_codes_and_the_last_one_none(app: TestApp) {
        app.with_few_codes(CODES, orders_are_told_apart_until_codes_run_out).await;
    }

    async fn a_code_that_is_given_up_is_free_for_another_order(app: TestApp) {
        app.with_few_codes(CODES, what_is_given_up_is_given_to_another).await;
    }

    async fn orders_that_are_verified_at_once_have_unlike_codes(app: TestApp) {
        app.with_few_codes(CODES, of_many_at_once_each_gets_its_own).await;
    }
}
