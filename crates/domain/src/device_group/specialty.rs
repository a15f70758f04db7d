//! The specialties of prescribers, by whatever word a list or a prescriber has for them: the holder, the discipline,
//! or the discipline as a list inflects it.

/// A list that asks for no particular specialty, but for one.
const ANY: &str = "specjalista";

/// Each specialty with its words, in small letters. Only what names one and the same specialty stands together; what
/// stands nowhere is compared as it is written.
const SPECIALTIES: &[&[&str]] = &[
    &["anestezjolog", "anestezjologia i intensywna terapia", "anestezjologii i intensywnej terapii"],
    &["angiolog", "angiologia", "angiologii"],
    &["audiolog", "audiologia", "audiologii"],
    &["audiologia i foniatria", "audiologii i foniatrii"],
    &["chirurg dziecięcy", "chirurgia dziecięca", "chirurgii dziecięcej"],
    &["chirurg naczyniowy", "chirurgia naczyniowa", "chirurgii naczyniowej"],
    &["chirurg ogólny", "chirurgia ogólna", "chirurgii ogólnej"],
    &["chirurg onkolog", "chirurg onkologiczny", "chirurgia onkologiczna", "chirurgii onkologicznej"],
    &["chirurg szczękowo-twarzowy", "chirurgia szczękowo-twarzowa", "chirurgii szczękowo-twarzowej"],
    &["chirurgia ortopedyczna", "chirurgii ortopedycznej"],
    &["chirurgia urazowo-ortopedyczna", "chirurgii urazowo-ortopedycznej"],
    &["chemioterapia nowotworów", "chemioterapii nowotworów"],
    &["pulmonolog", "pulmonologia", "pulmonologii", "choroby płuc", "chorób płuc"],
    &["choroby płuc dzieci", "chorób płuc dzieci"],
    &["internista", "choroby wewnętrzne", "chorób wewnętrznych"],
    &["dermatologia i wenerologia", "dermatologii i wenerologii"],
    &["diabetolog", "diabetologia", "diabetologii"],
    &["endokrynolog", "endokrynologia", "endokrynologii"],
    &[
        "endokrynolog i diabetolog dziecięcy",
        "endokrynologia i diabetologia dziecięca",
        "endokrynologii i diabetologii dziecięcej",
    ],
    &["foniatra", "foniatria", "foniatrii"],
    &["ftyzjatra", "ftyzjatria", "ftyzjatrii"],
    &["ftyzjatria dziecięca", "ftyzjatrii dziecięcej"],
    &["gastroenterolog", "gastroenterologia", "gastroenterologii"],
    &["geriatra", "geriatria", "geriatrii"],
    &["ginekolog", "ginekologia", "ginekologii", "położnictwo i ginekologia", "położnictwa i ginekologii"],
    &["ginekolog onkologiczny", "ginekologia onkologiczna", "ginekologii onkologicznej"],
    &["hematolog", "hematologia", "hematologii"],
    &["kardiolog", "kardiologia", "kardiologii"],
    &[
        "laryngolog",
        "laryngologia",
        "laryngologii",
        "otolaryngolog",
        "otolaryngologia",
        "otolaryngologii",
        "otorynolaryngolog",
        "otorynolaryngologia",
        "otorynolaryngologii",
    ],
    &[
        "otolaryngologia dziecięca",
        "otolaryngologii dziecięcej",
        "otorynolaryngologia dziecięca",
        "otorynolaryngologii dziecięcej",
    ],
    &["lekarz rodzinny", "rodzinny", "medycyna rodzinna", "medycyny rodzinnej"],
    &["nefrolog", "nefrologia", "nefrologii"],
    &["neurochirurg", "neurochirurgia", "neurochirurgii"],
    &["neurochirurgia i neurotraumatologia", "neurochirurgii i neurotraumatologii"],
    &["neurolog", "neurologia", "neurologii"],
    &["neurolog dziecięcy", "neurologia dziecięca", "neurologii dziecięcej"],
    &["okulista", "okulistyka", "okulistyki"],
    &["onkolog", "onkolog kliniczny", "onkologia kliniczna", "onkologii klinicznej"],
    &["onkologia i hematologia dziecięca", "onkologii i hematologii dziecięcej"],
    &[
        "medycyna paliatywna",
        "medycyny paliatywnej",
        "opieka paliatywna",
        "opieki paliatywnej",
        "opieki paliatywnej i hospicyjnej",
    ],
    &[
        "ortopeda",
        "ortopeda-traumatolog",
        "ortopedia i traumatologia",
        "ortopedii i traumatologii",
        "ortopedia i traumatologia narządu ruchu",
        "ortopedii i traumatologii narządu ruchu",
    ],
    &["pediatra", "pediatria", "pediatrii"],
    &["perinatolog", "perinatologia", "perinatologii"],
    &["poz", "podstawowa opieka zdrowotna", "podstawowej opieki zdrowotnej"],
    &["radioterapia onkologiczna", "radioterapii onkologicznej"],
    &["rehabilitacja", "rehabilitacji", "rehabilitacja medyczna", "rehabilitacji medycznej"],
    &["rehabilitacja ogólna", "rehabilitacji ogólnej"],
    &["rehabilitacja w chorobach narządu ruchu", "rehabilitacji w chorobach narządu ruchu"],
    &["reumatolog", "reumatologia", "reumatologii"],
    &["urolog", "urologia", "urologii"],
    &["urolog dziecięcy", "urologia dziecięca", "urologii dziecięcej"],
];

