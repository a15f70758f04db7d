//! `POST …/takeover`: another physician of the entity goes on with the demand.

use app::caller::Role;
use serde_json::{Value, json};
use testkit::{Case, Response, Session, Stage, TestApp, on_both};

const FIRST: &str = "hospital-physician";
const ANOTHER: &str = "hospital-physician-second";
/// Nephrology.
const FIELD: &str = "0752";

/// This physician is a consultant too.
async fn appointed(app: &TestApp, physician: &'static str) -> Session {
    app.appoint(physician, FIELD).await;
    let npwz = app.persona(physician).spec.npwz;
    app.with_token(
        app.token(physician)
            .with("person", json!({ "idSystem": "NPWZ", "id": npwz, "role": Role::Consultant.name() })),
    )
}

/// From today on the first physician answers for the consultant in nephrology.
async fn substitutes(app: &TestApp) {
    let person = |key: &'static str| app.persona(key).person_id.unwrap().to_string();
    let days = json!({
        "field": FIELD, "firstDay": app.today(), "lastDay": app.today(), "substituteId": person(FIRST),
    });
    let path = format!("/api/v1/consultants/{}/absences", person("consultant-nephrology"));
    app.as_persona("preparer").post(&path, &days).send().await.is(201);
}

fn reason() -> Value {
    json!({ "reason": "Lekarka przebywa na zwolnieniu." })
}

async fn take_over(case: &Case, persona: &'static str) -> Response {
    let answer = case.app.as_persona(persona).post(&case.path_of("takeover"), &reason()).send().await;
    case.follow(&answer);
    answer
}

