//! Every numbered rule of a demand, in the order of the procedure, as `soid rules` prints it.

use super::clocks::ClockKind;
use super::content::Use;
use super::content::rules::{self, DISASTER_RULES, MATRIX, RULES, Requirement};
use super::model::DemandKind;
use super::{
    clarification, examination, issue, paper, parties, pending, resolution, revocation, supply, takeover,
    treated, withdrawal,
};
use crate::calendar::CalendarPolicy;
use crate::clarification as asked;
use crate::problem::Sentence;
use crate::rule::{Rule, RuleEntry};
use crate::{
    consultant, correspondence, device_group, device_order, device_provider, device_repair_order,
    medicinal_product, outage, provider_product, temporary_authorisation,
};

fn of<C>(operation: &'static str, rules: &'static [Rule<C>]) -> impl Iterator<Item = RuleEntry> {
    rules.iter().map(move |rule| rule.entry(operation))
}

/// Rules shared by all demands.
pub fn entries() -> Vec<RuleEntry> {
    of("submission", issue::RULES)
        .chain(of("representative-approval", examination::APPROVAL_RULES))
        .chain(of("representative-refusal", examination::APPROVAL_REFUSAL_RULES))
        .chain(of("opinion", examination::OPINION_RULES))
        .chain(of("assignment", resolution::ASSIGNMENT_RULES))
        .chain(of("clarifications", clarification::QUESTION_RULES))
        .chain(of("answer", clarification::ANSWER_RULES))
        .chain(of("closure", clarification::CLOSURE_RULES))
        .chain(of("resolution-draft", resolution::DRAFT_RULES))
        .chain(of("resolution", resolution::RESOLUTION_RULES))
        .chain(of("revocation", revocation::RULES))
        .chain(of("withdrawal", withdrawal::RULES))
        .chain(of("takeover", takeover::RULES))
        .chain(of("handover, paper-receipts", supply::HANDOVER_RULES))
        .chain(of("handover-return", supply::HANDOVER_RETURN_RULES))
        .chain(of("realisations", supply::REALISATION_RULES))
        .chain(of("reversal", supply::REVERSAL_RULES))
        .chain(of("treated-patients", treated::REPORT_RULES))
        .chain(of("treated-patients/reversal", treated::TAKING_BACK_RULES))
        .chain(of("treated-patients/reopening", treated::REOPENING_RULES))
        .collect()
}

/// Rules of a kind's content, and what a medicine demand is warned of.
pub fn content_entries(kind: DemandKind) -> Vec<RuleEntry> {
    let warnings = match kind {
        DemandKind::Medicine => medicinal_product::rules::entries(),
        DemandKind::Food => Vec::new(),
    };
    [rules::entries(kind), warnings].concat()
}

/// The pages of the rule book: file name and text, the same at every call.
pub fn markdown() -> Vec<(&'static str, String)> {
    vec![
        ("demand.md", demand_page()),
        ("medicine_demand.md", content_page(DemandKind::Medicine)),
        ("food_demand.md", content_page(DemandKind::Food)),
        ("outage.md", outage_page()),
        ("consultant.md", consultant_page()),
        ("trusted_signature.md", trusted_signature_page()),
        ("correspondence.md", correspondence_page()),
        ("paper_entry.md", paper_entry_page()),
        ("temporary_authorisation.md", temporary_authorisation_page()),
        ("device_group.md", device_group_page()),
        ("device_order.md", device_order_page()),
        ("device_provider.md", device_provider_page()),
        ("device_repair_order.md", device_repair_order_page()),
    ]
}

const RULE_HEADINGS: [&str; 5] = ["Number", "Legal unit", "Rule (pl / en)", "Code", "Operation"];

fn demand_page() -> String {
    let terms = ClockKind::ALL.into_iter().map(|kind| {
        let longest = kind.term().days;
        let days = match kind.shortest_days() {
            Some(shortest) => format!("{shortest}–{longest} days, as set"),
            None => format!("{longest} days"),
        };
        let holders: Vec<String> = kind.holders().iter().map(|holder| code(holder)).collect();
        let [of_medicine, of_food] = DemandKind::ALL.map(|of| kind.legal(of).to_owned());
        let [medicine, food] = DemandKind::ALL.map(|of| last_day(kind.policy_of(of)).to_owned());
        vec![code(kind.name()), of_medicine, of_food, days, medicine, food, holders.join(", ")]
    });
    [
        "# Rules of every demand\n",
        "The rules of a command are checked together, and all that are broken are named at once.\n",
        &table(&RULE_HEADINGS, entries().iter().map(rule_row)),
        "## Terms\n",
        "Full days, of which the last ends at midnight in Warsaw; the day of the event is not counted. Outages hold them (OU-06).\n",
        &table(
            &[
                "Term",
                "Legal unit (medicine)",
                "Legal unit (food)",
                "Length",
                "Last day (medicine)",
                "Last day (food)",
                "Whose move stops it",
            ],
            terms,
        ),
    ]
    .join("\n")
}

