//! The versions of the content that the responsible person signed or that were entered from paper, and the present one.

use super::access::Relation;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::NOT_YOURS;
use crate::signature::signed_bytes;
use crate::{App, register};
use chrono::{DateTime, Utc};
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::Content;
use domain::temporary_authorisation::payload::Step;
use store::signatures::Evidence;
use store::temporary_authorisation::paper;

/// A version; only signed ones have a date of receipt, and those that were entered from paper one of their entry.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorisationVersion {
    pub version: i32,
    pub received_at: Option<DateTime<Utc>>,
    pub content: Content,
    /// The signed document, for the signer and the ministry only: certificates name the signer's PESEL.
    pub signature: Option<String>,
}

/// The content inside a signed document.
fn signed_content(evidence: &Evidence) -> Option<Content> {
    content_in(&signed_bytes(evidence)?)
}

/// The content inside the bytes of a notification.
fn content_in(bytes: &[u8]) -> Option<Content> {
    let mut value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    serde_json::from_value(value.get_mut("content")?.take()).ok()
}

impl App {
    /// For those who see the whole notification.
    #[tracing::instrument(name = "authorisation_versions", skip_all)]
    pub async fn authorisation_versions(
        &self,
        caller: &Caller,
        id: AuthorisationId,
    ) -> Result<Vec<AuthorisationVersion>, Failure> {
        let reader = caller.clone();
        self.read_authorisation(caller, id, move |tx, seen| {
            let is_party = matches!(seen.relation, Relation::Notifier | Relation::Representative);
            let is_ministry = matches!(seen.relation, Relation::AssignedPreparer | Relation::Decider);
            if !is_party && !is_ministry {
                return Err(Failure::Denied(NOT_YOURS));
            }
            let own = register::find_person(tx, &reader)?.map(|person| person.id.to_string());
            let stored = store::signatures::list(tx, &seen.loaded.key, &id.to_string())?;
            let mut versions = Vec::new();
            for kept in stored.into_iter().filter(|kept| kept.step == Step::Submission.name()) {
                let content = signed_content(&kept.evidence)
                    .ok_or_else(|| Failure::Bug("a stored signature without content".into()))?;
                let sees_signature = is_ministry || own.as_ref() == Some(&kept.person_id);
                versions.push(AuthorisationVersion {
                    version: kept.content_version,
                    received_at: Some(kept.received_at),
                    content,
                    signature: sees_signature.then_some(kept.evidence.jws),
                });
            }
            for entered in paper::versions(tx, &seen.loaded.key, id)? {
                let content = content_in(&entered.payload)
                    .ok_or_else(|| Failure::Bug("an entered version without content".into()))?;
                versions.push(AuthorisationVersion {
                    version: entered.content_version,
                    received_at: Some(entered.entered_at),
                    content,
                    signature: None,
                });
            }
            let present = &seen.loaded.authorisation;
            if versions.last().is_none_or(|last| last.version != present.content_version) {
                versions.push(AuthorisationVersion {
                    version: present.content_version,
                    received_at: None,
                    content: present.content.clone(),
                    signature: None,
                });
            }
            Ok(versions)
        })
        .await
    }
}
