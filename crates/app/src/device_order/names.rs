//! What the list calls the devices of an order, and in what it counts them.

use super::verify::versions;
use chrono::NaiveDate;
use domain::device_group::{DeviceGroup, DeviceUnit};
use domain::device_order::Content;
use domain::ids::SpaceId;
use domain::values::DeviceCode;
use std::collections::BTreeSet;
use store::{StoreError, Tx};

/// Groups in all their versions.
#[derive(Clone, Default)]
pub(crate) struct Names(Vec<DeviceGroup>);

impl Names {
    /// Of everything that these orders ask for.
    pub(super) fn of<'c>(
        tx: &mut Tx<'_>,
        space: &SpaceId,
        contents: impl IntoIterator<Item = &'c Content>,
    ) -> Result<Self, StoreError> {
        let items = contents.into_iter().flat_map(Content::items);
        Self::of_codes(tx, space, &items.map(|item| item.code).collect())
    }

    pub(crate) fn of_codes(
        tx: &mut Tx<'_>,
        space: &SpaceId,
        codes: &BTreeSet<DeviceCode>,
    ) -> Result<Self, StoreError> {
        Ok(Self(versions(tx, space, codes)?))
    }

    /// As of that day; of a code that the list does not have then, as it had it last.
    fn group(&self, code: &DeviceCode, day: NaiveDate) -> Option<&DeviceGroup> {
        let mut of_code = self.0.iter().filter(|group| group.code == *code);
        of_code.clone().find(|group| group.is_valid_on(day)).or_else(|| of_code.next_back())
    }

    pub(crate) fn name(&self, code: &DeviceCode, day: NaiveDate) -> Option<&str> {
        self.group(code, day).map(|group| group.name.as_str())
    }

    pub(super) fn unit(&self, code: &DeviceCode, day: NaiveDate) -> DeviceUnit {
        self.group(code, day).map_or(DeviceUnit::Piece, |group| group.unit)
    }
}
