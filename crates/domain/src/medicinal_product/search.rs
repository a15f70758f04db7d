//! What the register is searched for: each value read once, at the door.

use super::normalise::{Form, Strength, Substance, Substances, words};
use super::refusals::SEARCH_TOO_SHORT;
use crate::problem::ProblemType;
use crate::values::Text;
use crate::values::faults::TEXT_EMPTY;

/// Shorter beginnings find half the register.
const SHORTEST: usize = 3;

type Read<T> = Result<T, &'static ProblemType>;

fn read(text: &str) -> Read<String> {
    Ok(Text::<200>::parse(text)?.as_str().to_owned())
}

fn long_enough(beginnings: Vec<String>, all: bool) -> Read<Vec<String>> {
    let is_long = |text: &String| text.chars().count() >= SHORTEST;
    let enough = if all { beginnings.iter().all(is_long) } else { beginnings.iter().any(is_long) };
    if enough && !beginnings.is_empty() { Ok(beginnings) } else { Err(SEARCH_TOO_SHORT) }
}

/// Beginnings of words of a trade or common name, of which one is long enough.
pub fn name(text: &str) -> Read<Vec<String>> {
    long_enough(words(&read(text)?), false)
}

/// Beginnings of moieties; several are joined as in a combination.
pub fn substances(text: &str) -> Read<Vec<String>> {
    let named = Substances::of(&read(text)?);
    long_enough(named.iter().map(Substance::base).map(str::to_owned).collect(), true)
}

pub fn strength_key(text: &str) -> Read<String> {
    Strength::of(&read(text)?).map(|strength| strength.key()).ok_or(TEXT_EMPTY)
}

pub fn form_key(text: &str) -> Read<String> {
    Form::of(&read(text)?).map(|form| form.key()).ok_or(TEXT_EMPTY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_has_three_letters() {
        assert_eq!(name("Vitaminum C").map(|words| words.len()), Ok(2));
        for text in ["ab", "a b c", "+-", "ą."] {
            assert_eq!(name(text), Err(SEARCH_TOO_SHORT), "{text}");
        }
        assert_eq!(substances("allopurynol + in"), Err(SEARCH_TOO_SHORT));
        assert_eq!(substances("Allopurinolum"), substances("allopurynol"));
        assert_eq!(name(" "), Err(TEXT_EMPTY));
    }

    #[test]
    fn strength_and_form_say_something() {
        assert_eq!(strength_key("0,3 g"), strength_key("300 mg"));
        assert_eq!(strength_key("-"), Err(TEXT_EMPTY));
        assert_eq!(form_key("tabl."), form_key("tabletki"));
        assert_eq!(form_key("do"), Err(TEXT_EMPTY));
    }
}
