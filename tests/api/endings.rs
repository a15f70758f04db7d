//! Copy, withdrawal and revocation where a demand has come to an end, and who finds a revocation: every holder, at once.

use crate::support::is_out_of_place;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{
    Case, Response, Stage, TestApp, food, in_facility, on_both, outside_facility, rejection, with,
};

/// A medicine and a food, each for either use: they share the lifecycle, and so do these tests.
fn sorts(app: &TestApp) -> [Value; 4] {
    let (outside, inside) = (outside_facility(app), in_facility(app));
    [food(outside.clone()), food(inside.clone()), outside, inside]
}

fn is_of_food(case: &Case) -> bool {
    case.path().contains("/food-demands/")
}

fn revocation() -> Value {
    json!({ "grounds": "Produkt wycofano z obrotu.", "legalBasis": "art. 155 k.p.a." })
}

fn reason() -> Value {
    json!({ "reason": "Zmiana leczenia." })
}

fn of_no_draft() -> Value {
    json!({ "draftSha256": "0".repeat(64) })
}

/// A copy is a whole new demand of the same content, which can be signed and sent; the original stays as it ended.
async fn is_copied(case: &Case) {
    let ended = case.seen().await;
    let answer = case.as_physician().post(&case.path_of("copies"), &json!({})).send().await.is(201);
    assert_eq!((answer.at("/state"), answer.at("/basedOn")), (json!("DRAFT"), json!(case.id)));
    assert_eq!(answer.at("/content"), ended["content"]);
    assert_ne!(answer.text_at("/number"), case.number);
    let copy = Case::created(&case.app, &answer).until(Stage::WithMinister).await;
    assert_eq!(copy.state().await, "WITH_MINISTER");
    assert_eq!(case.seen().await, ended, "the original stays as it ended");
}

/// Its physician cannot withdraw it, nor the ministry, which knows of it, revoke it.
async fn is_past_withdrawal_and_revocation(case: &Case) {
    is_out_of_place(case, case.physician(), "withdrawal", &reason()).await;
    is_out_of_place(case, "preparer", "revocation-draft", &revocation()).await;
    is_out_of_place(case, "decider", "revocation", &of_no_draft()).await;
}

/// Whoever may hold the approval, with those who examine it: by persona.
fn holders(case: &Case) -> Vec<&'static str> {
    let mut all = vec!["patient", "pharmacist", "wholesaler", "wholesaler-second"];
    all.extend(["preparer", "preparer-second", "decider", case.physician()]);
    if case.in_facility {
        all.extend(["director", "hospital-pharmacist"]);
    }
    if is_of_food(case) {
        all.push("inspector");
    }
    all
}

/// Whom the event reaches, as its rows name them.
fn audience(case: &Case) -> Vec<String> {
    let app = &case.app;
    let entity = if case.in_facility { "hospital" } else { "clinic" };
    let mut organisations = vec![entity, "pharmacy", "wholesaler", "wholesaler-second"];
    if case.in_facility {
        organisations.push("hospital-pharmacy");
    }
    let mut all: Vec<String> =
        organisations.into_iter().map(|key| format!("= 'org:{}'", app.organisation(key))).collect();
    // The consultant who has answered does not hear of it.
    all.extend(["= 'role:MINISTRY'".to_owned(), "LIKE 'patient:%'".to_owned()]);
    if is_of_food(case) {
        all.push("= 'role:SANITARY_INSPECTORATE'".to_owned());
    }
    all
}

/// As soon as the answer is there, everybody's row is: nobody is left out, told twice, or told without need.
async fn everybody_is_told_at_once(case: &Case, event: &str) {
    let rows = async |is: &str| {
        let told = format!(
            "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
             WHERE e.document_id = '{}' AND e.type = '{event}' AND a.audience {is}",
            case.id
        );
        case.app.count_of(told).await
    };
    let expected = audience(case);
    for is in &expected {
        assert_eq!(rows(is).await, 1, "{event} {is}");
    }
    assert_eq!(rows("LIKE '%'").await, i64::try_from(expected.len()).unwrap(), "{event}: nobody else");
}