/// Whether the specialty that a prescriber states is the one that a list asks for.
pub fn satisfies(stated: &str, wanted: &str) -> bool {
    let words = |text: &str| text.trim().to_lowercase();
    let (stated, wanted) = (words(stated), words(wanted));
    let holds = |row: &&&[&str]| row.contains(&wanted.as_str());
    let row = SPECIALTIES.iter().find(holds);
    stated == wanted || wanted == ANY || row.is_some_and(|row| row.contains(&stated.as_str()))
}

/// Whether both words name one and the same specialty.
pub fn is_same(one: &str, other: &str) -> bool {
    let names = |text: &str| text.trim().to_lowercase() != ANY;
    names(one) && names(other) && satisfies(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device_group::built_in;
    use std::collections::BTreeSet;

    #[test]
    fn a_specialty_is_known_by_holder_and_discipline() {
        for (stated, wanted) in [
            ("urologia", "urolog"),
            ("Urologia ", "urologii"),
            ("urolog", "urologii"),
            ("medycyna rodzinna", "rodzinny"),
            ("otorynolaryngologia", "laryngolog"),
            ("ortopedia i traumatologia narządu ruchu", "ortopeda"),
            ("kardiologia", "specjalista"),
        ] {
            assert!(satisfies(stated, wanted), "{stated} for {wanted}");
        }
    }

    #[test]
    fn a_neighbouring_specialty_is_another_one() {
        for (stated, wanted) in [
            ("urologia", "urolog dziecięcy"),
            ("chirurgia ogólna", "chirurg onkolog"),
            ("medycyna rodzinna", "podstawowa opieka zdrowotna"),
            ("neurochirurgia", "neurolog"),
            ("", "urolog"),
            ("astrologia", "urolog"),
        ] {
            assert!(!satisfies(stated, wanted), "{stated} for {wanted}");
        }
        assert!(satisfies("astrologia", "Astrologia"), "what the dictionary lacks is compared as written");
    }

    #[test]
    fn what_a_list_asks_of_anybody_is_no_specialty() {
        assert!(is_same("Medycyna rodzinna", "rodzinny") && is_same("rodzinny", "medycyna rodzinna"));
        assert!(!is_same("urologia", "urolog dziecięcy"));
        assert!(!is_same("specjalista", "urolog") && !is_same("urolog", "specjalista"));
    }

    #[test]
    fn no_word_names_two_specialties() {
        let words: Vec<&&str> = SPECIALTIES.iter().flat_map(|row| row.iter()).collect();
        let different: BTreeSet<&&str> = words.iter().copied().collect();
        assert_eq!(words.len(), different.len());
        assert!(words.iter().all(|word| word.to_lowercase() == ***word));
    }

    #[test]
    fn every_word_of_the_present_list_is_in_the_dictionary() {
        let present =
            built_in::groups().iter().map(|listed| &listed.group).filter(|it| it.valid_to.is_none());
        let lists = present.flat_map(|group| [&group.issuers.first, &group.issuers.continuation]);
        let wanted: BTreeSet<&String> =
            lists.flatten().flatten().flat_map(|issuer| &issuer.specialties).collect();
        let is_known = |word: &str| word == ANY || SPECIALTIES.iter().any(|row| row.contains(&word));
        let missing: Vec<&&String> = wanted.iter().filter(|word| !is_known(word)).collect();
        assert!(!wanted.is_empty() && missing.is_empty(), "{missing:?}");
    }
}
