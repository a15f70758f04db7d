//! Reads the code lists that are built in.

/// The rows of a list: a line of source after `#`, a line of headings, then three columns each.
pub(super) fn rows(csv: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let lines = csv.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut columns = line.split(',');
        Some([columns.next()?, columns.next()?, columns.next()?])
    })
}
