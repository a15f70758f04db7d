//! The public keys of decision tokens (RFC 7517).

use crate::answer;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(read_decision_keys);
}

/// A JWK set.
#[derive(ToSchema)]
#[schema(as = JwkSet, example = json!({"keys": [{"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
    "kid": "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}))]
pub(crate) struct JwkSetView {
    #[expect(dead_code, reason = "only describes the set, which comes whole from the signing key")]
    keys: Vec<JwkView>,
}

/// A public key on the curve P-256.
#[derive(ToSchema)]
#[schema(as = Jwk, example = json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
    "kid": "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}))]
#[expect(dead_code, reason = "only describes the key, which comes whole from the signing key")]
pub(crate) struct JwkView {
    kty: String,
    crv: String,
    x: String,
    y: String,
    /// The RFC 7638 thumbprint, as the header of a token names it.
    kid: String,
    #[schema(rename = "use")]
    use_: String,
    alg: String,
}

/// Read the keys of decision tokens
///
/// Older keys stay as long as tokens that they signed are in use.
#[utoipa::path(tag = "public", security(()), params(IfNoneMatchHeader),
    responses((status = 200, description = "The present key and older ones", body = JwkSetView,
               headers(("ETag" = String, description = "Weak; of this set"),
                       ("Cache-Control" = String, description = "May be kept for five minutes")))))]
#[get("/.well-known/jwks.json")]
pub(crate) async fn read_decision_keys(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    let mut response = answer::look(&request, &app.decision_jwk_set())?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    Ok(response)
}
