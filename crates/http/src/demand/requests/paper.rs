//! What an officer types from paper.

use crate::demand::choices::Verdict;
use crate::demand::content::DemandContent;
use crate::demand::examples;
use crate::faults::{MISSING_MEMBER, UNKNOWN_MEMBER};
use crate::parsing::Faults;
use app::demand::{CorrectPaperEntry, PaperEntry};
use app::failure::Failure;
use chrono::NaiveDate;
use domain::demand::model::DemandKind;
use domain::demand::paper::{Dates, Grounds, Hindrance, Scan};
use domain::ids::{OutageId, PersonId};
use domain::values::{FieldOfMedicine, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// A demand on paper with everything that it bears. Physician and entity are those of the content, as the directory
/// knows them.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::on_paper)]
pub struct DemandPaperEntryRequest {
    pub content: DemandContent,
    /// The consultant of `GET /api/v1/consultants` who gave the opinion; one who has left since counts too.
    pub consultant_id: Uuid,
    /// In which of the consultant's fields; their only one when left out.
    #[schema(pattern = "^[0-9]{4}$", example = "0707")]
    pub field: Option<String>,
    pub grounds: PaperGroundsRequest,
    /// The date under the physician's signature.
    pub issued_on: NaiveDate,
    /// When it reached the representative, where the paper says so: the three days run from then, otherwise from the issue.
    pub representative_received_on: Option<NaiveDate>,
    /// The date under the representative's signature: for use in a facility, and only then.
    pub representative_signed_on: Option<NaiveDate>,
    #[validate(nested)]
    pub opinion: PaperOpinionRequest,
    /// When it was sent to the minister, within 60 days of the issue.
    pub sent_on: NaiveDate,
    /// When it reached the minister.
    pub received_on: NaiveDate,
    pub scan: PaperScanRequest,
}

/// Why it came on paper (PF art. 4ad(8)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaperGroundsKind {
    /// A recorded outage of the system, which lasted on the day of issue.
    Outage,
    /// Force majeure, which lasted on the day of issue.
    ForceMajeure,
    /// An entity for people deprived of liberty (SIOZ art. 1(3)); always.
    PrisonEntity,
}

/// Each kind has its own members and no others.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaperGroundsRequest {
    pub kind: PaperGroundsKind,
    /// Of `OUTAGE`: an outage of `GET /api/v1/outages`.
    pub outage_id: Option<Uuid>,
    /// Of `FORCE_MAJEURE`: what kept its people from the system; no patient data in it.
    #[schema(min_length = 1, max_length = 2000)]
    pub description: Option<String>,
    /// Of `FORCE_MAJEURE`: its first day.
    pub from: Option<NaiveDate>,
    /// Of `FORCE_MAJEURE`: its last day.
    pub until: Option<NaiveDate>,
}

/// The consultant's opinion as it stands on the paper.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaperOpinionRequest {
    /// Only `CONFIRMED` reaches the minister.
    pub verdict: Verdict,
    /// When the paper reached the consultant.
    pub received_on: NaiveDate,
    /// The date under the consultant's signature, within 7 days of that.
    pub given_on: NaiveDate,
    #[schema(min_length = 1, max_length = 8000)]
    pub justification: Option<String>,
}

/// The picture of the paper. The file itself is added as an attachment; nothing is resolved before it is there.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PaperScanRequest {
    #[schema(min_length = 1, max_length = 200)]
    pub title: String,
    /// SHA-256 of the file, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
}

impl DemandPaperEntryRequest {
    pub fn parse(&self, kind: DemandKind) -> Result<PaperEntry, Failure> {
        let mut faults = Faults::new();
        let entry = self.read(kind, &mut faults);
        faults.finish_with(entry)
    }

    fn read(&self, kind: DemandKind, faults: &mut Faults) -> Option<PaperEntry> {
        let content = faults.within("content", |faults| self.content.read(kind, faults));
        let field = faults.optional("/field", self.field.as_deref(), FieldOfMedicine::parse);
        let grounds = faults.within("grounds", |faults| self.grounds.read(faults));
        let justification =
            faults.optional("/opinion/justification", self.opinion.justification.as_deref(), Text::parse);
        let scan = faults.within("scan", |faults| self.scan.read(faults));
        Some(PaperEntry {
            content: content?,
            consultant: PersonId(self.consultant_id),
            field: field?,
            verdict: self.opinion.verdict.into(),
            justification: justification?,
            grounds: grounds?,
            dates: Dates {
                issued_on: self.issued_on,
                representative_received_on: self.representative_received_on,
                representative_signed_on: self.representative_signed_on,
                consultant_received_on: self.opinion.received_on,
                opinion_given_on: self.opinion.given_on,
                sent_on: self.sent_on,
                received_on: self.received_on,
            },
            scan: scan?,
        })
    }
}

