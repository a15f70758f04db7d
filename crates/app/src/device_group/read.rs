//! Reading the catalogue, a dictionary for every client.

use super::snapshot;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Page;
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_group::mapping::{self, Former};
use domain::device_group::{Listed, Mapping, Supply};
use domain::medicinal_product::normalise::words;
use domain::values::DeviceCode;

/// What the caller looks for; all of it must hold.
#[derive(Clone, Debug)]
pub struct GroupSearch {
    /// Today in Warsaw where none is given.
    pub on: Option<NaiveDate>,
    pub code: Option<DeviceCode>,
    /// The first letter of the code.
    pub letter: Option<char>,
    pub supply: Option<Supply>,
    /// Beginnings of words of the code or of a name.
    pub words: Vec<String>,
    /// Continue after this code.
    pub after: Option<DeviceCode>,
    /// 1–200.
    pub limit: u16,
}

/// The state of the catalogue that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    pub edition: String,
    pub name: String,
    /// How many entries of officers are in it.
    pub entries: usize,
}

/// A page of the groups of a day; nothing is served before the first import.
#[derive(Clone, Debug)]
pub struct FoundGroups {
    pub on: NaiveDate,
    pub served: Option<Served>,
    pub page: Page<Listed>,
}

impl App {
    #[tracing::instrument(name = "list_device_groups", skip_all)]
    pub async fn list_device_groups(
        &self,
        caller: &Caller,
        search: GroupSearch,
    ) -> Result<FoundGroups, Failure> {
        authorize_role(caller, Action::ReadDeviceGroups).map_err(Failure::Denied)?;
        let on = search.on.unwrap_or_else(|| self.today(caller));
        let current = snapshot::current(&self.inner, &self.catalogue, &caller.space).await?;
        let Some(current) = current else {
            return Ok(FoundGroups { on, served: None, page: Page::cut(Vec::new(), search.limit) });
        };
        let wanted = |listed: &Listed| listed.is_valid_on(on) && search.wants(listed);
        let mut found = current.effective(wanted);
        found.retain(|listed| listed.is_valid_on(on));
        found.truncate(usize::from(search.limit) + 1);
        Ok(FoundGroups { on, served: Some(current.served), page: Page::cut(found, search.limit) })
    }

    /// The group as it is on a day, today where none is given.
    #[tracing::instrument(name = "find_device_group", skip_all)]
    pub async fn find_device_group(
        &self,
        caller: &Caller,
        code: &DeviceCode,
        on: Option<NaiveDate>,
    ) -> Result<Listed, Failure> {
        authorize_role(caller, Action::ReadDeviceGroups).map_err(Failure::Denied)?;
        let on = on.unwrap_or_else(|| self.today(caller));
        let current = snapshot::current(&self.inner, &self.catalogue, &caller.space).await?;
        let versions = current.ok_or(Failure::NotFound)?.effective(|listed| listed.group.code == *code);
        versions.into_iter().find(|listed| listed.is_valid_on(on)).ok_or(Failure::NotFound)
    }

    /// The codes that took the place of former numbers of the list, all or of one number.
    pub fn device_code_mappings(
        &self,
        caller: &Caller,
        from: Option<&Former>,
    ) -> Result<Vec<&'static Mapping>, Failure> {
        authorize_role(caller, Action::ReadDeviceGroups).map_err(Failure::Denied)?;
        Ok(mapping::all().iter().filter(|it| from.is_none_or(|from| it.is_of(from))).collect())
    }

    fn today(&self, caller: &Caller) -> NaiveDate {
        warsaw_date(self.inner.clock.now(&caller.space))
    }
}

impl GroupSearch {
    fn wants(&self, listed: &Listed) -> bool {
        let group = &listed.group;
        let code = group.code.as_str();
        self.code.as_ref().is_none_or(|wanted| group.code == *wanted)
            && self.letter.is_none_or(|letter| code.starts_with(letter))
            && self.supply.is_none_or(|supply| group.supply == supply)
            && self.after.as_ref().is_none_or(|after| group.code > *after)
            && (self.words.is_empty() || self.is_named_in(listed))
    }

    fn is_named_in(&self, listed: &Listed) -> bool {
        let group = &listed.group;
        let names = group.tiers.iter().map(|tier| tier.name.as_str());
        let found: Vec<String> =
            names.chain([group.name.as_str(), group.code.as_str()]).flat_map(words).collect();
        self.words.iter().all(|wanted| found.iter().any(|word| word.starts_with(wanted.as_str())))
    }
}
