//! The form of an order: what has to stand in it before it gets a number. What is missing here is a refusal; what the
//! payer finds later is a result (DO-1 to DO-14).

mod device;
mod people;
mod supply;

pub(crate) use people::is_branch;

use super::content::Content;
use crate::device_group::DeviceGroup;
use crate::problem::Violation;
use crate::rule::{self, Rule, RuleEntry};
use crate::values::DeviceCode;
use chrono::NaiveDate;

/// What a form is looked at with.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Warsaw date of issue; on paper the one that it bears.
    pub today: NaiveDate,
    /// As the list has the ordered codes on that day.
    pub groups: &'a [DeviceGroup],
    pub is_paper: bool,
}

impl Circumstances<'_> {
    pub fn group(&self, code: &DeviceCode) -> Option<&DeviceGroup> {
        self.groups.iter().find(|group| group.code == *code)
    }
}

pub type FormCheck = fn(&Content, &Circumstances) -> Vec<String>;

fn all() -> impl Iterator<Item = &'static [Rule<FormCheck>]> {
    [people::RULES, device::RULES, supply::RULES].into_iter()
}

/// Everything that stands in the way of issuing this content.
pub fn check(content: &Content, circumstances: &Circumstances) -> Vec<Violation> {
    all().flat_map(|rules| rule::broken(rules, |check| check(content, circumstances))).collect()
}

/// The same of the people alone, and of what entitles the patient: an order for a repair has them, too.
pub(crate) fn check_people(content: &Content, circumstances: &Circumstances) -> Vec<Violation> {
    rule::broken(people::RULES, |check| check(content, circumstances))
}

/// What a counter says of the patient, by its member of the form and by that of the take-up.
const AT_THE_COUNTER: [(&str, &str); 3] = [
    ("/content/additionalEntitlement", "/entitlement/entitlement"),
    ("/content/right", "/right"),
    ("/content/patient/pregnant", "/pregnant"),
];

/// The same of what a counter says anew of the patient (DO-39, DO-57): of these members of the form.
pub(crate) fn check_counter(
    content: &Content,
    circumstances: &Circumstances,
    is_said: impl Fn(&str) -> bool,
) -> Vec<Violation> {
    let placed = |found: Violation| {
        let said = AT_THE_COUNTER.iter().filter(|(member, _)| is_said(member));
        said.filter_map(|(member, place)| Some((place, found.pointer.strip_prefix(member)?)))
            .map(|(place, rest)| Violation::new(found.problem, format!("{place}{rest}")))
            .next()
    };
    check_people(content, circumstances).into_iter().filter_map(placed).collect()
}

pub fn entries() -> Vec<RuleEntry> {
    all().flatten().map(|rule| rule.entry("validations, submission, correction")).collect()
}

/// The pointers of those that are missing.
fn missing(members: &[(&str, bool)]) -> Vec<String> {
    members.iter().filter(|(_, is_there)| !is_there).map(|(pointer, _)| (*pointer).to_owned()).collect()
}

#[cfg(test)]
mod tests;
