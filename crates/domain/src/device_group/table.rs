//! Reads comma-separated values (RFC 4180) with the line of every row, so that a fault can be told where it stands.

/// A row of a table: the line on which it begins, and its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) cells: Vec<String>,
}

/// The rows of a text, headings included. Lines that begin with `#` say where the table comes from; empty ones are
/// passed over.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut whole = line.to_owned();
        while is_open(&whole) {
            let Some((_, next)) = lines.next() else { break };
            whole.push('\n');
            whole.push_str(next);
        }
        found.push(Row { line: at + 1, cells: cells(&whole) });
    }
    found
}

/// A quoted cell goes on in the next line.
fn is_open(text: &str) -> bool {
    text.matches('"').count() % 2 == 1
}

fn cells(text: &str) -> Vec<String> {
    let (mut found, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => {
                cell.push('"');
                signs.next();
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => found.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    found.push(cell);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_commas_quotes_and_ends_of_lines() {
        let text = "# source\na,b,c\n\n1,\"x, \"\"y\"\"\",\n\"two\nlines\",,z\n";
        let row = |line, cells: [&str; 3]| Row { line, cells: cells.map(str::to_owned).to_vec() };
        assert_eq!(
            rows(text),
            [row(2, ["a", "b", "c"]), row(4, ["1", "x, \"y\"", ""]), row(5, ["two\nlines", "", "z"])]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_takes_the_rest() {
        assert_eq!(rows("a,\"b\nc"), [Row { line: 1, cells: vec!["a".to_owned(), "b\nc".to_owned()] }]);
    }
}