/// Which day may be the last.
fn last_day(policy: CalendarPolicy) -> &'static str {
    match policy {
        CalendarPolicy::CalendarDays => "any day",
        CalendarPolicy::Kpa => "the next one that is no Saturday and no day off (KPA art. 57 §4)",
    }
}

fn outage_page() -> String {
    [
        "# Rules of outages\n",
        "An officer records a time in which the system could not be used; terms that would have ended in it wait.\n",
        &table(&RULE_HEADINGS, outage::rules::entries().iter().map(rule_row)),
    ]
    .join("\n")
}

fn consultant_page() -> String {
    [
        "# Rules of consultants' absences\n",
        "A consultant or an officer enters days on which the consultant does not answer, and who does meanwhile.\n",
        &table(&RULE_HEADINGS, consultant::absence::entries().iter().map(rule_row)),
    ]
    .join("\n")
}

fn device_group_page() -> String {
    [
        "# Rules of the catalogue of device groups\n",
        "A catalogue that breaks one of them is not imported at all. What it leaves unknown an officer may enter, with a source.\n",
        &table(&RULE_HEADINGS, device_group::rules::entries().iter().map(rule_row)),
    ]
    .join("\n")
}

fn device_provider_page() -> String {
    [
        "# Rules of contracts and product lists of device providers\n",
        "Contracts come from the payer's file; one that breaks a rule is refused whole. Providers keep the product lists.\n",
        "## Contracts\n",
        &table(&RULE_HEADINGS, device_provider::rules::entries().iter().map(rule_row)),
        "## Product lists\n",
        &table(&RULE_HEADINGS, provider_product::rules::entries().iter().map(rule_row)),
    ]
    .join("\n")
}

/// Of demands, then of notifications.
fn trusted_signature_entries() -> Vec<RuleEntry> {
    [pending::entries(), temporary_authorisation::pending::entries()].concat()
}

fn trusted_signature_page() -> String {
    [
        "# Rules of trusted signatures\n",
        "A step that is signed with a trusted signature waits until a validation service outside has confirmed it.\n",
        &table(&RULE_HEADINGS, trusted_signature_entries().iter().map(rule_row)),
    ]
    .join("\n")
}

fn correspondence_page() -> String {
    [
        "# Rules of messages and attachments\n",
        "Whoever writes names who reads. A message or file is read by its sender's party and its recipients, and by nobody else.\n",
        &table(&RULE_HEADINGS, correspondence::rules::entries().iter().map(rule_row)),
        "## Who writes to whom\n",
        "● may, in a state in which both take part; all readers of one message must be able to write to each other.\n",
        "### In a demand\n",
        &correspondence::party::table(&parties::PARTIES),
        "### In a temporary authorisation\n",
        &correspondence::party::table(&temporary_authorisation::parties::PARTIES),
    ]
    .join("\n")
}

fn paper_entry_page() -> String {
    [
        "# Rules of entries from paper\n",
        "An officer enters what was issued on paper; it is judged by the dates that it bears, with the field matrix as on the day of its issue.\n",
        "## Demands\n",
        &table(&RULE_HEADINGS, paper::rules::entries().iter().map(rule_row)),
        "## Notifications for temporary authorisations\n",
        &table(&RULE_HEADINGS, temporary_authorisation::paper::entries().iter().map(rule_row)),
    ]
    .join("\n")
}

fn device_order_page() -> String {
    let terms = device_order::clocks::ClockKind::ALL
        .into_iter()
        .map(|kind| vec![code(kind.name()), kind.legal().to_owned(), code(kind.holder())]);
    [
        "# Rules of orders for medical devices\n",
        "What a submission or correction breaks is refused. What the payer finds afterwards (operation «verification») is a \
         result: it is kept, with every fault, its place and its remedy, and the order has its number all the same.\n",
        &table(&RULE_HEADINGS, device_order::rulebook::entries().iter().map(rule_row)),
        "## Terms\n",
        "They end at midnight in Warsaw, and no outage holds them.\n",
        &table(&["Term", "Legal unit", "Whose move stops it"], terms),
    ]
    .join("\n")
}

fn device_repair_order_page() -> String {
    [
        "# Rules of orders for repairs of medical devices\n",
        "What a submission or correction breaks is refused. What the payer finds afterwards (operation «verification») is a \
         result: it is kept, with every fault, its place and its remedy, and the order has its number all the same.\n",
        &table(&RULE_HEADINGS, device_repair_order::rulebook::entries().iter().map(rule_row)),
    ]
    .join("\n")
}

