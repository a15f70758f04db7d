//! Names, strengths and forms brought to one spelling, so that Latin, Polish and English meet.

mod form;
mod strength;
mod substances;
mod tables;

pub use form::Form;
pub use strength::Strength;
pub use substances::{Substance, Substances};

/// Lower case, without the marks of Polish and of the neighbouring languages.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).fold(String::with_capacity(text.len()), |mut folded, c| {
        match c {
            'ą' | 'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => folded.push('a'),
            'ć' | 'ç' | 'č' => folded.push('c'),
            'ę' | 'é' | 'è' | 'ê' | 'ë' | 'ě' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ł' => folded.push('l'),
            'ń' | 'ñ' => folded.push('n'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => folded.push('o'),
            'ś' | 'š' => folded.push('s'),
            'ú' | 'ù' | 'û' | 'ü' | 'µ' | 'μ' => folded.push('u'),
            'ý' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => folded.push(' '),
            // What lower-casing leaves of a capital with a mark.
            '\u{300}'..='\u{36f}' => {}
            c => folded.push(c),
        }
        folded
    })
}

/// The folded letters and digits, word by word.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let split = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    split.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_and_capitals_make_no_difference() {
        assert_eq!(fold("Żółć ŁĄKA µg"), "zolc laka ug");
        assert_eq!(
            words("Amoxicillinum + Acidum-clavulanicum, 2x"),
            ["amoxicillinum", "acidum", "clavulanicum", "2x"]
        );
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
