//! Problems: one form for all, in two languages, each in the catalogue.

use serde_json::json;
use testkit::{Case, DEMANDS, Response, Stage, TestApp, on_both};

/// The same refusal in both languages.
async fn in_both(app: &TestApp, case: &Case) -> Vec<(Response, Response)> {
    let who = app.as_persona("clinic-physician");
    let mut pairs = Vec::new();
    for (method, path, body) in [
        (reqwest::Method::GET, "/api/v1/nowhere".to_owned(), None),
        (reqwest::Method::DELETE, DEMANDS.to_owned(), None),
        (reqwest::Method::GET, format!("{DEMANDS}/none"), None),
        (reqwest::Method::GET, format!("{DEMANDS}?limit=0"), None),
        (reqwest::Method::POST, DEMANDS.to_owned(), Some(json!({}))),
        (reqwest::Method::POST, case.path_of("withdrawal"), Some(json!({ "reason": "x" }))),
        (reqwest::Method::POST, case.path_of("submission"), Some(app.consultant("consultant-nephrology"))),
        (reqwest::Method::POST, case.path_of("opinion"), Some(json!({ "verdict": "NOT_MY_FIELD" }))),
    ] {
        let send = |language: &'static str| {
            let mut request = who.request(method.clone(), &path).in_language(language);
            if let Some(body) = &body {
                request = request.json(body).key("both-languages-key-1");
            }
            request.send()
        };
        pairs.push((send("pl").await, send("en").await));
    }
    pairs
}

on_both! {
    async fn a_problem_is_told_in_polish_and_in_english(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        for (polish, english) in in_both(&app, &case).await {
            let code = polish.code();
            assert!(polish.status >= 400 && !code.is_empty(), "{}", polish.text());
            let (polish, english) = (polish.clone().refused(polish.status, &code), english.refused(polish.status, &code));
            assert_eq!(polish.header("content-language"), Some("pl"));
            assert_eq!(english.header("content-language"), Some("en"));
            assert_ne!(polish.at("/title"), english.at("/title"), "{code}");
            let catalogued = app.anyone().get(&format!("/api/v1/problems/{code}")).await.is(200);
            assert_eq!(catalogued.at("/code"), json!(code), "{}", catalogued.text());
            assert_eq!(polish.at("/instance"), english.at("/instance"));
        }
    }

    async fn polish_is_spoken_unless_something_else_is_wanted(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let ask = |language: &'static str| {
            who.request(reqwest::Method::GET, "/api/v1/nowhere").in_language(language).send()
        };
        for (asked, spoken) in [("de", "pl"), ("en-GB,pl;q=0.5", "en"), ("pl, en", "pl"), ("*", "pl")] {
            assert_eq!(ask(asked).await.header("content-language"), Some(spoken), "{asked}");
        }
        assert_eq!(who.get("/api/v1/nowhere").await.header("content-language"), Some("pl"));
    }

    async fn the_catalogue_knows_every_code_once(app: TestApp) {
        let catalogue = app.anyone().get("/api/v1/problems").await.is(200).json();
        let list = catalogue["items"].as_array().unwrap();
        let mut codes: Vec<&str> = list.iter().map(|problem| problem["code"].as_str().unwrap()).collect();
        let count = codes.len();
        assert!(count >= 100, "{count}");
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        app.anyone().get("/api/v1/problems/no.such_code").await.refused(404, "request.not_found");
    }

    async fn each_answer_names_its_trace(app: TestApp) {
        let refused = app.as_persona("clinic-physician").get("/api/v1/nowhere").await.is(404);
        let trace = refused.text_at("/traceId");
        assert!(trace.len() >= 16, "{trace}");
    }
}
