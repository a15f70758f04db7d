//! Consultants and wholesalers as every client may read them, and the import that fills the directory.

mod absences;
mod import;

pub use absences::{RecordAbsence, StoredAbsence};
pub use import::{DirectoryFile, ImportFault, Imported};

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, OrganisationKind, Role};
use crate::demand::Page;
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::demand::model::{Consultant, ConsultantKind};
use domain::ids::{OrganisationId, PersonId};
use domain::values::FieldOfMedicine;
use store::directory::{self, Organisation};
use store::{StoreError, Tx};

/// A consultant as somebody who chooses one is shown them.
pub struct ListedConsultant {
    pub consultant: Consultant,
    /// Demands that wait for their opinion, in all their fields together and with those of the colleagues for whom they
    /// answer today; for physicians and the ministry.
    pub waiting: Option<u64>,
    /// Days that last or are ahead on which they are away; for those who choose them, and for consultants.
    pub absences: Vec<StoredAbsence>,
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
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let found = self
            .inner
            .store
            .read(move |tx| {
                let field = field.as_ref().map(FieldOfMedicine::as_str);
                let kind = kind.map(ConsultantKind::name);
                let wanted = i64::from(limit) + 1;
                let found = directory::list_consultants(tx, &asking.space, field, kind, after, wanted)?;
                let today = warsaw_date(parts.clock.now(&asking.space));
                described(tx, &asking, found, today)
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

fn described(
    tx: &mut Tx<'_>,
    caller: &Caller,
    found: Vec<Consultant>,
    today: NaiveDate,
) -> Result<Vec<ListedConsultant>, StoreError> {
    let chooses = matches!(caller.role, Role::Physician | Role::MinistryPreparer | Role::MinistryDecider);
    let waiting =
        if chooses { Some(directory::waiting_for(tx, &caller.space, &found, today)?) } else { None };
    let mut away = Vec::new();
    if chooses || caller.role == Role::Consultant {
        let people: Vec<PersonId> = found.iter().map(|consultant| consultant.person).collect();
        away = directory::absences_of(tx, &caller.space, &people, today)?;
    }
    let mut listed = Vec::with_capacity(found.len());
    for consultant in found {
        let counted = waiting.as_ref().map(|all| all.get(&consultant.person).copied().unwrap_or_default());
        let own = away.iter().filter(|it| it.consultant == consultant.person && it.field == consultant.field);
        let mut absences = Vec::new();
        for absence in own.cloned() {
            let field = Some(absence.field.as_str());
            let substitute = match absence.substitute {
                Some(person) => directory::find_consultant(tx, &caller.space, person, field)?,
                None => None,
            };
            absences.push(StoredAbsence { absence, substitute });
        }
        let waiting = counted.and_then(|counted| u64::try_from(counted).ok());
        listed.push(ListedConsultant { consultant, waiting, absences });
    }
    Ok(listed)
}
