//! The versions of the content that the physician signed or that were entered from paper, side by side with the present one.

use super::access::Named;
use super::read::{Reading, Sight, Subject};
use crate::App;
use crate::authorize::Relation;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use crate::register;
use crate::signature::signed_bytes;
use chrono::{DateTime, Utc};
use domain::demand::content::Content;
use domain::demand::model::DemandKind;
use domain::demand::payload::Step;
use domain::ids::PersonId;
use store::sealing::KeyRing;
use store::signatures::{Evidence, StoredSignature};

/// A version; only signed ones have a date of receipt, and those that were entered from paper one of their entry.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionView {
    pub version: i32,
    pub received_at: Option<DateTime<Utc>>,
    pub content: Content,
    /// The signed document, for the signer and the ministry only: certificates name the signer's PESEL.
    pub signature: Option<String>,
}

/// Versions repeat the whole content, so they are for those who see the whole.
fn may_see(relation: Relation) -> bool {
    match relation {
        Relation::IssuingPhysician
        | Relation::Representative
        | Relation::AssignedConsultant
        | Relation::AssignedPreparer
        | Relation::Decider
        | Relation::Patient => true,
        Relation::Colleague
        | Relation::OtherPreparer
        | Relation::RevocationPreparer
        | Relation::MinistryStaff
        | Relation::GrantedPharmacy
        | Relation::FormerPharmacy
        | Relation::ReceivingPharmacy
        | Relation::Inspectorate
        | Relation::AskedOffice(_)
        | Relation::GrantedWholesaler
        | Relation::HoldingWholesaler => false,
    }
}

/// The raw signature names its signer's PESEL: a colleague who took the demand over is not told it.
fn may_see_signature(relation: Relation, signature: &StoredSignature, own: Option<PersonId>) -> bool {
    matches!(relation, Relation::AssignedPreparer | Relation::Decider)
        || own.is_some_and(|own| own.to_string() == signature.person_id)
}

/// The content inside a signed document.
fn signed_content(kind: DemandKind, evidence: &Evidence) -> Option<Content> {
    content_in(kind, &signed_bytes(evidence)?)
}

/// The content inside the bytes of a demand.
fn content_in(kind: DemandKind, bytes: &[u8]) -> Option<Content> {
    let mut value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    Content::read(kind, value.get_mut("content")?.take()).ok()
}

impl App {
    #[tracing::instrument(name = "demand_versions", skip_all)]
    pub async fn demand_versions(
        &self,
        caller: &Caller,
        demand: Named,
        trace_id: &str,
    ) -> Result<Read<Vec<VersionView>>, Failure> {
        let reading = Reading { caller, operation: "demand_versions", trace_id };
        let parts = self.inner.clone();
        let reader = caller.clone();
        let looked = self.look_at_demand(reading, demand, move |mut sight| {
            let told = versions(&mut sight, &parts.ring, &reader)?;
            let contents: Vec<Content> = told.iter().map(|version| version.content.clone()).collect();
            let Sight { tx, seen, relation, .. } = sight;
            let shown = seen.patients_shown_of(tx, &parts.ring, relation, &contents)?;
            Ok((told, Subject::showing(seen, shown)))
        });
        let (told, subject) = looked.await?;
        Ok(Read { told, record: self.read_of(reading, &subject) })
    }
}

fn versions(sight: &mut Sight<'_, '_>, ring: &KeyRing, reader: &Caller) -> Result<Vec<VersionView>, Failure> {
    let Sight { tx, seen, relation, .. } = sight;
    let relation = *relation;
    if !may_see(relation) {
        return Err(Failure::Denied(crate::faults::NOT_YOURS));
    }
    let demand = &seen.loaded.demand;
    let own = register::find_person(tx, reader)?.map(|person| person.id);
    let stored = store::signatures::list(tx, &seen.loaded.key, &demand.id.to_string())?;
    let mut versions = Vec::new();
    for signature in stored.into_iter().filter(|kept| kept.step == Step::Demand.name()) {
        let content = signed_content(demand.content.kind(), &signature.evidence)
            .ok_or_else(|| Failure::Bug("a stored signature without content".into()))?;
        versions.push(VersionView {
            version: signature.content_version,
            received_at: Some(signature.received_at),
            content: seen.concerning_earlier(tx, ring, relation, content)?,
            signature: may_see_signature(relation, &signature, own).then_some(signature.evidence.jws),
        });
    }
    for entered in store::demand::paper::versions(tx, &seen.loaded.key, demand.id)? {
        let content = content_in(demand.content.kind(), &entered.payload)
            .ok_or_else(|| Failure::Bug("an entered version without content".into()))?;
        versions.push(VersionView {
            version: entered.content_version,
            received_at: Some(entered.entered_at),
            content: seen.concerning_earlier(tx, ring, relation, content)?,
            signature: None,
        });
    }
    if versions.last().is_none_or(|last| last.version != demand.content_version) {
        versions.push(VersionView {
            version: demand.content_version,
            received_at: None,
            content: seen.concerning(relation).content.clone(),
            signature: None,
        });
    }
    Ok(versions)
}