impl PaperGroundsRequest {
    fn read(&self, faults: &mut Faults) -> Option<Grounds> {
        let kind = match self.kind {
            PaperGroundsKind::Outage => Some(PaperHindranceKind::Outage),
            PaperGroundsKind::ForceMajeure => Some(PaperHindranceKind::ForceMajeure),
            PaperGroundsKind::PrisonEntity => None,
        };
        let members = HindranceMembers {
            outage_id: self.outage_id,
            description: self.description.as_deref(),
            from: self.from,
            until: self.until,
        };
        let hindrance = members.read(kind, faults);
        if kind.is_none() { Some(Grounds::PrisonEntity) } else { hindrance.map(Grounds::Hindered) }
    }
}

/// What kept whoever issues it from the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaperHindranceKind {
    /// A recorded outage of the system, which lasted on the day of issue.
    Outage,
    /// Force majeure, which lasted on the day of issue.
    ForceMajeure,
}

/// The members that say what it was; each kind has its own, and no others.
pub(crate) struct HindranceMembers<'a> {
    pub outage_id: Option<Uuid>,
    pub description: Option<&'a str>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl HindranceMembers<'_> {
    pub(crate) fn read(&self, kind: Option<PaperHindranceKind>, faults: &mut Faults) -> Option<Hindrance> {
        let outage = kind == Some(PaperHindranceKind::Outage);
        let force = kind == Some(PaperHindranceKind::ForceMajeure);
        for (member, sent, belongs) in [
            ("/outageId", self.outage_id.is_some(), outage),
            ("/description", self.description.is_some(), force),
            ("/from", self.from.is_some(), force),
            ("/until", self.until.is_some(), force),
        ] {
            if sent && !belongs {
                faults.add(member, UNKNOWN_MEMBER);
            } else if belongs && !sent {
                faults.add(member, MISSING_MEMBER);
            }
        }
        let description = faults.optional("/description", self.description, Text::parse)?;
        match kind? {
            PaperHindranceKind::Outage => Some(Hindrance::Outage { outage: OutageId(self.outage_id?) }),
            PaperHindranceKind::ForceMajeure => Some(Hindrance::ForceMajeure {
                description: description?,
                from: self.from?,
                until: self.until?,
            }),
        }
    }
}

impl PaperScanRequest {
    pub(crate) fn read(&self, faults: &mut Faults) -> Option<Scan> {
        let title = faults.take("/title", Text::parse(&self.title));
        let sha256 = faults.take("/sha256", Scan::digest(&self.sha256));
        Some(Scan { title: title?, sha256: sha256? })
    }
}

/// The whole entry as it should have been typed, and why.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::corrected_paper)]
pub struct DemandPaperCorrectionRequest {
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
    #[validate(nested)]
    pub entry: DemandPaperEntryRequest,
}

impl DemandPaperCorrectionRequest {
    pub fn parse(&self, kind: DemandKind) -> Result<CorrectPaperEntry, Failure> {
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Text::parse(&self.reason));
        let entry = faults.within("entry", |faults| self.entry.read(kind, faults));
        faults.finish_with(reason.zip(entry).map(|(reason, entry)| CorrectPaperEntry { entry, reason }))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::{Value, json};

    fn faults_of(change: impl FnOnce(&mut Value)) -> Vec<(String, &'static str)> {
        let mut body = examples::on_paper();
        change(&mut body);
        let sent: DemandPaperEntryRequest = serde_json::from_value(body).unwrap();
        match sent.parse(DemandKind::Medicine) {
            Err(Failure::Refused(refused)) => {
                refused.violations.into_iter().map(|it| (it.pointer, it.problem.code)).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn grounds_have_the_members_of_their_kind_only() {
        let of = |grounds: Value| faults_of(|body| body["grounds"] = grounds);
        let fault = |member: &str, code| (format!("/grounds/{member}"), code);
        assert_eq!(of(json!({"kind": "OUTAGE"})), [fault("outageId", "request.missing_member")]);
        assert_eq!(of(json!({"kind": "PRISON_ENTITY"})), []);
        assert_eq!(
            of(json!({"kind": "PRISON_ENTITY", "from": "2026-02-02"})),
            [fault("from", "request.unknown_member")]
        );
        assert_eq!(
            of(json!({"kind": "FORCE_MAJEURE", "description": " ", "from": "2026-02-02"})),
            [fault("until", "request.missing_member"), fault("description", "value.text_empty")]
        );
    }

    #[test]
    fn every_illegal_value_is_named_at_once() {
        let found = faults_of(|body| {
            body["content"]["physician"]["npwz"] = json!("1");
            body["field"] = json!("x");
            body["scan"] = json!({"title": "", "sha256": "ABC"});
        });
        let places: Vec<&str> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(places, ["/content/physician/npwz", "/field", "/scan/title", "/scan/sha256"]);
    }
}
