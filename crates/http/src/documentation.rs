//! The contract as a file and as Swagger UI, whose pages come with the program.

use crate::contract::KEY_EXAMPLE;
use crate::edge::Edge;
use crate::faults;
use crate::problem::Problem;
use actix_web::guard;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION,
};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;
use utoipa_swagger_ui::Config;

/// Addresses that serve people and stand outside the contract; all answer GET.
pub(crate) const PATHS: [&str; 4] = ["/", "/openapi.json", "/swagger-ui", "/swagger-ui/{file:.*}"];

/// Swagger UI sets styles from its script and shows its icons as data.
const PAGE_POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; \
                           frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Written by Swagger UI's own start script; everything else is configuration that holds no code.
const INITIALIZER: &str = "swagger-initializer.js";

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    let [root, file, bare, page] = PATHS;
    let config = Config::new(["/openapi.json"])
        .persist_authorization(true)
        .try_it_out_enabled(true)
        .deep_linking(true)
        .display_operation_id(true)
        .display_request_duration(true)
        .filter(true)
        .doc_expansion("none")
        .validator_url("none");
    cfg.service(web::resource(root).guard(guard::Get()).to(to_swagger_ui))
        .service(web::resource(bare).guard(guard::Get()).to(to_swagger_ui))
        .service(web::resource(file).guard(guard::Get()).to(contract))
        .service(web::resource(page).guard(guard::Get()).app_data(web::Data::new(config)).to(swagger_ui));
}

async fn to_swagger_ui() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, "/swagger-ui/")).finish()
}

async fn contract(request: HttpRequest, edge: web::Data<Edge>) -> HttpResponse {
    let etag = edge.contract.etag();
    let mut response = HttpResponse::Ok();
    if crate::answer::is_known(&request, etag) {
        return HttpResponse::NotModified().insert_header((ETAG, etag)).finish();
    }
    response
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((ETAG, etag))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(edge.contract.json())
}

async fn swagger_ui(
    file: web::Path<String>,
    config: web::Data<Config<'static>>,
) -> Result<HttpResponse, Problem> {
    let config: Arc<Config<'static>> = config.into_inner();
    let page =
        utoipa_swagger_ui::serve(&file, config).map_err(|error| Problem::bug(error.to_string().into()))?;
    let page = page.ok_or_else(|| Problem::new(faults::UNKNOWN_PATH))?;
    let mut response = HttpResponse::Ok();
    if page.gzpipped {
        response.insert_header((CONTENT_ENCODING, "gzip"));
    }
    response
        .insert_header((CONTENT_SECURITY_POLICY, PAGE_POLICY))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type(page.content_type);
    if file.as_str() == INITIALIZER {
        return Ok(response.body(with_fresh_keys(&String::from_utf8_lossy(&page.bytes))));
    }
    Ok(response.body(page.bytes.into_owned()))
}

/// Swagger UI fills the example of the idempotency key in. Whoever leaves it there means a new change each time.
fn with_fresh_keys(initializer: &str) -> String {
    let interceptor = format!(
        r#"requestInterceptor: (request) => {{
    if (request.headers?.["Idempotency-Key"] === "{KEY_EXAMPLE}") {{
      const random = crypto.getRandomValues(new Uint8Array(16));
      request.headers["Idempotency-Key"] = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }}
    return request;
  }},
  presets: ["#
    );
    initializer.replacen("presets: [", &interceptor, 1)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;

    #[test]
    fn the_start_script_sends_a_fresh_key_in_place_of_the_example() {
        let config = Arc::new(Config::new(["/openapi.json"]));
        let script = utoipa_swagger_ui::serve(INITIALIZER, config).unwrap().unwrap();
        assert!(!script.gzpipped);
        let script = with_fresh_keys(std::str::from_utf8(&script.bytes).unwrap());
        assert_eq!(script.matches("requestInterceptor: (request) =>").count(), 1);
        assert!(script.contains(KEY_EXAMPLE));
        assert!(script.contains("SwaggerUIBundle.presets.apis"));
    }
}
