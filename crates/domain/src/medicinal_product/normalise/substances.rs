//! The substances of a product as a set, each without its salt and in one spelling.

use super::tables::{Beside, SALTS, synonyms};
use super::{fold, words};
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Spellings that Latin, Polish and English write differently, in the order in which they are joined.
const SPELLINGS: [(&str, &str); 15] = [
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("ks", "x"),
    ("qu", "c"),
    ("kw", "c"),
    ("ch", "c"),
    ("ae", "e"),
    ("oe", "e"),
    ("k", "c"),
    ("z", "s"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("q", "c"),
];

/// Latin, Polish and English endings; the longer ones first.
const ENDINGS: [&str; 8] = ["um", "us", "a", "e", "i", "o", "u", "y"];
/// Of an acid or its salt: «valproicum», «walproinowy», «valproas», «klawulanian», «clavulanate».
const ACID_ENDINGS: [&str; 6] = ["ic", "ov", "ian", "as", "at", "an"];
/// What is left of a word at least.
const SHORTEST: usize = 3;
/// Names under which the register says only that there are several substances.
const NAMELESS: [&str; 4] =
    ["produkt zlozony", "preparat zlozony", "lek zlozony", "produkt homeopatyczny zlozony"];

/// Synonyms by stem.
static SYNONYMS: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| synonyms().map(|(name, synonym)| (stem_plainly(synonym), stem_plainly(name))).collect());

/// One active substance: its moiety, and apart from it what it is bound to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Substance {
    base: String,
    salts: BTreeSet<String>,
}

impl Substance {
    /// `None` for a name without letters.
    pub fn of(name: &str) -> Option<Self> {
        let folded = fold(name);
        if NAMELESS.contains(&folded.trim()) {
            return None;
        }
        let words: Vec<String> = words(&without_parentheses(&folded));
        let is_of_acid = words
            .iter()
            .filter_map(|word| SALTS.find(word))
            .any(|(beside, _)| matches!(beside, Beside::Acid | Beside::Cation));
        let mut base = BTreeSet::new();
        let mut salts = BTreeSet::new();
        for word in words {
            match SALTS.find(&word) {
                Some((Beside::Anion | Beside::Cation, canonical)) => drop(salts.insert(canonical.to_owned())),
                Some((Beside::Acid | Beside::Hydrate, _)) => {}
                None => drop(base.insert(stem(&word, is_of_acid))),
            }
        }
        base.remove("");
        // «Sodu fluorek» is its salt.
        if base.is_empty() {
            std::mem::swap(&mut base, &mut salts);
        }
        let joined = base.into_iter().collect::<Vec<_>>().join(" ");
        (!joined.is_empty()).then_some(Self { base: joined, salts })
    }

    /// The moiety in the spelling by which it is found.
    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn salts(&self) -> impl Iterator<Item = &str> {
        self.salts.iter().map(String::as_str)
    }
}

/// The set of a product's substances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Substances(BTreeSet<Substance>);

impl Substances {
    /// A name that may join several: «Amoxicillinum + Acidum clavulanicum».
    pub fn of(name: &str) -> Self {
        let joined = [" et ", " i ", " oraz ", " and ", " cum "]
            .into_iter()
            .fold(without_parentheses(&fold(name)), |text, word| text.replace(word, " + "));
        Self(joined.split(['+', '/', ';', ',']).filter_map(Substance::of).collect())
    }

