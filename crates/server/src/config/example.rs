//! `.env.example`, made from the declared variables.

use super::SECTIONS;
use super::variable::{Absent, Variable};
use std::fmt::Write as _;

const HEAD: &str = "\
# Every variable that soid reads. Lines without a hash must be set; the others show the default, or an example
# where there is none. A variable that is empty counts as not set. The keys below are known to everyone:
# production refuses them.
";

/// The file as it must stand at the root of the repository.
pub fn example_file() -> String {
    let mut text = HEAD.to_owned();
    for section in SECTIONS {
        // Writing into a String cannot fail.
        let _ = write!(text, "\n## {}\n", section.title);
        section.variables.iter().for_each(|variable| text.push_str(&lines(variable)));
    }
    text
}

fn lines(variable: &Variable) -> String {
    let (hash, value) = match variable.absent {
        Absent::Refused { example } => ("", example),
        Absent::Default(example) | Absent::Nothing { example } => ("#", example),
    };
    format!("# {}\n{hash}{}={value}\n", variable.says, variable.name)
}
