//! Whether this process fires deadlines, beside answering requests.

use super::reader::Reader;
use super::variable::variables;

variables! {
    WORKER = "SOID_WORKER", default "on",
        "Whether this process fires terms and reminders: on or off; of those that do, each deadline is fired by one.";
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<bool> {
    reader.parsed(&WORKER, |text| match text {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(format!("must be on or off, not {other:?}")),
    })
}