    /// One name for each substance.
    pub fn of_list<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self(names.filter_map(Substance::of).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Substance> {
        self.0.iter()
    }

    /// Equal for sets of the same moieties, whatever their order and salts; empty for an empty set.
    pub fn key(&self) -> String {
        let bases: BTreeSet<&str> = self.0.iter().map(Substance::base).collect();
        bases.into_iter().collect::<Vec<_>>().join("+")
    }

    /// Whether both name salts and name others.
    pub fn salts_differ(&self, other: &Self) -> bool {
        let salts = |set: &Self| -> BTreeSet<(String, String)> {
            set.0.iter().flat_map(|one| one.salts().map(|salt| (one.base.clone(), salt.to_owned()))).collect()
        };
        let (mine, theirs) = (salts(self), salts(other));
        !mine.is_empty() && !theirs.is_empty() && mine != theirs
    }
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    // Nothing but parentheses, or one that never closes: then they are part of the name.
    if kept.trim().is_empty() { text.replace(['(', ')', '[', ']'], " ") } else { kept }
}

fn stem(word: &str, is_of_acid: bool) -> String {
    let plain = stem_plainly(word);
    let found = SYNONYMS.get(&plain).cloned().unwrap_or(plain);
    if is_of_acid { shorten(&found, &ACID_ENDINGS).unwrap_or(&found).to_owned() } else { found }
}

/// The word in the one spelling, without its ending.
fn stem_plainly(word: &str) -> String {
    let spelled = SPELLINGS.iter().fold(fold(word), |word, (from, to)| word.replace(from, to));
    let mut single = String::with_capacity(spelled.len());
    for c in spelled.chars().filter(|c| c.is_alphanumeric()) {
        if !single.ends_with(c) || c.is_numeric() {
            single.push(c);
        }
    }
    let mut stem = shorten(&single, &ENDINGS).unwrap_or(&single);
    // «lithii», «lithium» and «litu» are one.
    while let Some(shorter) = shorten(stem, &["i"]) {
        stem = shorter;
    }
    stem.to_owned()
}

fn shorten<'w>(word: &'w str, endings: &[&str]) -> Option<&'w str> {
    let mut shorter = endings.iter().filter_map(|ending| word.strip_suffix(ending));
    shorter.next().filter(|rest| rest.chars().count() >= SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(name: &str) -> String {
        Substances::of(name).key()
    }

    #[test]
    fn latin_polish_and_english_names_are_one() {
        for names in [
            ["Allopurinolum", "allopurynol", "Allopurinol"],
            ["Tioproninum", "tiopronina", "tiopronin"],
            ["Amoxicillinum", "amoksycylina", "amoxicillin"],
            ["Methotrexatum", "metotreksat", "methotrexate"],
            ["Cyclophosphamidum", "cyklofosfamid", "cyclophosphamide"],
            ["Azathioprinum", "azatiopryna", "azathioprine"],
            ["Physostigminum", "fizostygmina", "physostigmine"],
            ["Praziquantelum", "prazykwantel", "praziquantel"],
            ["Chloroquinum", "chlorochina", "chloroquine"],
            ["Ethosuximidum", "etosuksymid", "ethosuximide"],
            ["Dexamethasonum", "deksametazon", "dexamethasone"],
            ["Valsartanum", "walsartan", "valsartan"],
            ["Lithii carbonas", "węglan litu", "lithium carbonate"],
            ["Epinephrinum", "adrenalina", "Adrenaline"],
            ["Acidum zoledronicum", "kwas zoledronowy", "zoledronic acid"],
            ["Acidum valproicum", "kwas walproinowy", "sodium valproate"],
            ["Acidum acetylsalicylicum", "kwas acetylosalicylowy", "acetylsalicylic acid"],
            ["Natrii valproas", "walproinian sodu", "valproic acid"],
            ["Kalii clavulanas", "klawulanian potasu", "clavulanic acid"],
            ["Levothyroxinum natricum", "lewotyroksyna sodowa", "levothyroxine"],
            ["Metoprololi succinas", "bursztynian metoprololu", "metoprolol"],
            ["Isoprenalini hydrochloridum", "chlorowodorek izoprenaliny", "isoprenaline"],
            ["Natrii fluoridum", "Sodu fluorek", "sodium fluoride"],
            ["Meglumini antimonias", "antymonian megluminy", "meglumine antimoniate"],
            ["Asparaginasum", "asparaginaza", "asparaginase"],
        ] {
            let found: BTreeSet<String> = names.iter().map(|name| key(name)).collect();
            assert_eq!(found.len(), 1, "{names:?} {found:?}");
            assert!(!found.contains(""), "{names:?}");
        }
    }

    #[test]
    fn substances_that_sound_alike_are_different() {
        for (one, other) in [
            ("Prednisonum", "Prednisolonum"),
            ("Estradiolum", "Estriolum"),
            ("Chlorpropamidum", "Chlorpromazinum"),
            ("Asparaginasum", "Asparaginum"),
            ("Natrii chloridum", "Kalii chloridum"),
            ("Ketaminum", "Esketaminum"),
            ("Procarbazinum", "Dacarbazinum"),
            ("Insulinum glarginum", "Insulinum lisprum"),
        ] {
            assert_ne!(key(one), key(other));
        }
    }

    #[test]
    fn a_combination_is_a_set() {
        let both = key("Amoxicillinum + Acidum clavulanicum");
        assert_eq!(both, key("kwas klawulanowy i amoksycylina"));
        assert_eq!(both, key("amoxicillin / clavulanic acid"));
        let listed = Substances::of_list(["Amoxicillinum trihydricum", "Kalii clavulanas"].into_iter());
        assert_eq!(listed.key(), both);
        assert_ne!(both, key("Amoxicillinum"));
    }

    #[test]
    fn salts_are_set_apart_and_told() {
        let (tartrate, succinate) =
            (Substances::of("Metoprololi tartras"), Substances::of("Metoprololi succinas"));
        assert_eq!(tartrate.key(), succinate.key());
        assert!(tartrate.salts_differ(&succinate));
        assert!(!tartrate.salts_differ(&Substances::of("metoprolol")));
    }

    #[test]
    fn what_names_no_substance_is_none() {
        for name in ["", "  ", "+", "Produkt złożony", "preparat złożony", "()"] {
            assert!(Substances::of(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_remark_in_parentheses_is_no_part_of_the_name() {
        assert_eq!(key("Insulinum humanum (rDNA)"), key("insulinum humanum"));
    }

    proptest! {
        #[test]
        fn order_and_case_make_no_difference(mut names in proptest::collection::vec("[A-Za-ząęółśżź]{3,14}", 1..4)) {
            let written = key(&names.join(" + "));
            names.reverse();
            prop_assert_eq!(written, key(&names.join(" + ").to_uppercase()));
        }

        #[test]
        fn a_key_is_made_of_any_text(text in "\\PC{0,60}") {
            let substances = Substances::of(&text);
            prop_assert_eq!(substances.is_empty(), substances.key().is_empty());
        }

        #[test]
        fn endings_of_the_three_languages_are_one(stem in "[bdfglmnprst][aeo][bdfglmnprst]{1}[aeo][bdfgmnprst]") {
            prop_assert_eq!(key(&format!("{stem}inum")), key(&format!("{stem}yna")));
            prop_assert_eq!(key(&format!("{stem}inum")), key(&format!("{stem}ine")));
            prop_assert_eq!(key(&format!("{stem}oxinum")), key(&format!("{stem}oksyna")));
        }
    }
}