on_both! {
    async fn a_colleague_sees_nothing_before_and_everything_after(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        let who = app.as_persona(ANOTHER);
        who.find(&case.id).await.refused(404, "request.not_found");
        let taken = take_over(&case, ANOTHER).await.is(200);
        assert_eq!(taken.text_at("/takenOver/reason"), "Lekarka przebywa na zwolnieniu.");
        assert_eq!(taken.text_at("/takenOver/fromNpwz"), app.persona("hospital-physician").spec.npwz.unwrap());
        who.find(&case.id).await.is(200);
        case.as_physician().find(&case.id).await.refused(404, "request.not_found");
        let withdrawal = json!({ "reason": "Zmiana leczenia." });
        let withdrawn = case.ask(&who, "withdrawal", &withdrawal).send().await.is(200);
        assert_eq!(withdrawn.text_at("/state"), "WITHDRAWN");
    }

    async fn whoever_takes_it_over_sees_no_signature_of_another(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let shown = async |who: &Session| {
            who.get(&case.path_of("versions")).await.is(200).at("/items/0/signature").is_string()
        };
        assert!(shown(&case.as_physician()).await, "their own");
        take_over(&case, ANOTHER).await.is(200);
        let versions = app.as_persona(ANOTHER).get(&case.path_of("versions")).await.is(200);
        assert!(versions.at("/items/0/content").is_object());
        assert!(!shown(&app.as_persona(ANOTHER)).await, "certificates hold a PESEL: {}", versions.text());
        assert!(shown(&app.as_persona("preparer")).await);
    }

    async fn a_draft_is_signed_by_whoever_took_it_over(app: TestApp) {
        let case = Case::in_facility(&app).await;
        let taken = take_over(&case, ANOTHER).await.is(200);
        assert_eq!(taken.text_at("/content/physician/npwz"), app.persona(ANOTHER).spec.npwz.unwrap());
        let body = case.signed(ANOTHER, "submission", app.consultant("consultant-nephrology")).await;
        let submitted = case.command(ANOTHER, "submission", &body).await.is(200);
        assert_eq!(submitted.text_at("/state"), "AWAITING_REPRESENTATIVE");
    }

    async fn a_returned_demand_needs_a_new_signature(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        case.command("director", "representative-refusal", &json!({ "reason": "Brak." })).await.is(200);
        let taken = take_over(&case, ANOTHER).await.is(200);
        assert_eq!(taken.at("/contentVersion"), 2);
        let unsigned = app.consultant("consultant-nephrology");
        case.command(ANOTHER, "submission", &unsigned).await.refused(422, "demand.signature_required");
    }

    async fn who_issued_it_is_not_chosen_to_assess_it_afterwards(app: TestApp) {
        appointed(&app, FIRST).await;
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        case.command("director", "representative-refusal", &json!({ "reason": "Brak." })).await.is(200);
        take_over(&case, ANOTHER).await.is(200);
        let chosen = json!({ "consultantId": app.persona(FIRST).person_id.unwrap().to_string(), "field": FIELD });
        let body = case.signed(ANOTHER, "submission", chosen).await;
        let refused = case.command(ANOTHER, "submission", &body).await;
        refused.refused_at(422, "demand.consultant_is_physician", "/consultantId");
        substitutes(&app).await;
        let body = case.signed(ANOTHER, "submission", app.consultant("consultant-nephrology")).await;
        let refused = case.command(ANOTHER, "submission", &body).await;
        refused.refused_at(422, "demand.consultant_away", "/consultantId");
    }

    async fn who_issued_it_does_not_stand_in_to_assess_it_afterwards(app: TestApp) {
        let consultant = appointed(&app, FIRST).await;
        let other = Case::outside(&app).await.until(Stage::Submitted).await;
        let case = Case::in_facility(&app).await.until(Stage::WithConsultant).await;
        substitutes(&app).await;
        take_over(&case, ANOTHER).await.is(200);
        consultant.find(&other.id).await.is(200);
        consultant.find(&case.id).await.refused(404, "request.not_found");
        let asked = case.ask(&consultant, "opinion", &json!({ "verdict": "NOT_MY_FIELD" })).send().await;
        asked.refused(404, "request.not_found");
    }

    async fn who_sent_it_back_as_its_consultant_does_not_take_it_over_from_the_next(app: TestApp) {
        let consultant = appointed(&app, ANOTHER).await;
        let case = Case::in_facility(&app).await;
        let chosen = json!({ "consultantId": app.persona(ANOTHER).person_id.unwrap().to_string(), "field": FIELD });
        let body = case.signed(FIRST, "submission", chosen).await;
        case.command(FIRST, "submission", &body).await.is(200);
        let body = case.signed("director", "representative-approval", json!({})).await;
        case.command("director", "representative-approval", &body).await.is(200);
        let sent_back = case.ask(&consultant, "opinion", &json!({ "verdict": "NOT_MY_FIELD" })).send().await.is(200);
        case.follow(&sent_back);
        case.command(FIRST, "submission", &app.consultant("consultant-nephrology")).await.is(200);
        take_over(&case, ANOTHER).await.refused(422, "demand.consultant_is_physician");
    }

    async fn nobody_of_another_entity_takes_it_over(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        take_over(&case, "clinic-physician").await.refused(404, "request.not_found");
        take_over(&case, "hospital-physician").await.refused(409, "demand.already_yours");
        take_over(&case, "director").await.refused(403, "auth.role");
    }

    async fn a_case_that_has_ended_is_not_taken_over(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        case.withdraw().await.is(200);
        take_over(&case, ANOTHER).await.refused(409, "demand.wrong_state");
        let other = testkit::with(testkit::in_facility(&app), "/product/strength", json!("200 mg"));
        let realised = Case::of(&app, &other).await.until(Stage::HandedOver).await;
        realised.dispense(10).await.is(201);
        take_over(&realised, ANOTHER).await.refused(409, "demand.nothing_left_to_do");
    }

    async fn nobody_takes_it_over_without_saying_why_the_first_cannot_act(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let who = app.as_persona(ANOTHER);
        let ask = async |body: Value| who.post(&case.path_of("takeover"), &body).send().await;
        for blank in ["", "   ", "\n\t"] {
            ask(json!({ "reason": blank })).await.refused_at(422, "value.text_empty", "/reason");
        }
        ask(json!({})).await.refused_at(400, "request.missing_member", "/reason");
        who.find(&case.id).await.refused(404, "request.not_found");
        assert_eq!(case.seen().await.get("takenOver"), None, "it is still the first one's");
        ask(reason()).await.is(200);
        for persona in [ANOTHER, "director", "patient"] {
            let seen = app.as_persona(persona).find(&case.id).await.is(200);
            assert_eq!(seen.text_at("/takenOver/reason"), "Lekarka przebywa na zwolnieniu.", "{persona}");
        }
    }

    async fn a_takeover_is_one_change_under_one_key_and_on_record(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let who = app.as_persona(ANOTHER);
        let path = case.path_of("takeover");
        let send = |body: Value| {
            let (who, path) = (who.clone(), path.clone());
            async move { who.post(&path, &body).key("takeover-key-number-1").send().await }
        };
        let first = send(reason()).await.is(200);
        let again = send(reason()).await.is(200);
        assert!(again.is_replayed() && again.body == first.body, "{}", again.text());
        send(json!({ "reason": "Inny powód." })).await.refused(422, "request.idempotency_key_reused");
        let entries = format!(
            "SELECT count(*) AS number FROM audit WHERE action = 'take_over_demand' AND document_id = '{}'", case.id,
        );
        assert_eq!(app.count_of(entries).await, 1);
    }
}