fn temporary_authorisation_page() -> String {
    let fields = temporary_authorisation::content::rules::MATRIX.iter().map(|field| {
        let number = field.number.to_owned();
        vec![
            number,
            field.legal.to_owned(),
            code(field.pointer),
            both(field.label),
            codes(field.entry().code),
        ]
    });
    [
        "# Rules of temporary authorisations\n",
        "A wholesaler notifies, the minister consents for a fixed period and quantity (PF art. 4(8)).\n",
        "## Field matrix\n",
        "Every field has to be there at submission.\n",
        &table(&["Number", "Legal unit", "Member", "Field (pl / en)", "Code"], fields),
        "## Rules\n",
        "The rules of a command are checked together, and all that are broken are named at once.\n",
        &table(&RULE_HEADINGS, temporary_authorisation::rulebook::entries().iter().map(rule_row)),
        "## Terms\n",
        "The period of a consent ends at midnight in Warsaw after its last day. Outages do not hold it.\n",
        &answer_term(),
    ]
    .join("\n")
    .trim_end()
    .to_owned()
        + "\n"
}

fn answer_term() -> String {
    let (shortest, longest) = (asked::SHORTEST_DAYS, asked::LONGEST_DAYS);
    let last_day = last_day(temporary_authorisation::clarification::POLICY);
    format!(
        "The term for the answer to a question is {shortest}–{longest} days, as set; its last day is {last_day}, and ends at midnight in Warsaw. The day of the question is not counted. Outages hold it (OU-06).\n"
    )
}

fn content_page(kind: DemandKind) -> String {
    let fields = MATRIX.iter().filter(|field| field.concerns(kind)).map(|field| {
        let entry = field.entry(kind);
        vec![
            entry.number.to_owned(),
            entry.legal.to_owned(),
            code(field.pointer),
            both(entry.says),
            sign(field.requirement(kind, Use::InFacility)),
            sign(field.requirement(kind, Use::OutsideFacility)),
            codes(entry.code),
        ]
    });
    let headings = [
        "Number",
        "Legal unit",
        "Member",
        "Field (pl / en)",
        "In the facility",
        "Outside a facility",
        "Code",
    ];
    let title = match kind {
        DemandKind::Medicine => "# Rules of a medicine demand's content\n",
        DemandKind::Food => "# Rules of a food demand's content\n",
    };
    let warnings = medicinal_product::rules::entries();
    let warned = match kind {
        DemandKind::Medicine => [
            "## Warnings\n",
            "Told beside the demand; they refuse nothing.\n",
            &table(&RULE_HEADINGS, warnings.iter().map(rule_row)),
        ]
        .join("\n"),
        DemandKind::Food => String::new(),
    };
    let of_disasters = match kind {
        DemandKind::Medicine => [
            "## Rules of a product brought in because of a disaster or threat\n",
            "For demands with the member `disaster`, beside all others (PF art. 4(9)).\n",
            &table(&RULE_HEADINGS, DISASTER_RULES.iter().map(|rule| rule_row(&rule.entry("submission")))),
        ]
        .join("\n"),
        DemandKind::Food => String::new(),
    };
    [
        title,
        "## Field matrix\n",
        "● must be there at submission, ○ may be there, – must not be there.\n",
        &table(&headings, fields),
        "## Rules over several members\n",
        "The same for every kind of demand.\n",
        &table(&RULE_HEADINGS, RULES.iter().map(|rule| rule_row(&rule.entry("submission")))),
        &[of_disasters, warned].join("\n"),
    ]
    .join("\n")
    .trim_end()
    .to_owned()
        + "\n"
}

fn rule_row(entry: &RuleEntry) -> Vec<String> {
    vec![
        entry.number.to_owned(),
        entry.legal.to_owned(),
        both(entry.says),
        codes(entry.code),
        entry.operation.to_owned(),
    ]
}

fn sign(requirement: Requirement) -> String {
    let sign = match requirement {
        Requirement::Required => "●",
        Requirement::IfApplicable => "○",
        Requirement::Forbidden | Requirement::Unknown => "–",
    };
    sign.to_owned()
}

fn both(says: Sentence) -> String {
    format!("{} / {}", says.pl, says.en)
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Each code by itself; a row that refuses nothing keeps its dash.
fn codes(list: &str) -> String {
    let each = |text: &str| if text == "–" { text.to_owned() } else { code(text) };
    list.split(", ").map(each).collect::<Vec<_>>().join(", ")
}

fn table(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let cell = |text: &String| text.replace('|', "\\|");
    let heading = line(headings.iter().map(ToString::to_string).collect());
    let rule = format!("|{}\n", "---|".repeat(headings.len()));
    let rows = rows.map(|row| line(row.iter().map(cell).collect()));
    [heading, rule].into_iter().chain(rows).collect()
}

#[cfg(test)]
mod tests;
