//! The rule book as `soid rules` prints it: legal rules, who may do and see what, and every problem.

use domain::demand::rulebook;
use http::Catalogue;

/// Every page: file name and text, the same at every call.
pub fn pages() -> Vec<(&'static str, String)> {
    let mut pages = rulebook::markdown();
    pages.push(("access.md", access()));
    pages.push(("problems.md", problems()));
    pages
}

fn access() -> String {
    [
        "# Who may do and see what\n",
        "## Role and action\n",
        "Asked before any document is looked at; what a party may do with one document follows from what it is to it.\n",
        &app::authorize::table(),
        "## Role and kind of organisation\n",
        "Asked of every token: a role counts only in an organisation of such a kind.\n",
        &app::caller::table(),
        "## Party and group of fields\n",
        "● is shown, – is left out, in every answer, list, history, version and print.\n",
        &app::visibility::table(),
        "## Party and group of fields of a temporary authorisation\n",
        "The same of a wholesaler's notification.\n",
        &app::temporary_authorisation::visibility::table(),
        "## Party and group of fields of an order for a medical device\n",
        "Whoever supplies is shown what they must dispense, and no reason for it.\n",
        &app::device_order::visibility::table(),
        "## Party and group of fields of an order for the repair of a medical device\n",
        "Whoever repairs is shown what they must repair, and neither a reason for it nor other orders.\n",
        &app::device_repair_order::visibility::table(),
    ]
    .join("\n")
}

fn problems() -> String {
    let head = "# Every problem\n\nThe same as `GET /api/v1/problems`. «Again» says that the very same request may succeed later.\n\n\
                | Code | Cause (pl / en) | Fix (pl / en) | Again |\n|---|---|---|---|\n";
    let line = |problem: &domain::problem::ProblemType| {
        let again = if problem.retryable { "●" } else { "–" };
        let both = |says: domain::problem::Sentence| format!("{} / {}", says.pl, says.en).replace('|', "\\|");
        format!("| `{}` | {} | {} | {again} |\n", problem.code, both(problem.says), both(problem.fix))
    };
    Catalogue::whole().iter().map(line).fold(head.to_owned(), |page, line| page + &line)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_golden_rule_book_is_what_the_code_says() {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules");
        #[expect(
            clippy::disallowed_methods,
            reason = "whoever runs the tests decides whether they renew the files"
        )]
        let bless = std::env::var_os("BLESS").is_some();
        for (name, text) in pages() {
            let place = directory.join(name);
            if bless {
                fs::create_dir_all(&directory).unwrap();
                fs::write(&place, &text).unwrap();
            }
            let written = fs::read_to_string(&place).unwrap_or_default();
            assert!(written == text, "{} differs; renew it with make bless", place.display());
        }
        let names: BTreeSet<String> = pages().into_iter().map(|(name, _)| name.to_owned()).collect();
        let found = fs::read_dir(&directory).unwrap();
        let found: BTreeSet<String> =
            found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(found, names, "docs/rules holds the rule book and nothing else");
    }

    #[test]
    fn every_row_of_a_table_has_the_columns_of_its_heading() {
        for (name, text) in pages() {
            let mut columns = None;
            for line in text.lines() {
                let cells = line.starts_with('|').then(|| line.replace("\\|", "").matches('|').count());
                assert!(columns.is_none() || cells.is_none() || cells == columns, "{name}: {line}");
                columns = cells;
            }
        }
    }
}
