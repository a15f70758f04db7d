//! Consultants and wholesalers as every client may read them, and the import that fills the directory.

mod import;

pub use import::{DirectoryFile, ImportFault, Imported};

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, OrganisationKind};
use crate::demand::Page;
use crate::failure::Failure;
use domain::demand::model::{Consultant, ConsultantKind};
use domain::ids::{OrganisationId, PersonId};
use domain::values::FieldOfMedicine;
use store::directory::{self, Organisation};

impl App {
    #[tracing::instrument(name = "list_consultants", skip_all)]
    pub async fn list_consultants(
        &self,
        caller: &Caller,
        field: Option<FieldOfMedicine>,
        kind: Option<ConsultantKind>,
        after: Option<(PersonId, FieldOfMedicine)>,
        limit: u16,
    ) -> Result<Page<Consultant>, Failure> {
        authorize_role(caller, Action::ReadDirectory).map_err(Failure::Denied)?;
        let space = caller.space.clone();
        let found = self
            .inner
            .store
            .read(move |tx| {
                let field = field.as_ref().map(FieldOfMedicine::as_str);
                let kind = kind.map(ConsultantKind::name);
                directory::list_consultants(tx, &space, field, kind, after, i64::from(limit) + 1)
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
