//! Reads declared variables and gathers every fault before it answers.

use super::variable::{Absent, Variable};
use super::{ConfigFault, SECTIONS};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

pub(super) struct Reader<'a> {
    map: &'a BTreeMap<String, String>,
    files: &'a dyn Fn(&Path) -> io::Result<Vec<u8>>,
    faults: Vec<ConfigFault>,
}

fn declared() -> impl Iterator<Item = &'static Variable> {
    SECTIONS.iter().flat_map(|section| section.variables).copied()
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        map: &'a BTreeMap<String, String>,
        files: &'a dyn Fn(&Path) -> io::Result<Vec<u8>>,
    ) -> Self {
        // A misspelt name would otherwise leave a default in force without a word.
        let unknown = |name: &&String| {
            name.starts_with("SOID_") && declared().all(|variable| variable.name != name.as_str())
        };
        let fault = |name: &String| ConfigFault::new(name, "there is no such variable");
        Self { map, files, faults: map.keys().filter(unknown).map(fault).collect() }
    }

    pub(super) fn finish<T>(self, config: Option<T>) -> Result<T, Vec<ConfigFault>> {
        match config {
            Some(config) if self.faults.is_empty() => Ok(config),
            _ => Err(self.faults),
        }
    }

    pub(super) fn refuse(&mut self, variable: &Variable, message: impl Into<String>) {
        self.faults.push(ConfigFault::new(variable.name, message));
    }

    /// The value or its default; `None` when there is neither. A variable that is set but empty is not set.
    pub(super) fn text(&mut self, variable: &Variable) -> Option<String> {
        if !declared().any(|known| known == variable) {
            self.refuse(variable, "is read but not declared");
            return None;
        }
        let value = self.map.get(variable.name).map(|value| value.trim()).filter(|value| !value.is_empty());
        match (value, variable.absent) {
            (Some(value), _) | (None, Absent::Default(value)) => Some(value.to_owned()),
            (None, Absent::Nothing { .. }) => None,
            (None, Absent::Refused { example }) => {
                self.refuse(variable, format!("must be set, for example {example}"));
                None
            }
        }
    }

    /// The value as `parse` reads it; its refusal becomes a fault.
    pub(super) fn parsed<T, E: Display>(
        &mut self,
        variable: &Variable,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(variable)?;
        parse(&text).map_err(|error| self.refuse(variable, error.to_string())).ok()
    }

    /// A whole number between these bounds.
    pub(super) fn number<N: FromStr + PartialOrd + Display + Copy>(
        &mut self,
        variable: &Variable,
        least: N,
        most: N,
    ) -> Option<N> {
        self.parsed(variable, |text| match text.parse::<N>() {
            Ok(number) if least <= number && number <= most => Ok(number),
            _ => Err(format!("must be a whole number from {least} to {most}, not {text:?}")),
        })
    }

    pub(super) fn seconds(&mut self, variable: &Variable, least: u64, most: u64) -> Option<Duration> {
        self.number(variable, least, most).map(Duration::from_secs)
    }

    /// What stands between commas; without the variable, nothing.
    pub(super) fn list<T>(
        &mut self,
        variable: &Variable,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        if self.text(variable).is_none() {
            return Some(Vec::new());
        }
        self.parsed(variable, |text| text.split(',').map(|part| parse(part.trim())).collect::<Result<_, _>>())
    }

    /// `true` or `false`.
    pub(super) fn switch(&mut self, variable: &Variable) -> Option<bool> {
        self.parsed(variable, |text| {
            text.parse::<bool>().map_err(|_| format!("must be true or false, not {text:?}"))
        })
    }

    /// The content of the file that the variable names.
    pub(super) fn file(&mut self, variable: &Variable) -> Option<Vec<u8>> {
        let files = self.files;
        self.parsed(variable, |path| {
            files(Path::new(path)).map_err(|error| format!("the file {path} cannot be read: {error}"))
        })
    }
}
