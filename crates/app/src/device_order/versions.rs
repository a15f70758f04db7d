//! The versions of the content that were signed, side by side with the present one.

use super::access::Relation;
use super::read::{OrderReading, Sight};
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::NOT_YOURS;
use crate::recorded::Read;
use crate::register;
use crate::signature::signed_bytes;
use chrono::{DateTime, Utc};
use domain::device_order::{Content, payload};
use domain::ids::{DeviceOrderId, PatientId};
use store::patients;
use store::signatures::Evidence;

/// A version; only signed ones have a date of receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderVersion {
    pub version: i32,
    pub received_at: Option<DateTime<Utc>>,
    pub content: Content,
    /// The signed document, for the signer only: certificates name the signer's PESEL.
    pub signature: Option<String>,
}

/// Versions repeat the whole content, so they are for those who see the whole.
pub(super) fn may_see(relation: Relation) -> bool {
    match relation {
        Relation::Prescriber | Relation::Assistant | Relation::Patient | Relation::NfzOfficer => true,
        Relation::NfzStaff | Relation::Provider | Relation::FormerProvider => false,
    }
}

/// The content inside a signed document.
fn signed_content(evidence: &Evidence) -> Option<Content> {
    let mut value: serde_json::Value = serde_json::from_slice(&signed_bytes(evidence)?).ok()?;
    serde_json::from_value(value.get_mut("content")?.take()).ok()
}

impl App {
    #[tracing::instrument(name = "device_order_versions", skip_all)]
    pub async fn device_order_versions(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        trace_id: &str,
    ) -> Result<Read<Vec<OrderVersion>>, Failure> {
        let reader = caller.clone();
        let reading = OrderReading { caller, operation: "device_order_versions", trace_id };
        self.read_order(reading, id, move |mut sight| versions(&mut sight, &reader)).await
    }
}

/// Whom a content names; nobody whom the space does not know.
fn patient_of(sight: &mut Sight<'_, '_>, content: &Content) -> Result<Option<PatientId>, Failure> {
    let Some(identifier) = &content.patient.identifier else { return Ok(None) };
    let index = sight.ring.blind_index("patient", identifier.index_text().reveal());
    Ok(patients::find_patient(sight.tx, &sight.seen.loaded.order.space, &index)?)
}

/// A patient is shown what names them and nobody else's version; every other reader's look is on record for each patient.
fn shows(sight: &mut Sight<'_, '_>, content: &Content) -> Result<bool, Failure> {
    let named = patient_of(sight, content)?;
    if sight.seen.relation == Relation::Patient {
        return Ok(named.is_some() && named == sight.seen.facts.own_patient);
    }
    sight.also_shown.extend(named);
    Ok(true)
}

fn versions(sight: &mut Sight<'_, '_>, reader: &Caller) -> Result<Vec<OrderVersion>, Failure> {
    if !may_see(sight.seen.relation) {
        return Err(Failure::Denied(NOT_YOURS));
    }
    let own = register::find_person(sight.tx, reader)?.map(|person| person.id.to_string());
    let (order, key) = (&sight.seen.loaded.order, &sight.seen.loaded.key);
    let stored = store::signatures::list(sight.tx, key, &order.id.to_string())?;
    let mut versions = Vec::new();
    for kept in stored.into_iter().filter(|kept| kept.step == payload::STEP) {
        let content = signed_content(&kept.evidence)
            .ok_or_else(|| Failure::Bug("a stored signature without content".into()))?;
        if !shows(sight, &content)? {
            continue;
        }
        versions.push(OrderVersion {
            version: kept.content_version,
            received_at: Some(kept.received_at),
            content,
            signature: (own.as_ref() == Some(&kept.person_id)).then_some(kept.evidence.jws),
        });
    }
    if versions.last().is_none_or(|last| last.version != order.content_version) {
        versions.push(OrderVersion {
            version: order.content_version,
            received_at: None,
            content: order.content.clone(),
            signature: None,
        });
    }
    Ok(versions)
}
