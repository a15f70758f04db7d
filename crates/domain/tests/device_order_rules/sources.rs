//! The sources of the workspace, and what stands where in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// By name the files, with their paths from the root, that define something of it or have a test of it.
#[derive(Default)]
pub(crate) struct Sources {
    units: BTreeMap<String, Vec<PathBuf>>,
    tests: BTreeMap<String, Vec<PathBuf>>,
}

/// Something that exists in one file.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    name: String,
    path: PathBuf,
}

impl Found {
    /// As a page in `docs` links it.
    pub(crate) fn link(&self) -> String {
        format!("[`{}`](../{})", self.name, self.path.display())
    }
}

impl Sources {
    pub(crate) fn of(root: &Path) -> Self {
        let mut sources = Self::default();
        let mut folders: Vec<PathBuf> = vec![root.join("tests")];
        let crates = fs::read_dir(root.join("crates")).expect("the crates");
        for entry in crates {
            let path = entry.expect("a crate").path();
            folders.extend(["src", "tests"].map(|part| path.join(part)).into_iter().filter(|it| it.exists()));
        }
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder of sources") {
                let path = entry.expect("an entry").path();
                if path.is_dir() && !path.ends_with("node_modules") {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "rs") {
                    let text = fs::read_to_string(&path).expect("a source");
                    sources.read(path.strip_prefix(root).expect("a path below the root"), &text);
                }
            }
        }
        sources
    }

    fn read(&mut self, path: &Path, text: &str) {
        let is_product = has(path, "src") && !has(path, "tests") && !has(path, "testkit");
        let mut is_marked = false;
        for line in text.lines().map(str::trim) {
            let Some((kind, name)) = definition(line) else {
                is_marked = is_test_mark(line) || (is_marked && line.starts_with("#["));
                continue;
            };
            // A sentence of `on_both!` is two tests.
            let is_sentence = ["(app: TestApp)", "(home: Home)"].iter().any(|given| line.contains(given));
            if kind == "fn" && (is_marked || is_sentence) {
                add(&mut self.tests, name, path);
            } else if is_product {
                add(&mut self.units, name, path);
            }
            is_marked = false;
        }
    }

    /// `module::name`: a function, constant or type of the product that the module, or one inside it, defines.
    pub(crate) fn unit(&self, unit: &str) -> Result<Found, String> {
        let (module, name) = unit.rsplit_once("::").ok_or(format!("{unit} names no module"))?;
        one(unit, module, self.units.get(name))
    }

    /// The name of a test, with the modules around it where two have it.
    pub(crate) fn test(&self, test: &str) -> Result<Found, String> {
        let (module, name) = test.rsplit_once("::").unwrap_or(("", test));
        one(test, module, self.tests.get(name))
    }
}

fn add(names: &mut BTreeMap<String, Vec<PathBuf>>, name: &str, path: &Path) {
    let paths = names.entry(name.to_owned()).or_default();
    if !paths.iter().any(|known| known == path) {
        paths.push(path.to_owned());
    }
}

fn one(asked: &str, module: &str, paths: Option<&Vec<PathBuf>>) -> Result<Found, String> {
    let inside = |path: &&PathBuf| module.is_empty() || is_inside(path, module);
    let found: Vec<&PathBuf> = paths.into_iter().flatten().filter(inside).collect();
    match found.as_slice() {
        [path] => Ok(Found { name: asked.to_owned(), path: (*path).clone() }),
        [] => Err(format!("{asked} is nowhere")),
        several => Err(format!("{asked} is in {several:?}")),
    }
}

fn has(path: &Path, folder: &str) -> bool {
    path.iter().any(|part| part == folder)
}

/// Whether the file is the module of that path, or lies in its folder: `take_up::rules` is in `take_up/rules.rs`.
fn is_inside(path: &Path, module: &str) -> bool {
    let path = path.with_extension("");
    let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    let modules: Vec<&str> = module.split("::").collect();
    parts.windows(modules.len()).any(|window| window == modules.as_slice())
}

/// `#[test]`, or that of an asynchronous runtime.
fn is_test_mark(line: &str) -> bool {
    line.starts_with("#[test]")
        || line.split_once("::test").is_some_and(|(runtime, _)| runtime.starts_with("#["))
}

/// What the line defines, and its name.
fn definition(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split(' ').skip_while(|word| {
        word.starts_with("pub") || ["in", "async", "unsafe"].contains(word) || word.ends_with(')')
    });
    let kind = match (words.next()?, words.clone().next()?) {
        ("const", "fn") => words.next()?,
        (kind, _) => kind,
    };
    let name = words.next()?;
    let end = name.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(name.len());
    ["fn", "const", "static", "struct", "enum", "trait"]
        .contains(&kind)
        .then(|| (kind, name.get(..end).unwrap_or(name)))
}
