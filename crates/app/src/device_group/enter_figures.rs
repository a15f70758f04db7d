//! An officer of the payer enters figures that are not known here, or corrects those that are.

use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::entry::EntryWrite;
use crate::failure::Failure;
use crate::faults::{BUSY, ENTITY_UNKNOWN};
use crate::register;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_group::BandPlace;
use domain::device_group::entry::{Entered, NewFigures, effective, enter};
use domain::ids::EnteredFiguresId;
use domain::values::{DeviceCode, Text};
use store::StoreError;
use store::device_group::{self, ONE_NUMBER, StoredFigures};

/// What is entered of one band.
#[derive(Clone, Debug)]
pub struct EnterFigures {
    pub code: DeviceCode,
    pub place: BandPlace,
    pub holds_from: NaiveDate,
    pub figures: NewFigures,
    pub source: Text<500>,
    pub reason: Option<Text<500>>,
}

impl App {
    #[tracing::instrument(name = "enter_device_figures", skip_all)]
    pub async fn enter_device_figures(
        &self,
        caller: &Caller,
        asked: EnterFigures,
        write: Write,
        render: Render<StoredFigures>,
    ) -> Result<Answer, Failure> {
        let entry = EntryWrite {
            action: Action::EnterDeviceFigures,
            operation: "enter_device_figures",
            document_kind: "DEVICE_GROUP",
            id_of: |stored: &StoredFigures| stored.entered.code.to_string(),
            id: Some(asked.code.to_string()),
            write,
            render,
        };
        self.write_entry(caller, entry, move |work| {
            let (officer, _) = register::in_post(work.tx, work.caller)?;
            let organisation = work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            let space = work.caller.space.clone();
            let edition = device_group::current(work.tx)?.ok_or(Failure::NotFound)?;
            let listed = device_group::versions(work.tx, &edition.id, &asked.code)?;
            if listed.is_empty() {
                return Err(Failure::NotFound);
            }
            let earlier: Vec<Entered> = device_group::entries(work.tx, &space, Some(&asked.code))?
                .into_iter()
                .map(|stored| stored.entered)
                .collect();
            let entered = asked.clone().entered(EnteredFiguresId(work.parts.entropy.id(work.now)));
            enter(&entered, &effective(&listed, &earlier), warsaw_date(work.now))?;
            let stored = StoredFigures { entered, entered_at: work.now };
            let by = (officer.id, organisation);
            device_group::insert(work.tx, &space, &stored, by, earlier.len()).map_err(at_once)?;
            Ok(stored)
        })
        .await
    }
}

impl EnterFigures {
    fn entered(self, id: EnteredFiguresId) -> Entered {
        let Self { code, place, holds_from, figures, source, reason } = self;
        Entered { id, code, place, holds_from, figures, source, reason }
    }
}

/// Of two entries of one code at once the second has not seen the first, and has to look again.
fn at_once(fault: StoreError) -> Failure {
    if fault.is_unique_violation_of(ONE_NUMBER) {
        return Failure::Unavailable { problem: BUSY, retry_after: 1 };
    }
    fault.into()
}
