//! Who looked at the patient's data, and what became of the attempt (RODO art. 15(1)(c)).

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Page, announce_actor, own_patient};
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::ids::{OrganisationId, PatientId, SpaceId};
use std::collections::BTreeMap;
use store::audit::{self, ActingPerson, Entry, ListedEntry, Outcome};
use store::{StoreError, Tx, directory};

/// One access, without the name of the person who looked: the organisation answers for its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Its place in the list.
    pub cursor: i64,
    pub at: DateTime<Utc>,
    /// The operation.
    pub action: String,
    pub role: String,
    pub organisation: Option<(OrganisationId, Option<String>)>,
    pub document_kind: Option<String>,
    pub document_id: Option<String>,
    /// The code of the refusal; `None` when the access was allowed.
    pub refused: Option<String>,
}

/// The names of organisations that a page has met already.
type Names = BTreeMap<OrganisationId, Option<String>>;

impl App {
    /// The latest first. Reading the list is an access too and stands in it from then on.
    #[tracing::instrument(name = "list_accesses", skip_all)]
    pub async fn list_accesses(
        &self,
        caller: &Caller,
        after: Option<i64>,
        limit: u16,
        trace_id: &str,
    ) -> Result<Page<Access>, Failure> {
        authorize_role(caller, Action::ReadAccessLog).map_err(Failure::Denied)?;
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let (patient, found) = self
            .inner
            .store
            .read(move |tx| {
                let Some(patient) = own_patient(tx, &parts.ring, &asking)? else {
                    return Ok((None, Vec::new()));
                };
                let listed = audit::list_for_patient(tx, patient, after, i64::from(limit) + 1)?;
                Ok::<_, Failure>((Some(patient), named(tx, &asking.space, listed)?))
            })
            .await?;
        if let Some(patient) = patient {
            self.record_own_look(caller, patient, trace_id).await?;
        }
        Ok(Page::cut(found, limit))
    }

    async fn record_own_look(
        &self,
        caller: &Caller,
        patient: PatientId,
        trace_id: &str,
    ) -> Result<(), Failure> {
        let at = self.inner.clock.now(&caller.space);
        let mut actor = announce_actor(caller);
        actor.person = Some(ActingPerson { system: "PATIENT".to_owned(), id: patient.to_string() });
        let entry = Entry {
            id: self.inner.entropy.id(at),
            at,
            space: caller.space.clone(),
            actor,
            on_behalf_of: None,
            purpose: None,
            action: "list_accesses".to_owned(),
            document_kind: None,
            document_id: None,
            patient_id: Some(patient),
            outcome: Outcome::Allowed,
            trace_id: Some(trace_id.to_owned()),
        };
        Ok(self.inner.audit.record(entry).await?)
    }
}

fn named(tx: &mut Tx<'_>, space: &SpaceId, listed: Vec<ListedEntry>) -> Result<Vec<Access>, StoreError> {
    let mut names = Names::new();
    listed.into_iter().map(|listed| access(tx, space, &mut names, listed)).collect()
}

fn access(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    names: &mut Names,
    listed: ListedEntry,
) -> Result<Access, StoreError> {
    let ListedEntry { cursor, entry } = listed;
    let id = entry.actor.organisation_id.as_deref().and_then(OrganisationId::parse);
    if let Some(id) = id
        && !names.contains_key(&id)
    {
        names.insert(id, directory::find_organisation(tx, space, id)?.map(|known| known.name));
    }
    let organisation = id.map(|id| (id, names.get(&id).cloned().flatten()));
    Ok(Access {
        cursor,
        at: entry.at,
        action: entry.action,
        role: entry.actor.role,
        organisation,
        document_kind: entry.document_kind,
        document_id: entry.document_id,
        refused: match entry.outcome {
            Outcome::Allowed => None,
            Outcome::Refused(code) => Some(code),
        },
    })
}
