//! Notifications on paper: entered by an officer, judged without being entered, and corrected (PF art. 4ad(8)).

use super::content::TemporaryAuthorisationContent;
use super::examples;
use super::reports::AuthorisationValidationView;
use super::step::{
    AuthorisationEntered, AuthorisationPaperKnown, AuthorisationPath, AuthorisationShown, changed, created,
    target,
};
use crate::demand::reports::spoken;
use crate::demand::requests::{HindranceMembers, PaperHindranceKind, PaperScanRequest};
use crate::demand::view::{FormerlyView, OfficerView, PaperCorrectionView, PaperGroundsView, PaperScanView};
use crate::headers::IfMatchHeader;
use crate::language::Language;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Asked, Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use app::temporary_authorisation::{AuthorisationPaperEntry, CorrectAuthorisationPaperEntry};
use chrono::{DateTime, NaiveDate, Utc};
use domain::paper::Hindrance;
use domain::temporary_authorisation::paper::{Dates, Paper};
use domain::values::{AuthorisationNumber, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// A notification on paper with everything that it bears. Wholesaler, responsible person and representative are those of
/// the content; the wholesaler is found in the directory by its NIP.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::on_paper)]
pub struct AuthorisationPaperEntryRequest {
    #[validate(nested)]
    pub content: TemporaryAuthorisationContent,
    /// Of an addition of new batches: the number of the notification to whose consent it adds.
    #[schema(example = "ZCD-2026-7K3M9QXT-Z")]
    pub adds_to_number: Option<String>,
    pub grounds: PaperHindranceRequest,
    /// The date under the responsible person's signature.
    pub issued_on: NaiveDate,
    /// The date under the representative's signature.
    pub representative_signed_on: NaiveDate,
    /// When it was sent to the minister.
    pub sent_on: NaiveDate,
    /// When it reached the minister.
    pub received_on: NaiveDate,
    pub scan: PaperScanRequest,
}

/// Why it came on paper (PF art. 4ad(8)); each kind has its own members and no others.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaperHindranceRequest {
    pub kind: PaperHindranceKind,
    /// Of `OUTAGE`: an outage of `GET /api/v1/outages`.
    pub outage_id: Option<Uuid>,
    /// Of `FORCE_MAJEURE`: what kept its people from the system.
    #[schema(min_length = 1, max_length = 2000)]
    pub description: Option<String>,
    /// Of `FORCE_MAJEURE`: its first day.
    pub from: Option<NaiveDate>,
    /// Of `FORCE_MAJEURE`: its last day.
    pub until: Option<NaiveDate>,
}

impl PaperHindranceRequest {
    fn read(&self, faults: &mut Faults) -> Option<Hindrance> {
        let members = HindranceMembers {
            outage_id: self.outage_id,
            description: self.description.as_deref(),
            from: self.from,
            until: self.until,
        };
        members.read(Some(self.kind), faults)
    }
}

impl AuthorisationPaperEntryRequest {
    pub fn parse(&self) -> Result<AuthorisationPaperEntry, Failure> {
        let mut faults = Faults::new();
        let entry = self.read(&mut faults);
        faults.finish_with(entry)
    }

    fn read(&self, faults: &mut Faults) -> Option<AuthorisationPaperEntry> {
        let content = faults.within("content", |faults| self.content.read(faults));
        let adds_to =
            faults.optional("/addsToNumber", self.adds_to_number.as_deref(), AuthorisationNumber::parse);
        let grounds = faults.within("grounds", |faults| self.grounds.read(faults));
        let scan = faults.within("scan", |faults| self.scan.read(faults));
        Some(AuthorisationPaperEntry {
            content: content?,
            adds_to: adds_to?,
            grounds: grounds?,
            dates: Dates {
                issued_on: self.issued_on,
                representative_signed_on: self.representative_signed_on,
                sent_on: self.sent_on,
                received_on: self.received_on,
            },
            scan: scan?,
        })
    }
}

/// The whole entry as it should have been typed, and why.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::corrected_paper)]
pub struct AuthorisationPaperCorrectionRequest {
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
    #[validate(nested)]
    pub entry: AuthorisationPaperEntryRequest,
}

impl AuthorisationPaperCorrectionRequest {
    pub fn parse(&self) -> Result<CorrectAuthorisationPaperEntry, Failure> {
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Text::parse(&self.reason));
        let entry = faults.within("entry", |faults| self.entry.read(faults));
        let asked = reason.zip(entry);
        faults.finish_with(asked.map(|(reason, entry)| CorrectAuthorisationPaperEntry { entry, reason }))
    }
}

/// What an officer entered from paper, beside the notification itself.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOfNotification)]
pub struct AuthorisationPaperView {
    pub grounds: PaperGroundsView,
    pub issued_on: NaiveDate,
    pub representative_signed_on: NaiveDate,
    pub sent_on: NaiveDate,
    pub received_on: NaiveDate,
    pub scan: PaperScanView,
    pub entered_by: OfficerView,
    pub entered_at: DateTime<Utc>,
    /// What was put right since, oldest first.
    pub corrections: Vec<PaperCorrectionView>,
    /// What the same paper was entered as before, until that was withdrawn; officers of the ministry see it (PE-40).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub formerly: Option<FormerlyView>,
}

