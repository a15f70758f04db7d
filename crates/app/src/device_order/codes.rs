//! The code of an order beside those of the patient's other open orders: each is unlike the others, whichever way an order comes
//! to have one (DO-17), and a new one ends what slows look-ups down (DO-19).

use super::throttle;
use super::verify::known;
use crate::Parts;
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::decision::Decided;
use domain::device_order::renewal::{open_code, with_code};
use domain::device_order::{DeviceOrder, DeviceOrderEvent};
use domain::values::AccessCode;
use store::Tx;
use store::device_order::Loaded;

/// What was decided, with another code where another open order of the patient has this one by now; a code that is not the
/// former one is told of by an event, which does not name it. Of two at once the unique index refuses one, who asks anew.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    parts: &Parts,
    loaded: &Loaded,
    decided: Decided<DeviceOrder, DeviceOrderEvent>,
    now: DateTime<Utc>,
) -> Result<Decided<DeviceOrder, DeviceOrderEvent>, Failure> {
    let Some(code) = open_code(&decided.document) else { return Ok(decided) };
    let is_new_to_index = open_code(&loaded.order) != Some(code);
    let is_taken = is_new_to_index && is_of_another(tx, parts, loaded, code)?;
    let decided = if is_taken { redrawn(tx, parts, loaded, decided, now)? } else { decided };
    let Decided { document, mut events } = decided;
    let former = loaded.order.state.confirmed().and_then(|it| it.access.code.as_ref());
    if open_code(&document) != former {
        throttle::forget_with_new_code(tx, parts, &document)?;
        let renewed = DeviceOrderEvent::AccessCodeRenewed {};
        if former.is_some() && !events.contains(&renewed) {
            events.push(renewed);
        }
    }
    Ok(Decided { document, events })
}

fn is_of_another(
    tx: &mut Tx<'_>,
    parts: &Parts,
    loaded: &Loaded,
    code: &AccessCode,
) -> Result<bool, Failure> {
    let found = store::device_order::find_by_access(tx, &parts.ring, loaded.patient, code)?;
    Ok(found.is_some_and(|other| other.order.id != loaded.order.id))
}

fn redrawn(
    tx: &mut Tx<'_>,
    parts: &Parts,
    loaded: &Loaded,
    decided: Decided<DeviceOrder, DeviceOrderEvent>,
    now: DateTime<Utc>,
) -> Result<Decided<DeviceOrder, DeviceOrderEvent>, Failure> {
    store::patients::hold(tx, loaded.patient)?;
    let known = known(tx, parts, &decided.document, Some(loaded.patient), now)?;
    let document = with_code(decided.document, known.free_code(parts));
    Ok(Decided { document, events: decided.events })
}
