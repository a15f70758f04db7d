//! Who looked at the patient's data, and what became of the attempt (RODO art. 15(1)(c)).

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::{Page, own_patient};
use crate::failure::Failure;
use crate::recorded::{AccessRecord, Read};
use chrono::{DateTime, Utc};
use domain::ids::{OrganisationId, SpaceId};
use std::collections::BTreeMap;
use store::audit::{self, ListedEntry, Outcome};
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
    /// Why an officer did it, or why a code was drawn anew.
    pub reason: Option<String>,
    /// Somebody acted for the patient.
    pub is_by_representative: bool,
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
    ) -> Result<Read<Page<Access>>, Failure> {
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
        let record = match patient {
            Some(patient) => self.record_of_list(caller, "list_accesses", trace_id, Some(patient)),
            None => AccessRecord::of(Vec::new()),
        };
        Ok(Read { told: Page::cut(found, limit), record })
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
    let is_told = entry.actor.role == Role::NfzOfficer.name() || entry.action == "renew_access_code";
    Ok(Access {
        cursor,
        at: entry.at,
        action: entry.action,
        is_by_representative: entry.on_behalf_of.is_some(),
        reason: entry.purpose.filter(|_| is_told),
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