fn items(page: &Response) -> Vec<Value> {
    page.at("/items").as_array().unwrap().clone()
}

/// Document, history and list of each holder say so, with grounds for those whom they concern.
async fn everybody_finds_it_revoked(case: &Case) {
    let collection = case.path().replace(&format!("/{}", case.id), "");
    for party in holders(case) {
        let who = case.app.as_persona(party);
        let seen = who.get(&case.path()).await.is(200);
        assert_eq!(seen.at("/state"), "REVOKED", "{party}");
        assert!(seen.at("/revocation/revokedAt").is_string(), "{party}: {}", seen.text());
        let is_of_supply =
            ["pharmacist", "hospital-pharmacist", "wholesaler", "wholesaler-second", "inspector"];
        if is_of_supply.contains(&party) {
            assert_eq!(seen.at("/revocation/grounds"), Value::Null, "{party}");
        }
        let history = items(&who.get(&case.path_of("history")).await.is(200));
        let told = history.iter().filter(|item| item["type"] == "DemandRevoked");
        assert_eq!(told.count(), 1, "{party}: {history:?}");
        let listed = items(&who.get(&format!("{collection}?limit=200")).await.is(200));
        let states: Vec<&Value> =
            listed.iter().filter(|item| item["id"] == case.id.as_str()).map(|item| &item["state"]).collect();
        assert_eq!(states, ["REVOKED"], "{party}");
    }
    let cases = items(&case.app.as_persona("patient").get("/api/v1/patient/cases?limit=200").await.is(200));
    let own = cases.iter().find(|item| item["id"] == case.id.as_str()).unwrap();
    assert_eq!(own["state"], "REVOKED");
}

/// Each wholesaler finds it once in its feed: with the demand only where it holds it.
async fn the_feeds_of_wholesalers_tell_it_once(case: &Case) {
    case.app.settle().await;
    for (party, holds) in [("wholesaler", true), ("wholesaler-second", false)] {
        let page = case.app.as_persona(party).get("/api/v1/supply/demands?limit=200").await.is(200);
        let own = |item: &&Value| item["type"] == "DemandRevoked" && item["demandId"] == case.id.as_str();
        let told: Vec<Value> = items(&page).iter().filter(own).cloned().collect();
        assert_eq!(told.len(), 1, "{party}: {}", page.text());
        let state = told[0].pointer("/demand/state").cloned();
        assert_eq!(state, holds.then(|| json!("REVOKED")), "{party}");
    }
}

async fn retrieved_by_several(case: &Case) {
    for party in ["pharmacist", "wholesaler", "wholesaler-second"] {
        case.retrieve(party).await.is(200);
    }
}

async fn received_on_paper(case: &Case, days_ago: i64) {
    let app = &case.app;
    let pharmacy = if case.in_facility { "hospital-pharmacy" } else { "pharmacy" };
    let passed_on = json!(app.today() - TimeDelta::days(days_ago));
    let mut receipt = with(case.numbers().await, "/passedOn", passed_on);
    receipt["pharmacyId"] = json!(app.organisation(pharmacy));
    app.as_persona("wholesaler").post("/api/v1/supply/paper-receipts", &receipt).send().await.is(201);
    case.seen().await;
}

/// The decider puts into effect what they see of the draft.
async fn revoked_by_the_decider(case: &Case) -> Response {
    let seen = case.app.as_persona("decider").get(&case.path()).await.is(200);
    let body = json!({ "draftSha256": seen.text_at("/ministryFile/revocationDraft/sha256") });
    case.command("decider", "revocation", &body).await
}

