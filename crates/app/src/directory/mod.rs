//! Consultants and wholesalers as every client may read them, and the import that fills the directory.

mod import;

pub use import::{DirectoryFile, ImportFault, Imported};

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, OrganisationKind, Role};
use crate::demand::Page;
use crate::failure::Failure;
use domain::demand::model::{Consultant, ConsultantKind};
use domain::ids::{OrganisationId, PersonId};
use domain::values::FieldOfMedicine;
use store::directory::{self, Organisation};
use store::{StoreError, Tx};

/// A consultant as somebody who chooses one is shown them.
pub struct ListedConsultant {
    pub consultant: Consultant,
    /// Demands that wait for their opinion, in all their fields together; for physicians and the ministry.
    pub waiting: Option<u64>,
}

impl App {
    #[tracing::instrument(name = "list_consultants", skip_all)]
    pub async fn list_consultants(
        &self,
        caller: &Caller,
        field: Option<FieldOfMedicine>,
        kind: Option<ConsultantKind>,
        after: Option<(PersonId, FieldOfMedicine)>,
        limit: u16,
    ) -> Result<Page<ListedConsultant>, Failure> {
        authorize_role(caller, Action::ReadDirectory).map_err(Failure::Denied)?;
        let asking = caller.clone();
        let found = self
            .inner
            .store
            .read(move |tx| {
                let field = field.as_ref().map(FieldOfMedicine::as_str);
                let kind = kind.map(ConsultantKind::name);
                let wanted = i64::from(limit) + 1;
                let found = directory::list_consultants(tx, &asking.space, field, kind, after, wanted)?;
                with_workload(tx, &asking, found)
            })
            .await?;
        Ok(Page::cut(found, limit))
    }

    #[tracing::instrument(name = "list_wholesalers", skip_all)]
    pub async fn list_wholesalers(
        &self,
        caller: &Caller,
        after: Option<OrganisationId>,
        limit: u16,
    ) -> Result<Page<Organisation>, Failure> {
        authorize_role(caller, Action::ReadDirectory).map_err(Failure::Denied)?;
        let space = caller.space.clone();
        let kind = OrganisationKind::Wholesaler.name();
        let found = self
            .inner
            .store
            .read(move |tx| directory::list_organisations(tx, &space, kind, after, i64::from(limit) + 1))
            .await?;
        Ok(Page::cut(found, limit))
    }
}

fn with_workload(
    tx: &mut Tx<'_>,
    caller: &Caller,
    found: Vec<Consultant>,
) -> Result<Vec<ListedConsultant>, StoreError> {
    let chooses = matches!(caller.role, Role::Physician | Role::MinistryPreparer | Role::MinistryDecider);
    let waiting = if chooses {
        let numbers: Vec<&str> = found.iter().map(|consultant| consultant.npwz.as_str()).collect();
        Some(directory::waiting_for(tx, &caller.space, &numbers)?)
    } else {
        None
    };
    let of = |consultant: &Consultant| {
        let counted = waiting.as_ref()?.get(consultant.npwz.as_str()).copied().unwrap_or_default();
        u64::try_from(counted).ok()
    };
    Ok(found
        .into_iter()
        .map(|consultant| ListedConsultant { waiting: of(&consultant), consultant })
        .collect())
}
