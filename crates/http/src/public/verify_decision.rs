//! Whether a decision token is genuine, and whether its decision still stands.

use super::decision::DecisionView;
use crate::answer;
use crate::asked::Open;
use crate::demand::examples::answers;
use crate::document_state::DocumentState;
use crate::problem::Problem;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::public::VerifiedDecision;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"token": "eyJhbGciOiJFUzI1NiIsImtpZCI6IkZ5dC4uLiIsInR5cCI6ImRlY2lzaW9uK2p3dCJ9.eyJkZWNpZGVkT24iOiIyMDI2LTAyLTE2In0.q1Zk"}))]
pub(crate) struct DecisionVerificationRequest {
    /// The token as the QR code of the print or a check gives it.
    token: String,
}

/// A genuine decision token.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VerifiedDecision, example = answers::verified_decision)]
pub(crate) struct VerifiedDecisionView {
    decision: DecisionView,
    /// Where the demand or the notification stands now.
    state: DocumentState,
    /// Whether the decision was taken back since: what was decided is revoked or withdrawn.
    withdrawn: bool,
}

impl VerifiedDecisionView {
    fn of(verified: VerifiedDecision) -> Self {
        let decision = DecisionView::of(verified.claims);
        Self { decision, state: DocumentState::of(verified.state), withdrawn: verified.withdrawn }
    }
}

/// Verify a decision token
///
/// The signature can be verified offline too, with the keys at `/.well-known/jwks.json`; this call also says whether the
/// decision was withdrawn since.
#[utoipa::path(tag = "public", security(()), request_body = DecisionVerificationRequest,
    responses((status = 200, description = "Genuine; with the present state", body = VerifiedDecisionView)))]
#[post("/api/v1/public/decision-verifications")]
pub(crate) async fn verify_decision(
    app: web::Data<App>,
    asked: Open<DecisionVerificationRequest>,
) -> Result<HttpResponse, Problem> {
    let verified = app.verify_decision(asked.body.token.trim()).await?;
    answer::plain(&VerifiedDecisionView::of(verified))
}
