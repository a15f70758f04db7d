//! One entry of the audit: who did what, for whom, on what, and with which outcome.

use crate::schema::audit;
use crate::{StoreError, timestamp};
use aws_lc_rs::digest::{SHA256, digest};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::{PatientId, SpaceId};
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// A write, a refused attempt, or a read of a patient's data. It names a patient by `patient_id` only;
/// a patient who acts is the person with system `PATIENT` and that id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub space: SpaceId,
    pub actor: Actor,
    pub on_behalf_of: Option<String>,
    pub purpose: Option<String>,
    /// The operation id.
    pub action: String,
    pub document_kind: Option<String>,
    pub document_id: Option<String>,
    pub patient_id: Option<PatientId>,
    pub outcome: Outcome,
    pub trace_id: Option<String>,
}

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub client_id: String,
    pub organisation_id: Option<String>,
    pub person: Option<ActingPerson>,
    pub role: String,
}

/// A person by the number of their register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActingPerson {
    pub system: String,
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Allowed,
    /// The code of the problem that was answered.
    Refused(String),
}

/// The columns that an entry fills. Members stand in the order of their JSON names, which makes the
/// serialised form canonical (RFC 8785): strings and nulls only.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable, Serialize)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Columns {
    pub(crate) action: String,
    #[serde(serialize_with = "rfc3339")]
    pub(crate) at: NaiveDateTime,
    pub(crate) client_id: String,
    pub(crate) document_id: Option<String>,
    pub(crate) document_kind: Option<String>,
    pub(crate) id: String,
    pub(crate) on_behalf_of: Option<String>,
    pub(crate) organisation_id: Option<String>,
    pub(crate) patient_id: Option<String>,
    pub(crate) person_id: Option<String>,
    pub(crate) person_system: Option<String>,
    pub(crate) purpose: Option<String>,
    pub(crate) refusal: Option<String>,
    pub(crate) role: String,
    pub(crate) space: String,
    pub(crate) trace_id: Option<String>,
}

/// An entry as it is stored: the columns, the bytes that they say, and the bytes' digest.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
pub(crate) struct NewRow {
    #[diesel(embed)]
    pub(crate) columns: Columns,
    pub(crate) bytes: Vec<u8>,
    pub(crate) digest: Vec<u8>,
}

fn rfc3339<S: Serializer>(at: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&at.format("%Y-%m-%dT%H:%M:%S%.6fZ"))
}

pub(super) fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

impl Columns {
    fn of(entry: &Entry) -> Self {
        let person = entry.actor.person.as_ref();
        Self {
            action: entry.action.clone(),
            at: timestamp::column(entry.at),
            client_id: entry.actor.client_id.clone(),
            document_id: entry.document_id.clone(),
            document_kind: entry.document_kind.clone(),
            id: entry.id.hyphenated().to_string(),
            on_behalf_of: entry.on_behalf_of.clone(),
            organisation_id: entry.actor.organisation_id.clone(),
            patient_id: entry.patient_id.map(|id| id.to_string()),
            person_id: person.map(|person| person.id.clone()),
            person_system: person.map(|person| person.system.clone()),
            purpose: entry.purpose.clone(),
            refusal: match &entry.outcome {
                Outcome::Allowed => None,
                Outcome::Refused(code) => Some(code.clone()),
            },
            role: entry.actor.role.clone(),
            space: entry.space.as_str().to_owned(),
            trace_id: entry.trace_id.clone(),
        }
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(self).map_err(|_| self.corrupt())
    }

    fn corrupt(&self) -> StoreError {
        StoreError::corrupt("audit", &self.id)
    }
}

impl NewRow {
    pub(crate) fn of(entry: &Entry) -> Result<Self, StoreError> {
        let columns = Columns::of(entry);
        let bytes = columns.to_bytes()?;
        let digest = sha256(&bytes);
        Ok(Self { columns, bytes, digest })
    }
}

impl TryFrom<Columns> for Entry {
    type Error = StoreError;

    fn try_from(row: Columns) -> Result<Self, StoreError> {
        let id = Uuid::try_parse(&row.id).map_err(|_| row.corrupt())?;
        let space = SpaceId::parse(&row.space).ok_or_else(|| row.corrupt())?;
        let patient = row.patient_id.as_deref().map(|id| PatientId::parse(id).ok_or_else(|| row.corrupt()));
        let patient_id = patient.transpose()?;
        let person = match (row.person_system, row.person_id) {
            (Some(system), Some(id)) => Some(ActingPerson { system, id }),
            (None, None) => None,
            _ => return Err(StoreError::corrupt("audit", id)),
        };
        Ok(Self {
            id,
            at: timestamp::instant(row.at),
            space,
            actor: Actor {
                client_id: row.client_id,
                organisation_id: row.organisation_id,
                person,
                role: row.role,
            },
            on_behalf_of: row.on_behalf_of,
            purpose: row.purpose,
            action: row.action,
            document_kind: row.document_kind,
            document_id: row.document_id,
            patient_id,
            outcome: row.refusal.map_or(Outcome::Allowed, Outcome::Refused),
            trace_id: row.trace_id,
        })
    }
}
