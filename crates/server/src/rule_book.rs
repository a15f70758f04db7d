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
        "## Party and group of fields\n",
        "● is shown, – is left out, in every answer, list, history, version and print.\n",
        &app::visibility::table(),
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
