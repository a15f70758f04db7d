//! The events that a change leaves behind, for everybody whom it concerns.

use crate::Parts;
use crate::caller::Caller;
use crate::failure::Failure;
use domain::ids::{EventId, OrganisationId};
use domain::temporary_authorisation::{Authorisation, AuthorisationEvent, KIND};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::outbox::{self, NewEvent};
use store::{Tx, temporary_authorisation};

/// The wholesaler, the ministry once it examines, an office that is asked, and the pharmacies that hold the consent.
fn audience(
    authorisation: &Authorisation,
    event: &AuthorisationEvent,
    holders: &[OrganisationId],
) -> Vec<String> {
    let ministry = "role:MINISTRY".to_owned();
    if event.is_internal_to_ministry() {
        return vec![ministry];
    }
    let state = &authorisation.state;
    let mut audience = BTreeSet::from([format!("org:{}", authorisation.wholesaler)]);
    if state.examined().is_some() {
        audience.insert(ministry);
    }
    audience.extend(event.asks(authorisation).map(|office| format!("role:{}", office.name())));
    audience.extend(event.of_one_pharmacy().map(|pharmacy| format!("org:{pharmacy}")));
    if event.reaches_pharmacies() {
        audience.extend(holders.iter().map(|pharmacy| format!("org:{pharmacy}")));
    }
    audience.into_iter().collect()
}

fn append(
    tx: &mut Tx<'_>,
    parts: &Parts,
    authorisation: &Authorisation,
    happened: &[AuthorisationEvent],
    by: &Value,
) -> Result<(), Failure> {
    let at = authorisation.changed_at;
    let holders = temporary_authorisation::pharmacies_of(tx, authorisation.id)?;
    let event = |event: &AuthorisationEvent| {
        let told = serde_json::to_value(event).map_err(|error| Failure::Bug(error.into()))?;
        let data = told.get("data").cloned().unwrap_or_else(|| json!({}));
        let state = authorisation.state.name().name();
        Ok(NewEvent {
            id: EventId(parts.entropy.id(at)),
            space: authorisation.space.clone(),
            kind: event.name().to_owned(),
            version: AuthorisationEvent::VERSION,
            document_kind: KIND.to_owned(),
            document_id: authorisation.id.to_string(),
            at,
            payload: json!({ "state": state, "revision": authorisation.revision, "by": by, "data": data }),
            audience: audience(authorisation, event, &holders),
        })
    };
    let events = happened.iter().map(event).collect::<Result<Vec<_>, Failure>>()?;
    Ok(outbox::append_all(tx, &events)?)
}

pub(super) fn by_a_caller(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    authorisation: &Authorisation,
    happened: &[AuthorisationEvent],
) -> Result<(), Failure> {
    let organisation = caller.org_id().map(|id| id.to_string());
    let by = json!({ "role": caller.role.name(), "organisation": organisation });
    append(tx, parts, authorisation, happened, &by)
}

pub(super) fn by_the_clock(
    tx: &mut Tx<'_>,
    parts: &Parts,
    authorisation: &Authorisation,
    happened: &[AuthorisationEvent],
) -> Result<(), Failure> {
    append(tx, parts, authorisation, happened, &json!({ "role": "SERVICE" }))
}
