//! What opens an order to a provider: for whoever issued it, and for the patient, each time on record (DO-17).

use super::read::OrderReading;
use super::view::{self, AccessView};
use super::visibility::{Group, sees};
use super::write::refused;
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::NOT_YOURS;
use crate::recorded::Read;
use chrono::NaiveDate;
use domain::device_order::DeviceOrder;
use domain::device_order::lifecycle::{PeriodState, Periods};
use domain::device_order::refusals::NO_ACCESS_DATA;
use domain::ids::DeviceOrderId;
use domain::patient_consent::{Channel, Consents, may_be_sent};
use domain::problem::Violation;
use domain::values::DeviceOrderNumber;

/// Number and code, and how long they open anything.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderAccessData {
    pub number: DeviceOrderNumber,
    pub access: AccessView,
    /// The last day on which something of the order can be taken up.
    pub last_day: Option<NaiveDate>,
    /// How they may be sent to the patient, who has agreed to it (DO-18).
    pub may_be_sent_by: Vec<Channel>,
}

impl App {
    #[tracing::instrument(name = "read_device_order_access_data", skip_all)]
    pub async fn device_order_access_data(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        trace_id: &str,
    ) -> Result<Read<OrderAccessData>, Failure> {
        let reading = OrderReading { caller, operation: "read_device_order_access_data", trace_id };
        self.read_order(reading, id, |sight| {
            let (order, relation) = (&sight.seen.loaded.order, sight.seen.relation);
            if !sees(relation, Group::AccessData) {
                return Err(Failure::Denied(NOT_YOURS));
            }
            let consents = store::patient_consents::find(sight.tx, sight.ring, sight.seen.loaded.patient)?;
            of(order, &consents.consents)
                .ok_or_else(|| refused(vec![Violation::whole(NO_ACCESS_DATA)], order.state.name(), relation))
        })
        .await
    }
}

fn of(order: &DeviceOrder, consents: &Consents) -> Option<OrderAccessData> {
    let access = view::access(order)?;
    let last_day = match &order.state.confirmed()?.periods {
        Periods::OneOff { last_day, .. } => Some(*last_day),
        Periods::Monthly { periods } => {
            let free = periods.iter().filter(|period| period.state == PeriodState::Available);
            free.map(|period| period.month.last_day()).max()
        }
    };
    let may_be_sent_by = Channel::ALL.into_iter().filter(|channel| may_be_sent(consents, *channel)).collect();
    Some(OrderAccessData { number: order.number.clone()?, access, last_day, may_be_sent_by })
}
