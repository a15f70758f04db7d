//! Collects every illegal value of a request with its place, so that a client sees all of them at once.

use crate::body::escape;
use app::failure::{Failure, Refused};
use domain::problem::{ProblemType, Violation};

/// What a domain door answers.
pub type Parsed<T> = Result<T, &'static ProblemType>;

/// The faults found so far. Pointers are RFC 6901 and relative to the member that is being read.
///
/// A reading function returns `Option`, takes *every* member first and joins them with `?` last:
/// ```text
/// fn product(faults: &mut Faults, it: &ProductRequest) -> Option<Product> {
///     let name = faults.take("/tradeName", TradeName::parse(&it.trade_name));
///     let atc = faults.optional("/atc", it.atc.as_deref(), Atc::parse);
///     Some(Product { name: name?, atc: atc? })
/// }
/// ```
#[derive(Debug, Default)]
pub struct Faults {
    base: String,
    violations: Vec<Violation>,
}

impl Faults {
    pub fn new() -> Self {
        Self::default()
    }

    /// The value, or `None` after noting the fault at `pointer` (`/product/tradeName`).
    pub fn take<T>(&mut self, pointer: &str, parsed: Parsed<T>) -> Option<T> {
        parsed.map_err(|problem| self.add(pointer, problem)).ok()
    }

    /// `Some(None)` where the member is absent, `None` where it is faulty.
    pub fn optional<T>(
        &mut self,
        pointer: &str,
        value: Option<&str>,
        parse: impl FnOnce(&str) -> Parsed<T>,
    ) -> Option<Option<T>> {
        match value {
            None => Some(None),
            Some(text) => self.take(pointer, parse(text)).map(Some),
        }
    }

    /// A member that the operation cannot do without, though the schema leaves it optional.
    pub fn required<T>(
        &mut self,
        pointer: &str,
        value: Option<&str>,
        missing: &'static ProblemType,
        parse: impl FnOnce(&str) -> Parsed<T>,
    ) -> Option<T> {
        match value {
            None => {
                self.add(pointer, missing);
                None
            }
            Some(text) => self.take(pointer, parse(text)),
        }
    }

    pub fn add(&mut self, pointer: &str, problem: &'static ProblemType) {
        self.violations.push(Violation::new(problem, format!("{}{pointer}", self.base)));
    }

    /// Violations found elsewhere, their pointers relative to `pointer`.
    pub fn extend(&mut self, pointer: &str, violations: impl IntoIterator<Item = Violation>) {
        for violation in violations {
            self.add(&format!("{pointer}{}", violation.pointer), violation.problem);
        }
    }

    /// Reads a nested object under its name.
    pub fn within<R>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.base.len();
        self.base.push('/');
        self.base.push_str(&escape(name));
        let result = read(self);
        self.base.truncate(outer);
        result
    }

    /// A nested object that may be absent.
    pub fn within_optional<I, T>(
        &mut self,
        name: &str,
        value: Option<&I>,
        read: impl FnOnce(&mut Self, &I) -> Option<T>,
    ) -> Option<Option<T>> {
        match value {
            None => Some(None),
            Some(value) => self.within(name, |faults| read(faults, value)).map(Some),
        }
    }

    /// Reads every element of an array, each under its index; `None` when any is faulty.
    pub fn each<I, T>(
        &mut self,
        name: &str,
        items: &[I],
        mut read: impl FnMut(&mut Self, &I) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.within(name, |faults| {
            let read_all: Vec<Option<T>> = items
                .iter()
                .enumerate()
                .map(|(index, item)| faults.within(&index.to_string(), |faults| read(faults, item)))
                .collect();
            read_all.into_iter().collect()
        })
    }

    pub fn is_empty(&self) -> bool {
        self.violations.is_empty()
    }

    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    pub fn finish(self) -> Result<(), Failure> {
        self.finish_with(Some(()))
    }

    /// The whole request, or every fault of it.
    pub fn finish_with<T>(self, value: Option<T>) -> Result<T, Failure> {
        match value {
            Some(value) if self.violations.is_empty() => Ok(value),
            None if self.violations.is_empty() => {
                Err(Failure::Bug("a member was dropped without a fault".into()))
            }
            _ => Err(Failure::Refused(Refused::all(self.violations))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::{MISSING_MEMBER, SHAPE};

    fn even(text: &str) -> Parsed<u32> {
        text.parse().ok().filter(|number| number % 2 == 0).ok_or(SHAPE)
    }

    #[test]
    fn every_fault_is_collected_with_its_pointer() {
        let mut faults = Faults::new();
        let first = faults.take("/count", even("3"));
        let absent = faults.optional("/weight", None, even);
        let pair = faults.within("patient", |faults| {
            let id = faults.required("/id", None, MISSING_MEMBER, even);
            let lines =
                faults.each("a/b", &["2", "x", "5"], |faults, text| faults.take("/packs", even(text)));
            Some((id?, lines?))
        });
        assert_eq!((first, absent, pair), (None, Some(None), None));
        let places: Vec<String> = faults.into_violations().into_iter().map(|it| it.pointer).collect();
        assert_eq!(places, ["/count", "/patient/id", "/patient/a~1b/1/packs", "/patient/a~1b/2/packs"]);
    }

    #[test]
    fn a_request_without_faults_is_given_whole() {
        let mut faults = Faults::new();
        let lines = faults.each("lines", &["2", "4"], |faults, text| faults.take("", even(text)));
        assert!(matches!(faults.finish_with(lines), Ok(numbers) if numbers == [2, 4]));
    }
}
