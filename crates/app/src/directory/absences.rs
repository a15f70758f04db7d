//! When consultants are away: they or an officer enter it, and whoever stands in for them answers meanwhile.

use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::{Caller, Role};
use crate::entry::{EntryWrite, Work};
use crate::failure::{Failure, Refused};
use crate::faults::NOT_YOURS;
use crate::{App, register};
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::consultant::Absence;
use domain::consultant::absence::{self, NewAbsence, Substitute};
use domain::consultant::refusals::FIELD_UNFIT;
use domain::demand::model::Consultant;
use domain::ids::{AbsenceId, PersonId};
use domain::problem::Violation;
use domain::values::FieldOfMedicine;
use store::directory;

#[derive(Clone, Debug)]
pub struct RecordAbsence {
    pub consultant: PersonId,
    /// Their only one when left out.
    pub field: Option<FieldOfMedicine>,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub substitute: Option<PersonId>,
}

/// An absence with its substitute as the directory knows them.
#[derive(Clone, Debug)]
pub struct StoredAbsence {
    pub absence: Absence,
    pub substitute: Option<Consultant>,
}

impl App {
    #[tracing::instrument(name = "record_absence", skip_all)]
    pub async fn record_absence(
        &self,
        caller: &Caller,
        asked: RecordAbsence,
        write: Write,
        render: Render<StoredAbsence>,
    ) -> Result<Answer, Failure> {
        let entry = absence_entry("record_absence", None, write, render);
        self.write_entry(caller, entry, move |work| {
            is_of_the_consultant(work, asked.consultant)?;
            let space = work.caller.space.clone();
            let field = asked.field.as_ref().map(FieldOfMedicine::as_str);
            let consultant =
                directory::find_consultant(work.tx, &space, asked.consultant, field)?.ok_or_else(unfit)?;
            let substitute = match asked.substitute {
                None => Substitute::Nobody,
                Some(person) => {
                    directory::find_consultant(work.tx, &space, person, Some(consultant.field.as_str()))?
                        .map_or(Substitute::Unfit, |found| Substitute::Known(Box::new(found)))
                }
            };
            let named = match &substitute {
                Substitute::Known(found) => Some((**found).clone()),
                Substitute::Nobody | Substitute::Unfit => None,
            };
            let absence = absence::record(NewAbsence {
                id: AbsenceId(work.parts.entropy.id(work.now)),
                consultant,
                first_day: asked.first_day,
                last_day: asked.last_day,
                substitute,
                today: warsaw_date(work.now),
            })?;
            directory::insert_absence(work.tx, &space, &absence)?;
            Ok(StoredAbsence { absence, substitute: named })
        })
        .await
    }

    #[tracing::instrument(name = "end_absence", skip_all)]
    pub async fn end_absence(
        &self,
        caller: &Caller,
        consultant: PersonId,
        id: AbsenceId,
        write: Write,
        render: Render<StoredAbsence>,
    ) -> Result<Answer, Failure> {
        let entry = absence_entry("end_absence", Some(id), write, render);
        self.write_entry(caller, entry, move |work| {
            is_of_the_consultant(work, consultant)?;
            let found = directory::find_absence(work.tx, &work.caller.space, consultant, id)?;
            let absence = found.ok_or(Failure::NotFound)?.end(warsaw_date(work.now))?;
            if !directory::end_absence(work.tx, id)? {
                return Err(Failure::Stale);
            }
            Ok(StoredAbsence { absence, substitute: None })
        })
        .await
    }
}

fn absence_entry(
    operation: &'static str,
    id: Option<AbsenceId>,
    write: Write,
    render: Render<StoredAbsence>,
) -> EntryWrite<StoredAbsence> {
    EntryWrite {
        action: Action::KeepAbsences,
        operation,
        document_kind: "ABSENCE",
        id_of: |stored| stored.absence.id.to_string(),
        id: id.map(|id| id.to_string()),
        write,
        render,
    }
}

/// Consultants enter their own absences only, officers anybody's.
fn is_of_the_consultant(work: &mut Work<'_, '_>, consultant: PersonId) -> Result<(), Failure> {
    if work.caller.role == Role::Consultant && register::person(work.tx, work.caller)?.id != consultant {
        return Err(Failure::Denied(NOT_YOURS));
    }
    Ok(())
}

/// Nobody of this id, not of this field, or of several while none is named.
fn unfit() -> Failure {
    Failure::Refused(Refused::all(vec![Violation::new(FIELD_UNFIT, "/field")]))
}
