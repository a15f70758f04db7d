//! Prints of an order as PDFs, each in the view of the caller, each on record: parts I and II, what the patient takes along, and
//! parts III and IV of a take-up of which goods were issued.

pub(crate) mod content;
mod information;
mod on_paper;
mod order;
pub(crate) mod supplied;
pub(crate) mod verdict;
pub(crate) mod words;

use super::access::Relation;
use super::names::Names;
use super::read::{OrderReading, Sight};
use super::view::Viewer;
use super::visibility::{Group, sees};
use super::write::refused;
use crate::App;
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::faults::NOT_YOURS;
use domain::device_order::printing::{admit_information, admit_print, admit_supply};
use domain::device_order::refusals::TAKE_UP_UNKNOWN;
use domain::device_order::{DeviceOrder, take_up};
use domain::ids::{DeviceOrderId, TakeUpId};
use domain::problem::Violation;
use print::PrintError;
use print::device_order as paper;

impl App {
    /// PDF bytes of parts I and II.
    #[tracing::instrument(name = "print_device_order", skip_all)]
    pub async fn print_device_order(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        trace_id: &str,
    ) -> Result<Vec<u8>, Failure> {
        let organisation = caller.org_id();
        let reading = OrderReading { caller, operation: "print_device_order", trace_id };
        let read = self.read_order(reading, id, move |sight| {
            let (order, relation) = (&sight.seen.loaded.order, sight.seen.relation);
            admit_print(order).map_err(|found| refusal(found, order, relation))?;
            let names = Names::of(sight.tx, &order.space, [&order.content])?;
            Ok(order::sheet(Viewer { relation, organisation }, order, &names, sight.now))
        });
        let sheet = self.kept(read.await?).await?;
        rendered(move || paper::order::render(&sheet)).await
    }

    /// PDF bytes of the sheet that a patient takes along.
    #[tracing::instrument(name = "print_device_order_information", skip_all)]
    pub async fn print_device_order_information(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        trace_id: &str,
    ) -> Result<Vec<u8>, Failure> {
        let reading = OrderReading { caller, operation: "print_device_order_information", trace_id };
        let read = self.read_order(reading, id, |sight| {
            let (order, relation) = (&sight.seen.loaded.order, sight.seen.relation);
            // It is the access data on paper.
            if !sees(relation, Group::AccessData) {
                return Err(Failure::Denied(NOT_YOURS));
            }
            admit_information(order).map_err(|found| refusal(found, order, relation))?;
            let names = Names::of(sight.tx, &order.space, [&order.content])?;
            information::sheet(order, &names, sight.now)
        });
        let sheet = self.kept(read.await?).await?;
        rendered(move || paper::information::render(&sheet)).await
    }

    /// PDF bytes of parts III and IV.
    #[tracing::instrument(name = "print_take_up", skip_all)]
    pub async fn print_take_up(
        &self,
        caller: &Caller,
        (order, id): (DeviceOrderId, TakeUpId),
        trace_id: &str,
    ) -> Result<Vec<u8>, Failure> {
        let organisation = caller.org_id();
        let reading = OrderReading { caller, operation: "print_take_up", trace_id };
        let read = self.read_order(reading, order, move |mut sight| {
            let viewer = Viewer { relation: sight.seen.relation, organisation };
            supply(&mut sight, viewer, id)
        });
        let sheet = self.kept(read.await?).await?;
        rendered(move || paper::realisation::render(&sheet)).await
    }
}

/// Whoever supplied, whoever got it, and whoever pays; what the shop sold is none of the issuer's business.
fn may_print_supply(relation: Relation) -> bool {
    match relation {
        Relation::Provider | Relation::Patient | Relation::NfzOfficer => true,
        Relation::Prescriber | Relation::Assistant | Relation::NfzStaff | Relation::FormerProvider => false,
    }
}

fn supply(
    sight: &mut Sight<'_, '_>,
    viewer: Viewer,
    id: TakeUpId,
) -> Result<paper::realisation::RealisationPrint, Failure> {
    let order = &sight.seen.loaded.order;
    if !may_print_supply(viewer.relation) {
        return Err(Failure::Denied(NOT_YOURS));
    }
    let found = take_up::find(order, id).filter(|it| viewer.sees_take_up(it));
    let take_up = found.ok_or_else(|| Failure::Refused(Refused::one(TAKE_UP_UNKNOWN)))?;
    let realisation = admit_supply(take_up).map_err(|found| refusal(found, order, viewer.relation))?;
    let shown = supplied::Shown { viewer, order, take_up, realisation, now: sight.now };
    supplied::sheet(sight.tx, &shown)
}

fn refusal(found: Vec<Violation>, order: &DeviceOrder, relation: Relation) -> Failure {
    refused(found, order.state.name(), relation)
}

pub(crate) async fn rendered(
    render: impl FnOnce() -> Result<Vec<u8>, PrintError> + Send + 'static,
) -> Result<Vec<u8>, Failure> {
    tokio::task::spawn_blocking(render)
        .await
        .map_err(|error| Failure::Bug(error.into()))?
        .map_err(|error| Failure::Bug(error.into()))
}