impl AuthorisationPaperView {
    pub(super) fn of(it: &Paper) -> Self {
        Self {
            grounds: PaperGroundsView::of_hindrance(&it.grounds),
            issued_on: it.dates.issued_on,
            representative_signed_on: it.dates.representative_signed_on,
            sent_on: it.dates.sent_on,
            received_on: it.dates.received_on,
            scan: PaperScanView::of(&it.scan),
            entered_by: OfficerView::of(&it.entered_by),
            entered_at: it.entered_at,
            corrections: it.corrections.iter().map(PaperCorrectionView::of).collect(),
            formerly: it.formerly.map(FormerlyView::of),
        }
    }
}

/// Enter a notification from paper
///
/// What a wholesaler notified on paper in an outage or under force majeure (PF art. 4ad(8)) is entered with its own dates and
/// judged by them. It is then with the minister, the case is the officer's, and the wholesaler takes part in it as if it had
/// sent it. Its scan and the documents that it names are added as attachments; nothing is resolved before the scan is
/// there, and nothing consented to before every file is.
#[utoipa::path(tag = "temporary-authorisations", request_body = AuthorisationPaperEntryRequest,
    responses(AuthorisationEntered, AuthorisationPaperKnown))]
#[post("/api/v1/temporary-authorisations/paper-entries")]
pub(crate) async fn enter_temporary_authorisation_from_paper(
    app: web::Data<App>,
    asked: Asked<AuthorisationPaperEntryRequest>,
) -> Result<HttpResponse, Problem> {
    let entry = asked.body.parse()?;
    answer::send(app.enter_authorisation_from_paper(&asked.caller, entry, asked.write, created).await?)
}

/// Validate a notification from paper
///
/// Judges the entry as it would be judged, the content as of the day of its issue: every problem with its place and the
/// rules behind it. Nothing is written.
#[utoipa::path(tag = "temporary-authorisations", request_body = AuthorisationPaperEntryRequest,
    responses((status = 200, description = "Everything that an entry would find",
               body = AuthorisationValidationView)))]
#[post("/api/v1/temporary-authorisations/paper-entries/validations")]
pub(crate) async fn validate_temporary_authorisation_from_paper(
    app: web::Data<App>,
    language: Language,
    asked: Looked<AuthorisationPaperEntryRequest>,
) -> Result<HttpResponse, Problem> {
    let entry = asked.body.parse()?;
    let found = app.validate_authorisation_from_paper(&asked.caller, entry).await?;
    Ok(spoken(answer::plain(&AuthorisationValidationView::of_paper(&found, language))?, language))
}

/// Correct a notification from paper
///
/// The whole entry anew, with the reason: a new version of the content, judged by the same rules. Only while the notification
/// is with the minister and nothing is prepared.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = AuthorisationPaperCorrectionRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/paper-correction")]
pub(crate) async fn correct_temporary_authorisation_from_paper(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<AuthorisationPaperCorrectionRequest>,
) -> Result<HttpResponse, Problem> {
    let correction = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(
        app.correct_authorisation_from_paper(&asked.caller, target, correction, asked.write, changed).await?,
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::{Value, json};

    fn read(change: impl FnOnce(&mut Value)) -> Result<AuthorisationPaperEntryRequest, serde_json::Error> {
        let mut body = examples::on_paper();
        change(&mut body);
        serde_json::from_value(body)
    }

    #[test]
    fn every_illegal_value_is_named_at_once() {
        let sent = read(|body| {
            body["content"]["wholesaler"]["nip"] = json!("1");
            body["addsToNumber"] = json!("ZCD");
            body["grounds"] = json!({"kind": "OUTAGE", "from": "2026-02-02"});
            body["scan"] = json!({"title": "", "sha256": "ABC"});
        });
        let Err(Failure::Refused(refused)) = sent.unwrap().parse() else { panic!("it is illegal") };
        let places: Vec<&str> = refused.violations.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(
            places,
            [
                "/content/wholesaler/nip",
                "/addsToNumber",
                "/grounds/outageId",
                "/grounds/from",
                "/scan/title",
                "/scan/sha256"
            ]
        );
    }

    #[test]
    fn a_wholesaler_is_no_entity_of_a_prison() {
        assert!(read(|body| body["grounds"] = json!({"kind": "PRISON_ENTITY"})).is_err());
        let force = json!({
            "kind": "FORCE_MAJEURE", "description": "Powódź.", "from": "2026-02-01", "until": "2026-02-03"
        });
        let entry = read(|body| body["grounds"] = force).unwrap().parse().unwrap();
        assert!(matches!(entry.grounds, Hindrance::ForceMajeure { .. }));
    }
}
