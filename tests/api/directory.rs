//! `GET /consultants`, `GET /wholesalers`, lifecycles, problems, health.

use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

on_both! {
    async fn consultants_are_found_by_field(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let all = who.get("/api/v1/consultants").await.is(200);
        assert!(all.at("/items").as_array().unwrap().len() >= 6, "{}", all.text());
        let wanted = app.consultant("consultant-nephrology");
        let field = wanted["field"].as_str().unwrap();
        let found = who.get(&format!("/api/v1/consultants?field={field}")).await.is(200);
        assert!(found.text().contains(wanted["consultantId"].as_str().unwrap()), "{}", found.text());
        let spec = app.persona("consultant-nephrology").spec;
        assert!(!found.text().contains(spec.pesel));
        who.get_unless("/api/v1/consultants", &all.etag()).await.is(304);
    }

    async fn consultants_are_found_by_kind_and_by_both(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let found = async |query: &str| {
            let page = who.get(&format!("/api/v1/consultants?limit=200{query}")).await.is(200);
            page.at("/items").as_array().unwrap().clone()
        };
        let mut of_kinds = Vec::new();
        for kind in ["NATIONAL", "VOIVODESHIP"] {
            let of_kind = found(&format!("&kind={kind}")).await;
            assert!(!of_kind.is_empty() && of_kind.iter().all(|it| it["kind"] == kind), "{kind}: {of_kind:?}");
            of_kinds.extend(of_kind);
        }
        let mut all = found("").await;
        for entries in [&mut all, &mut of_kinds] {
            entries.sort_by_key(ToString::to_string);
        }
        assert_eq!(of_kinds, all, "everybody is of one kind");
        for (kind, persona) in [("NATIONAL", "consultant-nephrology"), ("VOIVODESHIP", "consultant-haematology")] {
            let of_both = found(&format!("&field=0752&kind={kind}")).await;
            let ids: Vec<_> = of_both.iter().map(|it| (it["id"].clone(), it["field"]["code"].clone())).collect();
            let id = app.persona(persona).person_id.unwrap().to_string();
            assert_eq!(ids, [(json!(id), json!("0752"))], "{kind}");
        }
        assert_eq!(found("&field=0706&kind=VOIVODESHIP").await, [json!(null); 0]);
        who.get("/api/v1/consultants?kind=DISTRICT").await.refused(400, "request.parameter");
    }

    async fn whoever_chooses_a_consultant_sees_how_many_demands_wait_for_each(app: TestApp) {
        let waiting = async |persona: &'static str| -> Vec<serde_json::Value> {
            let all = app.as_persona(persona).get("/api/v1/consultants").await.is(200);
            all.at("/items").as_array().unwrap().iter().map(|it| it["waiting"].clone()).collect()
        };
        let sum = |all: Vec<serde_json::Value>| all.iter().map(|it| it.as_u64().unwrap()).collect::<Vec<_>>();
        assert!(sum(waiting("clinic-physician").await).iter().all(|it| *it == 0));
        Case::outside(&app).await.until(Stage::Submitted).await;
        let answered = Case::outside(&app).await.until(Stage::WithMinister).await;
        Case::outside(&app).await.until(Stage::Submitted).await;
        assert_eq!(answered.state().await, "WITH_MINISTER");
        let seen = sum(waiting("clinic-physician").await);
        assert_eq!(seen.iter().filter(|it| **it == 2).count(), seen.iter().filter(|it| **it > 0).count(), "{seen:?}");
        assert_eq!(seen, sum(waiting("preparer").await));
        assert!(waiting("wholesaler").await.iter().all(serde_json::Value::is_null));
    }

    async fn wholesalers_are_listed(app: TestApp) {
        let all = app.as_persona("pharmacist").get("/api/v1/wholesalers").await.is(200);
        for key in ["wholesaler", "wholesaler-second"] {
            assert!(all.text().contains(&app.organisation(key)), "{}", all.text());
        }
        assert!(!all.text().contains(&app.organisation("pharmacy")));
    }

    async fn the_service_says_that_it_lives_and_is_ready(app: TestApp) {
        app.anyone().get("/health/live").await.is(200);
        app.anyone().get("/health/ready").await.is(200);
    }

    async fn the_lifecycle_is_served_as_data(app: TestApp) {
        let answer = app.anyone().get("/api/v1/lifecycles/medicine-demands").await.is(200);
        for state in ["DRAFT", "AWAITING_CONSULTANT", "REALISED"] {
            assert!(answer.text().contains(state), "{}", answer.text());
        }
        let whole_procedure = answer.at("/clocks/2");
        assert_eq!(whole_procedure["kind"], "SUBMISSION_TO_MINISTER");
        assert_eq!(whole_procedure["startsWith"], json!(["submission"]));
        assert_eq!(whole_procedure["pausedBy"], json!(["submission", "representative-approval", "opinion"]));
        assert_eq!((&answer.at("/clocks/5/kind"), &answer.at("/clocks/5/days")), (&json!("PATIENT_LIST"), &json!(30)));
    }
}
