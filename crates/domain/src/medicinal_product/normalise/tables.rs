//! The built-in word lists of `data/medicinal-products`: after `#` their source, then headings, then rows.

use super::fold;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word of a substance's name is besides a part of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    Acid,
    Anion,
    Cation,
    Hydrate,
}

pub(super) struct SaltTable(HashMap<String, (Beside, &'static str)>);

impl SaltTable {
    pub(super) fn find(&self, word: &str) -> Option<(Beside, &'static str)> {
        self.0.get(word).copied()
    }
}

pub(super) struct FormTable {
    words: HashMap<&'static str, &'static str>,
    phrases: HashMap<String, &'static str>,
    coats: HashSet<&'static str>,
    noise: HashSet<&'static str>,
}

impl FormTable {
    pub(super) fn word(&self, word: &str) -> Option<&'static str> {
        self.words.get(word).copied()
    }

    pub(super) fn phrase(&self, words: &[String]) -> Option<&'static str> {
        self.phrases.get(&words.join(" ")).copied()
    }

    pub(super) fn is_set_apart(&self, word: &str) -> bool {
        self.coats.contains(word) || self.noise.contains(word)
    }
}

/// Words as they stand in names, folded.
pub(super) static SALTS: LazyLock<SaltTable> = LazyLock::new(|| {
    let rows = rows(include_str!("../../../../../data/medicinal-products/salts.csv"));
    let entries = rows.flat_map(|[kind, canonical, words]| {
        let kind = match kind {
            "acid" => Beside::Acid,
            "anion" => Beside::Anion,
            "cation" => Beside::Cation,
            _ => Beside::Hydrate,
        };
        words.split(' ').map(move |word| (fold(word), (kind, canonical)))
    });
    SaltTable(entries.collect())
});

/// Pairs of a name and a synonym of it, as they are written.
pub(super) fn synonyms() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = rows(include_str!("../../../../../data/medicinal-products/substances.csv"));
    rows.flat_map(|[_, canonical, words]| words.split(' ').map(move |word| (canonical, word)))
}

pub(super) static FORMS: LazyLock<FormTable> = LazyLock::new(|| {
    let mut table = FormTable {
        words: HashMap::new(),
        phrases: HashMap::new(),
        coats: HashSet::new(),
        noise: HashSet::new(),
    };
    for [kind, canonical, text] in rows(include_str!("../../../../../data/medicinal-products/forms.csv")) {
        match kind {
            "word" => table.words.extend(text.split(' ').chain([canonical]).map(|word| (word, canonical))),
            "phrase" => drop(table.phrases.insert(super::words(text).join(" "), canonical)),
            "coat" => table.coats.extend(text.split(' ')),
            _ => table.noise.extend(text.split(' ')),
        }
    }
    table
});

fn rows(csv: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let lines = csv.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut columns = line.splitn(3, ',');
        Some([columns.next()?, columns.next()?, columns.next()?])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_words_and_every_list_names_its_source() {
        for csv in [
            include_str!("../../../../../data/medicinal-products/salts.csv"),
            include_str!("../../../../../data/medicinal-products/substances.csv"),
            include_str!("../../../../../data/medicinal-products/forms.csv"),
        ] {
            assert!(csv.starts_with("# "));
            assert!(rows(csv).count() > 20);
            assert!(rows(csv).all(|[kind, _, words]| !kind.is_empty() && !words.is_empty()));
        }
    }
}
