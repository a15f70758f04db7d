//! An access token for a persona.

use super::{persona_of, space_of};
use crate::state::Sandbox;
use actix_web::{HttpResponse, post, web};
use app::App;
use http::body::{Validate, ValidationErrors};
use http::{Open, Problem, answer};
use serde::{Deserialize, Serialize};
use signing::access_token::LONGEST_LIFE;
use utoipa::ToSchema;

/// As whom to act.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TokenRequest, example = json!({"persona": "clinic-physician"}))]
pub(super) struct TokenBody {
    /// Key of a persona.
    #[schema(example = "clinic-physician")]
    persona: String,
    /// A space of your own; everybody's when left out.
    #[schema(max_length = 40, example = "sandbox")]
    space: Option<String>,
}

impl Validate for TokenBody {
    fn validate(&self) -> Result<(), ValidationErrors> {
        Ok(())
    }
}

/// The answer of a token endpoint (RFC 6749 §5.1), with members named as everywhere here.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Token, example = json!({
    "accessToken": "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IkZ5dC4uLiJ9.eyJzdWIiOiJzYW5kYm94In0.c2lnbmF0dXJl",
    "tokenType": "Bearer", "expiresIn": 300}))]
pub(super) struct TokenView {
    /// For the header `Authorization: Bearer …`.
    #[schema(
        example = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IkZ5dC4uLiJ9.eyJzdWIiOiJzYW5kYm94In0.c2lnbmF0dXJl"
    )]
    access_token: String,
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds.
    #[schema(example = 300)]
    expires_in: i64,
}

/// Take an access token of a persona
///
/// Good for five minutes. Its issuer is the sandbox's own, which no production system accepts.
#[utoipa::path(tag = "sandbox", security(()), request_body = TokenBody,
    responses((status = 200, description = "The token", body = TokenView),
              (status = 404, description = "There is no such space", body = http::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/sandbox/tokens")]
pub(super) async fn issue_token(
    sandbox: web::Data<Sandbox>,
    app: web::Data<App>,
    asked: Open<TokenBody>,
) -> Result<HttpResponse, Problem> {
    let space = space_of(&sandbox, &app, asked.body.space.as_deref()).await?;
    let persona = persona_of(&space, &asked.body.persona)?;
    let access_token =
        sandbox.token(&space, &persona, None).map_err(|fault| Problem::bug(Box::new(fault)))?;
    answer::plain(&TokenView { access_token, token_type: "Bearer", expires_in: LONGEST_LIFE.num_seconds() })
}
