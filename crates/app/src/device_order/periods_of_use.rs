//! How long a patient's devices are in use: what was supplied, and what repairs add to it (DO-48).

use super::verify::{orders_of, versions};
use crate::Parts;
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::device_group::DeviceGroup;
use domain::device_order::history;
use domain::device_order::verification::Supplied;
use domain::device_repair_order::{RepairOrder, extension};
use domain::ids::{PatientId, SpaceId};
use domain::values::DeviceCode;
use std::collections::BTreeSet;
use store::Tx;

/// What a repair's extension is computed from.
pub(crate) struct PeriodsOfUse {
    /// With the period of the list on the day of supply, repairs apart.
    pub supplied: Vec<Supplied>,
    pub repairs: Vec<RepairOrder>,
    /// Of the asked codes.
    pub versions: Vec<DeviceGroup>,
}

/// Gathers it for these codes, as time has left the patient's orders.
pub(crate) fn periods_of_use(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (space, codes): (&SpaceId, &BTreeSet<DeviceCode>),
    (wanted_by, patient): (&str, PatientId),
    now: DateTime<Utc>,
) -> Result<PeriodsOfUse, Failure> {
    let versions = versions(tx, space, codes)?;
    let (orders, _) = orders_of(tx, parts, (wanted_by, patient), now)?;
    let (repairs, _) = repairs_of(tx, parts, (wanted_by, patient))?;
    let supplied = orders.iter().flat_map(|order| history::supplied(order, &versions)).collect();
    Ok(PeriodsOfUse { supplied, repairs, versions })
}

/// The patient's repair orders, and whether one more cannot be read: its operator has to hear of it.
pub(super) fn repairs_of(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (wanted_by, patient): (&str, PatientId),
) -> Result<(Vec<RepairOrder>, bool), Failure> {
    let all = store::device_repair_order::readable_of_patient(tx, &parts.ring, patient)?;
    for unreadable in &all.unreadable {
        tracing::error!(order.id = unreadable, wanted.by = wanted_by, "a repair order cannot be read");
    }
    Ok((all.read.into_iter().map(|it| it.order).collect(), !all.unreadable.is_empty()))
}

/// The supplies with what these repairs add to them.
pub(super) fn extended(
    supplied: Vec<Supplied>,
    repairs: &[RepairOrder],
    versions: &[DeviceGroup],
) -> Vec<Supplied> {
    let repaired = extension::repairs(repairs, &supplied, versions);
    extension::extend(supplied, &repaired)
}
