//! A pharmaceutical form as the set of its words.

use super::tables::FORMS;
use super::words;
use std::collections::BTreeSet;

/// Endings of Polish words, the longer ones first.
const ENDINGS: [&str; 8] = ["ych", "ego", "ami", "a", "e", "i", "u", "y"];
const SHORTEST: usize = 3;

/// A form without word order, endings, abbreviations and coats.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Form(BTreeSet<String>);

impl Form {
    /// `None` for a text that names no form.
    pub fn of(text: &str) -> Option<Self> {
        let written = words(text);
        let meant = FORMS.phrase(&written).map_or(written, words);
        let stems: BTreeSet<String> =
            meant.iter().filter(|word| !FORMS.is_set_apart(word)).map(|word| stem(word)).collect();
        (!stems.is_empty()).then_some(Self(stems))
    }

    /// Equal for equal forms.
    pub fn key(&self) -> String {
        self.0.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

fn stem(word: &str) -> String {
    if let Some(known) = FORMS.word(word) {
        return known.to_owned();
    }
    let shorter = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    let kept = shorter.filter(|rest| rest.chars().count() >= SHORTEST).unwrap_or(word);
    FORMS.word(kept).unwrap_or(kept).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(text: &str) -> String {
        Form::of(text).map(|form| form.key()).unwrap_or_default()
    }

    #[test]
    fn abbreviations_inflections_and_languages_are_one() {
        for forms in [
            ["tabletki powlekane", "tabl. powl.", "Film-coated tablets", "Tabletka"],
            ["kapsułki, twarde", "kaps.", "Kapsułki twarde", "hard capsules"],
            ["roztwór do wstrzykiwań", "ampułki", "roztw. do wstrz.", "solution for injection"],
            ["krople do oczu, roztwór", "krople do oczu", "eye drops", "Krople do oczu roztwór"],
            [
                "proszek do sporządzania roztworu do wstrzykiwań",
                "prosz. do sporz. roztw. do wstrz.",
                "powder for solution for injection",
                "Proszek do sporządzania roztworu do wstrzykiwań",
            ],
            ["maść", "maści", "ung.", "ointment"],
        ] {
            let found: BTreeSet<String> = forms.iter().map(|form| key(form)).collect();
            assert_eq!(found.len(), 1, "{forms:?} {found:?}");
        }
    }

    #[test]
    fn other_forms_are_other_forms() {
        for (one, other) in [
            ("tabletki", "kapsułki"),
            ("tabletki", "tabletki o przedłużonym uwalnianiu"),
            ("tabletki", "tabletki dojelitowe"),
            ("krem", "maść"),
            ("roztwór do wstrzykiwań", "roztwór do infuzji"),
            ("roztwór doustny", "zawiesina doustna"),
        ] {
            assert_ne!(key(one), key(other));
        }
    }

    #[test]
    fn what_names_no_form_is_none() {
        for text in ["", " , ", "do", "powlekane"] {
            assert_eq!(Form::of(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn word_order_and_case_make_no_difference(mut some in proptest::collection::vec("[a-ząęółśżź]{3,12}", 1..5)) {
            let written = key(&some.join(" "));
            // Whole names have synonyms of their own.
            prop_assume!(FORMS.phrase(&words(&some.join(" "))).is_none());
            some.reverse();
            prop_assume!(FORMS.phrase(&words(&some.join(" "))).is_none());
            prop_assert_eq!(written, key(&some.join(", ").to_uppercase()));
        }
    }
}
