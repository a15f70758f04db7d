//! One take-up, in the view of the caller.

use super::read::OrderReading;
use super::view::{self, DeviceOrderView, Viewer};
use crate::App;
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::recorded::Read;
use domain::device_order::refusals::TAKE_UP_UNKNOWN;
use domain::ids::{DeviceOrderId, TakeUpId};

impl App {
    #[tracing::instrument(name = "find_take_up", skip_all)]
    pub async fn find_take_up(
        &self,
        caller: &Caller,
        (order, id): (DeviceOrderId, TakeUpId),
        trace_id: &str,
    ) -> Result<Read<DeviceOrderView>, Failure> {
        let reading = OrderReading { caller, operation: "find_take_up", trace_id };
        let organisation = caller.org_id();
        self.read_order(reading, order, move |sight| {
            let viewer = Viewer { relation: sight.seen.relation, organisation };
            let view = view::build(viewer, &sight.seen.loaded.order, sight.now);
            let view = DeviceOrderView { asked_about: Some(id), ..view };
            if view.take_up().is_some() {
                Ok(view)
            } else {
                Err(Failure::Refused(Refused::one(TAKE_UP_UNKNOWN)))
            }
        })
        .await
    }
}
