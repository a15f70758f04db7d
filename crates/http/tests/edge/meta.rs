//! What the service says of itself.

use crate::fixture::{edge, send, send_to};
use actix_web::test::TestRequest;
use serde_json::Value;
use std::collections::HashSet;

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

#[actix_web::test]
async fn every_code_is_explained_in_both_languages() {
    let polish = send(get("/api/v1/problems")).await;
    let english = send(get("/api/v1/problems").insert_header(("Accept-Language", "en"))).await;
    let (polish, english) = (polish.json(), english.json());
    let both = polish["items"].as_array().unwrap().iter().zip(english["items"].as_array().unwrap());
    let mut codes = HashSet::new();
    for (pl, en) in both {
        assert_eq!(pl["code"], en["code"]);
        assert_ne!(pl["cause"], en["cause"]);
        assert_ne!(pl["fix"], en["fix"]);
        assert!(codes.insert(pl["code"].as_str().unwrap().to_owned()));
    }
    assert!(codes.contains("thing.name") && codes.contains("request.stale"));
}

#[actix_web::test]
async fn one_code_is_explained_with_what_to_do() {
    let entry = send(get("/api/v1/problems/request.if_match_missing")).await;
    assert_eq!((entry.status, &entry.json()["status"]), (200, &Value::from(428)));
    assert_eq!(entry.header("vary"), "Accept-Language");
    let unknown = send(get("/api/v1/problems/no.such")).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "request.not_found"));
}

#[actix_web::test]
async fn sentences_of_bad_tokens_fit_their_header() {
    for problem in http::Catalogue::whole().iter().filter(|problem| problem.code.starts_with("auth.token")) {
        let legal = |c: char| c.is_ascii() && c != '"' && c != '\\';
        assert!(problem.says.en.chars().all(legal), "{}", problem.code);
    }
}

#[actix_web::test]
async fn readiness_names_what_is_down() {
    let live = send(get("/health/live")).await;
    assert_eq!((live.status, &live.json()["status"]), (200, &Value::from("UP")));
    let ready = send(get("/health/ready")).await;
    assert_eq!((ready.status, &ready.json()["status"]), (200, &Value::from("UP")));
    let luxury = &ready.json()["dependencies"][1];
    assert_eq!((&luxury["status"], &luxury["required"]), (&Value::from("DOWN"), &Value::from(false)));
    let down = send_to(&edge(false), vec![get("/health/ready")]).await.pop().unwrap();
    assert_eq!(down.status, 503);
    assert_eq!(down.json()["dependencies"][0]["status"], "DOWN");
}

#[actix_web::test]
async fn swagger_ui_comes_with_the_program() {
    let root = send(get("/")).await;
    assert_eq!((root.status, root.header("location")), (303, "/swagger-ui/"));
    assert_eq!(send(get("/swagger-ui")).await.header("location"), "/swagger-ui/");
    let page = send(get("/swagger-ui/")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("swagger-ui-bundle.js"));
    assert!(
        page.header("content-security-policy").contains("script-src")
            || page.header("content-security-policy").contains("default-src 'self'")
    );
    let start = send(get("/swagger-ui/swagger-initializer.js")).await;
    for option in ["/openapi.json", "persistAuthorization", "tryItOutEnabled", "deepLinking"] {
        assert!(start.text.contains(option), "{option}");
    }
    let unknown = send(get("/swagger-ui/secret.txt")).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "request.unknown_path"));
}

#[actix_web::test]
async fn the_contract_is_served_and_does_not_change_by_itself() {
    let file = send(get("/openapi.json")).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/json"));
    assert!(file.text.ends_with("}\n"));
    assert_eq!(file.text, http::contract::to_json(&http::contract::compose(crate::fixture::more)));
    assert_eq!(http::openapi_json(), http::openapi_json());
}

#[test]
fn every_operation_is_described_whole() {
    let document: Value =
        serde_json::from_str(&http::contract::to_json(&http::contract::compose(crate::fixture::more)))
            .unwrap();
    let mut ids = HashSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id} twice");
            assert!(!operation["tags"].as_array().unwrap().is_empty(), "{method} {path}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap();
                let in_path = path.contains(&format!("{{{name}}}"));
                assert_eq!(parameter["in"] == "path", in_path, "{method} {path}: {name}");
                assert!(parameter["description"].is_string(), "{method} {path}: {name} has no description");
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                let described = response["description"].as_str().is_some_and(|text| !text.is_empty());
                let name = response["$ref"].as_str().unwrap_or_default().rsplit('/').next().unwrap();
                let shared = document["components"]["responses"][name]["description"].is_string();
                assert!(described || shared, "{method} {path} {status}");
            }
        }
    }
    assert_eq!(document["info"]["license"]["identifier"], "MIT OR Apache-2.0");
    assert_eq!(document["openapi"], "3.1.0");
}

#[test]
fn every_body_refuses_unknown_members_and_has_an_example() {
    let document: Value =
        serde_json::from_str(&http::contract::to_json(&http::contract::compose(crate::fixture::more)))
            .unwrap();
    let schemas = &document["components"]["schemas"];
    let mut waiting = Vec::new();
    for operation in
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values())
    {
        let body = &operation["requestBody"]["content"]["application/json"];
        let Some(name) = body["schema"]["$ref"].as_str() else { continue };
        let name = name.rsplit('/').next().unwrap();
        let exemplified =
            [&body["example"], &body["examples"], &schemas[name]["example"], &schemas[name]["examples"]];
        assert!(exemplified.iter().any(|it| !it.is_null()), "{name} has no example");
        waiting.push(name.to_owned());
    }
    let mut seen = HashSet::new();
    while let Some(name) = waiting.pop() {
        if seen.insert(name.clone()) {
            let schema = &schemas[&name];
            let open = schema["type"] == "object" && schema["additionalProperties"] != false;
            assert!(!open, "{name} lacks deny_unknown_fields");
            references(schema, &mut waiting);
        }
    }
}

fn references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            found.extend(
                members.get("$ref").and_then(|it| it.as_str()?.rsplit('/').next().map(str::to_owned)),
            );
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn operations_get_the_answers_that_apply_to_them() {
    let document: Value =
        serde_json::from_str(&http::contract::to_json(&http::contract::compose(crate::fixture::more)))
            .unwrap();
    let statuses = |path: &str, method: &str| {
        let responses = document["paths"][path][method]["responses"].as_object().unwrap();
        responses.keys().map(|status| status.parse::<u16>().unwrap()).collect::<Vec<_>>()
    };
    let closing = [200, 400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 428, 500, 503];
    assert_eq!(statuses("/things/{id}/closing", "post"), closing);
    assert_eq!(statuses("/things/checks", "post"), [200, 400, 408, 413, 415, 422, 500, 503]);
    assert_eq!(statuses("/things", "get"), [200, 400, 401, 403, 500, 503]);
    assert_eq!(statuses("/api/v1/problems/{code}", "get"), [200, 304, 404, 500]);
    let parameters = |path: &str, method: &str| document["paths"][path][method]["parameters"].to_string();
    assert!(parameters("/things", "post").contains("Idempotency-Key"));
    assert!(!parameters("/things/validations", "post").contains("Idempotency-Key"));
}
