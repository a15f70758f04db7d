//! Lists: what concerns this caller, newest first.

use super::access::Relation;
use super::visibility::{Group, sees, sees_wait};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::Page;
use crate::failure::Failure;
use crate::overdue::apply_overdue;
use chrono::{DateTime, Utc};
use domain::ids::{AuthorisationId, OrganisationId};
use domain::temporary_authorisation::StateName;
use store::Tx;
use store::temporary_authorisation::{self, AuthorisationLine, Condition};

/// What the caller wants to see of their list.
#[derive(Clone, Debug, Default)]
pub struct AuthorisationFilter {
    pub state: Option<StateName>,
    pub client_reference: Option<String>,
    /// Only additions to this consent.
    pub adds_to: Option<AuthorisationId>,
    /// Continue after this notification.
    pub after: Option<AuthorisationId>,
    /// 1–200.
    pub limit: u16,
}

/// What every notification of this caller's list has in common; `None` for a role that has no list.
fn own(role: Role, org: OrganisationId, waiting_since: DateTime<Utc>) -> Option<Vec<Condition>> {
    let own = Condition::OfWholesaler(org);
    match role {
        Role::ResponsiblePerson => Some(vec![own]),
        Role::EntityRepresentative => Some(vec![own, Condition::Submitted]),
        Role::Wholesaler => Some(vec![own, Condition::Consented]),
        Role::MinistryPreparer | Role::MinistryDecider => Some(vec![Condition::OfMinistry { waiting_since }]),
        Role::ProductOffice
        | Role::AssessmentAgency
        | Role::AgricultureMinistry
        | Role::SanitaryInspectorate => Some(vec![Condition::Asked(role.name())]),
        Role::Pharmacy => Some(vec![Condition::GrantedTo(org), Condition::Consented]),
        _ => None,
    }
}

/// A line shows no more than the least that any caller of this role sees of a notification in their list.
fn hide(role: Role, line: &mut AuthorisationLine) {
    let relation = match role {
        Role::ResponsiblePerson => Relation::Notifier,
        Role::EntityRepresentative => Relation::Representative,
        Role::Wholesaler => Relation::Supplier,
        Role::MinistryPreparer => Relation::OtherPreparer,
        Role::MinistryDecider => Relation::MinistryStaff,
        _ => Relation::GrantedPharmacy,
    };
    line.summary.pending = line.summary.pending.take().filter(|pending| sees_wait(relation, pending.step));
    if !sees(relation, Group::ClientReference) {
        line.client_reference = None;
    }
    if !sees(relation, Group::Ruling) {
        line.resolution_number = None;
        line.summary.approved_quantity = None;
        line.summary.period = None;
    }
}

impl App {
    #[tracing::instrument(name = "list_authorisations", skip_all)]
    pub async fn list_authorisations(
        &self,
        caller: &Caller,
        filter: AuthorisationFilter,
    ) -> Result<Page<AuthorisationLine>, Failure> {
        authorize_role(caller, Action::ReadAuthorisation).map_err(Failure::Denied)?;
        self.apply_all_ends_of_periods(caller).await?;
        let waiting_since = self.inner.clock.now(&caller.space) - self.inner.pending_refusal_after;
        let own = caller.org_id().and_then(|org| own(caller.role, org, waiting_since));
        let Some(mut conditions) = own else {
            return Ok(Page { items: Vec::new(), has_more: false });
        };
        conditions.extend(filter.state.map(|state| Condition::State(state.name())));
        conditions.extend(filter.adds_to.map(Condition::AddsTo));
        let client_id = caller.client_id.clone();
        conditions.extend(
            filter.client_reference.map(|reference| Condition::ClientReference { client_id, reference }),
        );
        let (space, wanted) = (caller.space.clone(), i64::from(filter.limit) + 1);
        let lines = self
            .inner
            .store
            .read(move |tx| temporary_authorisation::list(tx, &space, &conditions, filter.after, wanted))
            .await?;
        let mut page = Page::cut(lines, filter.limit);
        page.items.iter_mut().for_each(|line| hide(caller.role, line));
        Ok(page)
    }

    /// Terms that have run out are applied before a list shows a state.
    async fn apply_all_ends_of_periods(&self, caller: &Caller) -> Result<(), Failure> {
        let list = async |limit| {
            let (parts, space) = (self.inner.clone(), caller.space.clone());
            let list = move |tx: &mut Tx<'_>| {
                let now = parts.clock.now(&space);
                Ok::<_, Failure>(temporary_authorisation::list_due(tx, &space, now, limit)?)
            };
            self.inner.store.read(list).await
        };
        apply_overdue(list, async |id| self.apply_end_of_period(id).await).await
    }
}