on_both! {
    async fn what_was_rejected_is_copied_and_nothing_else(app: TestApp) {
        for content in sorts(&app) {
            let case = Case::of(&app, &content).await.until(Stage::Assigned).await;
            case.prepare(&rejection()).await.is(200);
            case.resolve().await.is(200);
            assert_eq!(case.state().await, "REJECTED");
            is_past_withdrawal_and_revocation(&case).await;
            is_copied(&case).await;
        }
    }

    async fn what_never_reached_the_minister_is_copied_and_unknown_to_the_ministry(app: TestApp) {
        let mut cases = Vec::new();
        for content in sorts(&app) {
            cases.push(Case::of(&app, &content).await.until(Stage::WithConsultant).await);
        }
        app.advance_days(61);
        for case in cases {
            let seen = case.seen().await;
            assert_eq!((&seen["state"], &seen["expiry"]), (&json!("EXPIRED"), &json!("NOT_SUBMITTED")));
            is_out_of_place(&case, case.physician(), "withdrawal", &reason()).await;
            let draft = case.command("preparer", "revocation-draft", &revocation()).await;
            draft.refused(404, "request.not_found");
            case.command("decider", "revocation", &of_no_draft()).await.refused(404, "request.not_found");
            is_copied(&case).await;
        }
    }

    async fn what_nobody_passed_on_is_revoked_only_once_its_expiry_is_lifted(app: TestApp) {
        let mut cases = Vec::new();
        for content in sorts(&app) {
            let case = Case::of(&app, &content).await.until(Stage::Approved).await;
            retrieved_by_several(&case).await;
            case.command("preparer", "revocation-draft", &revocation()).await.is(200);
            cases.push(case);
        }
        app.advance_days(61);
        for case in cases {
            let seen = case.seen().await;
            assert_eq!((&seen["state"], &seen["expiry"]), (&json!("EXPIRED"), &json!("NOT_REALISED")));
            is_past_withdrawal_and_revocation(&case).await;
            is_copied(&case).await;
            received_on_paper(&case, 30).await;
            assert_eq!(case.state().await, "WITH_WHOLESALER");
            // The draft of before the expiry still waits for its decider.
            assert_eq!(revoked_by_the_decider(&case).await.is(200).text_at("/state"), "REVOKED");
            everybody_is_told_at_once(&case, "DemandRevoked").await;
            everybody_finds_it_revoked(&case).await;
        }
    }

    async fn a_revocation_after_the_handover_reaches_every_holder_at_once(app: TestApp) {
        for content in sorts(&app) {
            let case = Case::of(&app, &content).await.until(Stage::Approved).await;
            retrieved_by_several(&case).await;
            case.hand_over().await.is(200);
            is_copied(&case).await;
            case.command("preparer", "revocation-draft", &revocation()).await.is(200);
            assert_eq!(case.state().await, "WITH_WHOLESALER", "a draft changes no state");
            revoked_by_the_decider(&case).await.is(200);
            everybody_is_told_at_once(&case, "DemandRevoked").await;
            everybody_finds_it_revoked(&case).await;
            the_feeds_of_wholesalers_tell_it_once(&case).await;
            is_past_withdrawal_and_revocation(&case).await;
            is_copied(&case).await;
        }
    }

    async fn what_a_wholesaler_holds_is_withdrawn_until_something_is_drawn(app: TestApp) {
        for content in sorts(&app) {
            let case = Case::of(&app, &content).await.until(Stage::Approved).await;
            retrieved_by_several(&case).await;
            case.hand_over().await.is(200);
            case.withdraw().await.is(200);
            everybody_is_told_at_once(&case, "DemandWithdrawn").await;
            is_past_withdrawal_and_revocation(&case).await;
            is_copied(&case).await;

            let drawn = Case::of(&app, &content).await.until(Stage::HandedOver).await;
            drawn.import(2).await.is(201);
            let refused = drawn.withdraw().await.refused(409, "demand.already_drawn");
            assert_eq!(refused.text_at("/currentState"), "WITH_WHOLESALER");
            drawn.command("preparer", "revocation-draft", &revocation()).await.is(200);
            assert_eq!(revoked_by_the_decider(&drawn).await.is(200).text_at("/state"), "REVOKED");
            assert_eq!(drawn.seen().await["ledger"]["imported"], "2", "what was drawn stays on record");
        }
    }
}
