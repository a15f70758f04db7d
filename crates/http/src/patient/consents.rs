//! To what a patient agrees.

use crate::answer::{self, written};
use crate::headers::{IfMatchHeader, IfNoneMatchHeader};
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Authenticated, Replaced};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, put, web};
use app::App;
use app::answer::StoredAnswer;
use app::failure::Failure;
use app::patient::OwnConsents;
use chrono::{DateTime, Utc};
use domain::patient_consent::{Consent, Wanted};
use domain::values::{Email, PhoneNumber};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use validator::Validate;

/// The whole of what the patient agrees to; what is left out is taken back.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PatientConsentsRequest, example = json!({"email": "janina.testowa@example.pl"}))]
pub(crate) struct ConsentsRequest {
    /// Number and code of orders may go to this address.
    #[schema(nullable = false, max_length = 254, example = "janina.testowa@example.pl")]
    email: Option<String>,
    /// Number and code of orders may go to this telephone, with its country.
    #[schema(nullable = false, max_length = 24, example = "+48600100200")]
    sms: Option<String>,
}

impl ConsentsRequest {
    fn parse(&self) -> Result<Wanted, Failure> {
        let mut faults = Faults::new();
        let email = faults.optional("/email", self.email.as_deref(), Email::parse);
        let sms = faults.optional("/sms", self.sms.as_deref(), PhoneNumber::parse);
        faults.finish_with(email.zip(sms).map(|(email, sms)| Wanted { email, sms }))
    }
}

/// To what the patient has agreed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientConsents, example = consents)]
pub(crate) struct ConsentsView {
    /// Grows by one with every change; `PUT` names it in `If-Match`. 1 before the first.
    #[schema(example = 2)]
    revision: i64,
    /// Absent where nothing may be sent by e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    email: Option<ConsentView>,
    /// Absent where nothing may be sent by SMS.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    sms: Option<ConsentView>,
}

/// One consent, for the contact that it was given for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientConsent)]
pub(crate) struct ConsentView {
    #[schema(example = "janina.testowa@example.pl")]
    contact: String,
    given_at: DateTime<Utc>,
}

fn consents() -> Value {
    json!({
        "revision": 2,
        "email": {"contact": "janina.testowa@example.pl", "givenAt": "2026-12-01T08:00:00.000000Z"}
    })
}

impl ConsentsView {
    fn of(it: &OwnConsents) -> Self {
        Self {
            revision: it.revision,
            email: it.consents.email.as_ref().map(|given| ConsentView::of(given, Email::reveal)),
            sms: it.consents.sms.as_ref().map(|given| ConsentView::of(given, PhoneNumber::reveal)),
        }
    }
}

impl ConsentView {
    fn of<C>(it: &Consent<C>, reveal: fn(&C) -> &str) -> Self {
        Self { contact: reveal(&it.contact).to_owned(), given_at: it.given_at }
    }
}

fn revision(it: &OwnConsents) -> Result<u64, Problem> {
    u64::try_from(it.revision).map_err(|error| Problem::bug(error.into()))
}

fn replaced(it: &OwnConsents) -> StoredAnswer {
    written(StatusCode::OK, u64::try_from(it.revision).ok(), None, &ConsentsView::of(it))
}

/// Read what I agree to
///
/// Whether, and at which contact, access data of orders for devices may be sent to the patient. Without a consent nothing is sent.
#[utoipa::path(tag = "patient", params(IfNoneMatchHeader),
    responses((status = 200, description = "The consents", body = ConsentsView,
               headers(("ETag" = String, description = "The revision; `\"1\"` before the first change")))))]
#[get("/api/v1/patient/consents")]
pub(crate) async fn read_patient_consents(
    request: HttpRequest,
    app: web::Data<App>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.read_patient_consents(&asked.caller, &asked.trace_id).await?;
    let response = answer::document(&request, revision(&found.told)?, &ConsentsView::of(&found.told))?;
    answer::on_record(&app, found.record, response).await
}

/// Change what I agree to
///
/// As a whole: what is left out is taken back at once. A contact is used for nothing else, and another one is another consent.
#[utoipa::path(tag = "patient", params(IfMatchHeader), request_body = ConsentsRequest,
    responses((status = 200, description = "The consents as they are now", body = ConsentsView,
               headers(("ETag" = String, description = "The revision")))))]
#[put("/api/v1/patient/consents")]
pub(crate) async fn change_patient_consents(
    app: web::Data<App>,
    asked: Replaced<ConsentsRequest>,
) -> Result<HttpResponse, Problem> {
    let wanted = (asked.body.parse()?, asked.if_match);
    answer::send(app.change_patient_consents(&asked.caller, wanted, asked.write, replaced).await?)
}
