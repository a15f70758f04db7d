//! «Did you get it?»: what became of a write whose answer was lost.

use crate::answer;
use crate::asked::Inquired;
use crate::demand::examples::answers;
use crate::faults;
use crate::problem::Problem;
use actix_web::{HttpResponse, get, web};
use app::App;
use app::operations::KnownOperation;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(find_operation);
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationQuery {
    /// The `Idempotency-Key` of the write.
    #[param(
        min_length = 16,
        max_length = 128,
        pattern = "^[!-~]+$",
        example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42"
    )]
    key: String,
}

/// A write that was carried out, with its first answer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = KnownOperation, example = answers::operation)]
pub struct OperationView {
    #[schema(example = "submit_demand")]
    operation: String,
    carried_out_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<String>,
    /// Status of the answer.
    #[schema(minimum = 200, maximum = 299, example = 200)]
    status: u16,
    /// `ETag` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "\"2\"")]
    etag: Option<String>,
    /// `Location` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri-reference")]
    location: Option<String>,
    /// Body of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    body: Option<Value>,
}

impl OperationView {
    fn of(known: KnownOperation) -> Self {
        let header = |name: &str| {
            let mut headers = known.answer.headers.iter();
            headers.find(|(its, _)| its.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
        };
        Self {
            etag: header("etag"),
            location: header("location"),
            operation: known.operation,
            carried_out_at: known.carried_out_at,
            document_id: known.document_id,
            status: known.answer.status,
            body: serde_json::from_slice(&known.answer.body).ok(),
        }
    }
}

/// Ask what became of a write
///
/// For the client, the organisation and the person who wrote, while they still have the role to do it, by the write's
/// `Idempotency-Key`, for 7 days. 404 means that nothing was
/// changed under this key: the write can be sent again with it.
#[utoipa::path(tag = "operations", params(OperationQuery),
    responses((status = 200, description = "It was carried out; with its first answer", body = OperationView),
              (status = 404, description = "Nothing was carried out under this key", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/operations")]
pub(crate) async fn find_operation(
    app: web::Data<App>,
    asked: Inquired<OperationQuery>,
) -> Result<HttpResponse, Problem> {
    let key = asked.query.key;
    if !(16..=128).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Problem::at(faults::IDEMPOTENCY_KEY, "?key"));
    }
    answer::plain(&OperationView::of(app.find_operation(&asked.caller, &key, &asked.trace_id).await?))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use actix_web::http::StatusCode;
    use serde_json::json;

    #[test]
    fn the_first_answer_is_told_again_with_its_etag() {
        let first =
            answer::written(StatusCode::CREATED, Some(1), Some("/api/v1/things/1"), &json!({"id": 1}));
        let known = KnownOperation {
            operation: "create_thing".to_owned(),
            carried_out_at: DateTime::UNIX_EPOCH,
            document_id: None,
            answer: first,
        };
        let view = serde_json::to_value(OperationView::of(known)).unwrap();
        assert_eq!(
            view,
            json!({"operation": "create_thing", "carriedOutAt": "1970-01-01T00:00:00Z", "status": 201,
                   "etag": "\"1\"", "location": "/api/v1/things/1", "body": {"id": 1}})
        );
    }
}
