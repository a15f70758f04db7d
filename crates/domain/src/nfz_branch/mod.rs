//! Regional branches of the payer, as they are on a day; `data/nfz-branches/README.md` says where the list is from.

use crate::device_group::table;
use crate::values::BranchCode;
use chrono::NaiveDate;
use std::sync::LazyLock;

/// A branch with its name and seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    pub code: BranchCode,
    pub name: String,
    /// The town of its seat.
    pub seat: String,
    /// Not known since when where none is given.
    pub valid_from: Option<NaiveDate>,
    /// The last day; none while no later row takes its place.
    pub valid_to: Option<NaiveDate>,
    pub source: String,
}

const TEXT: &str = include_str!("../../../../data/nfz-branches/branches.csv");

/// A test proves that every row can be read.
static BRANCHES: LazyLock<Vec<Branch>> = LazyLock::new(|| read(TEXT));

/// The branches of a day in the order of their codes.
pub fn on(day: NaiveDate) -> impl Iterator<Item = &'static Branch> {
    BRANCHES.iter().filter(move |branch| branch.is_valid_on(day))
}

impl Branch {
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|first| first <= day) && self.valid_to.is_none_or(|last| day <= last)
    }
}

fn read(text: &str) -> Vec<Branch> {
    table::rows(text).iter().skip(1).filter_map(|row| branch(&row.cells)).collect()
}

fn branch(cells: &[String]) -> Option<Branch> {
    let [code, name, seat, valid_from, valid_to, source] = cells else { return None };
    let day = |text: &String| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    Some(Branch {
        code: BranchCode::parse(code).ok()?,
        name: name.clone(),
        seat: seat.clone(),
        valid_from: day(valid_from)?,
        valid_to: day(valid_to)?,
        source: source.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sixteen_branches_are_there_once_in_order() {
        let codes: Vec<&str> = on(NaiveDate::default()).map(|branch| branch.code.as_str()).collect();
        let expected: Vec<String> = (1..=16).map(|number| format!("{number:02}")).collect();
        assert_eq!(codes, expected);
        assert_eq!(table::rows(TEXT).len(), 17, "every row is read");
        let names: std::collections::BTreeSet<_> = BRANCHES.iter().map(|branch| &branch.name).collect();
        assert_eq!(names.len(), 16);
    }

    #[test]
    fn a_row_counts_in_its_days_only() {
        let text = "code,name,seat,validFrom,validTo,source\n01,A,B,,2026-12-31,c\n01,D,B,2027-01-01,,c\n01,E,B,soon,,c\n";
        let rows = read(text);
        let of = |day: &str| {
            let day: NaiveDate = day.parse().unwrap_or_default();
            rows.iter().filter(|row| row.is_valid_on(day)).map(|row| row.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!((of("2026-12-31"), of("2027-01-01")), (vec!["A"], vec!["D"]));
    }
}
