//! Which of the two programs a configuration is for.

use super::reader::Reader;
use super::variable::variables;

variables! {
    MODE = "SOID_MODE", default "production",
        "Always production: the sandbox is a program of its own and reads no variables.";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Production,
    Sandbox,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<Mode> {
    reader.parsed(&MODE, |text| match text {
        "production" => Ok(Mode::Production),
        "sandbox" => Err("the sandbox is started as soid-sandbox, not by a variable".to_owned()),
        other => Err(format!("must be production, not {other:?}")),
    })
}
